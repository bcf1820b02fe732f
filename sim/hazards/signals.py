"""What the duty officer sees of a disaster, step by step: observed and forecast.

No foresight: who reads signals at time ``t`` may index steps up to ``t // step_ms`` only. All
forecasts are stored by the step at which they were issued, so this rule is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.clock import MS_PER_HOUR, NO_LEVEL

IntArray = npt.NDArray[np.int64]
LevelArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]


class Alarm(NamedTuple):
    """One report of a watcher, true or false: which one, and when (ms from clock_start)."""

    watcher: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Area:
    """An area that is announced: maps draw it, and plans may act on it from then on.

    Attributes:
        code: ``isolation`` or ``protective``, names its words.
        x, y: float64, outline in the working system; it closes by itself.
        from_ms, until_ms: when it holds.
        places: int64, rows of the places inside.
    """

    code: str
    x: FloatArray
    y: FloatArray
    from_ms: int
    until_ms: int
    places: IntArray


@dataclass(frozen=True, slots=True)
class Gusts:
    """Wind at places, in 0.1 m/s.

    Attributes:
        observed: int32 [n_places, n_steps].
        leads_h: windows of the stored forecasts in hours, ascending.
        forecast: int32 [n_places, n_leads, n_steps], strongest gust expected from the step on for
            so many hours, issued at the step.
    """

    observed: LevelArray
    leads_h: tuple[int, ...]
    forecast: LevelArray

    def expected(self, lead_h: float) -> LevelArray:
        """Strongest gust at every place now or within a stored lead; int32 [n_places, n_steps].

        Raises:
            ValueError: no forecast is stored for that lead.
        """
        if lead_h not in self.leads_h:
            raise ValueError(f"lead_h(={lead_h}) must be one of {self.leads_h}")
        ahead = self.forecast[:, self.leads_h.index(int(lead_h))]
        return np.asarray(np.maximum(self.observed, ahead))


@dataclass(frozen=True, slots=True)
class Signals:
    """What the duty officer sees, step by step.

    Attributes:
        step_ms: length of a step.
        levels_mm: int32 [n_gauges, n_steps], water level at the gauge; NO_LEVEL where unknown.
        lead_steps: stored forecast leads in steps, ascending.
        level_forecasts_mm: int32 [n_gauges, n_leads, n_steps], issued AT the step for step + lead.
        rain_01mm: int32 [n_rain_gauges, n_steps], rain falling during the step, 0.1 mm.
        rain_hours: windows of the stored rain forecasts in hours, ascending.
        rain_forecasts_01mm: int32 [n_rain_gauges, n_windows, n_steps], rain expected in the window
            that begins at the step, issued at the step.
        onset_forecast_ms: int64 [n_steps], the moment at which, as expected at the step, the danger
            begins; NEVER where none is expected.
        gusts: wind at places, None for a kind that brings none.
        alarms: reports of watchers in the order of time, false ones among them.
        areas: areas that are announced, in the order in which they were.
    """

    step_ms: int
    levels_mm: LevelArray
    lead_steps: tuple[int, ...]
    level_forecasts_mm: LevelArray
    rain_01mm: LevelArray
    rain_hours: tuple[int, ...]
    rain_forecasts_01mm: LevelArray
    onset_forecast_ms: IntArray
    gusts: Gusts | None = None
    alarms: tuple[Alarm, ...] = ()
    areas: tuple[Area, ...] = ()

    def observed(self, gauge_row: int) -> LevelArray:
        """Level at a gauge, int32 [n_steps] in mm."""
        return np.asarray(self.levels_mm[gauge_row])

    def forecast(self, gauge_row: int, lead_steps: int) -> LevelArray:
        """Level expected ``lead_steps`` later, issued at each step; int32 [n_steps] in mm.

        Between two stored leads the two forecasts of the same step are interpolated.

        Raises:
            ValueError: the lead is negative or longer than the longest stored one.
        """
        if not 0 <= lead_steps <= (self.lead_steps[-1] if self.lead_steps else 0):
            raise ValueError(f"lead_steps(={lead_steps}) must be one of 0…{self.lead_steps}")
        leads = (0, *self.lead_steps)
        after = next(i for i, lead in enumerate(leads) if lead >= lead_steps)
        later = self._issued(gauge_row, after)
        if leads[after] == lead_steps:
            return later.astype(np.int32)
        earlier = self._issued(gauge_row, after - 1)
        span = leads[after] - leads[after - 1]
        mixed = earlier + (later - earlier) * (lead_steps - leads[after - 1]) // span
        unknown = (earlier == NO_LEVEL) | (later == NO_LEVEL)
        return np.asarray(np.where(unknown, NO_LEVEL, mixed), np.int32)

    def forecast_peak(self, gauge_row: int, within_steps: int) -> LevelArray:
        """Highest level now or in the stored forecasts up to ``within_steps`` ahead, by step."""
        peak = self.observed(gauge_row)
        for i, lead in enumerate(self.lead_steps):
            if lead <= within_steps:
                peak = np.maximum(peak, self.level_forecasts_mm[gauge_row, i])
        return peak

    def rain(self, gauge_row: int, hours: int) -> LevelArray:
        """Rain fallen in the ``hours`` that end at the step's start; int32 [n_steps], 0.1 mm."""
        window = hours * MS_PER_HOUR // self.step_ms
        fallen = np.concatenate([[0], np.cumsum(self.rain_01mm[gauge_row], dtype=np.int64)])[:-1]
        before = np.concatenate([np.zeros(window, np.int64), fallen])[: len(fallen)]
        return np.asarray(fallen - before, np.int32)

    def forecast_rain(self, gauge_row: int, hours: int) -> LevelArray:
        """Rain expected in the coming ``hours``, issued at the step; int32 [n_steps], 0.1 mm.

        Raises:
            ValueError: no forecast is stored for that window.
        """
        if hours not in self.rain_hours:
            raise ValueError(f"hours(={hours}) must be one of {self.rain_hours}")
        return np.asarray(self.rain_forecasts_01mm[gauge_row, self.rain_hours.index(hours)])

    def _issued(self, gauge_row: int, lead_row: int) -> IntArray:
        if lead_row == 0:
            return np.asarray(self.levels_mm[gauge_row], np.int64)
        return np.asarray(self.level_forecasts_mm[gauge_row, lead_row - 1], np.int64)
