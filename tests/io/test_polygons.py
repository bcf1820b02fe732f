"""Polygons and tables of recorded water."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely

from sim.io.crs import to_work, wgs_to_gcj
from sim.io.polygons import FOR_EVER, PolygonLayer, timed_areas
from sim.io.raster import Points
from sim.schema.problems import InputError

WORK = "EPSG:4549"


def square(x: float, y: float, half: float = 0.01) -> list[list[list[float]]]:
    corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    return [[[x + a, y + b] for a, b in corners]]


def geojson(path: Path, features: list[tuple[Any, dict[str, Any]]], kind: str = "Polygon") -> str:
    """A GeoJSON file of (coordinates, properties)."""
    items = [
        {"type": "Feature", "properties": given, "geometry": {"type": kind, "coordinates": shape}}
        for shape, given in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": items}))
    return path.name


def points(*lonlat: tuple[float, float]) -> Points:
    lon, lat = np.array(lonlat).T
    return Points(*to_work(lon, lat, "EPSG:4326", WORK), WORK)


def codes(layer: PolygonLayer) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(InputError) as caught:
        timed_areas(layer, points((119.0, 28.0)))
    return [(p.code, p.row, p.field) for p in caught.value.problems]


def test_points_find_their_polygons(tmp_path: Path) -> None:
    """Times become ms, metres become mm, and a polygon without an end stays."""
    name = geojson(
        tmp_path / "a.geojson",
        [
            (square(119.0, 28.0), {"depth_m": 0.5, "from_min": 60, "to_min": 120}),
            (square(119.005, 28.0), {"depth_m": 1.25, "from_min": 90, "to_min": None}),
        ],
    )
    where = points((119.0, 28.0), (119.014, 28.0), (118.0, 28.0))
    areas, notes = timed_areas(PolygonLayer(tmp_path, name), where)
    pairs = sorted(zip(areas.point.tolist(), areas.area.tolist(), strict=True))
    assert pairs == [(0, 0), (0, 1), (1, 1)] and not notes
    assert areas.level.tolist() == [500, 1250]
    assert areas.from_ms.tolist() == [3_600_000, 5_400_000]
    assert areas.to_ms.tolist() == [7_200_000, FOR_EVER]


def test_a_stated_gcj_layer_is_shifted_back(tmp_path: Path) -> None:
    """A square drawn on a web map (GCJ-02) covers the true point once that is stated."""
    east, north = (float(v) for v in wgs_to_gcj(119.0, 28.0))
    name = geojson(
        tmp_path / "a.geojson", [(square(east, north, 0.001), {"depth_m": 1, "from_min": 0})]
    )
    areas, _ = timed_areas(PolygonLayer(tmp_path, name, stated_crs="GCJ-02"), points((119.0, 28.0)))
    assert areas.point.tolist() == [0]
    with pytest.raises(InputError) as caught:
        timed_areas(PolygonLayer(tmp_path, name), points((119.0, 28.0)))
    assert caught.value.problems[-1].code == "hazard.areas_elsewhere"


@pytest.mark.parametrize(("ending", "driver"), [("gpkg", "GPKG"), ("shp", "ESRI Shapefile")])
def test_packages_and_shapefiles(tmp_path: Path, ending: str, driver: str) -> None:
    """GeoPackage and Shapefile in metres give the same as GeoJSON."""
    x, y = (float(v) for v in to_work(119.0, 28.0, "EPSG:4326", WORK))
    pyogrio.raw.write(
        tmp_path / f"a.{ending}",
        shapely.to_wkb(np.array([shapely.box(x - 9, y - 9, x + 9, y + 9)])),
        [np.array([0.8]), np.array([30.0])],
        ["depth_m", "from_min"],
        geometry_type="Polygon",
        crs=WORK,
        driver=driver,
    )
    areas, _ = timed_areas(PolygonLayer(tmp_path, f"a.{ending}"), points((119.0, 28.0)))
    assert (areas.level[0], areas.from_ms[0], areas.to_ms[0]) == (800, 1_800_000, FOR_EVER)


def test_everything_wrong_at_once(tmp_path: Path) -> None:
    """A text for a depth, a negative time, an end before its begin: all in one go, with rows."""
    good = square(119.0, 28.0)
    name = geojson(
        tmp_path / "a.geojson",
        [
            (good, {"depth_m": "deep", "from_min": "0", "to_min": "10"}),
            (good, {"depth_m": "1", "from_min": "-5", "to_min": "10"}),
            (good, {"depth_m": "1", "from_min": "50", "to_min": "40"}),
        ],
    )
    assert codes(PolygonLayer(tmp_path, name)) == [
        ("hazard.not_a_number", 1, "depth_m"),
        ("hazard.out_of_range", 2, "from_min"),
        ("hazard.area_times", 3, "to_min"),
    ]


def test_wrong_layers(tmp_path: Path) -> None:
    """Missing columns, points instead of polygons and files that are no layers are named."""
    plain = geojson(tmp_path / "a.geojson", [(square(119.0, 28.0), {"tiefe": 1})])
    assert [c[0] for c in codes(PolygonLayer(tmp_path, plain))] == ["hazard.field_missing"] * 2
    dots = geojson(
        tmp_path / "b.geojson", [([119.0, 28.0], {"depth_m": 1, "from_min": 0})], "Point"
    )
    assert [c[0] for c in codes(PolygonLayer(tmp_path, dots))] == ["hazard.not_a_polygon"]
    (tmp_path / "c.geojson").write_text("{")
    assert [c[0] for c in codes(PolygonLayer(tmp_path, "c.geojson"))] == ["hazard.layer_unreadable"]


def test_bow_tie_is_mended_with_a_note(tmp_path: Path) -> None:
    """A polygon that crosses itself is mended and the planner is told."""
    tie = [[[118.9, 27.9], [119.1, 28.1], [119.1, 27.9], [118.9, 28.1], [118.9, 27.9]]]
    name = geojson(tmp_path / "a.geojson", [(tie, {"depth_m": 1, "from_min": 0})])
    areas, notes = timed_areas(PolygonLayer(tmp_path, name), points((119.08, 28.0)))
    assert areas.point.tolist() == [0] and [n.code for n in notes] == ["hazard.shape_mended"]
