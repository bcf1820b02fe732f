"""Recorded files laid over places, roads and gauges once per scenario."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from sim.clock import MS_PER_MIN, next_clock_time
from sim.hazards.base import BoolArray, Geometry, IntArray, LevelArray, Setting
from sim.hazards.recording import Frames, PlaceTable, Recording, Spells, Spread, arrivals
from sim.hazards.river_checks import FILE, some
from sim.hazards.valley import roads_of
from sim.io.layers import points_out
from sim.io.place_series import Column, read_place_series
from sim.io.polygons import FOR_EVER, PolygonLayer, timed_areas
from sim.io.quantity import Quantity
from sim.io.raster import Points, RasterLayer, band_times, raster_at
from sim.schema.hazard import MaximumDepth
from sim.schema.problems import InputError, Problem
from sim.schema.recorded_files import BandsFile, SeriesFiles


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording over the points of a scenario.

    Points are the places, then the used road samples, then the gauges. ``owner`` is the road of
    each used sample, ``road_of_edge`` the road of each directed edge, ``start_ms`` the moment at
    which it begins when nothing shifts it.
    """

    recording: Recording
    owner: IntArray
    road_of_edge: LevelArray
    start_ms: int
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Scene:
    """Points of the geometry, and what the readers need beside them."""

    points: Points
    geometry: Geometry
    setting: Setting
    quantity: Quantity


def set_up_recorded(
    data: Any, quantity: Quantity, geometry: Geometry, setting: Setting, *, decks_dry: bool
) -> Recorded:
    """Read the recorded files at the points of the geometry.

    ``data`` is one of the forms of ``sim.schema.hazard``; ``decks_dry``: what is recorded lies
    under ordinary bridges and not on them.

    Raises:
        InputError: with the problems of the first file that cannot be used.
    """
    start_ms = next_clock_time(setting.clock_start, data.starts_at)
    road_of_edge, owner, used = roads_of(geometry)
    if decks_dry:
        keep = _touched(geometry)[used]
        owner, used = owner[keep], used[keep]
    gauges = geometry.gauges
    points = Points(
        np.concatenate([geometry.place_x, geometry.sample_x[used], gauges.x]),
        np.concatenate([geometry.place_y, geometry.sample_y[used], gauges.y]),
        geometry.crs,
    )
    scene = _Scene(points, geometry, setting, quantity)
    recording, notes = _READERS[data.form](data, scene)
    if not len(recording.wet):
        raise InputError([*notes, Problem("hazard.never_wet", FILE, None, "hazard.data.form")])
    notes.append(_reached(recording.wet, geometry.n_places, len(owner), data))
    return Recorded(recording, owner, road_of_edge, start_ms, tuple(notes))


def _reached(wet: IntArray, n_places: int, n_samples: int, data: Any) -> Problem:
    """How many places and road points are ever reached; all others lie outside or are not."""
    places = f"{int((wet < n_places).sum())} / {n_places}"
    roads = int(((wet >= n_places) & (wet < n_places + n_samples)).sum())
    file = data.layers[0].file if isinstance(data, SeriesFiles) else data.file
    return _says("hazard.reach_says", file, places, f"{roads} / {n_samples}")


def _says(code: str, file: str, found: str, allowed: str) -> Problem:
    """What the planner is told about a file that was read."""
    return Problem(code, file, None, None, found, allowed, "warning")


def _touched(geometry: Geometry) -> BoolArray:
    """Samples at which recorded water touches the road.

    A depth map shows the river under a bridge, not water on its deck: of an ordinary bridge only
    the two ends count. A low-water bridge is in the water.
    """
    count = np.diff(geometry.sample_start)
    high = np.repeat(geometry.edge_bridge & ~geometry.edge_low_water_bridge, count)
    end = np.zeros(len(high), np.bool_)
    end[geometry.sample_start[:-1][count > 0]] = True
    end[geometry.sample_start[1:][count > 0] - 1] = True
    return np.asarray(~high | end)


def _maximum(data: MaximumDepth, scene: _Scene) -> tuple[Recording, list[Problem]]:
    stated = scene.setting.crs
    layer = RasterLayer(scene.setting.folder, data.file, scene.quantity, data.nodata_is_dry, stated)
    depth, notes = raster_at(layer, scene.points)
    line = np.array(data.spread_from, dtype=np.float64)
    work = scene.geometry.crs
    try:
        x, y = points_out(line[:, 0], line[:, 1], stated or work, work)
    except ValueError as error:
        field = "hazard.data.spread_from"
        problem = Problem("hazard.coordinates", FILE, None, field, str(error))
        raise InputError([problem]) from error
    points = scene.points
    cell, pace = f"{band_times(layer).cell:.4g}", f"{data.speed_m_per_h:g}"
    notes.append(_says("hazard.maximum_says", data.file, cell, pace))
    hold = data.fall_after_min
    return Spread(
        maximum_mm=depth.astype(np.int64),
        arrival_ms=arrivals((points.x, points.y), (x, y), data.speed_m_per_h),
        rise_ms=max(round(data.rise_min * MS_PER_MIN), 1),
        hold_ms=None if hold is None else round(hold * MS_PER_MIN),
        fall_half_ms=max(round(data.fall_half_min * MS_PER_MIN), 1),
    ), notes


def _series(data: SeriesFiles, scene: _Scene) -> tuple[Recording, list[Problem]]:
    frames, notes = [], []
    for item in data.layers:
        layer = RasterLayer(
            scene.setting.folder, item.file, scene.quantity, data.nodata_is_dry, scene.setting.crs
        )
        depth, found = raster_at(layer, scene.points)
        frames.append(depth)
        notes += found
    minutes, file = [item.at_min for item in data.layers], data.layers[0].file
    notes += _gaps(file, minutes)
    size = f"{len(minutes)} × {band_times(replace(layer, file=file)).cell:.4g}"
    notes.append(_says("hazard.raster_says", file, size, _step(minutes)))
    times = np.array(minutes, np.int64) * MS_PER_MIN
    return Frames(times, np.column_stack(frames)), notes


def _bands(data: BandsFile, scene: _Scene) -> tuple[Recording, list[Problem]]:
    """A file with a band per time; it says how fine it is in space and time."""
    layer = RasterLayer(
        folder=scene.setting.folder,
        file=data.file,
        quantity=scene.quantity,
        nodata_is_dry=data.nodata_is_dry,
        stated_crs=scene.setting.crs,
        variable=data.variable,
    )
    says = band_times(layer)
    minutes = says.minutes
    if data.every_min:
        minutes = tuple(band * data.every_min for band in range(says.count))
    if minutes is None or any(b <= a for a, b in pairwise(minutes)):
        raise InputError([Problem("hazard.band_times", data.file, None, "every_min", says.count)])
    frames: list[LevelArray] = []
    notes: list[Problem] = []
    for band in range(says.count):
        depth, found = raster_at(replace(layer, band=band + 1), scene.points)
        frames.append(depth)
        notes = found or notes
    notes += _gaps(data.file, minutes)
    size = f"{says.count} × {says.cell:.4g}"
    notes.append(_says("hazard.raster_says", data.file, size, _step(minutes)))
    times = (np.array(minutes, np.int64) + data.first_min) * MS_PER_MIN
    return Frames(times, np.column_stack(frames)), notes


def _step(minutes: Sequence[int]) -> str:
    """Shortest time between two layers, as text."""
    return f"{min((b - a for a, b in pairwise(minutes)), default=0)}"


def _gaps(file: str, minutes: Sequence[int]) -> list[Problem]:
    """Pauses of a series at least twice as long as its usual step: the depth there is a guess."""
    steps = [b - a for a, b in pairwise(minutes)]
    usual = sorted(steps)[(len(steps) - 1) // 2] if steps else 0
    gaps = [f"{a}…{b}" for a, b in pairwise(minutes) if b - a >= 2 * usual > 0]
    if not gaps:
        return []
    return [Problem("hazard.time_gap", file, None, None, some(gaps), usual, "warning")]


def _polygons(data: Any, scene: _Scene) -> tuple[Recording, list[Problem]]:
    layer = PolygonLayer(
        folder=scene.setting.folder,
        file=data.file,
        value_field=data.value_field,
        from_field=data.from_field,
        to_field=data.to_field,
        stated_crs=scene.setting.crs,
        quantity=scene.quantity,
    )
    areas, notes = timed_areas(layer, scene.points)
    last = areas.to_ms[areas.to_ms < FOR_EVER].max(initial=areas.from_ms.max())
    span = f"{areas.from_ms.min() / MS_PER_MIN:g}…{last / MS_PER_MIN:g}"
    notes.append(_says("hazard.polygons_says", data.file, f"{len(areas.level)}", span))
    order = np.lexsort((areas.area, areas.point))
    area = areas.area[order]
    return Spells(
        areas.point[order], areas.level[area], areas.from_ms[area], areas.to_ms[area]
    ), notes


def _places(data: Any, scene: _Scene) -> tuple[Recording, list[Problem]]:
    geometry = scene.geometry
    column = Column(data.value_field, scene.quantity)
    series, notes = read_place_series(scene.setting.folder, data.file, geometry.place_ids, column)
    listed = np.array(sorted(series), np.int64)
    gaps = [b - a for one in series.values() for a, b in pairwise(one.at_ms)]
    steps = [f"{gap / MS_PER_MIN:g}" for gap in (min(gaps), max(gaps))] if gaps else ["0"]
    size = f"{len(series)} / {geometry.n_homes or geometry.n_places}"
    notes.append(_says("hazard.places_says", data.file, size, "…".join(dict.fromkeys(steps))))
    n_places = geometry.n_places
    of_point = np.full(len(scene.points.x), -1, np.int64)
    of_point[listed] = np.arange(len(listed))
    x, y = scene.points.x, scene.points.y
    reach2 = data.edge_reach_m * data.edge_reach_m
    for begin in range(n_places, len(x), 4096):
        some = slice(begin, min(begin + 4096, len(x)))
        away2 = (x[some, None] - x[listed]) ** 2 + (y[some, None] - y[listed]) ** 2
        nearest = np.argmin(away2, axis=1)
        close = away2[np.arange(len(nearest)), nearest] <= reach2
        of_point[some] = np.where(close, nearest, -1)
    return PlaceTable(
        of_point,
        tuple(np.array(series[row].at_ms, np.int64) for row in listed.tolist()),
        tuple(np.array(series[row].level, np.int64) for row in listed.tolist()),
    ), notes


_READERS: dict[str, Callable[[Any, _Scene], tuple[Recording, list[Problem]]]] = {
    "maximum": _maximum,
    "series": _series,
    "bands": _bands,
    "polygons": _polygons,
    "places": _places,
}
