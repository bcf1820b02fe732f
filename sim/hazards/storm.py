"""The rain of a member: when its peak hour comes, how much falls, and how gauges differ.

Amounts are whole tenths of a millimetre per step and add up exactly to the drawn totals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, minute_of_day
from sim.draws import stable_key
from sim.hazards.base import IntArray, RainGauges
from sim.hazards.ensemble import TWO_32, EnsembleDraws, look_up
from sim.schema.hazard import Storm

TENTHS = 10
GUST_MIN = 30
"""Bursts and lulls of the rain outside the peak hour last about this long (judgement)."""
_FIRST_GUST_MS = -36 * MS_PER_HOUR


@dataclass(frozen=True, slots=True)
class Grid:
    """Steps on which a member is built: from before clock_start to beyond the horizon.

    ``before`` steps lie before clock_start, so that rain and waves already under way are there;
    steps after the horizon are what forecasts near its end look at.
    """

    step_ms: int
    before: int
    n: int

    @property
    def start_ms(self) -> IntArray:
        """Start of each step, int64 [n], in milliseconds from clock_start."""
        return (np.arange(self.n) - self.before) * self.step_ms


@dataclass(frozen=True, slots=True)
class Rain:
    """Rain of one member: ``peak_ms`` of the storm and int64 [n_gauges + 1, grid.n] in 0.1 mm.

    The last row is the storm itself, for catchments without a gauge.
    """

    peak_ms: int
    steps_01mm: IntArray


def peak_times(storm: Storm, draws: EnsembleDraws, clock_start: datetime) -> IntArray:
    """Start-of-run offset of every member's rain peak, int64 [n_members] in ms.

    With a ``night_share`` that share of the members peaks at night, the others by day.
    """
    first, last = storm.peak_window_min
    candidates = np.arange(first, last + 1, dtype=np.int64)
    quantile = draws.stratified("hazard/peak-time")
    if storm.night_share is None:
        return candidates[quantile * len(candidates) // TWO_32] * MS_PER_MIN
    night = np.array([_at_night(storm, clock_start, int(minute)) for minute in candidates])
    share = round(storm.night_share * TWO_32)
    if night.all() or not night.any():
        share = TWO_32 if night.all() else 0
    peaks = np.empty(draws.n, np.int64)
    for k, value in enumerate(quantile.tolist()):
        chosen = candidates[night] if value < share else candidates[~night]
        inside = value / share if value < share else (value - share) / (TWO_32 - share)
        peaks[k] = chosen[min(int(inside * len(chosen)), len(chosen) - 1)]
    return peaks * MS_PER_MIN


def _at_night(storm: Storm, clock_start: datetime, minute: int) -> bool:
    begin, end = (_minutes(text) for text in storm.night)
    now = minute_of_day(clock_start, minute * MS_PER_MIN)
    return begin <= now < end if begin <= end else now >= begin or now < end


def _minutes(clock: str) -> int:
    hour, _, minute = clock.rpartition(" ")[2].partition(":")
    return int(hour) * 60 + int(minute)


def member_rain(
    storm: Storm, draws: EnsembleDraws, k: int, gauges: RainGauges, at: tuple[int, Grid]
) -> Rain:
    """Rain of member ``k`` at every gauge; ``at`` is (time of the storm's peak, grid)."""
    peak_ms, grid = at
    peak = look_up(storm.peak_hour_mm, TENTHS, draws.near_size(k, "hazard/rain/peak"))
    total = look_up(storm.total_24h_mm, TENTHS, draws.near_size(k, "hazard/rain/total"))
    length = look_up(storm.length_h, MS_PER_HOUR, draws.free(k, "hazard/rain/length"))
    peak, length = max(peak, 0), max(length, 2 * MS_PER_HOUR)
    rows = []
    for name in (*gauges.ids, ""):
        factor, shift = 1000, 0
        if name:
            factor = look_up(storm.gauge_factor, 1000, draws.free(k, f"hazard/rain/f/{name}"))
            shift = look_up(
                storm.gauge_shift_min, MS_PER_MIN, draws.free(k, f"hazard/rain/s/{name}")
            )
        gusts = draws.noise(k, "hazard/rain/gusts", _gusts(grid) + stable_key(name) % 2**40)
        amounts = (peak * max(factor, 0) // 1000, max(total, peak) * max(factor, 0) // 1000)
        rows.append(_hyetograph(amounts, (peak_ms + shift, length), gusts.astype(np.int64), grid))
    return Rain(peak_ms, np.array(rows))


def _gusts(grid: Grid) -> IntArray:
    """Number of the burst or lull of each step; the same moment has the same in every grid."""
    return np.asarray((grid.start_ms - _FIRST_GUST_MS) // (GUST_MIN * MS_PER_MIN))


def _hyetograph(
    amounts: tuple[int, int], times: tuple[int, int], gusts: IntArray, grid: Grid
) -> IntArray:
    """Rain per step: the peak hour holds its amount, the rest swells and ebbs raggedly about it.

    Its intensity grows with the square of the nearness to the peak; 45 % of the rain's length lie
    before the peak (advanced to central storms; judgement).
    """
    peak_01mm, total_01mm = amounts
    peak_ms, length_ms = times
    middle = grid.start_ms + grid.step_ms // 2 - peak_ms
    in_peak = np.abs(middle) < MS_PER_HOUR // 2
    peak_weight = np.where(in_peak, MS_PER_HOUR // 2 - np.abs(middle) + MS_PER_MIN, 0)
    lead, tail = length_ms * 45 // 100, length_ms - length_ms * 45 // 100
    side = np.where(middle < 0, (lead + middle) * 1000 // lead, (tail - middle) * 1000 // tail)
    ragged = 600 + gusts * 800 // TWO_32
    rest_weight = np.where(in_peak, 0, np.maximum(side, 0) ** 2 * ragged)
    return _share_out(peak_01mm, peak_weight) + _share_out(total_01mm - peak_01mm, rest_weight)


def _share_out(amount: int, weight: IntArray) -> IntArray:
    """Whole parts in proportion to the weights that add up to the amount exactly."""
    running = np.cumsum(weight)
    if amount <= 0 or running[-1] == 0:
        return np.zeros(len(weight), np.int64)
    return np.asarray(np.diff(amount * running // running[-1], prepend=0))
