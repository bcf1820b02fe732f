"""Given ways out: drivers of a zone are led along one road and held on it by road blocks."""

from __future__ import annotations

import numpy as np

from sim.clock import NEVER
from sim.roads.network import Int32Array, IntArray, Network
from sim.roads.queue_inputs import route_row
from sim.roads.queue_rows import ROOT
from sim.roads.routing import path_edges, tree_to


def given_route_row(
    network: Network, edges: IntArray, target: int, cost_ms: IntArray
) -> Int32Array | None:
    """Next edge by node for those who are led along some edges to a target; None if that fails.

    Everybody goes to the beginning of the route, or joins it where he meets it, stays on it to its
    end, and takes the best way on from there. Whoever lives between its end and the target goes
    straight on; whoever cannot get to it goes as he likes. It fails when an edge of the route is
    closed (cost NEVER) or nothing leads on from its end.
    """
    if (cost_ms[edges] >= NEVER).any():
        return None
    on_route, end = network.edge_from[edges], int(network.edge_to[edges[-1]])
    held = cost_ms.copy()
    held[np.isin(network.edge_from, on_route)] = NEVER
    held[edges] = cost_ms[edges]
    onward = tree_to(network, target, held)
    if onward.dist_ms[end] >= NEVER:
        return None
    there = tree_to(network, int(on_route[0]), held)
    row = np.where(
        there.dist_ms < NEVER,
        route_row(there),
        route_row(tree_to(network, target, cost_ms)),
    ).astype(np.int32)
    row[on_route] = edges
    further = path_edges(network, onward, end)
    row[network.edge_from[further]] = further
    row[target] = ROOT
    return row
