"""Boats: who had to be fetched, how many trips it took, and how soon somebody came."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.forces.incidents import Stage
from sim.log import Kind, TeamStatus
from sim.measures.crowd import minutes
from sim.measures.facts import Facts
from sim.measures.waits import stranded_person_h
from sim.states import Flag, Mode, State

Int64 = NDArray[np.int64]


def rescue_measures(facts: Facts) -> dict[str, float]:
    """被动救援率, trips by boat, incidents and how many were not (fully) answered by the horizon,
    and for how long people waited who were cut off.

    被动救援率 counts those who could have been warned; see ``_struck_unwarned``. Who dies before he
    is freed needed rescue as much as who is dug out: else more lives saved would look worse.
    An incident is one place at which somebody begins to wait for help while nobody waits there.
    It is unserved while anybody stranded at that place has not been fetched.
    Emergencies answered by teams with skills count too; one is unserved while work has not begun.
    first_team_on_site_p90_min: nine in ten incidents had a boat or team there, or the water let
    everybody go, within so many minutes; absent without incidents, +∞ when too many had neither.
    full_response_p90_min: the same for the full set of what each asks for (people cut off: a boat
    for every two loads), or until those who were there had done the work. died_waiting: patients
    whom help did not reach in time; absent where no kind of emergency names a survival curve.
    """
    incidents, calls = facts.of(Kind.INCIDENT), Responses(facts)
    found = {
        "boat_trips": float(_boat_trips(facts)),
        "incidents": float(len(incidents) + len(calls.reported)),
        "incidents_unserved": float(_unserved_places(facts) + calls.unserved),
        "stranded_person_h": stranded_person_h(facts),
    }
    if any(kind.survival != "none" for kind in facts.world.emergencies):
        found["died_waiting"] = float(len(facts.of(Kind.PATIENT_LOST)))
    if facts.people_at_risk:
        needed = facts.flagged(Flag.RESCUED) | facts.flagged(Flag.HARMED)
        share = facts.persons(needed & ~_struck_unwarned(facts)) / facts.people_at_risk
        found["rescued_share"] = share
    first = _first_boat_ms(facts)
    ended = np.minimum(first, _freed_ms(facts))
    boats = np.where(ended < NEVER, ended - incidents["t"], NEVER)
    if len(waits := np.concatenate([boats, calls.wait_ms(Stage.FIRST_ON_SITE)])):
        found["first_team_on_site_p90_min"] = _p90_min(waits)
        full = [_full_boats_ms(facts, incidents), calls.full_ms()]
        found["full_response_p90_min"] = _p90_min(np.concatenate(full))
    return found


def _boat_trips(facts: Facts) -> int:
    """Trips of boats: the log keeps those of teams over land under the same kind.

    Without water there are no boats. With it, a trip was made by a boat unless everybody whom it
    set down was brought out by the team itself (out of rubble).
    """
    if not any(layer.scale.is_water for layer in facts.view.layers):
        return 0
    out, flags = facts.of(Kind.OUT), facts.of(Kind.FLAG)
    by_team = out["who"][out["value"] == Mode.TEAM]
    landed = flags[(flags["value"] == Flag.RESCUED) & ~np.isin(flags["who"], by_team)]
    return int(np.isin(_moments(facts.of(Kind.BOAT_TRIP)), _moments(landed)).sum())


def _moments(rows: NDArray[np.void]) -> Int64:
    """Place and moment of records in one number."""
    found: Int64 = (rows["place"].astype(np.int64) << 32) | rows["t"]
    return found


def _struck_unwarned(facts: Facts) -> NDArray[np.bool_]:
    """Parties on whom a house fell before anybody could know of the danger.

    An earthquake's first shock: no order could have brought them out, so that digging them out is
    no sign of a late one.
    """
    found = np.zeros(facts.n, dtype=np.bool_)
    blows = facts.view.member.blows
    if blows is None:
        return found
    signals = facts.view.member.signals
    known = np.flatnonzero(signals.onset_forecast_ms < NEVER)
    if not len(known):
        return found
    flags = facts.of(Kind.FLAG)
    # who dies at once is never stranded
    hit = np.isin(flags["value"], (Flag.STRANDED, Flag.HARMED))
    struck = flags[hit & np.isin(flags["t"], blows.time_ms)]
    unwarned = struck["t"] < (int(known[0]) + 1) * signals.step_ms
    found[struck["who"][unwarned]] = True
    return found


class Responses:
    """How emergencies were answered; ``reported``: when each was, by its number, int64[n]."""

    def __init__(self, facts: Facts) -> None:
        self.reported: Int64 = facts.of(Kind.EMERGENCY)["t"].astype(np.int64)
        self._stages = facts.of(Kind.EMERGENCY_STAGE)

    def wait_ms(self, stage: Stage) -> Int64:
        """From the report of every emergency to a stage, ms; NEVER if it was not reached."""
        return _wait_ms(self._stages, stage, self.reported)

    def full_ms(self) -> Int64:
        """From the report to the full set on site, or to the end of the work without it."""
        return np.minimum(self.wait_ms(Stage.FULL), self.wait_ms(Stage.ENDED))

    @property
    def unserved(self) -> int:
        """Emergencies at which work had not begun by the horizon."""
        return int((self.wait_ms(Stage.STARTED) == NEVER).sum())


def _wait_ms(stages: NDArray[np.void], stage: Stage, since: Int64) -> Int64:
    """From the beginnings of incidents, by number, to a stage, ms; NEVER if it was not reached."""
    rows = stages[stages["value"] == stage][::-1]
    first = np.full(len(since), NEVER, dtype=np.int64)
    first[rows["who"]] = rows["t"]
    return np.where(first < NEVER, first - since, NEVER)


def _full_boats_ms(facts: Facts, incidents: NDArray[np.void]) -> Int64:
    """From every call of people cut off to as many boats as they asked for, or until all were
    aboard or free again."""
    stages, since = facts.of(Kind.STRANDED_STAGE), incidents["t"].astype(np.int64)
    freed = _freed_ms(facts)
    waits = [_wait_ms(stages, s, since) for s in (Stage.FULL, Stage.ENDED, Stage.CALLED_OFF)]
    waits.append(np.where(freed < NEVER, freed - since, NEVER))
    soonest: Int64 = np.minimum.reduce(waits)
    return soonest


def _p90_min(waits: Int64) -> float:
    """Nine in ten waited no longer."""
    return minutes(int(np.sort(waits)[math.ceil(0.9 * len(waits)) - 1]))


def _unserved_places(facts: Facts) -> int:
    """Places at which somebody was stranded and not fetched."""
    rows = facts.of(Kind.FLAG)
    stranded = rows[rows["value"] == Flag.STRANDED]
    waiting = ~facts.flagged(Flag.RESCUED)[stranded["who"]]
    return len(np.unique(stranded["place"][waiting]))


def _freed_ms(facts: Facts) -> Int64:
    """Moment at which the water let the last one go at the place of each incident before anybody
    came there; NEVER where it let nobody go, or had done so before."""
    freed, incidents = facts.of(Kind.FREED), facts.of(Kind.INCIDENT)
    places = np.concatenate([freed["place"], incidents["place"], [0]])
    last = np.full(int(places.max()) + 1, -1, dtype=np.int64)
    np.maximum.at(last, freed["place"], freed["t"])
    ended = last[incidents["place"]]
    return np.where(ended >= incidents["t"], ended, NEVER)


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
