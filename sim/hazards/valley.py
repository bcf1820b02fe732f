"""Which places and roads a river can reach, and how high they lie above its bank.

Flooding is level with the river: a point is as deep as the water surface at the nearest point of
the river's course lies above its ground. Dikes, culverts and ponds behind a bank are not seen;
where they matter, use recorded depths from a hydraulic model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_HOUR, NO_LEVEL
from sim.hazards.base import FloatArray, Geometry, IntArray, LevelArray

CELLS_PER_STEP = 10
"""Points whose wave times differ by less than this part of a step share one level series."""


@dataclass(frozen=True, slots=True)
class Course:
    """A river's course in the working system: vertices, chainage (m) and bank level (mm)."""

    x: FloatArray
    y: FloatArray
    chainage_m: FloatArray
    bank_mm: FloatArray
    reach_m: float
    side_fall_m_per_km: float
    celerity_km_per_h: float

    @staticmethod
    def along(x: FloatArray, y: FloatArray) -> FloatArray:
        """Chainage of the vertices in metres."""
        step = np.sqrt(np.diff(x) ** 2 + np.diff(y) ** 2)
        return np.concatenate([[0.0], np.cumsum(step)])

    def lag_ms(self, chainage_m: FloatArray) -> IntArray:
        """Travel time of the wave from the upper end, whole ms."""
        hours = chainage_m / (self.celerity_km_per_h * 1000)
        return np.rint(hours * MS_PER_HOUR).astype(np.int64)

    def bank_at(self, chainage_m: FloatArray) -> IntArray:
        """Bank level at chainages, whole mm."""
        return np.rint(np.interp(chainage_m, self.chainage_m, self.bank_mm)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Near:
    """Points within reach of a river: their rows, chainage and distance (m)."""

    rows: IntArray
    chainage_m: FloatArray
    distance_m: FloatArray


def nearest_on(course: Course, x: FloatArray, y: FloatArray, reach_m: float) -> Near:
    """Foot points on the course of all points not farther than ``reach_m``; ties go upstream."""
    best = np.full(len(x), np.inf)
    chainage = np.zeros(len(x))
    order = np.argsort(x, kind="stable")
    sorted_x = x[order]
    for i in range(len(course.x) - 1):
        ax, ay, bx, by = course.x[i], course.y[i], course.x[i + 1], course.y[i + 1]
        first = np.searchsorted(sorted_x, min(ax, bx) - reach_m, side="left")
        last = np.searchsorted(sorted_x, max(ax, bx) + reach_m, side="right")
        rows = order[first:last]
        rows = rows[(y[rows] >= min(ay, by) - reach_m) & (y[rows] <= max(ay, by) + reach_m)]
        dx, dy = bx - ax, by - ay
        length2 = dx * dx + dy * dy
        along = (x[rows] - ax) * dx + (y[rows] - ay) * dy
        share = np.clip(along / length2, 0.0, 1.0) if length2 > 0 else np.zeros(len(rows))
        away2 = (x[rows] - ax - share * dx) ** 2 + (y[rows] - ay - share * dy) ** 2
        closer = away2 < best[rows]
        best[rows[closer]] = away2[closer]
        chainage[rows[closer]] = course.chainage_m[i] + share[closer] * np.sqrt(length2)
    found = np.flatnonzero(best <= reach_m * reach_m)
    return Near(found, chainage[found], np.sqrt(best[found]))


@dataclass(frozen=True, slots=True)
class Exposure:
    """Entries (target, level series, height above bank), sorted by target.

    ``series`` indexes the level series of ``Cells``; ``above_mm`` is the ground's height above the
    bank at the nearest river point. ``unknown`` are targets within reach whose ground is unknown.
    """

    target: IntArray
    series: IntArray
    above_mm: IntArray
    unknown: IntArray


@dataclass(frozen=True, slots=True)
class Cells:
    """Level series needed: for each its river and the wave's lag at the middle of the cell."""

    river: IntArray
    lag_ms: IntArray


def expose(
    courses: list[Course], geometry: Geometry, owners: tuple[IntArray, IntArray], step_ms: int
) -> tuple[Exposure, Exposure, Cells]:
    """Entries of places and of roads (``owners``: road row of each used sample, used samples)."""
    owner, samples = owners
    places = _entries(
        courses,
        (np.arange(geometry.n_places), geometry.place_x, geometry.place_y, geometry.place_z_mm),
        step_ms,
    )
    roads = _entries(
        courses,
        (
            owner,
            geometry.sample_x[samples],
            geometry.sample_y[samples],
            geometry.surface_mm()[samples],
        ),
        step_ms,
    )
    keys = np.concatenate([places[1], roads[1]], axis=0)
    cells, series = np.unique(keys, axis=0, return_inverse=True)
    series = series.reshape(-1)
    lag = np.zeros(len(cells), np.int64)
    for r, course in enumerate(courses):
        mine = cells[:, 0] == r
        lag[mine] = cells[mine, 1] * _cell_ms(step_ms) + _cell_ms(step_ms) // 2
        lag[mine] = np.minimum(lag[mine], course.lag_ms(course.chainage_m[-1:])[0])
    n = len(places[0])
    return (
        _exposure(places[0], series[:n], places[2], places[3]),
        _exposure(roads[0], series[n:], roads[2], roads[3]),
        Cells(cells[:, 0], lag),
    )


def _cell_ms(step_ms: int) -> int:
    return step_ms // CELLS_PER_STEP


def _entries(
    courses: list[Course],
    points: tuple[IntArray, FloatArray, FloatArray, IntArray],
    step_ms: int,
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Target, (river, cell), height above the bank of every point in reach; unknown targets."""
    target, x, y, z_mm = points
    targets, keys, above, unknown = [], [], [], []
    for r, course in enumerate(courses):
        near = nearest_on(course, x, y, course.reach_m)
        known = z_mm[near.rows] != NO_LEVEL
        unknown.append(target[near.rows[~known]])
        rows, chainage = near.rows[known], near.chainage_m[known]
        fall = np.rint(course.side_fall_m_per_km * near.distance_m[known]).astype(np.int64)
        targets.append(target[rows])
        above.append(z_mm[rows] - course.bank_at(chainage) + fall)
        cell = course.lag_ms(chainage) // _cell_ms(step_ms)
        keys.append(np.column_stack([np.full(len(rows), r), cell]))
    return (
        np.concatenate(targets),
        np.concatenate(keys, axis=0).astype(np.int64),
        np.concatenate(above),
        np.unique(np.concatenate(unknown)),
    )


def _exposure(
    target: IntArray, series: IntArray, above_mm: IntArray, unknown: IntArray
) -> Exposure:
    """Of all samples of a target in the same cell only the lowest can be the deepest."""
    order = np.lexsort((above_mm, series, target))
    target, series, above_mm = target[order], series[order], above_mm[order]
    first = np.ones(len(target), np.bool_)
    first[1:] = (np.diff(target) != 0) | (np.diff(series) != 0)
    return Exposure(target[first], series[first], above_mm[first], unknown)


def highest_levels(
    exposure: Exposure, levels_mm: IntArray, above_all_mm: int, n_targets: int
) -> tuple[LevelArray, LevelArray]:
    """Row per target (-1 where never above the limit) and int32 levels [n_rows, n_steps].

    The level of a target is the highest over its entries: river level above bank less the ground's
    height above bank. Targets that never exceed ``above_all_mm`` get no row.
    """
    top = levels_mm.max(axis=1, initial=NO_LEVEL) if levels_mm.size else np.zeros(0, np.int64)
    wet = np.flatnonzero(top[exposure.series] - exposure.above_mm > above_all_mm)
    row = np.full(n_targets, -1, np.int32)
    if not len(wet):
        return row, np.zeros((0, levels_mm.shape[1]), np.int32)
    target = exposure.target[wet]
    begins = np.flatnonzero(np.concatenate([[True], np.diff(target) != 0]))
    row[target[begins]] = np.arange(len(begins))
    narrow = levels_mm.astype(np.int32)
    depth = narrow[exposure.series[wet]]
    depth -= exposure.above_mm[wet].astype(np.int32)[:, None]
    return row, np.maximum.reduceat(depth, begins, axis=0)


def roads_of(geometry: Geometry) -> tuple[LevelArray, IntArray, IntArray]:
    """Directed edges folded to roads: road of each edge, road of each used sample, used samples.

    The two directions of a road have the same points in opposite order; one of them is enough.
    """
    start = geometry.sample_start
    count = np.diff(start)
    key = np.zeros((geometry.n_edges, 8), np.int64)
    first, last = start[:-1], start[1:] - 1
    x = np.rint(geometry.sample_x * 10).astype(np.int64)
    y = np.rint(geometry.sample_y * 10).astype(np.int64)
    ends = np.stack([np.stack([x[first], y[first]], 1), np.stack([x[last], y[last]], 1)], 1)
    swap = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[swap] = ends[swap][:, ::-1]
    key[:, :4] = ends.reshape(-1, 4)
    key[:, 4], key[:, 5] = count, geometry.edge_deck_mm
    # Sums of whole decimetres differ by rounding at most; metres per point are the same both ways.
    key[:, 6] = (np.add.reduceat(x, first) // count + 5) // 10 if len(first) else 0
    key[:, 7] = (np.add.reduceat(y, first) // count + 5) // 10 if len(first) else 0
    _, chosen, road = np.unique(key, axis=0, return_index=True, return_inverse=True)
    used = np.concatenate([np.arange(start[e], start[e + 1]) for e in chosen] or [first])
    owner = np.repeat(np.arange(len(chosen)), count[chosen])
    return road.reshape(-1).astype(np.int32), owner, used
