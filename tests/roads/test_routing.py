"""Trees, reachability and the drive, against networkx and cases worked out by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from arc_kit import arc_network
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import NEVER
from sim.roads.network import Network
from sim.roads.passability import speed_table, vehicle_classes
from sim.roads.routing import (
    ONE_Q16,
    Drivers,
    Ends,
    Trip,
    Water,
    depths_at,
    drive,
    dry_water,
    edge_costs,
    path_edges,
    reaches_any,
    tree_from,
    tree_to,
)

CAR = speed_table(vehicle_classes()["car"])
HALF_HOUR = 1_800_000


def one_driver(origin: int, depart_ms: int = 0, willing_mm: int = 300) -> Drivers:
    """A single vehicle at the road's own speed."""
    return Drivers(
        np.array([origin], np.int32),
        np.array([depart_ms], np.int64),
        np.array([willing_mm], np.int32),
        np.array([ONE_Q16], np.int32),
    )


def on_edge(network: Network, edge: int, depths: list[int], harm_mm: int = 250) -> Water:
    """Depths of one edge, half an hour each; the other edges stay dry."""
    rows = np.full(network.n_edges, -1, np.int32)
    rows[edge] = 0
    return Water(rows, np.array([depths], np.int32), HALF_HOUR, harm_mm)


def go(network: Network, water: Water, driver: Drivers, to: int = 2) -> Ends:
    """Drive by the dry tree to a node."""
    tree = tree_to(network, to, edge_costs(network, CAR))
    return drive(network, tree, water, CAR, driver)


CHAIN = arc_network(3, [(0, 1), (1, 2)])

arcs_and_costs = st.integers(2, 9).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(
            st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(1, 6)),
            min_size=1,
            max_size=30,
        ),
    )
)


@settings(max_examples=150, deadline=None)
@given(arcs_and_costs, st.data())
def test_trees_equal_networkx_and_ties_go_to_the_lower_row(
    case: tuple[int, list[tuple[int, int, int]]], data: st.DataObject
) -> None:
    """Distances are networkx's; the next edge is the lowest row of all edges on a best way."""
    n, arcs = case
    network = arc_network(n, [(a, b) for a, b, _ in arcs])
    cost = np.array([c for *_, c in arcs], dtype=np.int64)
    cost[data.draw(st.integers(0, len(arcs) - 1))] = NEVER
    roots = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=3))
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(n))
    for e in np.flatnonzero(cost < NEVER):
        graph.add_edge(arcs[e][0], arcs[e][1], weight=int(cost[e]))
    for tree, side, oriented in (
        (tree_from(network, roots, cost), (network.edge_from, network.edge_to), graph),
        (tree_to(network, roots, cost), (network.edge_to, network.edge_from), graph.reverse()),
    ):
        expected = nx.multi_source_dijkstra_path_length(oriented, set(roots))
        assert tree.dist_ms.tolist() == [expected.get(i, NEVER) for i in range(n)]
        near, far = side
        for node in range(n):
            tight = [
                e
                for e in np.flatnonzero(cost < NEVER)
                if far[e] == node and tree.dist_ms[near[e]] + cost[e] == tree.dist_ms[node]
            ]
            root_or_lost = tree.dist_ms[node] in (0, NEVER)
            assert tree.edge[node] == (-1 if root_or_lost else min(tight))
        reach = reaches_any(network, np.isin(np.arange(n), roots), cost < NEVER)
    assert (reach == (tree.dist_ms < NEVER)).all()


def test_path_is_the_edges_in_driving_order() -> None:
    """Following a tree gives the edges from the origin to the root, nothing at the root."""
    network = arc_network(4, [(2, 3), (0, 1), (1, 2)])
    tree = tree_to(network, 3, edge_costs(network, CAR))
    assert path_edges(network, tree, 0).tolist() == [1, 2, 0]
    assert path_edges(network, tree, 3).tolist() == []


def test_tree_time_is_drive_time_on_dry_roads() -> None:
    """Without water a drive takes exactly what the tree says, and nobody is caught."""
    network = arc_network(5, [(0, 1), (1, 2), (2, 3), (3, 4), (0, 3)], length_m=777, kmh=37)
    tree = tree_to(network, 4, edge_costs(network, CAR))
    ends = drive(network, tree, dry_water(network), CAR, one_driver(0, depart_ms=5))
    assert ends.status.tolist() == [Trip.ARRIVED] and ends.node.tolist() == [4]
    assert ends.time_ms[0] == 5 + tree.dist_ms[0]
    assert ends.caught_ms[0] == NEVER and ends.edge[0] == -1


def test_slow_in_shallow_water() -> None:
    """100 mm slow a car to 40 654 m/h: on an 80 km/h road 1 km takes 88 553 ms, not 45 s."""
    network = arc_network(3, [(0, 1), (1, 2)], kmh=80)
    ends = go(network, on_edge(network, 1, [100]), one_driver(0))
    assert ends.time_ms[0] == 45_000 + 88_553


def test_deep_water_blocks_at_the_node_before_it() -> None:
    """At 300 mm a car waits at the node; it is told when and before which edge."""
    ends = go(CHAIN, on_edge(CHAIN, 1, [300]), one_driver(0, willing_mm=299))
    assert ends.status[0] == Trip.BLOCKED and ends.node[0] == 1 and ends.edge[0] == 1
    assert ends.time_ms[0] == 100_000 and ends.caught_ms[0] == NEVER


def test_willing_driver_stalls_half_way_and_is_caught() -> None:
    """Willing to try 350 mm, a driver stops half way at the slowest wet speed, 2.088 km/h."""
    ends = go(CHAIN, on_edge(CHAIN, 1, [320]), one_driver(0, willing_mm=350))
    assert ends.status[0] == Trip.STALLED and ends.node[0] == 1 and ends.edge[0] == 1
    kmh = CAR[299] / 1000
    assert ends.time_ms[0] == pytest.approx(100_000 + 0.5 / kmh * 3.6e6, rel=1e-4)
    assert ends.caught_ms[0] == 100_000


def test_stalled_vehicle_is_caught_later() -> None:
    """With harm at 500 mm the stalled vehicle is caught when the water gets there: 3rd step."""
    water = on_edge(CHAIN, 1, [320, 400, 500], harm_mm=500)
    ends = go(CHAIN, water, one_driver(0, willing_mm=350))
    assert ends.status[0] == Trip.STALLED and ends.caught_ms[0] == 2 * HALF_HOUR


def test_whoever_is_on_the_edge_finishes_it() -> None:
    """The road closes while the car is on it: it arrives as if dry, caught when the water came."""
    late = HALF_HOUR - 150_000
    ends = go(CHAIN, on_edge(CHAIN, 1, [0, 900]), one_driver(0, depart_ms=late))
    assert ends.status[0] == Trip.ARRIVED and ends.time_ms[0] == late + 200_000
    assert ends.caught_ms[0] == HALF_HOUR
    early = go(CHAIN, on_edge(CHAIN, 1, [0, 900]), one_driver(0, depart_ms=late - 50_000))
    assert early.time_ms[0] == HALF_HOUR and early.caught_ms[0] == NEVER


def test_road_opens_again() -> None:
    """Water that falls lets the next car through at the step at which it fell."""
    water = on_edge(CHAIN, 1, [800, 0])
    assert go(CHAIN, water, one_driver(1, HALF_HOUR - 1)).status[0] == Trip.BLOCKED
    assert go(CHAIN, water, one_driver(1, HALF_HOUR)).time_ms[0] == HALF_HOUR + 100_000
    assert depths_at(water, HALF_HOUR - 1).tolist() == [0, 800]
    assert depths_at(water, 99 * HALF_HOUR).tolist() == [0, 0]


def test_no_route_is_an_outcome() -> None:
    """A vehicle without a way stays where it is, at its departure, and nothing raises."""
    ends = go(CHAIN, dry_water(CHAIN), one_driver(1, depart_ms=7), to=0)
    assert ends.status[0] == Trip.NO_ROUTE
    assert (ends.node[0], ends.time_ms[0], ends.edge[0]) == (1, 7, -1)


def test_road_speed_factor_and_rounding_up() -> None:
    """A factor of 0.5 doubles the time; a third of a millisecond is a whole one."""
    whole = one_driver(0)
    half = whole._replace(speed_q16=whole.speed_q16 // 2)
    assert go(CHAIN, dry_water(CHAIN), half).time_ms[0] == 400_000
    network = arc_network(2, [(0, 1)], length_m=1, kmh=108)
    assert edge_costs(network, CAR).tolist() == [34]


def test_costs_close_what_is_excluded_or_too_deep() -> None:
    """NEVER at the depth limit and where the class is excluded; below the limit a time."""
    depth = np.array([299, 300], np.int32)
    assert (edge_costs(CHAIN, CAR, depth) == NEVER).tolist() == [False, True]
    allowed = np.array([False, True])
    assert (edge_costs(CHAIN, CAR, None, ONE_Q16, allowed) == NEVER).tolist() == [True, False]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 600), min_size=1, max_size=5), st.integers(0, 2**24), st.data())
def test_more_water_is_never_faster(depths: list[int], depart: int, data: st.DataObject) -> None:
    """Rising water everywhere makes nobody who still arrives arrive earlier."""
    low = on_edge(CHAIN, 0, depths)
    more = data.draw(st.integers(0, 300))
    high = on_edge(CHAIN, 0, [d + more for d in depths])
    a, b = (go(CHAIN, w, one_driver(0, depart)) for w in (low, high))
    if b.status[0] == Trip.ARRIVED:
        assert a.status[0] == Trip.ARRIVED and a.time_ms[0] <= b.time_ms[0]
