"""Speeds in water and static exclusions; VT11 of the verification tests."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.roads.network import Edges, Nodes, build_network
from sim.roads.passability import (
    ON_ROADS,
    allowed_edges,
    boat_class,
    boat_runs,
    safe_speed_kmh,
    speed_m_h,
    speed_table,
    vehicle_classes,
)
from sim.roads.routing import edge_costs

PREGNOLATO = {0: 86.945, 50: 61.550, 100: 40.655, 150: 24.260, 200: 12.365, 250: 4.970, 299: 2.089}


@pytest.mark.parametrize(("depth_mm", "kmh"), [*PREGNOLATO.items(), (300, 0.0), (900, 0.0)])
def test_vt11_car_curve(depth_mm: int, kmh: float) -> None:
    """VT11: the published values of Pregnolato et al. 2017, and 0 from 300 mm."""
    assert safe_speed_kmh(depth_mm) == pytest.approx(kmh, abs=1e-3)
    if depth_mm:
        assert speed_m_h(depth_mm, vehicle_classes()["car"]) / 1000 == pytest.approx(kmh, abs=2e-3)


def test_vt11_travel_time_and_free_flow() -> None:
    """VT11: 5 km in 100 mm take 442.8 s; never faster than the road's own speed."""
    nodes = Nodes(("a", "b"), np.zeros(2), np.zeros(2))
    ends = np.array([0, 0], np.int32), np.array([1, 1], np.int32)
    edges = Edges(("fast", "slow"), *ends, np.array([900, 300], np.int32))
    network = build_network(nodes, replace(edges, length_mm=np.full(2, 5_000_000)))
    table = speed_table(vehicle_classes()["car"])
    cost = edge_costs(network, table, np.full(2, 100, np.int32))
    assert cost[0] / 1000 == pytest.approx(442.752, rel=1e-3)
    assert cost[1] == 600_000


@pytest.mark.parametrize("name", ON_ROADS)
def test_tables_fall_to_the_limit(name: str) -> None:
    """Every class: dry road at its top speed, slower the deeper, above 0 below the limit only."""
    vehicle = vehicle_classes()[name]
    table = speed_table(vehicle)
    assert len(table) == vehicle.depth_limit_mm
    assert table[0] == vehicle.max_speed_kmh_x10 * 100
    assert (np.diff(table) <= 0).all() and table[-1] >= 1
    assert speed_m_h(vehicle.depth_limit_mm, vehicle) == 0


def test_other_classes_use_the_scaled_curve() -> None:
    """A truck (limit 500 mm) in 250 mm goes like a car in 150 mm: 24.260 km/h."""
    assert safe_speed_kmh(250, 500) == pytest.approx(24.260, abs=1e-3)
    assert speed_m_h(250, vehicle_classes()["truck"]) == 24_259


def test_walking_halves_at_the_limit() -> None:
    """On foot the pace falls in proportion to the depth, to half at 0.5 m."""
    walker = vehicle_classes()["on_foot"]
    assert speed_m_h(250, walker) == 3_225
    assert speed_m_h(499, walker) == pytest.approx(2_150, abs=5)


def test_static_exclusions() -> None:
    """Width, height, weight and coach_ok exclude at all times; unknown does not."""
    nodes = Nodes(("a", "b"), np.zeros(2), np.zeros(2))
    n = 8
    edges = Edges(
        tuple(f"e{i}" for i in range(n)),
        np.zeros(n, np.int32),
        np.ones(n, np.int32),
        np.full(n, 300, np.int32),
        width_mm=np.array([0, 2900, 3000, 3500, 2200, 0, 0, 0], np.int32),
        height_limit_mm=np.array([0, 0, 0, 0, 0, 3000, 0, 0], np.int32),
        weight_limit_kg=np.array([0, 0, 0, 0, 0, 0, 10_000, 0], np.int32),
        coach_ok=np.array([-1, -1, -1, 1, -1, -1, -1, 0], np.int8),
    )
    network, classes = build_network(nodes, edges), vehicle_classes()
    coach = [True, False, True, True, False, False, False, False]
    assert allowed_edges(network, classes["coach"]).tolist() == coach
    minibus = [True, True, True, True, False, True, True, True]
    assert allowed_edges(network, classes["minibus"]).tolist() == minibus
    assert allowed_edges(network, classes["car"]).all()
    assert allowed_edges(network, classes["on_foot"]).all()
    light = replace(classes["coach"], weight_kg=9_000)
    assert allowed_edges(network, light)[6]


def test_boats_need_depth_and_a_current_they_can_hold() -> None:
    """A boat runs from 400 mm on and not in more than 2.5 m/s; unknown current does not stop it."""
    depth = np.array([399, 400, 2000])
    assert boat_runs(boat_class(), depth, None).tolist() == [False, True, True]
    current = np.array([0, 2500, 2501])
    assert boat_runs(boat_class(), depth, current).tolist() == [False, True, False]
