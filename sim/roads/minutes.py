"""A travel-time matrix instead of roads: what a planner has who knows minutes but has no map.

Only the stated links exist: nobody drives through a third place to be faster, because measured
minutes need not obey the triangle inequality, and a missing link may be a missing road.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.roads.network import IntArray


@dataclass(frozen=True)
class MinutesMatrix:
    """Travel times between places.

    node_ids: n ids; ms: int64[n, n], from row to column, 0 on the diagonal, NEVER where there is
    no link; estimated: straight lines stand in for missing roads, to be marked 估算 everywhere.
    """

    node_ids: tuple[str, ...]
    ms: IntArray
    estimated: bool = False

    @property
    def n_nodes(self) -> int:
        """Number of places."""
        return len(self.node_ids)

    @cached_property
    def row(self) -> dict[str, int]:
        """Row of every node id."""
        return {node: i for i, node in enumerate(self.node_ids)}


def minutes_matrix(
    node_ids: Sequence[str], links: Sequence[tuple[int, int, int]], estimated: bool = False
) -> MinutesMatrix:
    """Matrix of (from row, to row, ms) links; the last of two equal links counts."""
    n = len(node_ids)
    ms = np.full((n, n), NEVER, dtype=np.int64)
    for origin, target, took in links:
        ms[origin, target] = took
    np.fill_diagonal(ms, 0)
    ms.flags.writeable = False
    return MinutesMatrix(tuple(node_ids), ms, estimated)


def straight_line_matrix(
    node_ids: Sequence[str],
    xy_m: NDArray[np.float64],
    speed_kmh: float,
    detour: float = 1.6,
) -> MinutesMatrix:
    """Estimate without roads: straight line × detour at one speed, rounded up to whole ms.

    xy_m: float[n, 2] in metres of the working system.
    """
    gap = np.hypot(*(xy_m[:, None, :] - xy_m[None, :, :]).transpose(2, 0, 1))
    ms = np.ceil(np.round(gap * detour * 3600 / speed_kmh, 3)).astype(np.int64)
    np.fill_diagonal(ms, 0)
    ms.flags.writeable = False
    return MinutesMatrix(tuple(node_ids), ms, estimated=True)
