"""Raw tables in the forms planners have them: workbooks and GIS points read like CSV."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from sim.io.new_points import read_points
from sim.schema.problems import InputError


def workbook(path: Path, rows: list[list[object]]) -> Path:
    """A workbook with an empty sheet before the one that is filled."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("人口")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def points(path: Path, crs: str | None, shapes: list[tuple[dict[str, object], object]]) -> Path:
    """A GeoJSON file; its own system is WGS 84 unless named."""
    features = [{"type": "Feature", "properties": p, "geometry": g} for p, g in shapes]
    document: dict[str, object] = {"type": "FeatureCollection", "features": features}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_the_first_filled_sheet_counts(tmp_path: Path) -> None:
    """A workbook reads like the CSV of its sheet, with the row numbers of the spreadsheet."""
    rows: list[list[object]] = [["名称", "经度", "纬度", "人口"], ["河边", 115.1, 27.3, 120]]
    found = read_points(workbook(tmp_path / "p.xlsx", rows), "EPSG:4490", "people")
    assert found.texts(("名称",)) == ["河边"]
    assert found.numbers == (2,)
    assert list(found.amounts(("人口",)) or ()) == [120]


def test_a_formula_is_named_and_never_worked_out(tmp_path: Path) -> None:
    """A number that is a formula is an error with its row; a name that looks like one is text."""
    rows: list[list[object]] = [["名称", "经度", "纬度", "人口"], ["河边", 115.1, 27.3, "=A1*2"]]
    found = read_points(workbook(tmp_path / "p.xlsx", rows), "EPSG:4490", "people")
    with pytest.raises(InputError) as caught:
        found.amounts(("人口",))
    assert [(p.code, p.row, p.found) for p in caught.value.problems] == [
        ("xlsx.formula", 2, "=A1*2")
    ]


def test_gis_points_and_areas_have_positions(tmp_path: Path) -> None:
    """Points count as they are, areas by a point inside; a column lon of the table does not."""
    square = [[[115.0, 27.0], [115.2, 27.0], [115.2, 27.2], [115.0, 27.2], [115.0, 27.0]]]
    path = points(
        tmp_path / "p.geojson",
        None,
        [
            (
                {"name": "点", "lon": 1, "population": 5},
                {"type": "Point", "coordinates": [115, 27]},
            ),
            ({"name": "面", "lon": 2, "population": 7}, {"type": "Polygon", "coordinates": square}),
        ],
    )
    found = read_points(path, "EPSG:4326", "people")
    assert found.texts(("name",)) == ["点", "面"]
    assert np.allclose(found.lon, [115.0, 115.1]) and np.allclose(found.lat, [27.0, 27.1])


def test_a_layer_in_another_system_than_stated_is_refused(tmp_path: Path) -> None:
    """A layer that says it is in metres is not read as degrees."""
    shape = {"type": "Point", "coordinates": [115.0, 27.0]}
    path = points(tmp_path / "p.geojson", "urn:ogc:def:crs:EPSG::4547", [({"name": "点"}, shape)])
    with pytest.raises(InputError) as caught:
        read_points(path, "EPSG:4326", "people")
    assert [problem.code for problem in caught.value.problems] == ["roads.crs_differs"]
