"""Height of pasted villages that state none: that of the nearest village of the scenario.

Whether a village floods hangs on its height; so the estimate is said, with the distance it comes
from, and a measured height can be pasted instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from sim.io.crs import is_lonlat, parse_crs
from sim.io.scenario_folder import ScenarioFolder
from sim.schema.problems import Problem
from sim.schema.tables import SettlementRow

DEGREE_M = 111_320.0


@dataclass(frozen=True)
class Heights:
    """Villages whose height is known: positions in the system of the tables, heights in m."""

    x: np.ndarray
    y: np.ndarray
    height_m: tuple[float, ...]
    lonlat: bool

    def nearest(self, x: str, y: str) -> tuple[float, float] | None:
        """Height (m) of the village nearest to a position, and how far away it is (m)."""
        try:
            here = float(x), float(y)
        except ValueError:
            return None
        if not self.height_m or not all(map(isfinite, here)):
            return None
        scale = DEGREE_M if self.lonlat else 1.0
        east = np.cos(np.radians(here[1])) if self.lonlat else 1.0
        away = scale * np.hypot((self.x - here[0]) * east, self.y - here[1])
        row = int(np.argmin(away))
        return self.height_m[row], float(away[row])


def known_heights(base: ScenarioFolder) -> Heights:
    """Heights that the settlements of a scenario state."""
    rows = [
        row
        for row in base.tables.get("settlements", ())
        if isinstance(row, SettlementRow) and row.elevation_m is not None
    ]
    places = [row for row in rows if row.x is not None and row.y is not None]
    return Heights(
        np.array([row.x for row in places], dtype=np.float64),
        np.array([row.y for row in places], dtype=np.float64),
        tuple(float(row.elevation_m or 0.0) for row in places),
        is_lonlat(parse_crs(base.spec.crs.tables)),
    )


def estimated(unstated: Sequence[tuple[str, str]], heights: Heights, file: str) -> list[Problem]:
    """One note for all positions whose height is taken from a neighbour."""
    found = [near[1] for x, y in unstated if (near := heights.nearest(x, y)) is not None]
    if not found:
        return []
    farthest = f"{max(found):,.0f}"
    return [
        Problem(
            *("paste.height", file, None, "elevation_m", len(found), farthest), severity="warning"
        )
    ]
