"""GeoPackage, GeoJSON and Shapefile: joined at vertices, columns understood."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from sim.io.crs import wgs_to_gcj
from sim.io.roads_read import read_roads
from sim.io.roads_vector import read_vector
from sim.io.roads_ways import RoadFile
from sim.roads.network import Network
from sim.schema.problems import InputError

WORK = "EPSG:4549"
CROSS = [
    [(500000, 3320000), (501000, 3320000), (502000, 3320000)],
    [(501000, 3319000), (501000, 3320000), (501000, 3321000)],
]


def write(path: Path, lines: list[Any], crs: str = WORK, **columns: list[Any]) -> RoadFile:
    """A file with the lines and columns; the source to read it by."""
    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(shapely.LineString(line)) for line in lines], dtype=object),
        [np.array(values) for values in columns.values()],
        list(columns),
        geometry_type="LineString",
        crs=crs,
        layer="roads",
    )
    return RoadFile(path.name, crs, WORK)


@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".geojson"])
def test_lines_join_at_shared_vertices(tmp_path: Path, ending: str) -> None:
    """Two crossing lines with a common vertex give five nodes and eight edges."""
    path = tmp_path / f"roads{ending}"
    source = write(
        path, CROSS, name=["人民路", "环城路"], speed_kmh=[40.0, 30.0], width_m=[7.0, 2.5]
    )
    if ending == ".geojson":  # GDAL keeps metres as they are, but writes the system beside
        source = RoadFile(path.name, WORK, WORK)
    network, report = read_roads(path, source)
    assert isinstance(network, Network)
    assert (network.n_nodes, network.n_edges) == (5, 8)
    assert network.length_mm.tolist() == [1_000_000] * 8
    assert network.speed_kmh_x10.tolist() == [400] * 4 + [300] * 4
    assert network.coach_ok.tolist() == [-1] * 4 + [0] * 4
    assert network.names[0] == "人民路" and network.road_class[0] == "road"
    assert report.problems == ()


def test_lines_that_only_cross_are_not_joined(tmp_path: Path) -> None:
    """A crossing without a vertex may be a bridge: two pieces, one dropped, and it is said."""
    lines = [CROSS[0], [CROSS[1][0], CROSS[1][2]]]
    source = write(tmp_path / "roads.gpkg", lines, name=["a", "b"])
    network, report = read_vector(tmp_path / "roads.gpkg", source)
    assert network.n_nodes == 2 and report.dropped.components == 1
    assert [p.code for p in report.problems] == ["roads.dropped"]


def test_columns_of_common_shapefiles(tmp_path: Path) -> None:
    """fclass, oneway B/F/T, bridge T/F, maxspeed 0 for unknown; Chinese road classes."""
    lines = [[(500000 + 1000 * i, 3320000), (501000 + 1000 * i, 3320000)] for i in range(5)]
    source = write(
        tmp_path / "roads.shp",
        lines,
        fclass=["tertiary", "primary", "footway", "乡道", "高速公路"],
        oneway=["B", "F", "B", "T", "B"],
        bridge=["F", "T", "F", "F", "F"],
        maxspeed=[0, 60, 0, 35, 100],
    )
    source = RoadFile(source.file, WORK, WORK, keep_all=True)
    network, report = read_vector(tmp_path / "roads.shp", source)
    assert report.skipped == {"not_a_road": 1}
    assert network.road_class == ("tertiary", "tertiary", "primary", "tertiary", *["motorway"] * 2)
    assert network.bridge.tolist() == [False, False, True, False, False, False]
    assert network.speed_kmh_x10.tolist() == [400, 400, 600, 350, 1000, 1000]
    assert network.edge_ids[3] == "line_3-"


def test_chinese_yes_and_no(tmp_path: Path) -> None:
    """是 and 否 are understood in columns of yes and no."""
    lines = [[(500000 + 1000 * i, 3320000), (501000 + 1000 * i, 3320000)] for i in range(2)]
    source = write(
        tmp_path / "roads.gpkg",
        lines,
        oneway=["是", "否"],
        bridge=["否", "是"],
        low_water_bridge=["否", "是"],
        coach_ok=["否", "能"],
        passing_place_m=["300", ""],
    )
    network, _ = read_vector(tmp_path / "roads.gpkg", source)
    assert network.edge_ids == ("line_0", "line_1", "line_1-")
    assert network.bridge.tolist() == network.low_water_bridge.tolist() == [False, True, True]
    assert network.coach_ok.tolist() == [0, 1, 1]
    assert network.passing_place_m.tolist() == [300, 0, 0]


def test_shifted_map_is_put_back(tmp_path: Path) -> None:
    """Lines copied from a GCJ-02 map and declared so lie where the true roads lie."""
    lon, lat = np.array([120.0, 120.01]), np.array([30.0, 30.0])
    true = {"type": "LineString", "coordinates": list(zip(lon, lat, strict=True))}
    drawn = {"type": "LineString", "coordinates": np.column_stack(wgs_to_gcj(lon, lat)).tolist()}
    networks = []
    for line, crs in ((true, "EPSG:4326"), (drawn, "GCJ-02")):
        feature = {"type": "Feature", "properties": {"coach_ok": True}, "geometry": line}
        path = tmp_path / "roads.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
        networks.append(read_vector(path, RoadFile(path.name, crs, WORK))[0])
    assert networks[0].node_x == pytest.approx(networks[1].node_x, abs=0.02)
    assert networks[0].node_y == pytest.approx(networks[1].node_y, abs=0.02)
    assert networks[1].coach_ok.tolist() == [1, 1]


def test_wrong_system_and_unreadable_files(tmp_path: Path) -> None:
    """A file in another system than declared, or no map at all, is an error with its reason."""
    path = tmp_path / "roads.gpkg"
    write(path, CROSS, name=["a", "b"])
    with pytest.raises(InputError) as caught:
        read_vector(path, RoadFile(path.name, "EPSG:4326", WORK))
    codes = [problem.code for problem in caught.value.problems]
    assert codes[0] == "roads.crs_differs" and "crs.metres_not_degrees" in codes
    for name, content in {
        "a.geojson": b"{",
        "b.gpkg": b"no map",
        "c.shp": b"",
        "d.geojson": b'{"type": "FeatureCollection", "features": []}',
        "e.geojson": b'{"type": "Point", "coordinates": [120, 30]}',
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError) as caught:
            read_vector(tmp_path / name, RoadFile(name, "EPSG:4326", WORK))
        assert caught.value.problems[0].code in ("roads.unreadable", "roads.empty"), name
