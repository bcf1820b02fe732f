"""Supplies: for how long people in shelters lacked something they need."""

from __future__ import annotations

from sim.clock import MS_PER_HOUR
from sim.log import Kind
from sim.measures.facts import Facts


def supply_measures(facts: Facts, simulated: bool) -> dict[str, float]:
    """Person-hours without enough of at least one item of the standard.

    Absent where no supplies were simulated; 0 means that nothing was lacking.
    """
    if not simulated:
        return {}
    short = facts.of(Kind.SUPPLY_SHORT)["value"]
    return {"supplies_short_person_h": float(short.sum()) / MS_PER_HOUR}
