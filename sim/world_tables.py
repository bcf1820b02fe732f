"""The tables of a scenario folder as the world reads them: typed rows, row numbers, positions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from sim.io.crs import to_work
from sim.io.scenario_folder import ScenarioFolder
from sim.schema.base import Row
from sim.schema.tables import GaugeRow, PlaceRow

T = TypeVar("T", bound=Row)
Int64 = NDArray[np.int64]


def table(folder: ScenarioFolder, name: str, model: type[T]) -> tuple[T, ...]:
    """The rows of a table; none where the scenario has no such file."""
    return cast("tuple[T, ...]", folder.tables.get(name, ()))


def gauges(folder: ScenarioFolder, kind: str) -> tuple[GaugeRow, ...]:
    """The gauges that measure a ``level`` or ``rain``."""
    return tuple(g for g in table(folder, "gauges", GaugeRow) if g.kind == kind)


def rows_of(of: dict[str, int], names: Sequence[str]) -> Int64:
    """The row numbers of names, -1 for a name that is not there."""
    return np.array([of.get(name, -1) for name in names], dtype=np.int64)


def work_xy(
    folder: ScenarioFolder, rows: Sequence[PlaceRow]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Positions of table rows in the working system; NaN where a row gives none."""
    x = np.array([np.nan if row.x is None else row.x for row in rows], dtype=np.float64)
    y = np.array([np.nan if row.y is None else row.y for row in rows], dtype=np.float64)
    known = ~np.isnan(x) & ~np.isnan(y)
    if known.any() and folder.work_crs:
        x[known], y[known] = to_work(x[known], y[known], folder.spec.crs.tables, folder.work_crs)
    return x, y
