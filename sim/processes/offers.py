"""What a dispatcher can offer a free vehicle: the pick-up points with unserved demand in reach.

Asked thousands of times in a run, so the arrays are walked in one compiled pass.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import boolean, int64, njit, types
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.dispatch_rules import Offer
from sim.pickups import Demand

Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]

_I64 = types.Array(int64, 1, "C", readonly=True)
_BOOL = types.Array(boolean, 1, "C", readonly=True)
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


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


def wanted_stops(rows: Int64, demand: Demand, min_people: int, ripe_ms: int) -> Int64:
    """Those of some pick-up points where people wait for whom no vehicle is on its way.

    Fewer than min_people are gathered first, unless they were reported by ripe_ms.
    """
    wanted: Int64 = _wanted(rows, *demand.columns, min_people, ripe_ms)
    return wanted


def make_offer(
    wanted: tuple[Int64, Demand], stops: Stops, urgency: Urgency, times: Int64, reach: Reach
) -> Offer | None:
    """The offer to a vehicle, None when nothing is in reach.

    wanted: rows of the pick-up points that want it, and what is known of them; times: drive from
    where it stands to every node (ms, NEVER without a way).
    """
    rows, demand = wanted
    columns = _offer(rows, *demand.columns[:2], *stops, *urgency, times, *reach)
    return Offer(*columns) if len(columns[0]) else None


@njit(int64[::1](_I64, _I64, _I64, _I64, int64, int64), **_OPTIONS)
def _wanted(rows, known, assigned, since, min_people, ripe_ms):  # type: ignore[no-untyped-def]
    n = 0
    found = np.empty(len(rows), dtype=np.int64)
    for row in rows:
        unserved = known[row] - assigned[row]
        if unserved > 0 and (unserved >= min_people or since[row] <= ripe_ms):
            found[n] = row
            n += 1
    return found[:n].copy()


@njit(
    types.UniTuple(int64[::1], 6)(  # type: ignore[no-untyped-call]
        *(_I64, _I64, _I64),  # rows; known, assigned by pick-up
        *(_I64, _I64, _I64, _BOOL),  # node, zone, to_shelter, fed by pick-up
        *(_I64, _I64, _I64, int64),  # prepare, move, lead by zone; now
        *(_I64, int64, boolean),  # times by node, longest drive, whether to skip what is fed
    ),
    **_OPTIONS,
)
def _offer(  # type: ignore[no-untyped-def]
    rows, known, assigned, node, zone, to_shelter, fed, prepare, move, lead, now,
    times, within_ms, skip_fed,
):  # fmt: skip
    n, unfed = 0, False
    pickup = np.empty(len(rows), dtype=np.int64)
    for row in rows:
        drive = times[node[row]]
        if drive < NEVER and drive <= within_ms:
            pickup[n] = row
            n += 1
            unfed |= not fed[row]
    if skip_fed and unfed:
        kept = 0
        for row in pickup[:n]:
            if not fed[row]:
                pickup[kept] = row
                kept += 1
        n = kept
    drive_ms, persons = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    away, slack = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    at = np.empty(n, dtype=np.int64)
    for k in range(n):
        row = pickup[k]
        z = zone[row]
        drive_ms[k], persons[k] = times[node[row]], known[row] - assigned[row]
        away[k], at[k] = to_shelter[row], z
        left = min(move[z], prepare[z]) + lead[z] - now - drive_ms[k]
        slack[k] = left if lead[z] < NEVER else NEVER
    return pickup[:n].copy(), drive_ms, persons, away, slack, at
