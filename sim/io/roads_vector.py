"""Roads as lines with attributes (GeoPackage, GeoJSON, Shapefile) → road network.

Columns may be those of OpenStreetMap extracts (highway or fclass, maxspeed, oneway, lanes, bridge,
width, maxweight, maxheight, name) or those of our edge table (road_class, speed_kmh, width_m,
height_limit_m, weight_limit_t, coach_ok, low_water_bridge, passing_place_m). Lines are joined
where they share a vertex to the centimetre.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sim.io.crs import to_work
from sim.io.crs_checks import Layer, check_coordinates, check_own_system
from sim.io.roads_osm_tags import directions, properties, why_not_a_road
from sim.io.roads_ways import ImportReport, RoadFile, RoadProperties, Vertices, Way, network_of_ways
from sim.roads.network import COACH_NO, COACH_YES, Network
from sim.schema.problems import InputError, Problem

VECTOR_ENDINGS = (".gpkg", ".geojson", ".json", ".shp")

AS_TAGS = {
    "fclass": "highway", "road_class": "highway", "speed_kmh": "maxspeed", "width_m": "width",
    "height_limit_m": "maxheight", "weight_limit_t": "maxweight",
}  # fmt: skip
"""Our columns, and those of common shapefiles, → OpenStreetMap's keys."""

CHINESE_CLASSES = {
    "高速": "motorway", "高速公路": "motorway", "国道": "trunk", "省道": "primary",
    "县道": "secondary", "乡道": "tertiary", "村道": "unclassified", "专用公路": "unclassified",
}  # fmt: skip
_YES, _NO = ("1", "yes", "true", "t", "是", "能"), ("0", "no", "false", "f", "否", "不能")
_SHOWN_ROWS = 20


def read_vector(path: Path, source: RoadFile) -> tuple[Network, ImportReport]:
    """Roads of the first layer with lines.

    Raises:
        InputError: the file cannot be read, is in another system than declared, or has no road.
    """
    fields, geometry, own_crs = _read(path, source)
    problems = check_own_system(own_crs, source.layer_crs, source.file)
    lines, skipped = _lines(geometry)
    points = np.concatenate([shapely.get_coordinates(line) for line, _ in lines] or [_NO_POINTS])
    problems += check_coordinates(
        Layer(points[:, 0], points[:, 1], source.layer_crs, source.file, _rows_of(lines))
    )[:_SHOWN_ROWS]
    if not lines:
        problems.append(Problem("roads.empty", source.file, found=0, allowed="≥ 1"))
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    vertices, rows = _joined(points, source)
    ways: list[Way] = []
    begin = 0
    for number, (line, feature) in enumerate(lines):
        end = begin + len(line.coords)
        way = _way(number, _tags(fields, feature), rows[begin:end])
        begin = end
        if isinstance(way, Way):
            ways.append(way)
        else:
            skipped[way] += 1
    network, report = network_of_ways(ways, vertices, source, dict(sorted(skipped.items())))
    return network, replace(report, problems=(*problems, *report.problems))


_NO_POINTS = np.zeros((0, 2))
Line = tuple[shapely.LineString, int]
"""A line and the row of its feature."""


def _read(path: Path, source: RoadFile) -> tuple[dict[str, Any], Any, str | None]:
    """Columns, geometries and the file's own coordinate system."""
    import pyogrio  # here, because it loads pandas where that is installed

    try:
        layers = pyogrio.list_layers(path)
        layer = next((name for name, kind in layers if kind and "LineString" in kind), layers[0][0])
        meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer, force_2d=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, IndexError) as error:
        raise InputError([Problem("roads.unreadable", source.file, found=str(error))]) from error
    fields = {name.lower(): column for name, column in zip(meta["fields"], columns, strict=True)}
    return fields, shapely.from_wkb(geometry), meta["crs"]


def _lines(geometry: Any) -> tuple[list[Line], Counter[str]]:
    """Single lines without repeated points, with their feature's row; what else there was."""
    lines: list[Line] = []
    skipped: Counter[str] = Counter()
    for row, shape in enumerate(geometry):
        kind = None if shape is None else shape.geom_type
        if kind not in ("LineString", "MultiLineString"):
            skipped["not_a_line"] += 1
            continue
        for part in shapely.get_parts(shape):
            clean = shapely.remove_repeated_points(part)
            if clean.length > 0 and np.isfinite(clean.length):
                lines.append((clean, row))
            else:
                skipped["single_point"] += 1
    return lines, skipped


def _rows_of(lines: list[Line]) -> list[int]:
    """Feature number (from 1) of every point."""
    return [row + 1 for line, row in lines for _ in range(len(line.coords))]


def _joined(points: NDArray[np.float64], source: RoadFile) -> tuple[Vertices, NDArray[np.int64]]:
    """Vertices that differ by at least a centimetre, and the vertex row of every point."""
    x, y = to_work(points[:, 0], points[:, 1], source.layer_crs, source.work_crs)
    cm = np.round(np.column_stack([x, y]) * 100).astype(np.int64)
    _, first, rows = np.unique(cm, axis=0, return_index=True, return_inverse=True)
    ids = [f"{east}_{north}" for east, north in cm[first]]
    return Vertices(ids, x[first], y[first]), rows.reshape(-1)


def _tags(fields: Mapping[str, Any], feature: int) -> dict[str, str]:
    """Attributes of a feature as OpenStreetMap tags; blanks and fill-in zeros left out."""
    tags: dict[str, str] = {}
    for name, column in fields.items():
        value = column[feature]
        if value is None or (isinstance(value, float | np.floating) and np.isnan(value)):
            continue
        text = f"{value:g}" if isinstance(value, float | np.floating) else str(value).strip()
        if text:
            tags.setdefault(AS_TAGS.get(name, name), {"是": "yes", "否": "no"}.get(text, text))
    highway = tags.get("highway", "road")
    tags["highway"] = CHINESE_CLASSES.get(highway, highway)
    return tags


def _way(number: int, tags: dict[str, str], rows: NDArray[np.int64]) -> Way | str:
    """The road, or the reason why it is none."""
    vertices = [int(row) for i, row in enumerate(rows) if i == 0 or row != rows[i - 1]]
    reason = why_not_a_road(tags)
    if reason is not None or len(vertices) < 2:
        return reason or "single_point"
    forward, backward = directions(tags)
    name = tags.get("id") or tags.get("osm_id") or ""
    return Way(f"{name or 'line'}_{number}", vertices, forward, backward, _own(tags))


def _own(tags: dict[str, str]) -> RoadProperties:
    """Properties from tags, with the columns that only our edge table has."""
    road = properties(tags)
    coach = tags.get("coach_ok", "").lower()
    coach_ok = COACH_YES if coach in _YES else COACH_NO if coach in _NO else road.coach_ok
    passing = tags.get("passing_place_m", "")
    low_water = road.low_water_bridge or tags.get("low_water_bridge", "").lower() in _YES
    return replace(
        road,
        coach_ok=coach_ok,
        bridge=road.bridge or low_water,
        low_water_bridge=low_water,
        passing_place_m=min(int(passing), 10_000) if passing.isdecimal() else 0,
    )
