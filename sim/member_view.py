"""What a hazard member means for this World: who is reached when, and when zones are cut off.

Independent of plan and replication, so it is computed once per member and kept for a while.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.hazards import Layer, Member
from sim.roads.hindrance import Hindrance
from sim.roads.matrix_router import MatrixRouter
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, allowed_edges, vehicle_classes
from sim.roads.router import DryRouter, RoadRouter, Router
from sim.roads.routing import reaches_any
from sim.strikes import Strikes
from sim.world import World

VIEWS_KEPT = 1
Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class MemberView:
    """One member as seen from homes, assembly points, shelters and zones.

    Attributes:
        member: levels and signals.
        layers: its layers with thresholds for people.
        router: ways and times under this member's water.
        blocked_ms: int64[n_parties], first time the level at the home stops people from leaving.
        upstairs: bool[n_parties], whether it is water that does, so that an upper floor helps.
        exposed_ms: int64[n_parties], first time the home is at the harm level.
        place_wet_ms: int64[n_places], first time a place is at the harm level.
        zone_cutoff_ms: int64[n_zones], see ``zone_cutoffs``.
        strikes: whom falling houses hit in the replication that is played; None for none.
        arrival_ms: int64[n_zones], first time any home of the zone is at the harm level.
    """

    member: Member
    layers: tuple[Layer, ...]
    router: Router
    blocked_ms: Int64
    upstairs: NDArray[np.bool_]
    exposed_ms: Int64
    place_wet_ms: Int64
    zone_cutoff_ms: Int64
    arrival_ms: Int64
    strikes: Strikes | None = None

    def is_harmful(self, place: int, now: int, step_ms: int) -> bool:
        """Whether a place is at the harm level at a moment."""
        return any(
            layer.place_row[place] >= 0 and _at(layer, place, now // step_ms) >= _harm(layer, place)
            for layer in self.layers
        )

    def stands_still(self, name: str, place: int, now: int, step_ms: int) -> bool:
        """Whether what is at a place stops a class by a rule of its own there: boats in a gale."""
        return any(
            layer.place_row[place] >= 0
            and layer.scale.stops(name, _at(layer, place, now // step_ms))
            for layer in self.layers
        )


class MemberViews:
    """Makes views and keeps the last few; when zones are cut off it keeps of all members."""

    def __init__(self, world: World) -> None:
        self.world = world
        roads = world.roads
        self._dry = DryRouter(roads) if isinstance(roads, Network) else None
        self._views: OrderedDict[int, MemberView] = OrderedDict()
        self._cutoffs: dict[int, Int64] = {}

    def view(self, index: int) -> MemberView:
        """The view of a member, made on first use."""
        if index in self._views:
            self._views.move_to_end(index)
            return self._views[index]
        member = self.world.hazard.member(index)
        view = make_view(self.world, member, self._dry, self.zone_cutoff_ms(index))
        self._views[index] = view
        if len(self._views) > VIEWS_KEPT:
            self._views.popitem(last=False)
        return view

    def zone_cutoff_ms(self, index: int) -> Int64:
        """When the zones are cut off in a member, int64[n_zones]; see ``zone_cutoffs``."""
        if index not in self._cutoffs:
            layers = self.world.layers(self.world.hazard.member(index))
            hindrance = Hindrance(layers, self.world.hazard.step_ms)
            place_wet = place_times(self.world, layers)
            self._cutoffs[index] = zone_cutoffs(self.world, hindrance, place_wet)
        return self._cutoffs[index]


def make_view(
    world: World, member: Member, dry: DryRouter | None, zone_cutoff_ms: Int64
) -> MemberView:
    """The view of one member; ``dry`` holds the roads without water where there are roads."""
    roads, step = world.roads, world.hazard.step_ms
    layers = world.layers(member)
    hindrance = Hindrance(layers, step)
    router: Router = (
        MatrixRouter(roads)
        if isinstance(roads, MinutesMatrix)
        else RoadRouter(dry or DryRouter(roads), hindrance, step)
    )
    homes = np.arange(len(world.parties.start) - 1)
    exposed = earliest([party_times(world, layer, layer.harm_at(homes)) for layer in layers])
    doors = [np.full(len(homes), layer.scale.door_level) for layer in layers]
    blocked = [party_times(world, *each) for each in zip(layers, doors, strict=True)]
    first_blocked = earliest(blocked)
    by_water = [times for times, layer in zip(blocked, layers, strict=True) if layer.scale.is_water]
    arrival = np.full(len(world.zones.rows), NEVER, dtype=np.int64)
    zone = world.zone_of_party()
    np.minimum.at(arrival, zone[zone >= 0], exposed[zone >= 0])
    return MemberView(
        member=member,
        layers=layers,
        router=router,
        blocked_ms=first_blocked,
        upstairs=earliest(by_water, len(first_blocked)) <= first_blocked,
        exposed_ms=exposed,
        place_wet_ms=place_times(world, layers),
        zone_cutoff_ms=zone_cutoff_ms,
        arrival_ms=arrival,
    )


def _at(layer: Layer, place: int, step: int) -> int:
    levels = layer.place_levels[layer.place_row[place]]
    return int(levels[min(step, len(levels) - 1)])


def _harm(layer: Layer, place: int) -> int:
    return int(layer.harm_at(np.array(place)))


def first_times(levels: NDArray[np.int32], thresholds: Int64, step_ms: int) -> Int64:
    """First time each of some level series is at or above its threshold; NEVER where it is not.

    levels: int32[n, n_steps]; thresholds: int64[n].
    """
    reached = levels >= thresholds[:, None]
    return np.where(reached.any(axis=1), reached.argmax(axis=1) * step_ms, NEVER)


def earliest(times: Sequence[Int64], n: int = 0) -> Int64:
    """Element by element the first of some times; n times NEVER without any."""
    return np.minimum.reduce(times) if len(times) else np.full(n, NEVER, dtype=np.int64)


def place_times(world: World, layers: Sequence[Layer]) -> Int64:
    """First time each place is at the harm level of any layer, int64[n_places]."""
    times = np.full(len(world.places), NEVER, dtype=np.int64)
    for layer in layers:
        there = np.flatnonzero(layer.place_row >= 0)
        levels = layer.place_levels[layer.place_row[there]]
        first = first_times(levels, layer.harm_at(there), world.hazard.step_ms)
        times[there] = np.minimum(times[there], first)
    return times


def party_times(world: World, layer: Layer, threshold: Int64) -> Int64:
    """First time the level at each party's home reaches its home's threshold, int64[n_parties].

    A home lies ``offset_mm`` above its settlement, so water reaches it when the settlement's level
    reaches depth + offset; for anything but water all homes of a settlement are alike.
    """
    parties, step = world.parties, world.hazard.step_ms
    times = np.full(len(parties), NEVER, dtype=np.int64)
    for home in range(len(parties.start) - 1):
        rows = slice(parties.start[home], parties.start[home + 1])
        row = int(layer.place_row[home])
        if row < 0 or rows.start == rows.stop:
            continue
        highest = np.maximum.accumulate(layer.place_levels[row])
        above = parties.offset_mm[rows] if layer.scale.is_water else 0 * parties.offset_mm[rows]
        k = np.searchsorted(highest, threshold[home] + above)
        times[rows] = np.where(k < len(highest), k * step, NEVER)
    return times


def pickup_classes(world: World) -> list[VehicleClass | None]:
    """Largest bus class that reaches a destination from each assembly point on dry roads."""
    classes = vehicle_classes()
    if not isinstance(world.roads, Network):
        return [classes["coach"]] * len(world.assembly_points)
    found: list[VehicleClass | None] = [None] * len(world.assembly_points)
    destinations = _nodes_of(world, _destinations(world))
    for vehicle in (classes["minibus"], classes["coach"]):
        reached = reaches_any(world.roads, destinations, allowed_edges(world.roads, vehicle))
        for a in range(len(found)):
            if reached[world.places.node[world.assembly_place + a]]:
                found[a] = vehicle
    return found


def bus_from(world: World, place: int) -> VehicleClass | None:
    """Largest bus class that finds a way from a place to a destination elsewhere on dry roads."""
    classes = vehicle_classes()
    if not isinstance(world.roads, Network):
        return classes["coach"]
    others = _nodes_of(world, np.setdiff1d(_destinations(world), place))
    for vehicle in (classes["coach"], classes["minibus"]):
        reached = reaches_any(world.roads, others, allowed_edges(world.roads, vehicle))
        if reached[world.places.node[place]]:
            return vehicle
    return None


def zone_cutoffs(world: World, hindrance: Hindrance, place_wet_ms: Int64) -> Int64:
    """First time the hazard alone leaves a zone no bus path to any open destination (cut-off).

    Judged for the largest bus class that can serve the zone's assembly point on dry roads, on
    every step; NEVER where a path always remains or the zone has no assembly point with one.
    """
    cutoff = np.full(len(world.zones.rows), NEVER, dtype=np.int64)
    if not isinstance(world.roads, Network) or not len(hindrance.levels):
        return cutoff
    roads, step = world.roads, world.hazard.step_ms
    classes = pickup_classes(world)
    row = hindrance.edge_row
    wet = row >= 0
    places = _destinations(world)
    dry_until = place_wet_ms[places]
    for vehicle in {c.name: c for c in classes if c is not None}.values():
        allowed = allowed_edges(roads, vehicle)
        mine = [a for a, c in enumerate(classes) if c is not None and c.name == vehicle.name]
        nodes = world.places.node[world.assembly_place + np.array(mine)]
        zones = world.assembly_zone[mine]
        closed = hindrance.of(vehicle).hindrance >= vehicle.depth_limit_mm
        for k in _worse(closed, dry_until, step):
            dry = dry_until > k * step
            open_edge = allowed.copy()
            open_edge[wet] &= ~closed[row[wet], k]
            reached = reaches_any(roads, _nodes_of(world, places[dry]), open_edge)
            _mark(cutoff, zones, reached[nodes], k * step)
    return cutoff


def _worse(closed: NDArray[np.bool_], dry_until: Int64, step_ms: int) -> list[int]:
    """The first step, and those at which a road closes or a place is wet that was not before.

    At any other step whoever has no way had none at the step before.
    """
    worse = np.zeros(closed.shape[1], dtype=np.bool_)
    worse[0] = True
    worse[1:] = (closed[:, 1:] > closed[:, :-1]).any(axis=0)
    wet_from = -(-dry_until[dry_until < NEVER] // step_ms)
    worse[wet_from[wet_from < len(worse)]] = True
    return np.flatnonzero(worse).tolist()


def _mark(cutoff: Int64, zones: Int64, reached: NDArray[np.bool_], now: int) -> None:
    """A zone is cut off when none of its assembly points reaches a destination any more."""
    has_way = np.zeros(len(cutoff), dtype=np.bool_)
    has_way[zones[reached]] = True
    mine = np.zeros(len(cutoff), dtype=np.bool_)
    mine[zones] = True
    cutoff[mine & ~has_way & (cutoff == NEVER)] = now


def _destinations(world: World) -> Int64:
    """Place rows of larger shelters and exits."""
    larger = [world.shelter_place + i for i, s in enumerate(world.shelters) if s.kind == "larger"]
    exits = range(world.exit_place, world.exit_place + len(world.exits))
    return np.array([*larger, *exits], dtype=np.int64)


def _nodes_of(world: World, places: Int64) -> NDArray[np.bool_]:
    """Marks the road nodes of some places, bool[n_nodes]."""
    nodes = np.zeros(world.roads.n_nodes, dtype=np.bool_)
    nodes[world.places.node[places]] = True
    return nodes
