"""The compiled loops that make shortest-way trees and repair them; sim.roads.repair tells the idea.

Signatures are explicit and few, so that compiling stays short and happens once (cached). All
numbers are integers. Equal ways keep the lower edge row, so the order in which nodes of one
distance are looked at does not matter.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import boolean, int32, int64, njit, types

from sim.clock import NEVER
from sim.compiled import I32, I64, OPTIONS, tuple_type
from sim.roads.heap import NODE_BITS, drop_least, least, push

MOST_LOST = 0.25
"""Share of its nodes up to which a tree is repaired; from there on a new one is quicker."""

_TREE = types.Tuple([int32[::1], int64[::1]])  # type: ignore[no-untyped-call]


class Fans(NamedTuple):
    """The edges at every node, all that leave it or all that come to it; int32 for reading.

    edge[start[i]:start[i+1]] are the edges at node i; far: by edge, the node at its other end.
    """

    start: Any
    edge: Any
    far: Any


class Roads(NamedTuple):
    """Roads as seen from the roots of a tree: edges that lead on from a node, and back from it."""

    on: Any
    back: Any


class Change(NamedTuple):
    """What every edge costs now (int64, NEVER closed), and the edges that cost something else."""

    cost: Any
    changed: Any


class Ways(NamedTuple):
    """A tree that is written in place: int32 edge and int64 dist by node."""

    edge: Any
    dist: Any


class Scratch(NamedTuple):
    """Room to work: a binary heap of sim.roads.heap and int32 lost nodes.

    The heap serves as the stack first: both hold an edge once.
    """

    heap: Any
    lost: Any


FANS = tuple_type(Fans, I32, I32, I32)
_ROADS = tuple_type(Roads, FANS, FANS)


@njit(**OPTIONS)
def _by(roads, cost, dist, e):  # type: ignore[no-untyped-def]
    """Distance of the far node by way of an edge; NEVER when it is closed."""
    if cost[e] >= NEVER:
        return NEVER
    return dist[roads.back.far[e]] + max(cost[e], 1)


@njit(**OPTIONS)
def _touches(roads, change, tree):  # type: ignore[no-untyped-def]
    """Whether the tree is another one with these costs: one look at every changed edge."""
    edge, dist = tree
    for e in change.changed:
        node, new = roads.on.far[e], _by(roads, change.cost, dist, e)
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
    (edge, dist), stack = tree, scratch.heap
    size, n_lost = 0, 0
    for e in change.changed:
        node = roads.on.far[e]
        if edge[node] == e and _by(roads, change.cost, dist, e) > dist[node]:
            stack[size] = node
            size += 1
    while size > 0:
        size -= 1
        node = stack[size]
        if dist[node] == NEVER:
            continue
        best = -1
        for k in range(roads.back.start[node], roads.back.start[node + 1]):
            e = roads.back.edge[k]
            if _by(roads, change.cost, dist, e) == dist[node] and (best < 0 or e < best):
                best = e
        edge[node] = best
        if best >= 0:
            continue
        dist[node] = NEVER
        scratch.lost[n_lost] = node
        n_lost += 1
        if n_lost > MOST_LOST * len(dist):
            break
        for k in range(roads.on.start[node], roads.on.start[node + 1]):
            e = roads.on.edge[k]
            if edge[roads.on.far[e]] == e:
                stack[size] = roads.on.far[e]
                size += 1
    return n_lost


@njit(**OPTIONS)
def _begin(roads, change, tree, scratch, n_lost):  # type: ignore[no-untyped-def]
    """Best ways known so far, into the heap: lost nodes by a neighbour, others by a changed edge.

    All are lengths of real ways, so none is too short, whatever the order.
    """
    edge, dist = tree
    size = 0
    for node in scratch.lost[:n_lost]:
        for k in range(roads.back.start[node], roads.back.start[node + 1]):
            e = roads.back.edge[k]
            new = _by(roads, change.cost, dist, e)
            if new < dist[node] or (new == dist[node] and e < edge[node]):
                dist[node], edge[node] = new, e
        if dist[node] < NEVER:
            size = push(scratch.heap, size, dist[node], node)
    for e in change.changed:
        node, new = roads.on.far[e], _by(roads, change.cost, dist, e)
        if new < dist[node]:
            dist[node], edge[node] = new, e
            size = push(scratch.heap, size, new, node)
        elif new == dist[node] and e < edge[node]:
            edge[node] = e
    return size


@njit(**OPTIONS)
def _begin_anew(tree, scratch):  # type: ignore[no-untyped-def]
    """Only the roots are known, and in the heap."""
    edge, dist = tree
    size = 0
    for node in range(len(dist)):
        edge[node] = -1
        if dist[node] == 0:
            size = push(scratch.heap, size, 0, node)
        else:
            dist[node] = NEVER
    return size


@njit(**OPTIONS)
def _settle(fans, cost, tree, heap, size, limit):  # type: ignore[no-untyped-def]
    """Dijkstra from what is in the heap up to a distance; equal ways keep the lower edge row."""
    edge, dist = tree
    while size > 0:
        d, node = least(heap)
        if d > limit:
            break
        size = drop_least(heap, size)
        if d > dist[node]:
            continue
        for k in range(fans.start[node], fans.start[node + 1]):
            e = fans.edge[k]
            if cost[e] >= NEVER:
                continue
            other, new = fans.far[e], d + max(cost[e], 1)
            if new < dist[other]:
                dist[other], edge[other] = new, e
                size = push(heap, size, new, other)
            elif new == dist[other] and e < edge[other]:
                edge[other] = e


@njit(_TREE(FANS, I64, I32, int64), **OPTIONS)
def tree(fans, cost, roots, limit):  # type: ignore[no-untyped-def]
    """Dijkstra from some roots over the edges of the fans.

    Nodes farther than limit are not looked for: what they hold is beyond it, but not final.
    Costs are at least 1, so an edge never leads back to a root and ties build no circle.
    """
    n = len(fans.start) - 1
    if n > 1 << NODE_BITS:
        raise ValueError("more nodes than the heap can tell apart")
    dist = np.full(n, NEVER, dtype=np.int64)
    edge = np.full(n, -1, dtype=np.int32)
    heap, size = np.empty(len(fans.edge) + len(roots), dtype=np.int64), 0
    for root in roots:
        if dist[root] != 0:
            dist[root] = 0
            size = push(heap, size, 0, root)
    _settle(fans, cost, Ways(edge, dist), heap, size, limit)
    return edge, dist


@njit(**OPTIONS)
def _room(roads, change):  # type: ignore[no-untyped-def]
    """Room for a repair: every edge, lost node and changed edge may enter the heap."""
    n = len(roads.on.start) - 1
    most = len(roads.on.far) + n + len(change.changed)
    return Scratch(np.empty(most, dtype=np.int64), np.empty(n, dtype=np.int32))


@njit(**OPTIONS)
def _repair(roads, change, tree, scratch):  # type: ignore[no-untyped-def]
    """One tree in place; made anew where the most of it is lost."""
    n_lost = _cut_off(roads, change, tree, scratch)
    if n_lost > MOST_LOST * len(tree.dist):
        size = _begin_anew(tree, scratch)
    else:
        size = _begin(roads, change, tree, scratch, n_lost)
    _settle(roads.on, change.cost, tree, scratch.heap, size, NEVER)


@njit(_TREE(_ROADS, I64, I32, I32, I64), **OPTIONS)
def repaired(roads, cost, changed, edge, dist):  # type: ignore[no-untyped-def]
    """A repaired copy of one tree; empty arrays when it stays as it is."""
    change = Change(cost, changed)
    if not _touches(roads, change, Ways(edge, dist)):
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
    new = Ways(edge.copy(), dist.copy())
    _repair(roads, change, new, _room(roads, change))
    return new.edge, new.dist


@njit(boolean[::1](_ROADS, I64, I32, int32[:, ::1], int64[:, ::1]), **OPTIONS)
def repair_all(roads, cost, changed, edge, dist):  # type: ignore[no-untyped-def]
    """Repair the rows of edge and dist in place; which of them changed."""
    change = Change(cost, changed)
    scratch = _room(roads, change)
    other = np.zeros(len(dist), dtype=np.bool_)
    for k in range(len(dist)):
        tree = Ways(edge[k], dist[k])
        if _touches(roads, change, tree):
            other[k] = True
            _repair(roads, change, tree, scratch)
    return other
