"""Water at places out of a table: series in order, and every bad line named."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.io.place_series import read_place_series
from sim.schema.problems import InputError


def test_place_table(tmp_path: Path) -> None:
    """Lines in any order become ascending series by place."""
    (tmp_path / "d.csv").write_text("place,minute,depth_m\nB,60,0.5\nA,0,0\nB,30,0.25\n")
    series, notes = read_place_series(tmp_path, "d.csv", ("A", "B"))
    assert series[1].at_ms == (1_800_000, 3_600_000) and series[1].level == (250, 500)
    assert series[0].level == (0,) and not notes


def test_place_table_in_gbk_with_chinese_ids(tmp_path: Path) -> None:
    """A table saved by Chinese Excel is read, with a note."""
    (tmp_path / "d.csv").write_bytes("place,minute,depth_m\n石桥村,60,0.5\n".encode("gbk"))
    series, notes = read_place_series(tmp_path, "d.csv", ("石桥村",))
    assert series[0].level == (500,) and [n.code for n in notes] == ["file.encoding"]


def test_place_table_errors_by_row(tmp_path: Path) -> None:
    """Unknown places, bad cells and doubled minutes come together, each with its row."""
    (tmp_path / "d.csv").write_text(
        "place,minute,depth_m\nZ,1,1\nA,x,-1\nA,5,nan\nA,7,1\nA,7,2\nA\n"
    )
    with pytest.raises(InputError) as caught:
        read_place_series(tmp_path, "d.csv", ("A",))
    assert [(p.code, p.row, p.field) for p in caught.value.problems] == [
        ("hazard.place_unknown", 2, "place"),
        ("hazard.not_a_number", 3, "minute"),
        ("hazard.out_of_range", 3, "depth_m"),
        ("hazard.out_of_range", 4, "depth_m"),
        ("hazard.minute_twice", 6, "minute"),
        ("hazard.not_a_number", 7, "minute"),
        ("hazard.not_a_number", 7, "depth_m"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("place,depth_m\nA,1\n", "hazard.field_missing"),
        ("place,minute,depth_m\n", "hazard.layer_empty"),
        ("", "hazard.field_missing"),
    ],
)
def test_place_table_without_content(tmp_path: Path, text: str, code: str) -> None:
    """A table without a column or without lines is refused."""
    (tmp_path / "d.csv").write_text(text)
    with pytest.raises(InputError) as caught:
        read_place_series(tmp_path, "d.csv", ("A",))
    assert caught.value.problems[-1].code == code


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("A,1,1\nA,\r2,2\n", ["hazard.not_a_number"] * 2 + ["hazard.place_unknown"]),
        ('A,1,1\nA,"2,2\n', ["table.quotes"]),
        ('"place', ["table.quotes"]),
    ],
)
def test_a_line_that_is_torn(tmp_path: Path, text: str, problems: list[str]) -> None:
    """A carriage return within a row or an open quotation mark is named, whatever the reader."""
    header = "" if text.startswith('"') else "place,minute,depth_m\n"
    (tmp_path / "d.csv").write_bytes((header + text).encode())
    with pytest.raises(InputError) as caught:
        read_place_series(tmp_path, "d.csv", ("A",))
    assert [p.code for p in caught.value.problems][: len(problems)] == problems
