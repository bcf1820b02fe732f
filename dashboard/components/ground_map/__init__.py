"""A map of a scenario on a plain canvas, on which an area can be drawn by clicking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from streamlit.components.v1 import declare_component

HEIGHT = 470
MOST_POINTS = 200
"""Corners of an area; more come from no hand."""

_frame = declare_component("yuyan_ground_map", path=Path(__file__).parent)

Ring = list[list[float]]


def ground_map(
    drawn: dict[str, Any],
    name: str,
    words: Mapping[str, str],
    ring: Sequence[Sequence[float]] = (),
    drawing: bool = False,
) -> Ring:
    """Draw a map; the corners clicked so far (metres from the corner of the map).

    Args:
        drawn: see ``dashboard.data_map.map_of``.
        name: of what is shown; another name starts afresh.
        words: of buttons and legend.
        ring: corners of the outline; drawing: whether clicks change it, from these on.
    """
    start = [list(point) for point in ring]
    found = _frame(
        id=name,
        data=drawn,
        words=dict(words),
        ring=start,
        drawing=drawing,
        height=HEIGHT,
        key=f"ground-{name}",
        default=None,
    )
    if not drawing or not isinstance(found, dict) or found.get("id") != name:
        return start
    return _clean(found.get("ring"))


def _clean(ring: object) -> Ring:
    """Corners as numbers: what comes from a browser may be anything."""
    if not isinstance(ring, list) or len(ring) > MOST_POINTS:
        return []
    points = [point for point in ring if isinstance(point, list) and len(point) == 2]
    good = all(isinstance(n, int | float) and abs(n) < 1e8 for point in points for n in point)
    return [[float(x), float(y)] for x, y in points] if good and len(points) == len(ring) else []
