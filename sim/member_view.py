"""What a hazard member means for this World: who gets wet when, and when zones are cut off.

Independent of plan and replication, so it is computed once per member and kept for a while.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.hazards import Member
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, allowed_edges, vehicle_classes
from sim.roads.router import DryRouter, MatrixRouter, RoadRouter, Router
from sim.roads.routing import reaches_any
from sim.world import World

VIEWS_KEPT = 1
Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class MemberView:
    """One member as seen from homes, assembly points, shelters and zones.

    Attributes:
        member: levels and signals.
        router: ways and times under this member's water.
        blocked_ms: int64[n_parties], first time the water at the home stops people from leaving.
        exposed_ms: int64[n_parties], first time the home is at the harm level.
        place_wet_ms: int64[n_places], first time a place is at the harm level.
        zone_cutoff_ms: int64[n_zones], see ``zone_cutoffs``.
        arrival_ms: int64[n_zones], first time any home of the zone is at the harm level.
    """

    member: Member
    router: Router
    blocked_ms: Int64
    exposed_ms: Int64
    place_wet_ms: Int64
    zone_cutoff_ms: Int64
    arrival_ms: Int64

    def place_level_mm(self, place: int, now: int, step_ms: int) -> int:
        """Water above the ground of a place at a moment (mm), 0 when dry or out of reach."""
        row = int(self.member.place_row[place])
        if row < 0:
            return 0
        levels = self.member.place_levels
        return max(0, int(levels[row, min(now // step_ms, levels.shape[1] - 1)]))


class MemberViews:
    """Makes views and keeps the last few."""

    def __init__(self, world: World) -> None:
        self.world = world
        roads = world.roads
        self._dry = DryRouter(roads) if isinstance(roads, Network) else None
        self._views: OrderedDict[int, MemberView] = OrderedDict()

    def view(self, index: int) -> MemberView:
        """The view of a member, made on first use."""
        if index in self._views:
            self._views.move_to_end(index)
            return self._views[index]
        view = make_view(self.world, self.world.hazard.member(index), self._dry)
        self._views[index] = view
        if len(self._views) > VIEWS_KEPT:
            self._views.popitem(last=False)
        return view


def make_view(world: World, member: Member, dry: DryRouter | None) -> MemberView:
    """The view of one member; ``dry`` holds the roads without water where there are roads."""
    harm = world.behaviour.spec.harm
    roads, step = world.roads, world.hazard.step_ms
    router: Router = (
        MatrixRouter(roads)
        if isinstance(roads, MinutesMatrix)
        else RoadRouter(dry or DryRouter(roads), member, step, harm.exposed_mm)
    )
    exposed = party_times(world, member, harm.exposed_mm)
    place_wet = np.full(len(world.places), NEVER, dtype=np.int64)
    for place in np.flatnonzero(member.place_row >= 0):
        place_wet[place] = first_time(member.place_levels[member.place_row[place]],
                                      harm.exposed_mm, step)  # fmt: skip
    arrival = np.full(len(world.zones.rows), NEVER, dtype=np.int64)
    zone = world.zone_of_party()
    np.minimum.at(arrival, zone[zone >= 0], exposed[zone >= 0])
    return MemberView(
        member=member,
        router=router,
        blocked_ms=party_times(world, member, harm.leave_blocked_mm),
        exposed_ms=exposed,
        place_wet_ms=place_wet,
        zone_cutoff_ms=zone_cutoffs(world, member, place_wet),
        arrival_ms=arrival,
    )


def first_time(levels: NDArray[np.int32], threshold_mm: int, step_ms: int) -> int:
    """First time a level series is at or above a threshold; NEVER if it is not."""
    reached = levels >= threshold_mm
    return int(np.argmax(reached)) * step_ms if reached.any() else NEVER


def party_times(world: World, member: Member, threshold_mm: int) -> Int64:
    """First time the water at each party's home reaches a depth, int64[n_parties].

    A home lies ``offset_mm`` above its settlement, so it is reached when the settlement's level
    reaches depth + offset.
    """
    parties, step = world.parties, world.hazard.step_ms
    times = np.full(len(parties), NEVER, dtype=np.int64)
    for home in range(len(parties.start) - 1):
        rows = slice(parties.start[home], parties.start[home + 1])
        row = int(member.place_row[home])
        if row < 0 or rows.start == rows.stop:
            continue
        highest = np.maximum.accumulate(member.place_levels[row])
        k = np.searchsorted(highest, threshold_mm + parties.offset_mm[rows])
        times[rows] = np.where(k < len(highest), k * step, NEVER)
    return times


def pickup_classes(world: World) -> list[VehicleClass | None]:
    """Largest bus class that reaches a destination from each assembly point on dry roads."""
    classes = vehicle_classes()
    if not isinstance(world.roads, Network):
        return [classes["coach"]] * len(world.assembly_points)
    found: list[VehicleClass | None] = [None] * len(world.assembly_points)
    destinations = _open_nodes(world, None, 0)
    for vehicle in (classes["minibus"], classes["coach"]):
        reached = reaches_any(world.roads, destinations, allowed_edges(world.roads, vehicle))
        for a in range(len(found)):
            if reached[world.places.node[world.assembly_place + a]]:
                found[a] = vehicle
    return found


def zone_cutoffs(world: World, member: Member, place_wet_ms: Int64) -> Int64:
    """First time the hazard alone leaves a zone no bus path to any open destination (cut-off).

    Judged for the largest bus class that can serve the zone's assembly point on dry roads, on
    every step; NEVER where a path always remains or the zone has no assembly point with one.
    """
    cutoff = np.full(len(world.zones.rows), NEVER, dtype=np.int64)
    if not isinstance(world.roads, Network) or not len(member.edge_levels):
        return cutoff
    roads, step = world.roads, world.hazard.step_ms
    classes = pickup_classes(world)
    row = member.edge_row
    wet = row >= 0
    for vehicle in {c.name: c for c in classes if c is not None}.values():
        allowed = allowed_edges(roads, vehicle)
        mine = [a for a, c in enumerate(classes) if c is not None and c.name == vehicle.name]
        nodes = world.places.node[world.assembly_place + np.array(mine)]
        zones = world.assembly_zone[mine]
        closed = member.edge_levels >= vehicle.depth_limit_mm
        seen: bytes = b""
        for k in range(closed.shape[1]):
            shelters_wet = place_wet_ms[world.shelter_place :] <= k * step
            state = closed[:, k].tobytes() + shelters_wet.tobytes()
            if state == seen:
                continue
            seen = state
            open_edge = allowed.copy()
            open_edge[wet] &= ~closed[row[wet], k]
            reached = reaches_any(roads, _open_nodes(world, place_wet_ms, k * step), open_edge)
            _mark(cutoff, zones, reached[nodes], k * step)
    return cutoff


def _mark(cutoff: Int64, zones: Int64, reached: NDArray[np.bool_], now: int) -> None:
    """A zone is cut off when none of its assembly points reaches a destination any more."""
    has_way = np.zeros(len(cutoff), dtype=np.bool_)
    has_way[zones[reached]] = True
    mine = np.zeros(len(cutoff), dtype=np.bool_)
    mine[zones] = True
    cutoff[mine & ~has_way & (cutoff == NEVER)] = now


def _open_nodes(world: World, place_wet_ms: Int64 | None, now: int) -> NDArray[np.bool_]:
    """Road nodes of larger shelters and exits that the water has not reached."""
    nodes = np.zeros(world.roads.n_nodes, dtype=np.bool_)
    larger = [world.shelter_place + i for i, s in enumerate(world.shelters) if s.kind == "larger"]
    for place in [*larger, *range(world.exit_place, world.exit_place + len(world.exits))]:
        if place_wet_ms is None or place_wet_ms[place] > now:
            nodes[world.places.node[place]] = True
    return nodes
