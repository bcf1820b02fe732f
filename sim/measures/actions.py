"""How long answers took in one replication: from a signal, call or cut road to what was done.

Drills are timed against them. Each action has a row per zone, or one row for the county. NaN:
there was no occasion for it in that replication; +∞: there was, and it was not done by the end.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.log import Kind, Reason, TeamStatus, VehicleStatus
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

BY_ZONE = (
    "order_prepare", "order_move", "told", "told_by_hand", "patients", "first_vehicle",
    "after_cutoff", "boat", "fetched", "headcount",
)  # fmt: skip
OF_COUNTY = ("fleet_ready", "sent_on", "rerouted", "repaired", "back_again", "headcount_county")


CURVE = "actions-3"
"""Name under which the times of a replication are kept beside its curves; the number changes with
what is measured, so that times of an older program are not taken for others."""

ABSENT = -1


def action_times(facts: Facts) -> Int64:
    """Times of all actions in ms, one after another: NEVER not done, -1 without occasion."""
    minutes = action_minutes(facts)
    every = np.concatenate([minutes[name] for name in (*BY_ZONE, *OF_COUNTY)])
    known = np.where(np.isfinite(every), every, 0.0)
    ms = np.rint(known * MS_PER_MIN).astype(np.int64)
    return np.where(np.isnan(every), ABSENT, np.where(np.isinf(every), NEVER, ms))


def unpack_times(lines: Int64) -> dict[str, Floats]:
    """Minutes by action from stored times.

    Args:
        lines: int64[n, columns], a row per replication as ``action_times`` gives them.

    Returns:
        float64[n, zones] for ``BY_ZONE``, float64[n, 1] for ``OF_COUNTY``.
    """
    zones = (lines.shape[1] - len(OF_COUNTY)) // len(BY_ZONE)
    minutes = np.where(lines >= NEVER, math.inf, lines / MS_PER_MIN)
    minutes[lines == ABSENT] = np.nan
    widths = [*(zones for _ in BY_ZONE), *(1 for _ in OF_COUNTY)]
    parts = np.split(minutes, np.cumsum(widths)[:-1], axis=1)
    return dict(zip((*BY_ZONE, *OF_COUNTY), parts, strict=True))


def action_minutes(facts: Facts) -> dict[str, Floats]:
    """Minutes of every action, float64[n_zones] for ``BY_ZONE``, float64[1] for ``OF_COUNTY``."""
    clear = _Zones(facts)
    county = {
        "fleet_ready": _fleet_ready(facts),
        "sent_on": _sent_on(facts),
        "rerouted": _until(facts, Kind.DIVERTED, Reason.NO_ROUTE, (VehicleStatus.UNLOADED,)),
        "repaired": _until(facts, Kind.VEHICLE, VehicleStatus.BROKEN, ON_THE_ROAD),
        "back_again": _back_again(facts),
        "headcount_county": clear.headcount_county(),
    }
    return {
        "order_prepare": clear.consulted(facts.prepared_ms, Kind.ORDER_PREPARE),
        "order_move": clear.consulted(facts.ordered_ms, Kind.ORDER_MOVE),
        "told": clear.told(),
        "told_by_hand": clear.told_by_hand(),
        "patients": clear.patients(),
        "first_vehicle": clear.first_vehicle(),
        "after_cutoff": clear.after_cutoff(),
        "boat": clear.boat(),
        "fetched": clear.fetched(),
        "headcount": clear.headcount(),
        **{name: np.array([value]) for name, value in county.items()},
    }


ON_THE_ROAD = (VehicleStatus.TO_SHELTER, VehicleStatus.TO_PICKUP)


class _Zones:
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
        return _minutes(time_of_share(since, facts.size[chosen], SHARE))

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
            took = _minutes(time_of_share(since, facts.size[mine], SHARE))
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

    def fetched(self) -> Floats:
        """First call for help of the zone, to the last of its stranded people aboard a boat."""
        facts = self.facts
        state = facts.of(Kind.STATE)
        fetched = np.full(facts.n, NEVER, dtype=np.int64)
        aboard = state[state["value"] == State.ABOARD_BOAT]
        fetched[aboard["who"]] = aboard["t"]
        stranded = facts.flagged(Flag.STRANDED)
        found = np.full(facts.n_zones, np.nan)
        for t, at in self._first_incidents():
            zone = int(facts.world.homes.zone[at]) if at < len(facts.world.homes.zone) else -1
            mine = stranded & (facts.zone == zone)
            if zone >= 0 and mine.any():
                last = int(fetched[mine].max())
                found[zone] = _minutes(last - t if last < NEVER else NEVER)
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
                found[zone] = _minutes(time_of_share(since, self.facts.size[mine], SHARE))
        return found

    def _first(self, times: Int64, chosen: NDArray[np.bool_]) -> Int64:
        first = np.full(self.facts.n_zones, NEVER, dtype=np.int64)
        np.minimum.at(first, self.facts.zone[chosen], times[chosen])
        return first


def _fleet_ready(facts: Facts) -> float:
    """Call of a vehicle to its being available: nine in ten of those that came were as quick."""
    rows = facts.of(Kind.VEHICLE)
    moments = []
    for status in (VehicleStatus.CALLED, VehicleStatus.AVAILABLE):
        first = np.full(len(facts.world.vehicles), NEVER, dtype=np.int64)
        mine = rows[rows["value"] == status][::-1]
        first[mine["who"]] = mine["t"]
        moments.append(first)
    took = np.sort((moments[1] - moments[0])[(moments[0] < NEVER) & (moments[1] < NEVER)])
    return int(took[math.ceil(SHARE * len(took)) - 1]) / MS_PER_MIN if len(took) else math.nan


def _sent_on(facts: Facts) -> float:
    """Median: turned away from a full shelter, to unloaded or head-counted elsewhere."""
    rows = facts.of(Kind.DIVERTED)
    rows = rows[rows["value"] == Reason.FULL]
    status = facts.of(Kind.VEHICLE)
    unloaded = status[status["value"] == VehicleStatus.UNLOADED]
    took = []
    for t, who in zip(rows["t"].tolist(), rows["who"].tolist(), strict=True):
        if who >= 0:
            later = unloaded["t"][(unloaded["who"] == who) & (unloaded["t"] >= t)]
            done = int(later[0]) if len(later) else NEVER
        else:
            done = int(facts.registered[-1 - who])
        took.append(_minutes(max(done - t, 0) if done < NEVER else NEVER))
    return _median(took)


def _until(facts: Facts, kind: Kind, value: int, done: tuple[VehicleStatus, ...]) -> float:
    """Median over vehicles: from a record to the vehicle's next status among ``done``."""
    rows = facts.of(kind)
    rows = rows[(rows["value"] == value) & (rows["who"] >= 0)]
    status = facts.of(Kind.VEHICLE)
    status = status[np.isin(status["value"], done)]
    took = []
    for t, vehicle in zip(rows["t"].tolist(), rows["who"].tolist(), strict=True):
        later = status["t"][(status["who"] == vehicle) & (status["t"] >= t)]
        took.append((int(later[0]) - t) / MS_PER_MIN if len(later) else math.inf)
    return _median(took)


def _back_again(facts: Facts) -> float:
    """Median over people who went back: from leaving the shelter to being safe again."""
    went = np.flatnonzero(facts.went_back < NEVER)
    last = np.full(facts.n, -1, dtype=np.int64)
    out = facts.of(Kind.OUT)
    last[out["who"]] = out["t"]
    took = last[went] - facts.went_back[went]
    return _median([t / MS_PER_MIN if t > 0 else math.inf for t in took.tolist()])


def _median(values: list[float]) -> float:
    """Lower middle value; NaN of none."""
    return sorted(values)[(len(values) - 1) // 2] if values else math.nan


def _minutes(ms: int) -> float:
    return math.inf if ms >= NEVER else ms / MS_PER_MIN
