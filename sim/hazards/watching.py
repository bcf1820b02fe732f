"""From the watchers of a hazard section to the moment at which a danger is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from sim.clock import MS_PER_MIN, minute_of_day
from sim.draws import Draws
from sim.hazards.base import Geometry, Setting
from sim.hazards.detection import Event, Watcher, detected_ms, false_alarms_ms, reports_ms
from sim.hazards.field import placed
from sim.hazards.river_checks import SECTION
from sim.hazards.signals import Alarm, Signals
from sim.schema.hazard_detection import WatcherSpec


def watchers_of(
    specs: tuple[WatcherSpec, ...], geometry: Geometry, setting: Setting
) -> tuple[Watcher, ...]:
    """The watchers in the working coordinate system.

    Raises:
        InputError: a position cannot be transformed.
    """
    found = []
    for i, spec in enumerate(specs):
        x = y = 0.0
        if spec.at is not None:
            field = f"{SECTION}.watchers.{i}.at"
            at_x, at_y = placed((spec.at,), geometry, setting, field)
            x, y = float(at_x[0]), float(at_y[0])
        found.append(
            Watcher(
                id=spec.id,
                delay_min=spec.delay_min,
                x=x,
                y=y,
                radius_m=spec.radius_m if spec.at is not None else None,
                share=spec.share,
                looks_every_min=spec.looks_every_min,
                hours=spec.hours,
                false_per_day=spec.false_per_day,
                grown_ms=round(spec.grown_min * MS_PER_MIN),
                checked_ms=round(spec.checked_after_min * MS_PER_MIN),
            )
        )
    return tuple(found)


def reported_ms(
    watchers: tuple[Watcher, ...], event: Event, draws: Draws, clock_start: datetime
) -> int:
    """When the event is first reported, in ms from clock_start; NEVER if nobody does."""
    midnight = -minute_of_day(clock_start, 0) * MS_PER_MIN
    return detected_ms(watchers, event, draws, midnight)[0]


def with_alarms(
    signals: Signals,
    watchers: Sequence[Watcher],
    events: Sequence[Event],
    draws: Draws,
    setting: Setting,
) -> Signals:
    """The signals of a member with every report of its watchers within the horizon.

    A watcher reports each event it notices once; besides it has false alarms of its own, in every
    member. Until one is found out, the danger is expected for that moment at the latest.
    """
    midnight = -minute_of_day(setting.clock_start, 0) * MS_PER_MIN
    horizon_ms = setting.horizon_min * MS_PER_MIN
    onset = signals.onset_forecast_ms
    times = np.arange(len(onset), dtype=np.int64) * signals.step_ms
    alarms = [
        Alarm(watcher.id, moment)
        for event in events
        for watcher, moment in reports_ms(watchers, event, draws, midnight)
        if moment <= horizon_ms
    ]
    for watcher in watchers:
        for moment in false_alarms_ms(watcher, draws, horizon_ms):
            alarms.append(Alarm(watcher.id, moment))
            until = moment + watcher.checked_ms
            believed = (times >= moment) & (times < until)
            onset = np.where(believed, np.minimum(onset, until), onset)
    in_time = sorted(alarms, key=lambda alarm: (alarm.at_ms, alarm.watcher))
    return replace(signals, alarms=tuple(in_time), onset_forecast_ms=onset)
