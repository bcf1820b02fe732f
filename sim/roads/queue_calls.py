"""The compiled calls of the traffic kernel: what Python asks of it.

Numba keeps compiled code beside each source file and looks only at that file to see whether it is
still good. These calls hold the code of several files, so the number of their sources is built into
them: after a change of any of them they are compiled again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

from numba import int64, njit, types, uint32

from sim.compiled import I32
from sim.roads.queue_calendar import chain_of, lowest_bit, push, take, time_of
from sim.roads.queue_gate import arrange, line_up, stop_waiting
from sim.roads.queue_kernel import play
from sim.roads.queue_link import stopped
from sim.roads.queue_rows import (
    BITS_AT,
    COARSE,
    COARSE_AT,
    FINE,
    GLANCE,
    HOME,
    INLINE,
    LEAVING,
    LINE,
    NOW,
    PENDING,
    STAMP,
    STATE,
    STOP,
    WINDOW,
)

_CALL: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy", "_nrt": False}
_NONE = 2**62
_FAR = 30_000
"""Links from which on a glance at the next event pays."""


@njit(**INLINE)
def _takes_it(s, f, v, node):  # type: ignore[no-untyped-def]
    car = s.vehicles[v]
    return s.trees[car.route, node] == f and not stopped(s, s.links[f], car, s.calendar[NOW])


@njit(**INLINE)
def _release(s, f):  # type: ignore[no-untyped-def]
    """Whoever waits for a link and would not take it any more decides anew now."""
    now = int64(s.calendar[NOW])
    other = s.gates[f].waiting
    while other >= 0:
        after = s.gates[other].next_waiting
        link = s.links[other]
        if not _takes_it(s, f, link.head, link.to_node):
            stop_waiting(s, other)
            link.chain = push(s.calendar, other, now)
        other = after
    v = s.gates[f].home_head
    s.gates[f].home_head = -1
    while v >= 0:
        car = s.vehicles[v]
        after = car.chain
        if _takes_it(s, f, v, car.node):
            line_up(s, int64(HOME), f, v)
        else:
            car.status, car.due, car.edge = LEAVING, now, -1
            car.chain = push(s.calendar, 2 * len(s.links) + v, now)
        v = after


@njit(**INLINE)
def _soonest(s, k, window):  # type: ignore[no-untyped-def]
    """Time of the first event of a bucket within a window of 65,536 ms (-1: any), or _NONE."""
    soonest = int64(_NONE)
    event = int64(s.calendar[k])
    while event >= 0:
        time = time_of(s, event)
        if window < 0 or time >> 16 == window:
            soonest = min(soonest, time)
        event = int64(chain_of(s, event))
    return soonest


@njit(**INLINE)
def _glance(s):  # type: ignore[no-untyped-def]
    """Read the rows that the next event will read, each found by the one before.

    Nothing comes of it, but the processor fetches them while this event is played: 15 % less time
    on a county, 30 % in a jam, because its rows do not fit near the processor; where they do
    nothing is gained.
    """
    calendar, n = s.calendar, len(s.links)
    bucket = int64(calendar[NOW]) >> 2
    word = (bucket >> 5) & (FINE // 32 - 1)
    bits = calendar[uint32(BITS_AT + word)] & (-1 << (bucket & 31))
    if bits == 0:
        return
    event = int64(calendar[uint32((word << 5) + lowest_bit(bits))])
    seen = int64(0)
    if event < n:
        link = s.links[uint32(event)]
        f = s.trees[s.vehicles[uint32(link.head)].route, uint32(link.to_node)]
        if f >= 0:
            seen = int64(s.links[uint32(f)].bits)
    elif event < 2 * n:
        waits = s.gates[uint32(event - n)].waiting
        if waits >= 0:
            link = s.links[uint32(waits)]
            seen = int64(s.vehicles[uint32(link.head)].pcu) + s.gates[uint32(waits)].waits_for
            seen += s.links[uint32(event - n)].bits
    calendar[GLANCE] = seen  # kept, or the reading is dropped


def _compiled(stamp: int) -> tuple[Callable[..., Any], ...]:
    """The calls, built from the sources of this number."""

    @njit(int64(STATE, int64), **_CALL)
    def advance(s, until):  # type: ignore[no-untyped-def]
        """Play all events up to until, or up to the tick in which a watched vehicle ended."""
        s.calendar[STAMP] = stamp
        s.calendar[STOP] = 0
        far = len(s.links) > _FAR
        while s.calendar[STOP] == 0:
            n = take(s, until)
            if n == 0:
                break
            time = int64(s.calendar[NOW])
            if far:
                _glance(s)
            for k in range(n):
                play(s, s.batch[uint32(k)], time)
        return s.calendar[NOW]

    @njit(types.void(STATE, int64, int64), **_CALL)
    def depart(s, row, end):  # type: ignore[no-untyped-def]
        """Vehicles of rows up to end will set out when they are due."""
        s.calendar[STAMP] = stamp
        for v in range(end - 1, row - 1, -1):
            s.vehicles[v].chain = push(s.calendar, 2 * len(s.links) + v, int64(s.vehicles[v].due))

    @njit(types.void(STATE, I32), **_CALL)
    def decide_anew(s, edges):  # type: ignore[no-untyped-def]
        """Those who wait for some links look at trees, closures and room again."""
        s.calendar[STAMP] = stamp
        for e in edges:
            if s.links[e].bits & LINE:
                _release(s, int64(e))
                arrange(s, int64(e), int64(s.calendar[NOW]))

    @njit(int64(STATE), **_CALL)
    def next_event(s):  # type: ignore[no-untyped-def]
        """Time of the next event, -1 when none is pending; nothing moves."""
        s.calendar[STAMP] = stamp
        if s.calendar[PENDING] == 0:
            return int64(-1)
        now, window = int64(s.calendar[NOW]) >> 2, int64(s.calendar[WINDOW])
        for word in range(now >> 5, (window + 2) << 9):
            bits = int64(s.calendar[BITS_AT + (word & (FINE // 32 - 1))])
            if word == now >> 5:
                bits &= -1 << (now & 31)
            if bits != 0:
                bucket = (word << 5) + lowest_bit(bits)
                return _soonest(s, bucket & (FINE - 1), int64(-1))
        soonest, window = int64(_NONE), window + 2
        while soonest == _NONE:
            soonest = _soonest(s, COARSE_AT + (window & (COARSE - 1)), window)
            window += 1
        return soonest

    return advance, depart, decide_anew, next_event


def _sources() -> int:
    """A number that changes with any source file the calls are made of."""
    here = Path(__file__).parent
    stamp = 0
    for name in ("rows", "calendar", "link", "gate", "kernel", "calls"):
        stamp = crc32((here / f"queue_{name}.py").read_bytes(), stamp)
    return stamp >> 1


advance, depart, decide_anew, next_event = _compiled(_sources())
