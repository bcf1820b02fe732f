"""The one door for everything that moves: hand it over, and it comes back as an arrival event.

Behind it stand roads with queues, or free flow. Nobody outside knows when somebody will arrive.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.cars import Arrivals, CarGroup
from sim.clock import MS_PER_MIN, NEVER
from sim.free_flow import FreeFlow
from sim.log import Kind
from sim.queued_roads import QueuedRoads
from sim.roads.defaults import read_defaults
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.routing import Ends, Trip
from sim.state import Run

Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]

PATIENCE_MS = round(read_defaults("traffic.csv")["patience_min"] * MS_PER_MIN)
"""Families in a car wait this long at a cut road, then look for another way."""

ROUND_MS = 10 * 60_000
"""Own cars set out and are heard of in rounds of this length. Their times are exact."""

OnArrival = Callable[[Arrivals], None]


class Controls(Protocol):
    """What can be done to roads."""

    def close(self, edges: Int64) -> None:
        """Close edges to the public from now on; who is on them finishes them."""
        ...

    def reopen(self, edges: Int64) -> None:
        """Open edges to the public again."""
        ...

    def contraflow(self, edges: Int64, on: bool, *, tidal: bool = False) -> None:
        """Edges take the lanes of the other direction too, or give them back."""
        ...

    def hold(self, edges: Int64, until_ms: int) -> None:
        """Everybody waits before some edges until a moment; who is on them drives on."""
        ...

    def control(self, edges: Int64, factors: Floats, on: bool) -> None:
        """The capacity of edges changes by factors, or is as before."""
        ...

    def crash(self, edge: int, lanes: int, ends_ms: int) -> None:
        """A crash takes lanes of an edge until a moment."""
        ...

    def clear(self, code: str, edges: Int64, steps: slice) -> None:
        """What layers of a scale have put on edges is taken away for some steps to come."""
        ...

    def driven_m(self) -> Int64:
        """Metres that all vehicles together have driven on every edge so far, int64[n_edges]."""
        ...


class Roads(Protocol):
    """What moves vehicles behind the door."""

    @property
    def controls(self) -> Controls:
        """What can be done to the roads."""
        ...

    @property
    def due_ms(self) -> int:
        """Moment before which nothing happens on the roads that a process waits for."""
        ...

    def play(self, until: int) -> None:
        """Move everything up to a moment, or up to the first end that a process waits for."""
        ...

    def drive(self, vehicle: VehicleClass, origin: int, target: int) -> simpy.Event:
        """One vehicle of the fleet sets out now; the event's value is its ``Drive``."""
        ...

    def launch(self, group: CarGroup) -> None:
        """Cars set out at their times, now or later."""
        ...

    def launch_shadow(self, group: CarGroup) -> None:
        """Cars that only fill the roads set out at their times."""
        ...

    def withdraw(self, parties: Int64) -> None:
        """Cars that have not left yet do not leave."""
        ...

    def arrived(self) -> list[Arrivals]:
        """Drives of cars that have ended by now and were not told before."""
        ...

    def finish(self) -> None:
        """Log what is left on the roads at the end."""
        ...

    def next_arrival_ms(self) -> int:
        """Moment before which no further drive of a car ends; NEVER for none."""
        ...


class Traffic:
    """Moves vehicles and people of one run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.car = vehicle_classes()["car"]
        self.on_arrival: OnArrival = _nobody_waits
        self._pace: list[int] = run.world.parties.walk_mm_s.tolist()
        queues = isinstance(run.world.roads, Network) and run.world.spec.traffic.queues
        self.roads: Roads = QueuedRoads(run) if queues else FreeFlow(run)
        run.roads = self.roads
        self._leaving: list[tuple[int, CarGroup]] = []
        self._next_leaves = NEVER
        self._submitted = 0
        self._called_off = np.zeros(len(run.world.parties), dtype=np.int64)
        self._blocked: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._next_round = NEVER

    def close(self, edges: Int64) -> None:
        """Close edges to the public by order from now on; who is on them finishes them."""
        self.roads.controls.close(edges)

    def walk(self, party: int, depart_ms: int, length_mm: int) -> int:
        """Arrival time on foot over a path of a stated length, at the party's own pace."""
        return depart_ms - (-length_mm * 1000 // self._pace[party])

    def drive(self, vehicle: VehicleClass, origin: int, target: int) -> simpy.Event:
        """One vehicle of the fleet sets out now; the event's value is its ``Drive``.

        Drivers on duty know of roads closed by order and are let through.
        """
        return self.roads.drive(vehicle, origin, target)

    # -- own cars -----------------------------------------------------------------------------

    def submit(self, group: CarGroup) -> None:
        """Parties leave by own car at their times; they come back through ``on_arrival``."""
        self._submitted += 1
        now_goes = group.depart_ms < (self.run.now // ROUND_MS + 1) * ROUND_MS
        if now_goes.any():
            self.roads.launch(group.part(now_goes))
        if not now_goes.all():
            self._leaving.append((self._submitted, group.part(~now_goes)))
            self._next_leaves = min(self._next_leaves, int(group.depart_ms[~now_goes].min()))
        self._plan_round()

    def call_off(self, parties: Int64) -> None:
        """Parties that have not left yet do not leave as submitted."""
        self._called_off[parties] = self._submitted
        self.roads.withdraw(parties)

    def submit_shadow(self, group: CarGroup) -> None:
        """Cars of people outside the lists, numbered behind the parties; nobody asks after them."""
        rounds = np.maximum(group.depart_ms // ROUND_MS, self.run.now // ROUND_MS)
        for k in np.unique(rounds).tolist():
            self.run.at(k * ROUND_MS, self.roads.launch_shadow, group.part(rounds == k))

    def _plan_round(self) -> None:
        """Look again when the next one leaves, or when a car may have arrived."""
        moment, arrives = self._next_leaves, self.roads.next_arrival_ms()
        if moment < NEVER:
            moment = moment // ROUND_MS * ROUND_MS
        if arrives < NEVER:
            at = -(-max(arrives, self.run.now + 1) // ROUND_MS) * ROUND_MS
            moment = min(moment, at)
        if moment < self._next_round:
            self._next_round = moment
            self.run.at(moment, self._round, moment)

    def _round(self, moment: int) -> None:
        """Tell of those who have arrived, and let those of the next round set out."""
        if moment != self._next_round:
            return
        self._next_round = NEVER
        for batch in self.roads.arrived():
            self.on_arrival(batch)
        if self._next_leaves < moment + ROUND_MS:
            self._set_out(moment + ROUND_MS)
        self._plan_round()

    def _set_out(self, end: int) -> None:
        """Hand over everyone who leaves before the end of this round."""
        numbers = np.repeat(
            [n for n, _ in self._leaving], [len(g.parties) for _, g in self._leaving]
        )
        groups = [group for _, group in self._leaving]
        waiting = CarGroup(*(np.concatenate(c) for c in zip(*groups, strict=True)))
        stands = self._called_off[waiting.parties] < numbers
        goes, later = stands & (waiting.depart_ms < end), stands & (waiting.depart_ms >= end)
        self._leaving, self._next_leaves = [], NEVER
        if later.any():
            self._leaving = [(self._submitted, waiting.part(later))]
            self._next_leaves = int(waiting.depart_ms[later].min())
        if goes.any():
            self.roads.launch(waiting.part(goes))

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
