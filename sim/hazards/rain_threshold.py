"""Intensity–duration curves: when rain has been enough to bring a slope down.

Caine 1980 for the whole world: I = 14.82 · D^-0.39 mm/h for 10 min < D < 10 d.
"""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.hazards.base import IntArray
from sim.portable_math import exp, log
from sim.schema.hazard_landslide import RainThreshold


def threshold_mm_h(curve: RainThreshold, duration_h: float) -> float:
    """Mean intensity (mm/h) over a duration (h) from which a dry slope fails."""
    power = exp(np.array([-curve.beta]) * log(np.array([duration_h])))
    return curve.alpha * float(power[0])


def wet_factor(curve: RainThreshold, antecedent_mm: float) -> float:
    """Factor on the threshold after rain of the days before."""
    return 1 - curve.wet_share * min(max(antecedent_mm / curve.wet_mm, 0.0), 1.0)


def crossed_ms(
    curve: RainThreshold, factor: float, rain_01mm: IntArray, step_ms: int
) -> int | None:
    """When the rain of any looked-at duration has been enough, in ms from its beginning; or None.

    ``rain_01mm`` is the rain of every step in 0.1 mm, falling evenly within it; ``factor`` scales
    the curve. The moment lies within a step: how the night is cut into steps must not decide it.
    """
    fallen = np.concatenate([[0], np.cumsum(rain_01mm, dtype=np.int64)])
    first: int | None = None
    for hours in curve.windows_h:
        window = max(hours * MS_PER_HOUR // step_ms, 1)
        enough = int(np.ceil(threshold_mm_h(curve, hours) * hours * factor * 10))
        before = np.concatenate([np.zeros(window, np.int64), fallen])[: len(fallen)]
        within = fallen - before
        reached = np.flatnonzero(within[1:] >= enough)
        if len(reached):
            step = int(reached[0])
            was, at_end = int(within[step]), int(within[step + 1])
            moment = step * step_ms + -(-step_ms * (enough - was) // max(at_end - was, 1))
            first = moment if first is None else min(first, moment)
    return first
