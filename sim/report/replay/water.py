"""Levels over time: on roads by class, at places as harmful or not, as steps that change."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.clock import NO_LEVEL
from sim.hazards import Layer, Member
from sim.report.replay.ground import Ground
from sim.report.replay.pack import changes, pack
from sim.world import World


def packed_series(
    values: NDArray[Any], row: NDArray[np.int64], moments: NDArray[np.int64]
) -> dict[str, Any]:
    """Classes over time for the page.

    Args:
        values: [n_series, n_steps], classes 0 (not drawn) to 255.
        row: series of every line or place, -1 for none.
        moments: beginning of every step (ms).
    """
    drawn = values.any(axis=1)
    number = np.full(len(values) + 1, -1, dtype=np.int64)
    number[np.flatnonzero(drawn)] = np.arange(int(drawn.sum()))
    start, step, value = changes(values[drawn])
    return {
        "row": pack(number[row], "i4"),
        "start": pack(start, "u4"),
        "t": pack(moments[step], "u4"),
        "v": pack(value, "u1"),
    }


def road_levels(ground: Ground, layer: Layer, step_ms: int) -> dict[str, Any]:
    """Class of every line over time: 0 nothing, then a class per limit the scale shows."""
    row = layer.edge_row[ground.lines.edge].astype(np.int64)
    classes = _classes(layer.edge_levels, layer.scale.shown)
    return packed_series(classes, row, _steps(layer.edge_levels, step_ms))


def place_levels(layer: Layer, step_ms: int) -> dict[str, Any]:
    """Places over time: 0 nothing, 1 the lowest class the scale shows, 2 at the harm level there.

    Every place is a series of its own: a shed and a house under one wind have different limits.
    """
    there = np.flatnonzero(layer.place_row >= 0)
    levels = layer.place_levels[layer.place_row[there]]
    harm = layer.harm_at(there)[:, None]
    classes = np.where(levels >= harm, 2, levels >= layer.scale.shown[0]).astype(np.int64)
    row = np.full(len(layer.place_row), -1, dtype=np.int64)
    row[there] = np.arange(len(there))
    return packed_series(classes, row, _steps(levels, step_ms))


def gauge_classes(world: World, member: Member) -> NDArray[np.int64] | None:
    """River gauges over time, [n_gauges, n_steps]: 0 unknown, 1 below warning, 2 above it, 3 above
    the guarantee level; None where the hazard has no levels."""
    gauges, levels = world.level_gauges, member.signals.levels_mm
    if not len(gauges) or len(levels) != len(gauges):
        return None
    classes = np.zeros(levels.shape, dtype=np.int64)
    for row, gauge in enumerate(gauges):
        known = levels[row] != NO_LEVEL
        classes[row] = known.astype(np.int64)
        for limit in (gauge.warning_level_m, gauge.guarantee_level_m):
            if limit is not None:
                classes[row] += known & (levels[row] >= round(limit * 1000))
    return classes


def gauge_levels(classes: NDArray[np.int64], step_ms: int) -> dict[str, Any]:
    """The gauges for the page."""
    return packed_series(classes, np.arange(len(classes)), _steps(classes, step_ms))


def river_levels(ground: Ground, classes: NDArray[np.int64] | None, step_ms: int) -> dict[str, Any]:
    """Rivers for the page, each as its worst gauge; a river without a gauge stays in class 1."""
    n_steps = 1 if classes is None else classes.shape[1]
    values = np.ones((len(ground.rivers), n_steps), dtype=np.int64)
    of = [gauge.river for gauge in ground.world.level_gauges]
    for row, river in enumerate(ground.rivers):
        mine = [k for k, name in enumerate(of) if name == river.id]
        if classes is not None and mine:
            values[row] = np.maximum(1, classes[mine].max(axis=0))
    return packed_series(values, np.arange(len(values)), _steps(values, step_ms))


def _steps(levels: NDArray[Any], step_ms: int) -> NDArray[np.int64]:
    return np.arange(levels.shape[1]) * step_ms


def _classes(levels: NDArray[np.int32], limits: tuple[int, ...]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.searchsorted(np.array(limits), levels, side="right")
    return found.astype(np.int64)
