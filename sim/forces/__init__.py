"""Rescue forces: incidents, units and the desk that sends them; knows no run and no roads."""
