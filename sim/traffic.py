"""The one door for everything that moves: hand it over, and it comes back as an arrival event.

Inside: free flow, flooded speeds and closures. Nobody outside this file knows when somebody will
arrive, so queues can take the place of free flow here without a change elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.routing import Drivers, Ends, Trip
from sim.state import Run

Int64 = NDArray[np.int64]


PATIENCE_MS = 2 * 3_600_000
"""Families in a car wait this long at a cut road before they turn back (judgement)."""


DELIVERY_MS = 10 * 60_000
"""Own cars come back to the run in batches of this length, each with its exact time."""


@dataclass(frozen=True)
class Arrival:
    """How a drive ended: status as in ``Trip``, road node, and when water caught it on the way.

    metres is the length of the way set out on.
    """

    status: Trip
    node: int
    edge: int
    caught_ms: int
    metres: int


@dataclass(frozen=True)
class CarGroup:
    """Parties that leave by own car from one node for one destination."""

    parties: Int64
    depart_ms: Int64
    willing_mm: NDArray[np.int32]
    origin_node: int
    target_node: int

    def part(self, rows: slice | Int64) -> CarGroup:
        """Some of the parties."""
        return CarGroup(
            self.parties[rows],
            self.depart_ms[rows],
            self.willing_mm[rows],
            self.origin_node,
            self.target_node,
        )


@dataclass(frozen=True)
class Arrivals:
    """Drives of own cars that have ended; a row each.

    ends.status: ARRIVED; BLOCKED or NO_ROUTE: stands at the node and finds no way; STALLED: in
    the water. target: node they were bound for. gave_up: the cars have waited at the node long
    enough and turn back.
    """

    parties: Int64
    ends: Ends
    target: Int64
    gave_up: bool = False


OnArrival = Callable[[Arrivals], None]


def _given_up(n: int, node: int, now: int) -> Ends:
    """Ends of cars that have waited long enough at a cut road."""
    return Ends(
        np.full(n, Trip.NO_ROUTE, dtype=np.int8),
        np.full(n, node, dtype=np.int32),
        np.full(n, now, dtype=np.int64),
        np.full(n, NEVER, dtype=np.int64),
        np.full(n, -1, dtype=np.int32),
    )


class Traffic:
    """Moves vehicles and people of one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        n_edges = getattr(run.world.roads, "n_edges", 0)
        self.closed = np.zeros(n_edges, dtype=np.bool_)
        self._any_closed = False
        self.car = vehicle_classes()["car"]
        self._pace: list[int] = run.world.parties.walk_mm_s.tolist()
        self._due: dict[int, list[Arrivals]] = {}
        self._blocked: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def close(self, edges: Int64) -> None:
        """Close edges by order from now on; who is on them finishes them."""
        self.closed[edges] = True
        self._any_closed = bool(self.closed.any())

    def drive(self, vehicle: VehicleClass, origin: int, target: int) -> simpy.Event:
        """One vehicle of the fleet sets out now; the event's value is its Arrival.

        Drivers on duty know of roads closed by order and are let through.
        """
        run = self.run
        ends, metres = run.view.router.drive_one(
            origin, target, vehicle, run.now, run.speed_q16(run.now)
        )
        arrival = Arrival(
            Trip(int(ends.status[0])), int(ends.node[0]), int(ends.edge[0]),
            int(ends.caught_ms[0]), metres,
        )  # fmt: skip
        return run.env.timeout(int(ends.time_ms[0]) - run.now, arrival)

    def submit(self, group: CarGroup, on_arrival: OnArrival) -> None:
        """Parties leave by own car at their times; they come back through ``on_arrival``.

        They set out in batches, on the roads as known when the first of the batch leaves, and
        come back in batches of DELIVERY_MS with their exact times.
        """
        order = np.argsort(group.depart_ms, kind="stable")
        departs = group.depart_ms[order]
        change = self.run.view.router.next_change
        start = 0
        while start < len(order):
            first = int(departs[start])
            stop = int(np.searchsorted(departs, change(first)))
            rows = order[start:stop]
            self.run.at(first, self._launch, group.part(rows), on_arrival)
            start = stop

    def _launch(self, group: CarGroup, on_arrival: OnArrival) -> None:
        run, n = self.run, len(group.parties)
        drivers = Drivers(
            np.full(n, group.origin_node, dtype=np.int32),
            group.depart_ms,
            group.willing_mm,
            np.full(n, run.speed_q16(run.now), dtype=np.int32),
        )
        closed = self.closed if self._any_closed else None
        ends = run.view.router.drive(group.target_node, self.car, drivers, closed)
        horizon = run.world.horizon_ms
        due = -(-ends.time_ms // DELIVERY_MS) * DELIVERY_MS
        due = np.where(ends.time_ms <= horizon, np.minimum(due, horizon), due)
        batch = Arrivals(group.parties, ends, np.full(n, group.target_node))
        if due.min() == due.max():
            self._keep(int(due[0]), batch, on_arrival)
            return
        for moment in np.unique(due).tolist():
            mine = due == moment
            some = Ends(*(column[mine] for column in ends))
            part = Arrivals(batch.parties[mine], some, batch.target[mine])
            self._keep(moment, part, on_arrival)

    def _keep(self, moment: int, batch: Arrivals, on_arrival: OnArrival) -> None:
        if moment not in self._due:
            self._due[moment] = []
            self.run.at(moment, self._deliver, moment, on_arrival)
        self._due[moment].append(batch)

    def _deliver(self, moment: int, on_arrival: OnArrival) -> None:
        """Hand over everyone whose drive has ended by now."""
        batches = self._due.pop(moment)
        columns = zip(*(batch.ends for batch in batches), strict=True)
        ends = Ends(*(np.concatenate(column) for column in columns))
        parties = np.concatenate([b.parties for b in batches])
        on_arrival(Arrivals(parties, ends, np.concatenate([b.target for b in batches])))

    def wait_for_road(self, party: int, node: int, target: int, on_arrival: OnArrival) -> None:
        """A blocked car waits at its node until the known roads change, then tries again."""
        key = (node, target)
        if key in self._blocked:
            self._blocked[key].append((party, self.run.now))
            return
        self._blocked[key] = [(party, self.run.now)]
        self._look_again(key, on_arrival)

    def _look_again(self, key: tuple[int, int], on_arrival: OnArrival) -> None:
        change = self.run.view.router.next_change(self.run.now)
        if change <= self.run.world.horizon_ms:
            self.run.at(change, self._retry, key, on_arrival)

    def _retry(self, key: tuple[int, int], on_arrival: OnArrival) -> None:
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
            now, careful = np.full(n, run.now, dtype=np.int64), np.zeros(n, dtype=np.int32)
            self._launch(CarGroup(parties, now, careful, node, target), on_arrival)
            return
        if n:
            ends, bound_for = _given_up(n, node, run.now), np.full(n, target)
            on_arrival(Arrivals(parties, ends, bound_for, gave_up=True))
        if patient:
            self._blocked[key] = patient
            self._look_again(key, on_arrival)

    def walk(self, party: int, depart_ms: int, length_mm: int) -> int:
        """Arrival time on foot over a path of a stated length, at the party's own pace."""
        return depart_ms - (-length_mm * 1000 // self._pace[party])
