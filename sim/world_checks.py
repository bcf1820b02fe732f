"""Checks that need the World: what the water does to the places a plan relies on.

Kept apart from the checks of ``sim.io`` because they build every member of the hazard.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.io.checks_water import check_water
from sim.schema.problems import Problem
from sim.world import World


@dataclass(frozen=True)
class Spots:
    """Rows of one table and their rows among the places of the hazard."""

    file: str
    numbers: tuple[int, ...]
    places: range


def check_world(world: World) -> list[Problem]:
    """Shelters under water: an error where a shelter is wet whenever danger comes."""
    shelters = Spots(
        world.folder.files.get("shelters", "shelters.csv"),
        world.folder.rows.get("shelters", ()),
        range(world.shelter_place, world.shelter_place + len(world.shelters)),
    )
    return [
        *check_water(_Worst(world, water=True), [shelters]),
        *check_water(_Worst(world, water=False), [shelters], what="danger"),
    ]


@dataclass(frozen=True)
class _Levels:
    """One row per place, one step: the worst there is."""

    place_row: NDArray[np.int32]
    place_levels: NDArray[np.int32]


@dataclass(frozen=True)
class _Worst:
    """An ensemble as the greatest depth of its water at every place, or as 1 where anything else
    reaches the harm level."""

    world: World
    water: bool

    @property
    def weights(self) -> NDArray[np.int64]:
        """Weight of every member."""
        return self.world.hazard.weights

    def member(self, index: int) -> _Levels:
        """The worst of one member."""
        n = len(self.world.places)
        worst = np.zeros((n, 1), np.int32)
        for layer in self.world.layers(self.world.hazard.member(index)):
            there = np.flatnonzero(layer.place_row >= 0)
            if layer.scale.is_water != self.water or not len(there):
                continue
            top = layer.place_levels.max(axis=1)[layer.place_row[there]]
            mine = top if self.water else (top >= layer.harm_at(there)).astype(np.int32)
            worst[there, 0] = np.maximum(worst[there, 0], mine)
        return _Levels(np.arange(n, dtype=np.int32), worst)
