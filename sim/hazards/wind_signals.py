"""Gusts as they are observed at places and forecast for the hours to come."""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.hazards.base import BoolArray, LevelArray
from sim.hazards.forecasts import FULL_LEAD_H
from sim.hazards.signals import Gusts
from sim.schema.plan_when import WIND_LEADS_H


def gusts_seen(
    observed: LevelArray, course: LevelArray, known: BoolArray, late_ms: int, step_ms: int
) -> Gusts:
    """Observed gusts, and forecasts that know the storm's course with an error in time.

    Args:
        observed: int32 [n_places, n_steps], what blows.
        course: the same as it is expected, other than observed where the storm turns aside.
        known: bool [n_steps], whether at a step the storm is forecast at all.
        late_ms: error of the forecast 24 h ahead, positive: expected later than it comes. It
            shrinks with the square root of the lead.
        step_ms: length of a step.
    """
    n_steps = observed.shape[1]
    forecast = np.zeros((len(observed), len(WIND_LEADS_H), n_steps), np.int32)
    steps = np.arange(n_steps)
    for i, lead_h in enumerate(WIND_LEADS_H):
        strongest = strongest_ahead(course, lead_h * MS_PER_HOUR // step_ms)
        part = float(np.sqrt(min(lead_h / FULL_LEAD_H, 1.0)))
        from_step = np.clip(steps - round(late_ms * part / step_ms), 0, n_steps - 1)
        forecast[:, i] = np.where(known, strongest[:, from_step], 0)
    return Gusts(observed, WIND_LEADS_H, forecast)


def strongest_ahead(series: LevelArray, steps: int) -> LevelArray:
    """Greatest value from each step on for so many further steps; nothing comes after the end."""
    best, width = series, 1
    while 2 * width <= steps + 1:
        best = np.maximum(best, _moved(best, width))
        width *= 2
    return np.asarray(np.maximum(best, _moved(best, steps + 1 - width)))


def _moved(series: LevelArray, steps: int) -> LevelArray:
    """What stands so many steps later, 0 after the end."""
    moved = np.zeros_like(series)
    if steps < series.shape[1]:
        moved[:, : series.shape[1] - steps] = series[:, steps:]
    return moved
