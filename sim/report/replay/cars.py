"""Own cars on the road: a dot for every household that drives, from home to where it went."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.measures.facts import Facts
from sim.report.replay.courses import Courses, Leg
from sim.report.replay.pack import pack
from sim.roads.passability import vehicle_classes
from sim.states import State

ENDS_WELL = (State.WITH_RELATIVES, State.EXITED, State.AT_GATE, State.AT_HOME)
"""States after a drive whose place is where the car went; other cars stand somewhere in the water
or before it, and the log does not say where."""


def car_trips(facts: Facts, courses: Courses) -> dict[str, Any]:
    """Trips of own cars in order of departure: begin, end, way, persons.

    The way is the best one as known at departure; the times are those of the log. Drives of no
    length, and those that did not end at a place, are left out.
    """
    history, node = facts.history, facts.world.places.node
    car = vehicle_classes()["car"]
    last = np.zeros(len(history.party), dtype=np.bool_)
    last[history.last] = True
    rows = np.flatnonzero(history.in_states(State.DRIVING) & ~last)
    rows = rows[np.isin(history.state[rows + 1], ENDS_WELL)]
    trips = []
    for row in rows.tolist():
        span = int(history.start_ms[row]), int(history.end_ms[row])
        ends = int(node[history.place[row]]), int(node[history.place[row + 1]])
        way = courses.arrived(Leg(car, *ends, *span)) if span[0] < span[1] else -1
        if way >= 0:
            trips.append((*span, way, int(facts.size[history.party[row]])))
    table = np.array(sorted(trips), dtype=np.int64).reshape(-1, 4)
    return {
        "t0": pack(table[:, 0], "u4"),
        "t1": pack(table[:, 1], "u4"),
        "way": pack(table[:, 2], "u4"),
        "load": pack(table[:, 3], "u2"),
    }
