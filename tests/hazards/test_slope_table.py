"""Survey tables of hazard points: Chinese and English headers, defaults, every bad cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.io.hazard_points import read_hazard_points
from sim.schema.hazard_landslide import LandslideSpec
from sim.schema.problems import InputError

Make = Callable[..., Any]
STORM = {"peak_window_min": [600, 900], "total_24h_mm": 250, "peak_hour_mm": 60, "length_h": 14}
CHINESE = """统一编号,隐患点名称,经度,纬度,灾害类型,宽度（m）,备注
H7,后山,1000,0,滑坡,80,
H8,,5000,0,泥石流,,x
"""
ENGLISH = "id,x,y\nH7,1000,0\n"


def section(**changes: Any) -> dict[str, Any]:
    like = {"id": "like", "course": [[0, 0]], "width_m": 40, "local_factor": 0.5}
    table = {"file": "points.csv", "like": like}
    return {"kind": "landslide", "storm": STORM, "table": table} | changes


@pytest.fixture
def built(tmp_path: Path, make_geometry: Make, build: Make) -> Make:
    """A home at (1000, 0) and one at (3000, 0)."""

    def made(text: str, **changes: Any) -> Any:
        (tmp_path / "points.csv").write_text(text, encoding="utf-8")
        homes = make_geometry([(1000.0, 0.0, 0.0), (3000.0, 0.0, 0.0)])
        where = replace(homes, n_homes=2)
        return build(section(**changes), where, folder=tmp_path)

    return made


def test_headers_as_bureaus_write_them(tmp_path: Path) -> None:
    """Chinese names with full-width brackets are known, others passed over; widths may be empty."""
    (tmp_path / "points.csv").write_text(CHINESE, encoding="utf-8")
    first, second = read_hazard_points(tmp_path, "points.csv")
    assert (first.id, first.name, first.x, first.kind, first.width_m) == (
        "H7", "后山", 1000.0, "滑坡", 80.0
    )  # fmt: skip
    assert (second.name, second.width_m) == ("", None)


def test_gbk_is_read_too(tmp_path: Path) -> None:
    """A table saved by an old Excel in GBK gives the same points."""
    (tmp_path / "points.csv").write_bytes(CHINESE.encode("gbk"))
    assert read_hazard_points(tmp_path, "points.csv")[0].name == "后山"


def test_points_bury_whom_they_stand_above(built: Make) -> None:
    """The home at the point is struck in every member whose rain is enough, the other never."""
    hazard = built(CHINESE)
    struck = set()
    for k in range(len(hazard.weights)):
        blows = hazard.member(k).blows
        struck |= set(blows.place.tolist()) if blows is not None else set()
    assert struck == {0}


def test_the_import_says_how_many_points_reach_something(built: Make) -> None:
    """Two rows are read; the one far away reaches no place and no road."""
    notes = built("id,x,y\nnear,1000,0\nfar,90000,90000\n").warnings
    said = [(n.found, n.allowed) for n in notes if n.code == "hazard.table_says"]
    assert said == [(2, 1)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("编号,经度\nH7,1\n", "hazard.field_missing"),
        ("id,x,y\nH7,1,2\nH7,3,4\n", "hazard.point_id"),
        ("id,x,y\n,1,2\n", "hazard.point_id"),
        ("id,x,y\nH7,nan,2\n", "hazard.out_of_range"),
        ("id,x,y\nH7,,2\n", "hazard.not_a_number"),
        ("id,x,y,宽度\nH7,1,2,-5\n", "hazard.out_of_range"),
        ("id,x,y\n", "hazard.layer_empty"),
    ],
)
def test_wrong_tables(built: Make, text: str, code: str) -> None:
    """Missing column, doubled or empty id, NaN, empty, negative width, no rows: each is named."""
    with pytest.raises(InputError) as caught:
        built(text)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_ids_of_table_and_section_differ(built: Make) -> None:
    """A point that repeats an id of the section is an error."""
    own = [{"id": "H7", "course": [[0, 0]], "width_m": 10}]
    with pytest.raises(InputError) as caught:
        built(ENGLISH, slopes=own)
    assert caught.value.problems[0].code == "hazard.point_id"


def test_a_section_needs_slopes() -> None:
    """Neither slopes nor a table is refused."""
    with pytest.raises(ValueError, match="slopes"):
        LandslideSpec.model_validate(section(table=None))
