"""Kind ``recorded_depth``: water depth from files, with doubt about time, speed and depth.

Depth is taken at places and roads directly; their own elevations are not used. A gauge has no
elevation here either: its level is the depth of water at its position, and its warning and
guarantee levels are depths.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.hazards import forecasts as fc
from sim.hazards.base import (
    NO_WATER_MM,
    Geometry,
    IntArray,
    LevelArray,
    Member,
    MemberCache,
    Setting,
    Signals,
)
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.recorded_setup import Recorded, set_up_recorded
from sim.hazards.river_checks import SECTION, forecast_quantities, within
from sim.hazards.storm import Grid
from sim.io.quantity import DEPTHS
from sim.schema.hazard import OnsetForecast, RecordedDepthSpec
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000
ROWS_AT_ONCE = 2_000
"""Points whose depths are computed in one go, to keep memory small."""


class RecordedDepth:
    """An ensemble about one recording; in false-alarm members the water never comes."""

    def __init__(
        self, spec: RecordedDepthSpec, recorded: Recorded, geometry: Geometry, setting: Setting
    ) -> None:
        self._spec, self._recorded, self._geometry = spec, recorded, geometry
        self.step_ms = spec.step_min * MS_PER_MIN
        self.n_steps = setting.steps(self.step_ms)
        self.weights: IntArray = np.ones(spec.ensemble.members, np.int64)
        self.warnings: tuple[Problem, ...] = recorded.warnings
        self._draws = EnsembleDraws(spec.ensemble)
        self._after = fc.steps_after_horizon(spec.forecasts, self.step_ms)
        self._grid = Grid(self.step_ms, 0, self.n_steps + self._after)
        self._shift = self._draws.stratified("hazard/start")
        self._speed = self._draws.stratified("hazard/speed")
        self._depth = self._draws.stratified("hazard/depth")
        self._cache = MemberCache(self._build)

    def member(self, k: int) -> Member:
        """Member ``k`` of the ensemble."""
        return self._cache.get(k)

    def start_ms(self, k: int) -> int:
        """When the water comes in, or was expected to, in member ``k``."""
        shift = look_up(self._spec.start_shift_min, MS_PER_MIN, int(self._shift[k]))
        return self._recorded.start_ms + shift

    def _build(self, k: int) -> Member:
        geometry, false_alarm = self._geometry, bool(self._draws.false_alarm[k])
        wet = self._recorded.recording.wet
        n_places, n_samples = geometry.n_places, len(self._recorded.owner)
        rows = wet[wet < n_places]
        samples = wet[(wet >= n_places) & (wet < n_places + n_samples)]
        if false_alarm:
            rows, samples = rows[:0], samples[:0]
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        places = np.empty((len(rows), self.n_steps), np.int32)
        for some in _parts(len(rows)):
            depth = self._depths(k, rows[some], times)
            places[some] = np.where(depth > 0, depth, NO_WATER_MM)
        place_row = np.full(n_places, -1, np.int32)
        place_row[rows] = np.arange(len(rows))
        road_row, roads = self._roads(k, samples, times)
        label = f"m{k:02d}" + (" false alarm" if false_alarm else "")
        return Member(
            k,
            label,
            road_row[self._recorded.road_of_edge],
            roads,
            place_row,
            places,
            self._signals(k),
        )

    def _depths(self, k: int, rows: IntArray, times: IntArray) -> IntArray:
        """Depth int64 [n_rows, n_times] of member ``k``, had it been no false alarm."""
        speed = look_up(self._spec.speed_factor, MILLIONTH, int(self._speed[k]))
        scale = look_up(self._spec.depth_factor, MILLIONTH, int(self._depth[k]))
        process = (times - self.start_ms(k)) * speed // MILLIONTH
        depth = self._recorded.recording.level(rows, process)
        scaled = (depth * scale + MILLIONTH // 2) // MILLIONTH
        return np.where(process >= 0, scaled, 0)

    def _roads(self, k: int, samples: IntArray, times: IntArray) -> tuple[LevelArray, LevelArray]:
        """Row of each road and the greatest depth along it."""
        row = np.full(int(self._recorded.road_of_edge.max(initial=-1)) + 1, -1, np.int32)
        owner = self._recorded.owner[samples - self._geometry.n_places]
        roads, line = np.unique(owner, return_inverse=True)
        row[roads] = np.arange(len(roads))
        levels = np.zeros((len(roads), self.n_steps), np.int32)
        for some in _parts(len(samples)):
            depth = self._depths(k, samples[some], times).astype(np.int32)
            begins = np.flatnonzero(np.diff(line[some], prepend=-1) != 0)
            target = line[some][begins]
            levels[target] = np.maximum(levels[target], np.maximum.reduceat(depth, begins, axis=0))
        return row, levels

    def _signals(self, k: int) -> Signals:
        geometry, spec, grid = self._geometry, self._spec.forecasts, self._grid
        false_alarm = bool(self._draws.false_alarm[k])
        n_gauges = len(geometry.gauges.ids)
        first = geometry.n_places + len(self._recorded.owner)
        expected = self._depths(k, np.arange(first, first + n_gauges), grid.start_ms)
        truth = fc.Truth(expected, grid, np.full(n_gauges, np.inf))
        ahead = fc.level_forecasts(spec, self._draws, k, geometry.gauges, truth)
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        observed = expected[:, : self.n_steps].astype(np.int32)
        if false_alarm:
            observed = np.zeros_like(observed)
            cancelled = self.start_ms(k) - round(self._spec.onset.cancelled_h_before * MS_PER_HOUR)
            ahead = np.where(times < cancelled, ahead, 0).astype(np.int32)
        n_rain = len(geometry.rain_gauges.ids)
        return Signals(
            step_ms=self.step_ms,
            levels_mm=observed,
            lead_steps=fc.lead_steps(spec, self.step_ms),
            level_forecasts_mm=np.maximum(ahead, 0),
            rain_01mm=np.zeros((n_rain, self.n_steps), np.int32),
            rain_hours=fc.RAIN_WINDOWS_H,
            rain_forecasts_01mm=np.zeros((n_rain, len(fc.RAIN_WINDOWS_H), self.n_steps), np.int32),
            onset_forecast_ms=self._onset(k, times),
        )

    def _onset(self, k: int, times: IntArray) -> IntArray:
        spec = self._spec.onset
        error = look_up(
            spec.error_h_at_24h, MS_PER_HOUR, self._draws.free(k, "hazard/forecast/onset")
        )
        return expected_onset(spec, times, self.start_ms(k), (error, self._draws.false_alarm[k]))


def expected_onset(
    spec: OnsetForecast, times: IntArray, start_ms: int, truth: tuple[int, bool]
) -> IntArray:
    """When the water is expected to come in, as known at each time; NEVER where it is not.

    ``truth`` is (timing error in ms at 24 h lead, whether it is a false alarm). The error shrinks
    with the square root of the lead; nobody expects anything before the first warning; a false
    alarm is called off before its time. Once the water is there its hour is known.
    """
    error_ms, false_alarm = truth
    lead = start_ms - times
    part = np.sqrt(np.maximum(lead, 0) / (fc.FULL_LEAD_H * MS_PER_HOUR))
    guess = np.maximum(start_ms + np.rint(error_ms * part).astype(np.int64), times)
    expected = np.where(lead > 0, guess, start_ms)
    warned = lead <= round(spec.first_warning_h * MS_PER_HOUR)
    if false_alarm:
        warned &= lead > round(spec.cancelled_h_before * MS_PER_HOUR)
    return np.where(warned, expected, NEVER)


def _parts(n: int) -> Iterator[slice]:
    for begin in range(0, n, ROWS_AT_ONCE):
        yield slice(begin, begin + ROWS_AT_ONCE)


def build_recorded_depth(
    spec: RecordedDepthSpec, geometry: Geometry, setting: Setting
) -> RecordedDepth:
    """The ensemble of a ``recorded_depth`` section.

    Raises:
        InputError: a file is missing, unreadable, elsewhere, or holds impossible values.
    """
    at = SECTION
    problems = [
        *within(f"{at}.start_shift_min", spec.start_shift_min, -20_160, 20_160),
        *within(f"{at}.speed_factor", spec.speed_factor, 0.01, 100),
        *within(f"{at}.depth_factor", spec.depth_factor, 0.01, 20),
        *within(f"{at}.onset.error_h_at_24h", spec.onset.error_h_at_24h, -48, 48),
        *forecast_quantities(spec.forecasts),
    ]
    if problems:
        raise InputError(problems)
    quantity = DEPTHS[spec.data.unit]
    recorded = set_up_recorded(spec.data, quantity, geometry, setting, decks_dry=True)
    return RecordedDepth(spec, recorded, geometry, setting)
