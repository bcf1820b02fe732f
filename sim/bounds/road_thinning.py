"""A road network thinned to what a flow towards some places can feel: fewer nodes, same bound.

Every node gets its own clock: the time of day plus the shortest time from it to a place
(``ahead_ms``). On this clock a drive along a shortest way takes no time at all and every other
road takes its detour, never less than nothing; so a coarse time step loses nothing of the
distances. Then dead ends are emptied into the roads they hang on and nodes in the middle of a
road are left out: neither changes what can be reached by when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from sim.bounds.problem import Int64
from sim.clock import NEVER
from sim.roads.network import Network
from sim.roads.routing import tree_from, tree_to


@dataclass(frozen=True)
class Road:
    """A one-way road: end nodes, its detour on the shifted clock (ms), time between two vehicles
    (1024ths of a ms), and the edge whose closures it has, -1 for never closed."""

    start: int
    end: int
    detour_ms: int
    headway_q10: int
    closing: int = -1


@dataclass(frozen=True)
class Thinned:
    """What is left of a network for a flow from some nodes to some sinks.

    ahead_ms: int64[n_nodes], shortest time to a sink, NEVER without a way; emptied: roads out of
    dead ends, in the order in which they are to be played, each with everybody who is at its
    start; roads: the others; sinks: node rows.
    """

    ahead_ms: Int64
    emptied: tuple[Road, ...]
    roads: tuple[Road, ...]
    sinks: Int64


@dataclass(frozen=True)
class RoadTimes:
    """What no vehicle of a run beats on the edges of a network, int64[n_edges] each.

    least_ms: time from entry to exit, at least 1, NEVER where no car may go at any time;
    headway_q10: time between two vehicles that enter, in 1024ths of a ms.
    """

    least_ms: Int64
    headway_q10: Int64


def thin(network: Network, times: RoadTimes, ends: tuple[Int64, Int64], closing: Int64) -> Thinned:
    """The network between places that people leave and sinks (ends: node rows of both).

    closing: edges that are closed for some of the time; they are kept as they are.
    """
    origins, sinks = np.unique(ends[0]), np.unique(ends[1])
    ahead = tree_to(network, sinks.astype(np.int32), times.least_ms).dist_ms
    reached = tree_from(network, origins.astype(np.int32), times.least_ms).dist_ms < NEVER
    a, b = network.edge_from, network.edge_to
    used = (times.least_ms < NEVER) & reached[a] & (ahead[a] > 0) & (ahead[b] < NEVER) & (a != b)
    rows = np.flatnonzero(used)
    detour = times.least_ms[rows] + ahead[b[rows]] - ahead[a[rows]]
    gate = np.where(np.isin(rows, closing), rows, -1)
    columns = (a[rows], b[rows], detour, times.headway_q10[rows], gate)
    graph = _Graph(
        (Road(*row) for row in zip(*(c.tolist() for c in columns), strict=True)),
        set(sinks.tolist()),
        set(origins.tolist()),
    )
    graph.thin()
    return Thinned(ahead, tuple(graph.emptied), tuple(graph.roads()), sinks)


@dataclass
class _Graph:
    """Roads by end nodes while nodes are taken out of it."""

    given: Iterable[Road]
    sinks: set[int]
    peopled: set[int]
    emptied: list[Road] = field(default_factory=list)

    def __post_init__(self) -> None:
        # beside[u][v]: roads from u to v; an empty list where there is only the way back
        self.beside: dict[int, dict[int, list[Road]]] = {}
        for road in self.given:
            self._add(road)

    def roads(self) -> Iterator[Road]:
        """What is left, by nodes."""
        for node in sorted(self.beside):
            for other in sorted(self.beside[node]):
                yield from self.beside[node][other]

    def thin(self) -> None:
        """Take nodes out as long as there are dead ends and mere bends."""
        looking = sorted(self.beside, reverse=True)
        while looking:
            node = looking.pop()
            if node not in self.beside or node in self.sinks:
                continue
            beside = sorted(self.beside[node])
            if (len(beside) == 1 and self._empty(node)) or (len(beside) == 2 and self._join(node)):
                looking += [other for other in beside if other in self.beside]

    def _empty(self, node: int) -> bool:
        """Take a dead end out; whoever is there can only go to its one neighbour."""
        (other,) = self.beside[node]
        out = self.beside[node][other]
        if node in self.peopled:
            if len(out) != 1:
                return False
            self.emptied.append(out[0])
            self.peopled.add(other)
        self._remove(node)
        return True

    def _join(self, node: int) -> bool:
        """Take out a node where a road only goes on: the two roads of each direction become one.

        The slower service of the two is kept. That loses nothing, as neither ever closes: those
        who would wait in the middle wait before the first road instead, or need not wait.
        """
        left, right = sorted(self.beside[node])
        ways = [
            (self.beside[a][node], self.beside[node][b]) for a, b in ((left, right), (right, left))
        ]
        some = [road for way in ways for part in way for road in part]
        if node in self.peopled or any(len(part) > 1 for way in ways for part in way):
            return False
        if any(road.closing >= 0 for road in some):
            return False
        self._remove(node)
        for first, second in ways:
            if first and second:
                self._add(_joined(first[0], second[0]))
        return True

    def _add(self, road: Road) -> None:
        self.beside.setdefault(road.start, {}).setdefault(road.end, []).append(road)
        self.beside.setdefault(road.end, {}).setdefault(road.start, [])

    def _remove(self, node: int) -> None:
        for other in self.beside.pop(node):
            del self.beside[other][node]


def _joined(first: Road, second: Road) -> Road:
    return Road(
        first.start,
        second.end,
        first.detour_ms + second.detour_ms,
        max(first.headway_q10, second.headway_q10),
    )
