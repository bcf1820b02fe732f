"""The hazard layer of a new scenario: copied, sampled, and its missing times assumed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.io.layers import FloatArray
from sim.io.new_points import stated_crs
from sim.io.polygons import PolygonLayer, timed_areas
from sim.io.raster import Points, RasterLayer, raster_at
from sim.schema.problems import InputError, Problem
from sim.texts.new_scenario import Assumption

RASTERS = (".tif", ".tiff", ".asc", ".img")
POLYGONS = (".geojson", ".gpkg", ".shp")
ELSEWHERE = ("hazard.raster_elsewhere", "hazard.areas_elsewhere")
COMPANIONS = (".dbf", ".shx", ".prj", ".cpg", ".tfw", ".ovr")

SPEED_M_PER_H, RISE_MIN = 800.0, 240.0
"""Front and rise (judgement): Tuanzhou 2024 filled 55 km² in some seven hours."""

MEMBERS, FALSE_ALARMS = 20, 4
COARSE_CELLS = 1000
DEEPEST_SHARE = 0.0025
"""Share of the wet area that counts as deepest, where the water is taken to come in."""

SPREAD_GRID = 12
"""The map is cut into this many strips each way; one point of each square at most."""

Point = tuple[float, float]


@dataclass(frozen=True)
class NewHazard:
    """The hazard section of scenario.yaml, its coordinate system, and what was assumed.

    layer: the raster or the polygons to sample, None without water.
    """

    section: dict[str, Any]
    crs: str
    layer: RasterLayer | PolygonLayer | None
    assumptions: tuple[Assumption, ...]

    def depth_mm(self, x: FloatArray, y: FloatArray, work: str) -> NDArray[np.int32]:
        """Greatest depth at points of the working system, int32 mm; 0 off the layer.

        Raises:
            InputError: the layer cannot be read.
        """
        depth = np.zeros(len(x), dtype=np.int32)
        if self.layer is None or not len(x):
            return depth
        points = Points(x, y, work)
        try:
            if isinstance(self.layer, RasterLayer):
                return raster_at(self.layer, points)[0]
            areas = timed_areas(self.layer, points)[0]
        except InputError as error:
            if all(problem.code in ELSEWHERE for problem in error.problems):
                return depth
            raise
        np.maximum.at(depth, areas.point, areas.level[areas.area].astype(np.int32))
        return depth


def new_hazard(
    source: Path | None, folder: Path, crs: Mapping[str, str], water: tuple[str, Sequence[Point]]
) -> NewHazard:
    """Copy the layer into the folder and write its section.

    Args:
        source: raster of the greatest depth, or polygons with times; None for no water.
        folder: the new scenario folder.
        crs: coordinate systems by layer (``hazard``).
        water: clock time at which the water comes, and the points where it comes in (in the
            layer's system; none: the deepest places).

    Raises:
        InputError: the file cannot be used.
    """
    if source is None:
        return NewHazard({"kind": "none"}, "", None, ())
    ending = source.suffix.lower()
    if not source.is_file():
        raise InputError([Problem("file.missing", source.name)])
    if ending not in (*RASTERS, *POLYGONS):
        allowed = ", ".join((*RASTERS, *POLYGONS))
        raise InputError([Problem("new.unknown_format", source.name, allowed=allowed)])
    file = _copy(source, folder)
    if ending in POLYGONS:
        name = stated_crs(crs, "hazard", source.name)
        data: dict[str, Any] = {"form": "polygons", "file": file, "starts_at": water[0]}
        said = (Assumption("polygons", {}), _doubt())
        return NewHazard(_section(data), name, PolygonLayer(folder, file, stated_crs=name), said)
    name = stated_crs(crs, "hazard", source.name, _own_crs(source))
    layer = RasterLayer(folder, file, stated_crs=name)
    points = list(water[1]) or _deepest(source)
    data = {
        "form": "maximum", "file": file, "unit": "m", "spread_from": points,
        "speed_m_per_h": SPEED_M_PER_H, "rise_min": RISE_MIN, "starts_at": water[0],
    }  # fmt: skip
    values = {"points": len(points), "speed": f"{SPEED_M_PER_H:g}", "rise": f"{RISE_MIN:g}"}
    spread = Assumption("spread_given" if water[1] else "spread", values)
    return NewHazard(_section(data), name, layer, (spread, _doubt()))


def _doubt() -> Assumption:
    return Assumption("ensemble", {"members": MEMBERS, "false": FALSE_ALARMS})


def _section(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "recorded_depth",
        "step_min": 10,
        "data": data,
        "ensemble": {"members": MEMBERS, "false_alarm_members": FALSE_ALARMS},
        "start_shift_min": {"dist": "uniform", "low": -120, "high": 120},
        "speed_factor": {"dist": "triangular", "low": 0.6, "mode": 1, "high": 1.6},
        "onset": {
            "first_warning_h": 24,
            "error_h_at_24h": {"dist": "triangular", "low": -3, "mode": 0, "high": 3},
        },
    }


def _copy(source: Path, folder: Path) -> str:
    """The layer and its companions into ``hazard/``; its name inside the folder."""
    place = folder / "hazard"
    place.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place / source.name)
    for ending in COMPANIONS:
        beside = source.with_suffix(ending)
        if beside.is_file():
            shutil.copyfile(beside, place / beside.name)
    return f"hazard/{source.name}"


def _own_crs(path: Path) -> str:
    """EPSG code written in the raster, '' where it has none."""
    with _open(path) as dataset:
        code = dataset.crs.to_epsg() if dataset.crs else None
    return f"EPSG:{code}" if code else ""


def _open(path: Path) -> Any:
    try:
        import rasterio
        import rasterio.errors
    except ImportError as error:
        allowed = 'pip install "yuyan[raster]"'
        raise InputError([Problem("hazard.raster_extra", path.name, allowed=allowed)]) from error
    try:
        return rasterio.open(path)
    except rasterio.errors.RasterioIOError as error:
        problem = Problem("hazard.raster_unreadable", path.name, found=str(error))
        raise InputError([problem]) from error


def _deepest(path: Path) -> list[Point]:
    """Points of the deepest places, spread over the map, in the raster's own system."""
    with _open(path) as dataset:
        step = max(1, -(-max(dataset.width, dataset.height) // COARSE_CELLS))
        coarse = _coarse(dataset, step)
        wet = coarse[coarse > 0]
        if not len(wet):
            raise InputError([Problem("hazard.never_wet", path.name)])
        limit = float(np.quantile(wet, 1 - DEEPEST_SHARE))
        chosen: dict[tuple[int, int], tuple[float, int, int]] = {}
        side = max(1, max(coarse.shape) // SPREAD_GRID)
        for row, column in np.argwhere(coarse >= limit).tolist():
            square = (row // side, column // side)
            best = chosen.get(square)
            if best is None or coarse[row, column] > best[0]:
                chosen[square] = (float(coarse[row, column]), row, column)
        points = []
        for square in sorted(chosen):
            _, row, column = chosen[square]
            right, down, grid = (column + 0.5) * step, (row + 0.5) * step, dataset.transform
            x = grid.a * right + grid.b * down + grid.c
            y = grid.d * right + grid.e * down + grid.f
            points.append((round(float(x), 6), round(float(y), 6)))
    return points


def _coarse(dataset: Any, step: int) -> NDArray[np.float64]:
    """Greatest depth in squares of step × step cells, strip by strip; 0 where unknown."""
    from rasterio.windows import Window

    rows, columns = dataset.height // step, dataset.width // step
    coarse = np.zeros((rows, columns))
    for row in range(rows):
        block = dataset.read(1, window=Window(0, row * step, columns * step, step), masked=True)
        values = np.where(np.ma.getmaskarray(block), 0, block.data).astype(np.float64)
        values = np.where(np.isfinite(values), values, 0)
        coarse[row] = values.reshape(step, columns, step).max(axis=(0, 2))
    return coarse
