"""Trucks with supplies on the map: loading, on their way, handing over, on their way back."""

from __future__ import annotations

import numpy as np

from sim.log import Kind, RunLog, TruckStatus
from sim.plan import Plan
from sim.processes.supply_setting import trucks_of
from sim.processes.supply_trucks import CLASS_OF
from sim.report.replay.courses import Courses, Leg
from sim.report.replay.tracks import NOWHERE, Round, Segment, Track
from sim.roads.passability import vehicle_classes
from sim.world import World

_DRIVES = (int(TruckStatus.SENT), int(TruckStatus.BACK))


class TruckReader:
    """Reads the records of one truck in order and writes its track; it begins at its store."""

    def __init__(self, world: World, courses: Courses, store: int, size: str) -> None:
        self.courses, self.track = courses, Track()
        self._vehicle = vehicle_classes()[CLASS_OF[size]]
        self._node_of = world.places.node
        self._home = world.store_place + store
        self._node = int(self._node_of[self._home])
        self._status, self._since, self._bound = int(TruckStatus.STANDS), 0, self._home
        self.track.stand(0, courses.at(self._node), self._status, 0)

    def read(self, t: int, status: int, place: int) -> None:
        """One record: a drive ends with whatever is said next."""
        if self._status in _DRIVES:
            self._drove(t, arrived=status != TruckStatus.ROAD_SHUT)
        self._status, self._since, self._bound = status, t, place
        self.track.stand(t, self.courses.at(self._node), status, 0)
        rounds = self.track.rounds
        if status == TruckStatus.SENT and (not rounds or rounds[-1].shelter != place):
            rounds.append(Round(t, self._home, left_ms=t, shelter=place))
        elif status == TruckStatus.UNLOADING:
            rounds[-1].at_shelter_ms = t

    def _drove(self, t: int, arrived: bool) -> None:
        target = int(self._node_of[self._bound])
        leg = Leg(self._vehicle, self._node, target, self._since, t)
        if arrived:
            way, node = self.courses.arrived(leg), target
        else:
            way, node = self.courses.stopped(leg, None)
        straight = self.courses.ground.roads is None
        if t > self._since and (way != NOWHERE or straight):
            ends = self.courses.at(self._node), self.courses.at(node)
            self.track.move(Segment(self._since, t, way, *ends, self._status, 0))
        self._node = node


def truck_tracks(world: World, plan: Plan, log: RunLog, courses: Courses) -> list[Track]:
    """Tracks of all trucks, store after store, as the log numbers them; none without supplies."""
    spec = plan.spec.supplies
    rows = log.of(Kind.SUPPLY_TRUCK)
    if spec is None or not len(rows):
        return []
    counts = trucks_of(world.stores, spec)
    of_store = np.repeat(np.arange(len(counts)), counts).tolist()
    readers = [TruckReader(world, courses, store, spec.truck_size) for store in of_store]
    for t, _, truck, place, status in rows.tolist():
        readers[truck].read(t, status, place)
    return [reader.track for reader in readers]


def truck_names(world: World, plan: Plan) -> list[str]:
    """``县应急物资储备库 3``: the store and the number of the truck there."""
    spec = plan.spec.supplies
    counts = trucks_of(world.stores, spec) if spec is not None else []
    return [
        f"{store.name} {number + 1}"
        for store, count in zip(world.stores, counts, strict=True)
        for number in range(count)
    ]
