"""A forest fire on a grid: when each cell burns, with wind, slope, fuel, moisture and brands.

Everything is turned into whole numbers before the search, so the order in which cells catch fire
is the same on every machine. The weather comes in periods and is the same over the whole grid;
firebreaks and the line that crews have dug are cells that fire cannot enter from a moment on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.clock import MS_PER_HOUR, NEVER
from sim.draws import Draws, child_keys, stable_key
from sim.hazards.base import FloatArray, IntArray
from sim.hazards.fire_kernel import ONE, Scene, spread
from sim.hazards.fire_rates import FASTEST_M_PER_MIN, slope_factor, wind_factor
from sim.portable_math import log

MM_PER_H = 60_000
"""One metre per minute in millimetres per hour."""
_ROUND = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, -1), (-1, 1))
_KNIGHT = ((1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2))
STEPS = np.array(_ROUND + _KNIGHT, np.int64)
"""Sixteen ways out of a cell as (row down, col right): a front deviates from a circle by < 3 %."""


@dataclass(frozen=True, slots=True)
class FireGround:
    """Fuel and elevation by cell; row 0 is the north, col 0 the west.

    Attributes:
        cell_m: side of the square cells.
        fuel: float64 [rows, cols], Kφ times the dryness of the fuel; 0 does not burn.
        elevation_m: float64 [rows, cols].
    """

    cell_m: float
    fuel: FloatArray
    elevation_m: FloatArray


@dataclass(frozen=True, slots=True)
class FireWeather:
    """Weather by period: from when, R0 (m/min), wind (m/s) and where it comes FROM (degrees).

    The first period holds before its time too.
    """

    from_ms: IntArray
    rate_m_per_min: FloatArray
    wind_m_s: FloatArray
    wind_from_deg: FloatArray

    def toward(self) -> FloatArray:
        """Unit vector of the wind's heading, float64 [periods, 2] as (row down, col right)."""
        angle = np.deg2rad(self.wind_from_deg + 180.0)
        return np.column_stack([-np.cos(angle), np.sin(angle)])


@dataclass(frozen=True, slots=True)
class Brands:
    """Burning cells that throw a brand downwind (飞火).

    Attributes:
        share_at_10_m_s: share of the cells that throw one at a wind of 10 m/s; in proportion to
            the wind, at most all (judgement).
        mean_m: mean distance, exponentially distributed.
        burns_after_min: until the brand's landing place burns.
    """

    share_at_10_m_s: float = 0.0
    mean_m: float = 200.0
    burns_after_min: float = 5.0


@dataclass(frozen=True, slots=True)
class Fight:
    """What stops fire: int64 [rows, cols], the moment from which a cell cannot catch fire."""

    closed_ms: IntArray = field(default_factory=lambda: np.zeros((0, 0), np.int64))


def burn(
    ground: FireGround,
    weather: FireWeather,
    starts: tuple[IntArray, IntArray],
    fight: Fight | None = None,
    brands: tuple[Brands, Draws] | None = None,
) -> IntArray:
    """When each cell catches fire, int64 [rows, cols] in ms; NEVER where it does not.

    ``starts`` are (cells by row * cols + col, moments). A start on a cell without fuel burns
    nothing around it. ``brands`` come with the draws of the member that throws them.
    """
    scene = _scene(ground, weather, fight, brands)
    cell, when = (np.asarray(part, np.int64) for part in starts)
    kept = scene.fuel[cell] > 0
    if not kept.any():
        return np.full(ground.fuel.shape, NEVER, np.int64)
    at = spread(scene, cell[kept], when[kept], NEVER)
    return np.asarray(at, np.int64).reshape(ground.fuel.shape)


def burnt_permille(arrival_ms: IntArray, fuel: FloatArray, now_ms: int) -> float:
    """Burnt cells of those that can burn, in ‰ (forest-fire targets: at most 0.3 to 0.9)."""
    can = fuel > 0
    total = int(can.sum())
    burnt = int((can & (arrival_ms <= now_ms)).sum())
    return 1000 * burnt / total if total else 0.0


def _scene(
    ground: FireGround,
    weather: FireWeather,
    fight: Fight | None,
    brands: tuple[Brands, Draws] | None,
) -> Scene:
    shape = ground.fuel.shape
    length = np.sqrt((STEPS * STEPS).sum(axis=1)) * ground.cell_m
    heading = STEPS / np.sqrt((STEPS * STEPS).sum(axis=1))[:, None]
    toward = weather.toward()
    cosine = toward @ heading.T
    wind = [wind_factor(v, c) for v, c in zip(weather.wind_m_s, cosine, strict=True)]
    closed = np.full(shape, NEVER, np.int64) if fight is None else fight.closed_ms
    thrown = _brands(ground, weather, brands)
    return Scene(
        shape=np.array(shape, np.int64),
        step=STEPS,
        passed=_passed(),
        length_mm=_whole(length * 1000),
        fuel=_whole(ground.fuel.ravel() * ONE),
        slope=_slopes(ground, length),
        closed_ms=np.ascontiguousarray(closed, np.int64).ravel(),
        from_ms=np.asarray(weather.from_ms, np.int64),
        rate_mm_h=_whole(weather.rate_m_per_min * MM_PER_H),
        wind=_whole(np.array(wind) * ONE),
        fastest_mm_h=np.int64(FASTEST_M_PER_MIN * MM_PER_H),
        brand=thrown[0],
        brand_below=thrown[1],
        brand_mm=thrown[2],
        brand_ms=thrown[3],
        downwind=_whole(toward * ONE),
        cell_mm=np.int64(round(ground.cell_m * 1000)),
    )


def _slopes(ground: FireGround, length_m: FloatArray) -> npt.NDArray[np.int32]:
    """Ks along every way out of every cell, int32 [cells, 16] in parts of 2^20."""
    z = ground.elevation_m
    rows, cols = z.shape
    out = np.empty((rows * cols, len(STEPS)), np.int32)
    for way, (down, right) in enumerate(STEPS.tolist()):
        row = np.clip(np.arange(rows) + down, 0, rows - 1)
        col = np.clip(np.arange(cols) + right, 0, cols - 1)
        tangent = (z[np.ix_(row, col)] - z) / length_m[way]
        out[:, way] = _whole(slope_factor(tangent) * ONE).ravel()
    return out


def _passed() -> IntArray:
    """The two cells a knight's way touches; a line of cells joined side by side stops it."""
    passed = np.zeros((len(STEPS), 2, 2), np.int64)
    for way, (down, right) in enumerate(_KNIGHT, start=len(_ROUND)):
        near = (np.sign(down), 0) if abs(down) == 2 else (0, np.sign(right))
        passed[way] = near, (np.sign(down), np.sign(right))
    return passed


def _brands(
    ground: FireGround, weather: FireWeather, brands: tuple[Brands, Draws] | None
) -> tuple[npt.NDArray[np.uint32], IntArray, IntArray, IntArray]:
    """Draw of each cell, threshold of each period, distance (mm) and delay (ms) of each cell."""
    cells, periods = ground.fuel.size, len(weather.from_ms)
    none = np.zeros(cells, np.int64)
    if brands is None or brands[0].share_at_10_m_s <= 0:
        return np.zeros(cells, np.uint32), np.zeros(periods, np.int64), none, none
    spec, draws = brands
    keys = child_keys(stable_key("fire/cells"), cells)
    share = np.clip(spec.share_at_10_m_s * weather.wind_m_s / 10.0, 0.0, 1.0)
    u = draws.u32("fire/brand-distance", keys)
    distance = -log((u.astype(np.float64) + 0.5) / 2.0**32) * spec.mean_m * 1000
    delay = np.full(cells, round(spec.burns_after_min * MS_PER_HOUR / 60), np.int64)
    below = _whole(share * 2.0**32)
    return draws.u32("fire/brand", keys), below, _whole(distance), delay


def _whole(values: FloatArray) -> IntArray:
    return np.asarray(np.rint(values), np.int64)
