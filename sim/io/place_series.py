"""A depth or concentration at named places over time out of a table: ``place, minute`` and a value
like ``depth_m``."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from sim.io.csv_table import records
from sim.io.layers import layer_path
from sim.io.quantity import DEPTHS, Quantity
from sim.io.text_files import decode
from sim.schema.problems import InputError, Problem

LATEST_MIN = 100_000
MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """The column of the values, and what they are."""

    name: str = "depth_m"
    quantity: Quantity = DEPTHS["m"]


DEPTH = Column()


@dataclass(frozen=True, slots=True)
class PlaceSeries:
    """Level of one place: minutes (ms, ascending) and whole numbers (mm of depth) at them."""

    at_ms: tuple[int, ...]
    level: tuple[int, ...]


def read_place_series(
    folder: Path, file: str, place_ids: tuple[str, ...], column: Column = DEPTH
) -> tuple[dict[int, PlaceSeries], list[Problem]]:
    """Series by place row, and the warnings. A place with one line stays at that level.

    Raises:
        InputError: with every bad cell, unknown place and doubled minute of the file.
    """
    text, notes = _text(folder, file)
    problems: list[Problem] = []
    lines = records(text, ",", file, problems)
    header = [cell.strip() for cell in next(lines, (1, list[str]()))[1]]
    names = ("place", "minute", column.name)
    missing = [name for name in names if name not in header]
    if missing:
        raise InputError(
            [
                *notes,
                *problems,
                *(
                    Problem("hazard.field_missing", file, 1, name, None, ", ".join(header))
                    for name in missing
                ),
            ]
        )
    at = [header.index(name) for name in names]
    rows = {name: row for row, name in enumerate(place_ids)}
    values: dict[int, dict[int, int]] = defaultdict(dict)
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            line = [cells[i].strip() if i < len(cells) else "" for i in at]
            problems += _take(line, (file, number, column), rows, values)
    if not values and not problems:
        problems.append(Problem("hazard.layer_empty", file))
    if problems:
        raise InputError([*notes, *problems])
    return {row: _series(found) for row, found in sorted(values.items())}, notes


def _text(folder: Path, file: str) -> tuple[str, list[Problem]]:
    path = layer_path(folder, file)
    if path.stat().st_size > MOST_BYTES:
        found, allowed = f"{path.stat().st_size // 10**6} MB", f"≤ {MOST_BYTES // 10**6} MB"
        raise InputError([Problem("file.too_large", file, None, None, found, allowed)])
    text, notes = decode(path.read_bytes(), file)
    if text is None:
        raise InputError(notes)
    return text, notes


def _take(
    cells: list[str],
    where: tuple[str, int, Column],
    rows: dict[str, int],
    values: dict[int, dict[int, int]],
) -> list[Problem]:
    """Put one line into ``values``, or say what is wrong with it."""
    file, line, column = where
    problems = []
    row = rows.get(cells[0])
    if row is None:
        problems.append(Problem("hazard.place_unknown", file, line, "place", cells[0]))
    numbers = []
    for name, cell, highest in (
        ("minute", cells[1], LATEST_MIN),
        (column.name, cells[2], column.quantity.most),
    ):
        try:
            number = float(cell)
        except ValueError:
            problems.append(Problem("hazard.not_a_number", file, line, name, cell))
            continue
        if math.isfinite(number) and 0 <= number <= highest:
            numbers.append(number)
        else:
            allowed = f"0 … {highest:.10g}"
            problems.append(Problem("hazard.out_of_range", file, line, name, cell, allowed))
    if problems or row is None:
        return problems
    at_ms = round(numbers[0] * 60_000)
    if at_ms in values[row]:
        return [Problem("hazard.minute_twice", file, line, "minute", cells[1])]
    values[row][at_ms] = round(numbers[1] * column.quantity.per_unit)
    return []


def _series(found: dict[int, int]) -> PlaceSeries:
    times = tuple(sorted(found))
    return PlaceSeries(times, tuple(found[at] for at in times))
