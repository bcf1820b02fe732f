"""The calendar of the traffic kernel: buckets of one millisecond, emptied in order.

Events are numbers: a link (its first vehicle wants out), n_links + a link (its gate may let one
in), 2 n_links + a vehicle (sets out, or stalls). Each has one chain field in its row, so a bucket
is a chained list and nothing is ever allocated. The next 65 to 131 s lie in buckets of 1 ms with
a bit set for each that holds something; what is later lies in buckets of 65.536 s and moves over
when its time comes near. Adding an event costs a handful of instructions, however many there are.
"""

from __future__ import annotations

import numpy as np
from numba import int64, njit, uint32

from sim.roads.queue_rows import (
    BITS_AT,
    COARSE,
    COARSE_AT,
    FINE,
    INLINE,
    NOW,
    PENDING,
    WINDOW,
)

_WORDS = FINE // 32 - 1
_POSITION = np.zeros(32, dtype=np.int32)
_POSITION[((1 << np.arange(32, dtype=np.uint64)) * 0x077CB531 >> 27) & 31] = np.arange(32)


@njit(**INLINE)
def lowest_bit(word):  # type: ignore[no-untyped-def]
    """Position of the lowest set bit of a 32-bit word that is not 0 (by a de Bruijn sequence)."""
    bit = int64(word) & -int64(word)
    return int64(_POSITION[(bit * 0x077CB531 >> 27) & 31])


@njit(**INLINE)
def chain_of(s, event):  # type: ignore[no-untyped-def]
    """What follows an event in its bucket."""
    n = len(s.links)
    if event < n:
        return s.links[event].chain
    if event < 2 * n:
        return s.gates[event - n].chain
    return s.vehicles[event - 2 * n].chain


@njit(**INLINE)
def set_chain(s, event, after):  # type: ignore[no-untyped-def]
    """Let another event follow an event in its bucket."""
    n = len(s.links)
    if event < n:
        s.links[event].chain = after
    elif event < 2 * n:
        s.gates[event - n].chain = after
    else:
        s.vehicles[event - 2 * n].chain = after


@njit(**INLINE)
def push(calendar, event, time):  # type: ignore[no-untyped-def]
    """An event will happen at a time, not before now; returns what it has to be chained to."""
    window = time >> 16
    if window <= calendar[WINDOW] + 1:
        k = time & (FINE - 1)
        calendar[uint32(BITS_AT + (k >> 5))] |= 1 << (k & 31)
    else:
        k = COARSE_AT + (window & (COARSE - 1))
    before = calendar[uint32(k)]
    calendar[uint32(k)] = event
    calendar[PENDING] += 1
    return before


@njit(**INLINE)
def time_of(s, event):  # type: ignore[no-untyped-def]
    """When a pending event will happen, read from the rows."""
    n = len(s.links)
    if event < n:
        link = s.links[event]
        return max(int64(s.vehicles[link.head].due), (link.next_out + 1023) >> 10)
    if event < 2 * n:
        return int64(s.gates[event - n].event_ms)
    return int64(s.vehicles[event - 2 * n].due)


@njit(**INLINE)
def _next_window(s):  # type: ignore[no-untyped-def]
    """Move the events of the window after the next into buckets of 1 ms."""
    calendar = s.calendar
    calendar[WINDOW] += 1
    window = calendar[WINDOW] + 1
    k = COARSE_AT + (window & (COARSE - 1))
    event, calendar[k] = calendar[k], -1
    while event >= 0:
        after = chain_of(s, event)
        calendar[PENDING] -= 1
        set_chain(s, event, push(calendar, event, time_of(s, event)))
        event = after


@njit(**INLINE)
def next_tick(s, until):  # type: ignore[no-untyped-def]
    """Moves the calendar to the next event and returns its time, or to until and returns -1."""
    calendar = s.calendar
    while True:
        now = int64(calendar[NOW])
        stop = min(until, ((int64(calendar[WINDOW]) + 1) << 16) - 1)
        word, last = now >> 5, stop >> 5
        bits = calendar[uint32(BITS_AT + (word & _WORDS))] & (-1 << (now & 31))
        while bits == 0 and word < last:
            word += 1
            bits = int64(calendar[uint32(BITS_AT + (word & _WORDS))])
        if bits != 0:
            tick = (word << 5) + lowest_bit(bits)
            if tick <= stop:
                calendar[NOW] = tick
                return tick
        calendar[NOW] = stop
        if stop == until:
            return int64(-1)
        if calendar[PENDING] == 0:
            calendar[WINDOW] = until >> 16
            calendar[NOW] = until
            return int64(-1)
        _next_window(s)
        calendar[NOW] = stop + 1


@njit(**INLINE)
def _sort(values, n):  # type: ignore[no-untyped-def]
    """Sort the first n values: by insertion in ever smaller strides (Shell 1959, Ciura's)."""
    for stride in (701, 301, 132, 57, 23, 10, 4, 1):
        for k in range(stride, n):
            value, hole = values[k], k
            while hole >= stride and values[hole - stride] > value:
                values[hole] = values[hole - stride]
                hole -= stride
            values[hole] = value


@njit(**INLINE)
def take(s, tick):  # type: ignore[no-untyped-def]
    """Empty the bucket of a tick into s.batch, in ascending order; returns how many there are."""
    calendar, batch = s.calendar, s.batch
    k = tick & (FINE - 1)
    event, calendar[uint32(k)] = calendar[uint32(k)], -1
    calendar[uint32(BITS_AT + (k >> 5))] &= ~(1 << (k & 31))
    n, rising, last = 0, True, event - 1
    while event >= 0:
        batch[uint32(n)] = event
        rising &= event > last
        last = event
        n += 1
        event = chain_of(s, event)
    calendar[PENDING] -= n
    if not rising:
        _sort(batch, n)
    return n
