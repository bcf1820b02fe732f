"""Given ways out: everybody joins the route, stays on it, and nobody drives in circles."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import NEVER
from sim.roads.given_routes import given_route_row
from sim.roads.network import Edges, Network, Nodes, build_network
from sim.roads.queue_rows import ROOT
from sim.roads.routing import path_edges, tree_to

SIDE = 5


def grid(minutes: list[int]) -> Network:
    """A square grid, two directions a street; 12 km/h, so many minutes a street."""
    n = SIDE * SIDE
    pairs = [(k, k + 1) for k in range(n) if k % SIDE < SIDE - 1]
    pairs += [(k, k + SIDE) for k in range(n - SIDE)]
    ends = [pair for a, b in pairs for pair in ((a, b), (b, a))]
    x, y = (np.array([k % SIDE for k in range(n)]), np.array([k // SIDE for k in range(n)]))
    edges = Edges(
        tuple(f"{a}-{b}" for a, b in ends),
        np.array([a for a, _ in ends], np.int32),
        np.array([b for _, b in ends], np.int32),
        np.full(len(ends), 120, np.int32),
        length_mm=np.array([200_000 * m for m in minutes for _ in (0, 1)][: len(ends)]),
    )
    return build_network(Nodes(tuple(map(str, range(n))), x * 200.0, y * 200.0), edges)


N_STREETS = 2 * SIDE * (SIDE - 1)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(1, 9), min_size=N_STREETS, max_size=N_STREETS),
    st.integers(0, SIDE * SIDE - 1),
    st.integers(0, SIDE * SIDE - 1),
    st.integers(0, SIDE * SIDE - 1),
    st.sets(st.integers(0, 2 * N_STREETS - 1), max_size=20),
)
def test_every_way_ends_and_stays_on_the_route(
    minutes: list[int], first: int, last: int, target: int, closed: set[int]
) -> None:
    """From every node that can get there the row leads to the target without a circle, over no
    closed street; whoever meets the route follows it to its end."""
    network = grid(minutes)
    cost = network.length_mm * 36 // network.speed_kmh_x10
    cost[sorted(closed)] = NEVER
    route = path_edges(network, tree_to(network, last, cost), first)
    if not len(route):
        return
    row = given_route_row(network, route.astype(np.int64), target, cost)
    onward = tree_to(network, target, cost).dist_ms
    if row is None:
        return
    after = {int(e): int(f) for e, f in itertools.pairwise(route)}
    for start in np.flatnonzero(onward < NEVER).tolist():
        node, way = start, []
        while (edge := int(row[node])) != ROOT:
            assert edge >= 0 and cost[edge] < NEVER
            way.append(edge)
            node = int(network.edge_to[edge])
            assert len(way) <= network.n_nodes
        assert node == target
        for edge, following in itertools.pairwise(way):
            assert edge not in after or following == after[edge]


def test_a_route_with_a_closed_street_is_no_route() -> None:
    """Nobody is led into a closed street, nor to where nothing leads on."""
    network = grid([1] * N_STREETS)
    cost = network.length_mm * 36 // network.speed_kmh_x10
    route = path_edges(network, tree_to(network, 4, cost), 0).astype(np.int64)
    assert given_route_row(network, route, 24, cost) is not None
    shut = cost.copy()
    shut[route[1]] = NEVER
    assert given_route_row(network, route, 24, shut) is None
    island = cost.copy()
    island[network.edge_from == 4] = NEVER
    assert given_route_row(network, route, 24, island) is None
