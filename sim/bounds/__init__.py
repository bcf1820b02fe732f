"""Physical limits 物理下限: what no plan can beat with these people, vehicles and roads.

Every bound is a pure function over small arrays, with the argument why it is one in its
docstring. They are computed from the same draws as the run they stand beside (law 11).
"""
