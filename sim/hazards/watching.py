"""From the watchers of a hazard section to the moment at which a danger is reported."""

from __future__ import annotations

from datetime import datetime

from sim.clock import MS_PER_MIN, minute_of_day
from sim.draws import Draws
from sim.hazards.base import Geometry, Setting
from sim.hazards.detection import Event, Watcher, detected_ms
from sim.hazards.field import placed
from sim.hazards.river_checks import SECTION
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
            )
        )
    return tuple(found)


def reported_ms(
    watchers: tuple[Watcher, ...], event: Event, draws: Draws, clock_start: datetime
) -> int:
    """When the event is first reported, in ms from clock_start; NEVER if nobody does."""
    midnight = -minute_of_day(clock_start, 0) * MS_PER_MIN
    return detected_ms(watchers, event, draws, midnight)[0]
