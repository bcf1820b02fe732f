"""How long answers took in one replication: from a signal, call or cut road to what was done.

Drills are timed against them. Each action has a row per zone, or one row for the county. NaN:
there was no occasion for it in that replication; +∞: there was, and it was not done by the end.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.log import Kind, Reason, VehicleStatus
from sim.measures.action_zones import SHARE, ZoneActions, minutes_of
from sim.measures.facts import Facts

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]
BY_ZONE = (
    "order_prepare", "order_move", "told", "told_by_hand", "patients", "first_vehicle",
    "after_cutoff", "boat", "headcount",
)  # fmt: skip
OF_COUNTY = ("fleet_ready", "sent_on", "rerouted", "repaired", "back_again", "headcount_county")

CURVE = "action-times-1"
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
    zones = ZoneActions(facts)
    county = {
        "fleet_ready": _fleet_ready(facts),
        "sent_on": _sent_on(facts),
        "rerouted": _until(facts, Kind.DIVERTED, Reason.NO_ROUTE, (VehicleStatus.UNLOADED,)),
        "repaired": _until(facts, Kind.VEHICLE, VehicleStatus.BROKEN, ON_THE_ROAD),
        "back_again": _back_again(facts),
        "headcount_county": zones.headcount_county(),
    }
    return {
        "order_prepare": zones.consulted(facts.prepared_ms, Kind.ORDER_PREPARE),
        "order_move": zones.consulted(facts.ordered_ms, Kind.ORDER_MOVE),
        "told": zones.told(),
        "told_by_hand": zones.told_by_hand(),
        "patients": zones.patients(),
        "first_vehicle": zones.first_vehicle(),
        "after_cutoff": zones.after_cutoff(),
        "boat": zones.boat(),
        "headcount": zones.headcount(),
        **{name: np.array([value]) for name, value in county.items()},
    }


ON_THE_ROAD = (VehicleStatus.TO_SHELTER, VehicleStatus.TO_PICKUP)


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
        took.append(minutes_of(max(done - t, 0) if done < NEVER else NEVER))
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
