"""Gusts and rain of one storm on its way, at any points and moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.hazards.base import FloatArray, IntArray, LevelArray
from sim.hazards.holland import Vortex, coriolis, rain_mm_h, wind_m_s
from sim.hazards.track import Track
from sim.schema.hazard_typhoon import TyphoonSpec

TENTHS = 10


@dataclass(frozen=True, slots=True)
class StormField:
    """What a member's storm is like, apart from where it is."""

    vortex: Vortex
    outside_hpa: float
    depth_factor: float
    land_factor: float
    gust_factor: float
    moving_share: float
    most_mm_h: float
    ring_km: float
    fades_km: float


def field_of(spec: TyphoonSpec, drawn: Mapping[str, float]) -> StormField:
    """The storm of a member from what was drawn for it: depth, radius, shape, rain."""
    wind, rain = spec.wind, spec.rain
    vortex = Vortex(drawn["radius"], drawn["shape"], wind.air_kg_m3, coriolis(wind.latitude_deg))
    return StormField(
        vortex=vortex,
        outside_hpa=wind.outside_hpa,
        depth_factor=max(drawn["depth"], 0.0),
        land_factor=wind.land_factor,
        gust_factor=wind.gust_factor,
        moving_share=wind.moving_share,
        most_mm_h=max(drawn["rain"], 0.0),
        ring_km=rain.ring_km,
        fades_km=rain.fades_km,
    )


@dataclass(frozen=True, slots=True)
class StormMember:
    """A storm on its track."""

    track: Track
    field: StormField

    def deficit_hpa(self, times_ms: IntArray) -> FloatArray:
        """Pressure outside less that in the centre, never below 0."""
        _, _, pressure = self.track.at(times_ms)
        return np.maximum(self.field.outside_hpa - pressure, 0.0) * self.field.depth_factor

    def gusts(self, x: FloatArray, y: FloatArray, times_ms: IntArray) -> LevelArray:
        """Gusts at points and moments, int32 [n_points, n_times] in 0.1 m/s.

        The storm's own motion adds to the wind on its right and takes from it on its left, in
        proportion to how strong the wind is there.
        """
        field = self.field
        centre_x, centre_y, _ = self.track.at(times_ms)
        dx, dy = (x[:, None] - centre_x) / 1000, (y[:, None] - centre_y) / 1000
        away = np.maximum(np.sqrt(dx * dx + dy * dy), 0.1)
        deficit = self.deficit_hpa(times_ms)
        mean = wind_m_s(field.vortex, deficit, away)
        ring = np.array([field.vortex.radius_km])
        most = np.maximum(wind_m_s(field.vortex, deficit, np.repeat(ring, len(deficit))), 0.1)
        east, north = self.track.pace_m_s(times_ms)
        along = (-dy * east + dx * north) / away
        wind = mean + field.moving_share * along * np.minimum(mean / most, 1.0)
        gust = np.maximum(wind, 0.0) * field.land_factor * field.gust_factor
        return np.rint(gust * TENTHS).astype(np.int32)

    def rain_01mm(self, x: FloatArray, y: FloatArray, times_ms: IntArray, step_ms: int) -> IntArray:
        """Rain falling at points in the steps that begin at moments, int64 in 0.1 mm.

        It weakens with the storm: in proportion to the pressure deficit below 40 hPa.
        """
        field = self.field
        centre_x, centre_y, _ = self.track.at(times_ms)
        dx, dy = (x[:, None] - centre_x) / 1000, (y[:, None] - centre_y) / 1000
        away = np.sqrt(dx * dx + dy * dy)
        weak = np.minimum(self.deficit_hpa(times_ms) / 40.0, 1.0)
        rain = rain_mm_h(field.most_mm_h, field.ring_km, field.fades_km, away) * weak
        return np.rint(rain * TENTHS * step_ms / MS_PER_HOUR).astype(np.int64)
