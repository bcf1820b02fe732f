"""What can be placed beforehand, where, and how a placement becomes a plan.

The kinds themselves are in ``kinds``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN
from sim.measures.facts import Facts
from sim.plan import Plan
from sim.roads.passability import VehicleClass
from sim.schema.problems import InputError, Problem
from sim.world import World

if TYPE_CHECKING:
    from sim.optimize.preposition.setting import Setting

Int64 = NDArray[np.int64]
Placement = tuple[int, ...]
"""Row among the posts for every unit, in the order of the units."""

FURTHER = "+"
"""Stands between the id of a unit and the number of a copy that does not exist yet."""


@dataclass(frozen=True)
class Unit:
    """A team or a vehicle.

    Attributes:
        able: what it can do, in a word; units with the same one can stand in for each other.
        capacity: persons it takes at once.
        home: place row where it waits when nobody moves it; own: where the plan has it wait.
    """

    id: str
    able: str
    capacity: int
    home: int
    own: int


@dataclass(frozen=True)
class Calls:
    """Where units were needed in one night, a row per place, int64 each.

    t_ms: when the first person there called; waited_min: person-minutes that all of them waited.
    asks: what is asked for, in the kind's own numbers; see ``UnitKind.answers``.
    """

    place: Int64
    t_ms: Int64
    persons: Int64
    waited_min: Int64
    asks: Int64


class Limit(Protocol):
    """What no placement of the units can beat in one night, in the measure of the kind."""

    def of(self, facts: Facts, seed: int) -> float:
        """For what happened in a night played with a seed."""
        ...


class UnitKind(Protocol):
    """A kind of unit that can wait somewhere else.

    section, level: of the plan, and the field in it that says when units move up; levels: what it
    may say.
    """

    name: str
    section: str
    level: str
    levels: tuple[str, ...]
    measure: str
    """What a good placement makes small (or large): of ``sim.measures.catalogue`` or ``waits``."""
    tables: tuple[str, ...]
    """Whose places are posts to choose from."""

    def units(self, world: World, plan: Plan) -> tuple[Unit, ...]:
        """Units that may be placed."""
        ...

    def vehicle(self, world: World) -> VehicleClass:
        """How they travel on roads."""
        ...

    def calls(self, facts: Facts) -> Calls:
        """Where they were needed."""
        ...

    def answers(self, world: World, unit: str, asks: int) -> bool:
        """Whether a unit can do something for calls that ask for this."""
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

    def further(self, world: World, unit: str, copies: int) -> World:
        """The world with some more units like this one; they come last."""
        ...

    def larger(self, world: World, unit: str) -> World | None:
        """The world with this unit one boat larger; None where units do not grow."""
        ...

    def limit(self, setting: Setting) -> Limit:
        """What no placement beats."""
        ...

    def loads(self, world: World, plan: Plan, unit: str) -> int:
        """How many vehicles full of it have to drive to its post."""
        ...


def copies_of(unit: str, copies: int) -> list[str]:
    """Ids of copies of a unit."""
    return [f"{unit}{FURTHER}{k}" for k in range(1, copies + 1)]


def original(unit: str) -> str:
    """The id of the unit of which one is a copy, or its own."""
    return unit.split(FURTHER)[0]


def write_staged(section: Any, places: Mapping[str, str]) -> None:
    """Write places into the entry ``staged`` of a section of a plan."""
    section["staged"] = {**(section.get("staged") or {}), **places}


def put_together(
    place: Int64, t_ms: Int64, persons: Int64, waited_ms: Int64, asks: Int64 | None = None
) -> Calls:
    """Calls from one place that ask for the same put together: when the first came, all persons
    and their waiting."""
    asked = np.zeros(len(place), np.int64) if asks is None else asks.astype(np.int64)
    key = (place.astype(np.int64) << 16) | asked
    order = np.lexsort((t_ms, key))
    keys, first = np.unique(key[order], return_index=True)
    which, n = np.searchsorted(keys, key), len(keys)
    waited = np.bincount(which, persons * (waited_ms // MS_PER_MIN), minlength=n).astype(np.int64)
    total = np.bincount(which, persons, minlength=n).astype(np.int64)
    return Calls(keys >> 16, t_ms[order][first], total, waited, keys & 0xFFFF)


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
    world: World,
    of: tuple[Sequence[Unit], Sequence[str]],
    dry: NDArray[np.bool_],
    named: Sequence[str] = (),
) -> Posts:
    """Posts to choose from: those named, else all places of the kind's tables that stay dry; of
    assembly points those to which others bring people, of shelters the larger ones.

    Args:
        of: units, and the tables of their kind; dry: bool[places], see ``survey``.

    Raises:
        InputError: a name that no place has.
    """
    units, tables = of
    own = list(dict.fromkeys([unit.own for unit in units] + [unit.home for unit in units]))
    if named:
        row = {name: k for k, name in reversed(list(enumerate(world.places.ids)))}
        unknown = [Problem("ref.unknown", "--posts", found=n) for n in named if n not in row]
        if unknown:
            raise InputError(unknown)
        return Posts(_one_per_node(world, [*own, *(row[name] for name in named)]))
    hubs = {row.transfer_to for row in world.assembly_points if row.transfer_to}
    larger = {row.id for row in world.shelters if row.kind == "larger"}
    only = {"assembly_points": hubs, "shelters": larger}
    found = [
        place
        for place, (table, name) in enumerate(
            zip(world.places.kinds, world.places.ids, strict=True)
        )
        if table in tables and (not only.get(table) or name in only[table])
    ]
    return Posts(_one_per_node(world, [*own, *(place for place in found if dry[place])]))


def _one_per_node(world: World, places: Sequence[int]) -> tuple[int, ...]:
    first: dict[int, int] = {}
    for place in places:
        first.setdefault(int(world.places.node[place]), place)
    return tuple(first.values())
