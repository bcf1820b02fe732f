"""Everything with a position, in one list: a place row is what the log and the hazard speak of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Places:
    """Homes, assembly points, shelters, exits, depots and stations, in that order.

    Attributes:
        kinds: table name of every place.
        ids, names: as the planner wrote them.
        x, y: metres in the working coordinate system; NaN where only a node is known.
        z_mm: ground level, NO_LEVEL where unknown.
        node: int64 row of the road node (or matrix place) it belongs to.
        snap_m: distance from the place to that node (m).
    """

    kinds: tuple[str, ...]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    z_mm: NDArray[np.int64]
    node: NDArray[np.int64]
    snap_m: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.ids)

    def straight_mm(self, a: int, b: int) -> int:
        """Straight-line distance between two places (mm); 0 where a position is unknown."""
        dx, dy = self.x[a] - self.x[b], self.y[a] - self.y[b]
        distance = float(np.hypot(dx, dy))
        return 0 if np.isnan(distance) else round(distance * 1000)
