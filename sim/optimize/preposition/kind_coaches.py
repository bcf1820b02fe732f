"""Coaches and minibuses as units to be placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.draws import stable_key
from sim.log import Kind
from sim.measures.facts import Facts
from sim.optimize.preposition.limit_coaches import CoachLimit
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
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.states import State
from sim.world import World


def _largest(world: World) -> Sequence[VehicleClass | None]:
    """Largest class of vehicle that reaches every assembly point."""
    return world.statics.pickup_class


class Coaches:
    """Coaches and minibuses; only those the plan stages, or all when it stages none."""

    name, measure = "coaches", "left_behind_at_cutoff"
    section, level = "fleet", "staged_on"
    levels: tuple[str, ...] = ("start", "prepare", "move")
    tables: tuple[str, ...] = ("stations", "depots", "assembly_points")

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """See the class; none without a fleet section."""
        if plan.spec.fleet is None:
            return ()
        buses = [v for v in world.vehicles if v.vehicle_class != "ambulance"]
        staged = plan.staged_place
        some = [v for v in buses if original(v.id) in staged] if staged else buses
        return tuple(
            Unit(v.id, v.vehicle_class, v.seats, v.depot_place,
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
        size, place = facts.size[rows["who"]], rows["place"].astype(np.int64)
        largest = np.array([c is not None and c.name == "coach" for c in _largest(facts.world)])
        first, n = facts.world.assembly_place, len(largest)
        stop = (place >= first) & (place < first + n)
        coach = np.zeros(len(place), dtype=np.int64)
        coach[stop] = largest[place[stop] - first]
        return put_together(place, rows["t"], size, waited[rows["who"]], coach)

    def answers(self, world: World, unit: str, asks: int) -> bool:
        """1: a stop that coaches reach; 0: a stop that only minibuses reach."""
        bus = next(bus for bus in world.vehicles if bus.id == unit)
        return asks == 1 or bus.vehicle_class != "coach"

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

    def limit(self, setting: Setting) -> CoachLimit:
        """See UnitKind."""
        return CoachLimit(setting)

    def loads(self, world: World, plan: Plan, unit: str) -> int:
        """It drives itself."""
        return 1
