"""Vehicles of one night: where each of them is at any moment, what it does, whom it carries."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.log import Kind, VehicleStatus
from sim.measures.facts import Facts
from sim.measures.history import order_by
from sim.report.replay.courses import Courses, Leg, Onward
from sim.report.replay.tracks import NOWHERE, Round, Segment, Track
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.router import sized
from sim.states import State
from sim.world import Vehicle, World

CLASSES = ("coach", "minibus", "ambulance")
STANDING_BY = int(VehicleStatus.AVAILABLE)
Record = tuple[int, int, int, int]
"""Moment, kind, place, value."""
SENT = (VehicleStatus.TO_PICKUP, VehicleStatus.TO_SHELTER)
ABOARD = -1
"""Our own mark among the records: so many persons step in (or out, when negative)."""


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
        self._on_roads = courses.ground.roads is not None

    def read(self, records: list[Record]) -> Track:
        """All records (t, kind, place, value) of the vehicle, in order."""
        for row, (t, kind, place, value) in enumerate(records):
            if kind == Kind.VEHICLE:
                again = t == self._since and self._status == value  # it tried once more, in vain
                if value == VehicleStatus.BLOCKED and not again:
                    self._was_stopped(t, place, _next_drive(records, row))
                self._new_status(t, value, place)
            elif kind == Kind.KM:
                self._arrived(t, place, value)
            elif kind == Kind.WAIT_TASK:
                # written when it ended: from its beginning the vehicle stood by
                self.track.stand(t - value, self.courses.at(self._node), STANDING_BY, self._load)
            elif kind == Kind.LOADED:
                self.track.rounds[-1].persons += value
                self.track.rounds[-1].left_ms = t
                self._since = t
            elif kind == ABOARD:
                self._load += value
                self.track.stand(t, self.courses.at(self._node), self.track.status, self._load)
        return self.track

    def _new_status(self, t: int, status: int, place: int) -> None:
        if status == VehicleStatus.CAUGHT:
            # written when the drive has ended, just before it says how
            self._caught = True
            return
        if status == VehicleStatus.CALLED:
            self._node = int(self._node_of[place])
        self._status, self._since = status, t
        self._stand(t)
        self._write_round(t, status, place)

    def _stand(self, t: int) -> None:
        self.track.stand(t, self.courses.at(self._node), self._status, self._load)
        self._since = t

    def _arrived(self, t: int, place: int, metres: int) -> None:
        """A drive that began with the last record has ended at a place."""
        leg = Leg(self._class, self._node, int(self._node_of[place]), self._since, t)
        stayed = self._on_roads and metres == 0  # it was sent to where it stood
        self._drove(leg, NOWHERE if stayed else self.courses.arrived(leg), leg.target)

    def _was_stopped(self, t: int, place: int, then: Record | None) -> None:
        leg = Leg(self._class, self._node, int(self._node_of[place]), self._since, t)
        onward = None
        if then is not None:
            depart, target, metres = then[0], int(self._node_of[then[2]]), then[3]
            onward = Onward(target, depart, metres)
        way, node = self.courses.stopped(leg, onward)
        self._drove(leg, way, node)

    def _drove(self, leg: Leg, way: int, node: int) -> None:
        # by a matrix of minutes it goes straight from place to place
        if (way != NOWHERE or not self._on_roads) and leg.arrive_ms > leg.depart_ms:
            ends = self.courses.at(self._node), self.courses.at(node)
            self.track.move(
                Segment(leg.depart_ms, leg.arrive_ms, way, *ends, self._status, self._load)
            )
        self._node = node
        if self._caught:
            self._status, self._caught = int(VehicleStatus.CAUGHT), False
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


def _next_drive(records: list[Record], stopped: int) -> Record | None:
    """The drive that followed a stop and arrived: its departure, place and length; None if none.

    It began when the vehicle was next sent somewhere, or at the stop itself.
    """
    depart = records[stopped][0]
    for t, kind, place, value in records[stopped + 1 :]:
        if kind == Kind.KM:
            return (depart, kind, place, value)
        if kind == Kind.VEHICLE and value == VehicleStatus.BLOCKED and t > records[stopped][0]:
            return None
        if kind == Kind.VEHICLE and value in SENT:
            depart = t
    return None


def vehicle_tracks(world: World, facts: Facts, courses: Courses) -> list[Track]:
    """The track of every vehicle, in the order of the World."""
    log = facts.log
    kinds = (Kind.VEHICLE, Kind.KM, Kind.LOADED, Kind.WAIT_TASK)
    records = log.records[np.isin(log.records["kind"], kinds)]
    mine: list[list[Record]] = [[] for _ in world.vehicles]
    for t, kind, who, place, value in records.tolist():
        mine[who].append((t, kind, place, value))
    for vehicle, t, persons in _steps_in_and_out(facts):
        mine[vehicle].append((t, ABOARD, NOWHERE, persons))
    readers = (VehicleReader(world, courses, vehicle) for vehicle in world.vehicles)
    # at one moment a drive ends before people step in or out; otherwise in the order of the log
    return [
        reader.read(sorted(rows, key=lambda record: (record[0], record[1] == ABOARD)))
        for reader, rows in zip(readers, mine, strict=True)
    ]


def _steps_in_and_out(facts: Facts) -> Iterator[tuple[int, int, int]]:
    """(vehicle, moment, persons) for everybody who boards (+) and leaves (−) a vehicle."""
    history = facts.history
    stays = np.flatnonzero(history.in_states(State.ABOARD, State.ABOARD_BOAT))
    boarded = facts.of(Kind.BOARDED)
    boarded = boarded.take(order_by(boarded["who"], facts.n))
    for stay, vehicle in zip(stays.tolist(), boarded["value"].tolist(), strict=True):
        if history.state[stay] != State.ABOARD:
            continue
        persons = int(facts.size[history.party[stay]])
        yield vehicle, int(history.start_ms[stay]), persons
        if history.end_ms[stay] < facts.horizon_ms:
            yield vehicle, int(history.end_ms[stay]), -persons
