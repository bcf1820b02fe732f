"""People as rows of arrays: parties made from the tables, and how they decide and prepare."""
