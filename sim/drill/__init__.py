"""Drills 演练: injects drawn from a simulated night, with the times that all nights took."""
