"""What drivers of one vehicle class know of the roads: their states, times and best ways.

The news is the water as it stood at the last information step. Two steps whose water closes or
slows the same roads are one state, and all who ask in a state get the same tree. A tree of one
state is repaired into that of another, which gives exactly what a new search would.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.roads import kernels
from sim.roads.network import BoolArray, Int32Array, IntArray, Network
from sim.roads.passability import VehicleClass, allowed_edges, speed_table
from sim.roads.repair import repaired
from sim.roads.routing import (
    ONE_Q16,
    Tree,
    Water,
    depths_at,
    edge_costs,
    path_between,
    path_edges,
    reached_from,
    tree_from,
    tree_to,
    way_to,
)

Roots = int | tuple[int, ...]

TREES_KEPT = 400
"""Route trees kept per vehicle class; a tree of 2,500 nodes takes 30 kB."""

WAYS_KEPT = 20_000

K = TypeVar("K")
V = TypeVar("V")


class Bounded(dict[K, V]):
    """A dict that forgets its oldest entry when it is full: a cache, never a result."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= self._most and key not in self:
            del self[next(iter(self))]
        super().__setitem__(key, value)

    def __reduce__(self) -> tuple[type[Bounded[K, V]], tuple[int]]:
        """A copy sent to another process starts empty: what it forgot it works out again."""
        return (Bounded, (self._most,))


class Way:
    """A way as known: its edges, its length (m), and whether it stays dry in this member."""

    __slots__ = ("dry", "edges", "metres")

    def __init__(self, edges: Int32Array, network: Network, water: Water) -> None:
        self.edges = edges
        length_mm, wet = kernels.along(edges, network.length_mm, water.edge_row)
        self.metres: int = length_mm // 1000
        self.dry = len(edges) > 0 and wet == 0


class DryRoads:
    """Roads of one class without water: the same in every member, and where repairs begin."""

    def __init__(self, network: Network, vehicle: VehicleClass) -> None:
        self.network = network
        self.allowed = allowed_edges(network, vehicle)
        self.cost = edge_costs(network, speed_table(vehicle), None, ONE_Q16, self.allowed)
        self._trees: dict[tuple[Roots, bool], Tree] = Bounded(TREES_KEPT)

    def tree(self, roots: Roots, towards: bool) -> Tree:
        """Best ways to (towards) or from some nodes."""
        key = (roots, towards)
        tree = self._trees.get(key)
        if tree is None:
            find = tree_to if towards else tree_from
            tree = self._trees[key] = find(self.network, roots, self.cost)
        return tree


class KnownRoads:
    """Roads of one class under the water of one member.

    period_ms: time between two information steps.
    """

    def __init__(
        self, dry: DryRoads, vehicle: VehicleClass, water: Water, steps_per_news: int
    ) -> None:
        self.network, self._dry, self._water = dry.network, dry, water
        self.speed_table = speed_table(vehicle)
        self.period_ms = steps_per_news * water.step_ms
        self._vehicle, self._every = vehicle, steps_per_news
        self._states, self._first = self._news(vehicle, steps_per_news)
        self._costs: dict[int, IntArray] = {0: dry.cost}
        self._changed: dict[tuple[int, int], Int32Array] = {}
        self._trees: dict[tuple[Roots, bool], tuple[int, Tree]] = Bounded(TREES_KEPT)
        self._ways: dict[tuple[int, int, int], Way] = Bounded(WAYS_KEPT)
        self._free: dict[int, IntArray] = {}
        self._reached: dict[tuple[tuple[int, ...], int], BoolArray] = Bounded(TREES_KEPT)

    def _news(self, vehicle: VehicleClass, every: int) -> tuple[list[int], list[int]]:
        """State of the roads at every information step (0 is dry), first step of every state.

        Two states differ when some edge is closed, or at least half as deep as the class can
        stand, in one and not in the other. The water of its first step stands for the state,
        whoever asks first, so that what was played before changes no route.
        """
        rows = np.unique(self._water.edge_row[self._dry.allowed & (self._water.edge_row >= 0)])
        sampled, limit = self._water.hindrance[rows, ::every], vehicle.depth_limit_mm
        bands = (sampled >= limit).astype(np.int8) + (sampled >= limit // 2)
        known: dict[bytes, int] = {bytes(len(rows)): 0}
        columns = np.ascontiguousarray(bands.T)
        states = [known.setdefault(row.tobytes(), len(known)) for row in columns]
        return states, [states.index(k) if k in states else 0 for k in range(len(known))]

    def read_again(self) -> None:
        """Later water is another than it was: states known so far keep their numbers."""
        self._states, self._first = self._news(self._vehicle, self._every)

    def changes_ms(self) -> list[int]:
        """Moments at which the known state becomes another."""
        steps = np.flatnonzero(np.diff(np.array(self._states))) + 1
        return [k * self.period_ms for k in steps.tolist()]

    def state(self, now: int) -> int:
        """Number of the state known at a moment."""
        step = now // self.period_ms
        return self._states[step] if step < len(self._states) else self._states[-1]

    def cost(self, state: int) -> IntArray:
        """Time for every edge in a state, int64[n_edges] in ms; NEVER where closed."""
        cost = self._costs.get(state)
        if cost is None:
            depth = depths_at(self._water, self._first[state] * self.period_ms)
            allowed = self._dry.allowed
            cost = edge_costs(self.network, self.speed_table, depth, ONE_Q16, allowed)
            self._costs[state] = cost
        return cost

    def free_cost(self, speed_q16: int) -> IntArray:
        """Time for every edge without water for a driver of some speed, int64[n_edges] in ms."""
        cost = self._free.get(speed_q16)
        if cost is None:
            cost = edge_costs(self.network, self.speed_table, None, speed_q16)
            self._free[speed_q16] = cost
        return cost

    def tree(self, roots: Roots, towards: bool, state: int) -> Tree:
        """Best ways to (towards) or from some nodes in a state."""
        key = (roots, towards)
        held = self._trees.get(key)
        if held is not None and held[0] == state:
            return held[1]
        before, tree = 0, None
        changed = self._changes(0, state)
        if held is not None and len(since := self._changes(held[0], state)) < len(changed):
            (before, tree), changed = held, since
        if tree is None:
            tree = self._dry.tree(roots, towards)
        if before != state:
            tree = repaired(self.network, tree, self.cost(state), changed, towards)
        self._trees[key] = (state, tree)
        return tree

    def times_near(self, node: int, state: int, within_ms: int) -> IntArray:
        """Times from a node in a state; beyond a limit they are above it but not final."""
        held = self._trees.get((node, False))
        if held is not None and held[0] == state:
            return held[1].dist_ms
        return tree_from(self.network, node, self.cost(state), within_ms).dist_ms

    def _changes(self, before: int, after: int) -> Int32Array:
        """Edges whose time differs between two states."""
        changed = self._changed.get((before, after))
        if changed is None:
            differs = np.flatnonzero(self.cost(before) != self.cost(after))
            changed = self._changed[before, after] = differs.astype(np.int32)
        return changed

    def nearest(self, node: int, targets: tuple[int, ...], state: int) -> int:
        """The target reached first from a node, -1 for none; the way is kept for the drive."""
        tree = self.tree(targets, True, state)
        if tree.dist_ms[node] >= NEVER:
            return -1
        edges = path_edges(self.network, tree, node)
        target = int(self.network.edge_to[edges[-1]]) if len(edges) else node
        if (node, target, state) not in self._ways:
            self._ways[node, target, state] = Way(edges, self.network, self._water)
        return target

    def way(self, origin: int, target: int, state: int) -> Way:
        """The best way between two nodes in a state; without edges where there is none."""
        way = self._ways.get((origin, target, state))
        if way is None:
            way = Way(self._find(origin, target, state), self.network, self._water)
            self._ways[origin, target, state] = way
        return way

    def _find(self, origin: int, target: int, state: int) -> NDArray[np.int32]:
        """By whichever tree is at hand: the way is the same, so what was asked changes nothing."""
        cost, ends = self.cost(state), (origin, target)
        held = self._trees.get((target, True))
        if held is not None and held[0] == state:
            return path_edges(self.network, held[1], origin)
        held = self._trees.get((origin, False))
        if held is not None and held[0] == state:
            return path_between(self.network, held[1], cost, ends)
        return way_to(self.network, self._dry.tree(origin, False), cost, ends)

    def reached_from(self, nodes: tuple[int, ...], state: int) -> BoolArray:
        """Which nodes have a way from any of some nodes in a state."""
        reached = self._reached.get((nodes, state))
        if reached is None:
            origin = np.zeros(self.network.n_nodes, dtype=np.bool_)
            origin[list(nodes)] = True
            reached = reached_from(self.network, origin, self.cost(state) < NEVER)
            self._reached[nodes, state] = reached
        return reached
