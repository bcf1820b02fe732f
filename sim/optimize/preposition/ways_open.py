"""Least times over roads of which it is known when they are open: for limits of placements."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_HOUR, NEVER
from sim.member_view import MemberView
from sim.processes.moves import ON_FOOT
from sim.roads.defaults import read_defaults
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, allowed_edges, vehicle_classes
from sim.roads.router import RoadRouter
from sim.roads.routing import ONE_Q16, reached_from
from sim.world import World

Int64 = NDArray[np.int64]


class Ways:
    """Least times to a node by the quickest of some classes, on dry and empty roads."""

    def __init__(self, world: World, classes: Sequence[str]) -> None:
        self._n_nodes = world.roads.n_nodes
        wheels = [vehicle_classes()[name] for name in classes if name != ON_FOOT]
        walks = [vehicle_classes()[ON_FOOT]] if ON_FOOT in classes else []
        self._dry = [
            (DryTimes(world.roads, some), by_car)
            for some, by_car in ((wheels, True), (walks, False))
            if some
        ]

    def to(self, node: int, speed_q16: int) -> Int64:
        """From every node, ms, int64[n_nodes]; nobody walks slower than at the usual speed."""
        found = np.full(self._n_nodes, NEVER, dtype=np.int64)
        for dry, by_car in self._dry:
            speed = speed_q16 if by_car else max(speed_q16, ONE_Q16)
            found = np.minimum(found, at_speed(dry.to_node(node), speed))
        return found


class OpenRoads:
    """When places get joined under the water of one member, for the best of some classes."""

    def __init__(self, view: MemberView, roads: Network, classes: Sequence[VehicleClass]) -> None:
        self._roads = roads
        self._allowed = np.any([allowed_edges(roads, one) for one in classes], axis=0)
        router = view.router
        water = router.hindrance if isinstance(router, RoadRouter) else None
        self._row = np.full(roads.n_edges, -1) if water is None else water.edge_row
        self._step_ms = view.member.signals.step_ms
        if water is None:
            return
        shut = np.all(
            [water.of(one).hindrance >= one.depth_limit_mm for one in classes], axis=0
        )  # fmt: skip
        n = shut.shape[1]
        steps = np.where(shut, n, np.arange(n))
        # the first step at or after each at which the edge is open; n for none
        self._next = np.minimum.accumulate(steps[:, ::-1], axis=1)[:, ::-1]
        self._n_steps = n

    def joined_ms(self, origins: Int64, target: int, since_ms: int) -> int:
        """First moment by which, from ``since_ms`` on, every road of some way from an origin has
        been open at some time; NEVER for none."""
        mask = np.zeros(self._roads.n_nodes, dtype=np.bool_)
        mask[origins] = True
        if (self._row < 0).all():
            return since_ms if self._reaches(mask, target, self._allowed) else NEVER
        first = min(since_ms // self._step_ms, self._n_steps - 1)
        opens = np.where(self._row >= 0, self._next[self._row, first], first)
        low, high = first, self._n_steps
        if self._reaches(mask, target, self._allowed & (opens <= low)):
            return since_ms
        if not self._reaches(mask, target, self._allowed & (opens < high)):
            return NEVER
        while high - low > 1:
            middle = (low + high) // 2
            joined = self._reaches(mask, target, self._allowed & (opens <= middle))
            low, high = (low, middle) if joined else (middle, high)
        return max(since_ms, int(high * self._step_ms))

    def _reaches(self, mask: NDArray[np.bool_], target: int, open_edge: NDArray[np.bool_]) -> bool:
        return bool(reached_from(self._roads, mask, open_edge)[target])


def flown_ms(roads: Network, origins: Int64, node: int) -> int:
    """Least time through the air from any of some nodes, starting and landing in no time."""
    dx, dy = roads.node_x[origins] - roads.node_x[node], roads.node_y[origins] - roads.node_y[node]
    km_h = read_defaults("forces.csv")["helicopter_speed_kmh"]
    return int(float(np.hypot(dx, dy).min()) / (km_h * 1000) * MS_PER_HOUR)
