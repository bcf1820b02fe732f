"""VT03 (free flow) and VT09 (routing, loss of route) of the verification tests."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from sim.clock import MS_PER_MIN, NEVER
from sim.roads.network import Edges, Network, Nodes, build_network
from sim.roads.passability import speed_table, vehicle_classes
from sim.roads.routing import (
    ONE_Q16,
    Drivers,
    Trip,
    Water,
    drive,
    edge_costs,
    path_edges,
    reaches_any,
    tree_to,
)

CAR = speed_table(vehicle_classes()["car"])
ROUTES_MIN = (10, 12, 15)


def three_routes() -> Network:
    """Origin 0, destination 4; by node 1 in 10 min, by 2 in 12 min, by 3 in 15 min at 60 km/h."""
    nodes = Nodes(("o", "a", "b", "c", "d"), np.zeros(5), np.zeros(5))
    edges = Edges(
        ("oa", "ob", "oc", "ad", "bd", "cd"),
        np.array([0, 0, 0, 1, 2, 3], np.int32),
        np.array([1, 2, 3, 4, 4, 4], np.int32),
        np.full(6, 600, np.int32),
        length_mm=np.array([4, 4, 4, 6, 8, 11]) * 1_000_000,
    )
    return build_network(nodes, edges)


def car_from(origin: int, depart_ms: int = 0) -> Drivers:
    """One car that does not enter water of 300 mm."""
    return Drivers(
        np.array([origin], np.int32),
        np.array([depart_ms], np.int64),
        np.array([0], np.int32),
        np.array([ONE_Q16], np.int32),
    )


@pytest.mark.parametrize(
    ("length_mm", "kmh_x10", "seconds", "tolerance"),
    [(40_000, 36, 40.0, 0.1), (10_000_000, 400, 900.0, 1.0)],
)
def test_vt03_single_mover(length_mm: int, kmh_x10: int, seconds: float, tolerance: float) -> None:
    """VT03: 40 m at 1 m/s take 40.0 s, 10 km at 40 km/h take 900 s."""
    nodes = Nodes(("a", "b"), np.zeros(2), np.zeros(2))
    ends = np.array([0], np.int32), np.array([1], np.int32)
    edges = Edges(("e",), *ends, np.array([kmh_x10], np.int32), np.array([length_mm]))
    network = build_network(nodes, edges)
    tree = tree_to(network, 1, edge_costs(network, CAR))
    water = Water(np.array([-1], np.int32), np.zeros((0, 1), np.int32), 1, 1)
    ends_of_drive = drive(network, tree, water, CAR, car_from(0))
    assert ends_of_drive.time_ms[0] / 1000 == pytest.approx(seconds, abs=tolerance)


@pytest.mark.parametrize("closed", [0, 1, 2, 3])
def test_vt09_routes_close_one_after_another(closed: int) -> None:
    """VT09: 10 min, then 12, then 15, then unreachable and reported; the same as networkx."""
    network = three_routes()
    cost = edge_costs(network, CAR)
    cost[3 : 3 + closed] = NEVER
    tree = tree_to(network, 4, cost)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(5))
    for e in np.flatnonzero(cost < NEVER):
        graph.add_edge(int(network.edge_from[e]), int(network.edge_to[e]), weight=int(cost[e]))
    reachable = bool(reaches_any(network, np.arange(5) == 4, cost < NEVER)[0])
    dry = Water(np.full(6, -1, np.int32), np.zeros((0, 1), np.int32), 1, 1)
    outcome = drive(network, tree, dry, CAR, car_from(0))
    if closed == 3:
        assert not nx.has_path(graph, 0, 4) and not reachable
        assert tree.dist_ms[0] == NEVER and outcome.status[0] == Trip.NO_ROUTE
        return
    assert reachable
    assert tree.dist_ms[0] == ROUTES_MIN[closed] * MS_PER_MIN
    assert tree.dist_ms[0] == nx.dijkstra_path_length(graph, 0, 4)
    walked = [0, *(int(network.edge_to[e]) for e in path_edges(network, tree, 0))]
    assert walked == nx.dijkstra_path(graph, 0, 4)
    assert outcome.time_ms[0] == tree.dist_ms[0]


def test_vt09_closing_while_a_vehicle_is_on_the_link() -> None:
    """VT09: who is on the link finishes it; who comes after is told at the node, counted there."""
    network = three_routes()
    tree = tree_to(network, 4, edge_costs(network, CAR))
    rows = np.array([-1, -1, -1, 0, -1, -1], np.int32)
    water = Water(rows, np.array([[0, 500]], np.int32), 5 * MS_PER_MIN, NEVER)
    on_it = drive(network, tree, water, CAR, car_from(0))
    assert on_it.status[0] == Trip.ARRIVED and on_it.time_ms[0] == 10 * MS_PER_MIN
    after = drive(network, tree, water, CAR, car_from(0, depart_ms=MS_PER_MIN))
    assert after.status[0] == Trip.BLOCKED
    assert after.node[0] == 1 and after.edge[0] == 3 and after.time_ms[0] == 5 * MS_PER_MIN
