"""What a gauge with troubles tells the duty desk, and when: late, at intervals, not at all, wrong.

Drawn by keys of gauge and number of the reading, so that two plans meet the same failures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER, NO_LEVEL
from sim.draws import Draws, share_q32, stable_key
from sim.draws_tables import compile_minutes, median_minutes
from sim.hazards import Signals
from sim.schema.distribution_kinds import Exponential
from sim.schema.tables import GaugeRow

Int64 = NDArray[np.int64]
Levels = NDArray[np.int32]
MINUTES_PER_DAY = 1440
LEVEL_UNITS, RAIN_UNITS = 1000, 10
"""Whole numbers in a metre of level (mm) and in a millimetre of rain (0.1 mm)."""


@dataclass(frozen=True)
class Readings:
    """All readings that arrive, in the order of their arrival, int64[n] each.

    at_ms: when the duty desk has it. value: what it says, in the unit of the signal.
    """

    at_ms: Int64
    value: Int64

    def first_at(self, threshold: int) -> tuple[int, int]:
        """When a reading at or above a threshold first arrives, and what it says."""
        high = np.flatnonzero(self.value >= threshold)
        return (int(self.at_ms[high[0]]), int(self.value[high[0]])) if len(high) else (NEVER, 0)


@dataclass(frozen=True)
class GaugeLine:
    """The line of one gauge to the duty desk in one replication."""

    row: GaugeRow
    draws: Draws
    step_ms: int
    horizon_ms: int

    def told(self, series: Levels, lost_ms: int = NEVER) -> Readings:
        """What arrives of a signal, int32[n_steps] as it is; from ``lost_ms`` on nothing is sent.

        Readings are taken at whole intervals from clock_start on.
        """
        row, keys = self.row, np.uint64(stable_key("gauge:" + self.row.id))
        every = row.reads_every_min * MS_PER_MIN or self.step_ms
        taken = np.arange(0, self.horizon_ms + 1, every, dtype=np.int64)
        number = np.arange(len(taken))
        true = series[np.minimum(taken // self.step_ms, len(series) - 1)].astype(np.int64)
        key = np.full(len(taken), keys, np.uint64)
        share = share_q32(min(row.false_per_day * every / (MINUTES_PER_DAY * MS_PER_MIN), 1.0))
        wrong = self.draws.chance("gauge/wrong", key, share, number)
        units = RAIN_UNITS if row.kind == "rain" else LEVEL_UNITS
        value = true + wrong * round(row.false_by * units)
        delay = median_minutes(row.delay_min, row.delay_p90_min)
        at = taken + self.draws.duration_ms("gauge/delay", key, delay, number)
        sent = (taken < lost_ms) & (true != NO_LEVEL)
        for begin, end in self.silences():
            sent &= (taken < begin) | (taken >= end)
        order = np.argsort(at[sent], kind="stable")
        return Readings(at[sent][order], value[sent][order])

    def silences(self) -> list[tuple[int, int]]:
        """From when to when the gauge is silent, ms, in order, those that begin in the horizon."""
        if not self.row.fails_per_day:
            return []
        key = stable_key("gauge:" + self.row.id)
        gap = compile_minutes(Exponential(mean=MINUTES_PER_DAY / self.row.fails_per_day)).table
        lasts = compile_minutes(Exponential(mean=self.row.repair_h * 60)).table
        found: list[tuple[int, int]] = []
        now = 0
        while True:
            number = len(found)
            now += max(gap.at_one(self.draws.one("gauge/fails", key, number)), 1)
            if now > self.horizon_ms:
                return found
            end = now + max(lasts.at_one(self.draws.one("gauge/repair", key, number)), 1)
            found.append((now, end))
            now = end

    def lost_ms(self, signals: Signals, gauge: int) -> int:
        """When the danger itself destroys the gauge: the first step at ``lost_above``."""
        if self.row.lost_above is None:
            return NEVER
        rain = self.row.kind == "rain"
        seen = signals.rain(gauge, 1) if rain else signals.observed(gauge)
        high = seen >= round(self.row.lost_above * (RAIN_UNITS if rain else LEVEL_UNITS))
        return int(np.argmax(high)) * self.step_ms if high.any() else NEVER
