"""Goal G6: exact repair of 100 destination trees after 5 closed links, against rebuilding them.

Run by hand: ``python tests/benchmarks/traffic/repair.py``. Ratios of one run count, seconds do
not. Every repaired tree is compared with the rebuilt one.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from sim.clock import NEVER
from sim.roads.network import Edges, IntArray, Network, Nodes, build_network
from sim.roads.repair import changed_edges, repair_all, repaired
from sim.roads.routing import Tree, stack, tree_to


def streets(side: int, links: int, seed: int = 1) -> tuple[Network, IntArray]:
    """Streets of a grid, all connected and about so many links, and the ms each takes.

    A random spanning tree of the grid and some of its other streets, each open in both
    directions, 500 m in 30 to 60 s.
    """
    rng = np.random.default_rng(seed)
    n = side * side
    here = np.arange(n).reshape(side, side)
    across = np.column_stack([here[:, :-1].ravel(), here[:, 1:].ravel()])
    pairs = np.concatenate([across, np.column_stack([here[:-1].ravel(), here[1:].ravel()])])
    order = rng.permutation(len(pairs))
    weights = coo_array((order + 1.0, (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    spanning = minimum_spanning_tree(weights.tocsr()).data.astype(np.int64) - 1
    kept = np.isin(order, spanning)
    more = rng.choice(np.flatnonzero(~kept), links // 2 - len(spanning), replace=False)
    pairs = np.concatenate([pairs[kept], pairs[more]]).astype(np.int32)
    ends = np.concatenate([pairs, pairs[:, ::-1]])
    nodes = Nodes(tuple(map(str, range(n))), 500.0 * (here.ravel() % side), 500.0 * here.ravel())
    edges = Edges(
        tuple(map(str, range(links))),
        *(ends[:, 0].copy(), ends[:, 1].copy(), np.full(links, 400, dtype=np.int32)),
        length_mm=np.full(links, 500_000),
    )
    return build_network(nodes, edges), np.tile(rng.integers(30_000, 60_000, len(pairs)), 2)


def seconds(work: Callable[[], object]) -> float:
    """Time one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def county(closed: int, events: int = 20, n_trees: int = 100) -> None:
    """Events of some links that close and then reopen; all trees in one call."""
    network, dry = streets(198, 107_000)
    rng = np.random.default_rng(2)
    roots = rng.choice(network.n_nodes, n_trees, replace=False)
    trees = stack([tree_to(network, int(root), dry) for root in roots])
    closing, opening, rebuilding = [], [], []
    for _ in range(events):
        after = dry.copy()
        after[rng.choice(network.n_edges, closed, replace=False)] = NEVER
        changed = changed_edges(dry, after)
        before = Tree(trees.edge.copy(), trees.dist_ms.copy())
        closing.append(seconds(lambda a=after, c=changed: repair_all(network, trees, a, c, True)))
        for k in range(0, n_trees, 20):
            begin = time.perf_counter()
            expected = tree_to(network, int(roots[k]), after)
            rebuilding.append(time.perf_counter() - begin)
            assert (trees.edge[k] == expected.edge).all()
            assert (trees.dist_ms[k] == expected.dist_ms).all()
        opening.append(seconds(lambda c=changed: repair_all(network, trees, dry, c, True)))
        assert (trees.edge == before.edge).all() and (trees.dist_ms == before.dist_ms).all()
    rebuild = float(np.median(rebuilding)) * n_trees
    print(f"{network.n_edges} links, {network.n_nodes} nodes, {n_trees} trees, {closed} links:")
    for name, took in (("close", closing), ("reopen", opening)):
        middle, worst = float(np.median(took)), max(took)
        print(
            f"  {name:6} {middle * 1e3:7.2f} ms, worst of {events} {worst * 1e3:.2f} ms; "
            f"rebuilding {rebuild * 1e3:.0f} ms: {rebuild / middle:.0f} times faster, "
            f"at worst {rebuild / worst:.0f}"
        )


def town(calls: int = 4000) -> None:
    """One tree of a small county at a time: what a call costs when nothing or one link changes."""
    network, dry = streets(50, 5_200)
    rng = np.random.default_rng(3)
    tree = tree_to(network, int(rng.integers(network.n_nodes)), dry)
    cases: dict[str, list[tuple[IntArray, np.ndarray]]] = {"untouched": [], "touched": []}
    for e in rng.integers(0, network.n_edges, 400):
        after = dry.copy()
        after[e] = NEVER
        row = np.array([e], dtype=np.int32)
        same = repaired(network, tree, after, row, True) is tree
        cases["untouched" if same else "touched"].append((after, row))
    root = int(np.flatnonzero(tree.dist_ms == 0)[0])
    rebuild = seconds(lambda: [tree_to(network, root, dry) for _ in range(calls)]) / calls
    print(f"{network.n_edges} links, {network.n_nodes} nodes, one tree, one closed link:")
    print(f"  rebuilding {rebuild * 1e6:.1f} µs")
    for name, some in cases.items():
        rounds = -(-calls // len(some))
        took = seconds(
            lambda s=some, r=rounds: [repaired(network, tree, *x, True) for x in s * r]
        ) / (rounds * len(some))
        print(f"  {name}: {took * 1e6:.1f} µs, {rebuild / took:.0f} times faster")


if __name__ == "__main__":
    for links in (1, 5, 50):
        county(links)
    town()
