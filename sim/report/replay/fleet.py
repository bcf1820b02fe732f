"""Vehicles of one night: where each of them is at any moment, what it does, whom it carries."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.log import Kind, RunLog, VehicleStatus
from sim.report.replay.courses import Courses, Leg
from sim.report.replay.tracks import NOWHERE, Round, Segment, Track
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.router import sized
from sim.world import Vehicle, World

CLASSES = ("coach", "minibus", "ambulance")
STANDING_BY = int(VehicleStatus.AVAILABLE)
DRIVING = (VehicleStatus.TO_PICKUP, VehicleStatus.TO_SHELTER)


class VehicleReader:
    """Reads the records of one vehicle in order and writes its track."""

    def __init__(self, world: World, courses: Courses, vehicle: Vehicle) -> None:
        self.courses, self.track = courses, Track()
        self._node_of = world.places.node
        row = vehicle.row
        self._class: VehicleClass = sized(
            vehicle_classes()[vehicle.vehicle_class], row.width_m, row.height_m, row.weight_t
        )
        self._node, self._load = int(world.places.node[vehicle.depot_place]), 0
        self._status, self._since = int(VehicleStatus.CALLED), 0
        self._caught = False

    def read(self, records: Iterable[tuple[int, int, int, int]]) -> Track:
        """All records (t, kind, place, value) of the vehicle, in order."""
        for t, kind, place, value in records:
            if kind == Kind.VEHICLE:
                self._new_status(t, value, place)
            elif kind == Kind.KM:
                self._arrived(t, place)
            elif kind == Kind.WAIT_TASK:
                # written when it ended: from its beginning the vehicle stood by
                self.track.stand(t - value, self.courses.at(self._node), STANDING_BY, self._load)
            elif kind == Kind.LOADED:
                self._load += value
                self._stand(t)
                self.track.rounds[-1].persons += value
                self.track.rounds[-1].left_ms = t
        return self.track

    def _new_status(self, t: int, status: int, place: int) -> None:
        if status == VehicleStatus.CAUGHT:
            # written when the drive has ended, just before it says how
            self._caught = True
            return
        if status == VehicleStatus.BLOCKED:
            self._was_stopped(t, place)
        elif status == VehicleStatus.CALLED:
            self._node = int(self._node_of[place])
        self._status, self._since = status, t
        if status == VehicleStatus.UNLOADED:
            self._load = 0
        self._stand(t)
        self._write_round(t, status, place)

    def _stand(self, t: int) -> None:
        self.track.stand(t, self.courses.at(self._node), self._status, self._load)
        self._since = t

    def _arrived(self, t: int, place: int) -> None:
        """A drive that began with the last record has ended at a place."""
        leg = Leg(self._class, self._node, int(self._node_of[place]), self._since, t)
        self._drove(leg, self.courses.arrived(leg), leg.target)

    def _was_stopped(self, t: int, place: int) -> None:
        leg = Leg(self._class, self._node, int(self._node_of[place]), self._since, t)
        way, node = self.courses.stopped(leg)
        self._drove(leg, way, node)

    def _drove(self, leg: Leg, way: int, node: int) -> None:
        if way != NOWHERE and leg.arrive_ms > leg.depart_ms:
            ends = self.courses.at(self._node), self.courses.at(node)
            self.track.move(
                Segment(leg.depart_ms, leg.arrive_ms, way, *ends, self._status, self._load)
            )
        self._node = node
        if self._caught:
            self._status, self._caught = int(VehicleStatus.CAUGHT), False
        elif self._status not in DRIVING and way != NOWHERE:
            # people brought to a coach stop by a feeder: no record of their getting off
            self._load = 0
        self._stand(leg.arrive_ms)

    def _write_round(self, t: int, status: int, place: int) -> None:
        rounds = self.track.rounds
        if status == VehicleStatus.TO_PICKUP:
            if not rounds or self._load == 0:
                rounds.append(Round(t, place))
            return
        if not rounds:
            return
        if status == VehicleStatus.AT_PICKUP and rounds[-1].at_pickup_ms < 0:
            rounds[-1].at_pickup_ms = t
        elif status == VehicleStatus.TO_SHELTER:
            rounds[-1].shelter = place
        elif status == VehicleStatus.AT_SHELTER:
            rounds[-1].at_shelter_ms = t
        elif status == VehicleStatus.UNLOADED:
            rounds[-1].empty_ms = t


def vehicle_tracks(world: World, log: RunLog, courses: Courses) -> list[Track]:
    """The track of every vehicle, in the order of the World."""
    kinds = (Kind.VEHICLE, Kind.KM, Kind.LOADED, Kind.WAIT_TASK)
    records = log.records[np.isin(log.records["kind"], kinds)]
    mine: list[list[tuple[int, int, int, int]]] = [[] for _ in world.vehicles]
    for t, kind, who, place, value in records.tolist():
        mine[who].append((t, kind, place, value))
    return [
        VehicleReader(world, courses, vehicle).read(rows)
        for vehicle, rows in zip(world.vehicles, mine, strict=True)
    ]
