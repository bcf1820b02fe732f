"""Announced areas on the map: where nobody stays, and where people are protected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.hazards.signals import Area
from sim.report.replay.ground import Ground
from sim.report.replay.layers import words
from sim.report.replay.pack import pack
from sim.report.replay.water import packed_series

LOOKS = {"isolation": "rgba(178, 24, 43, 0.30)", "protective": "rgba(244, 165, 130, 0.30)"}
"""Areas in the order of their classes, with colours that let roads and houses shine through."""


def area_layer(ground: Ground, areas: Sequence[Area]) -> dict[str, Any]:
    """Outlines with the times between which each holds."""
    horizon = ground.world.horizon_ms
    shown = [area for area in areas if area.from_ms < horizon]
    moments = np.unique([t for a in shown for t in (0, a.from_ms, min(a.until_ms, horizon))])
    values = np.zeros((len(shown), len(moments)), dtype=np.int64)
    for row, area in enumerate(shown):
        holds = (moments >= area.from_ms) & (moments < area.until_ms)
        values[row, holds] = list(LOOKS).index(area.code) + 1
    points = [ground.dm(area.x, area.y) for area in shown]
    none = np.zeros(0, dtype=np.int64)
    shapes = {
        "start": pack(np.cumsum([0, *(len(x) for x, _ in points)]), "u4"),
        "x": pack(np.concatenate([none, *(x for x, _ in points)]), "i4"),
        "y": pack(np.concatenate([none, *(y for _, y in points)]), "i4"),
    }
    classes = [{"label": words(f"area.{code}"), "colour": colour} for code, colour in LOOKS.items()]
    return {
        "id": "areas", "kind": "polygons", "label": words("layer.areas"), "closed": True,
        "shapes": shapes, "series": packed_series(values, np.arange(len(shown)), moments),
        "classes": classes,
    }  # fmt: skip
