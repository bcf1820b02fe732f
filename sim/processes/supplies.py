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
from sim.log import Kind
from sim.people.kernels import persons_at
from sim.processes.supply_setting import parents, stock_of
from sim.processes.supply_trucks import SupplyTrucks
from sim.schema.plan_forces import Supplies as SuppliesSpec
from sim.state import Process
from sim.states import State

Int64 = NDArray[np.int64]
STEP_MS = 15 * MS_PER_MIN
"""How often what is used is taken from the stock, and stocks are looked at."""

SHORT_EVERY_MS, USED_EVERY_MS = MS_PER_HOUR, 6 * MS_PER_HOUR
"""How often what was short, and item by item what was used and lacking, is written down."""

ASK_AGAIN_MS = 60 * MS_PER_MIN
"""Pause of whoever asked and found no store with a road to him (judgement)."""

_SHELTERED, _AT_GATE = int(State.SHELTERED), int(State.AT_GATE)


class Supplies:
    """Stores, trucks and shelters of one run; holders are the stores, then the shelters.

    Attributes:
        stock: the ledger. trucks: who brings things. parent: of every store, -1 for none.
    """

    def __init__(self, engine: Engine, spec: SuppliesSpec) -> None:
        self.engine, self.run, self.spec = engine, engine.run, spec
        world = self.run.world
        self.n_stores, self.n_shelters = len(world.stores), len(world.shelters)
        self.stock = stock_of(world)
        self.parent = parents(world.stores)
        self._upper = [k for k, parent in enumerate(self.parent) if parent < 0]
        self._lower = [k for k, parent in enumerate(self.parent) if parent >= 0]
        self._keys = [stable_key(f"store:{row.id}") for row in world.stores]
        self._keys += [stable_key(f"shelter:{row.id}") for row in world.shelters]
        self.trucks = SupplyTrucks(engine, spec, self.stock)
        times = [self.trucks.dry_times(k) for k in range(self.n_stores)]
        self._away = np.array(times)
        self._ward = self._served_by()
        self._asked = np.zeros(len(self._keys), dtype=np.bool_)
        self._requests = 0
        self._short_ms = np.zeros(self.n_shelters, dtype=np.int64)
        self._lacked_ms, self._used = np.zeros_like(self.stock.used), self.stock.used.copy()

    def _served_by(self) -> Int64:
        """The lower store of which each shelter is the ward: the nearest on dry roads; or -1."""
        if not self._lower:
            return np.full(self.n_shelters, -1, dtype=np.int64)
        away = self._away[self._lower, self.n_stores :]
        nearest = np.array(self._lower, dtype=np.int64)[away.argmin(axis=0)]
        ward: Int64 = np.where(away.min(axis=0) < NEVER, nearest, -1)
        return ward

    # -- people -------------------------------------------------------------------------------

    def persons(self) -> Int64:
        """Persons in every shelter and at its gate now; a hospital feeds its own."""
        people, world = self.run.people, self.run.world
        columns = (people.state, people.place, world.parties.size)
        there: Int64 = persons_at(*columns, (_SHELTERED, _AT_GATE), len(world.places))
        return there[world.shelter_place :][: self.n_shelters]

    def step(self) -> None:
        """A quarter of an hour has passed: what was used, who lacked something, who asks."""
        run, persons = self.run, self.persons()
        without = self.stock.use(persons, STEP_MS)
        short = without.max(axis=1)
        self._short_ms += short * STEP_MS
        self._lacked_ms += without * STEP_MS
        if self.spec.rule != "push":
            self._look(persons, short > 0)
        last = run.now + STEP_MS > run.world.horizon_ms
        self._write(last)
        if not last:
            run.at(run.now + STEP_MS, self.step)

    def _write(self, last: bool) -> None:
        """What was short, used and lacking since it was last written down."""
        run, first = self.run, self.run.world.shelter_place
        if last or run.now % SHORT_EVERY_MS == 0:
            for shelter in np.flatnonzero(self._short_ms).tolist():
                short = int(self._short_ms[shelter])
                run.log.add(run.now, Kind.SUPPLY_SHORT, shelter, first + shelter, short)
            self._short_ms[:] = 0
        if last or run.now % USED_EVERY_MS == 0:
            used = self.stock.used - self._used
            for kind, table in ((Kind.SUPPLY_USED, used), (Kind.SUPPLY_LACKED, self._lacked_ms)):
                for shelter, item in np.argwhere(table).tolist():
                    run.log.add(run.now, kind, item, first + shelter, int(table[shelter, item]))
            self._used = self.stock.used.copy()
            self._lacked_ms[:] = 0

    def _look(self, persons: Int64, short: NDArray[np.bool_]) -> None:
        """Who asks for more now: for what there is none or little of, and some store has it."""
        spec, stock = self.spec, self.stock
        served = np.zeros(self.n_stores, dtype=np.int64)
        warded = self._ward >= 0
        np.add.at(served, self._ward[warded], persons[warded])
        everybody = np.concatenate([served, persons])
        if spec.rule == "pull":
            empty = (stock.held[: self.n_stores] == 0).any(axis=1)
            wants = np.concatenate([empty, short])
            below = np.broadcast_to(wants[:, None], stock.held.shape)
        else:
            below = stock.held < np.concatenate(
                [
                    stock.needs.for_persons(served, spec.store_threshold_h),
                    stock.needs.for_persons(persons, spec.threshold_h),
                ]
            )
        to_be_had = self._to_be_had()
        asks = (below & to_be_had).any(axis=1) & (everybody > 0) & ~self._asked
        # people first: the shelters, then the stores behind them
        for holder in sorted(np.flatnonzero(asks).tolist(), key=lambda k: (k < self.n_stores, k)):
            lacks = stock.lacks(holder, int(everybody[holder]), self._cover_h(holder))
            if (lacks[to_be_had[holder]] > 0).any():
                self._ask(holder, int(everybody[holder]))

    def _to_be_had(self) -> NDArray[np.bool_]:
        """Which items some store that sends to a holder has, bool[holder, item]."""
        stores = self.stock.held[: self.n_stores] > 0
        found = np.empty(self.stock.held.shape, dtype=np.bool_)
        found[:] = stores[self._upper].any(axis=0)
        found[self._upper] = False  # nobody fills up the county
        of_ward = stores[self._ward] & (self._ward >= 0)[:, None]
        found[self.n_stores :] |= of_ward
        return found

    def _cover_h(self, holder: int) -> float:
        """For how long a delivery lasts."""
        return self.spec.store_cover_h if holder < self.n_stores else self.spec.cover_h

    def push(self, event: simpy.Event | None = None) -> None:
        """At the first order: to every open shelter, for a share of its places."""
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
        cover_h = self._cover_h(holder)
        wanted = self.stock.lacks(holder, persons, cover_h)
        full = self.spec.truck_persons
        most = self.stock.needs.for_persons(full, cover_h)
        trips = []
        for store in self._sources(holder):
            while (held := np.minimum(self.stock.held[store], wanted)).any():
                amounts = self.stock.load(store, holder, np.minimum(held, most))
                wanted -= amounts
                size = int((-(-amounts * full // most)).max())
                trips.append(self.trucks.send(store, holder, amounts, size))
        yield self.run.env.all_of(trips) if trips else self.run.timeout(ASK_AGAIN_MS)
        self._asked[holder] = False

    def _sources(self, holder: int) -> list[int]:
        """Stores that may send there and have a road: the township's own, then the county's."""
        stores = sorted(self._upper, key=lambda k: (int(self._away[k, holder]), k))
        if holder >= self.n_stores and (ward := int(self._ward[holder - self.n_stores])) >= 0:
            stores.insert(0, ward)
        return [k for k in stores if self.trucks.has_road(k, holder)]


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
    if spec.rule == "push" or spec.ahead == "move":
        run.first_move.callbacks.append(supplies.push)
    elif spec.ahead == "prepare":
        run.first_prepare.callbacks.append(supplies.push)
