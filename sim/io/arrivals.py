"""Times at which something came to points: out of a table or an ESRI ASCII grid."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.io.ascii_grid import read_grid
from sim.io.layers import FloatArray, layer_path
from sim.io.text_files import decode
from sim.schema.problems import InputError, Problem

LATEST_MIN = 100_000
MS_PER_MIN = 60_000
MINUTES = {"min": 1, "h": 60}
SHOWN = 20
"""Bad lines named before the rest is left out."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Points in the layer's own system and when it came there, int64 ms."""

    x: FloatArray
    y: FloatArray
    at_ms: NDArray[np.int64]


def read_arrivals(
    folder: Path, file: str, fields: tuple[str, str, str], unit: str
) -> tuple[Arrivals, int]:
    """Points that it came to, and how many it did not; ``fields`` are columns of x, y, time.

    Raises:
        InputError: the file cannot be read, a column is missing, a value is no number, negative
            or huge, or it came nowhere.
    """
    if file.lower().endswith(".asc"):
        grid = read_grid(folder, file)
        rows, cols = grid.values.shape
        x = grid.left + (np.arange(cols) + 0.5) * grid.cell
        y = grid.top - (np.arange(rows) + 0.5) * grid.cell
        at_x, at_y = (part.ravel() for part in np.meshgrid(x, y))
        time = grid.values.ravel()
        problems = _outside(file, time, unit)
    else:
        at_x, at_y, time, problems = _table(folder, file, fields, unit)
    came = ~np.isnan(time)
    if not problems and not came.any():
        problems = [Problem("hazard.layer_empty", file)]
    if problems:
        raise InputError(problems)
    ms = np.rint(time[came] * MINUTES[unit] * MS_PER_MIN).astype(np.int64)
    return Arrivals(at_x[came], at_y[came], ms), int((~came).sum())


def _outside(file: str, time: FloatArray, unit: str) -> list[Problem]:
    highest = LATEST_MIN / MINUTES[unit]
    wrong = time[(time < 0) | (time > highest)]
    if not len(wrong):
        return []
    allowed = f"0 … {highest:g}"
    return [Problem("hazard.out_of_range", file, None, None, float(wrong[0]), allowed)]


def _table(
    folder: Path, file: str, fields: tuple[str, str, str], unit: str
) -> tuple[FloatArray, FloatArray, FloatArray, list[Problem]]:
    text, notes = decode(layer_path(folder, file).read_bytes(), file)
    if text is None:
        raise InputError(notes)
    reader = csv.DictReader(io.StringIO(text))
    header = [name.strip() for name in reader.fieldnames or []]
    missing = [name for name in fields if name not in header]
    if missing:
        allowed = ", ".join(header)
        raise InputError(
            [Problem("hazard.field_missing", file, 1, name, None, allowed) for name in missing]
        )
    limits = (1e8, 1e8, LATEST_MIN / MINUTES[unit])
    rows: list[tuple[float, ...]] = []
    problems: list[Problem] = []
    for number, line in enumerate(reader, start=2):
        values = []
        for i, name in enumerate(fields):
            lowest = 0.0 if i == 2 else -limits[i]
            found = _number(line.get(name), i == 2)
            if found is None or (not math.isnan(found) and not lowest <= found <= limits[i]):
                code = "hazard.not_a_number" if found is None else "hazard.out_of_range"
                allowed = f"{lowest:g} … {limits[i]:g}"
                problems.append(Problem(code, file, number, name, line.get(name), allowed))
                found = math.nan
            values.append(found)
        rows.append(tuple(values))
    data = np.array(rows, dtype=np.float64).reshape(-1, 3)
    return data[:, 0], data[:, 1], data[:, 2], problems[:SHOWN]


def _number(text: str | None, may_be_empty: bool) -> float | None:
    """A finite number, NaN for an allowed empty cell, None for anything else."""
    if may_be_empty and not (text or "").strip():
        return math.nan
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None
