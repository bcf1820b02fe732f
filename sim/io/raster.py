"""Depths or concentrations at points out of a raster, without reading the raster whole.

Only the windows that hold a point are read, so that a national raster of many gigabytes costs as
much memory as one window. The value of a point is that of the cell it lies in.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.io.crs import SHIFTED
from sim.io.layers import FloatArray, layer_crs, layer_path, points_in
from sim.io.quantity import DEPTHS, Quantity
from sim.schema.problems import InputError, Problem, Severity

WINDOW_CELLS = 512
M_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Points:
    """Points in the working system: ``x``, ``y`` (m), and the system's name."""

    x: FloatArray
    y: FloatArray
    crs: str


@dataclass(frozen=True, slots=True)
class RasterLayer:
    """How a raster is to be read: file, what its numbers are, meaning of no data, stated system.

    ``band`` counts from 1; ``variable`` names the variable of a NetCDF file that has several.
    """

    folder: Path
    file: str
    quantity: Quantity = DEPTHS["m"]
    nodata_is_dry: bool = True
    stated_crs: str = ""
    band: int = 1
    variable: str = ""


@dataclass(frozen=True, slots=True)
class BandTimes:
    """Bands of a raster: how many, the side of a cell (m), and their minutes.

    ``minutes`` is None where the file does not state them; a NetCDF time axis counts from its
    first entry.
    """

    count: int
    cell: float
    minutes: tuple[int, ...] | None


def raster_at(layer: RasterLayer, points: Points) -> tuple[NDArray[np.int32], list[Problem]]:
    """Whole numbers at every point (int32: mm of depth; 0 where dry or outside), and the warnings.

    Raises:
        InputError: rasterio is missing, the file cannot be read, no point lies on it, or values
            are negative, implausible or (where no data does not mean dry) unknown.
    """
    rasterio = _rasterio(layer.file)
    with _opened(layer, rasterio) as dataset:
        return _sampled(layer, points, dataset, rasterio)


def band_times(layer: RasterLayer) -> BandTimes:
    """What a raster says of its bands.

    Raises:
        InputError: rasterio is missing, or the file cannot be read.
    """
    with _opened(layer, _rasterio(layer.file)) as dataset:
        tags = [dataset.tags(band) for band in range(1, dataset.count + 1)]
        values = [tag.get("NETCDF_DIM_time") for tag in tags]
        per = _MINUTES.get(dataset.tags().get("time#units", "").partition(" ")[0].lower())
        minutes = None
        if per is not None and None not in values:
            first = float(values[0])
            minutes = tuple(round((float(value) - first) * per) for value in values)
        return BandTimes(dataset.count, _cell_m(dataset), minutes)


def _cell_m(dataset: Any) -> float:
    """Side of a cell from north to south in metres; without a system small numbers are degrees."""
    side = float(abs(dataset.transform.e))
    if dataset.crs is None:
        in_degrees = max(abs(edge) for edge in dataset.bounds) <= 180
    else:
        in_degrees = dataset.crs.is_geographic
    return side * M_PER_DEGREE if in_degrees else side


_MINUTES = {
    "seconds": 1 / 60, "second": 1 / 60, "minutes": 1.0, "minute": 1.0, "hours": 60.0,
    "hour": 60.0, "days": 1440.0, "day": 1440.0,
}  # fmt: skip
"""Minutes of a unit of a NetCDF time axis ("hours since …")."""


def _opened(layer: RasterLayer, rasterio: Any) -> Any:
    path: Path | str = layer_path(layer.folder, layer.file)
    if layer.variable:
        path = f'NETCDF:"{path}":{layer.variable}'
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
            dataset = rasterio.open(path)
    except rasterio.errors.RasterioIOError as error:
        raise InputError([_problem(layer, "hazard.raster_unreadable", str(error))]) from error
    if not dataset.count:
        found = ", ".join(str(name).rpartition(":")[2] for name in dataset.subdatasets)
        dataset.close()
        raise InputError([_problem(layer, "hazard.raster_variable", found or None)])
    return dataset


def _rasterio(file: str) -> Any:
    """The raster library, which is an extra of the installation."""
    try:
        import rasterio
        import rasterio.errors
        import rasterio.windows
    except ImportError as error:
        allowed = 'pip install "yuyan[raster]"'
        raise InputError([Problem("hazard.raster_extra", file, allowed=allowed)]) from error
    return rasterio


def _sampled(
    layer: RasterLayer, points: Points, dataset: Any, rasterio: Any
) -> tuple[NDArray[np.int32], list[Problem]]:
    if dataset.transform.is_identity:
        raise InputError([_problem(layer, "hazard.raster_not_placed")])
    own = dataset.crs.to_wkt() if dataset.crs else None
    crs, notes = layer_crs(own, layer.stated_crs, layer.file)
    if crs in SHIFTED:
        raise InputError([_problem(layer, "hazard.raster_shifted", crs, "EPSG:…")])
    column, row = _cells(dataset, *points_in(points.x, points.y, points.crs, crs))
    inside = (column >= 0) & (column < dataset.width) & (row >= 0) & (row < dataset.height)
    if not inside.any():
        raise InputError([*notes, _problem(layer, "hazard.raster_elsewhere", _extent(dataset))])
    if not inside.all():
        outside = f"{int((~inside).sum())} / {len(inside)}"
        notes.append(_problem(layer, "hazard.raster_part", outside, severity="warning"))
    values = np.full(len(inside), np.nan)
    where = np.flatnonzero(inside)
    try:
        for window, chosen in _windows(column[where], row[where], dataset, rasterio):
            block = dataset.read(layer.band, window=window, masked=True)
            data = np.where(np.ma.getmaskarray(block), np.nan, block.data.astype(np.float64))
            at = where[chosen]
            values[at] = data[row[at] - window.row_off, column[at] - window.col_off]
    except rasterio.errors.RasterioIOError as error:
        raise InputError([_problem(layer, "hazard.raster_unreadable", str(error))]) from error
    level, problems = _checked(layer, values, inside)
    if problems:
        raise InputError([*notes, *problems])
    return level, notes


def _cells(dataset: Any, x: FloatArray, y: FloatArray) -> tuple[NDArray[Any], NDArray[Any]]:
    """Column and row of the cell of each point; far-away points are not inside any."""
    back = ~dataset.transform
    with np.errstate(invalid="ignore"):
        column = np.floor(back.a * x + back.b * y + back.c)
        row = np.floor(back.d * x + back.e * y + back.f)
    finite = np.isfinite(column) & np.isfinite(row)
    column = np.clip(np.where(finite, column, -1), -1, dataset.width)
    row = np.clip(np.where(finite, row, -1), -1, dataset.height)
    return column.astype(np.int64), row.astype(np.int64)


def _windows(
    column: NDArray[Any], row: NDArray[Any], dataset: Any, rasterio: Any
) -> Iterator[tuple[Any, NDArray[Any]]]:
    """Windows that hold points, each with the positions of its points."""
    across = -(-dataset.width // WINDOW_CELLS)
    tile = (row // WINDOW_CELLS) * across + column // WINDOW_CELLS
    order = np.argsort(tile, kind="stable")
    begins = np.flatnonzero(np.concatenate([[True], np.diff(tile[order]) != 0]))
    for chosen in np.split(order, begins[1:]):
        left = int(column[chosen[0]] // WINDOW_CELLS * WINDOW_CELLS)
        top = int(row[chosen[0]] // WINDOW_CELLS * WINDOW_CELLS)
        width = min(WINDOW_CELLS, dataset.width - left)
        height = min(WINDOW_CELLS, dataset.height - top)
        yield rasterio.windows.Window(left, top, width, height), chosen


def _checked(
    layer: RasterLayer, values: FloatArray, inside: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], list[Problem]]:
    """Whole numbers, and what cannot be such a quantity."""
    problems, quantity = [], layer.quantity
    unknown = ~np.isfinite(values) & inside
    if unknown.any() and not layer.nodata_is_dry:
        problems.append(_problem(layer, "hazard.raster_nodata", int(unknown.sum()), 0))
    level = np.where(np.isfinite(values), values, 0.0) * quantity.per_unit
    if (level < 0).any():
        code = f"hazard.{quantity.name}_negative"
        problems.append(_problem(layer, code, float(np.nanmin(values)), "≥ 0"))
    if (level > quantity.highest).any():
        code, allowed = (
            f"hazard.{quantity.name}_implausible",
            f"≤ {quantity.most:g} {quantity.unit}",
        )
        problems.append(_problem(layer, code, float(np.nanmax(values)), allowed))
    return np.rint(np.clip(level, 0, quantity.highest)).astype(np.int32), problems


def _extent(dataset: Any) -> str:
    left, bottom, right, top = dataset.bounds
    return f"x {left:.6g}…{right:.6g}, y {bottom:.6g}…{top:.6g}"


def _problem(
    layer: RasterLayer,
    code: str,
    found: object = None,
    allowed: object = None,
    severity: Severity = "error",
) -> Problem:
    return Problem(code, layer.file, None, None, found, allowed, severity)
