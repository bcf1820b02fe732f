"""Water level of a river over time at its upper end: a stated wave, or the answer to rain.

All results are whole millimetres above the level before the flood. Only + − × ÷ and square roots
are used, so that every processor finds the same millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.hazards.base import FloatArray, IntArray
from sim.hazards.storm import Grid

SPEEDING_UP = 0.2
SLOWING_DOWN = 0.3
"""Shares of the rise in which it gathers speed and in which it eases off towards the crest."""
FLOW_BEFORE = 0.1
"""Discharge before the flood as a share of the flood's own peak discharge (judgement). Without it
the first drop of rain would raise a dry bed without limit."""
_STEADY = 1 / (1 - SPEEDING_UP / 2 - SLOWING_DOWN / 2)


@dataclass(frozen=True, slots=True)
class Flood:
    """Size and pace of one river's flood in one member.

    ``rise_mm`` is from the level before the flood to the crest, ``fastest_mm_per_h`` the rise of
    the fastest hour, ``crest_ms`` the moment at which the crest is reached at the upper end.
    """

    rise_mm: int
    fastest_mm_per_h: int
    crest_ms: int
    crest_length_ms: int
    fall_half_ms: int


def wave(flood: Flood, grid: Grid) -> IntArray:
    """Stage of a single wave, int64 [grid.n]: gathers speed, rises steadily, eases, falls.

    The steady part has the stated fastest rise. After the crest half the rise is gone by
    ``fall_half_ms`` and three quarters by 1.7 times that: recessions are slower than rises.
    """
    length = flood.rise_mm * _STEADY / max(flood.fastest_mm_per_h, 1) * MS_PER_HOUR
    x = (grid.start_ms - (flood.crest_ms - length)) / max(length, 1.0)
    share = np.where(
        x < SPEEDING_UP,
        _STEADY * x * x / (2 * SPEEDING_UP),
        np.where(
            x < 1 - SLOWING_DOWN,
            _STEADY * (x - SPEEDING_UP / 2),
            1 - _STEADY * (1 - x) * (1 - x) / (2 * SLOWING_DOWN),
        ),
    )
    rising = np.where(x <= 0, 0.0, np.where(x >= 1, 1.0, share))
    shape = rising * _fall(flood, flood.crest_ms + flood.crest_length_ms, grid)
    return whole_mm(shape * flood.rise_mm)


def answer_to_rain(flood: Flood, rain_01mm: IntArray, grid: Grid) -> IntArray:
    """Stage of a catchment, int64 [grid.n]: rain ⊗ triangular unit hydrograph, then √discharge.

    The unit hydrograph is the triangle of the US Soil Conservation Service (base 8/3 of the time
    to peak). Its time to peak is the shortest, from half an hour on, at which the fastest hour
    rises by no more than stated; the rain may keep it slower. Stage follows the square
    root of discharge, as in a valley whose width grows with depth. The crest comes at ``crest_ms``
    and the water falls no faster than ``fall_half_ms`` says.
    """
    if not rain_01mm.any() or flood.rise_mm <= 0:
        return np.zeros(grid.n, np.int64)
    hour = MS_PER_HOUR // grid.step_ms
    low, high = max(hour // 2, 1), 8 * hour
    while low < high:
        middle = (low + high) // 2
        fastest = flood.rise_mm * _fastest(_stage_share(rain_01mm, middle), hour)
        if fastest <= flood.fastest_mm_per_h:
            high = middle
        else:
            low = middle + 1
    share = _stage_share(rain_01mm, low)
    peak = int(np.argmax(share))
    wanted = int((flood.crest_ms + grid.step_ms // 2) // grid.step_ms) + grid.before
    share = _moved(share, wanted - peak)
    falling = _fall(flood, flood.crest_ms + flood.crest_length_ms, grid)
    after = np.arange(grid.n) >= wanted
    return whole_mm(np.where(after, np.maximum(share, falling), share) * flood.rise_mm)


def shifted(stage_mm: IntArray, lag_ms: IntArray, n_steps: int, grid: Grid) -> IntArray:
    """The stage further down: int64 [n_lags, n_steps] from clock_start, each delayed by its lag.

    Between steps the level is interpolated in integers; before the grid begins it is the first.
    """
    whole, rest = lag_ms // grid.step_ms, lag_ms % grid.step_ms
    at = grid.before + np.arange(n_steps)[None, :] - whole[:, None]
    later = stage_mm[np.clip(at, 0, grid.n - 1)]
    earlier = stage_mm[np.clip(at - 1, 0, grid.n - 1)]
    back = (later - earlier) * rest[:, None]
    return np.asarray(later - (back + grid.step_ms // 2) // grid.step_ms)


def whole_mm(values: FloatArray) -> IntArray:
    """Rounded to whole millimetres (or whatever the unit is), int64."""
    return np.asarray(np.rint(values), np.int64)


def _fall(flood: Flood, from_ms: int, grid: Grid) -> FloatArray:
    y = np.maximum(grid.start_ms - from_ms, 0) / max(flood.fall_half_ms, 1)
    return np.asarray(1 / (1 + y * y))


def _stage_share(rain_01mm: IntArray, peak_steps: int) -> FloatArray:
    base = max(8 * peak_steps // 3, peak_steps + 1)
    i = np.arange(1, base)
    weight = np.where(
        i <= peak_steps, i * 1000 // peak_steps, (base - i) * 1000 // (base - peak_steps)
    )
    discharge = np.convolve(rain_01mm, weight)[: len(rain_01mm)]
    flow = discharge / max(int(discharge.max()), 1) + FLOW_BEFORE
    before = float(np.sqrt(FLOW_BEFORE))
    return np.asarray((np.sqrt(flow) - before) / (float(np.sqrt(1 + FLOW_BEFORE)) - before))


def _fastest(share: FloatArray, hour: int) -> float:
    """Largest rise within an hour or less."""
    return max(float((share[n:] - share[:-n]).max()) for n in range(1, hour + 1))


def _moved(values: FloatArray, steps: int) -> FloatArray:
    at = np.arange(len(values)) - steps
    inside = (at >= 0) & (at < len(values))
    return np.where(inside, values[np.clip(at, 0, len(values) - 1)], 0.0)
