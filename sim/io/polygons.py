"""Areas with a depth or concentration and times out of a polygon layer (GeoJSON, GeoPackage,
Shapefile)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from sim.io.layers import FloatArray, layer_crs, layer_path, points_out
from sim.io.quantity import DEPTHS, Quantity
from sim.io.raster import Points
from sim.schema.problems import InputError, Problem

MS_PER_MIN = 60_000
LATEST_MIN = 100_000
FOR_EVER = 2**53


@dataclass(frozen=True, slots=True)
class PolygonLayer:
    """How a polygon layer is to be read: its path inside ``folder`` and its columns."""

    folder: Path
    file: str
    value_field: str = "depth_m"
    from_field: str = "from_min"
    to_field: str = "to_min"
    stated_crs: str = ""
    quantity: Quantity = DEPTHS["m"]


@dataclass(frozen=True, slots=True)
class TimedAreas:
    """Which points lie in which polygon, and when and how high the level of each polygon is.

    Attributes:
        point, area: int64 [n_pairs], a point and a polygon that covers it.
        level, from_ms, to_ms: int64 [n_areas]; ``to_ms`` is 2^53 where it stays.
    """

    point: NDArray[np.int64]
    area: NDArray[np.int64]
    level: NDArray[np.int64]
    from_ms: NDArray[np.int64]
    to_ms: NDArray[np.int64]


def timed_areas(layer: PolygonLayer, points: Points) -> tuple[TimedAreas, list[Problem]]:
    """The polygons over the points, and the warnings.

    Raises:
        InputError: the layer cannot be read, has no usable columns or no polygons, values are out
            of range, or no point lies in any polygon.
    """
    path = layer_path(layer.folder, layer.file)
    import pyogrio  # here, because it loads pandas where that is installed

    try:
        meta, _, wkb, columns = pyogrio.raw.read(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        problem = Problem("hazard.layer_unreadable", layer.file, found=str(error))
        raise InputError([problem]) from error
    crs, notes = layer_crs(meta["crs"], layer.stated_crs, layer.file)
    fields = dict(zip(meta["fields"].tolist(), columns, strict=True))
    problems: list[Problem] = []
    value, begin, end = _spells(layer, fields, len(wkb), problems)
    shapes = _shapes(layer, wkb, problems, notes)
    if problems:
        raise InputError([*notes, *problems])
    placed = shapely.transform(
        shapes,
        lambda xy: np.column_stack(points_out(xy[:, 0], xy[:, 1], crs, points.crs)),
    )
    tree = shapely.STRtree(placed)
    point, area = tree.query(shapely.points(points.x, points.y), predicate="intersects")
    if not len(point):
        raise InputError([*notes, Problem("hazard.areas_elsewhere", layer.file)])
    ends = np.where(np.isinf(end), FOR_EVER / MS_PER_MIN, end)
    areas = TimedAreas(
        point.astype(np.int64),
        area.astype(np.int64),
        np.rint(value * layer.quantity.per_unit).astype(np.int64),
        np.rint(begin * MS_PER_MIN).astype(np.int64),
        np.rint(ends * MS_PER_MIN).astype(np.int64),
    )
    return areas, notes


def _spells(
    layer: PolygonLayer, fields: dict[str, NDArray[Any]], n: int, problems: list[Problem]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Value, begin and end (min; infinite where it stays) of every polygon."""
    value = _column(layer, fields, (layer.value_field, layer.quantity.most), problems)
    begin = _column(layer, fields, (layer.from_field, LATEST_MIN), problems)
    end = np.full(n, np.inf)
    if layer.to_field in fields:
        end = _column(layer, fields, (layer.to_field, LATEST_MIN), problems, np.inf)
    if len(begin) == n:
        for i in np.flatnonzero(end <= begin).tolist():
            allowed = f"> {begin[i]:g}"
            problems.append(
                Problem("hazard.area_times", layer.file, i + 1, layer.to_field, end[i], allowed)
            )
    return value, begin, end


def _column(
    layer: PolygonLayer,
    fields: dict[str, NDArray[Any]],
    wanted: tuple[str, float],
    problems: list[Problem],
    if_missing: float = math.nan,
) -> FloatArray:
    """A column (name, highest value) of numbers from 0 on; an empty cell is ``if_missing``."""
    name, highest = wanted
    if name not in fields:
        allowed = ", ".join(fields)
        problems.append(Problem("hazard.field_missing", layer.file, None, name, None, allowed))
        return np.zeros(0)
    values = np.empty(len(fields[name]))
    for i, raw in enumerate(fields[name].tolist()):
        try:
            values[i] = np.nan if raw is None else float(raw)
        except (TypeError, ValueError):
            values[i] = np.nan
            problems.append(Problem("hazard.not_a_number", layer.file, i + 1, name, raw))
            continue
        if np.isnan(values[i]) and not np.isnan(if_missing):
            values[i] = if_missing
        elif not 0 <= values[i] <= highest:
            problems.append(
                Problem("hazard.out_of_range", layer.file, i + 1, name, raw, f"0 … {highest:g}")
            )
    return values


def _shapes(
    layer: PolygonLayer, wkb: NDArray[Any], problems: list[Problem], notes: list[Problem]
) -> NDArray[Any]:
    shapes = shapely.from_wkb(wkb)
    polygon = np.isin(shapely.get_type_id(shapes), (3, 6))
    for i in np.flatnonzero(~polygon).tolist():
        problems.append(Problem("hazard.not_a_polygon", layer.file, i + 1))
    if not len(shapes):
        problems.append(Problem("hazard.layer_empty", layer.file))
    broken = polygon & ~shapely.is_valid(shapes)
    if broken.any():
        notes.append(
            Problem("hazard.shape_mended", layer.file, found=int(broken.sum()), severity="warning")
        )
        shapes = np.where(broken, shapely.make_valid(shapes), shapes)
    return np.asarray(shapes)
