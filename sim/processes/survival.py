"""Who can wait how long: curves of the share lost by the minutes waited."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache

from sim.clock import MS_PER_MIN, NEVER
from sim.draws import share_q32
from sim.roads.defaults import read_defaults


@cache
def curve(name: str) -> tuple[tuple[int, int], ...]:
    """Points of a curve of sim/defaults/survival.csv: share lost in 2^-32, and by when (ms)."""
    points = []
    for row, share in read_defaults("survival.csv").items():
        which, _, waited = row.partition(".")
        if which == name:
            points.append((share_q32(share), round(float(waited) * MS_PER_MIN)))
    if not points:
        raise ValueError(f"no survival curve {name!r}")
    return tuple(sorted(points))


def endures_ms(name: str, draw: int) -> int:
    """How long a patient can wait, by a 32-bit draw; NEVER for who is not lost by waiting.

    Straight lines between the points; beyond the last one nobody more is lost.
    """
    points = curve(name)
    shares = [share for share, _ in points]
    k = bisect_right(shares, draw)
    if k == 0:
        return points[0][1]
    if k == len(points):
        return NEVER
    (low, since), (high, until) = points[k - 1], points[k]
    return since + (until - since) * (draw - low) // (high - low)
