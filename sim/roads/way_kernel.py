"""One way between two nodes, found without a whole tree.

A search from the target back to the origin that looks first where the way can be shortest (A*):
no road is quicker than when it is dry, so the dry time from the origin is what is left at least.
"""

from __future__ import annotations

import numpy as np
from numba import int32, int64, njit

from sim.clock import NEVER
from sim.compiled import I32, I64, OPTIONS
from sim.roads.heap import drop_least, least, push
from sim.roads.kernels import path
from sim.roads.tree_kernels import FANS


@njit(int32[::1](FANS, I32, I64, I64, int64, int64), **OPTIONS)
def way_to(inwards, edge_to, cost, ahead, origin, target):  # type: ignore[no-untyped-def]
    """Edges from origin to target, the same as along a tree towards the target; empty for none.

    ahead: int64 by node, time from the origin that no way undercuts, as a tree of lower costs
    gives it (NEVER where none leads).
    """
    n = len(inwards.start) - 1
    dist = np.full(n, NEVER, dtype=np.int64)
    edge = np.full(n, -1, dtype=np.int32)
    heap, size = np.empty(len(inwards.edge) + 1, dtype=np.int64), 0
    dist[target] = 0
    if ahead[target] < NEVER:
        size = push(heap, 0, ahead[target], target)
    # all that may lie on a way as short is looked at, so equal ways keep the lower edge row
    while size > 0:
        whole, node = least(heap)
        if whole > dist[origin]:
            break
        size = drop_least(heap, size)
        if whole > dist[node] + ahead[node]:
            continue
        for k in range(inwards.start[node], inwards.start[node + 1]):
            e = inwards.edge[k]
            before = inwards.far[e]
            if cost[e] >= NEVER or ahead[before] >= NEVER:
                continue
            new = dist[node] + max(cost[e], 1)
            if new < dist[before]:
                dist[before], edge[before] = new, e
                size = push(heap, size, new + ahead[before], before)
            elif new == dist[before] and e < edge[before]:
                edge[before] = e
    return path(edge, edge_to, origin)
