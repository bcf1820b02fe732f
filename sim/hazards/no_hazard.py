"""Kind ``none``: nothing gets wet. For studies of fleet, roads and organisation alone."""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_MIN, NEVER, NO_LEVEL
from sim.hazards.base import Geometry, IntArray, Member, Setting, Signals
from sim.schema.hazard import NoHazardSpec
from sim.schema.problems import Problem


class NoHazard:
    """One member in which no place and no road is ever wet and no gauge knows a level."""

    def __init__(self, spec: NoHazardSpec, geometry: Geometry, setting: Setting) -> None:
        self.step_ms = spec.step_min * MS_PER_MIN
        self.n_steps = setting.steps(self.step_ms)
        self.weights: IntArray = np.ones(1, np.int64)
        self.warnings: tuple[Problem, ...] = ()
        n, n_gauges, n_rain = self.n_steps, len(geometry.gauges.ids), len(geometry.rain_gauges.ids)
        signals = Signals(
            step_ms=self.step_ms,
            levels_mm=np.full((n_gauges, n), NO_LEVEL, np.int32),
            lead_steps=(),
            level_forecasts_mm=np.zeros((n_gauges, 0, n), np.int32),
            rain_01mm=np.zeros((n_rain, n), np.int32),
            rain_hours=(),
            rain_forecasts_01mm=np.zeros((n_rain, 0, n), np.int32),
            onset_forecast_ms=np.full(n, NEVER, np.int64),
        )
        dry = np.zeros((0, n), np.int32)
        edge_row = np.full(geometry.n_edges, -1, np.int32)
        place_row = np.full(geometry.n_places, -1, np.int32)
        self._member = Member(0, "dry", edge_row, dry, place_row, dry, signals)

    def member(self, k: int) -> Member:
        """The only member.

        Raises:
            IndexError: there is no member but 0.
        """
        if k != 0:
            raise IndexError(f"member(={k}) must be 0")
        return self._member


def build_no_hazard(spec: NoHazardSpec, geometry: Geometry, setting: Setting) -> NoHazard:
    """The single dry member of a scenario without water."""
    return NoHazard(spec, geometry, setting)
