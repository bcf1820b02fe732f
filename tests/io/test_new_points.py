"""Raw tables of points: headings, coordinate systems, and what cannot be right."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from sim.io.crs import wgs_to_gcj
from sim.io.new_points import read_points
from sim.schema.problems import InputError


def refused(path: Path, crs: str | None) -> list[str]:
    """Codes with rows of the problems."""
    with pytest.raises(InputError) as caught:
        read_points(path, crs, "people")
    return [f"{p.code}:{p.row}" for p in caught.value.problems]


def test_the_stated_system_decides_which_columns_count(tmp_path: Path) -> None:
    """A table with both pairs gives the same place in degrees and in metres."""
    path = tmp_path / "p.csv"
    path.write_text("x,y,lon,lat\n185835.0,504479.0,5.841578,52.527099\n", encoding="utf-8")
    degrees = read_points(path, "EPSG:4326", "people")
    metres = read_points(path, "EPSG:28992", "people")
    assert degrees.lon[0] == 5.841578
    assert abs(metres.lon[0] - 5.841578) < 1e-4 and abs(metres.lat[0] - 52.527099) < 1e-4


def test_shifted_coordinates_are_set_right(tmp_path: Path) -> None:
    """Points of a Chinese web map come back to WGS 84 within a centimetre."""
    lon, lat = wgs_to_gcj(np.array([115.1]), np.array([27.3]))
    path = tmp_path / "p.csv"
    path.write_text(f"经度,纬度\n{lon[0]:.9f},{lat[0]:.9f}\n", encoding="utf-8")
    points = read_points(path, "GCJ-02", "people")
    assert abs(points.lon[0] - 115.1) < 1e-7 and abs(points.lat[0] - 27.3) < 1e-7


def test_packed_and_gbk_tables_are_read(tmp_path: Path) -> None:
    """A .csv.gz, and a CSV as Chinese Excel saves it."""
    text = "名称,经度,纬度\n河边村,115.1,27.3\n"
    with gzip.open(tmp_path / "p.csv.gz", "wb") as packed:
        packed.write(text.encode())
    (tmp_path / "q.csv").write_bytes(text.encode("gb18030"))
    for name in ("p.csv.gz", "q.csv"):
        points = read_points(tmp_path / name, "CGCS2000", "people")
        assert points.texts(("名称",)) == ["河边村"] and len(points) == 1


def test_nodes_need_no_coordinates(tmp_path: Path) -> None:
    """Rows that name a node of a travel-time matrix have no position and need no system."""
    path = tmp_path / "p.csv"
    path.write_text("node,evacuees\n7,100\n", encoding="utf-8")
    points = read_points(path, None, "people", by_node=True)
    assert points.node == ("7",) and np.isnan(points.lon).all()
    assert refused(path, None) == ["new.crs_missing:None"]
    path.write_text("town,evacuees\n7,100\n", encoding="utf-8")
    with pytest.raises(InputError, match="column_missing"):
        read_points(path, None, "people", by_node=True)


def test_every_wrong_coordinate_is_named_with_its_row(tmp_path: Path) -> None:
    """Swapped pairs, metres for degrees, text, a missing column or system."""
    path = tmp_path / "p.csv"
    path.write_text("lon,lat\n115,30\n30,115\n", encoding="utf-8")
    assert refused(path, "EPSG:4490") == ["crs.swapped:3"]
    assert refused(path, None) == ["new.crs_missing:None"]
    assert refused(path, "EPSG:1") == ["new.crs_unknown:None"]
    path.write_text("lon,lat\n504479,185835\n", encoding="utf-8")
    assert refused(path, "EPSG:4326") == ["crs.metres_not_degrees:2"]
    path.write_text("lon,lat\neast,30\n115,north\n", encoding="utf-8")
    assert refused(path, "EPSG:4326") == ["new.bad_number:2", "new.bad_number:3"]
    path.write_text("lon,pop\n115,30\n", encoding="utf-8")
    assert refused(path, "EPSG:4326") == ["new.column_missing:1"]


def test_unreadable_files_are_refused(tmp_path: Path) -> None:
    """A missing file, another format, a damaged archive, a table without rows."""
    assert refused(tmp_path / "none.csv", "EPSG:4326") == ["file.missing:None"]
    (tmp_path / "p.ods").write_bytes(b"PK")
    assert refused(tmp_path / "p.ods", "EPSG:4326") == ["new.unknown_format:None"]
    (tmp_path / "p.xlsx").write_bytes(b"PK")
    assert refused(tmp_path / "p.xlsx", "EPSG:4326") == ["xlsx.unreadable:None"]
    (tmp_path / "p.csv.gz").write_bytes(b"no archive")
    assert refused(tmp_path / "p.csv.gz", "EPSG:4326") == ["file.unreadable:None"]
    (tmp_path / "e.csv").write_text("lon,lat,pop\n", encoding="utf-8")
    assert refused(tmp_path / "e.csv", "EPSG:4326") == ["table.no_rows:None"]
