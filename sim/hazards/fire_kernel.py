"""The compiled search for the moment at which fire reaches each cell; integers only.

Dijkstra's search over cells: fire takes the quickest way (minimum travel time, Finney 2002). A way
between two cells is burnt half at the pace of the first and half at that of the second; the pace
follows the weather while it burns, so no time step exists that could be too long.
"""

from __future__ import annotations

import heapq
from typing import Any, NamedTuple

import numpy as np
from numba import njit

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
BITS = 20
ONE = 1 << BITS
"""Factors are whole parts of 2^20, so that a product is scaled back by a shift."""
MS_PER_HOUR = 3_600_000


class Scene(NamedTuple):
    """All a fire needs, in whole numbers; cells by row * cols + col, 16 ways out of each.

    shape: int64[2] rows, cols; step: int64[16, 2] row and col; passed: int64[16, 2, 2], the two
    cells a knight's way touches (0, 0 for none); length_mm: int64[16]; fuel, slope: parts of
    2^20, int64[cells], int32[cells, 16]; closed_ms: int64[cells], no fire enters from then on;
    from_ms, rate_mm_h: int64[periods]; wind: int64[periods, 16]; fastest_mm_h: int64;
    brand: uint32[cells]; brand_below: int64[periods], a burning cell throws a brand if its draw
    is below; brand_mm, brand_ms: int64[cells], how far and how long until it burns;
    downwind: int64[periods, 2], row and col; cell_mm.
    """

    shape: Any
    step: Any
    passed: Any
    length_mm: Any
    fuel: Any
    slope: Any
    closed_ms: Any
    from_ms: Any
    rate_mm_h: Any
    wind: Any
    fastest_mm_h: Any
    brand: Any
    brand_below: Any
    brand_mm: Any
    brand_ms: Any
    downwind: Any
    cell_mm: Any


@njit(**_OPTIONS)
def _period(scene, now):  # type: ignore[no-untyped-def]
    """The weather that holds at a moment."""
    p = 0
    while p + 1 < len(scene.from_ms) and scene.from_ms[p + 1] <= now:
        p += 1
    return p


@njit(**_OPTIONS)
def _burnt_ms(scene, now, cell, way, ramp, length_mm, never):  # type: ignore[no-untyped-def]
    """When fire that sets out now has burnt a length of one cell; ``ramp``: the slope's factor."""
    p = _period(scene, now)
    left = length_mm * MS_PER_HOUR
    while True:
        rate = (scene.rate_mm_h[p] * scene.fuel[cell]) >> BITS
        rate = (((rate * scene.wind[p, way]) >> BITS) * ramp) >> BITS
        rate = min(rate, scene.fastest_mm_h)
        last = p + 1 >= len(scene.from_ms)
        span = never if last else scene.from_ms[p + 1] - now
        if rate > 0 and (last or left <= rate * span):
            return now + (left + rate - 1) // rate
        if last:
            return never
        left -= rate * span
        now = scene.from_ms[p + 1]
        p += 1


@njit(**_OPTIONS)
def _open(scene, row, col, now):  # type: ignore[no-untyped-def]
    """Whether fire can be in a cell at a moment."""
    if row < 0 or col < 0 or row >= scene.shape[0] or col >= scene.shape[1]:
        return False
    cell = row * scene.shape[1] + col
    return scene.fuel[cell] > 0 and now < scene.closed_ms[cell]


@njit(**_OPTIONS)
def _thrown(scene, cell, now, never):  # type: ignore[no-untyped-def]
    """Where the brand of a cell that catches fire now lands, and when it burns; −1 for none."""
    p = _period(scene, now)
    if np.int64(scene.brand[cell]) >= scene.brand_below[p]:
        return -1, never
    cols = scene.shape[1]
    half = scene.cell_mm * ONE // 2
    down = (scene.brand_mm[cell] * scene.downwind[p, 0] + half) // (scene.cell_mm * ONE)
    right = (scene.brand_mm[cell] * scene.downwind[p, 1] + half) // (scene.cell_mm * ONE)
    row, col = cell // cols + down, cell % cols + right
    then = now + scene.brand_ms[cell]
    if (down == 0 and right == 0) or not _open(scene, row, col, then):
        return -1, never
    return row * cols + col, then


@njit(**_OPTIONS)
def _entered(scene, cell, way, now, at, never):  # type: ignore[no-untyped-def]
    """Which cell a way leads to, and when fire that is in the cell now comes there; or −1.

    ``at`` are the moments known so far: a cell that burns already is not looked at again.
    """
    rows, cols = cell // scene.shape[1], cell % scene.shape[1]
    row, col = rows + scene.step[way, 0], cols + scene.step[way, 1]
    if not _open(scene, row, col, now):
        return -1, never
    to = row * scene.shape[1] + col
    if at[to] <= now:
        return -1, never
    ramp, half = np.int64(scene.slope[cell, way]), scene.length_mm[way] // 2
    then = _burnt_ms(scene, now, cell, way, ramp, half, never)
    if then < never:
        then = _burnt_ms(scene, then, to, way, ramp, half, never)
    if then >= never or not _open(scene, row, col, then):
        return -1, never
    for side in range(2):
        down, right = scene.passed[way, side, 0], scene.passed[way, side, 1]
        if (down != 0 or right != 0) and not _open(scene, rows + down, cols + right, then):
            return -1, never
    return to, then


@njit(cache=True, **_OPTIONS)
def spread(scene, start_cell, start_ms, never):  # type: ignore[no-untyped-def]
    """When each cell catches fire, int64[cells]; ``never`` where it does not."""
    cells = scene.shape[0] * scene.shape[1]
    at = np.full(cells, never, np.int64)
    done = np.zeros(cells, np.bool_)
    heap = [(start_ms[0], np.int64(start_cell[0]))]
    for i in range(len(start_cell)):
        at[start_cell[i]] = min(at[start_cell[i]], start_ms[i])
        heapq.heappush(heap, (start_ms[i], np.int64(start_cell[i])))
    while len(heap) > 0:
        now, cell = heapq.heappop(heap)
        if done[cell] or now > at[cell]:
            continue
        done[cell] = True
        for way in range(17):
            if way < 16:
                to, then = _entered(scene, cell, way, now, at, never)
            else:
                to, then = _thrown(scene, cell, now, never)
            if to >= 0 and then < at[to]:
                at[to] = then
                heapq.heappush(heap, (then, np.int64(to)))
    return at
