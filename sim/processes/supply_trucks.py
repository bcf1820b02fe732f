"""Trucks with supplies: loaded at a store, on the same roads as everybody, unloaded, back.

A truck takes what is wanted first, and what else is wanted as long as it has room: a round of a
few places, the nearest first. Where a road is closed it goes on to the next place.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
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
from sim.processes.supply_setting import trucks_of
from sim.roads.passability import vehicle_classes
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.schema.plan_forces import Supplies as SuppliesSpec
from sim.state import Process

Int64 = NDArray[np.int64]
ROAD_SHUT_MS = 30 * MS_PER_MIN
"""Pause of a truck that found its road closed (judgement)."""


CLASS_OF = {"light": "minibus", "heavy": "truck"}
"""Vehicle class by whose size, weight and depth of water a truck is judged."""


@dataclass(frozen=True, eq=False)
class Load:
    """What goes to one place; ``size``: persons whose share it is; ``handed_over``: an event."""

    holder: int
    amounts: Int64
    size: int
    handed_over: simpy.Event


class SupplyTrucks:
    """The trucks and loading bays of all stores; trucks are numbered store after store."""

    def __init__(self, engine: Engine, spec: SuppliesSpec, stock: Stock) -> None:
        self.engine, self.run, self.spec, self.stock = engine, engine.run, spec, stock
        world, env = self.run.world, self.run.env
        self.truck = vehicle_classes()[CLASS_OF[spec.truck_size]]
        first = np.cumsum([0, *trucks_of(world.stores, spec)]).tolist()
        self._standing = [list(range(a, b)) for a, b in pairwise(first)]
        self._wanted: list[list[Load]] = [[] for _ in world.stores]
        self._bays = [simpy.Resource(env, spec.bays) for _ in world.stores]
        self._keys = [stable_key("store:" + row.id) for row in world.stores]
        staged = self.run.plan.store_place
        stores = [staged.get(row.id, world.store_place + k) for k, row in enumerate(world.stores)]
        shelters = world.shelter_place + np.arange(len(world.shelters))
        self._places: list[int] = np.concatenate([stores, shelters]).tolist()
        self._nodes: list[int] = world.places.node[self._places].tolist()
        self._rounds = [0] * len(world.stores)
        names = ("approve_min", "pick_min", "load_min", "hand_over_min")
        self._minutes = {name: compile_minutes(getattr(spec, name)) for name in names}

    def place(self, holder: int) -> int:
        """Place row of a store or shelter."""
        return self._places[holder]

    def has_road(self, store: int, holder: int) -> bool:
        """Whether a truck finds a way there on the roads as known now."""
        router = self.run.view.router
        # which nodes are joined to a store is much cheaper than how far each is
        reached = router.reached_from([self._nodes[store]], self.truck, self.run.now)
        return bool(reached[self._nodes[holder]])

    def dry_times(self, store: int) -> Int64:
        """Drive from a store to every store and shelter on dry roads, int64[holder]."""
        times = self.run.view.router.dry_times_from(self._nodes[store], self.truck)
        dry: Int64 = times[self._nodes]
        return dry

    def takes(self, name: str, key: int, number: int) -> simpy.Event:
        """A keyed wait: approval, picking, loading, handing over."""
        what: Compiled = self._minutes[name]
        return self.run.timeout(self.run.draw(f"supplies/{name}", what, key, number))

    def send(self, store: int, holder: int, amounts: Int64, size: int) -> simpy.Event:
        """A load is wanted from a store; the event is its hand-over."""
        load = Load(holder, amounts, size, self.run.env.event())
        self._wanted[store].append(load)
        self._set_out(store)
        return load.handed_over

    def _set_out(self, store: int) -> None:
        """Trucks that stand at a store take what is wanted of it."""
        while self._wanted[store] and self._standing[store]:
            truck = heappop(self._standing[store])
            self._rounds[store] += 1
            self.run.start(self._round(store, truck, self._pack(store), self._rounds[store]))

    def _pack(self, store: int) -> list[Load]:
        """What was wanted first, and what else fits beside it; in the order of the round."""
        packed: list[Load] = []
        room = self.spec.truck_persons
        for load in list(self._wanted[store]):
            if not packed or (load.size <= room and len(packed) < self.spec.stops):
                packed.append(load)
                room -= load.size
                self._wanted[store].remove(load)
        if len(packed) > 1:
            away = self.dry_times(store)
            packed.sort(key=lambda load: (int(away[load.holder]), load.holder))
        return packed

    def _round(self, store: int, truck: int, loads: list[Load], number: int) -> Process:
        """Picked and loaded, driven from place to place and handed over; then back."""
        key, home = self._keys[store], self._places[store]
        with self._bays[store].request() as bay:
            yield bay
            self._log(truck, home, TruckStatus.LOADING)
            yield self.takes("pick_min", key, number)
            yield self.takes("load_min", key, number)
        for load in loads:
            self._log_load(Kind.SUPPLY_SENT, home, load.amounts)
        node = self._nodes[store]
        while loads:
            load = loads.pop(0)
            node = yield from self._drive(truck, node, load.holder, TruckStatus.SENT)
            if node != self._nodes[load.holder]:
                loads.append(load)
                continue
            place = self._places[load.holder]
            self._log(truck, place, TruckStatus.UNLOADING)
            yield self.takes("hand_over_min", key, number)
            self.stock.hand_over(load.holder, load.amounts)
            self._log_load(Kind.SUPPLY_ARRIVED, place, load.amounts)
            load.handed_over.succeed()
        while node != self._nodes[store]:
            node = yield from self._drive(truck, node, store, TruckStatus.BACK)
        self._log(truck, home, TruckStatus.STANDS)
        heappush(self._standing[store], truck)
        self._set_out(store)

    def _drive(
        self, truck: int, node: int, holder: int, status: TruckStatus
    ) -> Generator[simpy.Event, Any, int]:
        """One drive on the roads as everybody, and where it ended; a pause where it was stopped."""
        target, place = self._nodes[holder], self._places[holder]
        self._log(truck, place, status)
        if node == target:
            return node
        ended: Drive = yield self.engine.traffic.drive(self.truck, node, target)
        if ended.status != Trip.ARRIVED:
            self._log(truck, place, TruckStatus.ROAD_SHUT)
            yield self.run.timeout(ROAD_SHUT_MS)
        return ended.node

    def _log(self, truck: int, place: int, status: TruckStatus) -> None:
        self.run.log.add(self.run.now, Kind.SUPPLY_TRUCK, truck, place, int(status))

    def _log_load(self, kind: Kind, place: int, amounts: Int64) -> None:
        for item in np.flatnonzero(amounts).tolist():
            self.run.log.add(self.run.now, kind, item, place, int(amounts[item]))
