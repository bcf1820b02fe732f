"""Where those were who had not made it when their zone's time was up: the link that is lacking."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind
from sim.measures.facts import Facts
from sim.states import State, Way

Int64 = NDArray[np.int64]
STUCK_LINKS = ("decide", "tell", "prepare", "walk", "wait", "ambulance", "ride", "return")
"""The links of a transfer up to the arrival, in order. ambulance: waiting for one (wait: for a
bus); return: was out and had gone back."""

_WAITING = (State.AT_ASSEMBLY, State.AT_HOME, State.PREPARING)


def stuck_by_link(facts: Facts, late: NDArray[np.bool_], deadline_ms: Int64) -> Int64:
    """Persons of the late parties by zone and link at the zone's deadline, int64[n_zones, links].

    decide: no order yet; tell: ordered, but not told or not yet persuaded; prepare: not ready;
    then by where they were: on foot, waiting (ready and at home or at the pick-up), under way.
    """
    found = np.zeros((facts.n_zones, len(STUCK_LINKS)), dtype=np.int64)
    rows = np.flatnonzero(late & (deadline_ms[facts.zone] < NEVER))
    zone = facts.zone[rows]
    moment = deadline_ms[zone]
    state = _state_at(facts, np.where(late, deadline_ms[facts.zone], NEVER))[rows]
    decided = facts.first(Kind.DECIDED, facts.n)[rows]
    link = np.full(len(rows), STUCK_LINKS.index("ride"))
    link[np.isin(state, _WAITING)] = STUCK_LINKS.index("wait")
    carried = facts.world.parties.way[rows] == Way.AMBULANCE
    link[np.isin(state, _WAITING) & carried] = STUCK_LINKS.index("ambulance")
    link[state == State.WALKING] = STUCK_LINKS.index("walk")
    link[facts.ready[rows] > moment] = STUCK_LINKS.index("prepare")
    link[decided > moment] = STUCK_LINKS.index("tell")
    link[(decided > moment) & (facts.ordered_ms[zone] > moment)] = STUCK_LINKS.index("decide")
    link[facts.out[rows] <= moment] = STUCK_LINKS.index("return")
    np.add.at(found, (zone, link), facts.size[rows])
    return found


def _state_at(facts: Facts, moment: Int64) -> NDArray[np.int8]:
    """State of every party at a moment of its own, int8[n]."""
    history = facts.history
    at = moment[history.party]
    there = (history.start_ms <= at) & (at < history.end_ms)
    state = np.full(facts.n, State.AT_HOME, dtype=np.int8)
    state[history.party[there]] = history.state[there]
    return state
