"""The compiled inner loops of the roads: shortest-way trees, reachability, the drive.

Signatures are explicit and few, so that compiling stays short and happens once (cached). All
numbers are integers. Arrays come read-only from the network; results are new arrays.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import boolean, int8, int32, int64, njit, types

from sim.clock import NEVER

_I32 = types.Array(int32, 1, "C", readonly=True)
_I64 = types.Array(int64, 1, "C", readonly=True)
_I64_2D = types.Array(int64, 2, "C", readonly=True)
_I32_2D = types.Array(int32, 2, "C", readonly=True)
_BOOL = types.Array(boolean, 1, "C", readonly=True)
_TREE = types.Tuple([int32[::1], int64[::1]])  # type: ignore[no-untyped-call]
_OPTIONS: dict[str, Any] = {"cache": True, "nogil": True, "error_model": "numpy"}

ARRIVED, BLOCKED, STALLED, NO_ROUTE = 0, 1, 2, 3


@njit(_TREE(_I32, _I32, _I32, _I64, _I32, int64), **_OPTIONS)
def tree(start, adjacent, far_end, cost, roots, limit):  # type: ignore[no-untyped-def]
    """Dijkstra with a binary heap of (distance, node); equal ways keep the lower edge row.

    adjacent[start[i]:start[i+1]] are the edges at node i whose far_end is looked at next.
    Nodes farther than limit are not looked for: what they hold is beyond it, but not final.
    Costs are at least 1, so an edge never leads back to a root and ties build no circle.
    """
    n = len(start) - 1
    dist = np.full(n, NEVER, dtype=np.int64)
    edge = np.full(n, -1, dtype=np.int32)
    heap_dist = np.empty(len(adjacent) + len(roots) + 1, dtype=np.int64)
    heap_node = np.empty(len(adjacent) + len(roots) + 1, dtype=np.int32)
    size = 0
    for root in roots:  # all roots have distance 0: the first ones are a heap as they come
        if dist[root] != 0:
            dist[root] = 0
            heap_dist[size] = 0
            heap_node[size] = root
            size += 1
    while size > 0:
        d, node = heap_dist[0], heap_node[0]
        if d > limit:
            break
        size -= 1
        last_d, last_node = heap_dist[size], heap_node[size]
        hole = 0
        while True:
            child = 2 * hole + 1
            if child >= size:
                break
            right = child + 1
            if right < size and (
                heap_dist[right] < heap_dist[child]
                or (heap_dist[right] == heap_dist[child] and heap_node[right] < heap_node[child])
            ):
                child = right
            if last_d < heap_dist[child] or (
                last_d == heap_dist[child] and last_node <= heap_node[child]
            ):
                break
            heap_dist[hole], heap_node[hole] = heap_dist[child], heap_node[child]
            hole = child
        heap_dist[hole], heap_node[hole] = last_d, last_node
        if d > dist[node]:
            continue
        for k in range(start[node], start[node + 1]):
            e = adjacent[k]
            if cost[e] >= NEVER:
                continue
            far = far_end[e]
            new = d + max(cost[e], 1)
            if new == dist[far] and e < edge[far]:
                edge[far] = e
            if new >= dist[far]:
                continue
            dist[far] = new
            edge[far] = e
            hole = size
            size += 1
            while hole > 0:
                parent = (hole - 1) // 2
                if heap_dist[parent] < new or (
                    heap_dist[parent] == new and heap_node[parent] <= far
                ):
                    break
                heap_dist[hole], heap_node[hole] = heap_dist[parent], heap_node[parent]
                hole = parent
            heap_dist[hole], heap_node[hole] = new, far
    return edge, dist


@njit(boolean[::1](_I32, _I32, _I32, _BOOL, _BOOL), **_OPTIONS)
def reaches(start, adjacent, far_end, roots, is_open):  # type: ignore[no-untyped-def]
    """Breadth-first search over the open edges from all marked nodes."""
    n = len(start) - 1
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
        for k in range(start[node], start[node + 1]):
            e = adjacent[k]
            far = far_end[e]
            if is_open[e] and not seen[far]:
                seen[far] = True
                queue[tail] = far
                tail += 1
    return seen


@njit(int32[::1](_I32, _I32, int64), **_OPTIONS)
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


@njit(
    int32[::1](
        *(_I32, _I32, _I32),  # in_start, in_edge, edge_from
        *(_I32, _I32, _I32),  # out_start, out_edge, edge_to
        *(_I64, _I32, _I64),  # cost, edge and dist of a tree from the origin
        *(int64, int64),
    ),
    **_OPTIONS,
)
def path_between(  # type: ignore[no-untyped-def]
    in_start, in_edge, edge_from, out_start, out_edge, edge_to, cost, edge, dist, origin, target
):
    """Of all best ways from origin to target the one with the lower edge row at every fork.

    A tree towards the target holds the same way, so it does not matter which tree is at hand.
    """
    n = len(in_start) - 1
    way = np.empty(n, dtype=np.int32)
    count, at, forks = 0, target, False
    while at != origin:
        for k in range(in_start[at], in_start[at + 1]):
            e = in_edge[k]
            near = dist[edge_from[e]]
            if e != edge[at] and cost[e] < NEVER and near + max(cost[e], 1) == dist[at]:
                forks = True
        way[n - 1 - count] = edge[at]
        at = edge_from[edge[at]]
        count += 1
    if not forks:
        return way[n - count :].copy()
    leads = np.zeros(n, dtype=np.bool_)  # nodes from which a best way leads on to the target
    stack = np.empty(n, dtype=np.int32)
    leads[target] = True
    stack[0], size = target, 1
    while size > 0:
        size -= 1
        at = stack[size]
        for k in range(in_start[at], in_start[at + 1]):
            e = in_edge[k]
            before = edge_from[e]
            best = cost[e] < NEVER and dist[before] + max(cost[e], 1) == dist[at]
            if best and not leads[before]:
                leads[before] = True
                stack[size] = before
                size += 1
    count, at = 0, origin
    while at != target:
        chosen = -1
        for k in range(out_start[at], out_start[at + 1]):
            e = out_edge[k]
            after = edge_to[e]
            best = cost[e] < NEVER and dist[at] + max(cost[e], 1) == dist[after]
            if best and leads[after] and (chosen < 0 or e < chosen):
                chosen = e
        way[count] = chosen
        at = edge_to[chosen]
        count += 1
    return way[:count].copy()


@njit(int64(_I32, _I64, _I32, _I32_2D, int64, _I32, _I64), **_OPTIONS)
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


@njit(
    types.void(
        *(_I32_2D, _I64_2D, _I32),  # trees: next_edge, dist; tree of each driver
        *(_I32, _I64, _I32),  # roads: edge_to, length_mm, speed_kmh_x10
        *(_I32, _I32_2D, int64, int64, _I32),  # water: row, levels, step, harm; speed by depth
        *(_I32, _I64, _I32, _I32),  # drivers: origin, depart, willing, speed_q16
        *(int8[::1], int32[::1], int64[::1], int64[::1], int32[::1]),  # results
    ),
    **_OPTIONS,
)
def drive(  # type: ignore[no-untyped-def]
    next_edge, dist, tree_of, edge_to, length, speed, row_of, levels, step, harm, by_depth,
    origin, depart, willing, factor, status, end_node, end_time, caught_at, end_edge,
):  # fmt: skip
    """Walk every vehicle along the next_edge of its tree; see routing.drive for the rules."""
    limit = len(by_depth)
    last = levels.shape[1] - 1
    for i in range(len(origin)):
        node, t, caught, end, edge = origin[i], depart[i], NEVER, ARRIVED, -1
        tree = tree_of[i]
        if next_edge[tree, node] < 0 and dist[tree, node] != 0:
            end = NO_ROUTE
        while next_edge[tree, node] >= 0:
            e = next_edge[tree, node]
            row, k, depth = row_of[e], np.int64(0), np.int32(0)
            if row >= 0:
                k = min(max(t, 0) // step, last)
                depth = levels[row, k]
            # v in 65536ths of 0.1 km/h; by_depth in m/h
            v = min(np.int64(speed[e]) * 100, np.int64(by_depth[0])) * factor[i] // 100
            if depth >= limit:
                edge = e
                if depth > willing[i]:
                    end = BLOCKED
                    break
                end = STALLED
                v = min(v, (np.int64(by_depth[limit - 1]) << 16) // 100)
            elif depth > 0:
                v = min(v, (np.int64(by_depth[depth]) << 16) // 100)
            v = max(v, 1)
            takes = ((length[e] * 36 << 16) + v - 1) // v
            if row >= 0 and caught == NEVER:
                until = last if end == STALLED else min((max(t, 0) + takes - 1) // step, last)
                while k <= until and levels[row, k] < harm:
                    k += 1
                if k <= until:
                    caught = max(t, k * step)
            if end == STALLED:
                t += (takes + 1) // 2
                break
            t += takes
            node = edge_to[e]
        status[i], end_node[i], end_time[i] = end, node, t
        caught_at[i], end_edge[i] = caught, edge
