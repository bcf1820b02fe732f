"""A test's tool: the same member with another future."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.clock import NEVER
from sim.hazards.base import LevelArray, Member, Signals

RAISED_MM = 3_000
"""How far the changed future lies from the true one."""


def changed_after(member: Member, step: int) -> Member:
    """A copy whose levels, observations and forecasts issued later than ``step`` differ.

    Everything that may be known at ``step`` stays: levels observed and forecasts issued at steps
    up to and including it, and the rain that fell before it. A decision taken at or before
    ``step * step_ms`` must therefore be the same under both members (law 9).
    """
    return replace(
        member,
        label=f"{member.label} changed after step {step}",
        edge_levels=_raised(member.edge_levels, step + 1),
        place_levels=_raised(member.place_levels, step + 1),
        signals=_changed_signals(member.signals, step),
    )


def _raised(levels: LevelArray, first: int) -> LevelArray:
    other = levels.copy()
    other[..., first:] += RAISED_MM
    return other


def _changed_signals(signals: Signals, step: int) -> Signals:
    onset = signals.onset_forecast_ms.copy()
    later = onset[step + 1 :]
    onset[step + 1 :] = np.where(later == NEVER, (step + 1) * signals.step_ms, NEVER)
    gusts = signals.gusts
    if gusts is not None:
        seen, ahead = _raised(gusts.observed, step + 1), _raised(gusts.forecast, step + 1)
        gusts = replace(gusts, observed=seen, forecast=ahead)
    now_ms = step * signals.step_ms
    return replace(
        signals,
        gusts=gusts,
        alarms=tuple(alarm for alarm in signals.alarms if alarm.at_ms <= now_ms),
        areas=tuple(area for area in signals.areas if area.from_ms <= now_ms),
        levels_mm=_raised(signals.levels_mm, step + 1),
        level_forecasts_mm=_raised(signals.level_forecasts_mm, step + 1),
        rain_01mm=_raised(signals.rain_01mm, step),
        rain_forecasts_01mm=_raised(signals.rain_forecasts_01mm, step + 1),
        onset_forecast_ms=onset,
    )
