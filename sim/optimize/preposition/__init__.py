"""前置: where units wait before the hit, found on the simulator and certified on fresh nights."""
