"""Replications: play them, keep them, compare them."""
