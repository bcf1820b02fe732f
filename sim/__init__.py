"""The simulation: from a planner's files to numbers with their uncertainty."""
