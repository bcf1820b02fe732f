"""Rain over time out of a table: ``minute, mm`` and optionally ``gauge`` (a hyetograph)."""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

from sim.io.csv_table import named_rows
from sim.io.layers import layer_path
from sim.io.text_files import decode
from sim.schema.problems import InputError, Problem

COLUMNS = ("minute", "mm")
EARLIEST_MIN, LATEST_MIN = -10_000, 100_000
MOST_MM = 1000
"""Rain of one line; the greatest hour measured is about 400 mm."""

Rows = dict[str, list[tuple[int, int]]]


def read_rain(folder: Path, file: str, gauge_ids: tuple[str, ...]) -> Rows:
    """Lines by gauge id ("" for rain without a gauge): (minute, 0.1 mm), minutes ascending.

    Raises:
        InputError: with every bad cell, unknown gauge, doubled minute and missing column.
    """
    path = layer_path(folder, file)
    text, notes = decode(path.read_bytes(), file)
    if text is None:
        raise InputError(notes)
    problems: list[Problem] = []
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for number, line in named_rows(text, file, COLUMNS, problems):
        problems += _take(line, (file, number), gauge_ids, found)
    if not found and not problems:
        problems.append(Problem("hazard.layer_empty", file))
    if problems:
        raise InputError(problems)
    return {gauge: sorted(rows.items()) for gauge, rows in found.items()}


def _take(
    line: dict[str, str],
    at: tuple[str, int],
    gauges: tuple[str, ...],
    found: dict[str, dict[int, int]],
) -> list[Problem]:
    """One line into ``found``, or what is wrong with it."""
    file, number = at
    problems = []
    values = {}
    for name, low, high in (("minute", EARLIEST_MIN, LATEST_MIN), ("mm", 0, MOST_MM)):
        text = line.get(name, "")
        try:
            values[name] = float(text)
        except ValueError:
            problems.append(Problem("hazard.not_a_number", file, number, name, text))
            continue
        if not math.isfinite(values[name]) or not low <= values[name] <= high:
            allowed = f"{low} … {high}"
            problems.append(Problem("hazard.out_of_range", file, number, name, text, allowed))
    gauge = line.get("gauge", "")
    if gauge and gauge not in gauges:
        problems.append(
            Problem("hazard.rain_gauge", file, number, "gauge", gauge, ", ".join(gauges))
        )
    if problems:
        return problems
    minute = round(values["minute"])
    if minute in found[gauge]:
        return [Problem("hazard.minute_twice", file, number, "minute", minute)]
    found[gauge][minute] = round(values["mm"] * 10)
    return []
