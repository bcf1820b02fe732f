"""Checks that need the World: what the water does to the places a plan relies on.

Kept apart from the checks of ``sim.io`` because they build members of the hazard.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.io.checks_water import check_water
from sim.schema.problems import InputError, Problem
from sim.world import World


@dataclass(frozen=True)
class Spots:
    """Rows of one table and their rows among the places of the hazard."""

    file: str
    numbers: tuple[int, ...]
    places: range


def check_world(world: World) -> list[Problem]:
    """Shelters under water: an error where a shelter is wet whenever danger comes.

    Looks at every member: a warning tells in how many of them.
    """
    worst = list(_worst(world))
    water, danger = (_Worst(world, [each[k] for each in worst]) for k in (0, 1))
    shelters = _shelters(world)
    return [
        *check_water(water, [shelters]),
        *check_water(danger, [shelters], what="danger"),
    ]


def refuse_wet_shelters(world: World) -> None:
    """Refuse what ``check_world`` calls an error, but look no further than to the members that
    show every shelter dry while there is danger: most often the first one does.

    Raises:
        InputError: with all the problems, when one does not.
    """
    places = np.array(_shelters(world).places, dtype=np.int64)
    always = np.zeros((2, len(places)), dtype=np.bool_)
    for layer in world.layers(world.hazard.member(0)):  # all members have layers of the same kinds
        always[int(not layer.scale.is_water)] = True
    for kinds in _worst(world):
        for k, levels in enumerate(kinds):
            if (levels > 0).any():
                always[k] &= levels[places] > 0
        if not always.any():
            return
    refuse_errors(check_world(world))


def refuse_errors(problems: Sequence[Problem]) -> Sequence[Problem]:
    """The problems, if none of them is an error.

    Raises:
        InputError: with all of them, when one is.
    """
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    return problems


def _shelters(world: World) -> Spots:
    return Spots(
        world.folder.files.get("shelters", "shelters.csv"),
        world.folder.rows.get("shelters", ()),
        range(world.shelter_place, world.shelter_place + len(world.shelters)),
    )


@dataclass(frozen=True)
class _Levels:
    """One row per place, one step: the worst there is."""

    place_row: NDArray[np.int32]
    place_levels: NDArray[np.int32]


@dataclass(frozen=True)
class _Worst:
    """An ensemble as the worst level of every place in each member."""

    world: World
    levels: list[NDArray[np.int32]]

    @property
    def weights(self) -> NDArray[np.int64]:
        """Weight of every member."""
        return self.world.hazard.weights

    def member(self, index: int) -> _Levels:
        """The worst of one member."""
        worst = self.levels[index]
        return _Levels(np.arange(len(worst), dtype=np.int32), worst[:, None])


def _worst(world: World) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Of every member, by place: the greatest depth of its water, and 1 where anything else
    reaches the harm level."""
    for k in range(len(world.hazard.weights)):
        water, danger = (np.zeros(len(world.places), np.int32) for _ in range(2))
        for layer in world.layers(world.hazard.member(k)):
            there = np.flatnonzero(layer.place_row >= 0)
            if not len(there):
                continue
            top = layer.place_levels.max(axis=1)[layer.place_row[there]]
            if layer.scale.is_water:
                water[there] = np.maximum(water[there], top)
            else:
                danger[there] |= top >= layer.harm_at(there)
        yield water, danger
