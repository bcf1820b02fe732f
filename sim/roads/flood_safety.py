"""How dangerous moving water is: hazard classes H1 to H6 and stability limits.

Depths in mm and velocities in mm/s, so that the published boundaries are met exactly. Limits with
sources: ``sim/defaults/flood_stability.csv``. Without a velocity these rules cannot be used.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.roads.defaults import read_defaults
from sim.roads.network import BoolArray

HAZARD_CLASSES = ("H1", "H2", "H3", "H4", "H5", "H6")


@dataclass(frozen=True)
class StabilityLimits:
    """Largest safe depth (mm), velocity (mm/s) and their product (mm2/s); the limit is safe."""

    depth_mm: int
    velocity_mm_s: int
    dv_mm2_s: int

    def exceeded(self, depth_mm: ArrayLike, velocity_mm_s: ArrayLike) -> BoolArray:
        """Where any of the three limits is passed."""
        depth = np.asarray(depth_mm, dtype=np.int64)
        velocity = np.asarray(velocity_mm_s, dtype=np.int64)
        beyond: BoolArray = (
            (depth > self.depth_mm)
            | (velocity > self.velocity_mm_s)
            | (depth * velocity > self.dv_mm2_s)
        )
        return beyond


@cache
def stability_limits(name: str) -> StabilityLimits:
    """Limits of H1 to H5, small_car, large_car, four_wheel_drive, child, adult and others.

    Raises:
        KeyError: the file has no such name.
    """
    values = read_defaults("flood_stability.csv")
    parts = ("depth_mm", "velocity_mm_s", "dv_mm2_s")
    return StabilityLimits(*(int(values[f"{name}.{part}"]) for part in parts))


def hazard_class(depth_mm: ArrayLike, velocity_mm_s: ArrayLike) -> NDArray[np.int8]:
    """Combined hazard class, 1 (safe for all) to 6 (nothing is safe).

    Source: AIDR Guideline 7-3 (2017) after Smith, Davey and Cox 2014.
    """
    worst = np.ones(np.broadcast(depth_mm, velocity_mm_s).shape, dtype=np.int8)
    for name in HAZARD_CLASSES[:-1]:  # the classes are nested: whoever fails H1..Hk is above Hk
        worst = worst + stability_limits(name).exceeded(depth_mm, velocity_mm_s)
    return worst.astype(np.int8)
