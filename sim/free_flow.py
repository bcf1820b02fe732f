"""Free flow, flooded speeds and closures, without queues: one inside of the door of traffic.

For a matrix of minutes, which knows no roads to queue on, and to see what congestion changes.
"""

from __future__ import annotations

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.cars import Arrivals, CarGroup, drivers_of
from sim.clock import NEVER
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.router import Cars, RoadRouter, Router
from sim.state import Run

Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]


class FreeControls:
    """Closures are counted; nothing else matters to those who never stand in line."""

    def __init__(self, router: Router, n_edges: int) -> None:
        self._router = router
        self.orders = np.zeros(n_edges, dtype=np.int64)

    def close(self, edges: Int64) -> None:
        """Close edges by order from now on; who is under way goes on."""
        self.orders[edges] += 1

    def reopen(self, edges: Int64) -> None:
        """One order less closes edges; they are open to the public when it was the last."""
        self.orders[edges] -= 1

    def contraflow(self, edges: Int64, on: bool, *, tidal: bool = False) -> None:
        """Without queues a second lane takes nobody sooner."""

    def hold(self, edges: Int64, until_ms: int) -> None:
        """Without queues nobody stands in line before a road."""

    def control(self, edges: Int64, factors: Floats, on: bool) -> None:
        """Without queues capacity does not matter."""

    def crash(self, edge: int, lanes: int, ends_ms: int) -> None:
        """Without queues nobody waits behind a crash."""

    def clear(self, code: str, edges: Int64, steps: slice) -> None:
        """What layers of a scale have put on edges is taken away for some steps to come."""
        if isinstance(self._router, RoadRouter):
            self._router.clear(code, edges, steps)

    def driven_m(self) -> Int64:
        """Without queues nobody counts who drives where."""
        return np.zeros(len(self.orders), dtype=np.int64)


class FreeFlow:
    """Every drive is worked out at once, and told when it has ended."""

    due_ms = NEVER

    def __init__(self, run: Run) -> None:
        self.run = run
        self._car = vehicle_classes()["car"]
        self._leaving: list[tuple[int, CarGroup]] = []
        self._driving: list[Arrivals] = []
        self.controls = FreeControls(run.view.router, getattr(run.world.roads, "n_edges", 0))

    def drive(self, vehicle: VehicleClass, origin: int, target: int) -> simpy.Event:
        """One vehicle of the fleet sets out now; the event's value is its ``Drive``."""
        run, now = self.run, self.run.now
        ended = run.view.router.drive_one(origin, target, vehicle, now, run.speed_q16(now))
        return run.env.timeout(ended.time_ms - now, ended)

    def launch(self, group: CarGroup) -> None:
        """Cars set out at their times, on the roads as known now."""
        self._leaving.append((self.run.now, group))

    def launch_shadow(self, group: CarGroup) -> None:
        """Who is in nobody's way need not be moved."""

    def withdraw(self, parties: Int64) -> None:
        """Cars that have not left yet do not leave."""
        now = self.run.now
        self._leaving = [
            (known_at, group.part((group.depart_ms <= now) | ~np.isin(group.parties, parties)))
            for known_at, group in self._leaving
        ]

    def arrived(self) -> list[Arrivals]:
        """Drives of cars that have ended by now and were not told before."""
        self._begin_drives()
        now, told, driving = self.run.now, [], []
        for batch in self._driving:
            there = batch.ends.time_ms <= now
            if there.any():
                told.append(batch.part(there))
            if not there.all():
                driving.append(batch.part(~there))
        self._driving = driving
        return told

    def _begin_drives(self) -> None:
        """Work out the drives of those who have left."""
        leaving = []
        for known_at, group in self._leaving:
            gone = group.depart_ms < self.run.now
            if gone.any():
                self._driving.append(self._drive(known_at, group.part(gone)))
            if not gone.all():
                leaving.append((known_at, group.part(~gone)))
        self._leaving = leaving

    def _drive(self, known_at: int, group: CarGroup) -> Arrivals:
        run = self.run
        closed = self.controls.orders > 0
        cars = Cars(drivers_of(run, group), group.target, closed if closed.any() else None)
        return Arrivals(
            group.parties, run.view.router.drive_many(cars, self._car, known_at), group.target
        )

    def next_arrival_ms(self) -> int:
        """When the next drive of a car ends, or one begins; NEVER for none."""
        ends = [int(batch.ends.time_ms.min()) for batch in self._driving]
        begins = [int(group.depart_ms.min()) for _, group in self._leaving if len(group.parties)]
        return min(ends + begins, default=NEVER)

    def finish(self) -> None:
        """Nobody stands in a line."""

    def play(self, until: int) -> None:
        """Nothing happens between the moments at which drives begin."""
