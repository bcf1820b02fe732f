"""Cuts 断面: roads that everybody from one side must pass, and how long that takes at least.

Any line across the roads gives a bound in a few additions, so a county's worst lines are looked
for once and then held against every replication. The largest over all lines would be the road
flow itself (Ford and Fulkerson's theorem), without a time step.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from sim.bounds.problem import Int64, summed
from sim.bounds.road_thinning import RoadTimes
from sim.clock import NEVER
from sim.roads.network import Network
from sim.roads.routing import tree_to

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Cut:
    """A side of the network, places on the other one, and the roads between.

    inside: bool[n_nodes]; targets: node rows outside; edges: int64, the edges that lead out and
    that cars may use.
    """

    inside: BoolArray
    targets: Int64
    edges: Int64

    def crossed_by(self, origin: Int64, target: Int64) -> BoolArray:
        """Which drives (node rows, int64[n] each) must pass it towards one of its places."""
        crosses: BoolArray = self.inside[origin] & np.isin(target, self.targets)
        return crosses

    def done_ms(self, earliest_ms: Int64, headway_q10: Int64) -> int:
        """Moment at which the last of those who must pass can be there, at the earliest.

        earliest_ms: int64[n], when each could be at the nearest of the places on empty roads;
        headway_q10: int64[n_edges], time between two vehicles in 1024ths of a ms.

        On the clocks of sim.bounds.road_thinning, on which shortest ways take no time, everybody
        passes at or after his earliest. Of those from any moment a on the first passes at a, and
        the last one after as long as the roads together need for so many. (One ms is left for
        services that begin within a tick.)
        """
        if not len(earliest_ms):
            return 0
        since = np.sort(earliest_ms)[::-1]
        spans = spans_ms(headway_q10[self.edges], len(since))
        return int((since + np.maximum(spans - 1, 0)).max())


def spans_ms(headway_q10: Int64, most: int) -> Int64:
    """Least time from the first to the last of 1, 2 .. most vehicles over some roads together.

    int64[most] in ms rounded down; NEVER without a road. Each road serves one vehicle at 0 and
    one after every headway.
    """
    if not len(headway_q10):
        return np.full(most, NEVER, dtype=np.int64)
    rate = float((1.0 / headway_q10).sum())
    enough = int(most / rate) + 1
    at = [np.arange(min(most, enough // h + 1)) * h for h in headway_q10.tolist()]
    found: Int64 = np.sort(np.concatenate(at))[:most] >> 10
    return found


def busiest_cut(
    network: Network, times: RoadTimes, cars: tuple[Int64, Int64], targets: Int64
) -> Cut | None:
    """The line that takes longest to pass for the cars bound for some targets, None for no line.

    cars: node rows of origins and targets; those without a way do not count. Newton's method: a
    time is tried, the least cut of what the roads carry in it is found, and the time that this cut
    really needs is tried next, in whole milliseconds, until everybody gets through.
    """
    origin, target = cars
    ahead = tree_to(network, targets.astype(np.int32), times.least_ms).dist_ms
    origin = origin[np.isin(target, targets) & (ahead[origin] > 0) & (ahead[origin] < NEVER)]
    number = summed(origin, np.ones(len(origin), dtype=np.int64), network.n_nodes)
    usable = np.flatnonzero((times.least_ms < NEVER) & ~np.isin(network.edge_from, targets))
    best, span_ms = None, 0
    while True:
        inside = _short_side(network, times, usable, (number, targets, span_ms << 10))
        n = int(number[inside].sum())
        across = usable[inside[network.edge_from[usable]] & ~inside[network.edge_to[usable]]]
        if not n:
            return best
        best = Cut(inside, targets, across)
        span_ms = max(span_ms + 1, int(spans_ms(times.headway_q10[across], n)[-1]))


def _short_side(
    network: Network, times: RoadTimes, usable: Int64, trial: tuple[Int64, Int64, int]
) -> BoolArray:
    """Nodes from which more can come than the roads out of them carry in a time; perhaps none.

    trial: vehicles by node, targets, time in 1024ths of a ms.
    """
    number, targets, span_q10 = trial
    n, total = network.n_nodes, int(number.sum())
    some = np.flatnonzero(number)
    carry = np.minimum(span_q10 // times.headway_q10[usable] + 1, total)
    tail = np.concatenate([network.edge_from[usable], np.full(len(some), n), targets])
    head = np.concatenate([network.edge_to[usable], some, np.full(len(targets), n + 1)])
    most = np.concatenate([carry, number[some], np.full(len(targets), total)])
    graph = coo_array((most, (tail, head)), shape=(n + 2, n + 2)).tocsr()
    graph.data = np.minimum(graph.data, total).astype(np.int32)
    left = graph - maximum_flow(graph, n, n + 1).flow
    left.eliminate_zeros()
    inside = np.zeros(n + 2, dtype=np.bool_)
    inside[breadth_first_order(left, n, return_predecessors=False)] = True
    return inside[:n]
