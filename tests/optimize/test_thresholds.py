"""Levels and rain by which an order must be signed, read by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, NEVER, NO_LEVEL
from sim.optimize.ensemble import Ensemble
from sim.optimize.thresholds import level_threshold, rain_threshold

STEPS = 11


def world() -> Any:
    """One zone with a level gauge and a rain gauge, hourly steps."""
    return SimpleNamespace(
        zones=SimpleNamespace(gauge=np.array([0, -1]), rain_gauge=np.array([0, -1])),
        hazard=SimpleNamespace(step_ms=MS_PER_HOUR),
    )


def ensemble(false_alarm_mm: int = 4000) -> Ensemble:
    """Levels rise 1 m/h and 0.5 m/h from 10 m; the third member, of weight 2, spares the zone and
    rises by ``false_alarm_mm`` in all. Rain in 3 h grows by 10 mm and 5 mm per hour."""
    hours = np.arange(STEPS)
    last = np.minimum(hours * 1000, false_alarm_mm)
    levels = np.array([10_000 + 1000 * hours, 10_000 + 500 * hours, 10_000 + last])
    rain = np.array([100 * hours, 50 * hours, 0 * hours])
    deadline = np.array([[9], [9], [0]]) * MS_PER_HOUR
    deadline[2] = NEVER
    return Ensemble(
        weights=np.array([1, 1, 2]), deadline_ms=deadline, cut=deadline < NEVER,
        levels_mm=levels[:, None].astype(np.int32), rain_01mm=rain[:, None].astype(np.int32),
    )  # fmt: skip


def when(*hours: float) -> tuple[Any, Any]:
    """Latest orders of members 0, 1, … in hours."""
    return np.arange(len(hours)), np.array(hours) * MS_PER_HOUR


def least(values: Any) -> float:
    """The strictest way to be early enough: in every night."""
    return float(values.min())


def test_level_every_night_had_passed_by_its_latest_order() -> None:
    """Latest orders at 4 h and 6 h: 14 m and 13 m have been reached by then, so 13 m is early
    enough in both; half the members (weight 2 of 4) pass it and spare the zone."""
    found = level_threshold(world(), ensemble(), 0, when(4, 6), least)
    assert found is not None
    assert (found.safe, found.above_start) == (13.0, 3.0)
    assert found.typical == 13.5 and found.per_hour == 0.75
    assert found.false_alarm_share == 0.5


def test_false_alarms_only_where_the_level_is_passed() -> None:
    """A spared member that stays below the threshold is no false alarm."""
    found = level_threshold(world(), ensemble(2900), 0, when(4, 6), least)
    assert found is not None and found.false_alarm_share == 0


def test_rain_of_three_hours() -> None:
    """40 mm and 30 mm by the latest orders: 30 mm is early enough in both."""
    found = rain_threshold(world(), ensemble(), 0, when(4, 6), least)
    assert found is not None and found.safe == 30.0 and found.per_hour == 7.5


def test_no_reading_is_early_enough() -> None:
    """A night in which even the earliest order failed leaves no level to wait for."""
    found = level_threshold(world(), ensemble(), 0, when(4, -np.inf), least)
    assert found is not None and found.safe == -np.inf
    assert found.typical == 14.0


@pytest.mark.parametrize("zone", [1])
def test_zone_without_gauges(zone: int) -> None:
    """Nothing is invented for a zone without gauges, or for a gauge that knows no level."""
    assert level_threshold(world(), ensemble(), zone, when(4), least) is None
    assert rain_threshold(world(), ensemble(), zone, when(4), least) is None
    unknown = ensemble()
    unknown.levels_mm[:] = NO_LEVEL
    assert level_threshold(world(), unknown, 0, when(4), least) is None
