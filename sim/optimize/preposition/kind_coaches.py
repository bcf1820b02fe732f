"""Coaches and minibuses as units to be placed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim.draws import stable_key
from sim.log import Kind
from sim.measures.facts import Facts
from sim.optimize.preposition.units import (
    Calls,
    Unit,
    copies_of,
    original,
    put_together,
    write_staged,
)
from sim.plan import Plan
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.states import State
from sim.world import World


class Coaches:
    """Coaches and minibuses; only those the plan stages, or all when it stages none."""

    name, measure = "coaches", "left_behind_at_cutoff"
    tables: tuple[str, ...] = ("stations", "depots", "assembly_points")

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """See the class; none without a fleet section."""
        if plan.spec.fleet is None:
            return ()
        buses = [v for v in world.vehicles if v.vehicle_class != "ambulance"]
        staged = plan.staged_place
        some = [v for v in buses if original(v.id) in staged] if staged else buses
        return tuple(
            Unit(v.id, f"{v.vehicle_class}/{v.depot_place}", v.seats, v.depot_place,
                 plan.staged_place.get(v.id, v.depot_place))
            for v in some
        )  # fmt: skip

    def vehicle(self, world: World) -> VehicleClass:
        """A minibus reaches every stop that a coach reaches."""
        return vehicle_classes()["minibus"]

    def calls(self, facts: Facts) -> Calls:
        """Where people waited at a stop."""
        rows = facts.of(Kind.STATE)
        rows = rows[rows["value"] == State.AT_ASSEMBLY]
        waits = facts.of(Kind.WAIT_BUS)
        waited = np.full(facts.n, facts.horizon_ms, dtype=np.int64)
        waited[rows["who"]] -= rows["t"]  # nobody came for them
        waited[waits["who"]] = waits["value"]
        return put_together(rows["place"], rows["t"], facts.size[rows["who"]], waited[rows["who"]])

    def carried(self, facts: Facts) -> dict[str, int]:
        """By persons loaded."""
        rows = facts.of(Kind.LOADED)
        persons = np.bincount(rows["who"], rows["value"], minlength=len(facts.world.vehicles))
        return {bus.id: int(persons[k]) for k, bus in enumerate(facts.world.vehicles)}

    def staged(self, plan: Plan, places: Mapping[str, int]) -> Plan:
        """See UnitKind."""
        return replace(plan, staged_place={**plan.staged_place, **places})

    def document(self, spec: Any, places: Mapping[str, str]) -> None:
        """See UnitKind."""
        write_staged(spec["fleet"], places)

    def further(self, world: World, unit: str, copies: int) -> World:
        """See UnitKind."""
        bus = next(bus for bus in world.vehicles if bus.id == unit)
        more = [replace(bus, id=name, key=stable_key(name)) for name in copies_of(unit, copies)]
        return replace(world, vehicles=(*world.vehicles, *more))

    def larger(self, world: World, unit: str) -> None:
        """A bus has the seats it has."""
