"""Coordinates that cannot be right, or are not what the planner says they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError
from scipy.spatial import cKDTree

from sim.io.crs import SHIFTED, gcj_to_wgs, is_lonlat, parse_crs, to_lonlat, to_work, wgs_to_gcj
from sim.roads.network import Network
from sim.schema.problems import Problem, Severity

FloatArray = NDArray[np.float64]

FAR_FROM_ROADS_M = 100_000.0
_CHINA_LON, _CHINA_LAT = (73.0, 136.0), (3.0, 54.0)
_ENOUGH_POINTS = 8


@dataclass(frozen=True)
class Layer:
    """Points as the planner wrote them: coordinates, system, file and spreadsheet rows."""

    x: FloatArray
    y: FloatArray
    crs: str
    file: str
    rows: Sequence[int]


def check_coordinates(layer: Layer) -> list[Problem]:
    """Numbers that cannot be coordinates of the stated system, before anything is converted.

    Swapped longitude and latitude, degrees out of range, degrees where metres are stated, metres
    where degrees are. An error in every row concerned.
    """
    x, y = layer.x, layer.y
    degrees = (np.abs(x) <= 180) & (np.abs(y) <= 180)
    if not is_lonlat(layer.crs):
        return _marked(layer, "crs.degrees_not_metres", degrees & ((x != 0) | (y != 0)))
    outside = (np.abs(x) > 180) | (np.abs(y) > 90)
    mirrored = (np.abs(y) > 90) & (np.abs(y) <= 180) & (np.abs(x) <= 90)
    mirrored |= _within(y, _CHINA_LON) & _within(x, _CHINA_LAT) & (x < _CHINA_LON[0])
    problems = _marked(layer, "crs.metres_not_degrees", outside & ~degrees)
    problems += _marked(layer, "crs.swapped", mirrored)
    problems += _marked(layer, "crs.out_of_range", outside & degrees & ~mirrored)
    return sorted(problems, key=lambda problem: problem.row or 0)


def check_own_system(own: str | None, stated: str, file: str) -> list[Problem]:
    """The system a GIS file names itself against the one it is said to be in.

    A shifted map is stored as if it were WGS-84, and CGCS2000 and WGS-84 are mixed up without
    harm: between systems in degrees the difference is a note, otherwise an error.
    """
    declared = parse_crs(stated)
    if own is None or declared in SHIFTED:
        return []
    try:
        there = CRS.from_user_input(own)
    except CRSError:
        return []
    here = CRS.from_user_input(declared)
    if there.equals(here, ignore_axis_order=True):
        return []
    degrees = there.is_geographic and here.is_geographic
    code = there.to_epsg()
    shown = f"EPSG:{code}" if code else there.name
    severity: Severity = "warning" if degrees else "error"
    return [Problem("roads.crs_differs", file, None, "crs", shown, declared, severity)]


def check_far(layer: Layer, network: Network, work_crs: str) -> list[Problem]:
    """Points more than 100 km from every road: another county, or another coordinate system."""
    x, y = to_work(layer.x, layer.y, layer.crs, work_crs)
    distance = _to_road(x, y, network)
    return [
        Problem(
            "crs.far_from_roads",
            layer.file,
            row=layer.rows[i],
            field="x, y",
            found=f"{layer.x[i]:g}, {layer.y[i]:g}: {distance[i] / 1000:.0f} km",
            allowed=f"≤ {FAR_FROM_ROADS_M / 1000:.0f} km",
        )
        for i in np.flatnonzero(distance > FAR_FROM_ROADS_M).tolist()
    ]


def check_gcj02(layer: Layer, network: Network, work_crs: str) -> list[Problem]:
    """A warning if the points fit the roads much better when they are read as GCJ-02.

    The shift of GCJ-02 is 100 to 700 m in one direction. Points are compared with the roads as
    declared, with the shift taken off, and (as a control) with it taken off twice the other way:
    only a layer that lies near the roads in the second reading alone is suspected. At least 8
    points in China are needed; the check says nothing about layers that are already shifted.
    """
    name = parse_crs(layer.crs)
    if name in ("GCJ-02", "BD-09") or len(layer.x) < _ENOUGH_POINTS:
        return []
    lon, lat = to_lonlat(layer.x, layer.y, layer.crs)
    if not (_within(lon, _CHINA_LON) & _within(lat, _CHINA_LAT)).all():
        return []
    readings = ((lon, lat), gcj_to_wgs(lon, lat), wgs_to_gcj(lon, lat))
    declared, corrected, control = (
        _to_road(*to_work(*reading, "EPSG:4326", work_crs), network) for reading in readings
    )
    medians = [float(np.median(part)) for part in (declared, corrected, control)]
    closer = float(np.mean(corrected < declared))
    if closer < 0.75 or medians[1] > 0.5 * min(medians[0], medians[2]):
        return []
    return [
        Problem(
            "crs.looks_like_gcj02",
            layer.file,
            field="crs",
            found=f"{layer.crs}: {medians[0]:.0f} m",
            allowed=f"GCJ-02: {medians[1]:.0f} m",
            severity="warning",
        )
    ]


def _to_road(x: FloatArray, y: FloatArray, network: Network) -> FloatArray:
    """Distance to the nearest sample point of a road (m)."""
    roads = np.column_stack([network.sample_x, network.sample_y])
    distance, _ = cKDTree(roads).query(np.column_stack([x, y]))
    return np.asarray(distance, dtype=np.float64)


def _within(values: FloatArray, bounds: tuple[float, float]) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (values >= bounds[0]) & (values <= bounds[1])
    return inside


def _marked(layer: Layer, code: str, where: NDArray[np.bool_]) -> list[Problem]:
    return [
        Problem(
            code,
            layer.file,
            row=layer.rows[i],
            field="x, y",
            found=f"{layer.x[i]:g}, {layer.y[i]:g}",
            allowed=layer.crs,
        )
        for i in np.flatnonzero(where).tolist()
    ]
