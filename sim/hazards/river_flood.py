"""Kind ``river_flood``: waves on a main river and answers of tributaries to the same storm.

A river's stage is one function of time at its upper end, delayed down the course by the travel
time of the wave. Rules of thumb for a planner's own numbers: mountain tributaries rise 1.5 to
3 m/h with 1 to 3 h of lead, main rivers 0.4 to 0.8 m/h with 6 to 14 h (scenario assumption).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NO_LEVEL
from sim.hazards import forecasts as fc
from sim.hazards.base import (
    Geometry,
    IntArray,
    Member,
    MemberCache,
    Setting,
    Signals,
)
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.river_setup import Rivers, set_up
from sim.hazards.stage import Flood, answer_to_rain, shifted, wave
from sim.hazards.storm import Grid, Rain, member_rain, peak_times
from sim.hazards.valley import highest_levels
from sim.schema.hazard import River, RiverFloodSpec
from sim.schema.problems import Problem

MM = 1000
HOMES_BELOW_MM = 10_000
"""A place keeps its levels while the water comes within this of its ground, so that homes lower
than the place can be told apart."""
NEARLY_BANK_MM = 50
"""In a false alarm the crest stays at least this far below the bank."""
BEFORE_H = 36


@dataclass(frozen=True, slots=True)
class FloodSetup:
    """What all members share: specification, rivers on the map, geometry, clock."""

    spec: RiverFloodSpec
    rivers: Rivers
    geometry: Geometry
    setting: Setting


class Water(Protocol):
    """Where the water of a flood comes from; everything else is the valley's business."""

    def rain(self, k: int) -> Rain:
        """Rain of member ``k`` at every rain gauge."""
        ...

    def stage(self, k: int, r: int, rain: Rain) -> IntArray:
        """Level of river ``r`` relative to its bank at the upper end, int64 [grid.n]."""
        ...

    def onset(self, k: int, expected_ms: IntArray) -> IntArray:
        """When the danger is expected by step, given what the gauges and forecasts say."""
        ...


class StormWater:
    """A storm by its size and hour, and rivers by the size and pace of their floods."""

    def __init__(self, setup: FloodSetup, draws: EnsembleDraws, grid: Grid) -> None:
        self._setup, self._draws, self._grid = setup, draws, grid
        self._peaks = peak_times(setup.spec.storm, draws, setup.setting.clock_start)

    def rain(self, k: int) -> Rain:
        """Rain of member ``k``, about the hour of its peak."""
        at = (int(self._peaks[k]), self._grid)
        gauges = self._setup.geometry.rain_gauges
        return member_rain(self._setup.spec.storm, self._draws, k, gauges, at)

    def stage(self, k: int, r: int, rain: Rain) -> IntArray:
        """A stated wave, or the answer of the catchment to its rain."""
        river = self._setup.spec.rivers[r]
        flood = member_flood(river, self._draws, k, rain.peak_ms)
        if river.driven_by == "rain":
            catchment = rain.steps_01mm[self._setup.rivers.rain_row[r]]
            loss = round(river.loss_mm_per_h * 10 * self._grid.step_ms / MS_PER_HOUR)
            stage = answer_to_rain(flood, np.maximum(catchment - loss, 0), self._grid)
        else:
            stage = wave(flood, self._grid)
        return stage - round(river.base_below_bank_m * MM)

    def onset(self, k: int, expected_ms: IntArray) -> IntArray:
        """As the gauges and their forecasts say."""
        return expected_ms


class RiverFlood:
    """An ensemble of river floods; members are built when first asked for.

    ``warnings`` are the notes for the planner found while building. ``water`` makes the source of
    the water from the setup, the ensemble's draws and the grid of steps.
    """

    def __init__(
        self,
        setup: FloodSetup,
        water: Callable[[FloodSetup, EnsembleDraws, Grid], Water] = StormWater,
    ) -> None:
        self._setup = setup
        spec = setup.spec
        self.step_ms = spec.step_min * MS_PER_MIN
        self.n_steps = setup.setting.steps(self.step_ms)
        self.weights: IntArray = np.ones(spec.ensemble.members, np.int64)
        self.warnings: tuple[Problem, ...] = setup.rivers.warnings
        self._draws = EnsembleDraws(spec.ensemble)
        before = BEFORE_H * MS_PER_HOUR // self.step_ms
        after = fc.steps_after_horizon(spec.forecasts, self.step_ms)
        self._grid = Grid(self.step_ms, before, before + self.n_steps + after)
        self._water = water(setup, self._draws, self._grid)
        self._cache = MemberCache(self._build)

    def member(self, k: int) -> Member:
        """Member ``k`` of the ensemble."""
        return self._cache.get(k)

    def _build(self, k: int) -> Member:
        setup, draws = self._setup, self._draws
        rain = self._water.rain(k)
        stages = np.array([self._water.stage(k, r, rain) for r in range(len(setup.spec.rivers))])
        cells = setup.rivers.cells
        levels = np.empty((len(cells.river), self.n_steps), np.int64)
        for r in range(len(stages)):
            mine = cells.river == r
            levels[mine] = shifted(stages[r], cells.lag_ms[mine], self.n_steps, self._grid)
        place_row, places = highest_levels(
            setup.rivers.places, levels, -HOMES_BELOW_MM, setup.geometry.n_places
        )
        road_row, roads = highest_levels(setup.rivers.roads, levels, 0, setup.rivers.n_roads)
        np.maximum(roads, 0, out=roads)
        label = f"m{k:02d}" + (" false alarm" if draws.false_alarm[k] else "")
        signals = self._signals(k, stages, rain)
        edge_row = road_row[setup.rivers.road_of_edge]
        return Member(k, label, edge_row, roads, place_row, places, signals)

    def _signals(self, k: int, stages: IntArray, rain: Rain) -> Signals:
        setup, grid = self._setup, self._grid
        spec, gauges = setup.spec.forecasts, setup.geometry.gauges
        placed = setup.rivers.gauges
        n_ahead = self.n_steps + fc.steps_after_horizon(spec, self.step_ms)
        levels = np.full((len(gauges.ids), n_ahead), NO_LEVEL, np.int64)
        for g, r in enumerate(placed.river.tolist()):
            if r >= 0:
                lag = placed.lag_ms[g : g + 1]
                above = shifted(stages[r], lag, n_ahead, grid)[0]
                levels[g] = placed.bank_mm[g] + above
        truth = fc.Truth(levels, grid, placed.up_to_h)
        ahead = fc.level_forecasts(spec, self._draws, k, gauges, truth)
        leads = fc.lead_steps(spec, self.step_ms)
        observed = levels[:, : self.n_steps].astype(np.int32)
        rain_gauges = setup.geometry.rain_gauges
        onset = fc.onset_of(gauges, observed, ahead, np.array(leads), self.step_ms)
        fallen = rain.steps_01mm[:-1, grid.before : grid.before + self.n_steps]
        return Signals(
            step_ms=self.step_ms,
            levels_mm=observed,
            lead_steps=leads,
            level_forecasts_mm=ahead,
            rain_01mm=fallen.astype(np.int32),
            rain_hours=fc.RAIN_WINDOWS_H,
            rain_forecasts_01mm=fc.rain_forecasts(spec, self._draws, k, rain_gauges, (rain, grid)),
            onset_forecast_ms=self._water.onset(k, onset),
        )


def member_flood(river: River, draws: EnsembleDraws, k: int, rain_peak_ms: int) -> Flood:
    """Size and pace of a river's flood in member ``k``.

    In a false alarm the crest follows its own distribution and stays below the bank.
    """
    if draws.false_alarm[k]:
        quantile = draws.near_size(k, f"hazard/peak/{river.id}")
        above = look_up(river.false_alarm_peak_above_bank_m, MM, quantile)
        above = min(above, -NEARLY_BANK_MM)
    else:
        quantile = draws.near_size(k, f"hazard/peak/{river.id}")
        above = look_up(river.peak_above_bank_m, MM, quantile)
    pace = look_up(river.rise_m_per_h, MM, draws.free(k, f"hazard/rise/{river.id}"))
    delay = look_up(
        river.peak_after_rain_min, MS_PER_MIN, draws.free(k, f"hazard/delay/{river.id}")
    )
    crest = look_up(river.crest_min, MS_PER_MIN, draws.free(k, f"hazard/crest/{river.id}"))
    fall = look_up(river.fall_half_min, MS_PER_MIN, draws.free(k, f"hazard/fall/{river.id}"))
    rise = max(round(river.base_below_bank_m * MM) + above, 0)
    return Flood(rise, pace, rain_peak_ms + delay, crest, fall)


def build_river_flood(spec: RiverFloodSpec, geometry: Geometry, setting: Setting) -> RiverFlood:
    """The ensemble of a ``river_flood`` section.

    Raises:
        InputError: a quantity that must be positive is not, coordinates cannot be transformed,
            or a place or road in reach of a river has no elevation.
    """
    return RiverFlood(FloodSetup(spec, set_up(spec, geometry, setting), geometry, setting))
