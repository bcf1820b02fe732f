"""What can be placed beforehand, where, and how a placement becomes a plan.

The kinds themselves are in ``kinds``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN
from sim.measures.facts import Facts
from sim.plan import Plan
from sim.roads.passability import VehicleClass
from sim.schema.problems import InputError, Problem
from sim.world import World

Int64 = NDArray[np.int64]
Placement = tuple[int, ...]
"""Row among the posts for every unit, in the order of the units."""

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
    """What a good placement makes small (or large): of ``sim.measures.catalogue`` or ``waits``."""

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


def put_together(place: Int64, t_ms: Int64, persons: Int64, waited_ms: Int64) -> Calls:
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
