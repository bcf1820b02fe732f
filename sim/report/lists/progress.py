"""整点进度表: people told, gone, out and counted by every whole hour, with their band."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from sim.measures.curves import NAMES, facts_curves
from sim.measures.intervals import quantile
from sim.measures.observed import GRID_MIN
from sim.report.lists.night import Night, make_table
from sim.report.table import Cell, Table

Int64 = NDArray[np.int64]
MOSTLY = 0.99
QUANTILES = (0.1, 0.5, 0.9)
COUNTY = (
    "clock",
    *(f"{name}_{level}" for name in ("told", "left") for level in ("p10", "p50", "p90")),
    *("out_p10n", "out_p50n", "out_p90n"),
    *(f"counted_{level}" for level in ("p10", "p50", "p90")),
    *("out_share", "actual"),
)
TOWNSHIPS = ("township", "clock", "persons", "told", "left", "out_now", "counted", "out_share")


def progress(curves: Mapping[str, Int64], clock_start: datetime, people: int) -> Table:
    """A row per whole hour from the first movement until nothing changes any more.

    Args:
        curves: ``told``, ``left``, ``out``, ``registered`` of a plan, int64[n, points] on the
            half-hour grid; between grid points a straight line.
        people: people at risk; the share is that of P50 out.

    Returns:
        No rows where nobody moved in any replication.
    """
    known = [curves[name] for name in NAMES if name in curves]
    n = known[0].shape[0] if known else 0
    rows = []
    for moment, minute in whole_hours(clock_start, known):
        cells: list[Cell] = [moment]
        for lines in known:
            here = at_minute(lines, minute)
            cells += [quantile(here, share) for share in QUANTILES]
        out_p50 = cells[1 + 3 * NAMES.index("out") + 1]
        share = float(out_p50) / people if people else None  # type: ignore[arg-type]
        rows.append((*cells, share, ""))
    return make_table("progress", COUNTY, rows, {"n": n, "people": people})


def progress_townships(night: Night) -> Table:
    """The same for one night, township by township."""
    names = sorted(set(night.townships) - {""})
    curves = facts_curves(night.facts, names)
    town = np.array(night.townships)[night.world.parties.home]
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        people = night.facts.persons(town == name)
        lines = [curves[f"{curve}:{name}"][None, :] for curve in NAMES]
        if not people:
            continue
        for moment, minute in whole_hours(night.world.clock_start, lines):
            counts = [round(float(at_minute(line, minute)[0])) for line in lines]
            share = counts[NAMES.index("out")] / people
            rows.append((name, moment, people, *counts, share))
    return make_table("progress_townships", TOWNSHIPS, rows, {"number": night.number})


def whole_hours(clock_start: datetime, lines: list[Int64]) -> list[tuple[datetime, float]]:
    """Whole clock hours with their minute from clock_start, where anything moves.

    From the last hour with nobody told until 99 % of all changes have happened; then the end.
    """
    if not lines or not lines[0].size:
        return []
    points = lines[0].shape[1]
    together = sum(line.sum(axis=0) for line in lines)
    moving = np.flatnonzero(np.diff(together))
    if not len(moving):
        return []
    most = together[0] + MOSTLY * (together[-1] - together[0])
    first, last = int(moving[0]) * GRID_MIN, int(np.argmax(together >= most)) * GRID_MIN
    begin = clock_start.replace(minute=0, second=0, microsecond=0)
    shift = (clock_start - begin).total_seconds() / 60
    hours = range(math.ceil(shift / 60), int((points - 1) * GRID_MIN + shift) // 60 + 1)
    minutes = [60 * hour - shift for hour in hours]
    shown = [minute for minute in minutes if first - 60 < minute < last + 60]
    if minutes[-1] not in shown:
        shown.append(minutes[-1])
    return [(clock_start + timedelta(minutes=minute), minute) for minute in shown]


def at_minute(lines: Int64, minute: float) -> NDArray[np.float64]:
    """Persons of every line at a minute, float64[n]; straight between the half hours."""
    low = min(int(minute // GRID_MIN), lines.shape[1] - 1)
    high = min(low + 1, lines.shape[1] - 1)
    part = minute / GRID_MIN - low
    found: NDArray[np.float64] = lines[:, low] + (lines[:, high] - lines[:, low]) * part
    return found
