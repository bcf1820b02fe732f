"""Which shelters the people of every settlement can get to in time, in every hazard member.

People leave a stated time before their zone is cut off (or, where its road stays open, before
water comes to the first home). A way counts when it stays passable from then until that moment,
at the speed that the highest water on it allows; a shelter counts when it stays dry throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.member_view import MemberView
from sim.optimize.ensemble import deadlines
from sim.optimize.location.room import Need
from sim.plan import Plan
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, allowed_edges, speed_table, vehicle_classes
from sim.roads.router import RoadRouter
from sim.roads.routing import edge_costs, tree_from
from sim.states import Way
from sim.world import World

Int64 = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Limits:
    """How far is within reach, in minutes: on foot, by bus (with the walk to the stop); people
    leave ``lead_min`` before their deadline and must be there by it."""

    walk_min: float = 30.0
    ride_min: float = 60.0
    lead_min: float = 120.0


@dataclass(frozen=True)
class Demands:
    """Who needs a place: a row per settlement (or facility) and way, walkers before riders.

    home: int64, row of the home; rides: bool; persons: int64.
    """

    home: Int64
    rides: Bools
    persons: Int64

    def __len__(self) -> int:
        return len(self.home)


@dataclass(frozen=True)
class MemberReach:
    """One member in which something comes.

    need: who must leave, first those with the earliest deadline; rows: their rows in Demands;
    dry: bool[shelters]; index: of the member.
    """

    index: int
    need: Need
    rows: Int64
    dry: Bools


def who_needs_places(world: World, plan: Plan) -> Demands:
    """People whose planned way ends in a village or larger shelter; riders only with a fleet."""
    parties = world.parties
    found: list[tuple[int, bool, int]] = []
    for way, rides in ((Way.VILLAGE_SHELTER, False), (Way.COACH, True)):
        mine = parties.way == way
        persons = np.bincount(
            parties.home[mine], parties.size[mine], minlength=len(world.homes.rows)
        )
        homes = np.flatnonzero(persons)
        found += [(int(h), rides and plan.spec.fleet is not None, int(persons[h])) for h in homes]
    home, by_bus, size = zip(*found, strict=True) if found else ((), (), ())
    return Demands(np.array(home, np.int64), np.array(by_bus, np.bool_), np.array(size, np.int64))


class ReachFinder:
    """Finds what is in reach, on the map and under the water of a member."""

    def __init__(self, world: World, plan: Plan, limits: Limits) -> None:
        self.world, self.limits = world, limits
        self.demands = who_needs_places(world, plan)
        places = world.shelter_place + np.arange(len(world.shelters))
        self.nodes = world.places.node[places]
        self.snap_m = world.places.snap_m[places]
        self.hospital = np.array([row.kind == "hospital" for row in world.shelters], np.bool_)
        self.larger = np.array([row.kind == "larger" for row in world.shelters], np.bool_)
        self.foot = vehicle_classes()["on_foot"]
        pace = int(speed_table(self.foot)[0])
        self._ms_per_m = 3_600_000 / pace
        self.on_map = self._reach(np.arange(len(self.demands)), None, (0, 0))

    def of_member(self, view: MemberView, weight: int) -> MemberReach | None:
        """Who must leave in a member and where they can go; None when nothing comes."""
        world, demands = self.world, self.demands
        deadline = deadlines(view, world.horizon_ms)[world.homes.zone[demands.home]]
        deadline = np.where(world.homes.zone[demands.home] >= 0, deadline, NEVER)
        rows = np.flatnonzero(deadline < NEVER)
        if not len(rows):
            return None
        rows = rows[np.argsort(deadline[rows], kind="stable")]
        wet = view.place_wet_ms[world.shelter_place : world.shelter_place + len(world.shelters)]
        dry = wet > world.horizon_ms
        reach = np.zeros((len(rows), len(dry)), dtype=np.bool_)
        lead = round(self.limits.lead_min * MS_PER_MIN)
        for moment in np.unique(deadline[rows]).tolist():
            mine = np.flatnonzero(deadline[rows] == moment)
            window = (max(0, moment - lead), moment)
            reach[mine] = self._reach(rows[mine], view, window)
        reach &= self.on_map[rows] & dry
        need = Need(weight, demands.persons[rows], reach)
        return MemberReach(view.member.index, need, rows, dry)

    def _reach(self, rows: Int64, view: MemberView | None, window: tuple[int, int]) -> Bools:
        """bool[rows, shelters] on the roads as they are at their worst within a window (ms)."""
        found = np.zeros((len(rows), len(self.nodes)), dtype=np.bool_)
        roads = _Roads(self.world, view, window)
        walk, ride = self._most_ms(self.limits.walk_min), self._most_ms(self.limits.ride_min)
        places = self.world.places
        for k, row in enumerate(rows.tolist()):
            home = int(self.demands.home[row])
            on_foot = roads.times(int(places.node[home]), self.foot)[self.nodes]
            apart = (places.snap_m[home] + self.snap_m) * self._ms_per_m
            found[k] = (on_foot < NEVER) & (on_foot + apart <= walk) & ~self.hospital
            if self.demands.rides[row]:
                found[k] |= (self._ride_ms(home, roads) <= ride) & self.larger
        return found

    def _most_ms(self, limit_min: float) -> int:
        return round(min(limit_min, self.limits.lead_min) * MS_PER_MIN)

    def _ride_ms(self, home: int, roads: _Roads) -> Int64:
        """Walk to the assembly point and drive to every shelter; NEVER without a way."""
        world = self.world
        point = int(world.homes.assembly[home])
        vehicle = world.statics.pickup_class[point] if point >= 0 else None
        if vehicle is None or world.homes.assembly_mm[home] >= NEVER:
            return np.full(len(self.nodes), NEVER, dtype=np.int64)
        walk = round(int(world.homes.assembly_mm[home]) / 1000 * self._ms_per_m)
        drive = roads.times(int(world.places.node[world.assembly_place + point]), vehicle)
        drive = drive[self.nodes]
        return np.where(drive < NEVER, drive + walk, NEVER)


class _Roads:
    """Travel times on roads at their worst within a window, kept per class and origin."""

    def __init__(self, world: World, view: MemberView | None, window: tuple[int, int]) -> None:
        self.world, self.window = world, window
        self.router = view.router if view is not None else None
        self._cost: dict[str, Int64] = {}
        self._times: dict[tuple[str, int], Int64] = {}

    def times(self, node: int, vehicle: VehicleClass) -> Int64:
        """ms from a node to every node, NEVER without a way."""
        roads = self.world.roads
        if not isinstance(roads, Network):
            found: Int64 = roads.ms[node].copy()
            found[node] = 0
            return found
        key = (vehicle.name, node)
        if key not in self._times:
            if vehicle.name not in self._cost:
                self._cost[vehicle.name] = edge_costs(
                    roads, speed_table(vehicle), self._worst(vehicle),
                    allowed=allowed_edges(roads, vehicle),
                )  # fmt: skip
            self._times[key] = tree_from(roads, node, self._cost[vehicle.name]).dist_ms
        return self._times[key]

    def _worst(self, vehicle: VehicleClass) -> NDArray[np.int32] | None:
        """Worst hindrance on every edge from one moment up to another, as mm of water for the
        class, int32[n_edges]; None if dry."""
        if not isinstance(self.router, RoadRouter):
            return None
        water = self.router.water(vehicle)
        levels, step = water.hindrance, water.step_ms
        if not len(levels):
            return None
        first = min(self.window[0] // step, levels.shape[1] - 1)
        # the step in which the deadline falls is the one that ends it
        last = max(first + 1, min(self.window[1] // step, levels.shape[1]))
        worst = levels[:, first:last].max(axis=1)
        return np.where(water.edge_row >= 0, worst[water.edge_row], 0).astype(np.int32)
