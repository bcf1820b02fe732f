"""Flooded areas with depth and times out of a polygon layer (GeoJSON, GeoPackage, Shapefile)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.errors
import pyogrio.raw
import shapely
from numpy.typing import NDArray

from sim.io.layers import layer_crs, layer_path, points_out
from sim.io.raster import DEEPEST_MM, Points
from sim.schema.problems import InputError, Problem, Severity

MS_PER_MIN = 60_000
MM_PER_M = 1000
LATEST_MIN = 100_000
FOR_EVER = 2**53


@dataclass(frozen=True, slots=True)
class PolygonLayer:
    """How a polygon layer is to be read: its path inside ``folder`` and its columns."""

    folder: Path
    file: str
    depth_field: str = "depth_m"
    from_field: str = "from_min"
    to_field: str = "to_min"
    stated_crs: str = ""


@dataclass(frozen=True, slots=True)
class FloodedAreas:
    """Which points lie in which polygon, and when and how deep each polygon is flooded.

    Attributes:
        point, area: int64 [n_pairs], a point and a polygon that covers it.
        depth_mm, from_ms, to_ms: int64 [n_areas]; ``to_ms`` is 2^53 where the water stays.
    """

    point: NDArray[np.int64]
    area: NDArray[np.int64]
    depth_mm: NDArray[np.int64]
    from_ms: NDArray[np.int64]
    to_ms: NDArray[np.int64]


def flooded_areas(layer: PolygonLayer, points: Points) -> tuple[FloodedAreas, list[Problem]]:
    """The polygons over the points, and the warnings.

    Raises:
        InputError: the layer cannot be read, has no usable columns or no polygons, values are out
            of range, or no point lies in any polygon.
    """
    path = layer_path(layer.folder, layer.file)
    try:
        meta, _, wkb, columns = pyogrio.raw.read(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise InputError([_problem(layer, "hazard.layer_unreadable", found=str(error))]) from error
    crs, notes = layer_crs(meta["crs"], layer.stated_crs, layer.file)
    fields = dict(zip(meta["fields"].tolist(), columns, strict=True))
    problems: list[Problem] = []
    depth = _column(layer, fields, layer.depth_field, DEEPEST_MM // MM_PER_M, problems)
    begin = _column(layer, fields, layer.from_field, LATEST_MIN, problems)
    end = np.full(len(wkb), np.inf)
    if layer.to_field in fields:
        end = _column(layer, fields, layer.to_field, LATEST_MIN, problems, missing_ok=True)
    shapes = _shapes(layer, wkb, problems, notes)
    for i in np.flatnonzero(end <= begin).tolist():
        problems.append(
            _problem(layer, "hazard.area_times", i + 1, layer.to_field, end[i], f"> {begin[i]:g}")
        )
    if problems:
        raise InputError([*notes, *problems])
    placed = shapely.transform(
        shapes,
        lambda xy: np.column_stack(points_out(xy[:, 0], xy[:, 1], crs, points.crs)),
    )
    tree = shapely.STRtree(placed)
    point, area = tree.query(shapely.points(points.x, points.y), predicate="intersects")
    if not len(point):
        raise InputError([*notes, _problem(layer, "hazard.areas_elsewhere")])
    ends = np.where(
        np.isfinite(end), np.rint(np.where(np.isfinite(end), end, 0) * MS_PER_MIN), FOR_EVER
    )
    return (
        FloodedAreas(
            point.astype(np.int64),
            area.astype(np.int64),
            np.rint(depth * MM_PER_M).astype(np.int64),
            np.rint(begin * MS_PER_MIN).astype(np.int64),
            ends.astype(np.int64),
        ),
        notes,
    )


def _column(
    layer: PolygonLayer,
    fields: dict[str, NDArray[Any]],
    name: str,
    highest: float,
    problems: list[Problem],
    missing_ok: bool = False,
) -> NDArray[np.float64]:
    """A column of numbers from 0 to ``highest``; a missing value is for ever where that is ok."""
    if name not in fields:
        allowed = ", ".join(fields)
        problems.append(_problem(layer, "hazard.field_missing", None, name, None, allowed))
        return np.zeros(0)
    values = np.empty(len(fields[name]))
    for i, raw in enumerate(fields[name].tolist()):
        try:
            values[i] = np.nan if raw is None else float(raw)
        except (TypeError, ValueError):
            values[i] = np.nan
            problems.append(_problem(layer, "hazard.not_a_number", i + 1, name, raw))
            continue
        if np.isnan(values[i]) and missing_ok:
            values[i] = np.inf
        elif not 0 <= values[i] <= highest:
            problems.append(
                _problem(layer, "hazard.out_of_range", i + 1, name, raw, f"0 … {highest:g}")
            )
    return values


def _shapes(
    layer: PolygonLayer, wkb: NDArray[Any], problems: list[Problem], notes: list[Problem]
) -> NDArray[Any]:
    shapes = shapely.from_wkb(wkb)
    polygon = np.isin(shapely.get_type_id(shapes), (3, 6))
    for i in np.flatnonzero(~polygon).tolist():
        problems.append(_problem(layer, "hazard.not_a_polygon", i + 1))
    if not len(shapes):
        problems.append(_problem(layer, "hazard.layer_empty"))
    broken = polygon & ~shapely.is_valid(shapes)
    if broken.any():
        notes.append(
            _problem(layer, "hazard.shape_mended", found=int(broken.sum()), severity="warning")
        )
        shapes = np.where(broken, shapely.make_valid(shapes), shapes)
    return np.asarray(shapes)


def _problem(
    layer: PolygonLayer,
    code: str,
    row: int | None = None,
    field: str | None = None,
    found: object = None,
    allowed: object = None,
    severity: Severity = "error",
) -> Problem:
    return Problem(code, layer.file, row, field, found, allowed, severity)
