"""Exact repair of shortest-way trees when some roads close, reopen, or change their time.

A tree after a change is the tree a rebuild would give: the same distances, and of equally good
ways the lower edge row. Only what the change reaches is looked at. First the nodes are found
that lost every way of their old length: a node that loses its edge takes another one that is
just as good, and only without one it passes the question on to those whose way leads over it.
(Costs are at least 1, so equally good ways never lead in a circle.) Then a Dijkstra runs from
the rim of the hole into it, and from every edge that became better than what was there.
After Ramalingam and Reps (1996), for several edges dearer and cheaper at once.
"""

from __future__ import annotations

import numpy as np

from sim.roads import tree_kernels
from sim.roads.network import BoolArray, Int32Array, IntArray, Network
from sim.roads.routing import Tree, inwards, outwards
from sim.roads.tree_kernels import Roads


def changed_edges(cost_before: IntArray, cost_after: IntArray) -> Int32Array:
    """Rows of the edges whose cost differs, int32[n_changed], ascending."""
    return np.flatnonzero(cost_before != cost_after).astype(np.int32)


def repaired(
    network: Network, tree: Tree, cost_after: IntArray, changed: Int32Array, towards: bool
) -> Tree:
    """The tree for other costs, from the one that was right before; the same object if it stays.

    tree: of tree_to (towards) or of tree_from without a limit, any number of roots; it is left
    as it is. cost_after: int64[n_edges] in ms, NEVER closed. changed: int32 rows of at least all
    edges whose cost is another one than when the tree was made.
    """
    edge, dist = tree_kernels.repaired(_roads(network, towards), cost_after, changed, *tree)
    return Tree(edge, dist) if len(dist) else tree


def repair_all(
    network: Network, trees: Tree, cost_after: IntArray, changed: Int32Array, towards: bool
) -> BoolArray:
    """Repair many trees of one direction in place; which of them changed, bool[n_trees].

    trees: arrays [n_trees, n_nodes] as routing.stack makes them, all right for the same costs
    before; the rest as in ``repaired``.
    """
    other: BoolArray = tree_kernels.repair_all(
        _roads(network, towards), cost_after, changed, *trees
    )
    return other


def _roads(network: Network, towards: bool) -> Roads:
    coming, leaving = inwards(network), outwards(network)
    return Roads(on=coming, back=leaving) if towards else Roads(on=leaving, back=coming)
