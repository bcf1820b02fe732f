"""Roads that jam, flood and reopen: vehicles of the fleet and own cars share the same queues.

A drive of the fleet is a tagged vehicle of the kernel and comes back as an event; own cars are
rows and come back in batches. The kernel is moved only when something may have ended that a
process waits for: no vehicle is quicker than on empty dry roads, so until then it can wait.
"""

from __future__ import annotations

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.cars import Arrivals, CarGroup, drivers_of
from sim.clock import MS_PER_HOUR, NEVER
from sim.log import Kind
from sim.queued_controls import RoadControls
from sim.queued_fleet import OWN_CAR, FleetDrives, queue_classes
from sim.queued_routes import CarRoutes
from sim.roads.link_record import LinkRecord
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, speed_table, vehicle_classes
from sim.roads.queue_report import caught_in_line, gridlock
from sim.roads.queue_rows import LEAVING
from sim.roads.queues import Departures, Queues, some
from sim.roads.router import Drive, RoadRouter
from sim.roads.routing import Ends, Trip
from sim.state import Run

Int64 = NDArray[np.int64]

_STALLED = int(Trip.STALLED)


class QueuedRoads:
    """The queues of one replication behind the door of traffic."""

    def __init__(self, run: Run) -> None:
        network, router = run.world.roads, run.view.router
        if not isinstance(network, Network) or not isinstance(router, RoadRouter):
            raise TypeError("queues need a road network, not a matrix of minutes")
        self.run, self._router, self.network = run, router, network
        vehicles = queue_classes()
        tables = [speed_table(vehicle) for vehicle in vehicles]
        no_routes = np.zeros((0, network.n_nodes), dtype=np.int32)
        self._supply = supply = run.world.statics.road_supply
        self._car = vehicle_classes()["car"]
        water = router.water(*vehicles)
        self.queues = Queues(network, supply, no_routes, tables, water, with_use=True)
        narrow = np.zeros(network.n_edges, dtype=np.bool_)
        if supply.reverse is not None:
            narrow = supply.reverse >= 0
        self._fleet = FleetDrives(run, router, self.queues, narrow)
        self._cars = CarRoutes(run, router, self.queues)
        self._pending: list[CarGroup] = []
        self._next_pending = NEVER
        self._n_parties = len(run.world.parties)
        cars = self._n_parties + run.world.statics.shadow_households
        self._row_of = np.full(cars, -1, dtype=np.int64)
        self._target_of = np.full(cars, -1, dtype=np.int64)
        self.controls = RoadControls(run, self.queues, self._cars, self)
        run.at(0, self._every_hour)
        self._under_way = 0
        self._ended: list[NDArray[np.int32]] = []

    def _every_hour(self) -> None:
        """Rain, darkness and ordinary traffic change what the roads carry."""
        self.catch_up(self.run.now)
        self.controls.capacity.update()
        if self.run.now < self.run.world.horizon_ms:
            self.run.at(self.run.now + MS_PER_HOUR, self._every_hour)

    def watch(self, every_ms: int) -> LinkRecord:
        """What the links carry, noted at the end of every interval; the run goes on unchanged.

        The kernel is not moved for it, so a note is of the last moment up to which it has been:
        at most some minutes before while anybody is on the roads.
        """
        record = LinkRecord(self.queues, self.network, every_ms)

        def note(now: int) -> None:
            record.note()
            if now + every_ms <= self.run.world.horizon_ms:
                self.run.at(now + every_ms, note, now + every_ms)

        self.run.at(every_ms, note, every_ms)
        return record

    def plan_waiting(self) -> None:
        """Who has not left yet goes by what is open now."""
        cars = np.flatnonzero(self._row_of >= 0)
        if len(cars):
            cars, rows = self._waiting(cars)
            none, waiting = np.zeros(len(cars), dtype=np.int32), self.queues.vehicles[rows]
            leaves, origin = (waiting[name].astype(np.int64) for name in ("due", "node"))
            group = CarGroup(cars, leaves, none, origin, self._target_of[cars])
            self.queues.assign(rows, self._cars.rows(group))

    # -- the fleet ----------------------------------------------------------------------------

    @property
    def due_ms(self) -> int:
        """Moment before which nothing happens on the roads that a process waits for."""
        return self._fleet.due_ms

    def drive(self, vehicle: VehicleClass, origin: int, target: int) -> simpy.Event:
        """One vehicle of the fleet sets out now; the event's value is its ``Drive``."""
        run, now = self.run, self.run.now
        way = self._router.way(origin, target, vehicle, now)
        if not len(way.edges):
            status = Trip.ARRIVED if origin == target else Trip.NO_ROUTE
            return run.env.timeout(0, Drive(status, origin, now, -1, NEVER, 0))
        if now >= self._next_pending:
            self._add_pending()  # who left before is in line before
        return self._fleet.begin(vehicle, origin, way)

    def play(self, until: int) -> None:
        """Move everything up to a moment, or up to the first end that a process waits for."""
        if until >= self._next_pending:
            until = max(min(self._fleet.due_ms, until), self._next_pending - 1)
        self._advance(max(until, self.queues.now))  # the kernel stops at the first such end
        self._fleet.look_again()

    def _advance(self, until: int) -> None:
        if until >= self._next_pending:
            self._add_pending()
        rows = self.queues.move(until)
        if not len(rows):
            return
        ended = self.queues.vehicles[rows]
        for k in (ended["status"] == _STALLED).nonzero()[0].tolist():
            self.controls.clear_later(int(ended["edge"][k]), int(ended["due"][k]))
        fleet = ended["watched"] != 0
        for row in rows[fleet].tolist():
            self._fleet.end(row)
        if not fleet.all():
            self._ended.append(rows[~fleet])

    # -- own cars -----------------------------------------------------------------------------

    def launch(self, group: CarGroup) -> None:
        """Cars set out at their times, now or later."""
        self._wait_to_leave(group)

    def launch_shadow(self, group: CarGroup) -> None:
        """Cars that only fill the roads set out at their times."""
        self._wait_to_leave(group)

    def _wait_to_leave(self, group: CarGroup) -> None:
        self._pending.append(group)
        self._next_pending = min(self._next_pending, int(group.depart_ms.min()))

    def _add_pending(self) -> None:
        """Cars are handed to the kernel together, before it moves past the first departure."""
        group = CarGroup(*(np.concatenate(c) for c in zip(*self._pending, strict=True)))
        self._pending, self._next_pending = [], NEVER
        drivers = drivers_of(self.run, group)
        rows = self.queues.add(
            Departures(
                np.maximum(drivers.depart_ms, self.queues.now),
                drivers.origin,
                route=self._cars.rows(group),
                klass=OWN_CAR,
                speed_q16=drivers.speed_q16,
                willing_mm=drivers.willing_mm,
                tag=group.parties,
            )
        )
        self._row_of[group.parties], self._target_of[group.parties] = rows, group.target
        self._under_way += len(rows)

    def withdraw(self, parties: Int64) -> None:
        """Cars that have not left yet do not leave."""
        self._pending = [group.part(~np.isin(group.parties, parties)) for group in self._pending]
        here, rows = self._waiting(parties)
        self.queues.assign(rows, self._cars.nowhere)
        self._row_of[here] = -1

    def _waiting(self, parties: Int64) -> tuple[Int64, Int64]:
        """Parties whose car is in the kernel and leaves later than now, and its row."""
        here = parties[self._row_of[parties] >= 0]
        rows, cars = self._row_of[here], self.queues.vehicles
        waits = (cars["status"][rows] == LEAVING) & (cars["due"][rows] > self.run.now)
        return here[waits], rows[waits]

    def arrived(self) -> list[Arrivals]:
        """Drives of cars that have ended by now and were not told before."""
        self.catch_up(self.run.now)
        self._cars.plan_anew()
        if not self._ended:
            return []
        batch, self._ended = self.queues.ends(np.concatenate(self._ended)), []
        self._under_way -= len(batch.row)
        parties = batch.tag
        mine = (self._row_of[parties] == batch.row) & (parties < self._n_parties)
        self._note_shadow(int((parties >= self._n_parties).sum()))
        if not mine.all():
            batch, parties = some(batch, mine), parties[mine]
        if not len(parties):
            return []
        self._row_of[parties] = -1
        ends = Ends(batch.status, batch.node, batch.time_ms, batch.caught_ms, batch.edge)
        return [Arrivals(parties, ends, self._target_of[parties])]

    def _note_shadow(self, cars: int) -> None:
        if cars:
            self.run.log.add(self.run.now, Kind.SHADOW_ENDED, -1, -1, cars)

    def next_arrival_ms(self) -> int:
        """Moment before which no further drive of a car ends; NEVER for none."""
        if self._ended or self._pending:
            return self.run.now
        return self.queues.next_time() if self._under_way else NEVER

    def finish(self) -> None:
        """What is left on the roads at the end: people caught in a line, rings that stand still."""
        run = self.run
        self.catch_up(run.now)
        inside = np.flatnonzero(self._row_of[: self._n_parties] >= 0)
        party_of = dict(zip(self._row_of[inside].tolist(), inside.tolist(), strict=True))
        for row, moment in zip(*caught_in_line(self.queues), strict=True):
            party = party_of.get(int(row), -1)
            if party >= 0:
                edge = int(self.queues.vehicles["edge"][row])
                run.log.add(int(moment), Kind.EXPOSED, party, edge, 1)
        for number, ring in enumerate(gridlock(self.queues)):
            for edge in ring:
                run.log.add(run.now, Kind.GRIDLOCK, edge, number, len(ring))

    def catch_up(self, moment: int) -> None:
        """Move everything up to a moment."""
        while self._fleet.due_ms <= moment:
            self.play(moment)
        if moment > self.queues.now:
            self._advance(moment)
