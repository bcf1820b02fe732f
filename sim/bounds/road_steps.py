"""Roads in metres, milliseconds and headways as a road flow in steps that stays a bound.

Why it is one. Take any drive of any simulated vehicle. Let s(x, t) be the step of the moment t on
the clock of node x (sim.bounds.road_thinning), rounded down. If it enters a road at u at t and is
at v at t', then t' ≥ t + least time, so s(v, t') ≥ s(u, t) + detour rounded down: the copy of the
road entered in step s(u, t) brings it there in time, and the rest is waiting, which is free. Those
who enter in one step do so within one step of real time, and the entry of a road serves one
vehicle a headway h, so they are at most step / h rounded up; where the road is open for some of the
step only, that time counts. So all simulated drives together are a flow in steps, and the largest
flow is no smaller. Everything is rounded in favour of the drivers, and nobody is out before the
step in which the flow is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.bounds import road_flow
from sim.bounds.problem import Int64
from sim.bounds.road_flow import Leaving, StepRoads, first_with
from sim.bounds.road_thinning import Road, Thinned
from sim.clock import MS_PER_MIN, NEVER

BoolArray = NDArray[np.bool_]
STEP_MS = 5 * MS_PER_MIN
"""Step of a county's road flow; of the answer at most two steps are lost, and one vehicle per road
and step."""


@dataclass(frozen=True)
class Closures:
    """When edges are closed: edge_row: int32[n_edges], row of ``closed`` or -1 for never;
    closed: bool[rows, steps], column k for [k, k + 1) * step_ms, the last one for ever."""

    edge_row: NDArray[np.int32]
    closed: BoolArray
    step_ms: int

    def edges(self) -> Int64:
        """Edges that are closed at some moment."""
        some = np.append(self.closed.any(axis=1), False)  # row -1 is the last one
        return np.flatnonzero(some[self.edge_row])

    def open_within(self, edge: int, begin_ms: Int64, length_ms: int) -> tuple[Int64, Int64]:
        """How long an edge is open in spans of some length, and in how many pieces.

        begin_ms, results: int64[n]. Before 0 it is as at 0.
        """
        is_open = ~self.closed[self.edge_row[edge]]
        opens = np.concatenate([[0], np.cumsum(is_open[1:] & ~is_open[:-1])])
        before = np.concatenate([[0], np.cumsum(is_open[:-1])]) * self.step_ms

        def row(ms: Int64) -> Int64:
            rows: Int64 = np.clip(ms // self.step_ms, 0, len(is_open) - 1)
            return rows

        def open_until(ms: Int64) -> Int64:
            k = row(ms)
            total: Int64 = before[k] + is_open[k] * (ms - k * self.step_ms)
            return total

        end_ms = begin_ms + length_ms
        pieces = is_open[row(begin_ms)] + opens[row(end_ms - 1)] - opens[row(begin_ms)]
        return open_until(end_ms) - open_until(begin_ms), pieces


NO_CLOSURES = Closures(np.zeros(0, dtype=np.int32), np.zeros((0, 1), dtype=np.bool_), NEVER)


@dataclass(frozen=True)
class Leavers:
    """Vehicles: node row, and the moment from which each may set out, int64[n] each."""

    node: Int64
    ready_ms: Int64

    def later(self, ms: int) -> Leavers:
        """The same vehicles some time later."""
        return replace(self, ready_ms=self.ready_ms + ms)


class RoadFlow:
    """The largest flow of vehicles from their nodes to the sinks of a thinned network."""

    def __init__(
        self, thinned: Thinned, closures: Closures, horizon_ms: int, step_ms: int = STEP_MS
    ) -> None:
        self.thinned, self.closures, self.step_ms = thinned, closures, step_ms
        self.last_step = horizon_ms // step_ms
        ends = [(r.start, r.end) for r in thinned.roads] + [(r.end, r.end) for r in thinned.emptied]
        kept = np.array(ends, dtype=np.int64).reshape(-1, 2)
        self._nodes = np.unique(np.concatenate([kept.ravel(), thinned.sinks]))
        self.roads = self._in_steps()

    def curve(self, leavers: Leavers) -> Int64:
        """Vehicles that can be at a sink by the end of each step, at most, int64[steps]."""
        return road_flow.arrival_curve(self.roads, self._after_dead_ends(leavers), self.last_step)

    def out_by(self, leavers: Leavers, moment_ms: int) -> int:
        """Vehicles that can be at a sink at or before a moment, at most."""
        return int(self.curve(leavers)[min(moment_ms // self.step_ms, self.last_step)])

    def done_ms(self, leavers: Leavers) -> int:
        """Moment before which they cannot all be at a sink; NEVER when not by the horizon."""
        return self.moment_ms(first_with(self.curve(leavers), len(leavers.node)))

    def moment_ms(self, step: int) -> int:
        """Begin of a step; NEVER of none."""
        return step * self.step_ms if step < NEVER else NEVER

    def latest_ms(self, leavers: Leavers, moment_ms: int, number: int) -> int:
        """How much later they may all set out, at most, for a number to be out by a moment.

        Negative when not even those who set out at once are so many.
        """
        last, step_ms = min(moment_ms // self.step_ms, self.last_step), self.step_ms

        def too_late(steps: int) -> bool:
            leaving = self._after_dead_ends(leavers.later(steps * step_ms))
            return road_flow.out_by(self.roads, leaving, last) < number

        # whoever waits less than a whole step may be in the step before
        return first_step(too_late, last) * step_ms - 1

    def _in_steps(self) -> StepRoads:
        roads = self.thinned.roads
        closing = [row for row, road in enumerate(roads) if road.closing >= 0]
        timed = np.array([self._passes(roads[row]) for row in closing], dtype=np.int64)
        timed_row = np.full(len(roads), -1, dtype=np.int64)
        timed_row[closing] = np.arange(len(closing))
        ends = np.array([(r.start, r.end) for r in roads], dtype=np.int64).reshape(-1, 2)
        return StepRoads(
            len(self._nodes),
            np.searchsorted(self._nodes, ends[:, 0]),
            np.searchsorted(self._nodes, ends[:, 1]),
            np.array([r.detour_ms // self.step_ms for r in roads], dtype=np.int64),
            np.array([_served(self.step_ms, r.headway_q10) for r in roads], dtype=np.int64),
            np.searchsorted(self._nodes, self.thinned.sinks),
            timed_row,
            timed.reshape(len(closing), self.last_step + 1),
        )

    def _passes(self, road: Road) -> Int64:
        """Most that enter a road in each step on the clock of its start, int64[steps]."""
        steps, step_ms = np.arange(self.last_step + 1), self.step_ms
        if road.closing < 0:
            return np.full(len(steps), _served(step_ms, road.headway_q10))
        begin = steps * step_ms - int(self.thinned.ahead_ms[road.start])
        open_ms, times = self.closures.open_within(road.closing, begin, step_ms)
        # the first one of every time it is open enters at once
        served = -(-(open_ms << 10) // road.headway_q10) + np.maximum(times - 1, 0)
        passes: Int64 = np.minimum(served, _served(step_ms, road.headway_q10))
        return passes

    def _after_dead_ends(self, leavers: Leavers) -> Leaving:
        """When vehicles appear on the roads that are left, on the clocks of their nodes."""
        ahead = self.thinned.ahead_ms[leavers.node]
        can = ahead < NEVER
        step = (leavers.ready_ms[can] + ahead[can]) // self.step_ms
        node, step = leavers.node[can][step <= self.last_step], step[step <= self.last_step]
        there: dict[int, Int64] = {}
        for place in np.unique(node).tolist():
            there[place] = np.bincount(step[node == place], minlength=self.last_step + 1)
        for road in self.thinned.emptied:
            if road.start in there:
                came = self._through(road, there.pop(road.start))
                there[road.end] = came + there.get(road.end, 0)
        place = np.searchsorted(self._nodes, np.array(list(there), dtype=np.int64))
        counts = np.array(list(there.values()), dtype=np.int64).reshape(-1, self.last_step + 1)
        row, when = np.nonzero(counts)
        return Leaving(place[row], when, counts[row, when])

    def _through(self, road: Road, came: Int64) -> Int64:
        """When those who come to the start of a road are at its end: all who may, at once."""
        total, served = np.cumsum(came), np.cumsum(self._passes(road))
        entered = np.minimum(served, served + np.minimum.accumulate(total - served))
        takes = min(road.detour_ms // self.step_ms, len(came))
        out = np.concatenate([np.zeros(takes, dtype=np.int64), entered[: len(came) - takes]])
        return np.diff(out, prepend=0)


def _served(open_ms: int, headway_q10: int) -> int:
    """Most that enter within a time."""
    return -(-(open_ms << 10) // headway_q10)


def first_step(holds: Callable[[int], bool], last: int) -> int:
    """First step of 0 to last in which something holds that goes on holding; last + 1 if none.

    Looked for with growing strides, because it is mostly near the beginning.
    """
    low, stride = 0, 1
    while low + stride <= last + 1 and not holds(low + stride - 1):
        low, stride = low + stride, 2 * stride
    high = min(low + stride - 1, last + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
