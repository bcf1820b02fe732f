"""Grids as text: the ESRI ASCII grid (.asc) that every GIS writes, read without further packages.

``ncols``, ``nrows``, ``xllcorner`` (or ``xllcenter``), ``yllcorner``, ``cellsize``, optionally
``NODATA_value``, then the rows from north to south.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.io.layers import FloatArray, layer_path
from sim.schema.problems import InputError, Problem

MOST_CELLS = 4_000_000
_NEEDED = ("ncols", "nrows", "cellsize")


@dataclass(frozen=True, slots=True)
class TextGrid:
    """Values of square cells; row 0 is the north. ``left``, ``top`` is the outer corner there.

    ``values`` is float64 [rows, cols], NaN where the file has no data.
    """

    left: float
    top: float
    cell: float
    values: FloatArray

    def cells(self, x: FloatArray, y: FloatArray) -> NDArray[np.int64]:
        """Row * cols + col of the cell of each point; −1 outside."""
        rows, cols = self.values.shape
        with np.errstate(invalid="ignore"):
            col = np.floor((x - self.left) / self.cell)
            row = np.floor((self.top - y) / self.cell)
            inside = (col >= 0) & (col < cols) & (row >= 0) & (row < rows)
        return np.where(inside, row * cols + col, -1).astype(np.int64)

    def like(self, other: TextGrid) -> bool:
        """Whether both have the same cells."""
        same = self.values.shape == other.values.shape
        near = abs(self.left - other.left) + abs(self.top - other.top) < 0.01 * self.cell
        return same and near and abs(self.cell - other.cell) < 1e-6 * self.cell


def read_grid(folder: Path, file: str) -> TextGrid:
    """The grid of a file inside ``folder``.

    Raises:
        InputError: the file is missing or outside, its head lacks a key, it is too large, or it
            does not hold rows × columns numbers.
    """
    try:
        text = layer_path(folder, file).read_text(encoding="ascii")
    except UnicodeDecodeError as error:
        raise InputError([Problem("hazard.grid_text", file)]) from error
    head, body = _head(text)
    problems = [Problem("hazard.grid_head", file, field=key) for key in _NEEDED if key not in head]
    if not any(f"xll{end}" in head and f"yll{end}" in head for end in ("corner", "center")):
        problems.append(Problem("hazard.grid_head", file, field="xllcorner, yllcorner"))
    if problems:
        raise InputError(problems)
    cols, rows, cell = int(head["ncols"]), int(head["nrows"]), head["cellsize"]
    if rows < 1 or cols < 1 or rows * cols > MOST_CELLS or not 0 < cell < 1e6:
        found, allowed = f"{rows} × {cols}, {cell:g}", f"≤ {MOST_CELLS}"
        raise InputError([Problem("hazard.grid_size", file, None, None, found, allowed)])
    values = _numbers(file, body, rows * cols).reshape(rows, cols)
    values[values == head.get("nodata_value", -9999.0)] = np.nan
    half = 0.0 if "xllcorner" in head else cell / 2
    left = head.get("xllcorner", head.get("xllcenter", 0.0)) - half
    bottom = head.get("yllcorner", head.get("yllcenter", 0.0)) - half
    return TextGrid(left, bottom + rows * cell, cell, values)


def _head(text: str) -> tuple[dict[str, float], list[str]]:
    """Keys of the first lines in small letters, and the lines after them; a size or a corner that
    is no number is none."""
    lines = text.splitlines()
    head: dict[str, float] = {}
    for i, line in enumerate(lines):
        word, _, value = line.strip().partition(" ")
        if not word[:1].isalpha() or word.lower() == "nan":
            return head, lines[i:]
        try:
            number = float(value)
        except ValueError:
            return head, lines[i:]
        if math.isfinite(number) or word.lower() == "nodata_value":
            head[word.lower()] = number
    return head, []


def _numbers(file: str, lines: list[str], wanted: int) -> FloatArray:
    try:
        values = np.array(" ".join(lines).split(), dtype=np.float64)
    except ValueError as error:
        raise InputError([Problem("hazard.not_a_number", file, found=str(error))]) from error
    if len(values) != wanted:
        raise InputError([Problem("hazard.grid_count", file, None, None, len(values), wanted)])
    if np.isinf(values).any():
        raise InputError([Problem("hazard.not_a_number", file, found="inf")])
    return values
