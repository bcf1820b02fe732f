"""Storm surge: the sea along a coast by pressure, wind and tide, and what it floods."""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NO_LEVEL
from sim.hazards.base import FloatArray, Geometry, IntArray, Layer, Setting
from sim.hazards.field import Ground, gather, ground_of, placed
from sim.hazards.holland import tide_m, wind_m_s
from sim.hazards.river_checks import SECTION
from sim.hazards.storm_field import StormMember
from sim.roads.levels import WATER
from sim.schema.hazard_typhoon import Surge

MM = 1000
HOMES_BELOW_MM = 10_000


class SeaFlood:
    """The land along a coast that a surge can reach."""

    def __init__(self, spec: Surge, geometry: Geometry, setting: Setting) -> None:
        self._spec = spec
        self._x, self._y = placed(spec.coast, geometry, setting, f"{SECTION}.surge.coast")
        self._ground: Ground = ground_of(geometry)
        best = np.full(len(self._ground.x), np.inf)
        self._nearest = np.zeros(len(self._ground.x), np.int64)
        for i, (x, y) in enumerate(zip(self._x.tolist(), self._y.tolist(), strict=True)):
            away = (self._ground.x - x) ** 2 + (self._ground.y - y) ** 2
            self._nearest = np.where(away < best, i, self._nearest)
            best = np.minimum(best, away)
        known = self._ground.surface_mm != NO_LEVEL
        self._rows = np.flatnonzero((best <= spec.reach_m**2) & known)

    def level_m(self, storm: StormMember, times_ms: IntArray) -> FloatArray:
        """Level of the sea at the points of the coast, float64 [n_points, n_times]."""
        spec = self._spec
        deficit = storm.deficit_hpa(times_ms)
        centre_x, centre_y, _ = storm.track.at(times_ms)
        dx, dy = self._x[:, None] - centre_x, self._y[:, None] - centre_y
        away_km = np.sqrt(dx * dx + dy * dy) / 1000
        wind = wind_m_s(storm.field.vortex, deficit, away_km)
        near = storm.field.vortex.radius_km / np.maximum(away_km, storm.field.vortex.radius_km)
        high_ms = round(spec.high_tide_min * MS_PER_MIN)
        tide = tide_m(spec.tide_m, (times_ms - high_ms) / MS_PER_HOUR)
        return np.asarray(spec.m_per_hpa * deficit * near + spec.set_up * wind * wind + tide)

    def layer(self, storm: StormMember, times_ms: IntArray) -> Layer:
        """Depth of sea water at places and on roads."""
        level = np.rint(self.level_m(storm, times_ms) * MM).astype(np.int64)
        top = level.max(axis=1)[self._nearest[self._rows]] - self._ground.surface_mm[self._rows]
        places = self._rows < self._ground.n_places
        rows = self._rows[top > np.where(places, -HOMES_BELOW_MM, 0)]

        def depth(wanted: IntArray) -> IntArray:
            above = level[self._nearest[wanted]] - self._ground.surface_mm[wanted, None]
            return np.where((wanted < self._ground.n_places)[:, None], above, np.maximum(above, 0))

        return Layer(WATER, *gather(self._ground, rows, len(times_ms), depth))
