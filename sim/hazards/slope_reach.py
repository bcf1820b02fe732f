"""Which places and roads lie in the way of a slope that comes down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.hazards.base import FloatArray, IntArray
from sim.hazards.field import Ground


@dataclass(frozen=True, slots=True)
class Reach:
    """Points that one slope's debris covers: rows of the ground, and how far down they lie (m)."""

    rows: IntArray
    down_m: FloatArray


def reach_of(ground: Ground, course: tuple[FloatArray, FloatArray], width_m: float) -> Reach:
    """Points within half the width of a course, and how far down along it they lie."""
    x, y = course
    best = np.full(len(ground.x), np.inf)
    down = np.zeros(len(ground.x))
    begin = 0.0
    for i in range(max(len(x) - 1, 1)):
        j = min(i + 1, len(x) - 1)
        dx, dy = float(x[j] - x[i]), float(y[j] - y[i])
        length2 = dx * dx + dy * dy
        along = (ground.x - x[i]) * dx + (ground.y - y[i]) * dy
        share = np.clip(along / length2, 0, 1) if length2 else np.zeros(len(ground.x))
        away = (ground.x - x[i] - share * dx) ** 2 + (ground.y - y[i] - share * dy) ** 2
        closer = away < best
        length = float(np.sqrt(length2))
        best = np.where(closer, away, best)
        down = np.where(closer, begin + share * length, down)
        begin += length
    rows = np.flatnonzero(best <= (width_m / 2) ** 2)
    return Reach(rows, down[rows])
