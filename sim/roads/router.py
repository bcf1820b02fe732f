"""Ways and times between places, on roads or by a travel-time matrix: one door for both.

On roads the drivers' knowledge is the water as it stood at the last information step; the graph
is the same for all who ask in between, so trees are computed once per state of the roads.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from dataclasses import replace
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.hazards import Member
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import BoolArray, Int32Array, IntArray, Network
from sim.roads.passability import VehicleClass, allowed_edges, speed_table, vehicle_classes
from sim.roads.routing import (
    ONE_Q16,
    Drivers,
    Ends,
    Tree,
    Trip,
    Water,
    drive_many,
    edge_costs,
    path_between,
    path_edges,
    stack,
    tree_from,
    tree_to,
)

INFORMATION_STEP_MS = 30 * 60_000
"""How often drivers and dispatchers learn the state of the roads (judgement: radio round)."""


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

    def times_to(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """Expected ms from every node to this one on the roads as known now."""
        ...

    def to_nearest(
        self, node: int, targets: tuple[int, ...], vehicle: VehicleClass, now: int
    ) -> int:
        """The target reached first from a node on the roads as known now, -1 for none."""
        ...

    def times_near(self, node: int, vehicle: VehicleClass, now: int, limit_ms: int) -> IntArray:
        """As times_from; exact up to a limit, and above the limit for what is farther."""
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


TREES_KEPT = 900
"""Route trees kept for one member; a tree of 2,500 nodes takes 30 kB."""

K = TypeVar("K")
V = TypeVar("V")


class Bounded(dict[K, V]):
    """A dict that forgets its oldest entry when it is full: a cache, never a result."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= self._most and key not in self:
            del self[next(iter(self))]
        super().__setitem__(key, value)

    def __reduce__(self) -> tuple[type[Bounded[K, V]], tuple[int]]:
        """A copy sent to another process starts empty: what it forgot it works out again."""
        return (Bounded, (self._most,))


class TreeCache:
    """Route trees and ways on dry roads, shared by all members (they are the same in each)."""

    def __init__(self) -> None:
        self.trees: dict[tuple[str, int, bool], Tree] = Bounded(TREES_KEPT)
        self.ways: dict[tuple[str, int, int], Int32Array] = {}


class RoadRouter:
    """Router over a network under the water of one member."""

    def __init__(
        self, network: Network, member: Member | None, step_ms: int, harm_mm: int, dry: TreeCache
    ) -> None:
        self.network = network
        rows = np.full(network.n_edges, -1, np.int32) if member is None else member.edge_row
        empty = np.zeros((0, 1), dtype=np.int32)
        levels = empty if member is None else np.ascontiguousarray(member.edge_levels)
        self.water = Water(rows, levels, step_ms, harm_mm)
        self._dry = dry
        self._trees: dict[tuple[str, int, int, bool], Tree] = Bounded(TREES_KEPT)
        self._costs: dict[tuple[str, int], IntArray] = {}
        self._to_nearest: dict[tuple[tuple[int, ...], str, int], Tree] = Bounded(TREES_KEPT // 4)
        self._near: dict[tuple[str, int, int, int], Tree] = Bounded(TREES_KEPT // 10)
        self._last_near = ("", -1, -1, 0)
        self._path = Tree(
            np.full((1, network.n_nodes), -1, dtype=np.int32),
            np.zeros((1, network.n_nodes), dtype=np.int64),
        )
        self._ways: dict[tuple[str, int, int, int], tuple[Int32Array, int, bool]] = Bounded(20_000)
        self._every = max(1, INFORMATION_STEP_MS // step_ms)
        self._sampled = levels[:, :: self._every]
        self._news: dict[str, tuple[IntArray, list[int]]] = {}
        changed = {k for c in _ON_WHEELS for k in self._changed_steps(vehicle_classes()[c])}
        self._changes = [k * self._every * step_ms for k in sorted(changed)]

    def _news_of(self, vehicle: VehicleClass) -> tuple[IntArray, list[int]]:
        """State of this class's roads at every information step (0 is dry).

        Two states differ when some edge is closed, or at least half as deep as the class can
        stand, in one and not in the other. With each state goes its first step: its water stands
        for the state, whoever asks first, so that what was played before changes no route.
        """
        if vehicle.name not in self._news:
            allowed = allowed_edges(self.network, vehicle) & (self.water.edge_row >= 0)
            rows = np.unique(self.water.edge_row[allowed])
            sampled, limit = self._sampled[rows], vehicle.depth_limit_mm
            bands = (sampled >= limit).astype(np.int8) + (sampled >= limit // 2)
            known: dict[bytes, int] = {bytes(len(rows)): 0}
            columns = np.ascontiguousarray(bands.T)
            states = [known.setdefault(row.tobytes(), len(known)) for row in columns]
            numbers = np.array(states, dtype=np.int64)
            first = [states.index(k) if k in states else 0 for k in range(len(known))]
            self._news[vehicle.name] = (numbers, first)
        return self._news[vehicle.name]

    def _changed_steps(self, vehicle: VehicleClass) -> list[int]:
        steps: list[int] = (np.flatnonzero(np.diff(self._news_of(vehicle)[0])) + 1).tolist()
        return steps

    def _state_at(self, vehicle: VehicleClass, now: int) -> tuple[int, int]:
        """State number at a moment, and the moment whose water stands for this state."""
        numbers, first = self._news_of(vehicle)
        every = self._every * self.water.step_ms
        state = int(numbers[min(now // every, len(numbers) - 1)])
        return state, first[state] * every

    def _cost(self, vehicle: VehicleClass, now: int) -> IntArray:
        state, at = self._state_at(vehicle, now)
        key = (vehicle.name, state)
        cost = self._costs.get(key)
        if cost is None:
            network, table = self.network, speed_table(vehicle)
            depth = None if state == 0 else self._depths(at)
            cost = edge_costs(network, table, depth, ONE_Q16, allowed_edges(network, vehicle))
            self._costs[key] = cost
        return cost

    def _depths(self, at: int) -> Int32Array:
        depth = np.zeros(self.network.n_edges, dtype=np.int32)
        wet = self.water.edge_row >= 0
        k = min(at // self.water.step_ms, self.water.levels.shape[1] - 1)
        depth[wet] = self.water.levels[self.water.edge_row[wet], k]
        return depth

    def _tree(self, node: int, vehicle: VehicleClass, now: int, towards: bool) -> Tree:
        state, _ = self._state_at(vehicle, now)
        find = tree_to if towards else tree_from
        if state == 0:
            dry_key = (vehicle.name, node, towards)
            if dry_key not in self._dry.trees:
                self._dry.trees[dry_key] = find(self.network, node, self._cost(vehicle, now))
            return self._dry.trees[dry_key]
        key = (vehicle.name, node, state, towards)
        if key not in self._trees:
            self._trees[key] = find(self.network, node, self._cost(vehicle, now))
        return self._trees[key]

    def times_from(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        return self._tree(node, vehicle, now, towards=False).dist_ms

    def times_to(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        return self._tree(node, vehicle, now, towards=True).dist_ms

    def to_nearest(
        self, node: int, targets: tuple[int, ...], vehicle: VehicleClass, now: int
    ) -> int:
        """See Router; the way found is remembered for the drive."""
        state, _ = self._state_at(vehicle, now)
        key = (targets, vehicle.name, state)
        if key not in self._to_nearest:
            cost = self._cost(vehicle, now)
            self._to_nearest[key] = tree_to(self.network, targets, cost)
        tree = self._to_nearest[key]
        if tree.dist_ms[node] >= NEVER:
            return -1
        way = path_edges(self.network, tree, node)
        target = int(self.network.edge_to[way[-1]]) if len(way) else node
        self._keep_way((vehicle.name, node, target, state), way)
        return target

    def times_near(self, node: int, vehicle: VehicleClass, now: int, limit_ms: int) -> IntArray:
        """See Router."""
        state, _ = self._state_at(vehicle, now)
        key = (vehicle.name, node, state, limit_ms)
        if key not in self._near:
            self._near[key] = tree_from(self.network, node, self._cost(vehicle, now), limit_ms)
        self._last_near = (vehicle.name, node, state, limit_ms)
        return self._near[key].dist_ms

    def next_change(self, now: int) -> int:
        """See Router."""
        k = bisect_right(self._changes, now)
        return self._changes[k] if k < len(self._changes) else NEVER

    def drive_many(self, cars: Cars, vehicle: VehicleClass, known_at: int) -> Ends:
        """See Router."""
        targets, which = np.unique(cars.target, return_inverse=True)
        if cars.closed is None:
            trees = [self._tree(int(t), vehicle, known_at, towards=True) for t in targets]
        else:
            cost = np.where(cars.closed, NEVER, self._cost(vehicle, known_at))
            trees = [tree_to(self.network, int(t), cost) for t in targets]
        ways = (stack(trees), which.astype(np.int32))
        return drive_many(self.network, ways, self.water, speed_table(vehicle), cars.drivers)

    def drive_one(
        self, origin: int, target: int, vehicle: VehicleClass, depart: int, speed_q16: int
    ) -> Drive:
        """See Router. On a way that stays dry the drive is the sum of its free link times.

        These are the same numbers that the kernel would add up.
        """
        way, metres, dry = self._way(origin, target, vehicle, depart)
        if dry:
            took = int(self._free_cost(vehicle, speed_q16)[way].sum())
            return Drive(Trip.ARRIVED, target, depart + took, -1, NEVER, metres)
        drivers = Drivers(
            np.array([origin], dtype=np.int32),
            np.array([depart], dtype=np.int64),
            np.zeros(1, dtype=np.int32),
            np.array([speed_q16], dtype=np.int32),
        )
        if not len(way):
            status = Trip.ARRIVED if origin == target else Trip.NO_ROUTE
            return Drive(status, origin, depart, -1, NEVER, 0)
        self._path.edge[0, self.network.edge_from[way]] = way
        which = np.zeros(1, dtype=np.int32)
        ends = drive_many(
            self.network, (self._path, which), self.water, speed_table(vehicle), drivers
        )
        self._path.edge[0, self.network.edge_from[way]] = -1
        ended, node, time, caught, edge = (int(column[0]) for column in ends)
        return Drive(Trip(ended), node, time, edge, caught, metres)

    def _way(
        self, origin: int, target: int, vehicle: VehicleClass, now: int
    ) -> tuple[Int32Array, int, bool]:
        """Edges and metres of the way as known now, and whether it stays dry in this member."""
        state, _ = self._state_at(vehicle, now)
        key = (vehicle.name, origin, target, state)
        if key not in self._ways:
            ways = self._dry.ways if state == 0 else {}
            if key[:3] not in ways:
                ways[key[:3]] = self._find_way(origin, target, vehicle, now)
            self._keep_way(key, ways[key[:3]])
        return self._ways[key]

    def _keep_way(self, key: tuple[str, int, int, int], way: Int32Array) -> None:
        if key not in self._ways:
            metres = int(self.network.length_mm[way].sum()) // 1000
            dry = bool(len(way)) and bool((self.water.edge_row[way] < 0).all())
            self._ways[key] = (way, metres, dry)

    def _find_way(self, origin: int, target: int, vehicle: VehicleClass, now: int) -> Int32Array:
        """By whichever tree is at hand, towards the target or from the origin: the way is the
        same, so what was asked before changes nothing."""
        state, _ = self._state_at(vehicle, now)
        cost = self._cost(vehicle, now)
        trees: Container[object] = self._trees if state else self._dry.trees
        key = (vehicle.name, target, state, True) if state else (vehicle.name, target, True)
        if key in trees:
            tree = self._tree(target, vehicle, now, towards=True)
            return path_edges(self.network, tree, origin)
        name, node, at, limit = self._last_near
        if (name, node, at) == (vehicle.name, origin, state):
            near = self._near[self._last_near]
            if near.dist_ms[target] <= limit:
                return path_between(self.network, near, cost, (origin, target))
        tree = self._tree(origin, vehicle, now, towards=False)
        return path_between(self.network, tree, cost, (origin, target))

    def _free_cost(self, vehicle: VehicleClass, speed_q16: int) -> IntArray:
        key = (vehicle.name, -speed_q16)
        if key not in self._costs:
            table = speed_table(vehicle)
            self._costs[key] = edge_costs(self.network, table, None, speed_q16)
        return self._costs[key]


class MatrixRouter:
    """Router over given travel minutes: direct links only, no water on the way."""

    def __init__(self, matrix: MinutesMatrix) -> None:
        self.matrix = matrix

    def times_from(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        row: IntArray = self.matrix.ms[node]
        return row

    def times_to(self, node: int, vehicle: VehicleClass, now: int) -> IntArray:
        """See Router."""
        column: IntArray = self.matrix.ms[:, node]
        return column

    def to_nearest(
        self, node: int, targets: tuple[int, ...], vehicle: VehicleClass, now: int
    ) -> int:
        """See Router; of equals the first."""
        times = self.matrix.ms[node, list(targets)]
        best = int(np.argmin(times))
        return targets[best] if times[best] < NEVER else -1

    def times_near(self, node: int, vehicle: VehicleClass, now: int, limit_ms: int) -> IntArray:
        """See Router."""
        return self.times_from(node, vehicle, now)

    def next_change(self, now: int) -> int:
        """See Router."""
        return NEVER

    def drive_many(self, cars: Cars, vehicle: VehicleClass, known_at: int) -> Ends:
        """See Router; the speed factor stretches the minutes, rounded up to a millisecond."""
        drivers = cars.drivers
        free = self.matrix.ms[drivers.origin, cars.target]
        no_route = free >= NEVER
        speed = np.maximum(drivers.speed_q16.astype(np.int64), 1)
        took = np.where(no_route, 0, -((-free * ONE_Q16) // speed))
        status = np.where(no_route, Trip.NO_ROUTE, Trip.ARRIVED).astype(np.int8)
        node = np.where(no_route, drivers.origin, cars.target).astype(np.int32)
        dry = np.full(len(free), NEVER, dtype=np.int64)
        no_edge = np.full(len(free), -1, dtype=np.int32)
        return Ends(status, node, drivers.depart_ms + took, dry, no_edge)

    def drive_one(
        self, origin: int, target: int, vehicle: VehicleClass, depart: int, speed_q16: int
    ) -> Drive:
        """See Router; metres are unknown for a matrix of minutes."""
        free = int(self.matrix.ms[origin, target])
        if free >= NEVER:
            return Drive(Trip.NO_ROUTE, origin, depart, -1, NEVER, 0)
        arrives = depart - (-free * ONE_Q16 // max(speed_q16, 1))
        return Drive(Trip.ARRIVED, target, arrives, -1, NEVER, 0)


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
