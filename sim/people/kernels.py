"""The compiled loops of the residents: doors, listeners, hearing, packing, refusing.

Every loop goes over a few parties of one home, so whole columns of the run are passed, bundled
once and for all, and a call costs a few microseconds. All numbers are integers; results are new
arrays or changed columns. Signatures are explicit, so that compiling stays short and happens once
(cached).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import int8, int16, int64, njit, types
from numpy.typing import NDArray

from sim.clock import MS_PER_DAY, NEVER
from sim.compiled import BOOL, I8, I32, I64, OPTIONS, tuple_type
from sim.states import Flag, State, Way

Bool = NDArray[np.bool_]
Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int64 = NDArray[np.int64]


class Households(NamedTuple):
    """Who is found at home, a row for each party; for reading.

    resistance: the least persuasion that does not move them yet; blocked: from when the water
    lets nobody leave; decided: when they decide to go, NEVER; both ms.
    """

    special: Bool
    facility: Bool
    state: Int8
    resistance: Int64
    blocked: Int64
    decided: Int64


class Broadcast(NamedTuple):
    """Broadcasts by party; for reading: reached below this share (32 bits), after a delay (ms)."""

    reach: Int64
    delay: Int64


class Contact(NamedTuple):
    """One way of telling people: its channel, and its persuasion by party; for reading."""

    channel: int
    persuasion: Int64


class Notes(NamedTuple):
    """What contacts leave behind, a row for each party; written."""

    told: Int64
    channel: Int8
    visited: Int64
    wait_told: Int64
    flags: Int16
    refused: Int64


class Preparing(NamedTuple):
    """What getting ready depends on, a row for each party; for reading.

    by_day, by_night: how long it takes (ms); warned: when they heard that they should pack;
    blocked: from when the water lets nobody leave; way, on_the_way: of Way, and the State while
    under way; clock: time of day at which the run starts; dawn, dusk: when the day begins, ends.
    """

    by_day: Int64
    by_night: Int64
    warned: Int64
    blocked: Int64
    way: Int8
    on_the_way: Int8
    clock: int
    dawn: int
    dusk: int


class Leaving(NamedTuple):
    """When parties decide, are ready and leave, and in which State; written."""

    decided: Int64
    ready: Int64
    leave: Int64
    state: Int8


_HOUSEHOLDS = tuple_type(Households, BOOL, BOOL, I8, I64, I64, I64)
_NOTES = tuple_type(Notes, int64[::1], int8[::1], int64[::1], int64[::1], int16[::1], int64[::1])
_PREPARING = tuple_type(Preparing, I64, I64, I64, I64, I8, I8, int64, int64, int64)
_LEAVING = tuple_type(Leaving, int64[::1], int64[::1], int64[::1], int8[::1])
_CONTACT = tuple_type(Contact, int64, I64)
_TIMED = types.Tuple([int64[::1], int64[::1]])  # type: ignore[no-untyped-call]
_TWO = types.UniTuple(int64, 2)  # type: ignore[no-untyped-call]
_GOING = types.Tuple([int64[::1], int64[::1], int64])  # type: ignore[no-untyped-call]

_AT_HOME, _REFUSED = int(State.AT_HOME), 1 << int(Flag.REFUSED)
_WAYS = len(Way)


@njit(int64[::1](int64, int64, int64, BOOL, _HOUSEHOLDS), **OPTIONS)
def doors(first, end, now, meant, homes):  # type: ignore[no-untyped-def]
    """Rows first..end of a home at whose door somebody knocks, special groups first.

    Whom the order means, who is at home, and who has not decided yet.
    """
    found = np.empty(end - first, dtype=np.int64)
    n = 0
    for before in (True, False):
        for p in range(first, end):
            at_home = homes.state[p] == _AT_HOME and homes.decided[p] > now
            if homes.special[p] == before and meant[p] and at_home:
                found[n] = p
                n += 1
    return found[:n]


@njit(_TIMED(int64, int64, int64, int64, tuple_type(Broadcast, I64, I64), _HOUSEHOLDS), **OPTIONS)
def listeners(first, end, now, share, broadcast, homes):  # type: ignore[no-untyped-def]
    """Households of a home whom a broadcast reaches, and when they hear it."""
    found, heard = np.empty(end - first, dtype=np.int64), np.empty(end - first, dtype=np.int64)
    n = 0
    for p in range(first, end):
        if broadcast.reach[p] < share and not homes.facility[p]:
            found[n], heard[n] = p, now + broadcast.delay[p]
            n += 1
    return found[:n], heard[:n]


@njit(int64[::1](I64, I64, int64[::1]), **OPTIONS)
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


@njit(types.void(I64, I64, int64, _NOTES), **OPTIONS)
def first_visits(parties, ends, ordered, notes):  # type: ignore[no-untyped-def]
    """Note who learns of the order at the door, and how long after it was given."""
    for i, p in enumerate(parties):
        if notes.told[p] > ends[i]:
            notes.visited[p], notes.wait_told[p] = ends[i], ends[i] - ordered


@njit(_GOING(I64, I64, _CONTACT, _HOUSEHOLDS, _NOTES), **OPTIONS)
def hear(parties, at, contact, homes, notes):  # type: ignore[no-untyped-def]
    """Parties at home hear of the order before the water: who goes (sooner than planned), when.

    The third result is how many of them had planned to go later.
    """
    going, when = np.empty(len(parties), dtype=np.int64), np.empty(len(parties), dtype=np.int64)
    n, planned = 0, 0
    for i, p in enumerate(parties):
        if homes.state[p] != _AT_HOME or homes.blocked[p] <= at[i]:
            continue
        if at[i] < notes.told[p]:
            notes.told[p], notes.channel[p] = at[i], contact.channel
        persuaded = homes.resistance[p] < contact.persuasion[p] or homes.facility[p]
        if persuaded and at[i] < homes.decided[p]:
            going[n], when[n] = p, at[i]
            n += 1
            planned += homes.decided[p] < NEVER
    return going[:n], when[:n], planned


@njit(types.void(I64, I64, _CONTACT, _HOUSEHOLDS, _NOTES), **OPTIONS)
def refuse(parties, at, contact, homes, notes):  # type: ignore[no-untyped-def]
    """Who is not persuaded at the last visit refuses, if the water has not come first."""
    for i, p in enumerate(parties):
        at_home = homes.state[p] == _AT_HOME and homes.blocked[p] > at[i]
        if at_home and homes.resistance[p] >= contact.persuasion[p]:
            notes.flags[p] |= _REFUSED
            notes.refused[p] = min(notes.refused[p], at[i])


@njit(_TIMED(I64, I64, _PREPARING, _LEAVING), **OPTIONS)
def pack(parties, at, preparing, leaving):  # type: ignore[no-untyped-def]
    """Parties decide and pack; those ready before the water leave.

    Returns the parties sorted by way out, the overtaken ones last, and where each part begins.
    """
    group = np.empty(len(parties), dtype=np.int64)
    start = np.zeros(_WAYS + 2, dtype=np.int64)
    for i, p in enumerate(parties):
        leaving.decided[p] = at[i]
        of_day = (at[i] + preparing.clock) % MS_PER_DAY
        by_day = preparing.dawn <= of_day < preparing.dusk
        took = preparing.by_day[p] if by_day else preparing.by_night[p]
        # who was warned at 准备转移 has packed since then
        moment = at[i] + max(took - max(at[i] - preparing.warned[p], 0), 0)
        group[i] = preparing.way[p]
        if moment < preparing.blocked[p]:
            leaving.ready[p] = leaving.leave[p] = moment
            leaving.state[p] = preparing.on_the_way[p]
        else:
            leaving.ready[p] = NEVER
            group[i] = _WAYS
        start[group[i] + 1] += 1
    start = np.cumsum(start)
    found, filled = np.empty(len(parties), dtype=np.int64), start.copy()
    for i, p in enumerate(parties):
        found[filled[group[i]]] = p
        filled[group[i]] += 1
    return found, start


@njit(int64[::1](I8, I64, I32, _TWO, int64), **OPTIONS)
def persons_at(state, place, size, states, n_places):  # type: ignore[no-untyped-def]
    """Persons who are in one of two states, by place."""
    found = np.zeros(n_places, dtype=np.int64)
    for party in range(len(state)):
        if state[party] == states[0] or state[party] == states[1]:
            found[place[party]] += size[party]
    return found
