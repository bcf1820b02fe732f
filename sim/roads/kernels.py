"""The compiled inner loops of the roads: costs, reachability, ways along trees, the first stop.

Signatures are explicit and few, so that compiling stays short and happens once (cached). All
numbers are integers. Arrays come read-only from the network; results are new arrays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import boolean, int32, int64, njit, types

from sim.clock import NEVER
from sim.compiled import BOOL, I32, I32_2D, I64, OPTIONS, tuple_type
from sim.roads.tree_kernels import FANS


class Found(NamedTuple):
    """A tree from one root: int64 cost by edge; int32 edge, int64 dist by node; for reading."""

    cost: Any
    edge: Any
    dist: Any


_FOUND = tuple_type(Found, I64, I32, I64)


@njit(boolean[::1](FANS, BOOL, BOOL), **OPTIONS)
def reaches(fans, roots, is_open):  # type: ignore[no-untyped-def]
    """Breadth-first search over the open edges from all marked nodes."""
    n = len(fans.start) - 1
    seen = roots.copy()
    queue = np.empty(n, dtype=np.int32)
    tail = 0
    for node in range(n):
        if seen[node]:
            queue[tail] = node
            tail += 1
    head = 0
    while head < tail:
        node = queue[head]
        head += 1
        for e in fans.edge[fans.start[node] : fans.start[node + 1]]:
            far = fans.far[e]
            if is_open[e] and not seen[far]:
                seen[far] = True
                queue[tail] = far
                tail += 1
    return seen


@njit(int32[::1](I32, I32, int64), **OPTIONS)
def path(next_edge, far_end, node):  # type: ignore[no-untyped-def]
    """Edges from a node along next_edge until a root."""
    count, at = 0, node
    while next_edge[at] >= 0:
        at = far_end[next_edge[at]]
        count += 1
    way = np.empty(count, dtype=np.int32)
    at = node
    for k in range(count):
        way[k] = next_edge[at]
        at = far_end[way[k]]
    return way


@njit(**OPTIONS)
def _on_best_way(found, e, before, after):  # type: ignore[no-untyped-def]
    """Whether a best way to a node comes over an edge from the node before it."""
    cost = found.cost[e]
    return cost < NEVER and found.dist[before] + max(cost, 1) == found.dist[after]


@njit(**OPTIONS)
def _back(inwards, found, target):  # type: ignore[no-untyped-def]
    """The way of the tree to a node, and whether another one takes just as long."""
    n = len(found.dist)
    way = np.empty(n, dtype=np.int32)
    count, at, forks = 0, target, False
    while found.edge[at] >= 0:
        came_by = found.edge[at]
        for e in inwards.edge[inwards.start[at] : inwards.start[at + 1]]:
            forks |= e != came_by and _on_best_way(found, e, inwards.far[e], at)
        way[n - 1 - count] = came_by
        at = inwards.far[came_by]
        count += 1
    return way[n - count :].copy(), forks


@njit(**OPTIONS)
def _leading(inwards, found, target):  # type: ignore[no-untyped-def]
    """Nodes from which a best way leads on to the target."""
    leads = np.zeros(len(found.dist), dtype=np.bool_)
    stack = np.empty(len(found.dist), dtype=np.int32)
    leads[target] = True
    stack[0], size = target, 1
    while size > 0:
        size -= 1
        at = stack[size]
        for e in inwards.edge[inwards.start[at] : inwards.start[at + 1]]:
            before = inwards.far[e]
            if not leads[before] and _on_best_way(found, e, before, at):
                leads[before] = True
                stack[size] = before
                size += 1
    return leads


@njit(int32[::1](FANS, FANS, _FOUND, int64, int64), **OPTIONS)
def path_between(inwards, outwards, found, origin, target):  # type: ignore[no-untyped-def]
    """Of all best ways from origin to target the one with the lower edge row at every fork.

    A tree towards the target holds the same way, so it does not matter which tree is at hand.
    """
    way, forks = _back(inwards, found, target)
    if not forks:
        return way
    leads = _leading(inwards, found, target)
    way = np.empty(len(found.dist), dtype=np.int32)
    count, at = 0, origin
    while at != target:
        chosen = np.int32(-1)
        for e in outwards.edge[outwards.start[at] : outwards.start[at + 1]]:
            after = outwards.far[e]
            if leads[after] and (chosen < 0 or e < chosen) and _on_best_way(found, e, at, after):
                chosen = e
        way[count] = chosen
        at = outwards.far[chosen]
        count += 1
    return way[:count].copy()


@njit(int64(I32, I64, I32, I32_2D, int64, I32, I64), **OPTIONS)
def earliest_stop(  # type: ignore[no-untyped-def]
    edges, there, row_of, levels, step, limit, lingers
):
    """First moment at which an edge can be blocked when one gets there, NEVER for none.

    there: earliest time (ms) before each of some edges; by edge of the network: limit, the depth
    (mm) that blocks it, and lingers, how long (ms) it may stay blocked after the water.
    """
    best, last = NEVER, levels.shape[1] - 1
    for k in range(len(edges)):
        row = row_of[edges[k]]
        if row < 0 or there[k] >= best:
            continue
        j = min(max(there[k] - lingers[edges[k]], 0) // step, last)
        while j <= last and j * step < best:
            if levels[row, j] >= limit[edges[k]]:
                best = min(best, max(there[k], j * step))
                break
            j += 1
    return best


@njit(int64[::1](I64, I32, I32, I32, BOOL, int64), **OPTIONS)
def edge_costs(  # type: ignore[no-untyped-def]
    length_mm, speed_kmh_x10, table, depth, allowed, speed_q16
):
    """See routing.edge_costs; an empty depth is dry, an empty allowed shuts nothing."""
    cost = np.empty(len(length_mm), dtype=np.int64)
    for e in range(len(length_mm)):
        deep = depth[e] if len(depth) else 0
        if deep >= len(table) or (len(allowed) and not allowed[e]):
            cost[e] = NEVER
            continue
        speed = min(int64(speed_kmh_x10[e]) * 100, int64(table[0])) * speed_q16 // 100
        if deep > 0:
            speed = min(speed, (int64(table[deep]) << 16) // 100)
        cost[e] = ((length_mm[e] * 36 << 16) + speed - 1) // speed
    return cost


_TWO = types.UniTuple(int64, 2)  # type: ignore[no-untyped-call]


@njit(_TWO(I32, I64, I32), **OPTIONS)
def along(edges, length_mm, wet_row):  # type: ignore[no-untyped-def]
    """Length of a way (mm), and on how many of its edges there is water at some time."""
    length, wet = 0, 0
    for e in edges:
        length += length_mm[e]
        wet += wet_row[e] >= 0
    return length, wet
