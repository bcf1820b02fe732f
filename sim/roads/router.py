"""Ways and times between places: one door for roads and for a matrix of travel minutes.

On roads the drivers' knowledge is the water as it stood at the last information step; the graph
is the same for all who ask in between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.roads.defaults import read_defaults
from sim.roads.hindrance import Hindrance
from sim.roads.kernels import earliest_stop
from sim.roads.known_roads import DryRoads, KnownRoads, Way
from sim.roads.network import BoolArray, Int32Array, IntArray, Network
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.routing import (
    Drivers,
    Ends,
    Tree,
    Trip,
    Water,
    drive_many,
    dry_water,
    stack,
    tree_to,
)

INFORMATION_STEP_MS = round(read_defaults("traffic.csv")["news_min"] * MS_PER_MIN)
"""How often drivers and dispatchers learn the state of the roads."""


_ON_WHEELS = ("car", "minibus", "coach", "ambulance", "high_clearance")


class Drive(NamedTuple):
    """How the drive of one vehicle ended.

    status as in Trip; node: where it is; time_ms: when; edge: edge not entered or stalled on, -1
    for none; caught_ms: first moment with water at the harm level under it, or NEVER; metres:
    length of the way it set out on (0 unknown).
    """

    status: Trip
    node: int
    time_ms: int
    edge: int
    caught_ms: int
    metres: int


class Cars(NamedTuple):
    """Vehicles that set out, a row each: drivers, target nodes, and edges closed to them."""

    drivers: Drivers
    target: NDArray[np.int64]
    closed: BoolArray | None


class Router(Protocol):
    """Travel times and drives for one hazard member."""

    def times_from(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """Expected ms from a node to every node on the roads as known now; NEVER without a way."""
        ...

    def times_near(self, node: int, vehicle: VehicleClass, now: int, within_ms: int) -> IntArray:
        """As times_from up to some time; what is farther is only known to be farther."""
        ...

    def dry_times_from(self, node: int, vehicle: VehicleClass) -> IntArray:
        """As times_from on dry roads: water makes no way shorter, so this is the least it takes."""
        ...

    def reached_from(self, nodes: Sequence[int], vehicle: VehicleClass, now: int) -> BoolArray:
        """Which nodes have a way from any of some nodes on the roads as known now."""
        ...

    def times_to(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """Expected ms from every node to this one on the roads as known now."""
        ...

    def times_to_any(self, targets: tuple[int, ...], vehicle: VehicleClass, now: int) -> IntArray:
        """Expected ms from every node to the target it reaches first; NEVER without a way."""
        ...

    def to_nearest(
        self, node: int, targets: tuple[int, ...], vehicle: VehicleClass, now: int
    ) -> int:
        """The target reached first from a node on the roads as known now, -1 for none."""
        ...

    def drive_many(self, cars: Cars, vehicle: VehicleClass, known_at: int) -> Ends:
        """Drive vehicles that set out one by one, on the roads as known at one moment."""
        ...

    def drive_one(
        self, origin: int, target: int, vehicle: VehicleClass, depart: int, speed_q16: int
    ) -> Drive:
        """One vehicle of the fleet, which knows of all closures."""
        ...

    def next_change(self, now: int) -> int:
        """Next moment at which the known state of the roads changes; NEVER if it stays."""
        ...


class DryRouter:
    """Dry roads of every vehicle class, shared by all members (they are the same in each)."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._roads: dict[str, DryRoads] = {}

    def roads(self, vehicle: VehicleClass) -> DryRoads:
        """The dry roads of a class."""
        roads = self._roads.get(vehicle.name)
        if roads is None:
            roads = self._roads[vehicle.name] = DryRoads(self.network, vehicle)
        return roads


class RoadRouter:
    """Router over a network under what one member does to it."""

    def __init__(self, dry: DryRouter, hindrance: Hindrance | None, step_ms: int) -> None:
        self.network = network = dry.network
        self.hindrance, self._step_ms = hindrance, step_ms
        self._dry = dry
        self._known: dict[str, KnownRoads] = {}
        self.news_every_ms = max(1, INFORMATION_STEP_MS // step_ms) * step_ms
        self._path = Tree(
            np.full((1, network.n_nodes), -1, dtype=np.int32),
            np.zeros((1, network.n_nodes), dtype=np.int64),
        )
        self._changes = self._read_changes()
        self._may_clear = False

    def _read_changes(self) -> list[int]:
        wheels = [self._roads(vehicle_classes()[name]) for name in _ON_WHEELS]
        return sorted({moment for roads in wheels for moment in roads.changes_ms()})

    def forked(self, hindrance: Hindrance) -> RoadRouter:
        """A router of one run's own, whose roads may be cleared: ``clear``."""
        router = RoadRouter(self._dry, hindrance, self._step_ms)
        router._may_clear = True
        return router

    def clear(self, code: str, edges: IntArray, steps: slice) -> IntArray:
        """Take what a scale's layers have put on edges away for steps to come; the rows changed.

        Drivers hear of it with the next news. Only of a fork.
        """
        assert self.hindrance is not None and self._may_clear
        rows = self.hindrance.clear(code, edges, steps)
        for roads in self._known.values():
            roads.read_again()
        self._changes = self._read_changes()
        return rows

    def _roads(self, vehicle: VehicleClass) -> KnownRoads:
        roads = self._known.get(vehicle.name)
        if roads is None:
            every = self.news_every_ms // self._step_ms
            roads = KnownRoads(self._dry.roads(vehicle), vehicle, self.water(vehicle), every)
            self._known[vehicle.name] = roads
        return roads

    def water(self, *vehicles: VehicleClass) -> Water:
        """The water that one class meets, or several, a block of rows each."""
        if self.hindrance is None:
            return dry_water(self.network)._replace(step_ms=self._step_ms)
        return self.hindrance.of_all(vehicles) if vehicles[1:] else self.hindrance.of(vehicles[0])

    def times_from(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        roads = self._roads(vehicle)
        return roads.tree(node, False, roads.state(now)).dist_ms

    def times_near(self, node: int, vehicle: VehicleClass, now: int, within_ms: int) -> IntArray:
        """See Router."""
        roads = self._roads(vehicle)
        return roads.times_near(node, roads.state(now), within_ms)

    def dry_times_from(self, node: int, vehicle: VehicleClass) -> IntArray:
        """See Router."""
        return self._dry.roads(vehicle).tree(node, False).dist_ms

    def reached_from(self, nodes: Sequence[int], vehicle: VehicleClass, now: int) -> BoolArray:
        """See Router."""
        roads = self._roads(vehicle)
        return roads.reached_from(tuple(nodes), roads.state(now))

    def times_to(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        roads = self._roads(vehicle)
        return roads.tree(node, True, roads.state(now)).dist_ms

    def times_to_any(self, targets: tuple[int, ...], vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        roads = self._roads(vehicle)
        return roads.tree(targets, True, roads.state(now)).dist_ms

    def to_nearest(
        self, node: int, targets: tuple[int, ...], vehicle: VehicleClass, now: int
    ) -> int:
        """See Router; the way found is remembered for the drive."""
        roads = self._roads(vehicle)
        return roads.nearest(node, targets, roads.state(now))

    def state(self, vehicle: VehicleClass, now: int) -> int:
        """Number of the state of a class's roads as known at a moment."""
        return self._roads(vehicle).state(now)

    def cost(self, vehicle: VehicleClass, now: int) -> IntArray:
        """Time for every edge as known at a moment, int64[n_edges] in ms; NEVER where closed."""
        roads = self._roads(vehicle)
        return roads.cost(roads.state(now))

    def tree_to(self, node: int, vehicle: VehicleClass, now: int) -> Tree:
        """Best ways to a node as known at a moment."""
        roads = self._roads(vehicle)
        return roads.tree(node, True, roads.state(now))

    def way(self, origin: int, target: int, vehicle: VehicleClass, now: int) -> Way:
        """The best way as known at a moment; without edges where there is none."""
        roads = self._roads(vehicle)
        return roads.way(origin, target, roads.state(now))

    def free_again_ms(self, edge: int, vehicle: VehicleClass, since: int) -> int:
        """First moment from since on at which an edge does not stop a class; NEVER for none."""
        water = self.water(vehicle)
        row, step = int(water.edge_row[edge]), water.step_ms
        if row < 0:
            return since
        first = min(since // step, water.levels.shape[1] - 1)
        low = np.flatnonzero(water.hindrance[row, first:] < vehicle.depth_limit_mm)
        return max(since, (first + int(low[0])) * step) if len(low) else NEVER

    def earliest_stop_ms(
        self,
        way: tuple[Int32Array, IntArray],
        vehicle: VehicleClass,
        blocks: tuple[Int32Array, IntArray],
    ) -> int:
        """First moment at which one of some edges can be blocked for somebody who gets there.

        way: edges, and the earliest time before each; blocks, by edge of the network: the depth
        that blocks it (mm), and how long it may stay blocked when the water has gone (ms).
        """
        water = self.water(vehicle)
        stop = earliest_stop(*way, water.edge_row, water.hindrance, water.step_ms, *blocks)
        return int(stop)

    def free_ms(self, way: Way, vehicle: VehicleClass, speed_q16: int) -> IntArray:
        """Time for every edge of a way on dry and empty roads, int64[n_edges of the way] in ms."""
        free: IntArray = self._roads(vehicle).free_cost(speed_q16)[way.edges]
        return free

    def next_change(self, now: int) -> int:
        """See Router; while roads may be cleared, any news may tell of one."""
        k = bisect_right(self._changes, now)
        change = self._changes[k] if k < len(self._changes) else NEVER
        return min(change, self._next_news(now)) if self._may_clear else change

    def _next_news(self, now: int) -> int:
        return (now // self.news_every_ms + 1) * self.news_every_ms

    def drive_many(self, cars: Cars, vehicle: VehicleClass, known_at: int) -> Ends:
        """See Router."""
        roads = self._roads(vehicle)
        state = roads.state(known_at)
        targets, which = np.unique(cars.target, return_inverse=True)
        if cars.closed is None:
            trees = [roads.tree(target, True, state) for target in targets.tolist()]
        else:
            cost = np.where(cars.closed, NEVER, roads.cost(state))
            trees = [tree_to(self.network, target, cost) for target in targets.tolist()]
        ways = (stack(trees), which.astype(np.int32))
        return drive_many(self.network, ways, self.water(vehicle), roads.speed_table, cars.drivers)

    def drive_one(
        self, origin: int, target: int, vehicle: VehicleClass, depart: int, speed_q16: int
    ) -> Drive:
        """See Router. On a way that stays dry the drive is the sum of its free link times.

        These are the same numbers that the kernel would add up.
        """
        roads = self._roads(vehicle)
        way = roads.way(origin, target, roads.state(depart))
        if way.dry:
            took = int(roads.free_cost(speed_q16)[way.edges].sum())
            return Drive(Trip.ARRIVED, target, depart + took, -1, NEVER, way.metres)
        if not len(way.edges):
            status = Trip.ARRIVED if origin == target else Trip.NO_ROUTE
            return Drive(status, origin, depart, -1, NEVER, 0)
        drivers = Drivers(
            np.array([origin], dtype=np.int32),
            np.array([depart], dtype=np.int64),
            np.zeros(1, dtype=np.int32),
            np.array([speed_q16], dtype=np.int32),
        )
        on_way = self.network.edge_from[way.edges]
        self._path.edge[0, on_way] = way.edges
        which = np.zeros(1, dtype=np.int32)
        ends = drive_many(
            self.network, (self._path, which), self.water(vehicle), roads.speed_table, drivers
        )
        self._path.edge[0, on_way] = -1
        ended, node, time, caught, edge = (int(column[0]) for column in ends)
        return Drive(Trip(ended), node, time, edge, caught, way.metres)


def sized(vehicle: VehicleClass, width_m: float | None, height_m: float | None,
          weight_t: float | None) -> VehicleClass:  # fmt: skip
    """The class with a vehicle's own measurements where the table gives them."""
    if width_m is None and height_m is None and weight_t is None:
        return vehicle
    return replace(
        vehicle,
        name=f"{vehicle.name}/{width_m}/{height_m}/{weight_t}",
        width_mm=vehicle.width_mm if width_m is None else round(width_m * 1000),
        height_mm=vehicle.height_mm if height_m is None else round(height_m * 1000),
        weight_kg=vehicle.weight_kg if weight_t is None else round(weight_t * 1000),
    )
