"""What planners know before the event, worked out once per World: planning tables.

None of it looks at the member being played: lead times are taken over the whole ensemble, as a
county would take them from its flood studies.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.draws import stable_keys
from sim.hazards import Signals
from sim.member_view import MemberViews, bus_from, pickup_classes
from sim.plan import Plan
from sim.roads.capacity import opposite_edges, road_supply
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, allowed_edges, speed_table, vehicle_classes
from sim.roads.queues import Supply
from sim.roads.routing import edge_costs, tree_to
from sim.world import World, households_off_lists
from sim.world_tables import work_xy

Int64 = NDArray[np.int64]
PLANNING_QUANTILE = 0.1
"""Lead times are planned for the quick tenth of the members."""


class Statics:
    """The World with everything that is computed from it once and shared by all runs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.views = MemberViews(world)
        self._to_shelter: dict[bytes, Int64] = {}
        self._bus_to_shelter: dict[int, str] = {}
        self.walks_between_shelters: dict[int, Int64] = {}
        self.walks_from_home: dict[int, list[tuple[int, int]]] = {}

    def prepare(self, plans: Iterable[Plan]) -> None:
        """Work out now what these plans will ask for, so that forked workers inherit it."""
        _ = self.pickup_class
        fleets = [plan.spec.fleet for plan in plans]
        if any(fleet is not None and fleet.rule == "slack" for fleet in fleets):
            _ = self.planning_lead_ms

    @cached_property
    def pickup_class(self) -> list[VehicleClass | None]:
        """Largest bus class that reaches each assembly point on dry roads."""
        return pickup_classes(self.world)

    def bus_to_shelter(self, shelter: int) -> str:
        """Largest bus class that gets from a shelter to another larger one or out of the county on
        dry roads; empty for none."""
        if shelter not in self._bus_to_shelter:
            found = bus_from(self.world, self.world.shelter_place + shelter)
            self._bus_to_shelter[shelter] = found.name if found else ""
        return self._bus_to_shelter[shelter]

    @cached_property
    def road_supply(self) -> Supply:
        """What the roads of the network can carry."""
        roads = self.world.roads
        if not isinstance(roads, Network):
            raise TypeError("a matrix of minutes has no roads to queue on")
        return road_supply(roads)

    @cached_property
    def opposite_edge(self) -> Int64:
        """Edge of the other direction of the same road, int64[n_edges]; -1 for a one-way road."""
        roads = self.world.roads
        if not isinstance(roads, Network):
            return np.zeros(0, dtype=np.int64)
        every = np.ones(roads.n_edges, dtype=np.bool_)
        return opposite_edges(roads, every).astype(np.int64)

    @cached_property
    def edge_keys(self) -> NDArray[np.uint64]:
        """Keys of the edges for draws, uint64[n_edges]."""
        roads = self.world.roads
        return stable_keys(roads.edge_ids if isinstance(roads, Network) else ())

    @cached_property
    def rain_gauge_of_edge(self) -> Int64:
        """Row of the rain gauge nearest to the middle of every edge, int64[n_edges]."""
        world, roads = self.world, self.world.roads
        if not isinstance(roads, Network) or not world.rain_gauges:
            return np.zeros(0, dtype=np.int64)
        at_x, at_y = work_xy(world.folder, world.rain_gauges)
        x = (roads.node_x[roads.edge_from] + roads.node_x[roads.edge_to]) / 2
        y = (roads.node_y[roads.edge_from] + roads.node_y[roads.edge_to]) / 2
        away = (x[:, None] - np.array(at_x)) ** 2 + (y[:, None] - np.array(at_y)) ** 2
        nearest: Int64 = np.argmin(away, axis=1)
        return nearest

    @cached_property
    def listens_to(self) -> dict[int, list[int]]:
        """Settlements off the lists with a way out by car, under the zone nearest to each.

        Farther than ``shadow_reach_km`` nobody leaves because others are told to.
        """
        world = self.world
        homes, places = world.homes, world.places
        listed = np.flatnonzero(homes.zone >= 0)
        found: dict[int, list[int]] = {}
        for home in np.flatnonzero(homes.zone[: homes.n_settlements] < 0).tolist():
            if homes.exit[home] < 0 or not len(listed):
                continue
            away = np.hypot(places.x[listed] - places.x[home], places.y[listed] - places.y[home])
            nearest = int(np.argmin(away))
            if away[nearest] <= world.spec.traffic.shadow_reach_km * 1000:
                found.setdefault(int(homes.zone[listed[nearest]]), []).append(home)
        return found

    @cached_property
    def shadow_households(self) -> int:
        """Households off the lists who may leave by car, at most."""
        if not self.world.spec.traffic.shadow_share:
            return 0
        homes = [home for some in self.listens_to.values() for home in some]
        return sum(households_off_lists(self.world, home) for home in homes)

    @cached_property
    def planning_lead_ms(self) -> Int64:
        """Per zone: time from its gauge's warning level to its cut-off, NEVER where never cut.

        The quick tenth (PLANNING_QUANTILE) of the members in which the zone is cut off.
        """
        world = self.world
        leads: list[list[int]] = [[] for _ in world.zones.rows]
        for k in range(len(world.hazard.weights)):
            signals, cutoff = world.hazard.member(k).signals, self.views.zone_cutoff_ms(k)
            warned = [_warning_ms(world, signals, int(g)) for g in world.zones.gauge]
            for zone, (start, end) in enumerate(zip(warned, cutoff.tolist(), strict=True)):
                if end < NEVER and start < NEVER:
                    leads[zone].append(end - start)
        return np.array([_low(values) for values in leads], dtype=np.int64)

    def to_shelter_ms(self, nodes: Int64) -> Int64:
        """Time from nodes to the nearest larger shelter or exit by minibus on dry roads."""
        key = nodes.tobytes()
        if key not in self._to_shelter:
            self._to_shelter[key] = self._make_to_shelter(nodes)
        return self._to_shelter[key]

    def _make_to_shelter(self, nodes: Int64) -> Int64:
        world, vehicle = self.world, vehicle_classes()["minibus"]
        larger = [i for i, s in enumerate(world.shelters) if s.kind == "larger"]
        places = [world.shelter_place + i for i in larger]
        places = places or list(range(world.exit_place, world.exit_place + len(world.exits)))
        if not places or not len(nodes):
            return np.zeros(len(nodes), dtype=np.int64)
        roots = world.places.node[places]
        if isinstance(world.roads, Network):
            allowed = allowed_edges(world.roads, vehicle)
            cost = edge_costs(world.roads, speed_table(vehicle), allowed=allowed)
            return tree_to(world.roads, roots.astype(np.int32), cost).dist_ms[nodes]
        found: Int64 = world.roads.ms[np.ix_(nodes, roots)].min(axis=1)
        return found


def _warning_ms(world: World, signals: Signals, gauge: int) -> int:
    """First step at which a gauge is at its warning level."""
    if gauge < 0:
        return NEVER
    warning = world.level_gauges[gauge].warning_level_m
    if warning is None:
        return NEVER
    reached = signals.observed(gauge) >= round(warning * 1000)
    return int(np.argmax(reached)) * world.hazard.step_ms if reached.any() else NEVER


def _low(values: list[int]) -> int:
    if not values:
        return NEVER
    return sorted(values)[int(len(values) * PLANNING_QUANTILE)]
