"""Kind ``dike_breach``: a river breaks into a polder, and the polder fills.

The breach widens, a broad-crested weir gives the inflow, the polder's table gives its level
(``breach``). A point is dry until the front has come to it from the breach; then it stands as deep
as the level of the polder says. A leak that crews hold is a false alarm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from sim.clock import MS_PER_MIN, NO_LEVEL
from sim.hazards import forecasts as fc
from sim.hazards import river_checks as checks
from sim.hazards.base import (
    NO_WATER_MM,
    BoolArray,
    Gauges,
    Geometry,
    IntArray,
    Member,
    Setting,
    Signals,
)
from sim.hazards.breach import Breach, Filling, Polder, fill, front_ms, polder_of
from sim.hazards.ensemble import EnsembleDraws, look_up
from sim.hazards.field import (
    Ensembled,
    Ground,
    Levels,
    gather,
    ground_of,
    nothing,
    placed,
    quiet_signals,
    steps_of,
)
from sim.hazards.recorded import expected_onset
from sim.hazards.river_checks import FILE, SECTION, some, within
from sim.hazards.storm import Grid
from sim.schema.hazard_breach import DikeBreachSpec
from sim.schema.problems import InputError, Problem

MILLIONTH = 1_000_000
MM = 1000


@dataclass(frozen=True, slots=True)
class _Polder:
    """The polder on the map: points and gauges inside, and how far they lie from the breach."""

    ground: Ground
    inside: IntArray
    distance_m: np.ndarray[tuple[int], np.dtype[np.float64]]
    gauge_inside: BoolArray
    table: Polder


class DikeBreach:
    """Builds the members of one dike breach."""

    def __init__(self, spec: DikeBreachSpec, geometry: Geometry, setting: Setting) -> None:
        self._spec, self._geometry = spec, geometry
        self.step_ms, self.n_steps = steps_of(spec.step_min, setting)
        self._draws = EnsembleDraws(spec.ensemble)
        self._begins = self._draws.stratified("hazard/start")
        self._polder = _set_up(spec, geometry, setting)
        self._after = fc.steps_after_horizon(spec.forecasts, self.step_ms)

    def member(self, k: int) -> Member:
        """Member ``k``: filled once, then read at every point."""
        false_alarm = bool(self._draws.false_alarm[k])
        filling, front = self._filling(k)
        ground, n = self._polder.ground, self.n_steps
        levels = nothing(ground, n) if false_alarm else self._levels(filling, front)
        label = f"m{k:02d}" + (" false alarm" if false_alarm else "")
        return Member(k, label, *levels, self._signals(k, filling))

    def begins_ms(self, k: int) -> int:
        """When the dike breaks in member ``k``, or was about to."""
        return look_up(self._spec.opening.begins_min, MS_PER_MIN, int(self._begins[k]))

    def _filling(self, k: int) -> tuple[Filling, IntArray]:
        """The polder over time, and when the front comes to each point inside."""
        spec, draws = self._spec, self._draws
        factor = look_up(spec.opening.width_factor, MILLIONTH, draws.near_size(k, "hazard/width"))
        since, width = np.array(spec.opening.width).T
        breach = Breach(
            self.begins_ms(k),
            np.rint(since * MS_PER_MIN).astype(np.int64),
            np.rint(width * MM * (factor / MILLIONTH)).astype(np.int64),
            round(spec.opening.sill_m * MM),
        )
        if draws.false_alarm[k]:
            breach = Breach(breach.begins_ms, np.zeros(1, np.int64), np.zeros(1, np.int64), 0)
        filling = fill(breach, self._polder.table, self._outer(k), self.step_ms)
        speed = look_up(spec.front_m_per_h, MM, draws.free(k, "hazard/front")) / MM
        return filling, breach.begins_ms + front_ms(self._polder.distance_m, speed)

    def _outer(self, k: int) -> IntArray:
        """Level of the river at each step, also beyond the horizon, whole mm."""
        quantile = self._draws.near_size(k, "hazard/outer")
        shift = look_up(self._spec.outer_shift_m, MM, quantile)
        at, level = np.array(self._spec.outer).T
        times = np.arange(self.n_steps + self._after) * self.step_ms
        outer = np.interp(times, at * MS_PER_MIN, level * MM) + shift
        return np.asarray(np.rint(outer), np.int64)

    def _levels(self, filling: Filling, front: IntArray) -> Levels:
        """Depth in the middle of every step, so that water is as often early as late."""
        ground, inside = self._polder.ground, self._polder.inside
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms + self.step_ms // 2
        ends = np.minimum(np.arange(self.n_steps) + 1, len(filling.level_mm) - 1)
        water = (filling.level_mm[: self.n_steps] + filling.level_mm[ends]) // 2

        def depth(rows: IntArray) -> IntArray:
            here = np.searchsorted(inside, rows)
            above = water[None, :] - ground.surface_mm[rows][:, None]
            return np.where(times[None, :] >= front[here][:, None], above, NO_WATER_MM)

        return gather(ground, inside, self.n_steps, depth)

    def _signals(self, k: int, filling: Filling) -> Signals:
        spec, geometry = self._spec, self._geometry
        times = np.arange(self.n_steps, dtype=np.int64) * self.step_ms
        error = look_up(spec.onset.error_h_at_24h, 60 * MS_PER_MIN, self._draws.free(k, "onset"))
        truth = (error, bool(self._draws.false_alarm[k]))
        onset = expected_onset(spec.onset, times, self.begins_ms(k), truth)
        quiet = quiet_signals(geometry, self.step_ms, onset)
        n_gauges = len(geometry.gauges.ids)
        if not n_gauges:
            return quiet
        inside = self._polder.gauge_inside[:, None]
        levels = np.where(inside, filling.level_mm[None, :], self._outer(k)[None, :])
        grid = Grid(self.step_ms, 0, self.n_steps + self._after)
        reach = fc.Truth(levels, grid, np.full(n_gauges, np.inf))
        ahead = fc.level_forecasts(spec.forecasts, self._draws, k, geometry.gauges, reach)
        n_rain = len(geometry.rain_gauges.ids)
        return Signals(
            step_ms=self.step_ms,
            levels_mm=levels[:, : self.n_steps].astype(np.int32),
            lead_steps=fc.lead_steps(spec.forecasts, self.step_ms),
            level_forecasts_mm=ahead,
            rain_01mm=quiet.rain_01mm,
            rain_hours=fc.RAIN_WINDOWS_H,
            rain_forecasts_01mm=np.zeros((n_rain, len(fc.RAIN_WINDOWS_H), self.n_steps), np.int32),
            onset_forecast_ms=onset,
        )


def _set_up(spec: DikeBreachSpec, geometry: Geometry, setting: Setting) -> _Polder:
    """The polder over the points of the scenario.

    Raises:
        InputError: the outline is no area, nothing lies inside, or what lies inside has no
            elevation.
    """
    x, y = placed(spec.area, geometry, setting, f"{SECTION}.area")
    outline = shapely.Polygon(np.column_stack([x, y]))
    if not outline.is_valid or outline.area <= 0:
        raise InputError([Problem("hazard.outline", FILE, field=f"{SECTION}.area")])
    shapely.prepare(outline)
    ground = ground_of(geometry)
    inside = np.flatnonzero(shapely.intersects_xy(outline, ground.x, ground.y))
    problems = list(_elevations(geometry, ground, inside))
    if not len(inside):
        problems.append(Problem("hazard.never_wet", FILE, field=f"{SECTION}.area"))
    if problems:
        raise InputError(problems)
    at_x, at_y = placed((spec.opening.at,), geometry, setting, f"{SECTION}.opening.at")
    away2 = (ground.x[inside] - at_x[0]) ** 2 + (ground.y[inside] - at_y[0]) ** 2
    gauges: Gauges = geometry.gauges
    level = np.array([row.level_m for row in spec.storage])
    area = np.array([row.area_km2 for row in spec.storage])
    return _Polder(
        ground,
        inside,
        np.sqrt(away2),
        np.asarray(shapely.intersects_xy(outline, gauges.x, gauges.y)),
        polder_of(level, area),
    )


def _elevations(geometry: Geometry, ground: Ground, inside: IntArray) -> list[Problem]:
    unknown = inside[ground.surface_mm[inside] == NO_LEVEL]
    places = [geometry.place_ids[row] for row in unknown[unknown < ground.n_places].tolist()]
    roads = np.unique(ground.owner[unknown[unknown >= ground.n_places] - ground.n_places])
    problems = []
    if places:
        found = some(places)
        problems.append(Problem("hazard.place_elevation", FILE, None, "elevation_m", found))
    if len(roads):
        problems.append(Problem("hazard.road_elevation", FILE, None, "roads", len(roads)))
    return problems


def build_dike_breach(spec: DikeBreachSpec, geometry: Geometry, setting: Setting) -> Ensembled:
    """The ensemble of a ``dike_breach`` section.

    Raises:
        InputError: impossible quantities, or what ``_set_up`` finds on the map.
    """
    at = SECTION
    problems = [
        *within(f"{at}.opening.begins_min", spec.opening.begins_min, 0, 100_000),
        *within(f"{at}.opening.width_factor", spec.opening.width_factor, 0.01, 20),
        *within(f"{at}.outer_shift_m", spec.outer_shift_m, -20, 20),
        *within(f"{at}.front_m_per_h", spec.front_m_per_h, 10, 20_000),
        *within(f"{at}.onset.error_h_at_24h", spec.onset.error_h_at_24h, -48, 48),
        *checks.forecast_quantities(spec.forecasts),
    ]
    if problems:
        raise InputError(problems)
    breach = DikeBreach(spec, geometry, setting)
    steps = (breach.step_ms, breach.n_steps)
    return Ensembled(steps, spec.ensemble.members, breach.member)
