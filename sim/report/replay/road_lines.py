"""Roads as lines: both directions of a road are one line, with as few bends as show its course."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from sim.report.replay.pack import narrowest
from sim.roads.network import Network

Int64 = NDArray[np.int64]
Float = NDArray[np.float64]

ROAD_RANKS = (
    ("motorway", "trunk", "primary"),
    ("secondary", "tertiary"),
)
"""Road classes by how they are drawn; everything else is a small road."""

BEND_M = 2.0
"""Points of a road that lie this close to the line through their neighbours are left out."""


@dataclass(frozen=True)
class Lines:
    """Roads drawn once for both directions.

    Attributes:
        of_edge: line of every directed edge, int64[n_edges].
        reversed: whether the edge runs against its line, bool[n_edges].
        edge: the edge from which each line was made, int64[n_lines].
        start, x, y: vertices start[k] to start[k + 1] of line k, metres.
    """

    of_edge: Int64
    reversed: NDArray[np.bool_]
    edge: Int64
    start: Int64
    x: Float
    y: Float


def line_kind(lines: Lines) -> str:
    """Type that holds a line number with its direction."""
    return narrowest(2 * len(lines.edge) + 1)


def no_lines() -> Lines:
    """Where there are no roads."""
    row, point = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64)
    never = np.zeros(0, dtype=np.bool_)
    return Lines(row, never, row, np.zeros(1, dtype=np.int64), point, point)


def road_ranks(roads: Network, lines: Lines) -> Int64:
    """0 main road, 1 country road, 2 small road; per line."""
    rank = {name: r for r, names in enumerate(ROAD_RANKS) for name in names}
    classes = roads.road_class
    found = [rank.get(classes[e].removesuffix("_link"), 2) for e in lines.edge.tolist()]
    return np.array(found, dtype=np.int64)


def road_lines(roads: Network) -> Lines:
    """Every road once, with its bends."""
    known: dict[tuple[int, int, int, float, float], int] = {}
    of_edge = np.zeros(roads.n_edges, dtype=np.int64)
    against = np.zeros(roads.n_edges, dtype=np.bool_)
    edges: list[int] = []
    ends = zip(roads.edge_from.tolist(), roads.edge_to.tolist(), strict=True)
    for edge, (a, b) in enumerate(ends):
        first, last = int(roads.sample_start[edge]), int(roads.sample_start[edge + 1]) - 1
        # two roads between the same junctions differ in their middle
        mid = (first + last) / 2
        low, high = int(np.floor(mid)), int(np.ceil(mid))
        x = round(float(roads.sample_x[low] + roads.sample_x[high]))
        y = round(float(roads.sample_y[low] + roads.sample_y[high]))
        key = (min(a, b), max(a, b), last - first, x, y)
        if key not in known:
            known[key] = len(edges)
            edges.append(edge)
        line = of_edge[edge] = known[key]
        against[edge] = edges[line] != edge and int(roads.edge_from[edges[line]]) != a
    start, xs, ys = [0], [], []
    for edge in edges:
        rows = slice(int(roads.sample_start[edge]), int(roads.sample_start[edge + 1]))
        course = np.column_stack([roads.sample_x[rows], roads.sample_y[rows]])
        bends = shapely.get_coordinates(shapely.simplify(shapely.linestrings(course), BEND_M))
        xs.append(bends[:, 0])
        ys.append(bends[:, 1])
        start.append(start[-1] + len(bends))
    joined = np.concatenate(xs), np.concatenate(ys)
    row = np.array(edges, dtype=np.int64)
    return Lines(of_edge, against, row, np.array(start, dtype=np.int64), *joined)
