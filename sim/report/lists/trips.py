"""The rounds of the vehicles of one night, read from the log stop by stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np

from sim.clock import NEVER
from sim.log import Kind, Reason, VehicleStatus
from sim.report.lists.night import Night
from sim.states import Mode

BY_ROAD = (Mode.COACH, Mode.MINIBUS, Mode.AMBULANCE)
READ = (Kind.VEHICLE, Kind.LOADED, Kind.KM, Kind.DIVERTED)
TROUBLE = {
    VehicleStatus.BLOCKED: "blocked",
    VehicleStatus.BROKEN: "broken",
    VehicleStatus.CAUGHT: "caught",
}


@dataclass
class Stop:
    """One stop at which people boarded.

    Attributes:
        vehicle: its row; trip: number of the round from 1.
        start, pickup: place rows of where the leg began and where people boarded.
        leave_ms, there_ms, loaded_ms: departure, arrival at the stop, departure with people.
        to, arrive_ms, free_ms: where the round ended, arrival and end of unloading; -1 and NEVER
            for a round that did not arrive.
        last: the last stop of its round; delivered: persons brought to safety, counted there.
        fed: the round ended at a transfer point, from where coaches go on.
        remarks: keys of the words of the lists.
    """

    vehicle: int
    trip: int
    start: int
    pickup: int
    leave_ms: int
    there_ms: int
    loaded_ms: int
    boarded: int
    to: int = -1
    arrive_ms: int = NEVER
    free_ms: int = NEVER
    last: bool = False
    delivered: int = 0
    fed: bool = False
    remarks: list[str] = field(default_factory=list)


def stops_of(night: Night) -> Iterator[Stop]:
    """Every stop with people, by vehicle and time."""
    records = night.facts.log.records
    records = records[np.isin(records["kind"], READ) & (records["who"] >= 0)]
    # households sent on from a full shelter have numbers below 0 and are left out
    rows: dict[int, list[tuple[int, int, int, int]]] = {}
    for t, kind, who, place, value in records.tolist():
        rows.setdefault(who, []).append((t, kind, place, value))
    brought = _delivered(night)
    for vehicle in sorted(rows, key=lambda row: night.world.vehicles[row].id):
        for stop in _Reader(night, vehicle).read(rows[vehicle]):
            # people may have got off before cut roads: the log of the people counts
            stop.delivered = brought.pop((vehicle, stop.arrive_ms), 0) if stop.last else 0
            yield stop


def _delivered(night: Night) -> Counter[tuple[int, int]]:
    """Persons who got out of danger by (vehicle row, moment of arrival)."""
    facts = night.facts
    boarded = facts.of(Kind.BOARDED)
    out = facts.of(Kind.OUT)
    out = out[np.isin(out["value"], BY_ROAD)]
    events = [
        *zip(boarded["t"].tolist(), repeat(0), boarded["who"].tolist(), boarded["value"].tolist()),
        *zip(out["t"].tolist(), repeat(1), out["who"].tolist(), out["value"].tolist()),
    ]
    last: dict[int, int] = {}
    found: Counter[tuple[int, int]] = Counter()
    for t, arrived, party, value in sorted(events):
        if arrived:
            found[last[party], t] += int(facts.size[party])
        else:
            last[party] = value
    return found


class _Reader:
    """Follows one vehicle through its records."""

    def __init__(self, night: Night, vehicle: int) -> None:
        self.vehicle, self.trip = vehicle, 0
        self.here = night.world.vehicles[vehicle].depot_place
        self.assembly = night.world.assembly_place
        self.shelter = night.world.shelter_place
        self.leave, self.there, self.goal = NEVER, NEVER, -1
        self.round: list[Stop] = []
        self.remarks: list[str] = []

    def read(self, rows: list[tuple[int, int, int, int]]) -> Iterator[Stop]:
        """Stops of the vehicle in order of time."""
        for t, kind, place, value in rows:
            if kind == Kind.VEHICLE:
                yield from self._status(t, place, VehicleStatus(value))
            elif kind == Kind.LOADED:
                self._loaded(t, place, value)
            elif kind == Kind.KM:
                yield from self._drove(t, place)
            elif self.round:
                full = value == Reason.FULL
                self.round[-1].remarks.append("diverted_full" if full else "diverted_no_route")
        yield from self._close(-1, NEVER, NEVER, fed=False)

    def _status(self, t: int, place: int, status: VehicleStatus) -> Iterator[Stop]:
        if status == VehicleStatus.TO_PICKUP:
            self.leave, self.there, self.goal = t, NEVER, place
        elif status == VehicleStatus.AT_PICKUP:
            self.there = t
        elif status in TROUBLE:
            (self.round[-1].remarks if self.round else self.remarks).append(TROUBLE[status])
        elif status == VehicleStatus.AT_SHELTER and self.round:
            self.round[-1].to, self.round[-1].arrive_ms = place, t
        elif status == VehicleStatus.UNLOADED and self.round:
            yield from self._close(place, self.round[-1].arrive_ms, t, fed=False)
        elif status in (VehicleStatus.AVAILABLE, VehicleStatus.RELEASED):
            yield from self._close(-1, NEVER, NEVER, fed=False)
            self.here = place if place >= 0 else self.here

    def _loaded(self, t: int, place: int, persons: int) -> None:
        if not self.round:
            self.trip += 1
        there = self.there if self.there < NEVER else t
        leave = min(self.leave, there)
        self.round.append(Stop(self.vehicle, self.trip, self.here, place, leave, there, t, persons))
        self.round[-1].remarks += self.remarks
        self.remarks = []
        self.here, self.goal = place, -1

    def _drove(self, t: int, place: int) -> Iterator[Stop]:
        """With people aboard, a drive that ends at an assembly point nobody asked for feeds it."""
        at_assembly = self.assembly <= place < self.shelter
        if self.round and self.goal < 0 and at_assembly:
            yield from self._close(place, t, t, fed=True)

    def _close(self, place: int, arrive: int, free: int, fed: bool) -> Iterator[Stop]:
        """The round is over: all its stops share where and when it ended."""
        for stop in self.round:
            stop.to, stop.arrive_ms, stop.free_ms, stop.fed = place, arrive, free, fed
        if self.round:
            self.round[-1].last = True
            if place < 0 or fed:
                self.round[-1].remarks.append("feeder" if fed else "left_vehicle")
        yield from self.round
        self.here = place if place >= 0 else self.here
        self.round = []
