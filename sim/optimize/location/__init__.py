"""Where to put things: covering, median and centre models, solved to proven optima with HiGHS."""
