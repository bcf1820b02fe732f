"""Coordinates that cannot be right are found, good ones are left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.io.crs import to_lonlat, wgs_to_gcj
from sim.io.crs_checks import Layer, check_coordinates, check_far, check_gcj02
from sim.roads.network import Edges, Network, Nodes, build_network

WORK = "EPSG:4549"


@pytest.fixture(scope="module")
def network() -> Network:
    """A 2 km grid of roads, 10 by 10 nodes, near 120 E 30 N."""
    n = 10
    x, y = np.meshgrid(500_000 + 2000.0 * np.arange(n), 3_320_000 + 2000.0 * np.arange(n))
    row = np.arange(n * n).reshape(n, n)
    a = np.concatenate([row[:, :-1].ravel(), row[:-1].ravel()]).astype(np.int32)
    b = np.concatenate([row[:, 1:].ravel(), row[1:].ravel()]).astype(np.int32)
    nodes = Nodes(tuple(f"n{i}" for i in range(n * n)), x.ravel(), y.ravel())
    edges = Edges(tuple(f"e{i}" for i in range(len(a))), a, b, np.full(len(a), 400, np.int32))
    return build_network(nodes, edges)


def villages(network: Network, n: int = 20, spread_m: float = 40) -> Layer:
    """Villages within a stone's throw of the road, in WGS-84."""
    rng = np.random.default_rng(4)
    at = rng.integers(0, len(network.sample_x), n)
    x = network.sample_x[at] + rng.uniform(-spread_m, spread_m, n)
    y = network.sample_y[at] + rng.uniform(-spread_m, spread_m, n)
    return Layer(*to_lonlat(x, y, WORK), "EPSG:4326", "settlements.csv", range(2, n + 2))


def test_good_points_pass(network: Network) -> None:
    """Villages at the road in the stated system raise nothing."""
    layer = villages(network)
    assert check_coordinates(layer) == []
    assert check_far(layer, network, WORK) == []
    assert check_gcj02(layer, network, WORK) == []


def test_gcj02_declared_as_wgs84_is_noticed(network: Network) -> None:
    """The same villages copied from a web map are suspected; the message shows both distances."""
    layer = villages(network)
    lon, lat = wgs_to_gcj(layer.x, layer.y)
    shifted = replace(layer, x=lon, y=lat)
    (problem,) = check_gcj02(shifted, network, WORK)
    assert problem.code == "crs.looks_like_gcj02" and problem.severity == "warning"
    assert check_gcj02(replace(shifted, crs="GCJ-02"), network, WORK) == []
    few = replace(shifted, x=lon[:5], y=lat[:5])
    assert check_gcj02(few, network, WORK) == []


@pytest.mark.parametrize("seed", range(20))
def test_scattered_points_are_not_suspected(network: Network, seed: int) -> None:
    """Points that have nothing to do with the roads fit no reading better than another."""
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(500_000, 518_000, 30), rng.uniform(3_320_000, 3_338_000, 30)
    layer = Layer(*to_lonlat(x, y, WORK), "EPSG:4326", "settlements.csv", range(2, 32))
    assert check_gcj02(layer, network, WORK) == []


def test_swapped_longitude_and_latitude() -> None:
    """30.2, 118.9 is longitude and latitude swapped: an error in that row only."""
    layer = Layer(np.array([118.9, 30.2]), np.array([30.2, 118.9]), "CGCS2000", "s.csv", [2, 3])
    (problem,) = check_coordinates(layer)
    assert (problem.code, problem.row, problem.severity) == ("crs.swapped", 3, "error")
    mild = Layer(np.array([30.2]), np.array([85.0]), "EPSG:4326", "s.csv", [2])
    assert [p.code for p in check_coordinates(mild)] == ["crs.swapped"]


def test_wrong_units() -> None:
    """Metres where degrees are stated, degrees where metres are, and degrees beyond the globe."""
    metres = Layer(np.array([500_000.0]), np.array([3_320_000.0]), "GCJ-02", "s.csv", [2])
    assert [p.code for p in check_coordinates(metres)] == ["crs.metres_not_degrees"]
    degrees = Layer(np.array([118.9]), np.array([30.2]), WORK, "s.csv", [2])
    assert [p.code for p in check_coordinates(degrees)] == ["crs.degrees_not_metres"]
    beyond = Layer(np.array([150.0]), np.array([-95.0]), "EPSG:4326", "s.csv", [2])
    assert [p.code for p in check_coordinates(beyond)] == ["crs.out_of_range"]


def test_another_county(network: Network) -> None:
    """A point in Beijing is not on the roads of a county in Zhejiang."""
    layer = Layer(np.array([116.4]), np.array([39.9]), "EPSG:4326", "shelters.csv", [9])
    (problem,) = check_far(layer, network, WORK)
    assert (problem.code, problem.row) == ("crs.far_from_roads", 9)
