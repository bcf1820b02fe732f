"""What can be placed beforehand, where, and how a placement becomes a plan.

Boat teams and vehicles today; a further kind of unit is a class with the same face as ``Boats``
and one line in ``KINDS``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN
from sim.draws import stable_key
from sim.log import Kind
from sim.measures.facts import Facts
from sim.optimize.preposition.waits import stranded_waits
from sim.plan import Plan
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.schema.problems import InputError, Problem
from sim.states import State
from sim.world import World

Int64 = NDArray[np.int64]
Placement = tuple[int, ...]
"""Row among the posts for every unit, in the order of the units."""

ONE_MORE = "+1"
"""Ends the id of a unit that does not exist yet; no id of a table need end so."""
POST_TABLES = ("stations", "depots", "assembly_points")


@dataclass(frozen=True)
class Unit:
    """A team or a vehicle.

    Attributes:
        type: units of one type can stand in for each other; capacity: persons it takes at once.
        home: place row where it waits when nobody moves it; own: where the plan has it wait.
    """

    id: str
    type: str
    capacity: int
    home: int
    own: int


@dataclass(frozen=True)
class Calls:
    """Where units were needed in one night, a row per place, int64 each.

    t_ms: when the first person there called; waited_min: person-minutes that all of them waited.
    """

    place: Int64
    t_ms: Int64
    persons: Int64
    waited_min: Int64


class UnitKind(Protocol):
    """A kind of unit that can wait somewhere else."""

    name: str
    measure: str
    """What a good placement makes small (or large), see ``sim.measures.catalogue``."""

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """Units that may be placed."""
        ...

    def vehicle(self, world: World) -> VehicleClass:
        """How they travel on roads."""
        ...

    def calls(self, facts: Facts) -> Calls:
        """Where they were needed."""
        ...

    def carried(self, facts: Facts) -> dict[str, int]:
        """Persons that every unit brought away; units that brought nobody may be left out."""
        ...

    def staged(self, plan: Plan, places: Mapping[str, int]) -> Plan:
        """The plan with units waiting at places (rows)."""
        ...

    def document(self, spec: Any, places: Mapping[str, str]) -> None:
        """Write the places (ids) into the document of a plan."""
        ...

    def doubled(self, world: World, unit: str) -> World:
        """The world with one more unit like this one; it comes last."""
        ...

    def larger(self, world: World, unit: str) -> World | None:
        """The world with this unit one boat larger; None where units do not grow."""
        ...


class Boats:
    """Boat teams 冲锋舟队伍 at stations, depots and assembly points."""

    name, measure = "boats", "stranded_person_h"

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """Teams with boats; none without a rescue section."""
        if plan.spec.rescue is None:
            return ()
        return tuple(
            Unit(
                team.id,
                f"{team.row.boats}x{team.row.persons_per_trip}/{team.row.night_ok}",
                team.row.boats * team.row.persons_per_trip,
                team.station_place,
                plan.team_place.get(team.id, team.station_place),
            )
            for team in world.teams
            if team.row.boats
        )

    def vehicle(self, world: World) -> VehicleClass:
        """Trucks carry the boats."""
        return vehicle_classes()["high_clearance"]

    def calls(self, facts: Facts) -> Calls:
        """Where people were cut off."""
        waits = stranded_waits(facts)
        length = waits.end_ms - waits.start_ms
        return _calls(waits.place, waits.start_ms, facts.size[waits.party], length)

    def carried(self, facts: Facts) -> dict[str, int]:
        """By boat trips."""
        rows = facts.of(Kind.BOAT_TRIP)
        persons = np.bincount(rows["who"], rows["value"], minlength=len(facts.world.teams))
        return {team.id: int(persons[k]) for k, team in enumerate(facts.world.teams)}

    def staged(self, plan: Plan, places: Mapping[str, int]) -> Plan:
        """See UnitKind."""
        return replace(plan, team_place={**plan.team_place, **places})

    def document(self, spec: Any, places: Mapping[str, str]) -> None:
        """See UnitKind."""
        section = spec["rescue"]
        section["staged"] = {**(section.get("staged") or {}), **places}

    def doubled(self, world: World, unit: str) -> World:
        """See UnitKind."""
        team = next(team for team in world.teams if team.id == unit)
        name = f"{unit}{ONE_MORE}"
        row = team.row.model_copy(update={"id": name})
        return replace(
            world, teams=(*world.teams, replace(team, id=name, key=stable_key(name), row=row))
        )

    def larger(self, world: World, unit: str) -> World:
        """One boat more."""
        teams = [
            replace(team, row=team.row.model_copy(update={"boats": team.row.boats + 1}))
            if team.id == unit
            else team
            for team in world.teams
        ]
        return replace(world, teams=tuple(teams))


class Coaches:
    """Coaches and minibuses; only those the plan stages, or all when it stages none."""

    name, measure = "coaches", "left_behind_at_cutoff"

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """See the class; none without a fleet section."""
        if plan.spec.fleet is None:
            return ()
        buses = [v for v in world.vehicles if v.vehicle_class != "ambulance"]
        staged = plan.staged_place
        some = [v for v in buses if v.id.removesuffix(ONE_MORE) in staged] if staged else buses
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
        return _calls(rows["place"], rows["t"], facts.size[rows["who"]], waited[rows["who"]])

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
        section = spec["fleet"]
        section["staged"] = {**(section.get("staged") or {}), **places}

    def doubled(self, world: World, unit: str) -> World:
        """See UnitKind."""
        bus = next(bus for bus in world.vehicles if bus.id == unit)
        name = f"{unit}{ONE_MORE}"
        return replace(
            world, vehicles=(*world.vehicles, replace(bus, id=name, key=stable_key(name)))
        )

    def larger(self, world: World, unit: str) -> None:
        """A bus has the seats it has."""


KINDS: dict[str, UnitKind] = {kind.name: kind for kind in (Boats(), Coaches())}


def _calls(place: Int64, t_ms: Int64, persons: Int64, waited_ms: Int64) -> Calls:
    """Calls from one place put together: when the first came, all persons and their waiting."""
    order = np.lexsort((t_ms, place))
    places, first = np.unique(place[order], return_index=True)
    which, n = np.searchsorted(places, place), len(places)
    waited = np.bincount(which, persons * (waited_ms // MS_PER_MIN), minlength=n)
    total = np.bincount(which, persons, minlength=n).astype(np.int64)
    return Calls(places.astype(np.int64), t_ms[order][first], total, waited.astype(np.int64))


@dataclass(frozen=True)
class Posts:
    """Places where units may wait: place rows, one per road node, dry in every member; and where
    the plan has them wait already, whatever happens there."""

    places: tuple[int, ...]

    def row(self, world: World, place: int) -> int:
        """The post at a place, or at the same road node."""
        if place in self.places:
            return self.places.index(place)
        nodes: list[int] = world.places.node[list(self.places)].tolist()
        return nodes.index(int(world.places.node[place]))


def find_posts(
    world: World, units: Sequence[Unit], dry: NDArray[np.bool_], named: Sequence[str] = ()
) -> Posts:
    """Posts to choose from: those named, else all stations, depots and assembly points to which
    others bring people, that stay dry.

    Args:
        dry: bool[places], see ``survey``.

    Raises:
        InputError: a name that no place has.
    """
    own = list(dict.fromkeys([unit.own for unit in units] + [unit.home for unit in units]))
    if named:
        row = {name: k for k, name in reversed(list(enumerate(world.places.ids)))}
        unknown = [Problem("ref.unknown", "--posts", found=n) for n in named if n not in row]
        if unknown:
            raise InputError(unknown)
        return Posts(_one_per_node(world, [*own, *(row[name] for name in named)]))
    hubs = {row.transfer_to for row in world.assembly_points if row.transfer_to}
    found = [
        place
        for place, (table, name) in enumerate(
            zip(world.places.kinds, world.places.ids, strict=True)
        )
        if table in POST_TABLES and (table != "assembly_points" or not hubs or name in hubs)
    ]
    return Posts(_one_per_node(world, [*own, *(place for place in found if dry[place])]))


def _one_per_node(world: World, places: Sequence[int]) -> tuple[int, ...]:
    first: dict[int, int] = {}
    for place in places:
        first.setdefault(int(world.places.node[place]), place)
    return tuple(first.values())
