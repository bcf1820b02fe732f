"""The one door for everything that moves: hand it over, and it comes back as an arrival event.

Inside: free flow, flooded speeds and closures. Nobody outside this file knows when somebody will
arrive, so queues can take the place of free flow here without a change elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind
from sim.roads.passability import VehicleClass
from sim.roads.routing import Drivers, Trip
from sim.state import Run

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Arrival:
    """How a drive ended: status as in ``Trip``, road node, and when water caught it on the way."""

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
            self.run.at(first, partial(self._launch, part, on_arrival))
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
        for i in range(n):
            party = int(group.parties[i])
            arrival = Arrival(
                Trip(int(ends.status[i])), int(ends.node[i]), int(ends.edge[i]),
                int(ends.caught_ms[i]),
            )  # fmt: skip
            self._deliver(party, arrival, int(ends.time_ms[i]), on_arrival)

    def _deliver(
        self, party: int, arrival: Arrival, when: int, on_arrival: Callable[[int, Arrival], None]
    ) -> None:
        self.run.at(when, partial(on_arrival, party, arrival))

    def again(
        self, party: int, node: int, target: int, vehicle: VehicleClass,
        on_arrival: Callable[[int, Arrival], None],
    ) -> None:  # fmt: skip
        """A blocked car waits at its node until the known roads change, then tries again."""
        run = self.run
        since, change = run.now, run.view.router.next_change(run.now)
        if change >= min(NEVER, run.world.horizon_ms):
            return

        def retry() -> None:
            run.waited(Kind.WAIT_ROAD, party, node, since)
            group = CarGroup(
                np.array([party]), np.array([run.now]), np.zeros(1, dtype=np.int32),
                node, target, vehicle,
            )  # fmt: skip
            self._launch(group, on_arrival)

        run.at(change, retry)

    def walk(self, parties: Int64, depart_ms: Int64, length_mm: int) -> Int64:
        """Arrival times on foot over a path of a stated length, at each party's own pace."""
        pace = self.run.world.parties.walk_mm_s[parties]
        return depart_ms + -(-length_mm * 1000 // pace)
