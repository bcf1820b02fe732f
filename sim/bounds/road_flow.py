"""Road flow 道路快速流: how many can be through at most, by when, in a network with capacities.

Time runs in whole steps. Every road is copied once for every step in which it may be entered, and
a maximum flow through the copies (a time-expanded network, Ford and Fulkerson 1958) is at least
what any order of driving, waiting and choosing ways can bring to the sinks. Whoever waits may do
so at any node from one step to the next. sim.bounds.road_steps turns roads in metres and
milliseconds into steps so that the answer stays a bound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import maximum_flow

from sim.bounds.problem import Int64
from sim.clock import NEVER

BoolArray = NDArray[np.bool_]
NO_LIMIT = 2**30
"""A road or a place without a limit: more than ever move."""


@dataclass(frozen=True)
class StepRoads:
    """One-way roads in steps.

    start, end: int64[roads], node rows; takes: int64[roads], steps from entry to exit, 0 allowed;
    passes: int64[roads], most that enter in one step; sinks: int64 node rows. shut_row:
    int64[roads], row of ``shut`` or -1 for never shut; shut: bool[rows, steps], true while the
    road may not be entered; the last column holds for ever. room: int64[nodes], most that wait at
    a node from one step to the next (not counted at the place they leave from); None no limit.
    """

    n_nodes: int
    start: Int64
    end: Int64
    takes: Int64
    passes: Int64
    sinks: Int64
    shut_row: Int64
    shut: BoolArray
    room: Int64 | None = None


@dataclass(frozen=True)
class Leaving:
    """Who leaves: node row, first step in which they can go, and how many; int64[n] each."""

    node: Int64
    step: Int64
    number: Int64

    @property
    def total(self) -> int:
        """All of them."""
        return int(self.number.sum())

    def later(self, steps: int) -> Leaving:
        """The same people some steps later."""
        return replace(self, step=self.step + steps)


def out_by(roads: StepRoads, leaving: Leaving, last_step: int) -> int:
    """Most that can have reached a sink in steps 0 to last_step."""
    if last_step < 0:
        return 0
    roads, leaving = _homes_apart(roads, leaving)
    goes = (leaving.step <= last_step) & (leaving.number > 0)
    if not goes.any():
        return 0
    first = int(leaving.step[goes].min())
    leaving = Leaving(leaving.node[goes], leaving.step[goes] - first, leaving.number[goes])
    roads, steps = _from_step(roads, first), last_step + 1 - first
    source, sink = roads.n_nodes * steps, roads.n_nodes * steps + 1
    arcs = [
        _driving(roads, steps),
        _waiting(roads, steps),
        (np.full(len(leaving.node), source), leaving.node * steps + leaving.step, leaving.number),
        _arriving(roads, steps, sink),
    ]
    tail, head, number = (np.concatenate(column) for column in zip(*arcs, strict=True))
    graph = coo_array((number, (tail, head)), shape=(sink + 1, sink + 1)).tocsr()
    # more than everybody is no limit; the solver counts in 32 bits
    graph.data = np.minimum(graph.data, leaving.total).astype(np.int32)
    return int(maximum_flow(graph, source, sink).flow_value)


def arrival_curve(roads: StepRoads, leaving: Leaving, last_step: int) -> Int64:
    """Most that can be out by each step, int64[last_step + 1].

    One flow exists that reaches all of them at once (an earliest arrival flow, Gale 1959), so no
    simulated curve is above it anywhere.
    """
    curve = [out_by(roads, leaving, step) for step in range(last_step + 1)]
    return np.array(curve, dtype=np.int64)


def quickest(roads: StepRoads, leaving: Leaving, last_step: int) -> int:
    """First step by which everybody can be out; NEVER when not even by last_step."""
    if not leaving.total:
        return 0
    first = int(leaving.step[leaving.number > 0].max())
    return first_step(lambda step: out_by(roads, leaving, step) == leaving.total, first, last_step)


def latest_start(roads: StepRoads, leaving: Leaving, last_step: int, number: int) -> int:
    """Most steps by which everybody may leave later so that ``number`` are still out by last_step.

    -1 when they are not even without delay. Leaving earlier is never worse: one can wait.
    """

    def too_late(steps: int) -> bool:
        return out_by(roads, leaving.later(steps), last_step) < number

    found = first_step(too_late, 0, last_step + 1)
    return found - 1 if found < NEVER else last_step + 1


def first_step(holds: Callable[[int], bool], first: int, last: int) -> int:
    """First step of first to last in which something holds that goes on holding; NEVER if none.

    Looked for with growing strides, because it is mostly near the beginning.
    """
    low, stride = first, 1
    while not holds(min(low + stride - 1, last)):
        if low + stride - 1 >= last:
            return NEVER
        low, stride = low + stride, 2 * stride
    high = min(low + stride - 1, last)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _from_step(roads: StepRoads, first: int) -> StepRoads:
    """The same roads with their steps counted from a later one: nobody leaves before."""
    column = min(first, roads.shut.shape[1] - 1)
    return replace(roads, shut=roads.shut[:, column:])


def _driving(roads: StepRoads, steps: int) -> tuple[Int64, Int64, Int64]:
    """A copy of every road for every step in which it may be entered and left in time."""
    step = np.arange(steps)
    fits = step[None, :] + roads.takes[:, None] < steps
    closing = np.flatnonzero(roads.shut_row >= 0)
    if len(closing):
        column = np.minimum(step, roads.shut.shape[1] - 1)
        fits[closing] &= ~roads.shut[roads.shut_row[closing]][:, column]
    road, entered = np.nonzero(fits)
    tail = roads.start[road] * steps + entered
    head = roads.end[road] * steps + entered + roads.takes[road]
    return tail, head, roads.passes[road]


def _waiting(roads: StepRoads, steps: int) -> tuple[Int64, Int64, Int64]:
    nodes = np.arange(roads.n_nodes)
    room = np.full(roads.n_nodes, NO_LIMIT, dtype=np.int64) if roads.room is None else roads.room
    tail = (nodes[:, None] * steps + np.arange(steps - 1)).ravel()
    return tail, tail + 1, np.repeat(room, steps - 1)


def _arriving(roads: StepRoads, steps: int, sink: int) -> tuple[Int64, Int64, Int64]:
    tail = (roads.sinks[:, None] * steps + np.arange(steps)).ravel()
    return tail, np.full(len(tail), sink), np.full(len(tail), NO_LIMIT)


def _homes_apart(roads: StepRoads, leaving: Leaving) -> tuple[StepRoads, Leaving]:
    """Where room is limited people first wait at home: a node of its own before the place."""
    if roads.room is None:
        return roads, leaving
    place, row = np.unique(leaving.node, return_inverse=True)
    home = roads.n_nodes + np.arange(len(place))
    nothing, free = np.zeros(len(place), dtype=np.int64), np.full(len(place), NO_LIMIT)
    apart = replace(
        roads,
        n_nodes=roads.n_nodes + len(place),
        start=np.concatenate([roads.start, home]),
        end=np.concatenate([roads.end, place]),
        takes=np.concatenate([roads.takes, nothing]),
        passes=np.concatenate([roads.passes, free]),
        shut_row=np.concatenate([roads.shut_row, nothing - 1]),
        room=np.concatenate([roads.room, free]),
    )
    return apart, replace(leaving, node=home[row])
