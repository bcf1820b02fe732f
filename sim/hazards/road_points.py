"""One point for every road: its middle, for what changes little along it (wind, shaking)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.hazards.base import FloatArray, Geometry, IntArray, LevelArray
from sim.hazards.valley import roads_of


@dataclass(frozen=True, slots=True)
class RoadPoints:
    """Roads (both directions are one): middle in the working system, road of each directed edge."""

    x: FloatArray
    y: FloatArray
    of_edge: LevelArray

    def keys(self) -> IntArray:
        """A number of each road that depends on where it lies only, int64, below 2^40."""
        east: IntArray = np.rint(self.x).astype(np.int64)
        north: IntArray = np.rint(self.y).astype(np.int64)
        return np.asarray(((east & 0xFFFFF) << 20) | (north & 0xFFFFF))

    def rows(self, levels: LevelArray) -> tuple[LevelArray, LevelArray]:
        """Row of each edge and the rows that ever hold anything, out of levels by road."""
        used = np.flatnonzero(levels.any(axis=1))
        row = np.full(len(self.x) + 1, -1, np.int32)
        row[used] = np.arange(len(used))
        return np.asarray(row[self.of_edge]), levels[used]


def road_points(geometry: Geometry) -> RoadPoints:
    """The roads of a geometry."""
    of_edge, owner, used = roads_of(geometry)
    n = int(of_edge.max(initial=-1)) + 1
    begin = np.searchsorted(owner, np.arange(n))
    middle = used[(begin + np.searchsorted(owner, np.arange(n), side="right")) // 2]
    return RoadPoints(geometry.sample_x[middle], geometry.sample_y[middle], of_edge)
