"""Areas that are announced after a release: the isolation circle and the protective square.

The concept of the Emergency Response Guidebook: nobody stays within a circle about the source, and
people are protected (they leave, or stay behind closed windows) in a square that begins at the
source, lies downwind, and reaches half its side to both sides. When the wind turns, the square
turns with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.hazards.base import FloatArray, Geometry
from sim.hazards.plume import Air, in_protective_zone
from sim.hazards.signals import Area

CORNERS = 48
"""Points of the circle as it is drawn."""


@dataclass(frozen=True, slots=True)
class AreaRule:
    """Where the source lies, and how large the areas are (m); 0 for one that is not announced."""

    source: tuple[float, float]
    isolation_m: float
    protective_m: float


def gas_areas(
    rule: AreaRule, airs: tuple[Air, ...], known: tuple[int, int], geometry: Geometry
) -> tuple[Area, ...]:
    """The areas that hold between two moments (ms), with the wind observed meanwhile."""
    places = geometry.place_x, geometry.place_y
    found: list[Area] = []
    for k, air in enumerate(airs):
        begin, end = max(air.from_ms, known[0]), min(air.to_ms, known[1])
        if begin >= end:
            continue
        zone = rule.isolation_m, rule.protective_m
        circle, square = in_protective_zone(rule.source, air.wind_from_deg, zone, places)
        if rule.isolation_m > 0 and not any(area.code == "isolation" for area in found):
            inside = np.flatnonzero(circle)
            found.append(Area("isolation", *_circle(rule), known[0], known[1], inside))
        if rule.protective_m > 0:
            inside = np.flatnonzero(square)
            found.append(Area("protective", *_square(rule, airs[k]), begin, end, inside))
    return tuple(found)


def _circle(rule: AreaRule) -> tuple[FloatArray, FloatArray]:
    angle = np.arange(CORNERS) * (2 * np.pi / CORNERS)
    x, y = rule.source
    return x + rule.isolation_m * np.cos(angle), y + rule.isolation_m * np.sin(angle)


def _square(rule: AreaRule, air: Air) -> tuple[FloatArray, FloatArray]:
    angle = np.deg2rad(air.wind_from_deg + 180.0)
    east, north = float(np.sin(angle)), float(np.cos(angle))
    down = np.array([0.0, 1.0, 1.0, 0.0]) * rule.protective_m
    aside = np.array([-0.5, -0.5, 0.5, 0.5]) * rule.protective_m
    x, y = rule.source
    return x + down * east - aside * north, y + down * north + aside * east
