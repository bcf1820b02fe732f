"""Looking ahead in the calendar, so that rows are in the cache when their event comes.

On a county an event reads four rows that are seldom in the cache, each found by the one before:
link, first vehicle, next edge of its tree, next link. A load that has to wait for memory takes as
long as 500 instructions. So every event that is played also moves a window over those to come:
it asks for the link of the 16th, the vehicle of the 12th, the tree of the 8th and the next link
of the 4th event ahead. Hints only: nothing is decided here, and an event that is missed costs
time, not truth.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import int64, njit, types, uint32
from numba.core.cgutils import get_or_insert_function
from numba.extending import intrinsic

from sim.roads.queue_calendar import lowest_bit
from sim.roads.queue_rows import AHEAD_AT, BITS_AT, FINE, INLINE, NOW, WINDOW

_WORDS = FINE // 32 - 1
_RING = 16


def _prefetch_code(context, array, index):  # type: ignore[no-untyped-def]
    """Ask for the cache line of a row, or of a cell counted through; nothing is read."""

    def code(context, builder, signature, args):  # type: ignore[no-untyped-def]
        rows = context.make_array(signature.args[0])(context, builder, args[0])
        number = ir.IntType(32)
        byte = ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        call = get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")  # type: ignore[no-untyped-call]
        at = builder.bitcast(builder.gep(rows.data, [args[1]]), byte)
        builder.call(call, [at, number(0), number(3), number(1)])  # read, keep, data
        return context.get_dummy_value()

    return types.void(array, types.int64), code


_prefetch: Any = intrinsic(_prefetch_code)


@njit(**INLINE)
def look_from_now(calendar):  # type: ignore[no-untyped-def]
    """Begin to look ahead at the present bucket."""
    calendar[AHEAD_AT] = calendar[NOW] >> 2
    for k in range(AHEAD_AT + 1, AHEAD_AT + 2 + _RING):
        calendar[k] = -1


@njit(**INLINE)
def _next_ahead(calendar):  # type: ignore[no-untyped-def]
    """The first event of the next bucket after the last one looked at, -1 when none is near."""
    at = int64(calendar[AHEAD_AT])
    word, last = at >> 5, ((int64(calendar[WINDOW]) + 2) << 9) - 1
    if word > last:
        return int64(-1)
    bits = calendar[uint32(BITS_AT + (word & _WORDS))] & (-1 << (at & 31))
    while bits == 0 and word < last:
        word += 1
        bits = int64(calendar[uint32(BITS_AT + (word & _WORDS))])
    if bits == 0:
        calendar[AHEAD_AT] = (word + 1) << 5
        return int64(-1)
    bucket = (word << 5) + lowest_bit(bits)
    calendar[AHEAD_AT] = bucket + 1
    return int64(calendar[uint32(bucket & (FINE - 1))])


@njit(**INLINE)
def look_ahead(s):  # type: ignore[no-untyped-def]
    """One more event comes into view; those already in view come one nearer."""
    calendar, n = s.calendar, len(s.links)
    turn = int64(calendar[AHEAD_AT + 1]) + 1
    calendar[AHEAD_AT + 1] = turn
    ring = AHEAD_AT + 2
    event = int64(calendar[uint32(ring + (turn - 12 & _RING - 1))])
    if 0 <= event < n:
        link = s.links[uint32(event)]
        if link.head >= 0:
            car = s.vehicles[uint32(link.head)]
            f = s.trees[uint32(car.route), uint32(link.to_node)]
            if f >= 0:
                _prefetch(s.links, int64(f))
    event = int64(calendar[uint32(ring + (turn - 8 & _RING - 1))])
    if 0 <= event < n:
        link = s.links[uint32(event)]
        if link.head >= 0:
            car = s.vehicles[uint32(link.head)]
            _prefetch(s.trees, int64(car.route) * s.trees.shape[1] + link.to_node)
            if car.chain >= 0:
                _prefetch(s.vehicles, int64(car.chain))
    event = int64(calendar[uint32(ring + (turn - 4 & _RING - 1))])
    if 0 <= event < n:
        link = s.links[uint32(event)]
        if link.head >= 0:
            _prefetch(s.vehicles, int64(link.head))
    event = _next_ahead(calendar)
    calendar[uint32(ring + (turn & _RING - 1))] = event
    if event >= 2 * n:
        _prefetch(s.vehicles, event - 2 * n)
    elif event >= n:
        _prefetch(s.gates, event - n)
    elif event >= 0:
        _prefetch(s.links, event)
