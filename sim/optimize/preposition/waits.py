"""How long people waited who needed help: cut off until safe, in an emergency until a team came."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, NEVER
from sim.forces.incidents import Stage
from sim.measures.facts import Facts
from sim.measures.rescue import Responses
from sim.measures.waits import stranded_person_h

Int64 = NDArray[np.int64]


def emergency_waits(facts: Facts) -> Int64:
    """From the report of every emergency to the first team there, or to the horizon, ms."""
    responses = Responses(facts)
    waits = responses.wait_ms(Stage.FIRST_ON_SITE)
    return np.where(waits < NEVER, waits, facts.horizon_ms - responses.reported)


def emergency_wait_h(facts: Facts) -> float:
    """Hours that emergencies waited for the first team, up to the horizon, all together."""
    return int(emergency_waits(facts).sum()) / MS_PER_HOUR


WAITS = {"stranded_person_h": stranded_person_h, "emergency_wait_h": emergency_wait_h}
"""Measures of waiting, all better when lower."""
