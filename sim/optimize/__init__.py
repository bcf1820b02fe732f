"""Best values by playing again: customers of the experiment, with no door into a process."""
