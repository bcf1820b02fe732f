"""The rivers: centre lines, water levels before the flood, banks.

Everything is in metres of a local plane: x to the east, y to the north.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from making.keyed import between, noise

STEP_M = 200.0


@dataclass(frozen=True)
class River:
    """A river, downstream: points every 200 m, chainage s, low water z, and its cross-section."""

    id: str
    name: str
    en: str
    x: np.ndarray
    y: np.ndarray
    s: np.ndarray
    water: np.ndarray
    bank_m: float
    plain_m: float
    plain_rise_m: float
    half_width_m: float

    @property
    def main(self) -> bool:
        """Whether this is the main river."""
        return self.id == "R0"

    @property
    def reach_m(self) -> float:
        """Farthest distance from the centre line that its floods can reach."""
        return 1000.0 if self.main else 450.0

    @property
    def length(self) -> float:
        """Length in metres."""
        return float(self.s[-1])

    def at(self, s: float) -> tuple[float, float]:
        """Point of the centre line at a chainage."""
        return _lin(self.s, self.x, s), _lin(self.s, self.y, s)

    def low_water(self, s: float) -> float:
        """Water level before the flood at a chainage, metres."""
        return _lin(self.s, self.water, s)

    def bank(self, s: float) -> float:
        """Bank level at a chainage, metres."""
        return self.low_water(s) + self.bank_m

    def beside(self, s: float, offset_m: float) -> tuple[float, float]:
        """Point at a distance from the centre line; positive is the left bank."""
        near, far = max(s - 300.0, 0.0), min(s + 300.0, self.length)
        (x0, y0), (x1, y1) = self.at(near), self.at(far)
        dx, dy = x1 - x0, y1 - y0
        norm = float(np.sqrt(dx * dx + dy * dy))
        x, y = self.at(s)
        return x - dy / norm * offset_m, y + dx / norm * offset_m

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Distance from the centre line and chainage of the nearest point."""
        ax, ay = self.x[:-1], self.y[:-1]
        bx, by = self.x[1:] - ax, self.y[1:] - ay
        t = ((x - ax) * bx + (y - ay) * by) / (bx * bx + by * by)
        t = np.minimum(np.maximum(t, 0.0), 1.0)
        dx, dy = ax + t * bx - x, ay + t * by - y
        d2 = dx * dx + dy * dy
        k = int(np.argmin(d2))
        return float(np.sqrt(d2[k])), float(self.s[k] + t[k] * (self.s[k + 1] - self.s[k]))


def _lin(s: np.ndarray, values: np.ndarray, at: float) -> float:
    at = min(max(at, 0.0), float(s[-1]))
    k = min(int(np.searchsorted(s, at, side="right")) - 1, len(s) - 2)
    t = (at - float(s[k])) / float(s[k + 1] - s[k])
    return float(values[k]) * (1 - t) + float(values[k + 1]) * t


def _spline(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Catmull-Rom curve through the points."""
    first, last = points[0], points[-1]
    padded = [
        (2 * first[0] - points[1][0], 2 * first[1] - points[1][1]),
        *points,
        (2 * last[0] - points[-2][0], 2 * last[1] - points[-2][1]),
    ]
    curve = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for i in range(40):
            t = i / 40.0
            curve.append(
                (_cubic(p0[0], p1[0], p2[0], p3[0], t), _cubic(p0[1], p1[1], p2[1], p3[1], t))
            )
    return [*curve, last]


def _cubic(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b
        + (c - a) * t
        + (2 * a - 5 * b + 4 * c - d) * t * t
        + (3 * b - a - 3 * c + d) * t * t * t
    )


def _resampled(curve: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    along = [0.0]
    for (x0, y0), (x1, y1) in itertools.pairwise(curve):
        along.append(along[-1] + float(np.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0))))
    count = max(int(along[-1] / STEP_M), 4)
    s = np.array([along[-1] * k / count for k in range(count + 1)])
    base = np.array(along)
    x = np.array([_lin(base, np.array([p[0] for p in curve]), v) for v in s])
    y = np.array([_lin(base, np.array([p[1] for p in curve]), v) for v in s])
    return x, y, s


def _meander(
    curve: list[tuple[float, float]], name: str, size_m: float
) -> list[tuple[float, float]]:
    """Small bends: the curve is shifted by smooth noise, not at its ends."""
    out = []
    for k, (x, y) in enumerate(curve):
        ease = min(k, len(curve) - 1 - k) / 25.0
        ease = min(ease, 1.0)
        dx = noise(x, y, 3100.0, name + "x") + 0.35 * noise(x, y, 1300.0, name + "u")
        dy = noise(x, y, 3100.0, name + "y") + 0.35 * noise(x, y, 1300.0, name + "v")
        dx, dy = dx * size_m * ease, dy * size_m * ease
        out.append((x + dx, y + dy))
    return out


MAIN = [(2, 21), (8, 18.5), (13.5, 22), (19, 26.3), (24.5, 25.5), (30, 22), (36, 22.8), (41, 27.5),
        (47, 28.6), (52, 25), (57, 26.2), (61.5, 29.5)]  # fmt: skip
"""Control points in km."""

TRIBUTARIES: list[tuple[str, str, str, float, list[tuple[float, float]]]] = [
    ("R1", "柏水", "Bai Shui", 0.085, [(2.5, 6.5), (6, 7), (7, 11), (8.8, 14.5)]),
    (
        "R2",
        "青溪河",
        "Qingxi He",
        0.205,
        [(3.5, 36.5), (7, 35.5), (10, 33.5), (10.5, 29.5), (13, 26)],
    ),
    (
        "R3",
        "龙潭溪",
        "Longtan Xi",
        0.30,
        [(23.5, 4), (20.5, 8), (21.5, 12), (18, 16.5), (20.3, 21.5)],
    ),
    (
        "R4",
        "石陂河",
        "Shibei He",
        0.385,
        [(17, 42.5), (21, 41), (24.5, 38), (25, 33.5), (27.5, 30)],
    ),
    (
        "R5",
        "黄竹河",
        "Huangzhu He",
        0.515,
        [(41.5, 4.5), (38, 7.5), (37.5, 12), (33.5, 15), (33, 18.5)],
    ),
    (
        "R6",
        "白沙河",
        "Baisha He",
        0.67,
        [(48.5, 46), (45, 43), (44.5, 39), (40.5, 36.5), (40.5, 32)],
    ),
    (
        "R7",
        "大坑水",
        "Dakeng Shui",
        0.845,
        [(62.5, 10), (58, 11), (56.5, 15), (52.5, 17), (52.8, 21)],
    ),
    (
        "R8",
        "枫坪河",
        "Fengping He",
        0.905,
        [(62, 42.5), (58, 40.5), (57.5, 36), (54, 33), (55, 29)],
    ),
]
"""id, name, English name, mouth as a share of the main river's length, control points in km."""


def make_rivers() -> list[River]:
    """The main river 云江 and eight tributaries, each ending in the main river."""
    curve = _meander(_spline([(1000.0 * x, 1000.0 * y) for x, y in MAIN]), "main", 900.0)
    x, y, s = _resampled(curve)
    left = 1 - s / s[-1]
    main = River("R0", "云江", "Yun Jiang", x, y, s, 96.0 + 104.0 * left * (0.7 + 0.3 * left),
                 bank_m=5.0, plain_m=620.0, plain_rise_m=5.5, half_width_m=60.0)  # fmt: skip
    rivers = [main]
    for rid, name, en, where, points in TRIBUTARIES:
        mouth_s = where * main.length
        line = _spline([*((1000.0 * a, 1000.0 * b) for a, b in points), main.at(mouth_s)])
        x, y, s = _resampled(_meander(line, rid, 620.0))
        up = (s[-1] - s) / s[-1]
        height = between(170.0, 260.0, "height", rid)
        water = main.low_water(mouth_s) + height * up * (0.5 + 0.5 * up)
        rivers.append(River(rid, name, en, x, y, s, water, bank_m=3.5, plain_m=210.0,
                            plain_rise_m=4.5, half_width_m=18.0))  # fmt: skip
    return rivers


def level_near(rivers: list[River], river: River, x: float, y: float, above_bank_m: float) -> float:
    """Level a height above the bank of a river, and of every other river that reaches the place.

    Near a mouth the larger river backs up into the smaller one; whoever builds there builds higher.
    """
    levels = []
    for other in rivers:
        distance, s = other.nearest(x, y)
        if other is river or distance < other.reach_m:
            levels.append(other.bank(s) + above_bank_m)
    return max(levels)
