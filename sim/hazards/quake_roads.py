"""Roads after an earthquake: rubble in streets, slides on slopes, bridges that fail."""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR, NEVER
from sim.hazards.base import (
    BoolArray,
    FloatArray,
    Geometry,
    Layer,
    LevelArray,
    Setting,
)
from sim.hazards.debris import BLOCKED, DEBRIS, NARROWED, ON_FOOT_ONLY
from sim.hazards.ensemble import TWO_32, EnsembleDraws, look_up
from sim.hazards.field import placed
from sim.hazards.river_checks import SECTION
from sim.hazards.road_points import road_points
from sim.hazards.shaking import LANE_M, debris_width_m, falling_share, left_m, share_at
from sim.schema.hazard_quake import EarthquakeSpec

MILLIONTH = 1_000_000


class QuakeRoads:
    """Where roads run, how wide they are, and what houses along them would leave of them.

    Attributes:
        x, y: float64 [n_roads], the middle of every road in the working system.
    """

    def __init__(self, spec: EarthquakeSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry, self._setting = spec, geometry, setting
        self._roads = road_points(geometry)
        self.x, self.y = self._roads.x, self._roads.y
        n = len(self.x)
        width_m, self._bridge = np.zeros(n), np.zeros(n, np.bool_)
        if len(geometry.edge_width_mm):
            width_m[self._roads.of_edge] = geometry.edge_width_mm / 1000
        self._bridge[self._roads.of_edge] = geometry.edge_bridge
        self._left_m = self._after_rubble(width_m)

    def clear(self, steps: tuple[int, int]) -> Layer:
        """Nothing on the roads."""
        return self._layer(np.zeros((len(self.x), steps[1]), np.int32))

    def layer(
        self,
        draws: EnsembleDraws,
        k: int,
        shock: tuple[int, FloatArray],
        steps: tuple[int, int],
    ) -> Layer:
        """What lies on the roads of member ``k`` after a shock (moment, intensity by road)."""
        spec, (at_ms, felt), (step_ms, n_steps) = self._spec, shock, steps
        ends = (np.arange(n_steps, dtype=np.int64) + 1) * step_ms
        lasts = NEVER if spec.cleared_h is None else round(spec.cleared_h * MS_PER_HOUR)
        since, until = ends > at_ms, ends <= at_ms + lasts
        factor = look_up(spec.slide_share, MILLIONTH, draws.free(k, "hazard/slides")) / MILLIONTH
        cut = self._happens(draws, k, "slide", share_at(spec.slides, felt) * factor)
        fallen = self._happens(draws, k, "rubble", falling_share(spec.buildings, felt))
        narrow = np.where(self._left_m < LANE_M, ON_FOOT_ONLY, NARROWED)
        lies = np.where(fallen & np.isfinite(self._left_m), narrow, 0)
        lies = np.maximum(lies, np.where(cut, BLOCKED, 0))
        levels = np.where(since & until, lies[:, None], 0).astype(np.int32)
        broken = self._happens(draws, k, "bridge", share_at(spec.bridges_fail, felt))
        levels[broken & self._bridge] = np.where(since, BLOCKED, 0)
        return self._layer(levels)

    def _layer(self, levels: LevelArray) -> Layer:
        edge_row, rows = self._roads.rows(levels)
        nowhere = np.full(self._geometry.n_places, -1, np.int32)
        empty = np.zeros((0, levels.shape[1]), np.int32)
        return Layer(DEBRIS, edge_row, rows, nowhere, empty)

    def _after_rubble(self, width_m: FloatArray) -> FloatArray:
        """What would be left of every road if the houses along it fell (m); ∞ without houses."""
        left = np.full(len(self.x), np.inf)
        for i, street in enumerate(self._spec.streets):
            field = f"{SECTION}.streets.{i}.at"
            x, y = placed((street.at,), self._geometry, self._setting, field)
            square = (self.x - x[0]) ** 2 + (self.y - y[0]) ** 2
            rubble = street.sides * debris_width_m(
                street.height_m, street.setback_m, street.parallel
            )
            for road in np.flatnonzero(square <= street.radius_m**2).tolist():
                width = width_m[road] or street.width_unknown_m
                left[road] = min(left[road], left_m(width, rubble))
        return left

    def _happens(self, draws: EnsembleDraws, k: int, what: str, share: FloatArray) -> BoolArray:
        """Which roads are hit, each by its own draw, keyed by where its middle lies."""
        drawn = draws.noise(k, f"hazard/{what}", self._roads.keys()).astype(np.int64)
        return np.asarray(drawn < np.rint(np.clip(share, 0, 1) * TWO_32))
