"""Flash floods: streams that answer to their own rain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Make = Callable[..., Any]


def stream(make_river: Make) -> dict[str, Any]:
    return dict(
        make_river(
            id="S",
            course=[[0, 0, 160], [6000, 0, 100]],
            base_below_bank_m=3,
            reach_m=300,
            rise_m_per_h={"dist": "uniform", "low": 1.5, "high": 3},
            peak_after_rain_min={"dist": "uniform", "low": 40, "high": 90},
            fall_half_min={"dist": "uniform", "low": 120, "high": 240},
        )
    )


def as_flash(make_flood: Make, make_river: Make) -> dict[str, Any]:
    given = make_flood([stream(make_river)])
    del given["rivers"]
    return given | {"kind": "flash_flood", "streams": [stream(make_river)]}


def test_same_as_a_rain_driven_river(
    make_flood: Make, make_river: Make, make_geometry: Make, build: Make
) -> None:
    """A flash flood is a river flood all of whose rivers are driven by rain."""
    where = make_geometry([(500, 20, 155), (5000, -40, 110)], gauges_at=[(3000, 127, 130)])
    flash = build(as_flash(make_flood, make_river), where)
    river = build(make_flood([stream(make_river) | {"driven_by": "rain"}]), where)
    for k in (0, 8, 19):
        assert np.array_equal(flash.member(k).place_levels, river.member(k).place_levels)


def test_the_water_comes_soon_after_the_rain(
    make_flood: Make, make_river: Make, make_geometry: Make, build: Make
) -> None:
    """The crest follows the hour of heaviest rain by 40 to 90 min, to a step either way."""
    where = make_geometry([(0, 0, 160)], gauges_at=[(0, 158, 160)])
    hazard = build(as_flash(make_flood, make_river), where)
    for k in range(20):
        signals = hazard.member(k).signals
        hour = signals.rain(0, 1)
        after = int(signals.observed(0).argmax()) - (int(hour.argmax()) - 3)
        assert 2 <= after <= 11


def test_lead_between_warning_and_bank(
    make_flood: Make, make_river: Make, make_geometry: Make, build: Make
) -> None:
    """From 2 m below the bank to the bank a stream takes at least 40 min and at most 6 h."""
    where = make_geometry([(0, 0, 160)], gauges_at=[(0, 158, 160)])
    hazard = build(as_flash(make_flood, make_river), where)
    leads = []
    for k in range(20):
        level = hazard.member(k).signals.observed(0)
        if level.max() >= 160_000:
            leads.append(int(np.argmax(level >= 160_000)) - int(np.argmax(level >= 158_000)))
    assert len(leads) == 14 and min(leads) >= 4 and max(leads) <= 36
