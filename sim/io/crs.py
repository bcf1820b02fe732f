"""Coordinate systems: every layer into the working system, in metres.

Chinese web maps draw shifted coordinates (GCJ-02, and BD-09 on top of it). The shift has a
published forward formula only; the way back is iterated until forward(back) is where we started.
x is always longitude or easting, y latitude or northing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

FloatArray = NDArray[np.float64]
Points = tuple[FloatArray, FloatArray]

SHIFTED = {"GCJ-02": "GCJ-02", "GCJ02": "GCJ-02", "BD-09": "BD-09", "BD09": "BD-09"}
NAMED = {"CGCS2000": "EPSG:4490", "WGS-84": "EPSG:4326", "WGS84": "EPSG:4326"}

_KRASOVSKY_A = 6_378_245.0
_KRASOVSKY_E2 = 0.006_693_421_622_965_943
_BD_PI = np.pi * 3000.0 / 180.0


@cache
def parse_crs(name: str) -> str:
    """The name as used inside: ``EPSG:<code>``, ``GCJ-02`` or ``BD-09``.

    Raises:
        ValueError: no such coordinate system.
    """
    text = name.strip().upper().replace("_", "-")
    text = SHIFTED.get(text) or NAMED.get(text) or text
    if text in SHIFTED:
        return text
    code = text.removeprefix("EPSG:")
    if not code.isdecimal():
        raise ValueError(f"crs {name!r} must be EPSG:<code>, CGCS2000, GCJ-02 or BD-09")
    try:
        CRS.from_epsg(int(code))
    except CRSError as error:
        raise ValueError(f"crs {name!r}: there is no EPSG:{code}") from error
    return f"EPSG:{int(code)}"


def is_lonlat(name: str) -> bool:
    """Whether coordinates of this system are degrees."""
    text = parse_crs(name)
    return text in SHIFTED or bool(CRS.from_user_input(text).is_geographic)


def is_metric(name: str) -> bool:
    """Whether this system can be the working one: projected, in metres."""
    text = parse_crs(name)
    if text in SHIFTED:
        return False
    crs = CRS.from_user_input(text)
    return bool(crs.is_projected) and crs.axis_info[0].unit_name == "metre"


def to_work(x: ArrayLike, y: ArrayLike, layer_crs: str, work_crs: str) -> Points:
    """Points of a layer in the working system (m), rounded to 1 cm.

    Raises:
        ValueError: a system is unknown, or a point lies outside what it can express.
    """
    lon_or_x, lat_or_y, source = _unshifted(x, y, layer_crs)
    east, north = _transformer(source, parse_crs(work_crs)).transform(lon_or_x, lat_or_y)
    if not (np.isfinite(east).all() and np.isfinite(north).all()):
        raise ValueError(f"points of {layer_crs} lie outside the area of {work_crs}")
    return _floats(np.round(east, 2)), _floats(np.round(north, 2))


def to_lonlat(x: ArrayLike, y: ArrayLike, crs: str) -> Points:
    """Points as WGS-84 longitude and latitude (degrees), not rounded."""
    lon_or_x, lat_or_y, source = _unshifted(x, y, crs)
    lon, lat = _transformer(source, "EPSG:4326").transform(lon_or_x, lat_or_y)
    return _floats(lon), _floats(lat)


def choose_work_crs(lon: float, lat: float) -> str:
    """A metric system for a place: CGCS2000 3-degree zone in and around China, else UTM.

    Raises:
        ValueError: no longitude and latitude, or too near a pole.
    """
    if not (-180 <= lon <= 180 and -80 <= lat <= 84):
        raise ValueError(f"lon(={lon}), lat(={lat}) must lie in ±180 and -80 to 84 degrees")
    if 73.5 <= lon < 135.1 and 17 <= lat <= 54:
        zone = int((lon - 73.5) // 3)  # central meridian 75 + 3 * zone; EPSG:4534 is CM 75E
        return f"EPSG:{4534 + zone}"
    zone = min(int((lon + 180) // 6) + 1, 60)
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


def wgs_to_gcj(lon: ArrayLike, lat: ArrayLike) -> Points:
    """WGS-84 → GCJ-02 (degrees); unchanged outside the rectangle around China."""
    lon, lat = _floats(lon), _floats(lat)
    inside = (lon >= 72.004) & (lon <= 137.8347) & (lat >= 0.8293) & (lat <= 55.8271)
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    waves = 20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (waves + 20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y * np.pi / 3.0)) * 2.0 / 3.0
    north += (160.0 * np.sin(y * np.pi / 12.0) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (waves + 20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x * np.pi / 3.0)) * 2.0 / 3.0
    east += (150.0 * np.sin(x * np.pi / 12.0) + 300.0 * np.sin(x * np.pi / 30.0)) * 2.0 / 3.0
    w2 = 1.0 - _KRASOVSKY_E2 * np.sin(np.radians(lat)) ** 2
    meridian = _KRASOVSKY_A * (1.0 - _KRASOVSKY_E2) / (w2 * np.sqrt(w2))
    parallel = _KRASOVSKY_A / np.sqrt(w2) * np.cos(np.radians(lat))
    return (
        np.where(inside, lon + np.degrees(east / parallel), lon),
        np.where(inside, lat + np.degrees(north / meridian), lat),
    )


def gcj_to_bd(lon: ArrayLike, lat: ArrayLike) -> Points:
    """GCJ-02 → BD-09 (degrees)."""
    lon, lat = _floats(lon), _floats(lat)
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BD_PI)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BD_PI)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def gcj_to_wgs(lon: ArrayLike, lat: ArrayLike) -> Points:
    """GCJ-02 → WGS-84 (degrees), iterated to under 1 mm."""
    return _inverse(wgs_to_gcj, lon, lat)


def bd_to_wgs(lon: ArrayLike, lat: ArrayLike) -> Points:
    """BD-09 → WGS-84 (degrees), iterated to under 1 mm."""
    return _inverse(lambda x, y: gcj_to_bd(*wgs_to_gcj(x, y)), lon, lat)


def _inverse(
    forward: Callable[[ArrayLike, ArrayLike], Points], lon: ArrayLike, lat: ArrayLike
) -> Points:
    """Fixed point of guess + (target - forward(guess)): the shift varies slowly, so it settles."""
    target_x, target_y = _floats(lon), _floats(lat)
    x, y = target_x, target_y
    for _ in range(30):
        shifted_x, shifted_y = forward(x, y)
        off_x, off_y = target_x - shifted_x, target_y - shifted_y
        x, y = x + off_x, y + off_y
        if max(np.abs(off_x).max(initial=0.0), np.abs(off_y).max(initial=0.0)) < 1e-9:
            break
    return x, y


def _unshifted(x: ArrayLike, y: ArrayLike, crs: str) -> tuple[FloatArray, FloatArray, str]:
    """The points in a system that has an EPSG code."""
    name = parse_crs(crs)
    if name == "GCJ-02":
        return *gcj_to_wgs(x, y), "EPSG:4326"
    if name == "BD-09":
        return *bd_to_wgs(x, y), "EPSG:4326"
    return _floats(x), _floats(y), name


def _floats(values: ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
