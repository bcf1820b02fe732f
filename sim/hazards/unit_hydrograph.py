"""From a hyetograph to a flood at a village: losses, unit hydrograph, rating curve.

Discharge is whole litres per second and conserves volume: what runs off is what fell on the
catchment less the losses. The unit hydrograph is the triangle of the US Soil Conservation Service,
its base 8/3 of the time to peak.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_SECOND
from sim.hazards.base import IntArray

DIVISIONS = 1000
"""The ordinates of a unit hydrograph are whole thousandths of a thousandth and add up to one."""
_WHOLE = DIVISIONS * DIVISIONS


@dataclass(frozen=True, slots=True)
class Catchment:
    """A small catchment.

    Attributes:
        area_km2: what drains to the village.
        lag_min: time to peak of the unit hydrograph: a burst of rain → peak of the flood (county
            tables, or about 0.6 of the time of concentration).
        first_loss_mm: kept by leaves and soil before anything runs off.
        loss_mm_per_h: lost afterwards.
    """

    area_km2: float
    lag_min: float
    first_loss_mm: float = 20.0
    loss_mm_per_h: float = 5.0


@dataclass(frozen=True, slots=True)
class Rating:
    """Stage (mm above the bed) by discharge (l/s), both ascending; straight lines between."""

    discharge_l_s: IntArray
    stage_mm: IntArray

    def stage(self, discharge_l_s: IntArray) -> IntArray:
        """Stage of a discharge; above the table its last line goes on."""
        last = len(self.discharge_l_s) - 1
        after = np.clip(np.searchsorted(self.discharge_l_s, discharge_l_s, side="right"), 1, last)
        span = self.discharge_l_s[after] - self.discharge_l_s[after - 1]
        rise = self.stage_mm[after] - self.stage_mm[after - 1]
        more = discharge_l_s - self.discharge_l_s[after - 1]
        return np.asarray(self.stage_mm[after - 1] + more * rise // np.maximum(span, 1))


def effective_rain(catchment: Catchment, rain_01mm: IntArray, step_ms: int) -> IntArray:
    """Rain that runs off by step, int64 in 0.1 mm: after the first loss, above the loss rate."""
    fallen = np.cumsum(rain_01mm)
    kept = np.maximum(fallen - round(catchment.first_loss_mm * 10), 0)
    left = np.diff(kept, prepend=0)
    times = np.arange(len(rain_01mm) + 1, dtype=np.int64) * step_ms
    lost = np.diff(times * round(catchment.loss_mm_per_h * 10) // MS_PER_HOUR)
    return np.asarray(np.maximum(left - lost, 0))


def ordinates(catchment: Catchment, step_ms: int) -> IntArray:
    """Share of a step's run-off that passes in each later step, int64, adding up to a million.

    The triangle is integrated over every step, and the rain of a step falls half at its beginning
    and half at its end, so that halving the step only makes the flood smoother.
    """
    step_s = step_ms // MS_PER_SECOND
    to_peak = max(round(catchment.lag_min * 60), 1)
    base = -(-8 * to_peak // 3)
    edges = np.minimum(np.arange(-(-base // step_s) + 1, dtype=np.int64) * step_s, base)
    half = _WHOLE // 2
    rising = edges * edges * half // (to_peak * base)
    left = base - edges
    falling = half - left * left * half // ((base - to_peak) * base)
    passed = np.diff(np.where(edges <= to_peak, rising, falling))
    return np.asarray(np.append(passed, 0) + np.append(0, passed))


def discharge_l_s(catchment: Catchment, rain_01mm: IntArray, step_ms: int) -> IntArray:
    """Mean discharge of each step, int64 [n_steps] in l/s, from rain by step in 0.1 mm."""
    runoff = effective_rain(catchment, rain_01mm, step_ms)
    passed = np.convolve(runoff, ordinates(catchment, step_ms))[: len(runoff)]
    # 0.1 mm on a km² are 100 m³, that is 100,000 litres.
    litres = passed * round(catchment.area_km2 * 100_000) // _WHOLE
    return np.asarray(litres * 1000 // step_ms)


def manning_rating(width_m: float, slope: float, roughness: float, deepest_m: float) -> Rating:
    """Rating of a wide rectangular bed: Q = b h^(5/3) √S / n, every 10 cm (cube roots by numpy)."""
    stage = np.arange(0, round(deepest_m * 1000) + 100, 100, dtype=np.int64)
    depth = stage / 1000.0
    flow = width_m * depth * np.cbrt(depth) ** 2 * np.sqrt(slope) / roughness
    return Rating(np.rint(flow * 1000).astype(np.int64), stage)
