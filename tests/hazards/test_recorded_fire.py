"""A fire known by points and times: reach, shift and pace, report, files of every bad sort."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, NEVER
from sim.hazards.forest_fire import FLAMES
from sim.schema.problems import InputError

Make = Callable[..., Any]
X0, Y0 = 500_000.0, 3_100_000.0
HEAD = "x,y,minute\n"
ROW = "".join(f"{X0 + 100 * i},{Y0},{30 * i}\n" for i in range(21)) + f"{X0},{Y0 + 900},\n"
"""A front that runs east 100 m every half hour; one point does not burn."""


def section(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "recorded_fire",
        "arrivals": {"file": "fire.csv"},
        "starts_at": "10:00",
        "near_m": 150,
        "flames_min": 60,
    } | changes


@pytest.fixture
def burnt(tmp_path: Path, make_geometry: Make, build: Make) -> Make:
    """Places 1,000 m down the front and 2 km beside it; a road that crosses it at 1,500 m."""

    def built(text: str = HEAD + ROW, **changes: Any) -> Any:
        (tmp_path / "fire.csv").write_text(text, encoding="utf-8")
        road = [(X0 + 1500, Y0 - 300 + 100 * i, 0.0) for i in range(7)]
        where = make_geometry([(X0 + 1000, Y0, 0.0), (X0, Y0 + 2000, 0.0)], [road])
        return build(section(**changes), where, folder=tmp_path)

    return built


def place(member: Any) -> np.ndarray[Any, Any]:
    return np.asarray(member.place_levels[member.place_row[0]])


def test_flames_by_hand(burnt: Make) -> None:
    """Starting at 10:00 (hour 2), 900 m burn after 270 min, 1,100 m after 330 and for an hour."""
    member = burnt().member(0)
    on = np.flatnonzero(place(member) == FLAMES)
    assert (on[0], on[-1]) == (12 + 27, 12 + 33 + 6 - 1)
    assert member.place_row[1] == -1
    road = np.flatnonzero(member.edge_levels[member.edge_row[0]])
    assert road[0] == 12 + 42


def test_shift_and_pace(burnt: Make) -> None:
    """An hour later and twice as fast: 270 min become 60 + 135."""
    member = burnt(start_shift_min=60, speed_factor=2).member(0)
    assert np.flatnonzero(place(member))[0] == 12 + (60 + 135) // 10


def test_known_from_the_start_or_from_the_report(burnt: Make) -> None:
    """Without watchers the arrival is expected from the start on, else from the report on."""
    at_once = burnt().member(0).signals.onset_forecast_ms
    watcher = {"id": "public", "delay_min": 60}
    later = burnt(watchers=[watcher]).member(0).signals.onset_forecast_ms
    assert (at_once[:12] == NEVER).all() and at_once[12] == 6.5 * MS_PER_HOUR
    assert (later[:18] == NEVER).all() and (later[18:] == at_once[18:]).all()


def test_false_alarm_burns_nothing(burnt: Make) -> None:
    """In a false alarm nothing burns, though it was expected."""
    member = burnt(ensemble={"members": 2, "false_alarm_members": 2}).member(0)
    assert not member.edge_levels.any() and (member.place_row == -1).all()
    assert (member.signals.onset_forecast_ms < NEVER).any()


def test_the_import_says_what_it_found(burnt: Make) -> None:
    """21 of 22 points burnt, one of the two places within reach."""
    notes = [(note.code, note.found, note.allowed) for note in burnt().warnings]
    assert notes == [("hazard.fire_says", "21 / 22", "1 / 2")]


def test_a_grid_is_the_same_fire(burnt: Make, tmp_path: Path) -> None:
    """Hours in an .asc grid about the same points give the same flames as the table."""
    head = f"ncols 21\nnrows 1\nxllcorner {X0 - 50}\nyllcorner {Y0 - 50}\ncellsize 100\n"
    (tmp_path / "fire.asc").write_text(head + " ".join(str(i / 2) for i in range(21)) + "\n")
    grid = burnt(arrivals={"file": "fire.asc", "unit": "h"}).member(0)
    assert (place(grid) == place(burnt().member(0))).all()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x,y,when\n1,2,3\n", "hazard.field_missing"),
        (HEAD + "1,2,-3\n", "hazard.out_of_range"),
        (HEAD + "1,2,1e9\n", "hazard.out_of_range"),
        (HEAD + "1,nan,3\n", "hazard.not_a_number"),
        (HEAD + "1,,3\n", "hazard.not_a_number"),
        (HEAD + "1,2,\n", "hazard.layer_empty"),
        (HEAD + "1,2,3\n", "hazard.never_wet"),
    ],
)
def test_wrong_tables(burnt: Make, text: str, code: str) -> None:
    """Missing column, negative, huge, NaN, empty, elsewhere: each has its error."""
    with pytest.raises(InputError) as caught:
        burnt(text)
    assert [problem.code for problem in caught.value.problems] == [code]
