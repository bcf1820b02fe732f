"""Rivers laid over places, roads and gauges once per scenario; everything wrong said at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.clock import NO_LEVEL
from sim.hazards.base import Gauges, Geometry, IntArray, LevelArray, Setting
from sim.hazards.ensemble import highest, lowest
from sim.hazards.valley import Cells, Course, Exposure, expose, nearest_on, roads_of
from sim.io.crs import to_work
from sim.schema.distributions import AnyDistribution
from sim.schema.hazard import River, RiverFloodSpec
from sim.schema.problems import InputError, Problem, Severity

FILE = "scenario.yaml"
THOUSANDTH = 1000
SHOWN = 8
"""Ids named in one problem before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Rivers:
    """Rivers on the map of one scenario.

    Attributes:
        places, roads: entries of places and of roads in the level series ``cells``.
        road_of_edge: int32 [n_edges], the road whose levels an edge shares.
        gauge_river: int64 [n_gauges], row of the gauge's river, -1 where it has none.
        gauge_lag_ms, gauge_bank_mm: int64 [n_gauges], wave time to and bank level at the gauge.
        rain_row: int64 [n_rivers], row of the rain that drives the river; -1 is the storm itself.
        warnings: what the planner should know.
    """

    places: Exposure
    roads: Exposure
    cells: Cells
    road_of_edge: LevelArray
    n_roads: int
    gauge_river: IntArray
    gauge_lag_ms: IntArray
    gauge_bank_mm: IntArray
    rain_row: IntArray
    warnings: tuple[Problem, ...]


def set_up(spec: RiverFloodSpec, geometry: Geometry, setting: Setting) -> Rivers:
    """Lay the rivers over the geometry.

    Raises:
        InputError: with every problem found.
    """
    courses = _courses(spec, geometry, setting)
    road_of_edge, owner, used = roads_of(geometry)
    step_ms = spec.step_min * 60_000
    places, roads, cells = expose(courses, geometry, (owner, used), step_ms)
    gauge_river, lag, bank, problems = _gauges(spec, courses, geometry.gauges)
    if not len(places.unknown) and not len(roads.unknown):
        problems += _reach(spec, cells)
    problems += _elevations(geometry, places, roads)
    problems += _wet_before(spec, geometry, places, cells)
    problems += _alarmed_before(spec, geometry.gauges, gauge_river, bank)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise InputError(problems)
    n_roads = int(road_of_edge.max(initial=-1)) + 1
    rain_row = _rain_rows(courses, geometry)
    return Rivers(
        places,
        roads,
        cells,
        road_of_edge,
        n_roads,
        gauge_river,
        lag,
        bank,
        rain_row,
        tuple(problems),
    )


def _courses(spec: RiverFloodSpec, geometry: Geometry, setting: Setting) -> list[Course]:
    """Courses in the working system, once all quantities are possible."""
    problems = list(_quantities(spec))
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


def _quantities(spec: RiverFloodSpec) -> Iterator[Problem]:
    """Distributions that may give values the physics cannot have; ids that come twice."""
    seen: set[str] = set()
    for i, river in enumerate(spec.rivers):
        at = f"hazard.rivers.{i}"
        if river.id in seen:
            yield Problem("hazard.river_twice", FILE, field=f"{at}.id", found=river.id)
        seen.add(river.id)
        yield from _positive(f"{at}.rise_m_per_h", river.rise_m_per_h)
        yield from _positive(f"{at}.fall_half_min", river.fall_half_min)
        top = highest(river.false_alarm_peak_above_bank_m, THOUSANDTH) / THOUSANDTH
        if spec.ensemble.false_alarm_members and top >= 0:
            field = f"{at}.false_alarm_peak_above_bank_m"
            yield Problem("hazard.false_alarm_peak", FILE, field=field, found=top, allowed="< 0")
    yield from _positive("hazard.storm.total_24h_mm", spec.storm.total_24h_mm)
    yield from _positive("hazard.storm.peak_hour_mm", spec.storm.peak_hour_mm)
    yield from _positive("hazard.storm.gauge_factor", spec.storm.gauge_factor)


def _positive(field: str, quantity: AnyDistribution) -> Iterator[Problem]:
    least = lowest(quantity, THOUSANDTH) / THOUSANDTH
    if least <= 0:
        yield Problem("hazard.not_positive", FILE, field=field, found=least, allowed="> 0")


def _gauges(
    spec: RiverFloodSpec, courses: list[Course], gauges: Gauges
) -> tuple[IntArray, IntArray, IntArray, list[Problem]]:
    """River, wave time and bank level of every gauge; an unnamed river is the nearest one."""
    rows = {river.id: r for r, river in enumerate(spec.rivers)}
    n = len(gauges.ids)
    river, lag, bank = np.full(n, -1), np.zeros(n, np.int64), np.zeros(n, np.int64)
    problems = []
    for g, name in enumerate(gauges.river):
        if name and name not in rows:
            allowed = ", ".join(rows)
            problems.append(Problem("hazard.gauge_river", "gauges", None, "river", name, allowed))
            continue
        chosen = [rows[name]] if name else list(range(len(courses)))
        feet = [
            nearest_on(courses[r], gauges.x[g : g + 1], gauges.y[g : g + 1], np.inf) for r in chosen
        ]
        best = int(np.argmin([foot.distance_m[0] for foot in feet]))
        river[g] = chosen[best]
        stated = float(gauges.chainage_m[g])
        chainage = feet[best].chainage_m if stated < 0 else np.array([stated])
        lag[g] = courses[river[g]].lag_ms(chainage)[0]
        bank[g] = courses[river[g]].bank_at(chainage)[0]
    return river, lag, bank, problems


def _reach(spec: RiverFloodSpec, cells: Cells) -> Iterator[Problem]:
    """Rivers without a place or road in reach: a slip of coordinates, or no danger to anybody."""
    for r, river in enumerate(spec.rivers):
        if not (cells.river == r).any():
            field = f"hazard.rivers.{r}.reach_m"
            severity: Severity = "warning" if len(cells.river) else "error"
            yield Problem("hazard.reaches_nothing", FILE, None, field, river.id, None, severity)


def _elevations(geometry: Geometry, places: Exposure, roads: Exposure) -> Iterator[Problem]:
    """In reach of a river an unknown ground is an error: unknown is not dry."""
    if len(places.unknown):
        names = [geometry.place_ids[row] for row in places.unknown.tolist()]
        yield Problem("hazard.place_elevation", FILE, None, "elevation_m", some(names))
    if len(roads.unknown):
        yield Problem("hazard.road_elevation", FILE, None, "roads", len(roads.unknown))


def _wet_before(
    spec: RiverFloodSpec, geometry: Geometry, places: Exposure, cells: Cells
) -> Iterator[Problem]:
    """Places that stand in the river before the flood; usually an elevation is wrong."""
    base = np.array([-round(river.base_below_bank_m * 1000) for river in spec.rivers])
    wet = base[cells.river[places.series]] > places.above_mm
    names = [geometry.place_ids[row] for row in np.unique(places.target[wet]).tolist()]
    if names:
        yield Problem(
            "hazard.place_in_river", FILE, None, "elevation_m", some(names), None, "warning"
        )


def _alarmed_before(
    spec: RiverFloodSpec, gauges: Gauges, river: IntArray, bank: IntArray
) -> Iterator[Problem]:
    """Gauges whose warning level lies below the level before the flood."""
    for g, r in enumerate(river.tolist()):
        if r < 0 or gauges.warning_mm[g] == NO_LEVEL:
            continue
        base = (int(bank[g]) - round(spec.rivers[r].base_below_bank_m * 1000)) / 1000
        if gauges.warning_mm[g] / 1000 <= base:
            found, allowed = f"{gauges.ids[g]}: {gauges.warning_mm[g] / 1000}", f"> {base}"
            yield Problem(
                "hazard.warning_below_base",
                "gauges",
                None,
                "warning_level_m",
                found,
                allowed,
                "warning",
            )


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


def some(names: list[str]) -> str:
    """The first names of a list, and how many more there are."""
    rest = f" … (+{len(names) - SHOWN})" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + rest
