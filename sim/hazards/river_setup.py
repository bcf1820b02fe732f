"""Rivers laid over places, roads and gauges once per scenario; everything wrong said at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_MIN
from sim.hazards import river_checks as checks
from sim.hazards.base import FloatArray, Gauges, Geometry, IntArray, LevelArray, Setting
from sim.hazards.river_checks import FILE
from sim.hazards.valley import Cells, Course, Exposure, expose, nearest_on, roads_of
from sim.io.crs import to_work
from sim.schema.hazard import River, RiverFloodSpec
from sim.schema.problems import InputError, Problem

RAIN_FORECAST_UP_TO_H = 3.0
"""Longest lead for a river driven by rain: about the time its catchment takes (judgement)."""


@dataclass(frozen=True, slots=True)
class OnRiver:
    """Gauges on their rivers, one row per gauge.

    Attributes:
        river: int64, row of the gauge's river, -1 where it has none.
        lag_ms, bank_mm: int64, wave time to and bank level at the gauge.
        up_to_h: float64, longest lead at which its level is forecast.
    """

    river: IntArray
    lag_ms: IntArray
    bank_mm: IntArray
    up_to_h: FloatArray


@dataclass(frozen=True, slots=True)
class Rivers:
    """Rivers on the map of one scenario.

    Attributes:
        places, roads: entries of places and of roads in the level series ``cells``.
        road_of_edge: int32 [n_edges], the road whose levels an edge shares.
        rain_row: int64 [n_rivers], row of the rain that drives the river; -1 is the storm itself.
        warnings: what the planner should know.
    """

    places: Exposure
    roads: Exposure
    cells: Cells
    road_of_edge: LevelArray
    gauges: OnRiver
    rain_row: IntArray
    warnings: tuple[Problem, ...]

    @property
    def n_roads(self) -> int:
        """Number of roads, each with one or two directed edges."""
        return int(self.road_of_edge.max(initial=-1)) + 1


def set_up(spec: RiverFloodSpec, geometry: Geometry, setting: Setting) -> Rivers:
    """Lay the rivers over the geometry.

    Raises:
        InputError: with every problem found.
    """
    courses = _courses(spec, geometry, setting)
    road_of_edge, owner, used = roads_of(geometry)
    places, roads, cells = expose(courses, geometry, (owner, used), spec.step_min * MS_PER_MIN)
    gauges, problems = _gauges(spec, courses, geometry.gauges)
    if not len(places.unknown) and not len(roads.unknown):
        problems += checks.reach(spec, cells)
    problems += checks.elevations(geometry, places, roads)
    problems += checks.wet_before(spec, geometry, places, cells)
    problems += checks.alarmed_before(spec, geometry.gauges, gauges.river, gauges.bank_mm)
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    return Rivers(
        places=places,
        roads=roads,
        cells=cells,
        road_of_edge=road_of_edge,
        gauges=gauges,
        rain_row=_rain_rows(courses, geometry),
        warnings=tuple(problems),
    )


def _courses(spec: RiverFloodSpec, geometry: Geometry, setting: Setting) -> list[Course]:
    """Courses in the working system, once all quantities are possible."""
    problems = list(checks.quantities(spec))
    courses = []
    for i, river in enumerate(spec.rivers):
        field = f"hazard.rivers.{i}.course"
        if not setting.crs and all(abs(x) <= 180 and abs(y) <= 90 for x, y, _ in river.course):
            problems.append(
                Problem("hazard.crs_missing", FILE, field=field, allowed="crs.hazard: EPSG:…")
            )
            continue
        try:
            courses.append(_course(river, setting.crs or geometry.crs, geometry.crs))
        except ValueError as error:
            problems.append(Problem("hazard.coordinates", FILE, field=field, found=str(error)))
    if problems:
        raise InputError(problems)
    return courses


def _course(river: River, layer_crs: str, work_crs: str) -> Course:
    points = np.array(river.course, dtype=np.float64)
    x, y = to_work(points[:, 0], points[:, 1], layer_crs, work_crs)
    chainage = Course.along(x, y)
    if chainage[-1] <= 0:
        raise ValueError("all points of the course are the same")
    return Course(
        x=x,
        y=y,
        chainage_m=chainage,
        bank_mm=points[:, 2] * 1000,
        reach_m=river.reach_m,
        side_fall_m_per_km=river.side_fall_m_per_km,
        celerity_km_per_h=river.celerity_km_per_h,
    )


def _gauges(
    spec: RiverFloodSpec, courses: list[Course], gauges: Gauges
) -> tuple[OnRiver, list[Problem]]:
    """Every gauge on its river; where the table names none, on the nearest one."""
    rows = {river.id: r for r, river in enumerate(spec.rivers)}
    n = len(gauges.ids)
    placed = OnRiver(np.full(n, -1), np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n))
    problems = []
    for g, name in enumerate(gauges.river):
        if name and name not in rows:
            allowed = ", ".join(rows)
            problems.append(Problem("hazard.gauge_river", "gauges", None, "river", name, allowed))
            continue
        chosen = [rows[name]] if name else list(range(len(courses)))
        at_x, at_y = gauges.x[g : g + 1], gauges.y[g : g + 1]
        feet = [nearest_on(courses[r], at_x, at_y, np.inf) for r in chosen]
        best = int(np.argmin([foot.distance_m[0] for foot in feet]))
        r = chosen[best]
        stated = float(gauges.chainage_m[g])
        chainage = feet[best].chainage_m if stated < 0 else np.array([stated])
        placed.river[g] = r
        placed.lag_ms[g] = courses[r].lag_ms(chainage)[0]
        placed.bank_mm[g] = courses[r].bank_at(chainage)[0]
        placed.up_to_h[g] = _up_to_h(spec.rivers[r])
    return placed, problems


def _up_to_h(river: River) -> float:
    if river.forecast_up_to_h is not None:
        return river.forecast_up_to_h
    return RAIN_FORECAST_UP_TO_H if river.driven_by == "rain" else np.inf


def _rain_rows(courses: list[Course], geometry: Geometry) -> IntArray:
    """The rain gauge nearest to the middle of each course; -1 (the storm itself) without gauges."""
    gauges = geometry.rain_gauges
    if not gauges.ids:
        return np.full(len(courses), -1)
    rows = []
    for course in courses:
        middle = course.chainage_m[-1] / 2
        x = np.interp(middle, course.chainage_m, course.x)
        y = np.interp(middle, course.chainage_m, course.y)
        rows.append(int(np.argmin((gauges.x - x) ** 2 + (gauges.y - y) ** 2)))
    return np.array(rows)
