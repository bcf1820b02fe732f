"""A repaired tree is the tree a rebuild gives: distances, next edges, ties."""

from __future__ import annotations

import numpy as np
from arc_kit import arc_network
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import NEVER
from sim.roads.network import IntArray
from sim.roads.repair import changed_edges, repair_all, repaired
from sim.roads.routing import Tree, stack, tree_from, tree_to


def _costs(*values: int) -> IntArray:
    return np.array(values, dtype=np.int64)


def _same(found: Tree, expected: Tree) -> None:
    assert found.dist_ms.tolist() == expected.dist_ms.tolist()
    assert found.edge.tolist() == expected.edge.tolist()


# few different costs make many ties; 0 counts as 1
COST = st.sampled_from([0, 1, 1, 2, 2, 3, 5, NEVER])

ROADS = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), min_size=1, max_size=50),
    )
)


@settings(max_examples=400, deadline=None)
@given(roads=ROADS, towards=st.booleans(), data=st.data())
def test_repaired_again_and_again_equals_a_rebuild(
    roads: tuple[int, list[tuple[int, int]]], towards: bool, data: st.DataObject
) -> None:
    """Any roads (loops and parallel ones too), any roots, any mixture of dearer, cheaper, closed
    and reopened edges, repair after repair: the rebuilt tree each time, the old one untouched,
    and the same object exactly when nothing in it changes."""
    n, ends = roads
    network, m = arc_network(n, ends), len(ends)
    find = tree_to if towards else tree_from
    roots = data.draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=3))
    cost = _costs(*data.draw(st.lists(COST, min_size=m, max_size=m)))
    tree = find(network, roots, cost)
    for _ in range(data.draw(st.integers(1, 4))):
        after = cost.copy()
        for e in data.draw(st.lists(st.integers(0, m - 1), max_size=12)):
            after[e] = data.draw(COST)
        before = Tree(tree.edge.copy(), tree.dist_ms.copy())
        found = repaired(network, tree, after, changed_edges(cost, after), towards)
        expected = find(network, roots, after)
        _same(found, expected)
        _same(tree, before)
        stays = all((a == b).all() for a, b in zip(before, expected, strict=True))
        assert (found is tree) == stays
        cost, tree = after, found


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), towards=st.booleans())
def test_many_trees_at_once_on_streets(seed: int, towards: bool) -> None:
    """All trees of a street grid in one call, closures and reopenings in turn: each row is the
    rebuilt tree, and exactly those rows are reported that changed."""
    rng = np.random.default_rng(seed)
    side = int(rng.integers(3, 12))
    here = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate(
        [
            np.column_stack([here[:, :-1].ravel(), here[:, 1:].ravel()]),
            np.column_stack([here[:-1].ravel(), here[1:].ravel()]),
        ]
    )
    ends = rng.permutation(np.concatenate([pairs, pairs[:, ::-1]]))
    network = arc_network(side * side, [(int(a), int(b)) for a, b in ends])
    dry = rng.integers(1, int(rng.integers(2, 100)), network.n_edges)
    find = tree_to if towards else tree_from
    roots = rng.integers(0, side * side, 5)
    trees, cost = stack([find(network, int(r), dry) for r in roots]), dry
    for _ in range(6):
        after = cost.copy()
        picked = rng.integers(0, network.n_edges, int(rng.integers(1, 8)))
        after[picked] = np.where(rng.random(len(picked)) < 0.5, NEVER, dry[picked])
        before = Tree(trees.edge.copy(), trees.dist_ms.copy())
        other = repair_all(network, trees, after, changed_edges(cost, after), towards)
        expected = stack([find(network, int(r), after) for r in roots])
        _same(trees, expected)
        differs = (before.edge != expected.edge) | (before.dist_ms != expected.dist_ms)
        assert other.tolist() == differs.any(axis=1).tolist()
        cost = after


def test_a_closed_bridge_leaves_nobody_a_way_and_comes_back() -> None:
    """0 → 1 → 2 by a bridge and a detour to 1 only: closing the bridge cuts 0 and 1 off, opening
    it brings the first tree back."""
    network = arc_network(3, [(0, 1), (1, 2), (0, 1)])
    dry, closed = _costs(5, 5, 9), _costs(5, NEVER, 9)
    tree = tree_to(network, 2, dry)
    bridge = changed_edges(dry, closed)
    cut = repaired(network, tree, closed, bridge, towards=True)
    assert cut.dist_ms.tolist() == [NEVER, NEVER, 0] and cut.edge.tolist() == [-1, -1, -1]
    _same(repaired(network, cut, dry, bridge, towards=True), tree)


def test_an_equal_way_by_a_lower_edge_is_taken() -> None:
    """Two ways of 4: the tree takes edge 0 as soon as it ties, and gives it back when dearer."""
    network = arc_network(2, [(0, 1), (0, 1)])
    tree = tree_to(network, 1, _costs(7, 4))
    assert tree.edge[0] == 1
    first = np.zeros(1, dtype=np.int32)
    tied = repaired(network, tree, _costs(4, 4), first, towards=True)
    assert tied.edge[0] == 0 and tied.dist_ms[0] == 4
    assert repaired(network, tied, _costs(5, 4), first, towards=True).edge[0] == 1


def test_dearer_edges_off_the_tree_change_nothing() -> None:
    """A road nobody's best way uses may close: the same tree object comes back."""
    network = arc_network(3, [(0, 1), (1, 2), (0, 2)])
    tree = tree_to(network, 2, _costs(1, 1, 2))
    closed = np.array([2], dtype=np.int32)
    assert repaired(network, tree, _costs(1, 1, NEVER), closed, towards=True) is tree
