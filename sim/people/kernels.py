"""The compiled loops of the residents: doors, listeners, hearing, packing, refusing.

Every loop goes over a few parties of one home, so whole columns of the run are passed and a call
costs a few microseconds. All numbers are integers; results are new arrays or changed columns.
Signatures are explicit, so that compiling stays short and happens once (cached).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import boolean, int8, int16, int32, int64, njit, types

from sim.clock import MS_PER_DAY, NEVER
from sim.states import Flag, State, Way

_I64 = types.Array(int64, 1, "C", readonly=True)
_I32 = types.Array(int32, 1, "C", readonly=True)
_I8 = types.Array(int8, 1, "C", readonly=True)
_BOOL = types.Array(boolean, 1, "C", readonly=True)
_TIMED = types.Tuple([int64[::1], int64[::1]])  # type: ignore[no-untyped-call]
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}

_AT_HOME, _REFUSED = int(State.AT_HOME), 1 << int(Flag.REFUSED)
_WAYS = len(Way)


@njit(int64[::1](int64, int64, int64, _BOOL, _I8, _I64, _BOOL), **_OPTIONS)
def doors(first, end, now, meant, state, decided, special):  # type: ignore[no-untyped-def]
    """Rows first..end of a home at whose door somebody knocks, special groups first.

    Whom the order means, who is at home, and who has not decided yet.
    """
    found = np.empty(end - first, dtype=np.int64)
    n = 0
    for before in (True, False):
        for p in range(first, end):
            if special[p] == before and meant[p] and state[p] == _AT_HOME and decided[p] > now:
                found[n] = p
                n += 1
    return found[:n]


@njit(_TIMED(int64, int64, int64, int64, _I64, _I64, _BOOL), **_OPTIONS)
def listeners(first, end, now, share, reach, delay, facility):  # type: ignore[no-untyped-def]
    """Households of a home whom a broadcast reaches, and when they hear it."""
    found, heard = np.empty(end - first, dtype=np.int64), np.empty(end - first, dtype=np.int64)
    n = 0
    for p in range(first, end):
        if reach[p] < share and not facility[p]:
            found[n], heard[n] = p, now + delay[p]
            n += 1
    return found[:n], heard[:n]


@njit(int64[::1](_I64, _I64, int64[::1]), **_OPTIONS)
def visits(parties, took, free):  # type: ignore[no-untyped-def]
    """End of every visit: whoever of the cadres is free first goes to the next door.

    free: when each of the cadres is free; moved on.
    """
    ends = np.empty(len(parties), dtype=np.int64)
    for i, p in enumerate(parties):
        first = 0
        for k in range(1, len(free)):
            if free[k] < free[first]:
                first = k
        free[first] += took[p]
        ends[i] = free[first]
    return ends


@njit(types.void(_I64, _I64, int64, _I64, int64[::1], int64[::1]), **_OPTIONS)
def first_visits(parties, ends, ordered, told, visited, waited):  # type: ignore[no-untyped-def]
    """Note who learns of the order at the door, and how long after it was given."""
    for i, p in enumerate(parties):
        if told[p] > ends[i]:
            visited[p], waited[p] = ends[i], ends[i] - ordered


@njit(
    types.Tuple([int64[::1], int64[::1], int64])(  # type: ignore[no-untyped-call]
        *(_I64, _I64, int64),  # parties, when they hear, channel
        *(_I64, _I64, _BOOL),  # resistance, persuasion of this contact, facility
        *(_I8, _I64, _I64),  # state, blocked, decided
        *(int64[::1], int8[::1]),  # results: told, channel
    ),
    **_OPTIONS,
)
def hear(  # type: ignore[no-untyped-def]
    parties, at, by, resistance, persuasion, facility, state, blocked, decided, told, channel
):
    """Parties at home hear of the order before the water: who goes (sooner than planned), when.

    The third result is how many of them had planned to go later.
    """
    going, when = np.empty(len(parties), dtype=np.int64), np.empty(len(parties), dtype=np.int64)
    n, planned = 0, 0
    for i, p in enumerate(parties):
        if state[p] != _AT_HOME or blocked[p] <= at[i]:
            continue
        if at[i] < told[p]:
            told[p], channel[p] = at[i], by
        if (resistance[p] < persuasion[p] or facility[p]) and at[i] < decided[p]:
            going[n], when[n] = p, at[i]
            n += 1
            planned += decided[p] < NEVER
    return going[:n], when[:n], planned


@njit(
    types.Tuple([int64[::1], int64[::1]])(  # type: ignore[no-untyped-call]
        *(_I64, _I64),  # parties, when they decide
        *(_I64, _I64, _I64, _I64),  # ms of packing, by night, when warned, blocked
        *(int64, int64, int64),  # time of day at the start; day begins, day ends
        *(_I8, _I8),  # way, state on the way
        *(int64[::1], int64[::1], int64[::1], int8[::1]),  # results: decided, ready, leave, state
    ),
    **_OPTIONS,
)
def pack(  # type: ignore[no-untyped-def]
    parties, at, by_day, by_night, warned, blocked, clock, dawn, dusk, way, on_the_way,
    decided, ready, leave, leave_state,
):  # fmt: skip
    """Parties decide and pack; those ready before the water leave.

    Returns the parties sorted by way out, the overtaken ones last, and where each part begins.
    """
    group = np.empty(len(parties), dtype=np.int64)
    start = np.zeros(_WAYS + 2, dtype=np.int64)
    for i, p in enumerate(parties):
        decided[p] = at[i]
        of_day = (at[i] + clock) % MS_PER_DAY
        took = by_day[p] if dawn <= of_day < dusk else by_night[p]
        # who was warned at 准备转移 has packed since then
        moment = at[i] + max(took - max(at[i] - warned[p], 0), 0)
        group[i] = way[p]
        if moment < blocked[p]:
            ready[p] = leave[p] = moment
            leave_state[p] = on_the_way[p]
        else:
            ready[p] = NEVER
            group[i] = _WAYS
        start[group[i] + 1] += 1
    start = np.cumsum(start)
    found, filled = np.empty(len(parties), dtype=np.int64), start.copy()
    for i, p in enumerate(parties):
        found[filled[group[i]]] = p
        filled[group[i]] += 1
    return found, start


@njit(
    types.void(_I64, _I64, _I64, _I64, _I8, _I64, int16[::1], int64[::1]),
    **_OPTIONS,
)
def refuse(  # type: ignore[no-untyped-def]
    parties, at, resistance, persuasion, state, blocked, flags, refused
):
    """Who is not persuaded at the last visit refuses, if the water has not come first."""
    for i, p in enumerate(parties):
        at_home = state[p] == _AT_HOME and blocked[p] > at[i]
        if at_home and resistance[p] >= persuasion[p]:
            flags[p] |= _REFUSED
            refused[p] = min(refused[p], at[i])
