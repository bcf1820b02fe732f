"""Forecasts of a member: truth with an error that grows with the lead time, stored by issue step.

Level error = a factor on the rise still to come, a timing error and noise; each is scaled with
the square root of lead ÷ 24 h. So a forecast for the next hour is close to what is observed now,
and a false alarm looks real from afar and less so from near.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER, NO_LEVEL
from sim.draws import stable_key
from sim.draws_tables import compile_number
from sim.hazards.base import FloatArray, Gauges, IntArray, LevelArray, RainGauges
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.storm import Grid, Rain
from sim.schema.distributions import Normal
from sim.schema.hazard import Forecasts

MILLIONTH = 1_000_000
_STANDARD_NORMAL = Normal(mean=0.0, sd=1.0)
RAIN_WINDOWS_H = (1, 3, 24)
FULL_LEAD_H = 24


@dataclass(frozen=True, slots=True)
class Truth:
    """What comes at the gauges, of which forecasts know with error.

    ``levels_mm`` is int64 [n_gauges, n_steps + steps after the horizon] from clock_start.
    ``up_to_h`` is the longest lead at which each gauge is forecast, float64 [n_gauges].
    """

    levels_mm: IntArray
    grid: Grid
    up_to_h: FloatArray


def lead_steps(spec: Forecasts, step_ms: int) -> tuple[int, ...]:
    """Stored leads in steps."""
    return tuple(hours * MS_PER_HOUR // step_ms for hours in spec.leads_h)


def steps_after_horizon(spec: Forecasts, step_ms: int) -> int:
    """Steps beyond the horizon that forecasts near its end look at."""
    return max(max(spec.leads_h), max(RAIN_WINDOWS_H)) * MS_PER_HOUR // step_ms + 1


def level_forecasts(
    spec: Forecasts, draws: EnsembleDraws, k: int, gauges: Gauges, truth: Truth
) -> LevelArray:
    """Forecasts int32 [n_gauges, n_leads, n_steps] issued at each step for step + lead.

    The noise is drawn anew every ``every_min`` per gauge and is common to all leads, as in one
    bulletin that is too high or too low throughout. Beyond a gauge's longest lead its last
    forecast is repeated: nobody knows more.
    """
    levels, grid = truth.levels_mm, truth.grid
    n_steps = levels.shape[1] - steps_after_horizon(spec, grid.step_ms)
    steps = np.arange(n_steps)
    factor, late_ms = _biases(spec, draws, k)
    issue = steps * grid.step_ms // (spec.every_min * MS_PER_MIN)
    out = np.empty((len(gauges.ids), len(spec.leads_h), n_steps), np.int32)
    for g, name in enumerate(gauges.ids):
        now = levels[g, :n_steps]
        noise = _normal(draws, k, f"hazard/forecast/level/{name}", issue)
        for i, hours in enumerate(spec.leads_h):
            known_h = min(hours, float(truth.up_to_h[g]))
            part = _part_of_full(known_h)
            lead = int(known_h * MS_PER_HOUR) // grid.step_ms
            ahead = steps + max(lead - round(late_ms * part / grid.step_ms), 0)
            rise = levels[g, np.minimum(ahead, levels.shape[1] - 1)] - now
            error = spec.level_sd_m_at_24h * 1000 * part * noise
            guess = now + np.rint(rise * (1 + (factor - 1) * part) + error).astype(np.int64)
            out[g, i] = np.where(now == NO_LEVEL, NO_LEVEL, guess)
    return out


def rain_forecasts(
    spec: Forecasts, draws: EnsembleDraws, k: int, gauges: RainGauges, truth: tuple[Rain, Grid]
) -> LevelArray:
    """Rain expected from each step on in 1, 3, 24 h; int32 [n_gauges, 3, n_steps], 0.1 mm."""
    rain, grid = truth
    n_steps = grid.n - grid.before - steps_after_horizon(spec, grid.step_ms)
    steps = np.arange(n_steps)
    factor, _ = _biases(spec, draws, k)
    issue = steps * grid.step_ms // (spec.every_min * MS_PER_MIN)
    out = np.empty((len(gauges.ids), len(RAIN_WINDOWS_H), n_steps), np.int32)
    for g, name in enumerate(gauges.ids):
        running = np.concatenate([[0], np.cumsum(rain.steps_01mm[g])])
        noise = _normal(draws, k, f"hazard/forecast/rain/{name}", issue)
        for i, hours in enumerate(RAIN_WINDOWS_H):
            begin = grid.before + steps
            end = begin + hours * MS_PER_HOUR // grid.step_ms
            part = _part_of_full(hours)
            share = 1 + (factor - 1) * part + spec.rain_sd_share_at_24h * part * noise
            amount = (running[end] - running[begin]) * np.maximum(share, 0.0)
            out[g, i] = np.rint(amount).astype(np.int32)
    return out


def onset_of(
    gauges: Gauges, observed: LevelArray, forecasts: LevelArray, leads: IntArray, step_ms: int
) -> IntArray:
    """When, as known at each step, the first gauge reaches its guarantee level; int64 [n_steps].

    Once a gauge has reached it, the moment at which it did. Before, the first crossing of the
    straight lines through the observed level and the forecasts of that step. Else NEVER.
    """
    n_steps = observed.shape[1]
    onset = np.full(n_steps, NEVER, np.int64)
    now = np.arange(n_steps, dtype=np.int64) * step_ms
    for g, limit in enumerate(gauges.guarantee_mm.tolist()):
        if limit == NO_LEVEL or observed[g, 0] == NO_LEVEL:
            continue
        line = np.vstack([observed[g][None, :], forecasts[g]]).astype(np.int64)
        lead_ms = np.concatenate([[0], leads]).astype(np.int64) * step_ms
        expected = np.full(n_steps, NEVER, np.int64)
        for i in range(len(leads), 0, -1):
            below, above = line[i - 1], line[i]
            span = lead_ms[i] - lead_ms[i - 1]
            cross = lead_ms[i - 1] + (limit - below) * span // np.maximum(above - below, 1)
            expected = np.where((below < limit) & (above >= limit), now + cross, expected)
        reached = np.flatnonzero(line[0] >= limit)
        if len(reached):
            expected[reached[0] :] = reached[0] * step_ms
        onset = np.minimum(onset, expected)
    return onset


def _biases(spec: Forecasts, draws: EnsembleDraws, k: int) -> tuple[float, int]:
    """Factor on the rise and timing error (ms) of this member at full lead."""
    false_alarm = bool(draws.false_alarm[k])
    chosen = spec.false_alarm_rise_factor if false_alarm else spec.rise_factor_at_24h
    factor = look_up(chosen, MILLIONTH, draws.free(k, "hazard/forecast/factor")) / MILLIONTH
    late = look_up(spec.timing_error_h_at_24h, MS_PER_HOUR, draws.free(k, "hazard/forecast/timing"))
    return factor, late


def _part_of_full(lead_h: float) -> float:
    return float(np.sqrt(min(lead_h / FULL_LEAD_H, 1.0)))


def _normal(draws: EnsembleDraws, k: int, purpose: str, issue: IntArray) -> FloatArray:
    table = compile_number(_STANDARD_NORMAL, MILLIONTH).table
    occurrence = issue + stable_key(purpose) % 2**20
    return np.asarray(table.at(draws.noise(k, purpose, occurrence)) / MILLIONTH)
