"""What a dispatcher can offer a free vehicle: the pick-up points with unserved demand in reach.

Asked thousands of times in a run, so the arrays are walked in one compiled pass.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import boolean, int64, njit
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.compiled import BOOL, I64, OPTIONS, tuple_type
from sim.dispatch_rules import Offer
from sim.pickups import Demand

Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]


class Wanted(NamedTuple):
    """Rows of the pick-up points that want a vehicle; persons known and promised seats of all."""

    rows: Int64
    known: Int64
    assigned: Int64


class Stops(NamedTuple):
    """Columns of all pick-up points of a run.

    node, zone: rows; to_shelter_ms: nearest shelter on dry roads; fed: feeders bring people here.
    """

    node: Int64
    zone: Int64
    to_shelter_ms: Int64
    fed: Bool


class Urgency(NamedTuple):
    """Columns of all zones: moments of the orders, planned lead until its cut-off (ms); now."""

    prepare_ms: Int64
    move_ms: Int64
    lead_ms: Int64
    now: int


class Reach(NamedTuple):
    """What may be offered: the longest drive (ms); whether stops to which feeders bring people
    are left to others if there is another stop."""

    within_ms: int
    skip_fed: bool


_WANTED = tuple_type(Wanted, int64[::1], int64[::1], int64[::1])
_STOPS = tuple_type(Stops, I64, I64, I64, BOOL)
_URGENCY = tuple_type(Urgency, int64[::1], int64[::1], I64, int64)
_REACH = tuple_type(Reach, int64, boolean)


def wanted_stops(rows: Int64, demand: Demand, min_people: int, ripe_ms: int) -> Int64:
    """Those of some pick-up points where people wait for whom no vehicle is on its way.

    Fewer than min_people are gathered first, unless they were reported by ripe_ms.
    """
    columns = (demand.known, demand.assigned, demand.since)
    wanted: Int64 = _wanted(rows, *columns, min_people, ripe_ms)
    return wanted


def make_offer(
    wanted: Wanted, stops: Stops, urgency: Urgency, times: Int64, reach: Reach
) -> Offer | None:
    """The offer to a vehicle, None when nothing is in reach.

    times: drive from where it stands to every node (ms, NEVER without a way).
    """
    columns = _offer(wanted, stops, urgency, times, reach)
    return Offer(*columns) if columns.shape[1] else None


@njit(int64[::1](I64, I64, I64, I64, int64, int64), **OPTIONS)
def _wanted(rows, known, assigned, since, min_people, ripe_ms):  # type: ignore[no-untyped-def]
    n = 0
    found = np.empty(len(rows), dtype=np.int64)
    for row in rows:
        unserved = known[row] - assigned[row]
        if unserved > 0 and (unserved >= min_people or since[row] <= ripe_ms):
            found[n] = row
            n += 1
    return found[:n].copy()


@njit(**OPTIONS)
def _in_reach(rows, stops, times, reach):  # type: ignore[no-untyped-def]
    n, unfed = 0, False
    found = np.empty(len(rows), dtype=np.int64)
    for row in rows:
        drive = times[stops.node[row]]
        if drive < NEVER and drive <= reach.within_ms:
            found[n] = row
            n += 1
            unfed |= not stops.fed[row]
    if reach.skip_fed and unfed:
        kept = 0
        for row in found[:n]:
            if not stops.fed[row]:
                found[kept] = row
                kept += 1
        n = kept
    return found[:n].copy()


@njit(int64[:, ::1](_WANTED, _STOPS, _URGENCY, I64, _REACH), **OPTIONS)
def _offer(wanted, stops, urgency, times, reach):  # type: ignore[no-untyped-def]
    """Columns of an Offer, a row each."""
    pickup = _in_reach(wanted.rows, stops, times, reach)
    offer = np.empty((6, len(pickup)), dtype=np.int64)
    for k, row in enumerate(pickup):
        z, drive_ms = stops.zone[row], times[stops.node[row]]
        ordered, lead = NEVER, NEVER  # the door of a shelter belongs to no zone
        if z >= 0:
            ordered, lead = min(urgency.move_ms[z], urgency.prepare_ms[z]), urgency.lead_ms[z]
        offer[0, k], offer[1, k] = row, drive_ms
        offer[2, k] = wanted.known[row] - wanted.assigned[row]
        offer[3, k] = stops.to_shelter_ms[row]
        offer[4, k] = ordered + lead - urgency.now - drive_ms if lead < NEVER else NEVER
        offer[5, k] = z
    return offer
