"""The parts of make.py: terrain, rivers, roads, people, fleet, plans of the made-up county."""
