"""The compiled inner loops of tree repair; sim.roads.repair tells the idea."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import boolean, int32, int64, njit, types

from sim.clock import NEVER
from sim.compiled import I32, I64, OPTIONS, tuple_type

_TREE = types.Tuple([int32[::1], int64[::1]])  # type: ignore[no-untyped-call]


class Roads(NamedTuple):
    """Roads as seen from the roots of a tree: an edge leads from its near node to its far node.

    out_edge[out_start[i]:out_start[i+1]] are the edges whose near node is i, in_* those whose far
    node is i; all int32 and not to be written.
    """

    out_start: Any
    out_edge: Any
    in_start: Any
    in_edge: Any
    far: Any
    near: Any


class Change(NamedTuple):
    """What every edge costs now (int64, NEVER closed), and the edges that cost something else."""

    cost: Any
    changed: Any


class Ways(NamedTuple):
    """A tree that is written in place: int32 edge and int64 dist by node."""

    edge: Any
    dist: Any


class Scratch(NamedTuple):
    """Room to work: a binary heap (int64 dist, int32 node) and int32 lost nodes.

    The heap's nodes serve as the stack first: both hold an edge once.
    """

    heap_dist: Any
    heap_node: Any
    lost: Any


_ROADS = tuple_type(Roads, *(I32,) * 6)


@njit(**OPTIONS)
def _by(roads, cost, dist, e):  # type: ignore[no-untyped-def]
    """Distance of the far node by way of an edge; NEVER when it is closed."""
    if cost[e] >= NEVER:
        return NEVER
    return dist[roads.near[e]] + max(cost[e], 1)


@njit(**OPTIONS)
def _touches(roads, change, tree):  # type: ignore[no-untyped-def]
    """Whether the tree is another one with these costs: one look at every changed edge."""
    edge, dist = tree
    for e in change.changed:
        node, new = roads.far[e], _by(roads, change.cost, dist, e)
        if edge[node] == e:
            if new != dist[node]:
                return True
        elif new < dist[node] or (new == dist[node] and e < edge[node]):
            return True
    return False


@njit(**OPTIONS)
def _cut_off(roads, change, tree, scratch):  # type: ignore[no-untyped-def]
    """Nodes without any way of their old length, into lost; their number. They are set to NEVER.

    A node enters the stack when its tree edge is suspect: at most once for each of its edges.
    """
    (edge, dist), stack = tree, scratch.heap_node
    size, n_lost = 0, 0
    for e in change.changed:
        node = roads.far[e]
        if edge[node] == e and _by(roads, change.cost, dist, e) > dist[node]:
            stack[size] = node
            size += 1
    while size > 0:
        size -= 1
        node = stack[size]
        if dist[node] == NEVER:
            continue
        best = -1
        for k in range(roads.in_start[node], roads.in_start[node + 1]):
            e = roads.in_edge[k]
            if _by(roads, change.cost, dist, e) == dist[node] and (best < 0 or e < best):
                best = e
        edge[node] = best
        if best >= 0:
            continue
        dist[node] = NEVER
        scratch.lost[n_lost] = node
        n_lost += 1
        for k in range(roads.out_start[node], roads.out_start[node + 1]):
            e = roads.out_edge[k]
            if edge[roads.far[e]] == e:
                stack[size] = roads.far[e]
                size += 1
    return n_lost


@njit(**OPTIONS)
def _push(heap, size, d, node):  # type: ignore[no-untyped-def]
    """Into the binary heap; its new size."""
    hole = size
    while hole > 0:
        parent = (hole - 1) // 2
        if heap.heap_dist[parent] <= d:
            break
        heap.heap_dist[hole] = heap.heap_dist[parent]
        heap.heap_node[hole] = heap.heap_node[parent]
        hole = parent
    heap.heap_dist[hole], heap.heap_node[hole] = d, node
    return size + 1


@njit(**OPTIONS)
def _drop_least(heap, size):  # type: ignore[no-untyped-def]
    """Take the first of the binary heap out; its new size."""
    size -= 1
    d, node = heap.heap_dist[size], heap.heap_node[size]
    hole = 0
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        if child + 1 < size and heap.heap_dist[child + 1] < heap.heap_dist[child]:
            child += 1
        if d <= heap.heap_dist[child]:
            break
        heap.heap_dist[hole] = heap.heap_dist[child]
        heap.heap_node[hole] = heap.heap_node[child]
        hole = child
    heap.heap_dist[hole], heap.heap_node[hole] = d, node
    return size


@njit(**OPTIONS)
def _begin(roads, change, tree, scratch, n_lost):  # type: ignore[no-untyped-def]
    """Best ways known so far, into the heap: lost nodes by a neighbour, others by a changed edge.

    All are lengths of real ways, so none is too short, whatever the order.
    """
    edge, dist = tree
    size = 0
    for node in scratch.lost[:n_lost]:
        for k in range(roads.in_start[node], roads.in_start[node + 1]):
            e = roads.in_edge[k]
            new = _by(roads, change.cost, dist, e)
            if new < dist[node] or (new == dist[node] and e < edge[node]):
                dist[node], edge[node] = new, e
        if dist[node] < NEVER:
            size = _push(scratch, size, dist[node], node)
    for e in change.changed:
        node, new = roads.far[e], _by(roads, change.cost, dist, e)
        if new < dist[node]:
            dist[node], edge[node] = new, e
            size = _push(scratch, size, new, node)
        elif new == dist[node] and e < edge[node]:
            edge[node] = e
    return size


@njit(**OPTIONS)
def _settle(roads, cost, tree, heap, size):  # type: ignore[no-untyped-def]
    """Dijkstra from what is in the heap; equal ways keep the lower edge row."""
    edge, dist = tree
    while size > 0:
        d, node = heap.heap_dist[0], heap.heap_node[0]
        size = _drop_least(heap, size)
        if d > dist[node]:
            continue
        for k in range(roads.out_start[node], roads.out_start[node + 1]):
            e = roads.out_edge[k]
            if cost[e] >= NEVER:
                continue
            other, new = roads.far[e], d + max(cost[e], 1)
            if new < dist[other]:
                dist[other], edge[other] = new, e
                size = _push(heap, size, new, other)
            elif new == dist[other] and e < edge[other]:
                edge[other] = e


@njit(**OPTIONS)
def _scratch(roads, change, n):  # type: ignore[no-untyped-def]
    most = len(roads.far) + n + len(change.changed)
    return Scratch(
        np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int32), np.empty(n, dtype=np.int32)
    )


@njit(**OPTIONS)
def _repair(roads, change, tree, scratch):  # type: ignore[no-untyped-def]
    """One tree in place."""
    n_lost = _cut_off(roads, change, tree, scratch)
    size = _begin(roads, change, tree, scratch, n_lost)
    _settle(roads, change.cost, tree, scratch, size)


@njit(_TREE(_ROADS, I64, I32, I32, I64), **OPTIONS)
def repaired(roads, cost, changed, edge, dist):  # type: ignore[no-untyped-def]
    """A repaired copy of one tree; empty arrays when it stays as it is."""
    change = Change(cost, changed)
    if not _touches(roads, change, Ways(edge, dist)):
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    new = Ways(edge.copy(), dist.copy())
    _repair(roads, change, new, _scratch(roads, change, len(dist)))
    return new.edge, new.dist


@njit(boolean[::1](_ROADS, I64, I32, int32[:, ::1], int64[:, ::1]), **OPTIONS)
def repair_all(roads, cost, changed, edge, dist):  # type: ignore[no-untyped-def]
    """Repair the rows of edge and dist in place; which of them changed."""
    n_trees, n = dist.shape
    change = Change(cost, changed)
    scratch = _scratch(roads, change, n)
    other = np.zeros(n_trees, dtype=np.bool_)
    for k in range(n_trees):
        tree = Ways(edge[k], dist[k])
        if _touches(roads, change, tree):
            other[k] = True
            _repair(roads, change, tree, scratch)
    return other
