"""Ways through the network: trees towards a destination, and the drive along them.

Costs are whole milliseconds and ties go to the lower edge row, so a tree is the same on every
machine. Routes are trees towards few destinations, recomputed only when the roads change; the
vehicles of one destination then follow them in one compiled call.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from sim.clock import NEVER
from sim.compiled import sealed
from sim.plain_enum import plain_members
from sim.roads import drive_kernel, kernels, tree_kernels, way_kernel
from sim.roads.drive_kernel import Drivers as Drivers
from sim.roads.drive_kernel import Ends as Ends
from sim.roads.drive_kernel import Links, Trees
from sim.roads.drive_kernel import Water as Water
from sim.roads.kernels import Found
from sim.roads.network import BoolArray, Int32Array, IntArray, Network
from sim.roads.tree_kernels import Fans

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

    ARRIVED = drive_kernel.ARRIVED
    BLOCKED = drive_kernel.BLOCKED
    STALLED = drive_kernel.STALLED
    NO_ROUTE = drive_kernel.NO_ROUTE


def tree_to(network: Network, roots: int | Sequence[int] | Int32Array, cost_ms: IntArray) -> Tree:
    """Best ways from every node to the nearest of the roots (node rows).

    cost_ms: int64[n_edges]; NEVER closes an edge, less than 1 ms counts as 1 ms.
    """
    return Tree(*tree_kernels.tree(inwards(network), cost_ms, _rows(roots), NEVER))


def tree_from(
    network: Network,
    roots: int | Sequence[int] | Int32Array,
    cost_ms: IntArray,
    limit_ms: int = NEVER,
) -> Tree:
    """Best ways from the nearest of the roots (node rows) to every node; costs as in tree_to.

    Nodes farther than limit_ms are left with a distance above it that is not final.
    """
    return Tree(*tree_kernels.tree(outwards(network), cost_ms, _rows(roots), limit_ms))


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
    found = sealed(Found(cost_ms, *tree))
    fans = (inwards(network), outwards(network))
    way: Int32Array = kernels.path_between(*fans, found, origin, target)
    return way


def way_to(network: Network, lower: Tree, cost_ms: IntArray, ends: tuple[int, int]) -> Int32Array:
    """Edges in driving order between two nodes, found alone: the same as along a tree_to.

    lower: a tree_from the first of them, for costs nowhere above these.
    """
    way: Int32Array = way_kernel.way_to(
        inwards(network), network.edge_to, cost_ms, lower.dist_ms, *ends
    )
    return way


def reaches_any(network: Network, destination: BoolArray, open_edge: BoolArray) -> BoolArray:
    """Whether each node has a way over open edges to any marked node.

    destination: bool[n_nodes]; open_edge: bool[n_edges].
    """
    reached: BoolArray = kernels.reaches(inwards(network), destination, open_edge)
    return reached


def reached_from(network: Network, origin: BoolArray, open_edge: BoolArray) -> BoolArray:
    """Whether each node has a way over open edges from any marked node.

    origin: bool[n_nodes]; open_edge: bool[n_edges].
    """
    reached: BoolArray = kernels.reaches(outwards(network), origin, open_edge)
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
    depth[wet] = water.hindrance[water.edge_row[wet], step]
    return depth


_NO_DEPTH, _ALL_ALLOWED = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.bool_)


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
    cost: IntArray = kernels.edge_costs(
        *(network.length_mm, network.speed_kmh_x10, speed_table),
        _NO_DEPTH if depth_mm is None else depth_mm,
        _ALL_ALLOWED if allowed is None else allowed,
        speed_q16,
    )
    return cost


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
    roads = (network.edge_to, network.length_mm, network.speed_kmh_x10)
    drive_kernel.drive(
        sealed(Trees(*trees, which)),
        sealed(Links(*roads, speed_table)),
        sealed(water._replace(hinder=water.hindrance)),
        sealed(drivers),
        ends,
    )
    return ends


def stack(trees: Sequence[Tree]) -> Tree:
    """Several trees as rows of one, for drive_many."""
    return Tree(np.stack([t.edge for t in trees]), np.stack([t.dist_ms for t in trees]))


def inwards(network: Network) -> Fans:
    """For ways towards a node: the edges that come to each node."""
    return Fans(network.in_start, network.in_edge, network.edge_from)


def outwards(network: Network) -> Fans:
    """For ways from a node: the edges that leave each node."""
    return Fans(network.out_start, network.out_edge, network.edge_to)


def _rows(roots: int | Sequence[int] | Int32Array) -> Int32Array:
    return np.atleast_1d(np.asarray(roots, dtype=np.int32))
