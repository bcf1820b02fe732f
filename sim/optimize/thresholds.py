"""What can be seen at the latest order: the gauge level and the rain that a plan may name.

Nobody knows on the night when the road will be cut, but everybody can read the gauge. "Order
before the level reaches X" is early enough in a night if the level had not passed X before that
night's latest order; so X is the level that the required share of the nights had passed by then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, NO_LEVEL
from sim.optimize.ensemble import Ensemble
from sim.world import World

Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]
NEXT_TO_NOTHING = {"level": 0.3, "rain": 5.0}
"""Metres lost in waves and in reading the gauge; millimetres of everyday rain (judgement)."""
When = tuple[Int64, Floats]
"""Hazard member and latest order (ms, −∞: none early enough) of every night."""


@dataclass(frozen=True)
class Threshold:
    """A reading by which the order must be signed. Metres, or millimetres of rain in 3 h.

    Attributes:
        gauge: its row among the gauges of its kind.
        safe: order before the reading passes this; −∞: no reading is early enough.
        typical: median reading at the latest order.
        above_start: ``safe`` counted from the reading at clock_start: next to nothing means that
            the gauge does not announce this water in time.
        per_hour: median change over the hour before the latest order.
        false_alarm_share: of all members, those that pass ``safe`` while the zone is spared.
    """

    kind: Literal["level", "rain"]
    gauge: int
    safe: float
    typical: float
    above_start: float
    per_hour: float
    false_alarm_share: float

    @property
    def announces(self) -> bool:
        """Whether the gauge shows anything before the order must be signed."""
        return bool(np.isfinite(self.safe) and self.above_start >= NEXT_TO_NOTHING[self.kind])


def level_threshold(
    world: World, ensemble: Ensemble, zone: int, when: When, low: Callable[[Floats], float]
) -> Threshold | None:
    """Of the zone's level gauge; ``low`` picks the value that enough nights do not fall below."""
    gauge = int(world.zones.gauge[zone])
    if gauge < 0 or not len(when[0]):
        return None
    series = ensemble.levels_mm[:, gauge]
    if (series == NO_LEVEL).any():
        return None
    read = _Read(series / 1000.0, world.hazard.step_ms)
    return read.threshold(("level", gauge), when, low, (ensemble, zone))


def rain_threshold(
    world: World, ensemble: Ensemble, zone: int, when: When, low: Callable[[Floats], float]
) -> Threshold | None:
    """Of the zone's rain gauge, rain of the last three hours."""
    gauge = int(world.zones.rain_gauge[zone])
    if gauge < 0 or not len(when[0]):
        return None
    read = _Read(ensemble.rain_01mm[:, gauge] / 10.0, world.hazard.step_ms)
    return read.threshold(("rain", gauge), when, low, (ensemble, zone))


class _Read:
    """Readings of one gauge in all members, float64[members, steps]."""

    def __init__(self, series: Floats, step_ms: int) -> None:
        self.series, self.step_ms = series, step_ms
        self.highest: Floats = np.maximum.accumulate(series, axis=1)

    def threshold(
        self, of: tuple[Literal["level", "rain"], int], when: When,
        low: Callable[[Floats], float], spared: tuple[Ensemble, int],
    ) -> Threshold:  # fmt: skip
        members, moment = when
        early = moment > -np.inf
        step = np.clip(np.where(early, moment, 0) // self.step_ms, 0, self.series.shape[1] - 1)
        at = step.astype(np.int64)
        hour_ago = np.maximum(at - MS_PER_HOUR // self.step_ms, 0)
        highest = np.where(early, self.highest[members, at], -np.inf)
        start = self.series[members, 0]
        safe = low(highest)
        change = self.series[members, at] - self.series[members, hour_ago]
        ensemble, zone = spared
        peaks = self.highest[:, -1]
        return Threshold(
            kind=of[0],
            gauge=of[1],
            safe=safe,
            typical=_middle(self.series[members, at][early]),
            above_start=low(highest - start),
            per_hour=_middle(change[early]),
            false_alarm_share=ensemble.false_alarm_share(zone, peaks, safe),
        )


def _middle(values: Floats) -> float:
    return float(np.median(values)) if len(values) else float("nan")
