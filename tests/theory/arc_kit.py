"""Road networks of a few one-way roads between nodes that have no place on a map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.roads.network import Edges, Network, Nodes, build_network


def arc_network(
    n: int,
    arcs: Sequence[tuple[int, int]],
    length_m: int | Sequence[int] = 1000,
    kmh: int = 36,
    lanes: int = 1,
) -> Network:
    """n nodes and roads of one length or one each; 36 km/h is 10 m/s, so 1 km takes 100 s."""
    ends, m = np.array(arcs, dtype=np.int32).reshape(-1, 2), len(arcs)
    nodes = Nodes(tuple(f"n{i}" for i in range(n)), np.zeros(n), np.zeros(n))
    edges = Edges(
        tuple(f"e{i}" for i in range(m)),
        ends[:, 0].copy(),
        ends[:, 1].copy(),
        np.full(m, kmh * 10, np.int32),
        length_mm=np.full(m, np.array(length_m, dtype=np.int64) * 1000),
        lanes=np.full(m, lanes, np.int16),
    )
    return build_network(nodes, edges)
