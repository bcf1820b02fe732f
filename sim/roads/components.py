"""Pieces of a network that no road joins: labelled, and what is left out is said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sim.roads.network import BoolArray, Int32Array, Network, subnetwork


@dataclass(frozen=True)
class Dropped:
    """What was left out of a network: separate pieces, their nodes, edges and length (km)."""

    components: int
    nodes: int
    edges: int
    length_km: float


def label_components(network: Network, strong: bool = False) -> Int32Array:
    """Piece of every node: 0 is the one with most nodes, ties to the lowest node row.

    Weak pieces ignore directions; in a strong piece every node reaches every other.
    """
    n = network.n_nodes
    ones = np.ones(network.n_edges, dtype=np.int8)
    graph = coo_array((ones, (network.edge_from, network.edge_to)), shape=(n, n))
    kind = "strong" if strong else "weak"
    count, raw = connected_components(graph, directed=True, connection=kind)
    sizes = np.bincount(raw, minlength=count)
    _, first = np.unique(raw, return_index=True)
    rank = np.empty(count, dtype=np.int32)
    rank[np.lexsort((first, -sizes))] = np.arange(count, dtype=np.int32)
    labels: Int32Array = rank[raw]
    return labels


def keep_main(
    network: Network, min_node_share: float = 1.0, needed: BoolArray | None = None
) -> tuple[Network, Dropped]:
    """The largest weak piece, the others left out.

    Also kept are pieces with at least min_node_share of all nodes, and those holding a node
    marked in needed, bool[n_nodes] (an island with its own shelter is a piece, not an error).
    """
    labels = label_components(network)
    sizes = np.bincount(labels)
    keep = sizes >= min_node_share * network.n_nodes
    keep[:1] = True
    if needed is not None:
        keep[labels[needed]] = True
    keep_node = keep[labels]
    keep_edge = keep_node[network.edge_from]
    dropped = Dropped(
        components=int((~keep).sum()),
        nodes=int((~keep_node).sum()),
        edges=int((~keep_edge).sum()),
        length_km=float(network.length_mm[~keep_edge].sum()) / 1e6,
    )
    if dropped.components:
        network = subnetwork(network, keep_edge, keep_node)
    return network, dropped
