"""Coordinate systems: known points, round trips, the choice of a working system."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from sim.io.crs import (
    bd_to_wgs,
    choose_work_crs,
    gcj_to_bd,
    gcj_to_wgs,
    is_lonlat,
    is_metric,
    parse_crs,
    to_lonlat,
    to_work,
    wgs_to_gcj,
)

CENTIMETRE_DEG = 0.01 / 111_320
CHINA_LON, CHINA_LAT = st.floats(73.5, 135), st.floats(18, 53.5)

# Test points published with the open GCJ-02 implementations (WGS-84 → GCJ-02).
KNOWN_GCJ = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]


@pytest.mark.parametrize(("wgs", "gcj"), KNOWN_GCJ)
def test_known_points(wgs: tuple[float, float], gcj: tuple[float, float]) -> None:
    """Shanghai, Shenzhen, Beijing: forward to the published GCJ-02 point, and back under 1 cm."""
    assert wgs_to_gcj(*wgs) == pytest.approx(gcj, abs=1e-9)
    assert gcj_to_wgs(*gcj) == pytest.approx(wgs, abs=CENTIMETRE_DEG / 10)


def test_known_baidu_point() -> None:
    """The published BD-09 point of GCJ-02 116.404, 39.915."""
    expected = (116.41036949371029, 39.92133699351021)
    assert gcj_to_bd(116.404, 39.915) == pytest.approx(expected, abs=1e-9)


@given(CHINA_LON, CHINA_LAT)
def test_round_trips_in_china(lon: float, lat: float) -> None:
    """There and back is under 1 cm everywhere in China, for GCJ-02 and BD-09."""
    shifted = wgs_to_gcj(lon, lat)
    assert gcj_to_wgs(*shifted) == pytest.approx((lon, lat), abs=CENTIMETRE_DEG)
    assert bd_to_wgs(*gcj_to_bd(*shifted)) == pytest.approx((lon, lat), abs=CENTIMETRE_DEG)
    shift_m = np.hypot(float(shifted[0]) - lon, float(shifted[1]) - lat) * 111_320
    assert 20 < shift_m < 2500


def test_outside_china_nothing_is_shifted() -> None:
    """Kampen is not shifted."""
    assert wgs_to_gcj(5.9, 52.5) == (5.9, 52.5)


@given(CHINA_LON, CHINA_LAT)
def test_working_system_and_back(lon: float, lat: float) -> None:
    """A point put into the chosen system comes back to within its rounding of 1 cm."""
    work = choose_work_crs(lon, lat)
    back = to_lonlat(*to_work(lon, lat, "EPSG:4326", work), work)
    assert back == pytest.approx((lon, lat), abs=2 * CENTIMETRE_DEG)


def test_gcj_layer_lands_where_the_wgs_layer_lies() -> None:
    """One place given in four systems is the same place, to 2 cm."""
    wgs = np.array([118.9]), np.array([30.2])
    gcj = wgs_to_gcj(*wgs)
    work = choose_work_crs(118.9, 30.2)
    expected = to_work(*wgs, "WGS-84", work)
    for points, crs in ((gcj, "GCJ-02"), (gcj_to_bd(*gcj), "bd09"), (wgs, "CGCS2000")):
        assert np.hypot(*np.subtract(to_work(*points, crs, work), expected)) < 0.02


def test_values_are_whole_centimetres() -> None:
    """Results carry no digits below 1 cm, so that they are the same on every machine."""
    x, y = to_work(np.linspace(118, 119, 7), np.full(7, 30.1234567), "EPSG:4490", "EPSG:4549")
    assert (np.round(x, 2) == x).all() and (np.round(y, 2) == y).all()


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (116.4, 39.9, "CGCS2000 / 3-degree Gauss-Kruger CM 117E"),
        (75.9, 39.5, "CGCS2000 / 3-degree Gauss-Kruger CM 75E"),
        (134.9, 48.3, "CGCS2000 / 3-degree Gauss-Kruger CM 135E"),
        (5.9, 52.5, "WGS 84 / UTM zone 31N"),
        (174.7, -36.8, "WGS 84 / UTM zone 60S"),
    ],
)
def test_choice_of_working_system(lon: float, lat: float, name: str) -> None:
    """China gets its 3-degree zone, other places UTM; both are metric."""
    crs = choose_work_crs(lon, lat)
    assert CRS.from_user_input(crs).name == name
    assert is_metric(crs) and not is_lonlat(crs)


def test_names_and_unknown_systems() -> None:
    """Spellings planners use are understood; anything else is refused by name."""
    assert parse_crs("4326") == parse_crs("wgs84") == "EPSG:4326"
    assert parse_crs("cgcs2000") == "EPSG:4490" and parse_crs("GCJ02") == "GCJ-02"
    assert is_lonlat("BD-09") and not is_metric("GCJ-02") and not is_metric("EPSG:4490")
    with pytest.raises(ValueError, match="Xian"):
        parse_crs("Xian")
    with pytest.raises(ValueError, match="999999"):
        parse_crs("EPSG:999999")
    with pytest.raises(ValueError, match="outside"):
        to_work(1e30, 1e30, "EPSG:4549", "EPSG:32650")
