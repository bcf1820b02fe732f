"""A recorded depth or concentration at points over time: a spreading maximum, or frames with times.

Time is process time: milliseconds since it begins. A member moves, stretches and scales
it; the recording itself knows nothing of members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.hazards.base import FloatArray, IntArray


class Recording(Protocol):
    """Level at points over process time: mm of water, or what the recorded quantity is kept in."""

    @property
    def wet(self) -> IntArray:
        """Rows of the points that are ever reached, ascending."""
        ...

    def level(self, rows: IntArray, at_ms: IntArray) -> IntArray:
        """Level int64 [n_rows, n_times] at process times; 0 before it comes."""
        ...


@dataclass(frozen=True, slots=True)
class Spread:
    """A maximum depth that spreads from a point or line at one speed.

    The depth grows in a straight line from arrival to maximum within ``rise_ms``, stays for
    ``hold_ms`` and then falls to half by ``fall_half_ms`` (never, where ``hold_ms`` is None). The
    front runs over land and dikes alike, in a straight line: an assumption to be replaced by a
    series from a hydraulic model where one exists.
    """

    maximum_mm: IntArray
    arrival_ms: IntArray
    rise_ms: int
    hold_ms: int | None
    fall_half_ms: int

    @property
    def wet(self) -> IntArray:
        """Rows of the points that are ever reached, ascending."""
        return np.flatnonzero(self.maximum_mm > 0)

    def level(self, rows: IntArray, at_ms: IntArray) -> IntArray:
        """Level int64 [n_rows, n_times] at process times."""
        since = at_ms[None, :] - self.arrival_ms[rows][:, None]
        grown = np.clip(since, 0, self.rise_ms)
        top = self.maximum_mm[rows][:, None]
        depth = (top * grown + self.rise_ms // 2) // self.rise_ms
        if self.hold_ms is None:
            return np.asarray(depth)
        y = np.maximum(since - self.rise_ms - self.hold_ms, 0) / self.fall_half_ms
        return np.asarray(np.rint(depth / (1 + y * y)), np.int64)


def arrivals(
    points: tuple[FloatArray, FloatArray], line: tuple[FloatArray, FloatArray], speed_m_per_h: float
) -> IntArray:
    """Process time at which a front from a point or polyline reaches each point, whole ms."""
    x, y = points
    line_x, line_y = line
    nearest2 = (x - line_x[0]) ** 2 + (y - line_y[0]) ** 2
    for i in range(len(line_x) - 1):
        dx, dy = line_x[i + 1] - line_x[i], line_y[i + 1] - line_y[i]
        length2 = dx * dx + dy * dy
        along = (x - line_x[i]) * dx + (y - line_y[i]) * dy
        share = np.clip(along / length2, 0.0, 1.0) if length2 > 0 else np.zeros(len(x))
        away2 = (x - line_x[i] - share * dx) ** 2 + (y - line_y[i] - share * dy) ** 2
        nearest2 = np.minimum(nearest2, away2)
    return np.asarray(np.rint(np.sqrt(nearest2) / speed_m_per_h * MS_PER_HOUR), np.int64)


@dataclass(frozen=True, slots=True)
class Frames:
    """Levels int32 [n_points, n_frames] at the frame times; straight lines between them.

    Before the first frame there is nothing; after the last one its level stays.
    """

    frame_ms: IntArray
    frame: IntArray

    @property
    def wet(self) -> IntArray:
        """Rows of the points that are ever reached, ascending."""
        return np.flatnonzero((self.frame > 0).any(axis=1))

    def level(self, rows: IntArray, at_ms: IntArray) -> IntArray:
        """Level int64 [n_rows, n_times] at process times."""
        last = len(self.frame_ms) - 1
        after = np.clip(np.searchsorted(self.frame_ms, at_ms, side="right"), 1, max(last, 1))
        after = np.minimum(after, last)
        before = np.maximum(after - 1, 0)
        span = np.maximum(self.frame_ms[after] - self.frame_ms[before], 1)
        part = np.clip(at_ms - self.frame_ms[before], 0, span)
        low = self.frame[rows][:, before].astype(np.int64)
        high = self.frame[rows][:, after].astype(np.int64)
        depth = low + ((high - low) * part + span // 2) // span
        return np.where(at_ms < self.frame_ms[0], 0, depth)


@dataclass(frozen=True, slots=True)
class Spells:
    """Spells: a point has the highest level of the spells that hold at the time.

    ``point`` ascends; all arrays are int64 [n_spells]; ``to_ms`` is NEVER where it stays.
    """

    point: IntArray
    height: IntArray
    from_ms: IntArray
    to_ms: IntArray

    @property
    def wet(self) -> IntArray:
        """Rows of the points that are ever reached, ascending."""
        return np.unique(self.point[self.height > 0])

    def level(self, rows: IntArray, at_ms: IntArray) -> IntArray:
        """Level int64 [n_rows, n_times] at process times."""
        result = np.zeros((len(rows), len(at_ms)), np.int64)
        place = np.searchsorted(rows, self.point)
        known = place < len(rows)
        known[known] = rows[place[known]] == self.point[known]
        for i in np.flatnonzero(known).tolist():
            holds = (at_ms >= self.from_ms[i]) & (at_ms < self.to_ms[i])
            line = result[place[i]]
            line[holds] = np.maximum(line[holds], self.height[i])
        return result


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """Series of listed places; each point follows one of them (-1: none known, nothing).

    ``at_ms`` and ``height`` hold one array per listed place, nothing before its first line.
    """

    of_point: IntArray
    at_ms: tuple[IntArray, ...]
    height: tuple[IntArray, ...]

    @property
    def wet(self) -> IntArray:
        """Rows of the points that are ever reached, ascending."""
        ever = np.array([bool((height > 0).any()) for height in self.height])
        return np.flatnonzero((self.of_point >= 0) & ever[self.of_point])

    def level(self, rows: IntArray, at_ms: IntArray) -> IntArray:
        """Level int64 [n_rows, n_times] at process times."""
        used, line = np.unique(self.of_point[rows], return_inverse=True)
        lines = np.zeros((len(used), len(at_ms)))
        for i, series in enumerate(used.tolist()):
            if series >= 0:
                lines[i] = np.interp(at_ms, self.at_ms[series], self.height[series], left=0.0)
        return np.asarray(np.rint(lines), np.int64)[line.reshape(-1)]
