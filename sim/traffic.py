"""The one door for everything that moves: hand it over, and it comes back as an arrival event.

Inside: free flow, flooded speeds and closures. Nobody outside this file knows when somebody will
arrive, so queues can take the place of free flow here without a change elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.router import Cars
from sim.roads.routing import Drivers, Ends, Trip
from sim.state import Run

Int64 = NDArray[np.int64]

PATIENCE_MS = 3_600_000
"""Families in a car wait this long at a cut road, then look for another way (judgement)."""

ROUND_MS = 10 * 60_000
"""Own cars are moved in rounds of this length. Times are exact; news is that of the round."""


class CarGroup(NamedTuple):
    """Parties that leave by own car, a row each: times, willingness (mm), end nodes."""

    parties: Int64
    depart_ms: Int64
    willing_mm: NDArray[np.int32]
    origin: Int64
    target: Int64

    def part(self, rows: NDArray[np.bool_]) -> CarGroup:
        """Some of the parties."""
        return CarGroup(
            self.parties[rows],
            self.depart_ms[rows],
            self.willing_mm[rows],
            self.origin[rows],
            self.target[rows],
        )


class Arrivals(NamedTuple):
    """Drives of own cars that have ended; a row each.

    ends.status: ARRIVED; BLOCKED or NO_ROUTE: stands at the node and finds no way; STALLED: in
    the water. target: node they were bound for. gave_up: the cars have waited at the node long
    enough and turn back.
    """

    parties: Int64
    ends: Ends
    target: Int64
    gave_up: bool = False

    def part(self, rows: NDArray[np.bool_]) -> Arrivals:
        """Some of them."""
        status, node, time, caught, edge = self.ends
        ends = Ends(status[rows], node[rows], time[rows], caught[rows], edge[rows])
        return Arrivals(self.parties[rows], ends, self.target[rows], self.gave_up)


OnArrival = Callable[[Arrivals], None]


class Traffic:
    """Moves vehicles and people of one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.car = vehicle_classes()["car"]
        self.closed: NDArray[np.bool_] | None = None
        self.on_arrival: OnArrival = _nobody_waits
        self._pace: list[int] = run.world.parties.walk_mm_s.tolist()
        self._leaving: list[tuple[int, CarGroup]] = []
        self._submitted = 0
        self._called_off = np.zeros(len(run.world.parties), dtype=np.int64)
        self._driving: list[Arrivals] = []
        self._blocked: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._next_round = NEVER

    def close(self, edges: Int64) -> None:
        """Close edges by order from now on; who is on them finishes them."""
        if self.closed is None:
            self.closed = np.zeros(getattr(self.run.world.roads, "n_edges", 0), dtype=np.bool_)
        self.closed[edges] = True

    def walk(self, party: int, depart_ms: int, length_mm: int) -> int:
        """Arrival time on foot over a path of a stated length, at the party's own pace."""
        return depart_ms - (-length_mm * 1000 // self._pace[party])

    # -- vehicles of the fleet ----------------------------------------------------------------

    def drive(self, vehicle: VehicleClass, origin: int, target: int) -> simpy.Event:
        """One vehicle of the fleet sets out now; the event's value is its ``Drive``.

        Drivers on duty know of roads closed by order and are let through.
        """
        run, now = self.run, self.run.now
        ended = run.view.router.drive_one(origin, target, vehicle, now, run.speed_q16(now))
        return run.env.timeout(ended.time_ms - now, ended)

    # -- own cars -----------------------------------------------------------------------------

    def submit(self, group: CarGroup) -> None:
        """Parties leave by own car at their times; they come back through ``on_arrival``."""
        self._submitted += 1
        self._leaving.append((self._submitted, group))
        self._plan_round(int(group.depart_ms.min()))

    def call_off(self, parties: Int64) -> None:
        """Parties that have not left yet do not leave as submitted."""
        self._called_off[parties] = self._submitted

    def _plan_round(self, moment: int) -> None:
        """The round that ends after a moment will be played."""
        end = (max(moment, self.run.now) // ROUND_MS + 1) * ROUND_MS
        if end < self._next_round:
            self._next_round = end
            self.run.at(end, self._round, end)

    def _round(self, end: int) -> None:
        """Everyone who left in this round drives on what was known at its beginning."""
        if end != self._next_round:
            return
        self._next_round = NEVER
        still = [(n, g.part(self._called_off[g.parties] < n)) for n, g in self._leaving]
        self._leaving = [(n, group) for n, group in still if len(group.parties)]
        if self._leaving:
            groups = [group for _, group in self._leaving]
            waiting = CarGroup(*(np.concatenate(c) for c in zip(*groups, strict=True)))
            goes = waiting.depart_ms < end
            self._leaving = [] if goes.all() else [(self._submitted, waiting.part(~goes))]
            if goes.any():
                self._driving.append(self._launch(waiting.part(goes), end - ROUND_MS))
        self._deliver(end)
        for _, group in self._leaving:
            self._plan_round(int(group.depart_ms.min()))
        for batch in self._driving:
            self._plan_round(int(batch.ends.time_ms.min()))

    def _launch(self, group: CarGroup, known_at: int) -> Arrivals:
        run, day = self.run, self.run.road_speed_q16
        night = np.array([run.is_night(t) for t in group.depart_ms.tolist()], dtype=np.bool_)
        drivers = Drivers(
            group.origin.astype(np.int32),
            group.depart_ms,
            group.willing_mm,
            np.where(night, run.night_speed_q16, day).astype(np.int32),
        )
        cars = Cars(drivers, group.target, self.closed)
        ends = run.view.router.drive_many(cars, self.car, known_at)
        return Arrivals(group.parties, ends, group.target)

    def _deliver(self, now: int) -> None:
        """Hand over everyone whose drive has ended by now."""
        still = []
        for batch in self._driving:
            there = batch.ends.time_ms <= now
            if there.any():
                self.on_arrival(batch.part(there))
            if not there.all():
                still.append(batch.part(~there))
        self._driving = still

    # -- cars at a cut road -------------------------------------------------------------------

    def wait_for_road(self, party: int, node: int, target: int) -> None:
        """A blocked car waits at its node until the known roads change, then tries again."""
        key = (node, target)
        if key in self._blocked:
            self._blocked[key].append((party, self.run.now))
            return
        self._blocked[key] = [(party, self.run.now)]
        self._look_again(key)

    def _look_again(self, key: tuple[int, int]) -> None:
        run = self.run
        out_of_patience = max(self._blocked[key][0][1] + PATIENCE_MS, run.now + 1)
        run.at(min(run.view.router.next_change(run.now), out_of_patience), self._retry, key)

    def _retry(self, key: tuple[int, int]) -> None:
        """Cars blocked at a node set out when the known roads let them; after a while some turn."""
        run, (node, target) = self.run, key
        open_again = run.view.router.times_to(target, self.car, run.now)[node] < NEVER
        waiting = self._blocked.pop(key)
        patient = [w for w in waiting if run.now - w[1] < PATIENCE_MS]
        going = waiting if open_again else [w for w in waiting if run.now - w[1] >= PATIENCE_MS]
        for party, since in going:
            run.waited(Kind.WAIT_ROAD, party, node, since)
        parties, n = np.array([party for party, _ in going], dtype=np.int64), len(going)
        if open_again:
            careful = np.zeros(n, dtype=np.int32)
            here, there = np.full(n, node), np.full(n, target)
            self.submit(CarGroup(parties, np.full(n, run.now), careful, here, there))
            return
        if n:
            ends, bound_for = _given_up(n, node, run.now), np.full(n, target)
            self.on_arrival(Arrivals(parties, ends, bound_for, gave_up=True))
        if patient:
            self._blocked[key] = patient
            self._look_again(key)


def _nobody_waits(arrivals: Arrivals) -> None:
    raise RuntimeError("cars arrived before the residents were put in place")


def _given_up(n: int, node: int, now: int) -> Ends:
    """Ends of cars that have waited long enough at a cut road."""
    return Ends(
        np.full(n, Trip.NO_ROUTE, dtype=np.int8),
        np.full(n, node, dtype=np.int32),
        np.full(n, now, dtype=np.int64),
        np.full(n, NEVER, dtype=np.int64),
        np.full(n, -1, dtype=np.int32),
    )
