"""Road flow 道路快速流: how many can be through at most, by when, in a network with capacities.

Time runs in whole steps. Every road is copied once for every step in which it may be entered, and
a maximum flow through the copies (a time-expanded network, Ford and Fulkerson 1958) is at least
what any order of driving, waiting and choosing ways can bring to the sinks. Whoever waits may do
so at any node from one step to the next. sim.bounds.road_steps turns roads in metres and
milliseconds into steps so that the answer stays a bound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.bounds import flow_kernel
from sim.bounds.flow_kernel import Aims, Flow
from sim.bounds.problem import Int64
from sim.clock import NEVER
from sim.compiled import for_reading
from sim.roads import tree_kernels

BoolArray = NDArray[np.bool_]
NO_LIMIT = 2**30
"""A road or a place without a limit: more than ever move."""


@dataclass(frozen=True)
class StepRoads:
    """One-way roads in steps.

    start, end: int64[roads], node rows; takes: int64[roads], steps from entry to exit, 0 allowed;
    passes: int64[roads], most that enter in one step; sinks: int64 node rows. timed_row:
    int64[roads], row of ``timed`` or -1 for a road that is always the same; timed: int64[rows,
    steps], most that enter in each step, 0 while it is shut; the last column holds for ever.
    room: int64[nodes], most that wait at a node from one step to the next (not counted at the
    place they leave from); None no limit.
    """

    n_nodes: int
    start: Int64
    end: Int64
    takes: Int64
    passes: Int64
    sinks: Int64
    timed_row: Int64
    timed: Int64
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

    def part(self, rows: BoolArray) -> Leaving:
        """Some of them."""
        return Leaving(self.node[rows], self.step[rows], self.number[rows])

    def later(self, steps: int) -> Leaving:
        """The same people some steps later."""
        return replace(self, step=self.step + steps)


def arrival_curve(roads: StepRoads, leaving: Leaving, last_step: int) -> Int64:
    """Most that can be out by each step, int64[last_step + 1].

    One flow exists that reaches all of them at once (an earliest arrival flow, Gale 1959), so no
    simulated curve is above it anywhere.
    """
    curve = np.zeros(max(last_step + 1, 0), dtype=np.int64)
    goes = (leaving.step <= last_step) & (leaving.number > 0)
    if not goes.any():
        return curve
    roads, leaving = _homes_apart(roads, leaving.part(goes))
    first = int(leaving.step.min())  # nobody leaves before
    steps = last_step + 1 - first
    supply = np.zeros((roads.n_nodes, steps), dtype=np.int32)
    np.add.at(supply, (leaving.node, leaving.step - first), leaving.number)
    free, stay = _free(roads, first, supply)
    start, end, takes = (_column(ends) for ends in (roads.start, roads.end, roads.takes))
    inwards, outwards = (_by_place(ends, roads.n_nodes) for ends in (roads.end, roads.start))
    sinks = _column(roads.sinks)
    # roads that are shut for long are no good way to begin with
    slow = (takes + (free == 0).sum(axis=1)) * 2**20 + 1
    onward, far = tree_kernels.tree(tree_kernels.Fans(*inwards, start), slow, sinks, NEVER)
    order = np.argsort(-far, kind="stable") if roads.room is None else far[:0]
    curve[first:] = flow_kernel.earliest_arrivals(
        Flow(
            *(*inwards, *outwards, start, end, takes),
            *(free, np.zeros_like(free), stay, np.zeros_like(stay), supply.ravel()),
        ),
        Aims(sinks, for_reading(onward), _column(order)),
    )
    return curve


def out_by(roads: StepRoads, leaving: Leaving, last_step: int) -> int:
    """Most that can have reached a sink in steps 0 to last_step."""
    return int(arrival_curve(roads, leaving, last_step)[-1]) if last_step >= 0 else 0


def first_with(curve: Int64, number: int) -> int:
    """First step of an arrival curve by which so many can be out; NEVER when they cannot."""
    enough = curve >= number
    return int(np.argmax(enough)) if enough.any() else NEVER


def _free(
    roads: StepRoads, first: int, supply: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """What roads and places take in each step from the first on; never more than everybody."""
    total, steps = int(supply.sum()), supply.shape[1]
    passes = np.repeat(roads.passes[:, None], steps, axis=1)
    timed = np.flatnonzero(roads.timed_row >= 0)
    column = np.minimum(first + np.arange(steps), roads.timed.shape[1] - 1)
    passes[timed] = roads.timed[roads.timed_row[timed]][:, column]
    room = np.full(roads.n_nodes, total) if roads.room is None else roads.room
    stay = np.repeat(np.minimum(room, total).astype(np.int32)[:, None], steps, axis=1)
    return np.minimum(passes, total).astype(np.int32), stay


def _by_place(ends: Int64, n_nodes: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Rows of the roads at every node: those of node i from start[i] to start[i + 1]."""
    start = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=n_nodes))])
    return _column(start), _column(np.argsort(ends, kind="stable"))


def _column(values: Int64) -> NDArray[np.int32]:
    """For the kernels to read."""
    return for_reading(values.astype(np.int32))


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
        timed_row=np.concatenate([roads.timed_row, nothing - 1]),
        room=np.concatenate([roads.room, free]),
    )
    return apart, replace(leaving, node=home[row])
