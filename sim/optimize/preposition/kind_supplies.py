"""Supplies as units to be placed: the stock of a store, with its trucks, waits somewhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim.io.supply_standards import supplied
from sim.log import Kind
from sim.measures.facts import Facts
from sim.optimize.preposition.limit_supplies import SupplyLimit
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.units import (
    Calls,
    Unit,
    copies_of,
    original,
    put_together,
    write_staged,
)
from sim.plan import Plan
from sim.processes.supply_setting import stock_of
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.world import World


class Supplies:
    """Stores 物资库 that have something people in shelters need.

    What such a store holds is brought to its post before the danger, by day and in time; the
    trucks start from there. How many hours of driving that takes is told (see ``cost``).
    """

    name, measure = "supplies", "supplies_short_person_h"
    section, level = "supplies", ""
    levels: tuple[str, ...] = ()
    tables: tuple[str, ...] = ("stores", "shelters", "depots")

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """Stores with stock, the fullest counts as the largest; none without supplies."""
        if plan.spec.supplies is None:
            return ()
        known = set(supplied(world.items))
        stock = dict.fromkeys((row.id for row in world.stores), 0)
        own = {row.id: world.store_place + k for k, row in enumerate(world.stores)}
        for item in world.items:
            if item.store in stock and (item.name, item.unit) in known:
                stock[item.store] += item.stock
        found = []
        for name, amount in stock.items():
            if amount:
                home = own[original(name)]
                found.append(Unit(name, "store", amount, home, plan.store_place.get(name, home)))
        return tuple(found)

    def vehicle(self, world: World) -> VehicleClass:
        """Trucks bring them."""
        return vehicle_classes()["truck"]

    def calls(self, facts: Facts) -> Calls:
        """Shelters that asked, for so many persons, and how long these lacked something."""
        first, n = facts.world.shelter_place, len(facts.world.shelters)
        asked = facts.of(Kind.SUPPLY_ASKED)
        asked = asked[(asked["place"] >= first) & (asked["place"] < first + n)]
        short = facts.of(Kind.SUPPLY_SHORT)
        person_ms = np.bincount(short["place"] - first, short["value"], minlength=n)
        persons = np.bincount(asked["place"] - first, asked["value"], minlength=n)
        # the persons of all requests of a shelter share what was lacking there
        share = person_ms / np.maximum(persons, 1)
        waited = share[asked["place"] - first].astype(np.int64)
        return put_together(
            asked["place"].astype(np.int64), asked["t"].astype(np.int64),
            asked["value"].astype(np.int64), waited,
        )  # fmt: skip

    def answers(self, world: World, unit: str, asks: int) -> bool:
        """Every stock helps every shelter."""
        return True

    def carried(self, facts: Facts) -> dict[str, int]:
        """Any store may be moved, however much left it."""
        return {}

    def staged(self, plan: Plan, places: Mapping[str, int]) -> Plan:
        """See UnitKind."""
        return replace(plan, store_place={**plan.store_place, **places})

    def document(self, spec: Any, places: Mapping[str, str]) -> None:
        """See UnitKind."""
        write_staged(spec["supplies"], places)

    def further(self, world: World, unit: str, copies: int) -> World:
        """See UnitKind: further stores with the same stock and trucks."""
        row = next(row for row in world.stores if row.id == unit)
        names = copies_of(unit, copies)
        items = [
            item.model_copy(update={"id": f"{name}:{item.id}", "store": name})
            for name in names
            for item in world.items
            if item.store == unit
        ]
        stores = [row.model_copy(update={"id": name}) for name in names]
        return replace(world, stores=(*world.stores, *stores), items=(*world.items, *items))

    def larger(self, world: World, unit: str) -> World:
        """Half as much again of everything in the store."""
        items = tuple(
            item.model_copy(update={"stock": item.stock + item.stock // 2})
            if item.store == unit
            else item
            for item in world.items
        )
        return replace(world, items=items)

    def limit(self, setting: Setting) -> SupplyLimit:
        """See UnitKind."""
        return SupplyLimit(setting)

    def loads(self, world: World, plan: Plan, unit: str) -> int:
        """Truckloads of its whole stock, as the plan loads its trucks."""
        spec, stock = plan.spec.supplies, stock_of(world)
        assert spec is not None
        store = next(k for k, row in enumerate(world.stores) if row.id == unit)
        a_load = stock.needs.for_persons(spec.truck_persons, spec.store_cover_h)
        return int((-(-stock.held[store] // a_load)).max())
