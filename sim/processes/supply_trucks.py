"""Trucks with supplies: loaded at a store, on the same roads as everybody, unloaded, back."""

from __future__ import annotations

from collections.abc import Generator
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN
from sim.draws import stable_key
from sim.draws_tables import Compiled, compile_minutes
from sim.engine import Engine
from sim.log import Kind, TruckStatus
from sim.processes.stock import Stock
from sim.roads.passability import vehicle_classes
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.schema.plan import Supplies as SuppliesSpec
from sim.state import Process

Int64 = NDArray[np.int64]
ROAD_SHUT_MS = 30 * MS_PER_MIN
"""Pause of a truck that found its road closed (judgement)."""


class SupplyTrucks:
    """The trucks and loading bays of all stores; trucks are numbered store after store."""

    def __init__(self, engine: Engine, spec: SuppliesSpec, stock: Stock) -> None:
        self.engine, self.run, self.stock = engine, engine.run, stock
        world, env, each = self.run.world, self.run.env, spec.trucks
        self.truck = vehicle_classes()["truck"]
        self._waiting = [simpy.Resource(env, each) for _ in world.stores]
        self._standing = [list(range(k * each, (k + 1) * each)) for k in range(len(world.stores))]
        for numbers in self._standing:
            heapify(numbers)
        self._bays = [simpy.Resource(env, spec.bays) for _ in world.stores]
        self._keys = [stable_key("store:" + row.id) for row in world.stores]
        stores = world.store_place + np.arange(len(world.stores))
        shelters = world.shelter_place + np.arange(len(world.shelters))
        self._places: list[int] = np.concatenate([stores, shelters]).tolist()
        self.nodes = world.places.node[self._places]
        self._loads = 0
        names = ("approve_min", "pick_min", "load_min", "hand_over_min")
        self._minutes = {name: compile_minutes(getattr(spec, name)) for name in names}

    def place(self, holder: int) -> int:
        """Place row of a store or shelter."""
        return self._places[holder]

    def time_ms(self, store: int, holder: int) -> int:
        """Drive from a store on the roads as known now, NEVER without a way."""
        times = self.run.view.router.times_from(int(self.nodes[store]), self.truck, self.run.now)
        return int(times[self.nodes[holder]])

    def dry_times(self, store: int) -> Int64:
        """Drive from a store to every shelter on dry roads, int64[shelter]."""
        times = self.run.view.router.dry_times_from(int(self.nodes[store]), self.truck)
        dry: Int64 = times[self.nodes[self.stock.n_stores :]]
        return dry

    def takes(self, name: str, key: int, number: int) -> simpy.Event:
        """A keyed wait: approval, picking, loading, handing over."""
        what: Compiled = self._minutes[name]
        return self.run.timeout(self.run.draw(f"supplies/{name}", what, key, number))

    def send(self, store: int, holder: int, amounts: Int64) -> simpy.Event:
        """One truckload sets out as soon as there is a truck; the event is its return."""
        self._loads += 1
        return self.run.env.process(self._trip(store, holder, amounts, self._loads))

    def _trip(self, store: int, holder: int, amounts: Int64, number: int) -> Process:
        """One truckload: picked, loaded, driven, handed over; then back for the next."""
        home, there = self._places[store], self._places[holder]
        with self._waiting[store].request() as free:
            yield free
            truck = heappop(self._standing[store])
            with self._bays[store].request() as bay:
                yield bay
                self._log_truck(truck, home, TruckStatus.LOADING)
                yield self.takes("pick_min", self._keys[store], number)
                yield self.takes("load_min", self._keys[store], number)
            self._log_load(Kind.SUPPLY_SENT, home, amounts)
            yield from self._drive(truck, (store, holder), TruckStatus.SENT)
            self._log_truck(truck, there, TruckStatus.UNLOADING)
            yield self.takes("hand_over_min", self._keys[store], number)
            self.stock.hand_over(holder, amounts)
            self._log_load(Kind.SUPPLY_ARRIVED, there, amounts)
            yield from self._drive(truck, (holder, store), TruckStatus.BACK)
            self._log_truck(truck, home, TruckStatus.STANDS)
            heappush(self._standing[store], truck)

    def _drive(
        self, truck: int, ends: tuple[int, int], status: TruckStatus
    ) -> Generator[simpy.Event, Any, None]:
        """On the roads as everybody; where they are closed, wait and try again."""
        origin, target = int(self.nodes[ends[0]]), int(self.nodes[ends[1]])
        bound_for = self._places[ends[1]]
        self._log_truck(truck, bound_for, status)
        while origin != target:
            ended: Drive = yield self.engine.traffic.drive(self.truck, origin, target)
            origin = ended.node
            if ended.status != Trip.ARRIVED:
                self._log_truck(truck, bound_for, TruckStatus.ROAD_SHUT)
                yield self.run.timeout(ROAD_SHUT_MS)
                self._log_truck(truck, bound_for, status)

    def _log_truck(self, truck: int, place: int, status: TruckStatus) -> None:
        self.run.log.add(self.run.now, Kind.SUPPLY_TRUCK, truck, place, int(status))

    def _log_load(self, kind: Kind, place: int, amounts: Int64) -> None:
        for item in np.flatnonzero(amounts).tolist():
            self.run.log.add(self.run.now, kind, item, place, int(amounts[item]))
