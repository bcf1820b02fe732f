"""Water over time: on roads by depth class, at places as wet or not, as steps that change."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.clock import NO_LEVEL
from sim.hazards import Member
from sim.report.replay.ground import Ground
from sim.report.replay.pack import changes, pack
from sim.world import World

DEPTHS_MM = (1, 150, 300, 600)
"""Lower limits of the depth classes drawn on roads: wet; 15 cm stops the careful; at 30 cm cars
stop and at 60 cm everything on wheels (sim/defaults/passability.csv says it vehicle by vehicle)."""

WET_PLACE_MM = 1


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


def road_water(ground: Ground, member: Member, step_ms: int) -> dict[str, Any]:
    """Depth class of every line over time: 0 dry, then a class per limit of DEPTHS_MM."""
    row = member.edge_row[ground.lines.edge].astype(np.int64)
    return packed_series(
        _classes(member.edge_levels, DEPTHS_MM), row, _steps(member.edge_levels, step_ms)
    )


def place_water(ground: Ground, member: Member, harm_mm: int, step_ms: int) -> dict[str, Any]:
    """Places over time: 0 dry, 1 water on the ground, 2 at the harm level."""
    row = member.place_row.astype(np.int64)
    classes = _classes(member.place_levels, (WET_PLACE_MM, harm_mm))
    return packed_series(classes, row, _steps(member.place_levels, step_ms))


def gauge_levels(world: World, member: Member, step_ms: int) -> dict[str, Any] | None:
    """River gauges over time: 1 known and below warning, 2 above warning, 3 above guarantee."""
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
    return packed_series(classes, np.arange(len(gauges)), _steps(levels, step_ms))


def _steps(levels: NDArray[np.int32], step_ms: int) -> NDArray[np.int64]:
    return np.arange(levels.shape[1]) * step_ms


def _classes(levels: NDArray[np.int32], limits: tuple[int, ...]) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.searchsorted(np.array(limits), levels, side="right")
    return found.astype(np.int64)
