"""A polder behind a dike, written so that levels can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER, NO_LEVEL
from sim.hazards.base import NO_WATER_MM
from sim.schema.problems import InputError

Make = Callable[..., Any]
X0, Y0 = 500_000.0, 3_100_000.0
HOUR_OF = 6  # steps of 10 min


def section(**changes: Any) -> dict[str, Any]:
    """A box of 1 km² at 20 m behind a river at 30 m; 10 m wide at once, sill at 26 m, at hour 4."""
    return {
        "kind": "dike_breach",
        "step_min": 10,
        "ensemble": {"members": 1},
        "area": [[X0, Y0], [X0 + 1000, Y0], [X0 + 1000, Y0 + 1000], [X0, Y0 + 1000]],
        "storage": [{"level_m": 20, "area_km2": 1}, {"level_m": 40, "area_km2": 1}],
        "opening": {
            "at": [X0, Y0 + 500],
            "begins_min": 240,
            "sill_m": 26,
            "width": [[0, 10]],
        },
        "outer": [[0, 30]],
        "front_m_per_h": 600,
    } | changes


@pytest.fixture
def polder(make_geometry: Make) -> Any:
    """Two places inside, 300 and 900 m from the breach, one beyond the dike; a road through all."""
    places = [(X0 + 300, Y0 + 500, 20), (X0 + 900, Y0 + 500, 22), (X0 - 500, Y0 + 500, 20)]
    road = [(X0 - 500 + 100 * i, Y0 + 500, 20) for i in range(12)]
    return make_geometry(places, [road])


def levels(member: Any, place: int) -> np.ndarray[Any, Any]:
    return np.asarray(member.place_levels[member.place_row[place]])


def test_filling_by_hand(polder: Any, build: Make) -> None:
    """136 m³/s into 1 km² raise it 0.49 m an hour; a step shows the depth of its middle, 65 and 125
    minutes after the breach. The front comes 300 m at 600 m/h after half an hour; outside it stays
    dry."""
    member = build(section(), polder).member(0)
    at = levels(member, 0)
    start = 4 * HOUR_OF
    assert (at[: start + 3] == NO_WATER_MM).all()
    hour_mm = 489.6
    assert at[start + 6] == pytest.approx(hour_mm * 65 / 60, abs=1)
    assert at[start + 12] == pytest.approx(hour_mm * 125 / 60, abs=1)
    assert levels(member, 1)[start + 8] == NO_WATER_MM
    assert levels(member, 1)[start + 12] == pytest.approx(hour_mm * 125 / 60 - 2000, abs=1)
    assert member.place_row[2] == -1
    assert levels(member, 0)[-1] == 10_000  # level with the river in the end


def test_road_is_as_deep_as_its_deepest_point(polder: Any, build: Make) -> None:
    """The road is wet as soon as the front stands on it, and both directions share one row."""
    member = build(section(), polder).member(0)
    road = member.edge_levels[member.edge_row[0]]
    assert member.edge_row.tolist() == [0, 0]
    assert road[4 * HOUR_OF - 1] == 0
    assert road[4 * HOUR_OF + 6] == pytest.approx(489.6 * 65 / 60, abs=1)


def test_false_alarm_is_held(polder: Any, build: Make) -> None:
    """A leak that is held: warned of, called off before its hour, and nothing gets wet."""
    ensemble = {"members": 4, "false_alarm_members": 4}
    member = build(section(ensemble=ensemble), polder).member(2)
    assert (member.place_row == -1).all() and not member.edge_levels.any()
    onset = member.signals.onset_forecast_ms
    assert (onset[6:12] < NEVER).all() and (onset[20:] == NEVER).all()
    assert member.label == "m02 false alarm"


def test_warned_before_the_dike_breaks(polder: Any, build: Make) -> None:
    """Three hours before the hour of the breach it is known, not before, and it is right."""
    onset = build(section(), polder).member(0).signals.onset_forecast_ms
    assert (onset[:6] == NEVER).all() and (onset[6:] == 4 * MS_PER_HOUR).all()


def test_gauges_inside_and_outside(make_geometry: Make, build: Make) -> None:
    """A gauge inside reads the polder, one outside the river; forecasts meet what comes."""
    where = make_geometry([(X0 + 300, Y0 + 500, 20)], None, None, [(X0 - 50, 29, 31)])
    flat = {"level_sd_m_at_24h": 0}
    outer = [[0, 28], [600, 31]]
    signals = build(section(outer=outer, forecasts=flat), where).member(0).signals
    assert signals.observed(0)[0] == 28_000 and signals.observed(0)[30] == 29_500
    assert signals.forecast(0, HOUR_OF)[30] == 29_800


def test_ensemble_spreads_and_repeats(polder: Any, build: Make) -> None:
    """Hours of the breach spread evenly over their distribution, and every build gives the same."""
    opening = section()["opening"] | {"begins_min": {"dist": "uniform", "low": 120, "high": 720}}
    two = [build(section(ensemble={"members": 10}, opening=opening), polder) for _ in range(2)]
    first = [int(np.argmax(levels(two[0].member(k), 0) > 0)) * 10 for k in range(10)]
    assert sorted(first)[0] < 240 and sorted(first)[-1] > 660
    for k in range(10):
        assert (two[0].member(k).place_levels == two[1].member(k).place_levels).all()


def test_half_the_step_moves_nothing(polder: Any, build: Make) -> None:
    """Wet moment and depth after six hours change by less than 2 % when the step is halved."""
    hours = []
    for step in (10, 5):
        at = levels(build(section(step_min=step), polder).member(0), 0)
        hours.append((int(np.argmax(at >= 2000)) * step, int(at[600 // step])))
    assert hours[1] == pytest.approx(hours[0], rel=0.02)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"front_m_per_h": 1}, "hazard.may_be"),
        ({"area": [[X0, Y0], [X0 + 9, Y0 + 9], [X0 + 9, Y0], [X0, Y0 + 9]]}, "hazard.outline"),
        ({"area": [[0, 0], [9, 0], [9, 9]]}, "hazard.never_wet"),
    ],
)
def test_wrong_sections(polder: Any, build: Make, changes: dict[str, Any], code: str) -> None:
    """Impossible speed, crossing outline, a polder elsewhere: each has its own error."""
    with pytest.raises(InputError) as caught:
        build(section(**changes), polder)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_unknown_ground_is_not_dry(make_geometry: Make, build: Make) -> None:
    """A place inside without elevation is an error that names it."""
    where = make_geometry([(X0 + 300, Y0 + 500, NO_LEVEL / 1000)])
    with pytest.raises(InputError) as caught:
        build(section(), where)
    assert [(p.code, p.found) for p in caught.value.problems] == [("hazard.place_elevation", "P0")]


def test_onset_never_uses_the_future(polder: Any, build: Make) -> None:
    """With a timing error the expected hour wanders, and is exact once the dike is broken."""
    onset = {"first_warning_h": 3, "error_h_at_24h": {"dist": "uniform", "low": 2, "high": 4}}
    at = build(section(onset=onset), polder).member(0).signals.onset_forecast_ms
    assert at[6] > 4 * MS_PER_HOUR + 10 * MS_PER_MIN and (at[24:] == 4 * MS_PER_HOUR).all()
