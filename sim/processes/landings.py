"""Where boats are launched, and how long they run from there to the houses."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.processes.stranded import Site
from sim.roads.network import Network
from sim.roads.passability import vehicle_classes
from sim.world import World

Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]

LANDING_REACH_M = 5_000.0
"""Boats are launched at most this far from the people, straight (judgement: 50 min one way)."""


class Open(NamedTuple):
    """Road nodes that a boat can reach, and the landings that are known for these."""

    nodes: Bool
    known: dict[int, int]


class Landings:
    """Road nodes at which boats are launched; ``afloat``: whether there is water to run on."""

    def __init__(self, world: World, afloat: bool) -> None:
        self.world, self.afloat = world, afloat
        self._order: dict[int, Int64] = {}
        self._known: dict[bytes, dict[int, int]] = {}

    def reached(self, nodes: Bool) -> Open:
        """What a boat needs to ask for landings that reaches these road nodes."""
        return Open(nodes, self._known.setdefault(nodes.tobytes(), {}))

    def of(self, site: Site, reached: Open) -> int:
        """Nearest road node to a site that can still be reached, -1 for none within reach."""
        nodes, known = reached
        if site.node not in known:
            near = self._near(site.node)
            reachable = nodes[near]
            known[site.node] = int(near[np.argmax(reachable)]) if reachable.any() else -1
        return known[site.node]

    def _near(self, node: int) -> Int64:
        """Nodes within reach of a node, nearest first."""
        if node not in self._order:
            roads = self.world.roads
            if isinstance(roads, Network):
                dx, dy = roads.node_x - roads.node_x[node], roads.node_y - roads.node_y[node]
                square = np.round(dx * dx + dy * dy)
                within = int((square <= LANDING_REACH_M**2).sum())
                self._order[node] = np.argsort(square, kind="stable")[:within]
            else:
                self._order[node] = np.array([node])
        return self._order[node]

    def run_ms(self, site: Site, landing: int) -> int:
        """Time of one run between landing and houses: on the water, or on foot without any."""
        fetch, roads = self.world.behaviour.spec.fetch, self.world.roads
        least = round(fetch.boat_run_min * 60_000)
        if not isinstance(roads, Network):
            return least
        dx = float(roads.node_x[landing] - roads.node_x[site.node])
        dy = float(roads.node_y[landing] - roads.node_y[site.node])
        metres = float(np.hypot(dx, dy)) + float(self.world.places.snap_m[site.place])
        on_foot = vehicle_classes()["on_foot"].max_speed_kmh_x10 / 10
        kmh = fetch.boat_speed_kmh if self.afloat else min(fetch.boat_speed_kmh, on_foot)
        hours = metres * fetch.boat_detour / 1000 / kmh
        return max(round(hours * 3_600_000), least)
