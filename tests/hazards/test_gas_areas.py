"""Areas announced after a release: where they lie, whom they hold, when, and with which wind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from shapely import Polygon

from sim.clock import MS_PER_MIN
from sim.hazards import changed_after
from sim.hazards.compound import joined_signals

Make = Callable[..., Any]
X0, Y0 = 500_000.0, 3_100_000.0
SPOTS = {"near": (300, 20), "far": (1900, 900), "aside": (1500, 1200), "upwind": (-600, 20),
         "south": (0, -1500)}  # fmt: skip


def section(**changes: Any) -> dict[str, Any]:
    """An hour of gas from minute 60, reported at 70; the wind turns from west to north at 100."""
    return {
        "kind": "hazardous_release",
        "ensemble": {"members": 1},
        "gas": {"at": [X0, Y0], "substance": {"zh": "氯", "en": "chlorine"}, "rate_kg_s": 1,
                "starts_min": 60, "lasts_min": 60},
        "limits": {"harm_mg_m3": 5.8, "deadly_mg_m3": 58},
        "weather": [
            {"wind_m_s": 3, "wind_from_deg": 270, "stability": "D"},
            {"from_min": 100, "wind_m_s": 3, "wind_from_deg": 0, "stability": "D"},
        ],
        "watchers": [{"id": "sensor", "delay_min": 10}],
        "isolation_m": 500,
        "protective_m": 2000,
    } | changes  # fmt: skip


@pytest.fixture
def member(make_geometry: Make, build: Make) -> Make:
    """Five places about the source."""

    def built(**changes: Any) -> Any:
        where = make_geometry([(X0 + x, Y0 + y, 0.0) for x, y in SPOTS.values()])
        return build(section(**changes), where).member(0)

    return built


def named(area: Any) -> tuple[str, int, int, list[str]]:
    inside = [list(SPOTS)[row] for row in area.places]
    return area.code, area.from_ms // MS_PER_MIN, area.until_ms // MS_PER_MIN, inside


def test_circle_and_square_by_hand(member: Make) -> None:
    """From the report at 70 to the end at 120 the circle; the square lies east and, once the wind
    comes from the north, south of the source."""
    assert [named(area) for area in member().signals.areas] == [
        ("isolation", 70, 120, ["near"]),
        ("protective", 70, 100, ["near", "far"]),
        ("protective", 100, 120, ["south"]),
    ]


def test_outlines_hold_the_places_inside(member: Make) -> None:
    """What is drawn is what counts: a place is inside the outline exactly if it is listed."""
    for area in member().signals.areas:
        shape = Polygon(np.column_stack([area.x, area.y]))
        for row, (x, y) in enumerate(SPOTS.values()):
            assert shape.intersects(
                Polygon([(X0 + x + dx, Y0 + y + dy) for dx, dy in ((0, 1), (1, -1), (-1, -1))])
            ) == (row in area.places)


def test_a_false_alarm_is_called_off_and_silence_announces_nothing(member: Make) -> None:
    """Called off 45 minutes after the report; without a report, or without sizes, no area."""
    false = {"members": 1, "false_alarm_members": 1}
    assert [named(a)[1:3] for a in member(ensemble=false).signals.areas] == [
        (70, 115), (70, 100), (100, 115)]  # fmt: skip
    deaf = [{"id": "sensor", "delay_min": 10, "share": 0}]
    assert member(watchers=deaf).signals.areas == ()
    assert member(isolation_m=0, protective_m=0).signals.areas == ()


def test_nobody_knows_an_area_before_it_is_announced(member: Make) -> None:
    """With another future after minute 85 the square of the turned wind is not known yet; together
    with another danger all areas are there."""
    known = changed_after(member(), 85 // 5)
    assert [named(area)[1] for area in known.signals.areas] == [70, 70]
    both = joined_signals([member().signals, member().signals])
    assert len(both.areas) == 6
