"""People of a new scenario: whole persons with the exact total, zones, ids."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.io.new_people import grid_zones, make_homes, whole_persons
from sim.io.new_points import read_points
from sim.schema.problems import InputError

FRACTIONS = st.lists(st.floats(0, 5000, allow_nan=False), min_size=1, max_size=200)


def homes_of(path: Path, text: str, total: int | None = None):
    """Homes and assumption keys of a CSV in WGS 84."""
    path.write_text(text, encoding="utf-8")
    homes, said = make_homes(read_points(path, "EPSG:4326", "people"), total)
    return homes, [item.key for item in said]


@given(FRACTIONS, st.integers(1, 1_000_000))
def test_whole_persons_add_up(shares: list[float], total: int) -> None:
    """Largest remainder meets the total exactly, and no cell moves by a whole person."""
    values = np.array(shares)
    if values.sum() < 1e-3:
        return
    whole = whole_persons(values, total)
    exact = values * (total / values.sum())
    assert int(whole.sum()) == total
    assert (whole >= 0).all() and (np.abs(whole - exact) < 1 + 1e-3).all()


def test_largest_remainders_get_the_rest() -> None:
    """1.9, 1.4, 1.7 people are 5: the two largest remainders are rounded up; ties go first."""
    assert whole_persons(np.array([1.9, 1.4, 1.7]), 5).tolist() == [2, 1, 2]
    assert whole_persons(np.array([0.5, 0.5, 0.5, 0.5]), 2).tolist() == [1, 1, 0, 0]


def test_whole_numbers_stay_as_they_are(tmp_path: Path) -> None:
    """A table of counts is taken as it is, whatever its total."""
    text = "lon,lat,population\n115,30,1237\n115.01,30,98766\n"
    homes, said = homes_of(tmp_path / "p.csv", text)
    assert homes.persons.tolist() == [1237, 98766] and said == ["people_exact"]


def test_a_total_of_fractions_has_four_digits(tmp_path: Path) -> None:
    """Fractions of people are estimates: 50,062.9 becomes 50,060; a stated total wins."""
    text = "lon,lat,pop\n115,30,50000.5\n115.01,30,62.4\n"
    homes, said = homes_of(tmp_path / "p.csv", text)
    assert int(homes.persons.sum()) == 50_060 and said == ["people_rounded"]
    homes, said = homes_of(tmp_path / "p.csv", text, total=50_063)
    assert int(homes.persons.sum()) == 50_063 and said == ["people_given"]


def test_empty_cells_are_left_out_and_said(tmp_path: Path) -> None:
    """A cell that comes to nobody is no home; ids of the table are kept, towns too."""
    text = "编号,乡镇,经度,纬度,人口\na,甲镇,115,30,10.4\nb,乙镇,115.01,30,0.2\n"
    homes, said = homes_of(tmp_path / "p.csv", text)
    assert homes.ids == ("a",) and homes.towns == ("甲镇",) and homes.names == ("甲镇 a",)
    assert "people_empty" in said


def test_ids_that_cannot_serve_are_replaced(tmp_path: Path) -> None:
    """Repeated ids, or ids with spaces, give way to P0001, P0002."""
    text = "id,lon,lat,pop\nx,115,30,1\nx,115.01,30,2\n"
    assert homes_of(tmp_path / "p.csv", text)[0].ids == ("P0001", "P0002")
    text = "id,lon,lat,pop\nx 1,115,30,1\ny,115.01,30,2\n"
    assert homes_of(tmp_path / "p.csv", text)[0].ids == ("P0001", "P0002")


def test_zones_are_squares_of_one_town(tmp_path: Path) -> None:
    """Homes of one square and town share a zone; another town, square, or no risk parts them."""
    rows = ["甲,115,30,5", "甲,115,30,5", "乙,115,30,5", "甲,115,30,5", "甲,115,30,5"]
    homes, _ = homes_of(tmp_path / "p.csv", "place,lon,lat,pop\n" + "\n".join(rows) + "\n")
    x = np.array([100.0, 900.0, 500.0, 1500.0, 200.0])
    risk = np.array([True, True, True, True, False])
    zones = grid_zones(homes, x, np.zeros(5), risk)
    first, second, other, square, dry = zones.of_home.tolist()
    assert first == second and len({first, other, square}) == 3 and dry == -1
    assert zones.homes(first).tolist() == [0, 1] and len(zones.ids) == len(zones.names) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("lon,lat,heads\n115,30,5\n", "new.column_missing"),
        ("lon,lat,pop\n115,30,0\n", "new.nobody"),
        ("lon,lat,pop\n115,30,-3\n", "new.bad_number"),
        ("lon,lat,pop\n115,30,many\n", "new.bad_number"),
    ],
)
def test_unusable_people_are_refused(tmp_path: Path, text: str, code: str) -> None:
    """No column, nobody, or no numbers: the file, row and field are named."""
    with pytest.raises(InputError) as caught:
        homes_of(tmp_path / "p.csv", text)
    (problem,) = caught.value.problems
    assert problem.code == code and problem.file == "p.csv"
    if code == "new.bad_number":
        assert problem.row == 2 and problem.field == "pop"
