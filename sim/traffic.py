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
from sim.roads.passability import VehicleClass
from sim.roads.routing import Drivers, Trip
from sim.state import Run

Int64 = NDArray[np.int64]


PATIENCE_MS = 2 * 3_600_000
"""Families in a car wait this long at a cut road before they turn back (judgement)."""


@dataclass(frozen=True)
class Arrival:
    """How a drive ended: status as in ``Trip``, road node, and when water caught it on the way.

    BLOCKED: waits at the node. NO_ROUTE: has given up waiting there and turns back.
    """

    status: Trip
    node: int
    edge: int
    caught_ms: int


@dataclass(frozen=True)
class CarGroup:
    """Parties of one home that leave by own car for one destination."""

    parties: Int64
    depart_ms: Int64
    willing_mm: NDArray[np.int32]
    origin_node: int
    target_node: int
    vehicle: VehicleClass


class Traffic:
    """Moves vehicles and people of one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        n_edges = getattr(run.world.roads, "n_edges", 0)
        self.closed = np.zeros(n_edges, dtype=np.bool_)
        self._any_closed = False
        self._pace: list[int] = run.world.parties.walk_mm_s.tolist()
        self._blocked: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def close(self, edges: Int64) -> None:
        """Close edges by order from now on; who is on them finishes them."""
        self.closed[edges] = True
        self._any_closed = bool(self.closed.any())

    def drive(self, vehicle: VehicleClass, origin: int, target: int) -> simpy.Event:
        """One vehicle sets out now; the event's value is its Arrival."""
        run = self.run
        drivers = Drivers(
            np.array([origin], dtype=np.int32),
            np.array([run.now], dtype=np.int64),
            np.zeros(1, dtype=np.int32),
            np.array([run.speed_q16(run.now)], dtype=np.int32),
        )
        # hired and official drivers know of closed roads and are let through
        ends = run.view.router.drive(target, vehicle, drivers, None)
        arrival = Arrival(
            Trip(int(ends.status[0])), int(ends.node[0]), int(ends.edge[0]),
            int(ends.caught_ms[0]),
        )  # fmt: skip
        return run.env.timeout(int(ends.time_ms[0]) - run.now, arrival)

    def submit(self, group: CarGroup, on_arrival: Callable[[int, Arrival], None]) -> None:
        """Parties leave by own car at their times; each comes back through ``on_arrival``.

        They set out in batches of an information interval, on the roads as known then.
        """
        order = np.argsort(group.depart_ms, kind="stable")
        change = self.run.view.router.next_change
        start = 0
        while start < len(order):
            first = int(group.depart_ms[order[start]])
            limit = change(first)
            stop = start
            while stop < len(order) and group.depart_ms[order[stop]] < limit:
                stop += 1
            rows = order[start:stop]
            part = CarGroup(
                group.parties[rows], group.depart_ms[rows], group.willing_mm[rows],
                group.origin_node, group.target_node, group.vehicle,
            )  # fmt: skip
            self.run.at(first, self._launch, part, on_arrival)
            start = stop

    def _launch(self, group: CarGroup, on_arrival: Callable[[int, Arrival], None]) -> None:
        run, n = self.run, len(group.parties)
        drivers = Drivers(
            np.full(n, group.origin_node, dtype=np.int32),
            group.depart_ms,
            group.willing_mm,
            np.full(n, run.speed_q16(run.now), dtype=np.int32),
        )
        closed = self.closed if self._any_closed else None
        ends = run.view.router.drive(group.target_node, group.vehicle, drivers, closed)
        rows = zip(
            group.parties.tolist(), ends.time_ms.tolist(), ends.status.tolist(),
            ends.node.tolist(), ends.edge.tolist(), ends.caught_ms.tolist(), strict=True,
        )  # fmt: skip
        for party, when, status, node, edge, caught in rows:
            # without a way a car waits like a blocked one
            ended = Trip.BLOCKED if status == Trip.NO_ROUTE else Trip(status)
            run.at(when, on_arrival, party, Arrival(ended, node, edge, caught))

    def again(
        self, party: int, node: int, group: CarGroup, on_arrival: Callable[[int, Arrival], None]
    ) -> None:
        """A blocked car waits at its node until the known roads change, then tries again."""
        key = (node, group.target_node)
        if key in self._blocked:
            self._blocked[key].append((party, self.run.now))
            return
        self._blocked[key] = [(party, self.run.now)]
        self._look_again(key, group, on_arrival)

    def _look_again(
        self, key: tuple[int, int], group: CarGroup, on_arrival: Callable[[int, Arrival], None]
    ) -> None:
        change = self.run.view.router.next_change(self.run.now)
        if change <= self.run.world.horizon_ms:
            self.run.at(change, self._retry, key, group, on_arrival)

    def _retry(
        self, key: tuple[int, int], group: CarGroup, on_arrival: Callable[[int, Arrival], None]
    ) -> None:
        """All cars blocked at a node set out again when the roads as known let them."""
        run, (node, target) = self.run, key
        times = run.view.router.times_to(target, group.vehicle, run.now)
        waiting = self._blocked.pop(key)
        if times[node] >= NEVER:
            patient = []
            for party, since in waiting:
                if run.now - since < PATIENCE_MS:
                    patient.append((party, since))
                else:
                    run.waited(Kind.WAIT_ROAD, party, node, since)
                    on_arrival(party, Arrival(Trip.NO_ROUTE, node, -1, NEVER))
            if patient:
                self._blocked[key] = patient
                self._look_again(key, group, on_arrival)
            return
        for party, since in waiting:
            run.waited(Kind.WAIT_ROAD, party, node, since)
        n = len(waiting)
        parties = np.array([party for party, _ in waiting], dtype=np.int64)
        departs = np.full(n, run.now, dtype=np.int64)
        careful = np.zeros(n, dtype=np.int32)
        again = CarGroup(parties, departs, careful, node, target, group.vehicle)
        self._launch(again, on_arrival)

    def walk(self, party: int, depart_ms: int, length_mm: int) -> int:
        """Arrival time on foot over a path of a stated length, at the party's own pace."""
        return depart_ms - (-length_mm * 1000 // self._pace[party])
