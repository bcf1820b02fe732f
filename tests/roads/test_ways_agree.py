"""A way is the same whichever tree it is read from, also where many ways take equally long."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import NEVER
from sim.roads.network import Edges, Network, Nodes, build_network
from sim.roads.routing import path_between, path_edges, tree_from, tree_to, way_to

SIDE = 5


def _grid(order: list[int]) -> Network:
    """A grid of streets in both directions, its edges in a given order."""
    ends = []
    for y in range(SIDE):
        for x in range(SIDE):
            here = y * SIDE + x
            if x + 1 < SIDE:
                ends += [(here, here + 1), (here + 1, here)]
            if y + 1 < SIDE:
                ends += [(here, here + SIDE), (here + SIDE, here)]
    ends = [ends[k % len(ends)] for k in sorted(range(len(ends)), key=lambda k: order[k])]
    n = SIDE * SIDE
    nodes = Nodes(
        tuple(f"n{k}" for k in range(n)),
        np.array([100.0 * (k % SIDE) for k in range(n)]),
        np.array([100.0 * (k // SIDE) for k in range(n)]),
    )
    edges = Edges(
        tuple(f"e{k}" for k in range(len(ends))),
        np.array([a for a, _ in ends], dtype=np.int32),
        np.array([b for _, b in ends], dtype=np.int32),
        np.full(len(ends), 300, dtype=np.int32),
    )
    return build_network(nodes, edges)


STREETS = 4 * SIDE * (SIDE - 1)


@settings(max_examples=60, deadline=None)
@given(
    order=st.permutations(range(STREETS)),
    costs=st.lists(st.sampled_from([1, 2, 3, NEVER]), min_size=STREETS, max_size=STREETS),
    better=st.lists(st.sampled_from([1, 2, 3]), min_size=STREETS, max_size=STREETS),
    ends=st.tuples(st.integers(0, SIDE**2 - 1), st.integers(0, SIDE**2 - 1)),
)
def test_every_tree_holds_the_same_way(
    order: list[int], costs: list[int], better: list[int], ends: tuple[int, int]
) -> None:
    """Towards the target, from the origin, from the origin up to a limit, towards the nearest of
    several targets, and without a tree by the times of better roads: the same edges in the same
    order."""
    network, cost = _grid(order), np.array(costs, dtype=np.int64)
    origin, target = ends
    towards = tree_to(network, target, cost)
    way = path_edges(network, towards, origin).tolist()
    outwards = tree_from(network, origin, cost)
    assert path_between(network, outwards, cost, ends).tolist() == way
    if towards.dist_ms[origin] < NEVER:
        limited = tree_from(network, origin, cost, int(towards.dist_ms[origin]))
        assert path_between(network, limited, cost, ends).tolist() == way
    dry = np.minimum(np.array(better, dtype=np.int64), cost)
    for least in (outwards, tree_from(network, origin, dry)):
        assert way_to(network, least, cost, ends).tolist() == way
    nearest = tree_to(network, [target, 0, SIDE**2 - 1], cost)
    short = path_edges(network, nearest, origin).tolist()
    if short:
        end = int(network.edge_to[short[-1]])
        assert path_between(network, outwards, cost, (origin, end)).tolist() == short


def test_ways_are_as_short_as_they_are_said_to_be() -> None:
    """The costs along the way sum to the distance of the tree, and the way hangs together."""
    rng = np.random.default_rng(7)
    network = _grid(list(range(STREETS)))
    for _ in range(50):
        cost = rng.integers(1, 4, STREETS)
        origin, target = (int(k) for k in rng.integers(0, SIDE**2, 2))
        tree = tree_from(network, origin, cost)
        way = path_between(network, tree, cost, (origin, target))
        assert int(cost[way].sum()) == int(tree.dist_ms[target])
        nodes = [origin, *network.edge_to[way].tolist()]
        assert nodes[:-1] == network.edge_from[way].tolist() and nodes[-1] == target
