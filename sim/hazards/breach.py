"""A dike that breaks and a polder that fills: width, inflow over a broad crest, level by volume.

The inflow is that of a broad-crested weir, 1.7 b h^1.5 m³/s with h the outer water above the sill,
less where the polder's water stands above the sill too (Villemonte 1947). Volumes are whole
litres: what flows in is what the polder holds, to the litre.

Honest limits: the river does not fall by what it loses; the polder's surface is level, so the
front is reckoned apart (``front_ms``); no outflow back into a falling river unless its water
stands below the polder's, then the same weir runs backwards.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import sqrt

import numpy as np

from sim.clock import MS_PER_MIN
from sim.hazards.base import FloatArray, IntArray
from sim.portable_math import exp, log

WEIR = 1.7
"""Coefficient of a broad crest in m^½/s."""
SUBSTEP_MS = 30_000
LITRES = 1000
_DROWNED: tuple[float, ...] = (0.0, *exp(0.385 * log(np.arange(1, 4097) / 4096.0)).tolist())
"""x^0.385 at 4,097 points: Villemonte's factor, looked up instead of reckoned each half minute."""


@dataclass(frozen=True, slots=True)
class Breach:
    """An opening: its width over time since it began, and its sill.

    ``since_ms`` ascends from 0; between two entries the width grows in a straight line, after the
    last it stays. Tuanzhou 2024: 10 m, 100 m after about 70 min, 150 m after 5 h, 226 m at the end.
    """

    begins_ms: int
    since_ms: IntArray
    width_mm: IntArray
    sill_mm: int

    def width_at(self, now_ms: IntArray) -> IntArray:
        """Width in whole mm; 0 before it begins."""
        since = now_ms - self.begins_ms
        last = len(self.since_ms) - 1
        after = np.clip(np.searchsorted(self.since_ms, since, side="right"), 1, max(last, 1))
        after = np.minimum(after, last)
        before = np.maximum(after - 1, 0)
        span = np.maximum(self.since_ms[after] - self.since_ms[before], 1)
        part = np.clip(since - self.since_ms[before], 0, span)
        grown = self.width_mm[after] - self.width_mm[before]
        return np.where(since < 0, 0, self.width_mm[before] + grown * part // span)


@dataclass(frozen=True, slots=True)
class Polder:
    """Elevation (mm, ascending) and the volume below it (litres, ascending); prisms between."""

    level_mm: tuple[int, ...]
    volume_l: tuple[int, ...]

    def level_of(self, volume_l: int) -> int:
        """Water level of a volume, whole mm; above the table its last prism goes on."""
        i = min(max(bisect_right(self.volume_l, volume_l), 1), len(self.volume_l) - 1)
        low, high = self.volume_l[i - 1], self.volume_l[i]
        rise = self.level_mm[i] - self.level_mm[i - 1]
        return self.level_mm[i - 1] + (volume_l - low) * rise // max(high - low, 1)

    def volume_at(self, level_mm: int) -> int:
        """Volume below a level, whole litres; 0 below the deepest ground."""
        i = min(max(bisect_right(self.level_mm, level_mm), 1), len(self.level_mm) - 1)
        low, high = self.level_mm[i - 1], self.level_mm[i]
        more = self.volume_l[i] - self.volume_l[i - 1]
        return max(self.volume_l[i - 1] + (level_mm - low) * more // max(high - low, 1), 0)


@dataclass(frozen=True, slots=True)
class Filling:
    """What became of a polder: int64 [n_steps] at the start of each step.

    ``inflow_l`` is what came in (less what ran back) up to that moment.
    """

    volume_l: IntArray
    level_mm: IntArray
    inflow_l: IntArray
    width_mm: IntArray


def weir_l_s(width_mm: int, head_mm: int, back_mm: int) -> int:
    """Flow over a broad crest in whole l/s: head above the sill in front of it and behind it."""
    if head_mm <= 0 or width_mm <= 0 or back_mm >= head_mm:
        return 0
    head = head_mm / 1000.0
    flow = WEIR * width_mm / 1000.0 * head * sqrt(head)
    if back_mm > 0:
        share = back_mm / head_mm
        flow *= _drowned_share(1.0 - share * sqrt(share))
    return round(flow * LITRES)


def _drowned_share(free: float) -> float:
    """free^0.385 to a ten-thousandth, with the same bits on every processor."""
    at = min(max(free, 0.0), 1.0) * (len(_DROWNED) - 1)
    i = min(int(at), len(_DROWNED) - 2)
    return _DROWNED[i] + (_DROWNED[i + 1] - _DROWNED[i]) * (at - i)


def fill(
    breach: Breach, polder: Polder, outer_mm: IntArray, step_ms: int, start_l: int = 0
) -> Filling:
    """Fill a polder through a breach, with the outer level int64 [n_steps] at each step's start.

    Inside a step the outer level changes in a straight line; half a minute at a time the flow is
    reckoned and never carries more than would bring both waters level.
    """
    n = len(outer_mm)
    inner = max(step_ms // SUBSTEP_MS, 1)
    edges = np.arange(n * inner, dtype=np.int64) * step_ms // inner
    width = breach.width_at(edges)
    outer = np.rint(np.interp(edges, np.arange(n) * step_ms, outer_mm)).astype(np.int64)
    volume = start_l
    held, level = np.empty(n, np.int64), np.empty(n, np.int64)
    for i in range(len(edges)):
        inside = polder.level_of(volume)
        if i % inner == 0:
            held[i // inner], level[i // inner] = volume, inside
        volume += _exchanged(breach, polder, (int(width[i]), int(outer[i]), inside), volume)
    return Filling(held, level, held - start_l, width[::inner])


def _exchanged(breach: Breach, polder: Polder, now: tuple[int, int, int], volume: int) -> int:
    """Litres that come in (or run back) within a substep; never past the level of the other."""
    width, outer, inside = now
    if width <= 0 or outer == inside:
        return 0
    high, low = max(outer, inside), min(outer, inside)
    flow = weir_l_s(width, high - breach.sill_mm, low - breach.sill_mm)
    moved = flow * SUBSTEP_MS // 1000
    if outer > inside:
        return min(moved, max(polder.volume_at(outer) - volume, 0))
    return -min(moved, max(volume - polder.volume_at(max(outer, breach.sill_mm)), 0))


def polder_of(level_m: FloatArray, area_km2: FloatArray) -> Polder:
    """The volume table of wetted areas (km²) by elevation (m): trapezia between the rows."""
    level = np.rint(np.asarray(level_m) * 1000).astype(np.int64)
    area_m2 = np.rint(np.asarray(area_km2) * 1e6).astype(np.int64)
    slices = (area_m2[1:] + area_m2[:-1]) * np.diff(level) // 2
    return Polder(tuple(level.tolist()), (0, *np.cumsum(slices).tolist()))


def front_ms(distance_m: FloatArray, speed_m_per_h: float) -> IntArray:
    """When the front reaches points of a polder after the breach, whole ms.

    Water is level only behind the front. Press reports: Tuanzhou 2024 roofs under water after
    seven hours, Mengwa 2020 about five days through 180 km².
    """
    return np.asarray(np.rint(distance_m / speed_m_per_h * 60 * MS_PER_MIN), np.int64)
