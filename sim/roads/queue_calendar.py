"""The calendar of the traffic kernel: buckets of one millisecond, emptied in order.

Events are numbers: a link (its first vehicle wants out), n_links + a link (its gate may let one
in), 2 n_links + a vehicle (sets out, or stalls). Each has one chain field in its row, so a bucket
is a chained list and nothing is ever allocated. The next 65 to 131 s lie in buckets of 4 ms with
a bit set for each that holds something (small enough to stay near the processor); what is later
lies in buckets of 65.536 s and moves over when its time comes near. Adding an event costs a
handful of instructions, however many there are.
"""

from __future__ import annotations

import numpy as np
from numba import int64, njit, uint32

from sim.roads.queue_rows import (
    BITS_AT,
    COARSE,
    COARSE_AT,
    DIGITS_AT,
    FINE,
    INLINE,
    NOW,
    PENDING,
    WINDOW,
)

_FEW = 48
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
        k = (time >> 2) & (FINE - 1)
        calendar[uint32(BITS_AT + (k >> 5))] |= 1 << (k & 31)
    else:
        k = COARSE_AT + (window & (COARSE - 1))
    before = calendar[uint32(k)]
    calendar[uint32(k)] = event
    calendar[PENDING] += 1
    return before


@njit(**INLINE)
def time_of(s, event):  # type: ignore[no-untyped-def]
    """When a pending event will happen, read from the rows; what is overdue happens now."""
    n = len(s.links)
    if event < n:
        link = s.links[uint32(event)]
        due = max(int64(s.vehicles[uint32(link.head)].due), (link.next_out + 1023) >> 10)
        return max(due, int64(s.calendar[NOW]))
    if event < 2 * n:
        return int64(s.gates[event - n].event_ms)
    return int64(s.vehicles[event - 2 * n].due)


@njit(**INLINE)
def _next_window(s):  # type: ignore[no-untyped-def]
    """Move the events of the window after the next into buckets of 4 ms."""
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
def _next_bucket(s, until):  # type: ignore[no-untyped-def]
    """Moves the calendar to the next bucket that holds something, -1 when none does by until."""
    calendar = s.calendar
    while True:
        now = int64(calendar[NOW]) >> 2
        stop = min(until, ((int64(calendar[WINDOW]) + 1) << 16) - 1)
        word, last = now >> 5, stop >> 7
        bits = calendar[uint32(BITS_AT + (word & _WORDS))] & (-1 << (now & 31))
        while bits == 0 and word < last:
            word += 1
            bits = int64(calendar[uint32(BITS_AT + (word & _WORDS))])
        if bits != 0:
            bucket = (word << 5) + lowest_bit(bits)
            if bucket <= stop >> 2:
                return bucket
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
def _sort(calendar, batch, n):  # type: ignore[no-untyped-def]
    """Sort the first n events of the batch: few by insertion, many by their bytes.

    They come latest first, and were mostly put there in ascending order: so turn them round.
    """
    for k in range(n >> 1):
        batch[uint32(k)], batch[uint32(n - 1 - k)] = batch[uint32(n - 1 - k)], batch[uint32(k)]
    if n <= _FEW:
        for k in range(1, n):
            event, hole = batch[uint32(k)], k
            while hole > 0 and batch[uint32(hole - 1)] > event:
                batch[uint32(hole)] = batch[uint32(hole - 1)]
                hole -= 1
            batch[uint32(hole)] = event
        return
    half = len(batch) >> 1
    shift, source, target = 0, 0, half
    while half >> shift > 0 or source != 0:  # an even number of passes ends where it began
        for k in range(DIGITS_AT, DIGITS_AT + 257):
            calendar[uint32(k)] = 0
        for k in range(n):
            digit = (int64(batch[uint32(source + k)]) >> shift) & 255
            calendar[uint32(DIGITS_AT + 1 + digit)] += 1
        for k in range(DIGITS_AT, DIGITS_AT + 256):
            calendar[uint32(k + 1)] += calendar[uint32(k)]
        for k in range(n):
            event = batch[uint32(source + k)]
            place = DIGITS_AT + ((int64(event) >> shift) & 255)
            batch[uint32(target + calendar[uint32(place)])] = event
            calendar[uint32(place)] += 1
        source, target = target, source
        shift += 8


@njit(**INLINE)
def take(s, until):  # type: ignore[no-untyped-def]
    """Move on to the next tick with events, by until; they are put into s.batch, in ascending
    order. Returns how many there are, 0 when the calendar has come to until."""
    calendar, batch = s.calendar, s.batch
    bucket = _next_bucket(s, until)
    if bucket < 0:
        return int64(0)
    k = bucket & (FINE - 1)
    event = int64(calendar[uint32(k)])
    tick = time_of(s, event)
    after = int64(chain_of(s, event))
    alone = after < 0
    while after >= 0:
        tick = min(tick, time_of(s, after))
        after = int64(chain_of(s, after))
    if tick > until:
        calendar[NOW] = until
        return int64(0)
    calendar[NOW] = tick
    calendar[uint32(k)] = -1
    if alone:
        batch[0] = event
        calendar[uint32(BITS_AT + (k >> 5))] &= ~(1 << (k & 31))
        calendar[PENDING] -= 1
        return int64(1)
    n, rising, last = int64(0), True, int64(-1)
    while event >= 0:
        after = int64(chain_of(s, event))
        if time_of(s, event) == tick:
            batch[uint32(n)] = event
            rising &= event > last
            last = event
            n += 1
        else:
            set_chain(s, event, calendar[uint32(k)])
            calendar[uint32(k)] = event
        event = after
    calendar[PENDING] -= n
    if calendar[uint32(k)] < 0:
        calendar[uint32(BITS_AT + (k >> 5))] &= ~(1 << (k & 31))
    if not rising:
        _sort(calendar, batch, n)
    return n
