"""Ground elevation everywhere: valleys cut by the rivers into a rough upland.

A smooth deterministic field of x and y. Near a river it follows the river's cross-section (bed,
bank, flood plain), farther away it climbs to ridges.
"""

from __future__ import annotations

from making.keyed import noise
from making.rivers import River

RIDGE_M = 620.0
HILL_SCALE_M = 2700.0
WEST_M, SOUTH_M = 33_000.0, 24_000.0
LON_0, LAT_0 = 115.2, 27.3
M_PER_LON, M_PER_LAT = 98_920.0, 110_780.0


def lonlat(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point of the local plane."""
    return LON_0 + (x - WEST_M) / M_PER_LON, LAT_0 + (y - SOUTH_M) / M_PER_LAT


def section(river: River, distance_m: float, wide: float = 1.0) -> float:
    """Height of the ground above low water at a distance from the centre line."""
    half = river.half_width_m
    if distance_m < half:
        return -2.0 + 1.0 * distance_m / half
    slope_end = half + (45.0 if river.main else 20.0)
    if distance_m < slope_end:
        return -1.0 + (river.bank_m + 1.0) * (distance_m - half) / (slope_end - half)
    plain_end = slope_end + river.plain_m * wide
    if distance_m < plain_end:
        return river.bank_m + river.plain_rise_m * (distance_m - slope_end) / (
            plain_end - slope_end
        )
    beyond = distance_m - plain_end
    return river.bank_m + river.plain_rise_m + RIDGE_M * beyond / (beyond + HILL_SCALE_M)


class Terrain:
    """The field; ``z(x, y)`` in metres above the national datum."""

    def __init__(self, rivers: list[River]) -> None:
        self.rivers = rivers

    def width_factor(self, river: River, s: float) -> float:
        """The flood plain is wider here, narrower there."""
        x, y = river.at(s)
        return 1.0 + 0.35 * noise(x, y, 4200.0, "plain" + river.id)

    def z(self, x: float, y: float) -> float:
        """Ground elevation at a point."""
        z = 1e9
        for river in self.rivers:
            d, s = river.nearest(x, y)
            ground = river.low_water(s) + section(river, d, self.width_factor(river, s))
            rough = min(max((d - 500.0) / 1500.0, 0.0), 1.0)
            hills = 0.6 * noise(x, y, 3300.0, "hills") + 0.4 * noise(x, y, 1300.0, "knolls")
            z = min(z, ground * (1 + 0.22 * rough * hills) if rough else ground)
        return z

    def foot_of(self, river: River, s: float, side: float, height_m: float) -> tuple[float, float]:
        """Where on a bank (side 1 left, -1 right) the ground first lies height above low water."""
        low, high = 0.0, 3500.0
        wide = self.width_factor(river, s)
        for _ in range(40):
            middle = (low + high) / 2
            if section(river, middle, wide) < height_m:
                low = middle
            else:
                high = middle
        return river.beside(s, side * high)
