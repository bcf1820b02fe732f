"""What happens to the traffic kernel between advances: departures, closures, capacities, routes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import int32, int64, njit, types

from sim.roads.queue_calendar import chain_of, lowest_bit, put, time_of
from sim.roads.queue_kernel import release
from sim.roads.queue_rows import (
    BITS_AT,
    COARSE,
    COARSE_AT,
    FINE,
    LATEST,
    LINE,
    NOW,
    PENDING,
    STATE_TYPES,
    WINDOW,
    State,
)

_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}
_I32 = types.Array(int32, 1, "C", readonly=True)


@njit(types.void(*STATE_TYPES, int64, int64), **_OPTIONS)
def depart(  # type: ignore[no-untyped-def]
    calendar, links, gates, vehicles, slots, trees, levels, tables, ended, batch, use, first, end
):
    """Vehicles of rows first to end will set out when they are due."""
    s = State(calendar, links, gates, vehicles, slots, trees, levels, tables, ended, batch, use)
    for v in range(end - 1, first - 1, -1):
        put(s, 2 * len(links) + v, int64(vehicles[v].due))


@njit(types.void(*STATE_TYPES, _I32), **_OPTIONS)
def decide_anew(  # type: ignore[no-untyped-def]
    calendar, links, gates, vehicles, slots, trees, levels, tables, ended, batch, use, edges
):
    """Those who wait for some links look at their trees and at the closures again."""
    s = State(calendar, links, gates, vehicles, slots, trees, levels, tables, ended, batch, use)
    for e in edges:
        if links[e].bits & LINE:
            release(s, int64(e), int64(calendar[NOW]))


@njit(types.void(*STATE_TYPES, _I32, _I32, _I32, _I32), **_OPTIONS)
def resize(  # type: ignore[no-untyped-def]
    calendar, links, gates, vehicles, slots, trees, levels, tables, ended, batch, use,
    edges, headway, storage, roomy,
):  # fmt: skip
    """Links get another headway (1024ths of a ms per pcu) and another storage (pcu).

    Places on their way to the entry stay on their way; places that come with another lane are
    there at once.
    """
    now = calendar[NOW]
    for k in range(len(edges)):
        link, new = links[edges[k]], storage[k]
        link.headway = headway[k]
        if new != link.storage:
            free = np.full(max(0, new - link.count), now, dtype=np.int32)
            for j in range(min(len(free), link.storage - link.count)):
                free[j] = slots[link.slot_base + (link.slot + j) % link.storage]
            for j in range(len(free)):
                if j > 0:
                    free[j] = max(free[j], free[j - 1])
                slots[link.slot_base + (link.count + j) % new] = free[j]
            link.slot = link.count % new
            link.storage = new
        link.roomy = roomy[k]


@njit(int64(*STATE_TYPES), **_OPTIONS)
def next_event(  # type: ignore[no-untyped-def]
    calendar, links, gates, vehicles, slots, trees, levels, tables, ended, batch, use
):
    """Time of the next event, -1 when none is pending; nothing moves."""
    if calendar[PENDING] == 0:
        return -1
    now, window = calendar[NOW], int64(calendar[WINDOW])
    for base in range(now >> 5, (window + 2) << 11):
        bits = calendar[BITS_AT + (base & (FINE // 32 - 1))]
        if base == now >> 5:
            bits = int32(bits & (-1 << (now & 31)))
        if bits != 0:
            return (base << 5) + lowest_bit(bits)
    s = State(calendar, links, gates, vehicles, slots, trees, levels, tables, ended, batch, use)
    soonest = int64(LATEST)
    for k in range(COARSE_AT, COARSE_AT + COARSE):
        event = calendar[k]
        while event >= 0:
            soonest = min(soonest, int64(time_of(s, event)))
            event = chain_of(s, event)
    return soonest
