"""Shelters in the water are found member by member."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from sim.io.checks_water import check_water


@dataclass
class Member:
    place_row: np.ndarray
    place_levels: np.ndarray


@dataclass
class Ensemble:
    depths: list[list[int]]
    weights: np.ndarray

    def member(self, index: int) -> Member:
        deepest = self.depths[index]
        row = np.array([i if depth else -1 for i, depth in enumerate(deepest)], dtype=np.int32)
        levels = np.array([[-100, depth, 0] for depth in deepest], dtype=np.int32)
        return Member(row, levels)


@dataclass
class Spots:
    file: str
    numbers: list[int]
    places: list[int]


SHELTERS = Spots("shelters.csv", [2, 3, 4], [1, 2, 3])


def found(depths: list[list[int]], weights: list[int]) -> list[tuple[str, int | None, object]]:
    hazard = Ensemble(depths, np.array(weights, dtype=np.int64))
    return [(p.code, p.row, p.found) for p in check_water(hazard, [SHELTERS])]


def test_always_and_sometimes_wet() -> None:
    """Home, three shelters; two dangerous members of weight 3 and 1 and a false alarm: the shelter
    wet in both is unusable, the one wet in the light one is said with 25 %, the dry one is not."""
    depths = [[900, 400, 0, 0], [1200, 700, 350, -5], [0, 0, 0, 0]]
    assert found(depths, [3, 1, 6]) == [
        ("water.always", 2, "100%, 0.70 m"),
        ("water.sometimes", 3, "25%, 0.35 m"),
    ]


@pytest.mark.parametrize("depths", [[[0, 0, 0, 0]], [[500, 0, 0, 0]]])
def test_dry_shelters_and_false_alarms_say_nothing(depths: list[list[int]]) -> None:
    """No water at a shelter, no finding."""
    assert found(depths, [1]) == []
