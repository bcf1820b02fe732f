"""What every member of the hazard ensemble does to every zone, seen from outside any run.

Used to say what no sample of nights can: that a zone is never cut off in any member, and how often
a threshold is passed although nothing comes of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.member_view import MemberView
from sim.world import World

Int64 = NDArray[np.int64]
RAIN_HOURS = 3
"""Rain is looked at over three hours: the window most plans for small rivers use."""


@dataclass(frozen=True)
class Ensemble:
    """All members, a row each.

    Attributes:
        weights: int64[members].
        deadline_ms: int64[members, zones], cut-off of the zone; where its road stays open but
            water comes to homes, that moment; NEVER where neither comes within the horizon.
        cut: bool[members, zones], whether the deadline is a cut-off.
        levels_mm: int32[members, level gauges, steps] as observed.
        rain_01mm: int32[members, rain gauges, steps], fallen in the last RAIN_HOURS, 0.1 mm.
    """

    weights: Int64
    deadline_ms: Int64
    cut: NDArray[np.bool_]
    levels_mm: NDArray[np.int32]
    rain_01mm: NDArray[np.int32]

    def false_alarm_share(self, zone: int, peaks: NDArray[np.float64], threshold: float) -> float:
        """Weight of the members in which a signal passes a threshold but the zone is spared.

        peaks: float64[members], highest value of the signal in each member.
        """
        spared = self.deadline_ms[:, zone] >= NEVER
        passed = peaks >= threshold
        return float(self.weights[spared & passed].sum() / self.weights.sum())


def deadlines(view: MemberView, horizon_ms: int) -> Int64:
    """Moment by which the people of every zone must be out in a member, int64[zones] (ms).

    Its cut-off; where its road stays open but water comes to homes, that moment; NEVER else.
    """
    cut = view.zone_cutoff_ms <= horizon_ms
    moment = np.where(cut, view.zone_cutoff_ms, view.arrival_ms)
    return np.where(moment <= horizon_ms, moment, NEVER)


def read_ensemble(world: World) -> Ensemble:
    """Every member's deadlines and observed signals."""
    weights = np.asarray(world.hazard.weights, dtype=np.int64)
    shape = (len(weights), len(world.zones.rows))
    deadline, cut = np.full(shape, NEVER, dtype=np.int64), np.zeros(shape, dtype=np.bool_)
    levels, rain = [], []
    for k in range(len(weights)):
        view = world.statics.views.view(k)
        cut[k] = view.zone_cutoff_ms <= world.horizon_ms
        deadline[k] = deadlines(view, world.horizon_ms)
        signals = view.member.signals
        levels.append(signals.levels_mm)
        gauges = [signals.rain(g, RAIN_HOURS) for g in range(len(world.rain_gauges))]
        rain.append(np.array(gauges, np.int32).reshape(len(gauges), world.hazard.n_steps))
    return Ensemble(weights, deadline, cut, np.array(levels, np.int32), np.array(rain, np.int32))
