"""The map of a scenario for the data page: roads, places and recorded water as plain numbers.

Positions are whole metres east and north of the south-west corner, in the working system.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.io.crs import to_lonlat, to_work
from sim.io.new_hazard import NewHazard
from sim.io.polygons import PolygonLayer
from sim.io.quantity import DEPTHS
from sim.io.raster import RasterLayer
from sim.io.scenario_folder import ScenarioFolder
from sim.report.replay.road_lines import no_lines, road_lines, road_ranks
from sim.roads.network import Network
from sim.schema.hazard import RecordedDepthSpec
from sim.schema.problems import InputError

LAYERS = ("settlements", "shelters", "assembly_points", "exits", "depots")
WATER_CELLS = 110
"""Strips each way into which the map is cut to show the water."""

Floats = NDArray[np.float64]


def map_of(folder: ScenarioFolder) -> dict[str, Any]:
    """Everything the map draws; empty layers where positions are unknown."""
    places = {name: _places(folder, name) for name in LAYERS}
    lines = road_lines(folder.roads) if isinstance(folder.roads, Network) else no_lines()
    ranks = road_ranks(folder.roads, lines) if isinstance(folder.roads, Network) else lines.edge
    x = np.concatenate([lines.x, *(p[0] for p in places.values())])
    y = np.concatenate([lines.y, *(p[1] for p in places.values())])
    if not len(x):
        return {}
    west, south = float(np.floor(x.min())), float(np.floor(y.min()))
    size = (float(x.max()) - west, float(y.max()) - south)
    return {
        "crs": folder.work_crs,
        "corner": [west, south],
        "size": [round(size[0]), round(size[1])],
        "roads": {
            "start": lines.start.tolist(),
            "x": _metres(lines.x, west),
            "y": _metres(lines.y, south),
            "rank": ranks.tolist(),
        },
        "layers": {
            name: {"x": _metres(px, west), "y": _metres(py, south), "names": names, "people": n}
            for name, (px, py, names, n) in places.items()
        },
        "water": _water(folder, (west, south), size),
    }


def ring_lonlat(drawn: dict[str, Any], ring: list[list[float]]) -> tuple[tuple[float, float], ...]:
    """Points clicked on a map (metres from its corner) as WGS 84 longitude and latitude."""
    points = np.array(ring, dtype=np.float64).reshape(-1, 2) + np.array(drawn["corner"])
    lon, lat = to_lonlat(points[:, 0], points[:, 1], drawn["crs"])
    return tuple(zip(lon.tolist(), lat.tolist(), strict=True))


def _places(folder: ScenarioFolder, table: str) -> tuple[Floats, Floats, list[str], list[int]]:
    """Positions, names and people of the rows of a table whose position is known."""
    rows, east, north = located(folder, table)
    names = [str(row.name) for row in rows]
    people = [int(getattr(row, "resident", 0) or getattr(row, "capacity", 0) or 0) for row in rows]
    return east, north, names, people


def located(folder: ScenarioFolder, table: str) -> tuple[list[Any], Floats, Floats]:
    """Rows of a table whose position is known, and where they lie in the working system."""
    rows: list[Any] = [
        row
        for row in folder.tables.get(table, ())
        if getattr(row, "x", None) is not None and getattr(row, "y", None) is not None
    ]
    if not rows or not folder.work_crs:
        return [], np.zeros(0), np.zeros(0)
    x, y = np.array([row.x for row in rows]), np.array([row.y for row in rows])
    return rows, *to_work(x, y, folder.spec.crs.tables, folder.work_crs)


def _metres(values: Floats, corner: float) -> list[int]:
    return np.rint(values - corner).astype(np.int64).tolist()


def _water(
    folder: ScenarioFolder, corner: tuple[float, float], size: tuple[float, float]
) -> dict[str, Any]:
    """Greatest recorded depth (cm) in squares of the map; empty without a recorded layer."""
    layer = _layer(folder)
    if layer is None:
        return {}
    side = max(max(size) / WATER_CELLS, 1.0)
    columns, rows = (int(span // side) + 1 for span in size)
    east, north = np.meshgrid((np.arange(columns) + 0.5) * side, (np.arange(rows) + 0.5) * side)
    try:
        depth = NewHazard({}, "", layer, ()).depth_mm(
            east.ravel() + corner[0], north.ravel() + corner[1], folder.work_crs
        )
    except InputError:  # the checks of the scenario have said so already
        return {}
    wet = np.flatnonzero(depth > 0)
    return {
        "side": round(side, 1),
        "x": (wet % columns).tolist(),
        "y": (wet // columns).tolist(),
        "cm": (depth[wet] // 10).tolist(),
    }


def _layer(folder: ScenarioFolder) -> RasterLayer | PolygonLayer | None:
    """The recorded maximum or areas of the scenario."""
    spec, crs = folder.spec.hazard, folder.spec.crs.hazard or ""
    if not isinstance(spec, RecordedDepthSpec):
        return None
    data = spec.data
    if data.form == "maximum":
        return RasterLayer(folder.path, data.file, DEPTHS[data.unit], True, crs)
    if data.form == "polygons":
        return PolygonLayer(folder.path, data.file, stated_crs=crs)
    return None
