"""The compiled inner loops of tree repair; sim.roads.repair tells the idea.

Directions are named as seen from a root: an edge leads from its near node outwards to its far
node. outward_edge[outward_start[i]:outward_start[i+1]] are the edges whose near node is i,
inward_* those whose far node is i. dist and edge are written in place.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import boolean, int32, int64, njit, types

from sim.clock import NEVER

_I32 = types.Array(int32, 1, "C", readonly=True)
_I64 = types.Array(int64, 1, "C", readonly=True)
_TREE = types.Tuple([int32[::1], int64[::1]])  # type: ignore[no-untyped-call]
_ROADS = (_I32, _I32, _I32, _I32, _I32, _I32)  # outward start, edge; inward start, edge; far, near
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}


@njit(int64(_I32, _I64, _I64, int64), **_OPTIONS)
def _by(near, cost, dist, e):  # type: ignore[no-untyped-def]
    """Distance of the far node by way of an edge; NEVER when it is closed."""
    if cost[e] >= NEVER:
        return NEVER
    return dist[near[e]] + max(cost[e], 1)


@njit(boolean(_I32, _I32, _I64, _I32, _I32, _I64), **_OPTIONS)
def _touches(far, near, cost, changed, edge, dist):  # type: ignore[no-untyped-def]
    """Whether the tree is another one with these costs: one look at every changed edge."""
    for e in changed:
        node, new = far[e], _by(near, cost, dist, e)
        if edge[node] == e:
            if new != dist[node]:
                return True
        elif new < dist[node] or (new == dist[node] and e < edge[node]):
            return True
    return False


@njit(int64(*_ROADS, _I64, _I32, int32[::1], int64[::1], int32[::1], int32[::1]), **_OPTIONS)
def _cut_off(  # type: ignore[no-untyped-def]
    out_start, out_edge, in_start, in_edge, far, near, cost, changed, edge, dist, stack, lost
):
    """Nodes without any way of their old length, into lost; their number. They are set to NEVER.

    A node enters the stack when its tree edge is suspect: at most once for each of its edges.
    """
    size, n_lost = 0, 0
    for e in changed:
        if edge[far[e]] == e and _by(near, cost, dist, e) > dist[far[e]]:
            stack[size] = far[e]
            size += 1
    while size > 0:
        size -= 1
        node = stack[size]
        if dist[node] == NEVER:
            continue
        best = -1
        for k in range(in_start[node], in_start[node + 1]):
            e = in_edge[k]
            if _by(near, cost, dist, e) == dist[node] and (best < 0 or e < best):
                best = e
        edge[node] = best
        if best >= 0:
            continue
        dist[node] = NEVER
        lost[n_lost] = node
        n_lost += 1
        for k in range(out_start[node], out_start[node + 1]):
            e = out_edge[k]
            if edge[far[e]] == e:
                stack[size] = far[e]
                size += 1
    return n_lost


@njit(int64(int64[::1], int32[::1], int64, int64, int32), **_OPTIONS)
def _push(heap_dist, heap_node, size, d, node):  # type: ignore[no-untyped-def]
    """Into the binary heap; its new size."""
    hole = size
    while hole > 0:
        parent = (hole - 1) // 2
        if heap_dist[parent] <= d:
            break
        heap_dist[hole], heap_node[hole] = heap_dist[parent], heap_node[parent]
        hole = parent
    heap_dist[hole], heap_node[hole] = d, node
    return size + 1


@njit(int64(int64[::1], int32[::1], int64), **_OPTIONS)
def _drop_least(heap_dist, heap_node, size):  # type: ignore[no-untyped-def]
    """Take the first of the binary heap out; its new size."""
    size -= 1
    d, node = heap_dist[size], heap_node[size]
    hole = 0
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        if child + 1 < size and heap_dist[child + 1] < heap_dist[child]:
            child += 1
        if d <= heap_dist[child]:
            break
        heap_dist[hole], heap_node[hole] = heap_dist[child], heap_node[child]
        hole = child
    heap_dist[hole], heap_node[hole] = d, node
    return size


@njit(int64(*_ROADS, _I64, _I32, int32[::1], int64[::1], _I32, int64[::1], int32[::1]), **_OPTIONS)
def _begin(  # type: ignore[no-untyped-def]
    out_start, out_edge, in_start, in_edge, far, near, cost, changed, edge, dist, lost,
    heap_dist, heap_node,
):  # fmt: skip
    """Best ways known so far, into the heap: lost nodes by a neighbour, others by a changed edge.

    All are lengths of real ways, so none is too short, whatever the order.
    """
    size = 0
    for node in lost:
        for k in range(in_start[node], in_start[node + 1]):
            e = in_edge[k]
            new = _by(near, cost, dist, e)
            if new < dist[node] or (new == dist[node] and e < edge[node]):
                dist[node], edge[node] = new, e
        if dist[node] < NEVER:
            size = _push(heap_dist, heap_node, size, dist[node], node)
    for e in changed:
        node, new = far[e], _by(near, cost, dist, e)
        if new < dist[node]:
            dist[node], edge[node] = new, e
            size = _push(heap_dist, heap_node, size, new, node)
        elif new == dist[node] and e < edge[node]:
            edge[node] = e
    return size


@njit(
    types.void(
        *(_I32, _I32, _I32, _I64),  # outward_start, outward_edge, far, cost
        *(int32[::1], int64[::1], int64[::1], int32[::1], int64),  # tree, heap and its size
    ),
    **_OPTIONS,
)
def _settle(  # type: ignore[no-untyped-def]
    out_start, out_edge, far, cost, edge, dist, heap_dist, heap_node, size
):
    """Dijkstra from what is in the heap; equal ways keep the lower edge row."""
    while size > 0:
        d, node = heap_dist[0], heap_node[0]
        size = _drop_least(heap_dist, heap_node, size)
        if d > dist[node]:
            continue
        for k in range(out_start[node], out_start[node + 1]):
            e = out_edge[k]
            if cost[e] >= NEVER:
                continue
            other, new = far[e], d + max(cost[e], 1)
            if new < dist[other]:
                dist[other], edge[other] = new, e
                size = _push(heap_dist, heap_node, size, new, other)
            elif new == dist[other] and e < edge[other]:
                edge[other] = e


@njit(
    types.void(*_ROADS, _I64, _I32, int32[::1], int64[::1], int32[::1], int64[::1], int32[::1]),
    **_OPTIONS,
)
def _repair(  # type: ignore[no-untyped-def]
    out_start, out_edge, in_start, in_edge, far, near, cost, changed, edge, dist, lost,
    heap_dist, heap_node,
):  # fmt: skip
    """One tree in place. The heap's nodes serve as the stack first: both hold an edge once."""
    n_lost = _cut_off(
        out_start, out_edge, in_start, in_edge, far, near, cost, changed, edge, dist,
        heap_node, lost,
    )  # fmt: skip
    size = _begin(
        out_start, out_edge, in_start, in_edge, far, near, cost, changed, edge, dist,
        lost[:n_lost], heap_dist, heap_node,
    )  # fmt: skip
    _settle(out_start, out_edge, far, cost, edge, dist, heap_dist, heap_node, size)


@njit(_TREE(*_ROADS, _I64, _I32, _I32, _I64), **_OPTIONS)
def repaired(  # type: ignore[no-untyped-def]
    out_start, out_edge, in_start, in_edge, far, near, cost, changed, edge, dist
):
    """A repaired copy of one tree; empty arrays when it stays as it is."""
    if not _touches(far, near, cost, changed, edge, dist):
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    new_edge, new_dist = edge.copy(), dist.copy()
    most = len(far) + len(dist) + len(changed)
    _repair(
        out_start, out_edge, in_start, in_edge, far, near, cost, changed, new_edge, new_dist,
        np.empty(len(dist), dtype=np.int32), np.empty(most, dtype=np.int64),
        np.empty(most, dtype=np.int32),
    )  # fmt: skip
    return new_edge, new_dist


@njit(boolean[::1](*_ROADS, _I64, _I32, int32[:, ::1], int64[:, ::1]), **_OPTIONS)
def repair_all(  # type: ignore[no-untyped-def]
    out_start, out_edge, in_start, in_edge, far, near, cost, changed, edge, dist
):
    """Repair the rows of edge and dist in place; which of them changed."""
    n_trees, n = dist.shape
    most = len(far) + n + len(changed)
    lost = np.empty(n, dtype=np.int32)
    heap_dist, heap_node = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int32)
    other = np.zeros(n_trees, dtype=np.bool_)
    for k in range(n_trees):
        if _touches(far, near, cost, changed, edge[k], dist[k]):
            other[k] = True
            _repair(
                out_start, out_edge, in_start, in_edge, far, near, cost, changed,
                edge[k], dist[k], lost, heap_dist, heap_node,
            )  # fmt: skip
    return other
