"""Concentration downwind of a continuous release: the Gaussian plume, and what it leaves out.

Ground-level concentration of a source at height H with full reflection at the ground,

    C(x, y) = Q / (π σy σz u) · exp(−y² / 2σy²) · exp(−H² / 2σz²),

with Briggs's widths for open country (1973) or for a town. Every period of the wind makes a plume
of its own: it reaches a distance x after x / u and lasts there until x / u after the period ends.

Honest limits: flat ground, steady wind of at least 1 m/s within a period; what has left keeps its
heading after the wind shifts; no rain, no deposition, no buildings. Below 100 m and beyond 10 km
the widths are extrapolated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_SECOND
from sim.hazards.base import BoolArray, FloatArray, IntArray
from sim.portable_math import exp, log

PI = 3.141592653589793
CALMEST_M_S = 1.0
"""Below this wind a plume has no direction; calmer air is computed with it (judgement)."""
GRAVITY_M_S2 = 9.81
_RURAL = {
    "A": (0.22, 1e-4, 0.20, 0.0, 0.0),
    "B": (0.16, 1e-4, 0.12, 0.0, 0.0),
    "C": (0.11, 1e-4, 0.08, 2e-4, -0.5),
    "D": (0.08, 1e-4, 0.06, 1.5e-3, -0.5),
    "E": (0.06, 1e-4, 0.03, 3e-4, -1.0),
    "F": (0.04, 1e-4, 0.016, 3e-4, -1.0),
}
_URBAN = {
    "A": (0.32, 4e-4, 0.24, 1e-3, 0.5),
    "B": (0.32, 4e-4, 0.24, 1e-3, 0.5),
    "C": (0.22, 4e-4, 0.20, 0.0, 0.0),
    "D": (0.16, 4e-4, 0.14, 3e-4, -0.5),
    "E": (0.11, 4e-4, 0.08, 1.5e-3, -0.5),
    "F": (0.11, 4e-4, 0.08, 1.5e-3, -0.5),
}
"""σy = a x (1 + b x)^−½, σz = c x (1 + d x)^e by stability class: Briggs 1973."""
WIDTHS = {"rural": _RURAL, "urban": _URBAN}


@dataclass(frozen=True, slots=True)
class Air:
    """Wind and stability of one period.

    Attributes:
        from_ms, to_ms: when it holds.
        wind_m_s, wind_from_deg: speed, and where the wind comes from.
        stability: Pasquill class A (very unstable) … F (stable).
        ground: ``rural`` or ``urban``.
    """

    from_ms: int
    to_ms: int
    wind_m_s: float
    wind_from_deg: float
    stability: str
    ground: str = "rural"

    @property
    def pace_m_s(self) -> float:
        """Wind with which the plume is computed."""
        return max(self.wind_m_s, CALMEST_M_S)


@dataclass(frozen=True, slots=True)
class Release:
    """A continuous release: position (m), rate (g/s), height (m), and how heavy the gas is.

    ``density_ratio`` is the density of what leaves over that of air; 1 for a passive gas.
    """

    x: float
    y: float
    rate_g_s: float
    height_m: float = 0.0
    density_ratio: float = 1.0


def widths(x_m: FloatArray, stability: str, ground: str = "rural") -> tuple[FloatArray, FloatArray]:
    """σy and σz in metres at a distance downwind (Briggs)."""
    a, b, c, d, e = WIDTHS[ground][stability]
    spread = a * x_m / np.sqrt(1 + b * x_m)
    grown = 1 + d * x_m
    power = {0.0: np.ones_like(x_m), 0.5: np.sqrt(grown), -0.5: 1 / np.sqrt(grown)}
    return spread, c * x_m * (power[e] if e in power else 1 / grown)


def heavy_widths(
    x_m: FloatArray, passive: tuple[FloatArray, FloatArray], release: Release, air: Air
) -> tuple[FloatArray, FloatArray]:
    """Widths of a gas heavier than air: wider and flatter, by its weight.

    A correction, not a dense-gas model: the half-width of Britter and McQuaid (1988),
    8 l + 2.5 l^⅓ x^⅔ with l = g' q / u³, replaces 2 σy where it is larger, and σz shrinks so that
    σy σz stays. Mass is kept and so is the concentration on the axis near the ground; the cloud
    only becomes broader. What runs upwind of the source and down slopes is left out.
    """
    if release.density_ratio <= 1.0:
        return passive
    air_g_m3 = 1200.0
    volume = release.rate_g_s / (air_g_m3 * release.density_ratio)
    reduced = GRAVITY_M_S2 * (release.density_ratio - 1.0)
    pace = air.pace_m_s
    length = reduced * volume / (pace * pace * pace)
    grown = exp((log(np.array(length)) + 2 * log(np.maximum(x_m, 1e-9))) / 3)
    half = 8 * length + 2.5 * grown
    across = np.maximum(passive[0], half / 2)
    return across, passive[1] * passive[0] / across


def concentration_ug_m3(release: Release, air: Air, x: FloatArray, y: FloatArray) -> IntArray:
    """Ground-level concentration at points of the map once the plume is there, whole µg/m³.

    0 upwind of the source and within a metre of it.
    """
    along, aside = _downwind((release.x, release.y), air.wind_from_deg, (x, y))
    down = along >= 1.0
    far = np.where(down, along, 1.0)
    sy, sz = heavy_widths(far, widths(far, air.stability, air.ground), release, air)
    fall = (aside / sy) ** 2 / 2 + (release.height_m / sz) ** 2 / 2
    axis = release.rate_g_s * 1e6 / (PI * sy * sz * air.pace_m_s)
    value = axis * exp(-np.minimum(fall, 700.0))
    return np.asarray(np.rint(np.where(down, np.minimum(value, 2e12), 0.0)), np.int64)


def over_time_ug_m3(
    release: Release,
    airs: tuple[Air, ...],
    points: tuple[FloatArray, FloatArray],
    at_ms: IntArray,
    lasts: tuple[int, int],
) -> IntArray:
    """Concentration int64 [points, times] of a release between the moments ``lasts``.

    Plumes of two periods that lie over one point at the same time add up.
    """
    x, y = points
    total = np.zeros((len(x), len(at_ms)), np.int64)
    for air in airs:
        begin, end = max(air.from_ms, lasts[0]), min(air.to_ms, lasts[1])
        if begin >= end:
            continue
        level = concentration_ug_m3(release, air, x, y)
        along, _ = _downwind((release.x, release.y), air.wind_from_deg, points)
        travel = np.rint(np.maximum(along, 0.0) / air.pace_m_s * MS_PER_SECOND).astype(np.int64)
        there = (at_ms >= begin + travel[:, None]) & (at_ms < end + travel[:, None])
        total += np.where(there, level[:, None], 0)
    return total


def reach_m(release: Release, air: Air, limit_ug_m3: int, farthest_m: int = 50_000) -> int:
    """Distance on the axis up to which a limit is exceeded, whole metres; 0 if it never is.

    For a source near the ground the axis falls with the distance beyond its maximum; the farthest
    metre that still exceeds the limit is found.
    """
    metres = np.arange(1, farthest_m + 1, dtype=np.float64)
    angle = np.deg2rad(air.wind_from_deg + 180.0)
    x = release.x + metres * float(np.sin(angle))
    y = release.y + metres * float(np.cos(angle))
    above = np.flatnonzero(concentration_ug_m3(release, air, x, y) >= limit_ug_m3)
    return int(above[-1]) + 1 if len(above) else 0


def indoors(outdoor: IntArray, changes_per_h: float, step_ms: int) -> IntArray:
    """Level inside a closed house at step ends, int64 [..., steps] in the unit of ``outdoor``.

    Air changes at a constant rate, so indoors follows dCi/dt = n (Co − Ci); each step is solved
    exactly, so a shorter step changes nothing while the outside stays.
    """
    kept = float(exp(np.array([-changes_per_h * step_ms / 3_600_000]))[0])
    inside = np.zeros(outdoor.shape[:-1], np.float64)
    out = np.empty(outdoor.shape, np.int64)
    for k in range(outdoor.shape[-1]):
        inside = outdoor[..., k] + (inside - outdoor[..., k]) * kept
        out[..., k] = np.rint(inside)
    return out


def in_protective_zone(
    source: tuple[float, float],
    wind_from_deg: float,
    zone_m: tuple[float, float],
    points: tuple[FloatArray, FloatArray],
) -> tuple[BoolArray, BoolArray]:
    """Points in the initial isolation circle, and in the square of the protective action zone.

    ``zone_m`` is (radius of the circle, side of the square). The square begins at the source, lies
    downwind and half its side to both sides (the concept of the Emergency Response Guidebook).
    """
    along, aside = _downwind(source, wind_from_deg, points)
    isolated = along * along + aside * aside <= zone_m[0] * zone_m[0]
    downwind = (along >= 0) & (along <= zone_m[1]) & (np.abs(aside) <= zone_m[1] / 2)
    return np.asarray(isolated), np.asarray(downwind)


def _downwind(
    source: tuple[float, float], wind_from_deg: float, points: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """Metres of points along the wind from a source, and aside of its axis."""
    angle = np.deg2rad(wind_from_deg + 180.0)
    east, north = float(np.sin(angle)), float(np.cos(angle))
    right, up = points[0] - source[0], points[1] - source[1]
    return right * east + up * north, up * east - right * north
