"""The dispatcher: gives tasks to vehicles that are free, when demand is reported.

Free vehicles wait in the order in which they became free. The dispatcher looks again when a
report comes in (on full minutes), when a vehicle becomes free, or when roads change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.log import Kind
from sim.pickups import Pickup
from sim.processes.vehicle import VehicleTrip
from sim.roads.network import Network

if TYPE_CHECKING:
    from sim.processes.transfer import Fleet


class Dispatcher:
    """Matches free vehicles and pick-up points by the plan's rule."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.idle: dict[int, tuple[simpy.Event, VehicleTrip]] = {}
        self._none = np.zeros(len(fleet.pickups), dtype=np.bool_)
        self._beyond: dict[tuple[str, int], tuple[int, NDArray[np.bool_]]] = {}
        self._next_look = NEVER
        self._seen: tuple[int, list[tuple[str, NDArray[np.bool_]]]] = (-1, [])

    def ask(self, number: int, trip: VehicleTrip) -> simpy.Event:
        """A free vehicle asks for a task: the event's value is (pick-up row, seats)."""
        run = self.fleet.engine.run
        task = run.env.event()
        self.fleet.demand.update(run.now)
        if not self._assign(number, task, trip):
            self.idle[number] = (task, trip)
            self._plan_next_look()
        return task

    def all_cut_off_from(self, pickup: Pickup) -> bool:
        """Vehicles of the right kind are on duty, and none of them finds a way to a stop now."""
        run, kinds = self.fleet.engine.run, self.fleet.kinds_for(pickup)
        if not isinstance(run.world.roads, Network):
            return False  # a matrix of minutes knows no water, and no way from under way
        reached = [nodes for kind, nodes in self._reached() if kind in kinds]
        return bool(reached) and not any(nodes[pickup.node] for nodes in reached)

    def _reached(self) -> list[tuple[str, NDArray[np.bool_]]]:
        """Kind of vehicle, and the nodes that one of a class on duty finds a way to now."""
        run = self.fleet.engine.run
        if self._seen[0] != run.now:
            standing: dict[str, tuple[VehicleTrip, list[int]]] = {}
            for trip in self.fleet.on_duty.values():
                standing.setdefault(trip.vehicle_class.name, (trip, []))[1].append(trip.node)
            router = run.view.router
            reached = [
                (
                    trip.vehicle.vehicle_class,
                    router.reached_from(nodes, trip.vehicle_class, run.now),
                )
                for trip, nodes in standing.values()
            ]
            self._seen = (run.now, reached)
        return self._seen[1]

    def expect(self, known_ms: int) -> None:
        """A report will come at known_ms."""
        if self.idle:
            self._look_at(known_ms)

    def offer_here(self, node: int) -> None:
        """People have just been brought to a node: vehicles that stand idle there come first."""
        self.fleet.demand.update(self.fleet.engine.run.now)
        for number, (task, trip) in list(self.idle.items()):
            if trip.node == node and self._assign(number, task, trip):
                del self.idle[number]

    def _assign(self, number: int, task: simpy.Event, trip: VehicleTrip) -> bool:
        """Give the vehicle a task now, if there is one for it."""
        fleet, run = self.fleet, self.fleet.engine.run
        offer = fleet.offer(trip)
        choice = fleet.rule.choose(trip.vehicle.id, offer) if offer else -1
        if offer is None or choice < 0:
            return False
        row = int(offer.pickup[choice])
        # all its seats: whoever is reported while it drives there needs no second vehicle
        fleet.demand.promise(row, trip.seats, run.now)
        place = fleet.pickups[row].place
        run.log.add(run.now, Kind.DISPATCH, number, place, len(offer.pickup))
        task.succeed((row, trip.seats))
        return True

    def _look(self) -> None:
        run = self.fleet.engine.run
        if run.now != self._next_look:
            return
        self._next_look = NEVER
        self.fleet.demand.update(run.now)
        roads = run.view.router.next_change(run.now)
        wanting: dict[str, NDArray[np.int64]] = {}
        for number, (task, trip) in list(self.idle.items()):
            name = trip.vehicle_class.name
            if name not in wanting:
                wanting[name] = self.fleet.wanting(trip)
            if not len(wanting[name]):
                continue
            # what could not be reached from here on these roads cannot be reached now either
            known, beyond = self._beyond.get((name, trip.node), (NEVER, self._none))
            if known == roads and beyond[wanting[name]].all():
                continue
            if self._assign(number, task, trip):
                del self.idle[number]
                del wanting[name]
            else:
                beyond = beyond.copy() if known == roads else self._none.copy()
                beyond[wanting[name]] = True
                self._beyond[name, trip.node] = (roads, beyond)
        if self.idle:
            self._plan_next_look()

    def _plan_next_look(self) -> None:
        run, demand = self.fleet.engine.run, self.fleet.demand
        self._look_at(demand.next_report())
        unserved = demand.known > demand.assigned
        if unserved.any():
            self._look_at(run.view.router.next_change(run.now))
            ripe = demand.since[unserved] + self.fleet.gather_ms
            later = ripe[ripe > run.now]
            if len(later):
                self._look_at(int(later.min()))

    def _look_at(self, moment: int) -> None:
        """Look at a moment, on full minutes: whoever else stands idle does not shift them."""
        run = self.fleet.engine.run
        moment = -(-max(moment, run.now) // MS_PER_MIN) * MS_PER_MIN
        if moment < self._next_look and moment <= run.world.horizon_ms:
            self._next_look = moment
            run.at(moment, self._look)
