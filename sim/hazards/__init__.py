"""Disasters: one interface, one file per kind (law 8)."""

from sim.hazards.base import Gauges, Geometry, Hazard, Member, RainGauges, Setting, Signals
from sim.hazards.foresight import changed_after

__all__ = [
    "Gauges",
    "Geometry",
    "Hazard",
    "Member",
    "RainGauges",
    "Setting",
    "Signals",
    "changed_after",
]
