"""The ways vehicles took, rebuilt from the log: on the roads as they were known at departure.

The log says when a drive began and ended and between which places; the router says again which
way that was. Times on the way are shared out by the known time of every edge and stretched to
those of the log, so a vehicle leaves and arrives on the map exactly when it did in the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.draws import Draws
from sim.log import RunLog
from sim.plan import Plan
from sim.processes.cleared_roads import as_cleared
from sim.report.replay.ground import Ground
from sim.report.replay.pack import pack
from sim.report.replay.road_lines import line_kind
from sim.roads.passability import VehicleClass
from sim.roads.router import RoadRouter
from sim.roads.routing import Trip
from sim.state import Run

Int64 = NDArray[np.int64]
FULL_SHARE = 65_535
"""The whole way, in the unit of the shares on the page."""


@dataclass(frozen=True)
class Leg:
    """One drive: from where to where and when, as far as the log tells."""

    vehicle: VehicleClass
    origin: int
    target: int
    depart_ms: int
    arrive_ms: int


@dataclass(frozen=True)
class Onward:
    """The drive that followed a stop: where to, when, and the length of its way as logged."""

    target: int
    depart_ms: int
    metres: int


class Courses:
    """Every way kept once, as lines with directions; rows are numbered in the order of asking."""

    def __init__(self, ground: Ground, plan: Plan, log: RunLog, seed: int) -> None:
        self.ground = ground
        world = ground.world
        view = as_cleared(world, world.statics.views.view(log.member), log)
        self.router = view.router
        # the run's own pace of traffic by day and night, drawn again
        self._run = Run(world, plan, Draws(seed, log.replication), view)
        self._places: dict[int, tuple[int, int]] = {}
        self._rows: dict[bytes, int] = {}
        self._edges: list[Int64] = []
        self._shares: list[Int64] = []

    def at(self, node: int) -> tuple[int, int]:
        """Position of a road node on the page (dm)."""
        if node not in self._places:
            x, y = self.ground.node_dm(np.array([node]))
            self._places[node] = int(x[0]), int(y[0])
        return self._places[node]

    def arrived(self, leg: Leg) -> int:
        """Row of the way of a drive that reached its target; -1 where there is none to draw."""
        return self._row(*self._way(leg))

    def stopped(self, leg: Leg, onward: Onward | None) -> tuple[int, int]:
        """Row of the way up to where a drive was stopped, and the node where it stands.

        The log does not name that node. It is the one from which the drive that followed is as
        long as the log says; without one, where water and known roads would stop a lone vehicle.
        """
        edges, cost = self._way(leg)
        roads = self.ground.roads
        if roads is None:
            return -1, leg.origin
        ended = self._alone(leg)
        node = ended
        if onward is not None:
            near = [ended, leg.origin, *roads.edge_to[edges].tolist()]
            fits = (n for n in near if self._metres(n, leg.vehicle, onward) == onward.metres)
            node = next(fits, ended)
        reached = np.flatnonzero(roads.edge_to[edges] == node)
        if node == leg.origin or not len(reached):
            return -1, leg.origin
        upto = int(reached[0]) + 1
        return self._row(edges[:upto], cost[:upto]), node

    def _alone(self, leg: Leg) -> int:
        """Where the drive ends on roads without other vehicles; its origin if it would arrive."""
        speed = self._run.speed_q16(leg.depart_ms)
        ended = self.router.drive_one(leg.origin, leg.target, leg.vehicle, leg.depart_ms, speed)
        return leg.origin if ended.status == Trip.ARRIVED else ended.node

    def _metres(self, node: int, vehicle: VehicleClass, onward: Onward) -> int:
        if not isinstance(self.router, RoadRouter):
            return -1
        return self.router.way(node, onward.target, vehicle, onward.depart_ms).metres

    def _way(self, leg: Leg) -> tuple[Int64, Int64]:
        if not isinstance(self.router, RoadRouter):
            none = np.zeros(0, dtype=np.int64)
            return none, none
        way = self.router.way(leg.origin, leg.target, leg.vehicle, leg.depart_ms)
        edges = way.edges.astype(np.int64)
        return edges, self.router.cost(leg.vehicle, leg.depart_ms)[edges]

    def _row(self, edges: Int64, cost: Int64) -> int:
        if not len(edges):
            return -1
        key = edges.tobytes() + cost.tobytes()
        if key not in self._rows:
            self._rows[key] = len(self._edges)
            self._edges.append(edges)
            total = np.cumsum(cost)
            self._shares.append(np.rint(total * (FULL_SHARE / total[-1])).astype(np.int64))
        return self._rows[key]

    def packed(self) -> dict[str, Any]:
        """Ways for the page: per way its lines (2 · line + 1 when against it) and time shares."""
        lines = self.ground.lines
        edges = np.concatenate(self._edges) if self._edges else np.zeros(0, dtype=np.int64)
        shares = np.concatenate(self._shares) if self._shares else np.zeros(0, dtype=np.int64)
        start = np.cumsum([0, *(len(way) for way in self._edges)])
        coded = 2 * lines.of_edge[edges] + lines.reversed[edges]
        return {
            "start": pack(start, "u4"),
            "line": pack(coded, line_kind(lines)),
            "share": pack(shares, "u2"),
        }
