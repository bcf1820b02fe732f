"""Supplies 物资: from the stores to the shelters, on the same roads, used by whoever is there.

A shelter asks (or the county sends unasked), somebody approves, a store picks and loads, a truck
drives, the shelter takes over. Times without something that people need count as short.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.draws import stable_key
from sim.draws_tables import Compiled, compile_minutes
from sim.engine import Engine
from sim.io.supply_standards import MILLI, supplied, supply_standards
from sim.log import Kind
from sim.processes.stock import Needs, Stock
from sim.roads.passability import vehicle_classes
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.schema.plan import Supplies as SuppliesSpec
from sim.state import Process
from sim.states import State
from sim.world import World

Int64 = NDArray[np.int64]
STEP_MS = 15 * MS_PER_MIN
"""How often what is used is taken from the stock, and stocks are looked at."""

ASK_AGAIN_MS = 30 * MS_PER_MIN
"""Pause of a truck that found its road closed."""


class Supplies:
    """Stores, trucks and shelters of one run."""

    def __init__(self, engine: Engine, spec: SuppliesSpec) -> None:
        self.engine, self.run, self.spec = engine, engine.run, spec
        world, env = self.run.world, engine.run.env
        self.n_shelters = len(world.shelters)
        self.stock = Stock(*_in_stores(world))
        self.truck = vehicle_classes()["truck"]
        self.trucks = [simpy.Resource(env, spec.trucks) for _ in world.stores]
        self.bays = [simpy.Resource(env, spec.bays) for _ in world.stores]
        self.store_nodes = world.places.node[world.store_place + np.arange(len(world.stores))]
        first = world.shelter_place
        self.nodes = world.places.node[first + np.arange(self.n_shelters)]
        self._asked = [False] * self.n_shelters
        self._requests = self._loads = 0
        self._minutes = {
            name: compile_minutes(getattr(spec, name))
            for name in ("approve_min", "pick_min", "load_min", "hand_over_min")
        }

    # -- people -------------------------------------------------------------------------------

    def persons(self) -> Int64:
        """Persons in every shelter now, counted at the gate or inside."""
        people, world = self.run.people, self.run.world
        there = np.isin(people.state, (State.SHELTERED, State.IN_HOSPITAL))
        row = people.place[there] - world.shelter_place
        sizes = world.parties.size[there]
        known = (row >= 0) & (row < self.n_shelters)
        counts = np.bincount(row[known], sizes[known], minlength=self.n_shelters)
        return counts.astype(np.int64)

    def step(self) -> None:
        """A quarter of an hour has passed: what was used, who lacked something, who asks."""
        run, stock = self.run, self.stock
        persons, before = self.persons(), stock.used.copy()
        short = stock.use(persons, STEP_MS) & (persons > 0)
        first = run.world.shelter_place
        for shelter, item in np.argwhere(stock.used > before).tolist():
            amount = int(stock.used[shelter, item] - before[shelter, item])
            run.log.add(run.now, Kind.SUPPLY_USED, item, first + shelter, amount)
        for shelter in np.flatnonzero(short).tolist():
            lacked = int(persons[shelter]) * STEP_MS
            run.log.add(run.now, Kind.SUPPLY_SHORT, shelter, first + shelter, lacked)
        for shelter in np.flatnonzero(persons).tolist():
            if self._wants(shelter, int(persons[shelter]), bool(short[shelter])):
                self._ask(shelter, int(persons[shelter]))
        if run.now + STEP_MS <= run.world.horizon_ms:
            run.at(run.now + STEP_MS, self.step)

    def _wants(self, shelter: int, persons: int, short: bool) -> bool:
        """Whether a shelter asks for more now."""
        if self._asked[shelter] or self.spec.rule == "push":
            return False
        if self.spec.rule == "pull":
            return short
        floor = self.stock.needs.for_persons(persons, self.spec.threshold_h)
        return bool((self.stock.shelter[shelter] < floor).any())

    def push(self, event: simpy.Event | None = None) -> None:
        """At the first order to move: to every open shelter, for a share of its places."""
        for shelter, row in enumerate(self.run.world.shelters):
            persons = round(row.capacity * self.spec.push_share)
            if persons and self.engine.shelters.is_open(shelter):
                self._ask(shelter, persons)

    # -- requests -----------------------------------------------------------------------------

    def _ask(self, shelter: int, persons: int) -> None:
        self._asked[shelter] = True
        self._requests += 1
        self.run.start(self._request(shelter, persons, self._requests))

    def _request(self, shelter: int, persons: int, number: int) -> Process:
        """Approval, then truckloads until what is wanted is on its way or nothing is left."""
        key = stable_key("shelter:" + self.run.world.shelters[shelter].id)
        yield self._takes("approve_min", key, number)
        stock, spec = self.stock, self.spec
        wanted = stock.needs.for_persons(persons, spec.cover_h)
        wanted = np.maximum(wanted - stock.shelter[shelter] - stock.coming[shelter], 0)
        most = stock.needs.for_persons(spec.truck_persons, spec.cover_h)
        trips = []
        while wanted.any() and (store := self._store(shelter, wanted)) >= 0:
            amounts = stock.load(store, shelter, np.minimum(wanted, most))
            wanted -= amounts
            self._loads += 1
            trips.append(self.run.env.process(self._trip(store, shelter, amounts, self._loads)))
        yield self.run.env.all_of(trips) if trips else self.run.timeout(ASK_AGAIN_MS)
        self._asked[shelter] = False

    def _store(self, shelter: int, wanted: Int64) -> int:
        """The nearest store by truck that has any of it and a road there, -1 for none."""
        run = self.run
        times = run.view.router.times_to(int(self.nodes[shelter]), self.truck, run.now)
        has = ((self.stock.store > 0) & (wanted > 0)).any(axis=1)
        reach = [(int(times[self.store_nodes[k]]), k) for k in np.flatnonzero(has).tolist()]
        ms, store = min(reach, default=(NEVER, -1))
        return store if ms < NEVER else -1

    def _trip(self, store: int, shelter: int, amounts: Int64, number: int) -> Process:
        """One truckload: picked, loaded, driven, handed over; then back for the next."""
        run, key = self.run, stable_key("store:" + self.run.world.stores[store].id)
        place = run.world.shelter_place + shelter
        here, there = int(self.store_nodes[store]), int(self.nodes[shelter])
        with self.trucks[store].request() as truck:
            yield truck
            with self.bays[store].request() as bay:
                yield bay
                yield self._takes("pick_min", key, number)
                yield self._takes("load_min", key, number)
            self._log(Kind.SUPPLY_SENT, place, amounts)
            yield from self._drive(here, there)
            yield self._takes("hand_over_min", key, number)
            self.stock.hand_over(shelter, amounts)
            self._log(Kind.SUPPLY_ARRIVED, place, amounts)
            yield from self._drive(there, here)

    def _drive(self, origin: int, target: int) -> Generator[simpy.Event, Any, None]:
        """On the roads as everybody; where they are closed, wait and try again."""
        while origin != target:
            ended: Drive = yield self.engine.traffic.drive(self.truck, origin, target)
            origin = ended.node
            if ended.status != Trip.ARRIVED:
                yield self.run.timeout(ASK_AGAIN_MS)

    # -- small --------------------------------------------------------------------------------

    def _takes(self, name: str, key: int, number: int) -> simpy.Event:
        what: Compiled = self._minutes[name]
        return self.run.timeout(self.run.draw(f"supplies/{name}", what, key, number))

    def _log(self, kind: Kind, place: int, amounts: Int64) -> None:
        for item in np.flatnonzero(amounts).tolist():
            self.run.log.add(self.run.now, kind, item, place, int(amounts[item]))


def _in_stores(world: World) -> tuple[Int64, int, Needs]:
    """Stock of every store, shelters, and needs: items for which there is a standard."""
    known, kinds = supply_standards(), supplied(world.items)
    column = {kind: k for k, kind in enumerate(kinds)}
    store = {row.id: k for k, row in enumerate(world.stores)}
    stock = np.zeros((len(store), len(kinds)), dtype=np.int64)
    for row in world.items:
        if (row.name, row.unit) in column:
            stock[store[row.store], column[row.name, row.unit]] += row.stock * MILLI
    needs = Needs(
        tuple(name for name, _ in kinds),
        np.array([known[kind].milli for kind in kinds], dtype=np.int64),
        np.array([known[kind].per_day for kind in kinds], dtype=np.bool_),
    )
    return stock, len(world.shelters), needs


def begin(engine: Engine) -> None:
    """Supplies of a plan that has any; else nothing is simulated and nothing is logged."""
    run, spec = engine.run, engine.run.plan.spec.supplies
    if spec is None or not run.world.stores or not run.world.shelters:
        return
    supplies = Supplies(engine, spec)
    if not supplies.stock.needs.names:
        return
    engine.supplies = supplies
    run.at(STEP_MS, supplies.step)
    if spec.rule == "push":
        run.first_move.callbacks.append(supplies.push)
