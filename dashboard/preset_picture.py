"""A small picture of a scenario: the one in its folder, or its roads and places as a sketch."""

from __future__ import annotations

import base64
import csv
import math
from pathlib import Path

import streamlit as st

from dashboard.store import Stamp, stamp_of

PICTURE = "picture.png"
WIDE, HIGH, EDGE = 385, 286, 14
SOURCES = ("nodes.csv", "edges.csv", "settlements.csv")
Points = dict[str, tuple[float, float]]


def picture_of(scenario: Path) -> str:
    """The picture as HTML that asks nobody for anything; empty where nothing can be drawn."""
    return _picture(scenario, stamp_of(*(scenario / name for name in (PICTURE, *SOURCES))))


@st.cache_data(max_entries=64, show_spinner=False)
def _picture(scenario: Path, stamp: Stamp) -> str:
    try:
        return _image("png", (scenario / PICTURE).read_bytes())
    except OSError:
        return _image("svg+xml", _sketch(scenario).encode())


def _image(kind: str, data: bytes) -> str:
    coded = base64.b64encode(data).decode("ascii")
    return f'<img src="data:image/{kind};base64,{coded}" alt="">' if data else ""


def _sketch(scenario: Path) -> str:
    """Roads as lines and villages as dots, from the tables as they are."""
    try:
        nodes, villages = (_points(scenario / name) for name in ("nodes.csv", "settlements.csv"))
        ends = _ends(scenario / "edges.csv", nodes)
    except (OSError, ValueError):  # the checks of the scenario say what is wrong with it
        return ""
    if not nodes:
        return ""
    x, y = zip(*nodes.values(), strict=True)
    west, north, south = min(x), max(y), min(y)
    narrow = math.cos(math.radians((north + south) / 2)) if north <= 90 else 1.0  # degrees
    across, up = max((max(x) - west) * narrow, 1e-9), max(north - south, 1e-9)
    scale = min((WIDE - 2 * EDGE) / across, (HIGH - 2 * EDGE) / up)
    left, top = (WIDE - across * scale) / 2, (HIGH - up * scale) / 2

    def at(point: tuple[float, float]) -> tuple[int, int]:
        east = (point[0] - west) * narrow * scale
        return round(left + east), round(top + (north - point[1]) * scale)

    lines = {tuple(sorted((at(a), at(b)))) for a, b in ends}
    path = "".join(f"M{a[0]} {a[1]}L{b[0]} {b[1]}" for a, b in sorted(lines) if a != b)
    spots = sorted({at(point) for point in villages.values()})
    dots = "".join(f'<circle cx="{a}" cy="{b}" r="1.6"/>' for a, b in spots)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}">'
        f'<path d="{path}" fill="none" stroke="#9aa5b1"/>'
        f'<g fill="#1f5fa8">{dots}</g></svg>'
    )


def _points(file: Path) -> Points:
    """Positions of the rows of a table that have one."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return {
            row["id"]: (float(row["x"]), float(row["y"]))
            for row in csv.DictReader(lines)
            if row.get("id") and row.get("x") and row.get("y")
        }


def _ends(file: Path, nodes: Points) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            (nodes[row["from_node"]], nodes[row["to_node"]])
            for row in csv.DictReader(lines)
            if row.get("from_node") in nodes and row.get("to_node") in nodes
        ]
