"""Levels of any kind as the depth of water that would hinder a vehicle as much."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from sim.roads.hindrance import Hindrance
from sim.roads.levels import NEVER_LEVEL, SHUT_MM, WATER, ClassRule, LevelScale
from sim.roads.network import Int32Array
from sim.roads.passability import speed_m_h, vehicle_classes

WIND = LevelScale(
    "gust",
    per_unit=10,
    shown=(108, 172),
    harm=326,
    door=NEVER_LEVEL,
    rules={"coach": ClassRule(208, ((172, 40),)), "minibus": ClassRule(245)},
)
CAR, COACH, MINIBUS = (vehicle_classes()[name] for name in ("car", "coach", "minibus"))


@dataclass
class Edges:
    """A layer as far as the roads see it."""

    scale: LevelScale
    edge_row: Int32Array
    edge_levels: Int32Array


def edges(scale: LevelScale, row: list[int], levels: list[list[int]]) -> Edges:
    """Rows and levels of a layer."""
    return Edges(scale, np.array(row, np.int32), np.array(levels, np.int32))


def test_water_means_what_it_always_meant() -> None:
    """Of water alone the very same array is handed on, for every class."""
    water = edges(WATER.with_limits(500, 400), [0, -1], [[0, 310, 20]])
    found = Hindrance([water], 600_000)
    assert all(found.of(v).hindrance is water.edge_levels for v in (CAR, COACH))
    assert found.of_all([CAR, COACH]).hinder is None and found.harm == 400


def test_a_class_slows_and_stops_at_its_own_levels() -> None:
    """A coach creeps at 17.2 m/s and stands at 20.8; a minibus stands later; a car drives on."""
    levels = np.array([171, 172, 207, 208, 245], np.int32)
    coach = WIND.hindrance_mm(levels, COACH)
    assert coach[0] == 0 and coach[3:].tolist() == [SHUT_MM, SHUT_MM]
    assert speed_m_h(int(coach[1]), COACH) <= 40_000 < speed_m_h(int(coach[1]) - 1, COACH)
    assert WIND.hindrance_mm(levels, MINIBUS).tolist() == [0, 0, 0, 0, SHUT_MM]
    assert not WIND.hindrance_mm(levels, CAR).any()


def test_a_vehicle_with_own_measurements_keeps_the_rule_of_its_class() -> None:
    """A name with sizes behind it is still a coach."""
    tall = replace(COACH, name="coach/2.5/3.8/None")
    assert WIND.hindrance_mm(np.array([300], np.int32), tall).tolist() == [SHUT_MM]


def test_the_worst_layer_counts_for_each_class() -> None:
    """Edge 0 has water only, edge 1 both, edge 2 wind only, edge 3 nothing."""
    water = edges(WATER.with_limits(500, 400), [0, 1, -1, -1], [[310, 0], [100, 400]])
    wind = edges(WIND, [-1, 0, 0, -1], [[250, 330]])
    found = Hindrance([water, wind], 600_000)
    row = found.edge_row
    assert row[3] == -1 and len(set(row[:3].tolist())) == 3
    car, coach = found.of(CAR).hindrance, found.of(COACH).hindrance
    assert car[row[0]].tolist() == [310, 0] and car[row[2]].tolist() == [0, 0]
    assert car[row[1]].tolist() == [100, 400]
    assert coach[row[1]].tolist() == [SHUT_MM, SHUT_MM] == coach[row[2]].tolist()
    assert coach[row[0]].tolist() == [310, 0]


def test_what_harms_is_not_what_stops() -> None:
    """A gale that stops coaches harms nobody; from the wind's own harm level on it does."""
    wind = edges(WIND, [0], [[250, 330]])
    water = edges(WATER.with_limits(500, 400), [0], [[100, 100]])
    found = Hindrance([water, wind], 600_000)
    assert (found.levels >= found.harm).tolist() == [[False, True]]
    alone = Hindrance([wind], 600_000)
    assert (alone.levels >= alone.harm).tolist() == [[False, True]]


def test_blocks_for_queues_are_in_the_order_of_the_classes() -> None:
    """One block of rows for each class."""
    found = Hindrance([edges(WIND, [0, 1], [[250], [0]])], 600_000)
    blocks = found.of_all([CAR, COACH, MINIBUS])
    assert blocks.hindrance.tolist() == [[0], [0], [SHUT_MM], [0], [SHUT_MM], [0]]
    assert blocks.levels is found.levels


def test_thresholds_for_people_must_be_known() -> None:
    """Water has none of its own: the scenario states them."""
    with pytest.raises(ValueError, match="water"):
        _ = WATER.harm_level
    filled = WATER.with_limits(door=300, harm=500)
    assert (filled.door_level, filled.harm_level) == (300, 500)
    assert WIND.with_limits(1, 2) is WIND
