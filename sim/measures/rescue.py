"""Boats: who had to be fetched, how many trips it took, and how soon somebody came."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind, TeamStatus
from sim.measures.crowd import minutes
from sim.measures.facts import Facts
from sim.states import Flag, State

Int64 = NDArray[np.int64]


def rescue_measures(facts: Facts) -> dict[str, float]:
    """被动救援率, boat trips, incidents and how many were not (fully) answered by the horizon.

    An incident is one place at which somebody begins to wait for help while nobody waits there.
    It is unserved while anybody stranded at that place has not been fetched.
    first_team_on_site_p90_min: nine in ten incidents had a boat there within so many minutes;
    absent without incidents, +∞ when too many had none.
    """
    incidents = facts.of(Kind.INCIDENT)
    found = {
        "boat_trips": float(len(facts.of(Kind.BOAT_TRIP))),
        "incidents": float(len(incidents)),
        "incidents_unserved": float(_unserved_places(facts)),
    }
    if facts.people_at_risk:
        rescued = facts.persons(facts.flagged(Flag.RESCUED))
        found["rescued_share"] = rescued / facts.people_at_risk
    if len(incidents):
        first = _first_boat_ms(facts)
        waits = np.sort(np.where(first < NEVER, first - incidents["t"], NEVER))
        found["first_team_on_site_p90_min"] = minutes(int(waits[math.ceil(0.9 * len(waits)) - 1]))
    return found


def _unserved_places(facts: Facts) -> int:
    """Places at which somebody was stranded and not fetched."""
    rows = facts.of(Kind.FLAG)
    stranded = rows[rows["value"] == Flag.STRANDED]
    waiting = ~facts.flagged(Flag.RESCUED)[stranded["who"]]
    return len(np.unique(stranded["place"][waiting]))


def _first_boat_ms(facts: Facts) -> Int64:
    """First moment from each incident on at which a boat was at its place, NEVER without."""
    team = facts.of(Kind.TEAM)
    launched = team[team["value"] == TeamStatus.LAUNCHED]
    state = facts.of(Kind.STATE)
    fetched = state[state["value"] == State.ABOARD_BOAT]
    place = np.concatenate([launched["place"], fetched["place"]]).astype(np.int64)
    moment = np.concatenate([launched["t"], fetched["t"]])
    key = np.sort((place << 32) | moment)
    incidents = facts.of(Kind.INCIDENT)
    where = incidents["place"].astype(np.int64)
    k = np.searchsorted(key, (where << 32) | incidents["t"])
    found = np.append(key, np.int64(NEVER) << 8)[k]
    return np.where(found >> 32 == where, found & ((1 << 32) - 1), NEVER)
