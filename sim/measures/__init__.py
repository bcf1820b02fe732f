"""From the log to numbers, and how sure they are."""
