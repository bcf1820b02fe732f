"""How long answers took zone by zone: from a signal, call or cut road to what was done there.

NaN: there was no occasion for it in that replication; +∞: there was, and it was not done.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.log import Kind, TeamStatus
from sim.measures.crowd import time_of_share
from sim.measures.facts import Facts
from sim.measures.timing import since_reference
from sim.states import Flag, State

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]
SHARE = 0.9
"""Done: by nine in ten; the very last household says little about those who act."""

AMBULANCE = 2
VILLAGE = 2
"""Level of an order that a village gave by itself."""


class ZoneActions:
    """Actions zone by zone."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.rows = [np.flatnonzero(facts.zone == zone) for zone in range(facts.n_zones)]
        self.agreed = ~(facts.flagged(Flag.REFUSED) & (facts.out >= NEVER))

    def consulted(self, order_ms: Int64, kind: Kind) -> Floats:
        """Trigger to the order a post signed; 0 where nobody waited. Villages alone: NaN."""
        found = np.full(self.facts.n_zones, np.nan)
        orders = self.facts.of(kind)
        found[orders["who"][orders["value"] != VILLAGE]] = 0.0
        waits = self.facts.of(Kind.WAIT_CONSULT)
        mine = waits[waits["t"] == order_ms[waits["who"]]]
        found[mine["who"]] = mine["value"] / MS_PER_MIN
        return found

    def told(self) -> Floats:
        """Order to nine in ten told."""
        everybody = np.ones(self.facts.n, dtype=np.bool_)
        return self._since(self.facts.ordered_ms, self.facts.told, everybody)

    def headcount(self) -> Floats:
        """Order to nine in ten of those who agreed head-counted."""
        return self._since(self.facts.ordered_ms, self.facts.registered, self.agreed)

    def headcount_county(self) -> float:
        """First order to nine in ten of all ordered who agreed head-counted."""
        facts = self.facts
        chosen = (facts.ordered_ms[facts.zone] < NEVER) & self.agreed
        if not chosen.any():
            return math.nan
        first = int(facts.ordered_ms.min())
        since = since_reference(facts.registered[chosen], np.full(int(chosen.sum()), first))
        return minutes_of(time_of_share(since, facts.size[chosen], SHARE))

    def told_by_hand(self) -> Floats:
        """Nobody answered the telephone, to nine in ten of that village told; slowest village."""
        facts = self.facts
        calls = facts.of(Kind.CALLED_OUT)
        failed = calls[calls["value"] == 0]
        found = np.full(facts.n_zones, np.nan)
        start = facts.world.parties.start
        homes, first = np.unique(failed["who"], return_index=True)
        for home, moment in zip(homes.tolist(), failed["t"][first].tolist(), strict=True):
            mine = slice(int(start[home]), int(start[home + 1]))
            since = since_reference(facts.told[mine], np.full(mine.stop - mine.start, moment))
            took = minutes_of(time_of_share(since, facts.size[mine], SHARE))
            zone = int(facts.world.homes.zone[home])
            found[zone] = np.fmax(found[zone], took)
        return found

    def patients(self) -> Floats:
        """First person who must be carried is ready, to nine in ten of them picked up."""
        facts = self.facts
        chosen = (facts.world.parties.needs == AMBULANCE) & (facts.ready < NEVER)
        ready = self._first(facts.ready, chosen)
        boarded = facts.first(Kind.BOARDED, facts.n)
        return self._since(ready, boarded, chosen)

    def first_vehicle(self) -> Floats:
        """First people at the zone's assembly point, to the first vehicle that leaves with some."""
        facts, world = self.facts, self.facts.world
        found = np.full(facts.n_zones, np.nan)
        states = facts.of(Kind.STATE)
        waiting = states[states["value"] == State.AT_ASSEMBLY]
        loaded = facts.of(Kind.LOADED)
        for row, zone in enumerate(world.assembly_zone.tolist()):
            place = world.assembly_place + row
            here = waiting["t"][waiting["place"] == place]
            if zone < 0 or not len(here):
                continue
            left = loaded["t"][(loaded["place"] == place) & (loaded["t"] >= here[0])]
            took = (int(left[0]) - int(here[0])) / MS_PER_MIN if len(left) else math.inf
            found[zone] = np.fmin(found[zone], took)
        return found

    def after_cutoff(self) -> Floats:
        """Road cut, to nine in ten of those left behind who agreed safe; only where any were."""
        facts = self.facts
        cut = facts.cutoff_ms
        left = self.agreed & (facts.out > cut[facts.zone]) & (cut[facts.zone] < NEVER)
        return self._since(cut, facts.out, left)

    def boat(self) -> Floats:
        """First call for help of the zone, to the first boat at that place."""
        facts = self.facts
        team, state = facts.of(Kind.TEAM), facts.of(Kind.STATE)
        there = [
            team[team["value"] == TeamStatus.LAUNCHED],
            state[state["value"] == State.ABOARD_BOAT],
        ]
        place = np.concatenate([rows["place"] for rows in there])
        moment = np.concatenate([rows["t"] for rows in there])
        found = np.full(facts.n_zones, np.nan)
        for t, at in self._first_incidents():
            after = moment[(place == at) & (moment >= t)]
            zone = int(facts.world.homes.zone[at]) if at < len(facts.world.homes.zone) else -1
            if zone >= 0:
                took = (int(after.min()) - t) / MS_PER_MIN if len(after) else math.inf
                found[zone] = np.fmin(found[zone], took)
        return found

    def _first_incidents(self) -> list[tuple[int, int]]:
        """First incident (moment, place) of every place, homes only matter."""
        rows = self.facts.of(Kind.INCIDENT)
        places, first = np.unique(rows["place"], return_index=True)
        return list(zip(rows["t"][first].tolist(), places.tolist(), strict=True))

    def _since(self, reference: Int64, times: Int64, chosen: NDArray[np.bool_]) -> Floats:
        """Reference of a zone to nine in ten of its chosen people; NaN without a reference."""
        found = np.full(self.facts.n_zones, np.nan)
        for zone, rows in enumerate(self.rows):
            mine = rows[chosen[rows]]
            moment = int(reference[zone])
            if moment < NEVER and len(mine):
                since = since_reference(times[mine], np.full(len(mine), moment))
                found[zone] = minutes_of(time_of_share(since, self.facts.size[mine], SHARE))
        return found

    def _first(self, times: Int64, chosen: NDArray[np.bool_]) -> Int64:
        first = np.full(self.facts.n_zones, NEVER, dtype=np.int64)
        np.minimum.at(first, self.facts.zone[chosen], times[chosen])
        return first


def minutes_of(ms: int) -> float:
    """Minutes, +∞ for a time that did not come."""
    return math.inf if ms >= NEVER else ms / MS_PER_MIN
