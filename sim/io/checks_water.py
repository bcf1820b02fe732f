"""Shelters, exits and assembly points that the water itself reaches.

村村全覆盖 holds under the hazard, not only on the map: a shelter that is under water whenever
danger comes is an error, one that floods in some members is named with their share.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.schema.problems import Problem


class MemberLevels(Protocol):
    """The part of a hazard member that is looked at."""

    @property
    def place_row(self) -> NDArray[np.int32]:
        """Row of each place in the levels, -1 out of reach."""

    @property
    def place_levels(self) -> NDArray[np.int32]:
        """Depth above the ground of each place and step (mm), int32[n_rows, n_steps]."""


class Members(Protocol):
    """An ensemble of hazard members."""

    @property
    def weights(self) -> NDArray[np.int64]:
        """Weight of every member."""

    def member(self, index: int) -> MemberLevels:
        """One member."""


class Spot(Protocol):
    """What is looked at: its file, spreadsheet rows and rows among the places of the hazard."""

    @property
    def file(self) -> str:
        """Name of the table as the planner knows it."""

    @property
    def numbers(self) -> Sequence[int]:
        """Spreadsheet row of each place."""

    @property
    def places(self) -> Sequence[int]:
        """Row of each among the places."""


def check_water(
    hazard: Members, spots: Sequence[Spot], harm_mm: int = 0, what: str = "water"
) -> list[Problem]:
    """Places under water in some members, with the weighted share of members.

    ``what`` begins the codes of the problems; for anything but water no depth is told.

    A member counts as dangerous when its water stands above the ground of any place. An error
    where a spot is under water in every dangerous member, a warning where it is in some.
    """
    deepest = [_deepest(hazard.member(k)) for k in range(len(hazard.weights))]
    weights = hazard.weights.astype(np.float64)
    dangerous = np.array([bool((depth > 0).any()) for depth in deepest])
    total = float(weights[dangerous].sum())
    problems: list[Problem] = []
    if not total:
        return problems
    for spot in spots:
        for number, place in zip(spot.numbers, spot.places, strict=True):
            wet = np.array([depth[place] > harm_mm for depth in deepest])
            share = float(weights[wet].sum()) / total
            if not share:
                continue
            always = bool(wet[dangerous].all())
            found = f"{share:.0%}"
            if what == "water":
                found += f", {max(int(depth[place]) for depth in deepest) / 1000:.2f} m"
            code = f"{what}.always" if always else f"{what}.sometimes"
            problems.append(
                Problem(
                    code, spot.file, number, "x, y", found, None, "error" if always else "warning"
                )
            )
    return problems


def _deepest(member: MemberLevels) -> NDArray[np.int64]:
    """Greatest depth of every place over time (mm); 0 out of reach."""
    row = member.place_row
    depth = np.zeros(len(row), dtype=np.int64)
    reached = row >= 0
    if reached.any() and member.place_levels.size:
        depth[reached] = member.place_levels.max(axis=1)[row[reached]]
    return depth
