"""Places onto the road network, with the distance to the road said and never hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from sim.roads.network import BoolArray, Int32Array, Network
from sim.schema.problems import Problem

FloatArray = NDArray[np.float64]
_CANDIDATES = 4


@dataclass(frozen=True)
class SnapLimits:
    """Distance to the road (m) from which a place gets a warning, and from which an error."""

    warn_m: float = 500.0
    max_m: float = 3000.0


def snap(
    x: ArrayLike, y: ArrayLike, network: Network, allowed_nodes: BoolArray | None = None
) -> tuple[Int32Array, FloatArray]:
    """Nearest node of every place and the distance to it (m, to the centimetre).

    x, y in the working system. allowed_nodes, bool[n_nodes], restricts the choice (to nodes a
    coach reaches, say). Equally near nodes: the lowest row.

    Raises:
        ValueError: no node is allowed.
    """
    rows = np.arange(network.n_nodes) if allowed_nodes is None else np.flatnonzero(allowed_nodes)
    if not len(rows):
        raise ValueError("no node is allowed to snap to")
    points = np.column_stack([np.atleast_1d(x), np.atleast_1d(y)]).astype(np.float64)
    nodes = np.column_stack([network.node_x[rows], network.node_y[rows]])
    count = min(_CANDIDATES, len(rows))
    _, near = cKDTree(nodes).query(points, k=range(1, count + 1))
    # whole centimetres decide among the nearest, so that no rounding of a root does
    gap_cm = np.rint((nodes[near] - points[:, None, :]) * 100).astype(np.int64)
    squared = (gap_cm**2).sum(axis=2)
    best = np.lexsort((rows[near], squared), axis=1)[:, 0]
    chosen = np.arange(len(points)), best
    distance = np.round(np.sqrt(squared[chosen]) / 100, 2)
    return rows[near[chosen]].astype(np.int32), distance


def snap_problems(
    distance_m: FloatArray, limits: SnapLimits, file: str, rows: Sequence[int] | None = None
) -> list[Problem]:
    """A problem for every place too far from the road; rows are its spreadsheet rows."""
    problems = []
    for i in np.flatnonzero(distance_m > limits.warn_m).tolist():
        too_far = distance_m[i] > limits.max_m
        problems.append(
            Problem(
                "snap.too_far" if too_far else "snap.far",
                file,
                row=None if rows is None else rows[i],
                field="x, y",
                found=f"{distance_m[i]:.0f} m",
                allowed=f"≤ {limits.max_m if too_far else limits.warn_m:.0f} m",
                severity="error" if too_far else "warning",
            )
        )
    return problems
