"""Supplies 物资: from the stores to the shelters, on the same roads, used by whoever is there.

A shelter asks (or the county sends unasked), somebody approves, a store picks and loads, a truck
drives, the shelter takes over. Stores may have two levels: those of the townships serve the
shelters and are filled up by the county's; what they do not have comes from the county directly.
Times without something that people need count as short.
"""

from __future__ import annotations

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import stable_key
from sim.engine import Engine
from sim.io.supply_standards import MILLI, supplied, supply_standards
from sim.log import Kind
from sim.processes.stock import Needs, Stock
from sim.processes.supply_trucks import SupplyTrucks
from sim.schema.plan import Supplies as SuppliesSpec
from sim.state import Process
from sim.states import State
from sim.world import World

Int64 = NDArray[np.int64]
STEP_MS = 15 * MS_PER_MIN
"""How often what is used is taken from the stock, and stocks are looked at."""

SHORT_EVERY_MS, USED_EVERY_MS = MS_PER_HOUR, 6 * MS_PER_HOUR
"""How often what was lacking and what was used is written down."""

ASK_AGAIN_MS = 30 * MS_PER_MIN
"""Pause of whoever asked and found no store with a road to him."""

_SHELTERED, _AT_GATE = int(State.SHELTERED), int(State.AT_GATE)


class Supplies:
    """Stores, trucks and shelters of one run; holders are the stores, then the shelters.

    Attributes:
        stock: the ledger.
        parent: of every store, the store that fills it up, -1 for none.
    """

    def __init__(self, engine: Engine, spec: SuppliesSpec) -> None:
        self.engine, self.run, self.spec = engine, engine.run, spec
        world = self.run.world
        self.n_stores, self.n_shelters = len(world.stores), len(world.shelters)
        self.stock = Stock(*_in_stores(world))
        rows = {row.id: k for k, row in enumerate(world.stores)}
        self.parent = [rows.get(row.parent, -1) for row in world.stores]
        self._keys = [stable_key(f"store:{row.id}") for row in world.stores]
        self._keys += [stable_key(f"shelter:{row.id}") for row in world.shelters]
        self.trucks = SupplyTrucks(engine, spec, self.stock)
        self._area = self._served_by()
        self._asked = [False] * len(self._keys)
        self._requests = 0
        nothing = np.zeros(self.n_shelters, dtype=np.int64)
        self._short_ms, self._used = nothing, np.zeros_like(self.stock.used)

    def _served_by(self) -> Int64:
        """The lower store of which each shelter is the ward: the nearest on dry roads; or -1."""
        area = np.full(self.n_shelters, -1, dtype=np.int64)
        best = np.full(self.n_shelters, NEVER, dtype=np.int64)
        for store in (k for k, parent in enumerate(self.parent) if parent >= 0):
            times = self.trucks.dry_times(store)
            nearer = times < best
            area[nearer], best[nearer] = store, times[nearer]
        return area

    # -- people -------------------------------------------------------------------------------

    def persons(self) -> Int64:
        """Persons in every shelter and at its gate now; a hospital feeds its own."""
        people, world = self.run.people, self.run.world
        there = np.flatnonzero((people.state == _SHELTERED) | (people.state == _AT_GATE))
        row = people.place[there] - world.shelter_place
        known = (row >= 0) & (row < self.n_shelters)
        sizes = world.parties.size[there]
        counts = np.bincount(row[known], sizes[known], minlength=self.n_shelters)
        return counts.astype(np.int64)

    def step(self) -> None:
        """A quarter of an hour has passed: what was used, who lacked something, who asks."""
        run = self.run
        persons = self.persons()
        short = self.stock.use(persons, STEP_MS) & (persons > 0)
        self._short_ms = self._short_ms + np.where(short, persons * STEP_MS, 0)
        for shelter in np.flatnonzero(persons).tolist():
            holder = self.stock.of_shelter(shelter)
            self._look(holder, int(persons[shelter]), bool(short[shelter]))
        for store in (k for k, parent in enumerate(self.parent) if parent >= 0):
            served = int(persons[self._area == store].sum())
            if served:
                self._look(store, served, bool((self.stock.held[store] == 0).any()))
        last = run.now + STEP_MS > run.world.horizon_ms
        self._write(last)
        if not last:
            run.at(run.now + STEP_MS, self.step)

    def _write(self, last: bool) -> None:
        """What was lacking and used since it was last written down."""
        run, first = self.run, self.run.world.shelter_place
        if last or run.now % SHORT_EVERY_MS == 0:
            for shelter in np.flatnonzero(self._short_ms).tolist():
                lacked = int(self._short_ms[shelter])
                run.log.add(run.now, Kind.SUPPLY_SHORT, shelter, first + shelter, lacked)
            self._short_ms = np.zeros_like(self._short_ms)
        if last or run.now % USED_EVERY_MS == 0:
            used = self.stock.used - self._used
            for shelter, item in np.argwhere(used > 0).tolist():
                amount = int(used[shelter, item])
                run.log.add(run.now, Kind.SUPPLY_USED, item, first + shelter, amount)
            self._used = self.stock.used.copy()

    def _look(self, holder: int, persons: int, short: bool) -> None:
        """Whether whoever looks after so many persons there asks for more now."""
        if self._asked[holder] or self.spec.rule == "push":
            return
        threshold_h, cover_h = self._hours(holder)
        if self.spec.rule == "pull":
            wants = short
        else:
            floor = self.stock.needs.for_persons(persons, threshold_h)
            wants = bool((self.stock.held[holder] < floor).any())
        if wants and self._in_stock(holder, self.stock.lacks(holder, persons, cover_h)):
            self._ask(holder, persons)

    def _hours(self, holder: int) -> tuple[float, float]:
        """For how long there must be some, and for how long a delivery lasts."""
        spec = self.spec
        if holder < self.n_stores:
            return spec.store_threshold_h, spec.store_cover_h
        return spec.threshold_h, spec.cover_h

    def push(self, event: simpy.Event | None = None) -> None:
        """At the first order to move: to every open shelter, for a share of its places."""
        for shelter, row in enumerate(self.run.world.shelters):
            persons = round(row.capacity * self.spec.push_share)
            if persons and row.kind != "hospital" and self.engine.shelters.is_open(shelter):
                self._ask(self.stock.of_shelter(shelter), persons)

    # -- requests -----------------------------------------------------------------------------

    def _ask(self, holder: int, persons: int) -> None:
        self._asked[holder] = True
        self._requests += 1
        run, place = self.run, self.trucks.place(holder)
        run.log.add(run.now, Kind.SUPPLY_ASKED, self._requests, place, persons)
        run.start(self._request(holder, persons, self._requests))

    def _request(self, holder: int, persons: int, number: int) -> Process:
        """Approval, then truckloads until what is wanted is on its way or nothing is left."""
        yield self.trucks.takes("approve_min", self._keys[holder], number)
        cover_h = self._hours(holder)[1]
        wanted = self.stock.lacks(holder, persons, cover_h)
        most = self.stock.needs.for_persons(self.spec.truck_persons, cover_h)
        trips = []
        while wanted.any() and (store := self._store(holder, wanted)) >= 0:
            amounts = self.stock.load(store, holder, np.minimum(wanted, most))
            wanted -= amounts
            trips.append(self.trucks.send(store, holder, amounts))
        yield self.run.env.all_of(trips) if trips else self.run.timeout(ASK_AGAIN_MS)
        self._asked[holder] = False

    def _sources(self, holder: int) -> list[list[int]]:
        """Stores that may send there, those that are asked first first."""
        upper = [k for k, parent in enumerate(self.parent) if parent < 0]
        lower = [k for k, parent in enumerate(self.parent) if parent >= 0]
        return [upper] if holder < self.n_stores else [lower, upper]

    def _in_stock(self, holder: int, wanted: Int64) -> bool:
        """Whether any store that may send there has any of it."""
        rows = [k for stores in self._sources(holder) for k in stores]
        return bool(self.stock.held[rows][:, wanted > 0].any())

    def _store(self, holder: int, wanted: Int64) -> int:
        """The nearest store of the lowest level that has any of it and a road; -1 for none."""
        held = self.stock.held
        has = [bool((held[k][wanted > 0] > 0).any()) for k in range(self.n_stores)]
        for stores in self._sources(holder):
            reach = [(self.trucks.time_ms(k, holder), k) for k in stores if has[k]]
            ms, store = min(reach, default=(NEVER, -1))
            if ms < NEVER:
                return store
        return -1


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
