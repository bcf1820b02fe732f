"""Ways through the network: trees towards a destination, and the drive along them.

Costs are whole milliseconds and ties go to the lower edge row, so a tree is the same on every
machine. Routes are trees towards few destinations, recomputed only when the roads change; the
vehicles of one destination then follow them in one compiled call.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.plain_enum import plain_members
from sim.roads import kernels
from sim.roads.network import BoolArray, Int32Array, IntArray, Network

ONE_Q16 = 1 << 16
"""The road-speed factor 1.0."""


class Tree(NamedTuple):
    """Best ways to (or from) some roots.

    edge: int32[n_nodes], the next edge towards the root (the last one from it); -1 at the roots
    and where there is no way. dist_ms: int64[n_nodes], NEVER where there is no way.
    """

    edge: Int32Array
    dist_ms: IntArray


@plain_members
class Trip(IntEnum):
    """How a drive ended. BLOCKED waits at a node, STALLED stands in the water on an edge."""

    ARRIVED = kernels.ARRIVED
    BLOCKED = kernels.BLOCKED
    STALLED = kernels.STALLED
    NO_ROUTE = kernels.NO_ROUTE


@dataclass(frozen=True)
class Water:
    """Depth on the edges over time.

    edge_row: int32[n_edges], row of levels or -1 (dry for ever); levels: int32[n_wet, n_steps]
    in mm, column k valid from k * step_ms, the last one for ever; harm_mm: depth from which
    somebody on the edge counts as caught by the water.
    """

    edge_row: Int32Array
    levels: Int32Array
    step_ms: int
    harm_mm: int


@dataclass(frozen=True)
class Drivers:
    """Vehicles that set out for one destination, a row each.

    origin: int32 node rows; depart_ms: int64; willing_mm: int32, depth into which the driver
    goes although the vehicle may not stand it; speed_q16: int32, free speed times 65536 ths.
    """

    origin: Int32Array
    depart_ms: IntArray
    willing_mm: Int32Array
    speed_q16: Int32Array


class Ends(NamedTuple):
    """How and where each drive ended.

    status: int8 of Trip; node: int32, where the vehicle is, or from where it entered the edge on
    which it stalled; time_ms: int64, arrival, block or stall (departure for NO_ROUTE); caught_ms:
    int64, first moment at which the edge under the vehicle had harm_mm of water, or NEVER;
    edge: int32, the edge it did not enter or stands on, else -1.
    """

    status: NDArray[np.int8]
    node: Int32Array
    time_ms: IntArray
    caught_ms: IntArray
    edge: Int32Array


def tree_to(network: Network, roots: int | Sequence[int] | Int32Array, cost_ms: IntArray) -> Tree:
    """Best ways from every node to the nearest of the roots (node rows).

    cost_ms: int64[n_edges]; NEVER closes an edge, less than 1 ms counts as 1 ms.
    """
    found = kernels.tree(
        network.in_start, network.in_edge, network.edge_from, cost_ms, _rows(roots), NEVER
    )
    return Tree(*found)


def tree_from(
    network: Network,
    roots: int | Sequence[int] | Int32Array,
    cost_ms: IntArray,
    limit_ms: int = NEVER,
) -> Tree:
    """Best ways from the nearest of the roots (node rows) to every node; costs as in tree_to.

    Nodes farther than limit_ms are left with a distance above it that is not final.
    """
    found = kernels.tree(
        network.out_start, network.out_edge, network.edge_to, cost_ms, _rows(roots), limit_ms
    )
    return Tree(*found)


def path_edges(network: Network, tree: Tree, origin: int) -> Int32Array:
    """Edges in driving order from origin along a tree_to; empty at a root and without a way."""
    way: Int32Array = kernels.path(tree.edge, network.edge_to, origin)
    return way


def path_between(
    network: Network, tree: Tree, cost_ms: IntArray, ends: tuple[int, int]
) -> Int32Array:
    """Edges in driving order from the root of a tree_from to a node: ends = (root, node).

    The same edges as path_edges gives along a tree_to the node, also where several ways take
    equally long. Empty at the root and without a way.
    """
    origin, target = ends
    if tree.dist_ms[target] >= NEVER:
        return np.empty(0, dtype=np.int32)
    way: Int32Array = kernels.path_between(
        *(network.in_start, network.in_edge, network.edge_from),
        *(network.out_start, network.out_edge, network.edge_to),
        *(cost_ms, tree.edge, tree.dist_ms, origin, target),
    )
    return way


def reaches_any(network: Network, destination: BoolArray, open_edge: BoolArray) -> BoolArray:
    """Whether each node has a way over open edges to any marked node.

    destination: bool[n_nodes]; open_edge: bool[n_edges].
    """
    reached: BoolArray = kernels.reaches(
        network.in_start, network.in_edge, network.edge_from, destination, open_edge
    )
    return reached


def reached_from(network: Network, origin: BoolArray, open_edge: BoolArray) -> BoolArray:
    """Whether each node has a way over open edges from any marked node.

    origin: bool[n_nodes]; open_edge: bool[n_edges].
    """
    reached: BoolArray = kernels.reaches(
        network.out_start, network.out_edge, network.edge_to, origin, open_edge
    )
    return reached


def dry_water(network: Network) -> Water:
    """Roads that stay dry."""
    rows = np.full(network.n_edges, -1, dtype=np.int32)
    return Water(rows, np.zeros((0, 1), dtype=np.int32), NEVER, NEVER)


def depths_at(water: Water, time_ms: int) -> Int32Array:
    """Depth on every edge at a moment, int32[n_edges] in mm."""
    depth = np.zeros(len(water.edge_row), dtype=np.int32)
    wet = water.edge_row >= 0
    step = min(int(time_ms) // water.step_ms, water.levels.shape[1] - 1)
    depth[wet] = water.levels[water.edge_row[wet], step]
    return depth


def edge_costs(
    network: Network,
    speed_table: Int32Array,
    depth_mm: Int32Array | None = None,
    speed_q16: int = ONE_Q16,
    allowed: BoolArray | None = None,
) -> IntArray:
    """Time a vehicle needs for each edge, int64[n_edges] in ms; NEVER where it may not go.

    speed_table is the class's speed by depth in m/h (passability.speed_table). drive() takes on
    an edge exactly the time this gives for the depth at entry. allowed is bool[n_edges].
    """
    free = network.speed_kmh_x10.astype(np.int64) * 100
    speed = np.minimum(free, speed_table[0]) * speed_q16 // 100
    shut = np.zeros(network.n_edges, dtype=np.bool_) if allowed is None else ~allowed
    if depth_mm is not None:
        shut = shut | (depth_mm >= len(speed_table))
        wet = np.flatnonzero((depth_mm > 0) & ~shut)
        by_depth = speed_table[depth_mm[wet]].astype(np.int64)
        speed[wet] = np.minimum(speed[wet], (by_depth << 16) // 100)
    cost = ((network.length_mm * 36 << 16) + speed - 1) // speed
    return np.where(shut, NEVER, cost)


def drive(
    network: Network, tree: Tree, water: Water, speed_table: Int32Array, drivers: Drivers
) -> Ends:
    """Drive every vehicle along the tree, edge by edge, through the water it meets.

    An edge is driven at the smaller of the free speed (times the driver's factor) and the speed
    that the depth at entry allows. Water at or above the class's limit stops the vehicle at the
    node before it, unless the driver is willing: then it goes in and stalls half way, reached at
    the slowest wet speed. Whoever is on an edge finishes it, whatever the water does meanwhile.
    A stalled vehicle stays, and may be caught there later.
    """
    trees = Tree(tree.edge[None, :], tree.dist_ms[None, :])
    which = np.zeros(len(drivers.origin), dtype=np.int32)
    return drive_many(network, (trees, which), water, speed_table, drivers)


def drive_many(
    network: Network,
    ways: tuple[Tree, Int32Array],
    water: Water,
    speed_table: Int32Array,
    drivers: Drivers,
) -> Ends:
    """As ``drive``, for vehicles with different destinations in one call.

    ways: trees stacked to [n_trees, n_nodes] (see ``stack``), and the tree row of each driver.
    """
    trees, which = ways
    n = len(drivers.origin)
    ends = Ends(
        np.empty(n, dtype=np.int8),
        np.empty(n, dtype=np.int32),
        np.empty(n, dtype=np.int64),
        np.empty(n, dtype=np.int64),
        np.empty(n, dtype=np.int32),
    )
    kernels.drive(
        *(trees.edge, trees.dist_ms, which),
        *(network.edge_to, network.length_mm, network.speed_kmh_x10),
        *(water.edge_row, water.levels, water.step_ms, water.harm_mm, speed_table),
        *(drivers.origin, drivers.depart_ms, drivers.willing_mm, drivers.speed_q16),
        *ends,
    )
    return ends


def stack(trees: Sequence[Tree]) -> Tree:
    """Several trees as rows of one, for drive_many."""
    return Tree(np.stack([t.edge for t in trees]), np.stack([t.dist_ms for t in trees]))


def _rows(roots: int | Sequence[int] | Int32Array) -> Int32Array:
    return np.atleast_1d(np.asarray(roots, dtype=np.int32))
