"""A fire on a flat grassland by hand: flames, smoke, report, crews, false alarms, wrong files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.hazards.forest_fire import FLAMES, SMOKE
from sim.schema.problems import InputError

Make = Callable[..., Any]
X0, Y0, CELL, SIDE = 500_000.0, 3_100_000.0, 50.0, 61
R0 = 1.05
"""0.053 · 25 ℃ − 0.275 without wind, m/min."""


def grid(folder: Path, name: str, values: np.ndarray[Any, Any], **head: float) -> str:
    rows, cols = values.shape
    keys = {"ncols": cols, "nrows": rows, "xllcorner": X0, "yllcorner": Y0, "cellsize": CELL} | head
    lines = [f"{key} {value}" for key, value in keys.items()]
    lines += [" ".join(f"{v:g}" for v in row) for row in values]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="ascii")
    return name


def section(**changes: Any) -> dict[str, Any]:
    """A fire that starts at hour 1 in the middle of the west edge, seen by the public at once."""
    return {
        "kind": "forest_fire",
        "step_min": 10,
        "ensemble": {"members": 1},
        "terrain": {"fuel": "fuel.asc", "elevation": "dem.asc", "factors": {"0": 0, "1": 1.0}},
        "ignition": [[X0 + 25, Y0 + 1525]],
        "starts_min": 60,
        "weather": [{"wind_m_s": 0, "wind_from_deg": 270, "temperature_c": 25}],
        "spotting": {"share_at_10_m_s": 0},
        "watchers": [{"id": "public", "delay_min": 30}],
        "near_m": 100,
        "smoke_m": 500,
        "flames_min": 60,
    } | changes


@pytest.fixture
def meadow(tmp_path: Path, make_geometry: Make) -> Any:
    """3 km of grass; places 1,000 m east of the fire, 2,000 m east, and off the grid; a road."""
    grid(tmp_path, "fuel.asc", np.ones((SIDE, SIDE)))
    grid(tmp_path, "dem.asc", np.zeros((SIDE, SIDE)))
    y = Y0 + 1525
    road = [(X0 + 1025, y - 50 * i, 0) for i in range(10)]
    return make_geometry([(X0 + 1025, y, 0), (X0 + 2025, y, 0), (X0 - 900, y, 0)], [road])


@pytest.fixture
def burn_it(tmp_path: Path, meadow: Any, build: Make) -> Make:
    def built(where: Any = None, **changes: Any) -> Any:
        return build(section(**changes), where or meadow, folder=tmp_path)

    return built


def place(member: Any, row: int) -> np.ndarray[Any, Any]:
    return np.asarray(member.place_levels[member.place_row[row]])


def first(levels: np.ndarray[Any, Any], value: int) -> int:
    return int(np.argmax(levels >= value))


def test_flames_by_hand(burn_it: Make) -> None:
    """Flames come within 100 m of the place after 900 m at R0, and last until the last cell within
    100 m has burnt for an hour; far places and places off the grid see none earlier."""
    at = place(burn_it().member(0), 0)
    begins = 60 + 900 / R0
    assert first(at, FLAMES) == int(begins // 10)
    ends = 60 + 1100 / R0 + 60
    assert int(np.flatnonzero(at == FLAMES)[-1]) == pytest.approx(ends // 10, abs=1)
    member = burn_it().member(0)
    assert member.place_row[2] == -1
    assert first(place(member, 1), FLAMES) > first(at, FLAMES)
    assert member.scale.harm_level == FLAMES


def test_smoke_goes_downwind_before_the_flames(burn_it: Make) -> None:
    """With a west wind smoke lies 500 m ahead of the front, and none on the windward side."""
    wind = [{"wind_m_s": 4, "wind_from_deg": 270, "temperature_c": 25}]
    east = burn_it(weather=wind).member(0)
    at = place(east, 0)
    assert 0 < first(at, SMOKE) < first(at, FLAMES)
    west = burn_it(weather=[wind[0] | {"wind_from_deg": 90}], ignition=[[X0 + 3000, Y0 + 1525]])
    back = place(west.member(0), 1)
    assert 0 < first(back, SMOKE) < first(back, FLAMES)


def test_road_shows_the_worst_along_it(burn_it: Make) -> None:
    """The road in the fire's way shows flames, both directions in one row."""
    member = burn_it().member(0)
    assert member.edge_row.tolist() == [0, 0]
    assert first(member.edge_levels[0], FLAMES) <= first(place(member, 0), FLAMES)


def test_nothing_is_known_before_the_report(burn_it: Make) -> None:
    """Reported 30 min after it began: from then on, not before, its arrival is expected."""
    member = burn_it().member(0)
    onset = member.signals.onset_forecast_ms
    assert (onset[:9] == NEVER).all() and (onset[9:] < NEVER).all()
    assert onset[-1] == pytest.approx((60 + 900 / R0) * MS_PER_MIN, rel=1e-3)


def test_quicker_report_smaller_fire(burn_it: Make, tmp_path: Path) -> None:
    """The crew sets out on the report: seen by a tower the line is closed in time and the village
    is saved; reported late the fire is past the line."""
    x = X0 + 425
    line = {
        "id": "L",
        "line": [[x, Y0 + 5], [x, Y0 + 3045]],
        "arrives_after_min": 30,
        "m_per_h": 9e3,
    }
    quick = burn_it(lines=[line]).member(0)
    assert quick.place_row[0] == -1 or not (place(quick, 0) == FLAMES).any()
    late = burn_it(lines=[line], watchers=[{"id": "public", "delay_min": 480}]).member(0)
    assert (place(late, 0) == FLAMES).any()
    onset = quick.signals.onset_forecast_ms
    assert (onset[9:30] < NEVER).any() and onset[-1] == NEVER  # expected at first, then held


def test_burnt_share_by_hand(meadow: Any, build: Make, tmp_path: Path) -> None:
    """500 min after it began a fire at the edge of the meadow has burnt half a circle of 525 m; a
    line that holds it in time leaves less, a false alarm nothing."""
    half_circle = 1000 * np.pi * (500 * R0) ** 2 / 2 / (SIDE * CELL) ** 2

    def burnt(**changes: Any) -> float:
        hazard = build(section(**changes), meadow, folder=tmp_path, horizon_min=560)
        return float(hazard.member(0).measures["burnt_permille"])

    assert burnt() == pytest.approx(half_circle, rel=0.05)
    line = {"id": "L", "line": [[X0 + 225, Y0 + 5], [X0 + 225, Y0 + 3045]], "m_per_h": 9e3}
    assert 0 < burnt(lines=[line | {"arrives_after_min": 30}]) < 0.8 * burnt()
    assert burnt(ensemble={"members": 1, "false_alarm_members": 1}) == 0


def test_firebreak_is_there_already(burn_it: Make, tmp_path: Path) -> None:
    """A firebreak across the meadow saves what lies behind it without anybody's report."""
    line = {"id": "B", "line": [[X0 + 625, Y0 + 5], [X0 + 700, Y0 + 3045]], "is_there": True}
    member = burn_it(lines=[line], watchers=[{"id": "none", "share": 0, "delay_min": 1}]).member(0)
    assert not (member.place_levels == FLAMES).any()
    assert (member.signals.onset_forecast_ms == NEVER).all()


def test_false_alarm(burn_it: Make) -> None:
    """Put out where it began: reported, expected, called off, and no level anywhere."""
    member = burn_it(ensemble={"members": 3, "false_alarm_members": 3}).member(1)
    assert (member.place_row == -1).all() and not member.edge_levels.any()
    onset = member.signals.onset_forecast_ms
    assert onset[9] < NEVER and onset[-1] == NEVER


def test_members_differ_and_repeat(burn_it: Make) -> None:
    """Wind and dryness differ between members; the same member is the same however it is built."""
    spread = {
        "ensemble": {"members": 6},
        "rate_factor": {"dist": "uniform", "low": 0.7, "high": 1.4},
        "wind_turn_deg": {"dist": "uniform", "low": -40, "high": 40},
        "spotting": {"share_at_10_m_s": 0.05},
        "weather": [{"wind_m_s": 3, "wind_from_deg": 270, "temperature_c": 25}],
    }
    one, two = burn_it(**spread), burn_it(**spread)
    begins = [first(place(one.member(k), 0), FLAMES) for k in range(6)]
    assert len(set(begins)) > 2
    for k in (5, 0, 3):
        assert (one.member(k).edge_levels == two.member(k).edge_levels).all()


def test_half_the_step_moves_nothing(burn_it: Make) -> None:
    """The fire knows no step: with half the step flames come at the same minute within 2 %."""
    minutes = [first(place(burn_it(step_min=step).member(0), 1), FLAMES) * step for step in (10, 5)]
    assert minutes[1] == pytest.approx(minutes[0], rel=0.02)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"wind_factor": 9}, "hazard.may_be"),
        ({"ignition": [[X0 - 5000, Y0]]}, "hazard.off_grid"),
        (
            {"terrain": {"fuel": "no.asc", "elevation": "dem.asc", "factors": {"1": 1}}},
            "file.missing",
        ),
        (
            {"terrain": {"fuel": "fuel.asc", "elevation": "dem.asc", "factors": {"7": 1}}},
            "hazard.fuel_unknown",
        ),
        (
            {"terrain": {"fuel": "fuel.asc", "elevation": "dem.asc", "factors": {"1": 0}}},
            "hazard.no_fuel",
        ),
    ],
)
def test_wrong_sections(burn_it: Make, changes: dict[str, Any], code: str) -> None:
    """Each slip of a section has its own error."""
    with pytest.raises(InputError) as caught:
        burn_it(**changes)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize("height", [1e30, -600.0, 30_000.0])
def test_a_height_that_no_land_has(tmp_path: Path, burn_it: Make, height: float) -> None:
    """Feet, or a slip of digits, in one cell that burns is an error."""
    heights = np.zeros((SIDE, SIDE))
    heights[7, 9] = height
    grid(tmp_path, "dem.asc", heights)
    with pytest.raises(InputError) as caught:
        burn_it()
    assert [problem.code for problem in caught.value.problems] == ["hazard.out_of_range"]


def test_places_elsewhere(tmp_path: Path, make_geometry: Make, burn_it: Make) -> None:
    """A grid over which nobody lives and no road runs is an error; one over a part, a warning."""
    with pytest.raises(InputError) as caught:
        burn_it(make_geometry([(X0 + 90_000, Y0, 0)]))
    assert [problem.code for problem in caught.value.problems] == ["hazard.raster_elsewhere"]
    assert [note.code for note in burn_it().warnings] == ["hazard.raster_part"]
    assert burn_it().member(0).signals.step_ms * 6 == MS_PER_HOUR
