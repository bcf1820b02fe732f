"""What goes into the queues and comes out: what links carry, who departs, how drives ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.clock import NEVER
from sim.roads.network import Int32Array, IntArray
from sim.roads.queue_rows import LATEST, NO_WAY, RowArray
from sim.roads.routing import ONE_Q16, Tree

MS_PER_HOUR_Q10 = 3_600_000 << 10
MOST_PCU = 8
"""Largest vehicle the kernel takes, in pcu."""
MOST_ROUTES = 32_767
"""Rows of trees that a vehicle can name."""


@dataclass(frozen=True)
class Supply:
    """What the links of a network can carry, a row per directed edge.

    headway_q10: int32, 1024ths of a ms between two pcu (``headway`` makes it from pcu per hour);
    storage_pcu: int32, pcu that stand on the link when it is full, 1 to 32,767; wave_ms: int32,
    how long room made at the exit takes to reach the entry. Narrow roads: reverse is the edge of
    the other direction where both share the road (-1 elsewhere), passing_mm the distance between
    passing places (None: none but the two ends).
    """

    headway_q10: Int32Array
    storage_pcu: Int32Array
    wave_ms: Int32Array
    reverse: Int32Array | None = None
    passing_mm: Int32Array | None = None


@dataclass(frozen=True)
class Departures:
    """Vehicles that will set out, a row each; a single number stands for all of them.

    depart_ms: not before now; origin: node rows; route: rows of the trees; klass: rows of the
    speed tables; pcu: 1 to 8, a coach 2; speed_q16: free speed in 65536ths; willing_mm: depth
    into which the driver goes although the vehicle may not stand it; tag: the caller's own
    number; watched: ``advance`` returns when it has ended.
    """

    depart_ms: ArrayLike
    origin: ArrayLike
    route: ArrayLike = 0
    klass: ArrayLike = 0
    pcu: ArrayLike = 1
    speed_q16: ArrayLike = ONE_Q16
    willing_mm: ArrayLike = 0
    tag: ArrayLike = -1
    watched: ArrayLike = False


class Ended(NamedTuple):
    """Drives that have ended, in the order in which they did; columns as in routing.Ends.

    row: vehicle row as returned by ``add``; tag: the caller's number.
    """

    row: Int32Array
    tag: IntArray
    status: NDArray[np.int8]
    node: Int32Array
    time_ms: IntArray
    caught_ms: IntArray
    edge: Int32Array


def some(ended: Ended, rows: NDArray[np.bool_]) -> Ended:
    """Some of the drives that have ended."""
    return Ended(
        *(ended.row[rows], ended.tag[rows], ended.status[rows], ended.node[rows]),
        *(ended.time_ms[rows], ended.caught_ms[rows], ended.edge[rows]),
    )


NOTHING = Ended(
    np.zeros(0, dtype=np.int32),
    np.zeros(0, dtype=np.int64),
    np.zeros(0, dtype=np.int8),
    np.zeros(0, dtype=np.int32),
    np.zeros(0, dtype=np.int64),
    np.zeros(0, dtype=np.int64),
    np.zeros(0, dtype=np.int32),
)


def checked(cars: Departures, now: int, limits: tuple[int, int, int]) -> int:
    """Number of vehicles, if all can depart; limits: numbers of nodes, trees and classes.

    Raises:
        ValueError: a column is out of its range.
    """
    n_nodes, n_trees, n_classes = limits
    n = max(np.size(cars.depart_ms), np.size(cars.origin))
    for name, values, least, most in (
        ("depart_ms", cars.depart_ms, now, LATEST),
        ("origin", cars.origin, 0, n_nodes - 1),
        ("route", cars.route, 0, min(n_trees, MOST_ROUTES) - 1),
        ("klass", cars.klass, 0, n_classes - 1),
        ("pcu", cars.pcu, 1, MOST_PCU),
    ):
        if n and not least <= np.min(values) <= np.max(values) <= most:
            raise ValueError(
                f"{name}(={np.min(values)}..{np.max(values)}) must be {least} to {most}"
            )
    return n


def headway(capacity_pcu_h: ArrayLike) -> Int32Array:
    """Time between two pcu in 1024ths of a millisecond, from a capacity in pcu per hour.

    Raises:
        ValueError: a capacity is below 2 pcu/h; a road that carries nothing is closed.
    """
    capacity = np.asarray(capacity_pcu_h, dtype=np.float64)
    if not (capacity >= 2).all():
        raise ValueError(f"capacity_pcu_h(={capacity.min()}) must be at least 2")
    rows: Int32Array = np.maximum(np.rint(MS_PER_HOUR_Q10 / capacity), 1).astype(np.int32)
    return rows


def route_row(tree: Tree) -> Int32Array:
    """A tree towards its roots as the kernel reads it: next edge, -1 at a root, -2 without way."""
    row: Int32Array = np.where(tree.dist_ms >= NEVER, np.int32(NO_WAY), tree.edge)
    return row


def use_between(before: RowArray, after: RowArray) -> RowArray:
    """What has left every link between two readings of ``Queues.use``."""
    rows = np.zeros_like(after)
    for name in ("delay_ms", "pcu", "vehicles"):
        rows[name] = after[name] - before[name]
    return rows
