"""Underpasses and underground space in a cloudburst: they fill in minutes.

Rain on the basin that drains into an underpass, less what its pumps and sewers carry away, is the
water in it; volumes are whole litres. The hollow is a wedge or a box by its table of volume over
depth. Beyond the volume at which it overflows, water runs off elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.hazards.base import IntArray


@dataclass(frozen=True, slots=True)
class Hollow:
    """An underpass, subway entrance or garage.

    Attributes:
        basin_m2: area that drains into it.
        runoff_share: part of the rain that runs off (paved ground: 0.8–0.95).
        drain_l_s: what pumps and sewers carry away while they work.
        depth_mm, volume_l: table of the volume below a depth, both ascending from 0.
        fails_at_mm: depth at which its pumps drown; None where they stand dry.
    """

    basin_m2: int
    runoff_share: float
    drain_l_s: int
    depth_mm: IntArray
    volume_l: IntArray
    fails_at_mm: int | None = None

    def depth(self, volume_l: int) -> int:
        """Depth of a volume, whole mm; the deepest entry when it overflows."""
        last = len(self.volume_l) - 1
        i = min(max(int(np.searchsorted(self.volume_l, volume_l, side="right")), 1), last)
        low, high = int(self.volume_l[i - 1]), int(self.volume_l[i])
        rise = int(self.depth_mm[i] - self.depth_mm[i - 1])
        part = min(max(volume_l - low, 0), high - low)
        return int(self.depth_mm[i - 1]) + part * rise // max(high - low, 1)


def wedge(length_m: float, width_m: float, deepest_m: float) -> tuple[IntArray, IntArray]:
    """Depth and volume table of a road that dips: a triangle along its length, every 5 cm.

    Volume grows with the square of the depth: length · width · h² / (2 · deepest).
    """
    depth = np.unique(np.append(np.arange(0, round(deepest_m * 1000), 50), round(deepest_m * 1000)))
    litres = length_m * width_m * depth.astype(np.float64) ** 2 / (2 * deepest_m * 1000)
    return depth.astype(np.int64), np.rint(litres).astype(np.int64)


def fill_mm(hollow: Hollow, rain_01mm: IntArray, step_ms: int) -> IntArray:
    """Depth at the END of each step, int64 [n_steps] in mm, from rain by step in 0.1 mm.

    Within a step rain falls evenly; volume never falls below 0 nor above the table's last.
    """
    shares = round(hollow.runoff_share * 1000)
    # 0.1 mm on a square metre is a tenth of a litre.
    inflow = rain_01mm.astype(np.int64) * hollow.basin_m2 * shares // 10_000
    volume, depth = 0, np.empty(len(rain_01mm), np.int64)
    most = int(hollow.volume_l[-1])
    works = True
    for k, litres in enumerate(inflow.tolist()):
        out = hollow.drain_l_s * step_ms // 1000 if works else 0
        volume = min(max(volume + litres - out, 0), most)
        depth[k] = hollow.depth(volume)
        if hollow.fails_at_mm is not None and depth[k] >= hollow.fails_at_mm:
            works = False
    return depth


def minutes_to(hollow: Hollow, depth_mm: int, rain_mm_per_h: float) -> float:
    """Minutes of steady rain until a depth is reached; infinite where the pumps keep up.

    The closed form for checks: volume ÷ (rain · basin · run-off − pumps).
    """
    volume = float(np.interp(depth_mm, hollow.depth_mm, hollow.volume_l))
    litres_per_h = rain_mm_per_h * hollow.basin_m2 * hollow.runoff_share
    net = litres_per_h - hollow.drain_l_s * (MS_PER_HOUR / 1000)
    return 60 * volume / net if net > 0 else float("inf")
