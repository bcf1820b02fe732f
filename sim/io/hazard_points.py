"""Hazard points out of a survey table (普查、隐患点台账): position, name, kind, size.

Columns may carry the names such tables have in China or short English ones; columns nobody asks
for are passed over. What a row lacks is left to the defaults of the section that names the table.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.io.layers import layer_path
from sim.io.text_files import decode
from sim.schema.problems import InputError, Problem

NAMES = {
    "id": ("id", "编号", "统一编号", "野外编号", "隐患点编号", "灾害点编号"),
    "name": ("name", "名称", "隐患点名称", "灾害点名称", "地点"),
    "x": ("x", "lon", "经度", "东经", "横坐标", "X坐标"),
    "y": ("y", "lat", "纬度", "北纬", "纵坐标", "Y坐标"),
    "kind": ("kind", "type", "类型", "灾害类型", "灾种"),
    "width_m": ("width_m", "宽度", "宽度m", "宽度(m)", "宽(m)"),
}
"""Known names of each column; the first row of the table holds them."""
NEEDED = ("id", "x", "y")
WIDEST_M = 5000
SHOWN = 20
"""Bad cells named before the rest is left out."""


@dataclass(frozen=True, slots=True)
class HazardPoint:
    """One row: id, name, position in the table's own system, and what else it states.

    ``width_m`` is None where the table does not state it; ``kind`` is empty then.
    """

    id: str
    name: str
    x: float
    y: float
    kind: str = ""
    width_m: float | None = None


def read_hazard_points(folder: Path, file: str) -> tuple[HazardPoint, ...]:
    """All points of a table.

    Raises:
        InputError: the file cannot be read, a needed column is missing, an id comes twice, or a
            number is missing, no number, or impossible.
    """
    text, notes = decode(layer_path(folder, file).read_bytes(), file)
    if text is None:
        raise InputError(notes)
    reader = csv.DictReader(io.StringIO(text))
    columns = _columns([name.strip() for name in reader.fieldnames or []])
    missing = [NAMES[wanted] for wanted in NEEDED if wanted not in columns]
    if missing:
        found = ", ".join(reader.fieldnames or [])
        raise InputError(
            [
                Problem("hazard.field_missing", file, 1, "/".join(m[:2]), None, found)
                for m in missing
            ]
        )
    points: dict[str, HazardPoint] = {}
    problems: list[Problem] = []
    for number, raw in enumerate(reader, start=2):
        line = {wanted: (raw.get(name) or "").strip() for wanted, name in columns.items()}
        if not any(line.values()):
            continue
        bad = list(_wrong(line, (file, number), points))
        problems += bad
        if not bad:
            points[line["id"]] = _point(line)
    if not points and not problems:
        problems.append(Problem("hazard.layer_empty", file))
    if problems:
        raise InputError(problems[:SHOWN])
    return tuple(points.values())


def _columns(header: list[str]) -> dict[str, str]:
    """The table's own name of each column that is known."""
    folded = {name.casefold().replace("（", "(").replace("）", ")"): name for name in header}
    found = {}
    for wanted, names in NAMES.items():
        known = [folded[name.casefold()] for name in names if name.casefold() in folded]
        if known:
            found[wanted] = known[0]
    return found


def _wrong(
    line: dict[str, str], at: tuple[str, int], points: dict[str, HazardPoint]
) -> Iterator[Problem]:
    file, number = at
    if not line["id"] or line["id"] in points:
        yield Problem("hazard.point_id", file, number, "id", line["id"])
    limits = {"x": (-1e8, 1e8), "y": (-1e8, 1e8), "width_m": (1.0, float(WIDEST_M))}
    for name, (low, high) in limits.items():
        text = line.get(name, "")
        if not text and name not in NEEDED:
            continue
        try:
            value = float(text)
        except ValueError:
            yield Problem("hazard.not_a_number", file, number, name, text)
            continue
        if not (math.isfinite(value) and low <= value <= high):
            allowed = f"{low:g} … {high:g}"
            yield Problem("hazard.out_of_range", file, number, name, text, allowed)


def _point(line: dict[str, str]) -> HazardPoint:
    width = line.get("width_m", "")
    return HazardPoint(
        id=line["id"],
        name=line.get("name", ""),
        x=float(line["x"]),
        y=float(line["y"]),
        kind=line.get("kind", ""),
        width_m=float(width) if width else None,
    )
