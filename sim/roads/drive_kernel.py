"""The compiled drive of many vehicles along their trees; routing.drive tells the rules."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import int8, int32, int64, njit, types
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.compiled import I32, I32_2D, I64, I64_2D, OPTIONS, tuple_type

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

ARRIVED, BLOCKED, STALLED, NO_ROUTE = 0, 1, 2, 3


class Trees(NamedTuple):
    """Trees of ways as rows of int32 edge and int64 dist_ms [n_trees, n_nodes]; each driver's."""

    edge: Int32
    dist_ms: Int64
    of_driver: Int32


class Links(NamedTuple):
    """Roads as a class of vehicles drives them: end node, length, free speed by edge (km/h times
    10); its speed by depth of water (m/h), up to the depth that stops it."""

    to: Int32
    length_mm: Int64
    speed_kmh_x10: Int32
    by_depth: Int32


class Water(NamedTuple):
    """Depth on the edges over time.

    edge_row: int32[n_edges], row of levels or -1 (dry for ever); levels: int32[n_wet, n_steps]
    in mm, column k valid from k * step_ms, the last one for ever; harm_mm: level from which
    somebody on the edge counts as caught. hinder: None, or int32 rows like levels (for queues a
    block of them per class): depth of water that would hinder a class as much, where what harms
    people and what stops vehicles are not the same number (sim.roads.levels).
    """

    edge_row: Int32
    levels: Int32
    step_ms: int
    harm_mm: int
    hinder: Int32 | None = None

    @property
    def hindrance(self) -> Int32:
        """What stops vehicles: the levels themselves unless stated."""
        return self.levels if self.hinder is None else self.hinder


class Drivers(NamedTuple):
    """Vehicles that set out, a row each.

    origin: int32 node rows; depart_ms: int64; willing_mm: int32, depth into which the driver
    goes although the vehicle may not stand it; speed_q16: int32, free speed times 65536 ths.
    """

    origin: Int32
    depart_ms: Int64
    willing_mm: Int32
    speed_q16: Int32


class Ends(NamedTuple):
    """How and where each drive ended.

    status: int8 of Trip; node: int32, where the vehicle is, or from where it entered the edge on
    which it stalled; time_ms: int64, arrival, block or stall (departure for NO_ROUTE); caught_ms:
    int64, first moment at which the edge under the vehicle had harm_mm of water, or NEVER;
    edge: int32, the edge it did not enter or stands on, else -1.
    """

    status: Int8
    node: Int32
    time_ms: Int64
    caught_ms: Int64
    edge: Int32


_DRIVE = types.void(
    tuple_type(Trees, I32_2D, I64_2D, I32),
    tuple_type(Links, I32, I64, I32, I32),
    tuple_type(Water, I32, I32_2D, int64, int64, I32_2D),
    tuple_type(Drivers, I32, I64, I32, I32),
    tuple_type(Ends, int8[::1], int32[::1], int64[::1], int64[::1], int32[::1]),
)


@njit(**OPTIONS)
def _step_at(water, t):  # type: ignore[no-untyped-def]
    return min(max(t, 0) // water.step_ms, water.levels.shape[1] - 1)


@njit(**OPTIONS)
def _takes_ms(links, e, depth, factor):  # type: ignore[no-untyped-def]
    """Time for an edge under so much water; above the limit at the slowest wet speed."""
    by_depth = links.by_depth
    # v in 65536ths of 0.1 km/h; by_depth in m/h
    v = min(np.int64(links.speed_kmh_x10[e]) * 100, np.int64(by_depth[0])) * factor // 100
    if depth > 0:
        wet = by_depth[min(depth, len(by_depth) - 1)]
        v = min(v, (np.int64(wet) << 16) // 100)
    v = max(v, 1)
    return ((links.length_mm[e] * 36 << 16) + v - 1) // v


@njit(**OPTIONS)
def _first_harm(water, row, t, until):  # type: ignore[no-untyped-def]
    """First moment from t up to the step ``until`` with harmful water on an edge, or NEVER."""
    for k in range(_step_at(water, t), until + 1):
        if water.levels[row, k] >= water.harm_mm:
            return max(t, k * water.step_ms)
    return NEVER


@njit(_DRIVE, **OPTIONS)
def drive(trees, links, water, drivers, ends):  # type: ignore[no-untyped-def]
    """Walk every vehicle along the edges of its tree and note how it ended."""
    limit = len(links.by_depth)
    for i in range(len(drivers.origin)):
        node, t, caught, end, edge = drivers.origin[i], drivers.depart_ms[i], NEVER, ARRIVED, -1
        tree = trees.of_driver[i]
        if trees.edge[tree, node] < 0 and trees.dist_ms[tree, node] != 0:
            end = NO_ROUTE
        while trees.edge[tree, node] >= 0:
            e = trees.edge[tree, node]
            row = water.edge_row[e]
            depth = water.hinder[row, _step_at(water, t)] if row >= 0 else np.int32(0)
            if depth >= limit:
                edge = e
                if depth > drivers.willing_mm[i]:
                    end = BLOCKED
                    break
                end = STALLED
            takes = _takes_ms(links, e, depth, drivers.speed_q16[i])
            if row >= 0 and caught == NEVER:
                last = water.levels.shape[1] - 1
                until = last if end == STALLED else _step_at(water, max(t, 0) + takes - 1)
                caught = _first_harm(water, row, t, until)
            if end == STALLED:
                t += (takes + 1) // 2
                break
            t += takes
            node = links.to[e]
        ends.status[i], ends.node[i], ends.time_ms[i] = end, node, t
        ends.caught_ms[i], ends.edge[i] = caught, edge
