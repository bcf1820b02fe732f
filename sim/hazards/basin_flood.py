"""Kind ``basin_flood``: rain by the hour → run-off → discharge → level; releases from upstream.

A stream's level follows from its discharge by its rating curve: the run-off of its catchment (unit
hydrograph) and what a reservoir lets out (Muskingum down to the head of the stream). Valley, gauges
and forecasts are those of ``river_flood``. A release is foreseen from the moment its notice is
acknowledged; one nobody acknowledges warns nobody.
"""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import share_q32
from sim.hazards import river_checks as checks
from sim.hazards.base import Geometry, IntArray, Setting
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.rainfall import Rainfall, rain_quantities
from sim.hazards.release import Gates, Notice, muskingum
from sim.hazards.river_checks import SECTION, within
from sim.hazards.river_flood import MM, NEARLY_BANK_MM, FloodSetup, RiverFlood
from sim.hazards.river_setup import set_up
from sim.hazards.storm import Grid, Rain
from sim.hazards.unit_hydrograph import Catchment, Rating, discharge_l_s
from sim.schema.distributions import constant
from sim.schema.hazard import River, RiverFloodSpec, Storm
from sim.schema.hazard_basin import BasinFloodSpec, BasinStream, Hyetograph, ReservoirRelease
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000
_NO_STORM = Storm(peak_window_min=(0, 0), total_24h_mm=constant(1.0), peak_hour_mm=constant(0.1))
"""Stands in the valley's section where the rain comes from a table; never drawn from."""

_Parts = tuple[FloodSetup, EnsembleDraws, Grid]


class BasinWater:
    """Rain, discharge and releases of one ensemble."""

    def __init__(self, spec: BasinFloodSpec, parts: _Parts) -> None:
        self._spec = spec
        self._setup, self._draws, self._grid = parts
        where = (self._setup.geometry, self._setup.setting)
        self._rainfall = Rainfall(spec.rain, where, self._draws, self._grid)

    def rain(self, k: int) -> Rain:
        """Rain of member ``k``: a drawn storm, or the table with its factor and shift."""
        return self._rainfall.member(k)

    def stage(self, k: int, r: int, rain: Rain) -> IntArray:
        """Level of stream ``r`` relative to its bank at its head, int64 [grid.n]."""
        stream = self._spec.streams[r]
        flow = np.zeros(self._grid.n, np.int64)
        if stream.catchment is not None:
            quantile = self._draws.free(k, f"hazard/runoff/{stream.id}")
            factor = look_up(stream.runoff_factor, MILLIONTH, quantile)
            fallen = rain.steps_01mm[self._setup.rivers.rain_row[r]]
            catchment = Catchment(**stream.catchment.model_dump())
            flow += discharge_l_s(catchment, fallen, self._grid.step_ms) * factor // MILLIONTH
        if stream.release is not None and not self._draws.false_alarm[k]:
            flow += self._released(stream.release, self._opens_ms(k, stream))
        discharge, level = np.array(stream.rating).T
        rating = Rating(_whole(discharge * 1000), _whole(level * MM))
        stage = np.maximum(rating.stage(flow), 0) - round(stream.base_below_bank_m * MM)
        return np.minimum(stage, -NEARLY_BANK_MM) if self._draws.false_alarm[k] else stage

    def onset(self, k: int, expected_ms: IntArray) -> IntArray:
        """What gauges and forecasts say, or an acknowledged notice of release if that is sooner."""
        times = np.arange(len(expected_ms), dtype=np.int64) * self._grid.step_ms
        for stream in self._spec.streams:
            if stream.release is not None:
                travel = round(stream.release.travel_h * MS_PER_HOUR)
                notice = self._notice(k, stream, stream.release)
                told = notice.expected_ms(times, travel)
                if self._draws.false_alarm[k]:  # the gates stay shut, and then everybody knows
                    told = np.where(times < notice.opens_ms, told, NEVER)
                expected_ms = np.minimum(expected_ms, told)
        return expected_ms

    def _opens_ms(self, k: int, stream: BasinStream) -> int:
        assert stream.release is not None
        quantile = self._draws.free(k, f"hazard/opens/{stream.id}")
        return look_up(stream.release.opens_min, MS_PER_MIN, quantile)

    def _released(self, release: ReservoirRelease, opens_ms: int) -> IntArray:
        minutes, flow = np.array(release.flow).T
        gates = Gates(opens_ms + _whole(minutes * MS_PER_MIN), _whole(flow * 1000))
        came = np.where(self._grid.start_ms < opens_ms, 0, gates.over(self._grid.start_ms))
        return muskingum(came, release.travel_h, release.weight, self._grid.step_ms)

    def _notice(self, k: int, stream: BasinStream, release: ReservoirRelease) -> Notice:
        spec, draws = release.notice, self._draws
        opens = self._opens_ms(k, stream)
        sent = opens - round(spec.before_min * MS_PER_MIN)
        answered = draws.free(k, f"hazard/notice/{stream.id}") < share_q32(spec.acknowledged_share)
        quantile = draws.free(k, f"hazard/acknowledged/{stream.id}")
        after = look_up(spec.acknowledged_after_min, MS_PER_MIN, quantile)
        return Notice(sent, sent + after if answered else NEVER, opens)


def _whole(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> IntArray:
    return np.asarray(np.rint(values), np.int64)


def build_basin_flood(spec: BasinFloodSpec, geometry: Geometry, setting: Setting) -> RiverFlood:
    """The ensemble of a ``basin_flood`` section.

    Raises:
        InputError: impossible quantities, an unusable rain table, or what ``river_flood`` finds.
    """
    problems = list(_quantities(spec))
    if problems:
        raise InputError(problems)
    valley = _valley(spec)
    setup = FloodSetup(valley, set_up(valley, geometry, setting), geometry, setting)
    return RiverFlood(setup, lambda *parts: BasinWater(spec, parts))


def _valley(spec: BasinFloodSpec) -> RiverFloodSpec:
    """The same streams as rivers on the map; their waves and storms are never drawn from."""
    shared = {"id", "name", "course", "base_below_bank_m", "reach_m"}
    shared |= {"side_fall_m_per_km", "celerity_km_per_h", "forecast_up_to_h"}
    rivers = tuple(
        River(
            **stream.model_dump(include=shared),
            driven_by="rain",
            rise_m_per_h=constant(1.0),
            peak_above_bank_m=constant(0.0),
            peak_after_rain_min=constant(0.0),
        )
        for stream in spec.streams
    )
    return RiverFloodSpec(
        kind="river_flood",
        rivers=rivers,
        step_min=spec.step_min,
        ensemble=spec.ensemble,
        storm=spec.rain if isinstance(spec.rain, Storm) else _NO_STORM,
        forecasts=spec.forecasts,
    )


def _quantities(spec: BasinFloodSpec) -> list[Problem]:
    at = SECTION
    problems = [*checks.forecast_quantities(spec.forecasts)]
    if isinstance(spec.rain, Hyetograph):
        problems += rain_quantities(spec.rain)
    for i, stream in enumerate(spec.streams):
        problems += within(f"{at}.streams.{i}.runoff_factor", stream.runoff_factor, 0, 10)
        if stream.release is not None:
            field = f"{at}.streams.{i}.release.opens_min"
            problems += within(field, stream.release.opens_min, 0, 100_000)
    return problems
