"""Storm tracks from tables: times in any zone, and legs no storm can make."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from sim.io.track_table import read_track
from sim.schema.problems import InputError, Problem

FIXES = ("2019-08-08 00:00,124.0,24.0,930", "2019-08-08 06:00,123.2,24.9,935",
         "2019-08-08 12:00,122.6,25.8,940")  # fmt: skip


def table(folder: Path, *fixes: str) -> Path:
    """A table of one track."""
    rows = "".join(f"T,{fix}\n" for fix in fixes)
    (folder / "t.csv").write_text("track_id,time,lon,lat,slp\n" + rows, encoding="utf-8")
    return folder


def problems(folder: Path, *fixes: str) -> tuple[Problem, ...]:
    """What is wrong with a track."""
    with pytest.raises(InputError) as caught:
        read_track(table(folder, *fixes), "t.csv", "T")
    return tuple(caught.value.problems)


def test_a_stated_time_zone_counts(tmp_path: Path) -> None:
    """14:00 at +08:00 is 06:00 UTC; fixes with and without a zone stand in one order."""
    zoned = FIXES[1].replace("06:00", "14:00+08:00")
    fixes = read_track(table(tmp_path, FIXES[0], zoned, FIXES[2]), "t.csv", "T")
    assert [fix.time for fix in fixes] == [datetime(2019, 8, 8, hour) for hour in (0, 6, 12)]


@pytest.mark.parametrize(
    ("old", "new"), [("123.2,24.9", "-123.2,24.9"), ("123.2,24.9", "24.9,123.2"), ("24.9", "-24.9")]
)
def test_no_storm_leaps(tmp_path: Path, old: str, new: str) -> None:
    """A wrong sign, degrees that changed places: said with the moment and the speed."""
    found = problems(tmp_path, FIXES[0], FIXES[1].replace(old, new), FIXES[2])
    assert {one.code for one in found} <= {"hazard.track_jumps", "hazard.out_of_range"}
    assert found[0].file == "t.csv" and found[0].allowed


def test_the_date_line_is_no_leap(tmp_path: Path) -> None:
    """From 179.8 to -179.9 are 30 km, written either way."""
    for east in ("-179.9", "180.1"):
        crossing = FIXES[1].replace("123.2,24.9", f"{east},24.2")
        assert len(read_track(table(tmp_path, FIXES[0].replace("124.0", "179.8"), crossing),
                              "t.csv", "T")) == 2  # fmt: skip


@pytest.mark.parametrize("value", ["inf", "nan", "1e30", "", "abc"])
@pytest.mark.parametrize("column", [1, 2, 3])
def test_impossible_numbers(tmp_path: Path, column: int, value: str) -> None:
    """Every bad cell with its row and column; an empty pressure leaves the fix out."""
    cells = FIXES[1].split(",")
    cells[column] = value
    if column == 3 and not value:
        assert len(read_track(table(tmp_path, *FIXES, ",".join(cells)), "t.csv", "T")) == 3
        return
    (problem,) = problems(tmp_path, FIXES[0], ",".join(cells), FIXES[2])
    assert problem.row == 3 and problem.field == ("lon", "lat", "slp")[column - 1]
