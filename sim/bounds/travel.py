"""Shortest possible travel times of a World: dry roads, every road open to a class in use.

No drive of any replication is faster: water only slows, closures only lengthen, and the speed of
the day enters as its largest factor. Trees are kept, so a run only looks numbers up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, allowed_edges, speed_table
from sim.roads.routing import ONE_Q16, tree_from, tree_to

Int64 = NDArray[np.int64]
US_PER_MS = 1000


class DryTimes:
    """Times by the quickest of some vehicle classes, in whole microseconds rounded down.

    Microseconds, because the engine rounds every link up to a millisecond after the factor of the
    day, and a bound must not be rounded up before it.
    """

    def __init__(self, roads: Network | MinutesMatrix, classes: Sequence[VehicleClass]) -> None:
        self._roads = roads
        self._kept: dict[tuple[int, bool], Int64] = {}
        self._nearest: dict[bytes, Int64] = {}
        if isinstance(roads, Network):
            self._cost = _link_us(roads, classes)
        else:
            self._closed = _closure_us(roads)

    @property
    def link_us(self) -> Int64:
        """Microseconds on every edge of a network, int64[n_edges]; NEVER where none may go."""
        return self._cost

    def from_node(self, node: int) -> Int64:
        """Microseconds from a node to every node, int64[n_nodes]; NEVER without a way."""
        return self._times(node, towards=False)

    def to_node(self, node: int) -> Int64:
        """Microseconds from every node to this one, int64[n_nodes]."""
        return self._times(node, towards=True)

    def to_nearest(self, nodes: Int64) -> Int64:
        """Microseconds from every node of a network to the nearest of some, int64[n_nodes]."""
        key = nodes.tobytes()
        if key not in self._nearest:
            if not isinstance(self._roads, Network):
                raise TypeError("a matrix of minutes has no roads to several places")
            tree = tree_to(self._roads, nodes.astype(np.int32), self._cost)
            self._nearest[key] = tree.dist_ms
        return self._nearest[key]

    def _times(self, node: int, towards: bool) -> Int64:
        key = (node, towards)
        if key not in self._kept:
            if isinstance(self._roads, Network):
                find = tree_to if towards else tree_from
                self._kept[key] = find(self._roads, node, self._cost).dist_ms
            else:
                self._kept[key] = self._closed[:, node] if towards else self._closed[node]
        return self._kept[key]


def at_speed(us: Int64, speed_q16: int) -> Int64:
    """Whole milliseconds, rounded down, of dry times at a speed factor in 1/65536."""
    ms: Int64 = us * ONE_Q16 // (US_PER_MS * speed_q16)
    return np.where(us >= NEVER, NEVER, ms)


def _link_us(network: Network, classes: Sequence[VehicleClass]) -> Int64:
    """Least time on every edge over the classes that may use it; NEVER where none may."""
    best = np.full(network.n_edges, NEVER, dtype=np.int64)
    free = network.speed_kmh_x10.astype(np.int64) * 100
    for vehicle in classes:
        metres_per_h = np.minimum(free, int(speed_table(vehicle)[0]))
        us = network.length_mm * 3_600_000 // metres_per_h
        best = np.where(allowed_edges(network, vehicle), np.minimum(best, us), best)
    return best


def _closure_us(matrix: MinutesMatrix) -> Int64:
    """Times of a matrix over any chain of links: vehicles do stop at third places on their rounds.

    Straight lines obey the triangle inequality already.
    """
    times = np.where(matrix.ms >= NEVER, NEVER, matrix.ms * US_PER_MS)
    if not matrix.estimated:
        for k in range(len(times)):
            np.minimum(times, times[:, k, None] + times[k], out=times)
    return times
