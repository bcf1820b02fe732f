"""The compiled earliest arrival flow through roads copied for every step; integers only.

A node x = place * steps + step is a place in a step. One step forward from it leads along the
roads that begin there, to the same place a step later, or, where flow came to x, back to where it
came from: it is sent elsewhere instead.

Step after step a sink is opened and Dinic's method (1970) sends more there. What cannot lead to it
any more never will to a later one: no later way passes a node from which an earlier sink can be
reached, or that sink would have got more. So every node is given up once, and all steps together
cost little more than a single maximum flow.

Meanwhile everybody goes along one way from each place and waits in line: mostly that is nearly
the largest flow already. The search finds those who wait where another way is still free.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import int32, int64, njit

from sim.compiled import I32, OPTIONS, tuple_type

UNSEEN, GIVEN_UP, NO_WAY_ON = -1, -2, -3


class Flow(NamedTuple):
    """Roads by number and what is still free of them.

    in_start, in_road, out_start, out_road: roads that end and begin at a place; start, end,
    takes: of a road; free, used: int32[roads, steps] by step of entry; stay, stayed:
    int32[places, steps], from a step to the next; supply: int32[places * steps]. Those from free
    on are written.
    """

    in_start: Any
    in_road: Any
    out_start: Any
    out_road: Any
    start: Any
    end: Any
    takes: Any
    free: Any
    used: Any
    stay: Any
    stayed: Any
    supply: Any


class Aims(NamedTuple):
    """Where people go: sinks, places; onward, the road that most take from a place, -1 none.

    order: places such that onward roads lead to later ones, none of them where room is limited.
    """

    sinks: Any
    onward: Any
    order: Any


_FLOW = tuple_type(Flow, *(I32,) * 7, *(int32[:, ::1],) * 4, int32[::1])


@njit(**OPTIONS)
def _see(y, here, level, queue, seen):  # type: ignore[no-untyped-def]
    """A node is put behind the others unless it has been seen; how many there are."""
    if level[y] != UNSEEN:
        return seen
    level[y] = here
    queue[seen] = y
    return seen + 1


@njit(**OPTIONS)
def _see_before(f, x, level, queue, seen):  # type: ignore[no-untyped-def]
    """All nodes from which one step leads to x; how many have been seen."""
    steps = f.free.shape[1]
    place, step, here = x // steps, x % steps, level[x] + 1
    for k in range(f.in_start[place], f.in_start[place + 1]):
        road = f.in_road[k]
        entered = step - f.takes[road]
        if entered >= 0 and f.free[road, entered] > 0:
            seen = _see(f.start[road] * steps + entered, here, level, queue, seen)
    if step > 0 and f.stay[place, step - 1] > 0:
        seen = _see(x - 1, here, level, queue, seen)
    for k in range(f.out_start[place], f.out_start[place + 1]):
        road = f.out_road[k]
        if f.used[road, step] > 0:
            y = f.end[road] * steps + step + f.takes[road]
            seen = _see(y, here, level, queue, seen)
    if f.stayed[place, step] > 0:
        seen = _see(x + 1, here, level, queue, seen)
    return seen


@njit(**OPTIONS)
def _after(f, x, k):  # type: ignore[no-untyped-def]
    """Where step k from a node leads and how many it takes; (-1, 0) past the last."""
    steps = f.free.shape[1]
    place, step = x // steps, x % steps
    first, n_out = f.out_start[place], f.out_start[place + 1] - f.out_start[place]
    if k < n_out:
        road = f.out_road[first + k]
        there = step + f.takes[road]
        if there >= steps:
            return int64(x), int32(0)
        return f.end[road] * steps + there, f.free[road, step]
    k -= n_out
    if k == 0:
        return (x + 1, f.stay[place, step]) if step + 1 < steps else (int64(x), int32(0))
    first, n_in = f.in_start[place], f.in_start[place + 1] - f.in_start[place]
    if k <= n_in:
        road = f.in_road[first + k - 1]
        entered = step - f.takes[road]
        if entered < 0:
            return int64(x), int32(0)
        return f.start[road] * steps + entered, f.used[road, entered]
    if k == n_in + 1 and step > 0:
        return x - 1, f.stayed[place, step - 1]
    return int64(-1), int32(0)


@njit(**OPTIONS)
def _send(f, x, k, number):  # type: ignore[no-untyped-def]
    """So many take step k from a node."""
    steps = f.free.shape[1]
    place, step = x // steps, x % steps
    first, n_out = f.out_start[place], f.out_start[place + 1] - f.out_start[place]
    if k < n_out:
        road = f.out_road[first + k]
        f.free[road, step] -= number
        f.used[road, step] += number
        return
    k -= n_out
    if k == 0:
        f.stay[place, step] -= number
        f.stayed[place, step] += number
        return
    first, n_in = f.in_start[place], f.in_start[place + 1] - f.in_start[place]
    if k <= n_in:
        road = f.in_road[first + k - 1]
        f.free[road, step - f.takes[road]] += number
        f.used[road, step - f.takes[road]] -= number
    else:
        f.stay[place, step - 1] += number
        f.stayed[place, step - 1] -= number


@njit(**OPTIONS)
def _levels(f, sinks, step, farther, level, queue):  # type: ignore[no-untyped-def]
    """Nodes by their distance from the sinks of a step, up to the first with people and farther.

    They stand in queue by level; their number, and whether anybody is there.
    """
    steps = f.free.shape[1]
    seen, head, last, anybody = 0, 0, int64(len(queue)), False
    for sink in sinks:
        seen = _see(sink * steps + step, 0, level, queue, seen)
    while head < seen:
        x = queue[head]
        head += 1
        if f.supply[x] > 0 and not anybody:
            last, anybody = level[x] + farther, True
        if level[x] < last:
            seen = _see_before(f, x, level, queue, seen)
    return seen, anybody


@njit(**OPTIONS)
def _bring(f, root, level, tried, way):  # type: ignore[no-untyped-def]
    """How many of the people at a node get to the sinks along ways of falling level."""
    sent, depth = 0, 0
    way[0] = root
    while f.supply[root] > 0:
        x = way[depth]
        if level[x] == 0:
            number = f.supply[root]
            for i in range(depth):
                number = min(number, _after(f, way[i], tried[way[i]])[1])
            f.supply[root] -= number
            sent += number
            full = depth
            for i in range(depth - 1, -1, -1):
                _send(f, way[i], tried[way[i]], number)
                if _after(f, way[i], tried[way[i]])[1] == 0:
                    full = i
            depth = full
            continue
        while True:
            y, number = _after(f, x, tried[x])
            if y < 0 or (number > 0 and level[y] == level[x] - 1):
                break
            tried[x] += 1
        if y >= 0:
            depth += 1
            way[depth] = y
            continue
        level[x] = NO_WAY_ON
        if depth == 0:
            break
        depth -= 1
    return sent


@njit(**OPTIONS)
def _go_on(f, aims, step):  # type: ignore[no-untyped-def]
    """Everybody is in the next step and takes the onward road, as far as it takes them.

    They leave no node that has been given up, and so come to none either.
    """
    steps = f.free.shape[1]
    for place in aims.order:
        x = place * steps + step
        if step > 0 and f.supply[x - 1] > 0:
            number = f.supply[x - 1]
            f.supply[x - 1] = 0
            f.supply[x] += number
            f.stay[place, step - 1] -= number
            f.stayed[place, step - 1] += number
        road = aims.onward[place]
        if road < 0:
            continue
        there = step + f.takes[road]
        number = min(f.supply[x], f.free[road, step])
        if number > 0 and there < steps:
            f.supply[x] -= number
            f.supply[f.end[road] * steps + there] += number
            f.free[road, step] -= number
            f.used[road, step] += number


@njit(int64[::1](_FLOW, tuple_type(Aims, I32, I32, I32)), **OPTIONS)
def earliest_arrivals(f, aims):  # type: ignore[no-untyped-def]
    """Most that can have come to the sinks by each step."""
    steps = f.free.shape[1]
    level = np.full(len(f.supply), UNSEEN, dtype=np.int32)
    tried = np.zeros(len(f.supply), dtype=np.int32)
    queue = np.empty(len(f.supply), dtype=np.int64)
    way = np.empty(len(f.supply), dtype=np.int64)
    curve = np.zeros(steps, dtype=np.int64)
    left, sent = f.supply.sum(), 0
    for step in range(steps):
        _go_on(f, aims, step)
        farther = 0
        while sent < left:
            seen, anybody = _levels(f, aims.sinks, step, farther, level, queue)
            farther = min(2 * farther + 2, len(queue))  # many searches in a step: look at more
            if not anybody:
                level[queue[:seen]] = GIVEN_UP
                break
            tried[queue[:seen]] = 0
            for x in queue[:seen]:
                if f.supply[x] > 0:
                    sent += _bring(f, x, level, tried, way)
            level[queue[:seen]] = UNSEEN
        curve[step] = sent
    return curve
