"""What kinds share that know the level at any point: points, members, quiet signals.

A kind says how high its level is at given points over all steps. Here the points are taken from
the places and roads of the scenario, and what it says is gathered into a member's rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.clock import MS_PER_MIN, NO_LEVEL
from sim.hazards.base import (
    FloatArray,
    Geometry,
    IntArray,
    LevelArray,
    Member,
    MemberCache,
    Setting,
    Signals,
)
from sim.hazards.river_checks import FILE
from sim.hazards.valley import roads_of
from sim.io.crs import to_work
from sim.schema.problems import InputError, Problem

ROWS_AT_ONCE = 2_000
"""Points whose levels are worked out in one go, to keep memory small."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The points of a scenario: its places, then the used samples of its roads.

    Attributes:
        x, y: float64 [n_points], metres in the working system.
        surface_mm: int64 [n_points], ground of the place, surface of the road; NO_LEVEL unknown.
        n_places: how many of them are places.
        owner: int64 [n_samples], road of each sample.
        road_of_edge: int32 [n_edges], road of each directed edge.
    """

    x: FloatArray
    y: FloatArray
    surface_mm: IntArray
    n_places: int
    owner: IntArray
    road_of_edge: LevelArray


class Levels(NamedTuple):
    """Rows of a member: as in ``Member``."""

    edge_row: LevelArray
    edge_levels: LevelArray
    place_row: LevelArray
    place_levels: LevelArray


class Ensembled:
    """An ensemble whose members are built by a function when first asked for."""

    def __init__(
        self,
        steps: tuple[int, int],
        members: int,
        build: Callable[[int], Member],
        warnings: tuple[Problem, ...] = (),
    ) -> None:
        self.step_ms, self.n_steps = steps
        self.weights: IntArray = np.ones(members, np.int64)
        self.warnings = warnings
        self._cache = MemberCache(build)

    def member(self, k: int) -> Member:
        """Member ``k`` of the ensemble."""
        return self._cache.get(k)


def steps_of(step_min: int, setting: Setting) -> tuple[int, int]:
    """Length of a step in ms, and how many cover the horizon."""
    step_ms = step_min * MS_PER_MIN
    return step_ms, setting.steps(step_ms)


def ground_of(geometry: Geometry) -> Ground:
    """The points of a geometry; of the two directions of a road one is enough."""
    road_of_edge, owner, used = roads_of(geometry)
    return Ground(
        np.concatenate([geometry.place_x, geometry.sample_x[used]]),
        np.concatenate([geometry.place_y, geometry.sample_y[used]]),
        np.concatenate([geometry.place_z_mm, geometry.surface_mm()[used]]),
        geometry.n_places,
        owner,
        road_of_edge,
    )


def gather(
    ground: Ground, rows: IntArray, n_steps: int, level: Callable[[IntArray], IntArray]
) -> Levels:
    """Levels of places and roads from the levels at points.

    ``rows`` are the points within reach, ascending; ``level(rows)`` gives int64 [n_rows, n_steps].
    A road takes the highest level along it, never below 0.
    """
    places = rows[rows < ground.n_places]
    samples = rows[rows >= ground.n_places]
    place_row = np.full(ground.n_places, -1, np.int32)
    place_row[places] = np.arange(len(places))
    at_places = np.zeros((len(places), n_steps), np.int32)
    for some in _parts(len(places)):
        at_places[some] = level(places[some])
    road_row = np.full(int(ground.road_of_edge.max(initial=-1)) + 1, -1, np.int32)
    roads, line = np.unique(ground.owner[samples - ground.n_places], return_inverse=True)
    road_row[roads] = np.arange(len(roads))
    on_roads = np.zeros((len(roads), n_steps), np.int32)
    for some in _parts(len(samples)):
        begins = np.flatnonzero(np.diff(line[some], prepend=-1) != 0)
        highest = np.maximum.reduceat(level(samples[some]), begins, axis=0)
        target = line[some][begins]
        on_roads[target] = np.maximum(on_roads[target], highest)
    return Levels(road_row[ground.road_of_edge], on_roads, place_row, at_places)


def gather_spells(
    ground: Ground,
    rows: IntArray,
    spells: list[tuple[int, IntArray, IntArray]],
    steps: tuple[int, int],
) -> Levels:
    """Levels that hold from one moment to another; the highest that holds counts.

    ``spells`` are (level, from, until) with one moment in ms per point of ``rows``; ``steps`` are
    (length in ms, number). A step counts from the one in which the spell begins.
    """
    step_ms, n_steps = steps
    times = np.arange(n_steps, dtype=np.int64) * step_ms
    ever = np.zeros(len(rows), np.bool_)
    for _, begins, ends in spells:
        ever |= begins < ends

    def level(wanted: IntArray) -> IntArray:
        at = np.searchsorted(rows, wanted)
        out = np.zeros((len(wanted), n_steps), np.int64)
        for value, begins, ends in spells:
            on = (times + step_ms > begins[at][:, None]) & (times < ends[at][:, None])
            out = np.maximum(out, np.where(on, value, 0))
        return out

    return gather(ground, rows[ever], n_steps, level)


def nothing(ground: Ground, n_steps: int) -> Levels:
    """Levels of a member in which the danger never comes."""
    return gather(ground, np.zeros(0, np.int64), n_steps, lambda rows: rows)


def quiet_signals(geometry: Geometry, step_ms: int, onset_ms: IntArray) -> Signals:
    """Signals of a kind that no gauge measures: only when the danger is expected to begin."""
    n = len(onset_ms)
    n_gauges, n_rain = len(geometry.gauges.ids), len(geometry.rain_gauges.ids)
    return Signals(
        step_ms=step_ms,
        levels_mm=np.full((n_gauges, n), NO_LEVEL, np.int32),
        lead_steps=(),
        level_forecasts_mm=np.zeros((n_gauges, 0, n), np.int32),
        rain_01mm=np.zeros((n_rain, n), np.int32),
        rain_hours=(),
        rain_forecasts_01mm=np.zeros((n_rain, 0, n), np.int32),
        onset_forecast_ms=onset_ms,
    )


def placed(
    points: tuple[tuple[float, float], ...], geometry: Geometry, setting: Setting, field: str
) -> tuple[FloatArray, FloatArray]:
    """Points of the hazard section in the working system.

    Raises:
        InputError: longitudes and latitudes without a stated system, or they cannot be transformed.
    """
    at = np.array(points, dtype=np.float64).reshape(-1, 2)
    if not setting.crs and bool((np.abs(at[:, 0]) <= 180).all() and (np.abs(at[:, 1]) <= 90).all()):
        allowed = "crs.hazard: EPSG:…"
        raise InputError([Problem("hazard.crs_missing", FILE, field=field, allowed=allowed)])
    try:
        return to_work(at[:, 0], at[:, 1], setting.crs or geometry.crs, geometry.crs)
    except ValueError as error:
        found = str(error)
        raise InputError([Problem("hazard.coordinates", FILE, field=field, found=found)]) from error


def _parts(n: int) -> list[slice]:
    return [slice(begin, begin + ROWS_AT_ONCE) for begin in range(0, n, ROWS_AT_ONCE)]
