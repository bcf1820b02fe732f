"""What the loss of one road does to a placement: minutes to the calls, road by road.

Dry roads, every demand served from the nearest post with a unit that can answer it and a way to it;
each road that the placement's ways use is taken out, both directions, and the ways found anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.optimize.preposition.demand import Demand
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.units import Placement
from sim.roads.network import Network
from sim.roads.passability import allowed_edges, speed_table
from sim.roads.routing import edge_costs, tree_from

Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST_ROADS = 150
"""Roads taken out, those that carry most persons."""


@dataclass(frozen=True)
class LostRoad:
    """edge: row of one direction; minutes: mean to a call without it; unreached: persons per
    night whom no post reaches any more; whole_min: mean with all roads."""

    edge: int
    minutes: float
    unreached: float
    whole_min: float


def lost_roads(setting: Setting, demand: Demand, placement: Placement) -> tuple[LostRoad, ...]:
    """Every road that matters, the worst loss first; none on a matrix of minutes."""
    roads = setting.world.roads
    if not isinstance(roads, Network) or not len(demand.persons):
        return ()
    work = _Work(setting, roads, demand, placement)
    found = [work.without(edge) for edge in work.used()[:MOST_ROADS]]
    return tuple(sorted(found, key=lambda lost: (-lost.unreached, -lost.minutes, lost.edge)))


class _Work:
    def __init__(
        self, setting: Setting, roads: Network, demand: Demand, placement: Placement
    ) -> None:
        self.roads, self.demand = roads, demand
        self.persons = demand.persons / max(1, demand.nights)
        vehicle = setting.kind.vehicle(setting.world)
        allowed = allowed_edges(roads, vehicle)
        self.cost = edge_costs(roads, speed_table(vehicle), allowed=allowed)
        posts = sorted({setting.posts.places[post] for post in placement})
        self.origins = [int(setting.world.places.node[place]) for place in posts]
        self.target = setting.world.places.node[demand.place]
        self._may = np.zeros((len(posts), len(self.target)), dtype=np.bool_)
        for skill in demand.skills:
            able = {setting.posts.places[placement[unit]] for unit in skill.units}
            here = np.array([post in able for post in posts])
            self._may[:, skill.demands] = here[:, None]
        self.whole, self.nearest = self._times(self.cost)
        self._trees = {node: tree_from(roads, node, self.cost) for node in self.origins}
        self.whole_min = self._mean(self.whole)

    def _times(self, cost: Int64) -> tuple[Int64, Int64]:
        """Least time to every call from where somebody able waits, and where that is."""
        each = np.stack([tree_from(self.roads, o, cost).dist_ms for o in self.origins])
        each = np.where(self._may, each[:, self.target], NEVER)
        return each.min(axis=0), each.argmin(axis=0)

    def _mean(self, times: Int64) -> float:
        """Mean minutes over the persons that are reached; NaN when nobody is."""
        some = times < NEVER
        if not some.any():
            return float("nan")
        return float(np.average(times[some], weights=self.persons[some]) / MS_PER_MIN)

    def used(self) -> list[int]:
        """Roads on the ways to the calls, those with most persons first; one edge per road."""
        load = np.zeros(self.roads.n_edges)
        for k, target in enumerate(self.target.tolist()):
            tree = self._trees[self.origins[int(self.nearest[k])]]
            node = target
            while (edge := int(tree.edge[node])) >= 0:
                load[edge] += self.persons[k]
                node = int(self.roads.edge_from[edge])
        order = np.argsort(-load, kind="stable")
        seen: set[int] = set()
        found = []
        for edge in order[load[order] > 0].tolist():
            if edge not in seen:
                seen |= {edge, *self._both(edge)}
                found.append(edge)
        return found

    def _both(self, edge: int) -> list[int]:
        """Edges between the same two nodes, in either direction."""
        a, b = int(self.roads.edge_from[edge]), int(self.roads.edge_to[edge])
        ends = (self.roads.edge_from, self.roads.edge_to)
        same = ((ends[0] == a) & (ends[1] == b)) | ((ends[0] == b) & (ends[1] == a))
        return np.flatnonzero(same).tolist()

    def without(self, edge: int) -> LostRoad:
        """The calls when a road is gone."""
        cost = self.cost.copy()
        cost[self._both(edge)] = NEVER
        times, _ = self._times(cost)
        gone = (times >= NEVER) & (self.whole < NEVER)
        return LostRoad(edge, self._mean(times), float(self.persons[gone].sum()), self.whole_min)
