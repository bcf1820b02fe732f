"""The track of a storm: points in the working system, where its centre is at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN
from sim.hazards.base import FloatArray, Geometry, IntArray, Setting
from sim.hazards.field import placed
from sim.hazards.river_checks import SECTION
from sim.io.crs import to_work
from sim.io.track_table import read_track
from sim.schema.hazard_typhoon import TrackFile, TrackPoints

DAY_MS = 24 * MS_PER_HOUR
MOST_DAYS = 3.0
"""The error of a track grows no further after three days."""


@dataclass(frozen=True, slots=True)
class Track:
    """Times (ms from clock_start), centre (m, working system), central pressure (hPa)."""

    at_ms: IntArray
    x: FloatArray
    y: FloatArray
    pressure_hpa: FloatArray

    def at(self, times_ms: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Centre and pressure at moments; before the first point and after the last it stays."""
        t, known = times_ms.astype(np.float64), self.at_ms.astype(np.float64)
        return (
            np.interp(t, known, self.x),
            np.interp(t, known, self.y),
            np.interp(t, known, self.pressure_hpa),
        )

    def pace_m_s(self, times_ms: IntArray) -> tuple[FloatArray, FloatArray]:
        """The storm's own motion at moments, east and north; 0 outside the track."""
        seconds = np.diff(self.at_ms) / 1000
        leg = np.clip(np.searchsorted(self.at_ms, times_ms, side="right") - 1, 0, len(seconds) - 1)
        inside = (times_ms >= self.at_ms[0]) & (times_ms < self.at_ms[-1])
        east, north = np.diff(self.x) / seconds, np.diff(self.y) / seconds
        return np.where(inside, east[leg], 0.0), np.where(inside, north[leg], 0.0)

    def moved(self, aside_km: float, late_h: float) -> Track:
        """The same storm off its track: to the right and later, both growing from clock_start."""
        days = np.clip(self.at_ms / DAY_MS, 0.0, MOST_DAYS)
        dx, dy = np.gradient(self.x), np.gradient(self.y)
        length = np.maximum(np.sqrt(dx * dx + dy * dy), 1e-9)
        away = aside_km * 1000 * days
        later = np.rint(late_h * MS_PER_HOUR * days).astype(np.int64)
        at = np.maximum.accumulate(self.at_ms + later)
        at = at + np.arange(len(at))  # strictly later, by a millisecond where the error squeezes
        return Track(at, self.x + dy / length * away, self.y - dx / length * away,
                     self.pressure_hpa)  # fmt: skip

    def aside(self, km: float) -> Track:
        """The whole track moved to the right of its mean course."""
        dx, dy = float(self.x[-1] - self.x[0]), float(self.y[-1] - self.y[0])
        length = max(float(np.sqrt(dx * dx + dy * dy)), 1e-9)
        shift_x, shift_y = dy / length * km * 1000, -dx / length * km * 1000
        return Track(self.at_ms, self.x + shift_x, self.y + shift_y, self.pressure_hpa)


def track_of(spec: TrackPoints | TrackFile, geometry: Geometry, setting: Setting) -> Track:
    """The track in the working system.

    Raises:
        InputError: the file or the track in it cannot be read, or coordinates not transformed.
    """
    if isinstance(spec, TrackFile):
        return _from_file(spec, geometry, setting)
    points = tuple((point.x, point.y) for point in spec.points)
    x, y = placed(points, geometry, setting, f"{SECTION}.track.points")
    at = [round(point.at_min * MS_PER_MIN) for point in spec.points]
    return Track(np.array(at), x, y, np.array([point.pressure_hpa for point in spec.points]))


def _from_file(spec: TrackFile, geometry: Geometry, setting: Setting) -> Track:
    fixes = read_track(setting.folder, spec.file, spec.track_id)
    lon, lat = np.array([fix.lon for fix in fixes]), np.array([fix.lat for fix in fixes])
    x, y = to_work(lon, lat, "EPSG:4326", geometry.crs)
    local = timedelta(hours=spec.utc_offset_h, minutes=spec.shift_min)
    at = [(fix.time + local - setting.clock_start) // timedelta(milliseconds=1) for fix in fixes]
    pressure = np.array([fix.pressure_hpa for fix in fixes])
    return Track(np.array(at), x + spec.shift_x_m, y + spec.shift_y_m, pressure)
