"""Traffic cases that ours and every peer play: one network, one demand, one fixed route per car.

A case holds what all simulators can be told of a road: free-flow time, room for standing cars,
lanes, and one reaction time for all cars. Together they are a triangular fundamental diagram, so
capacity and the speed of the backward wave follow from them and are the same for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

NEVER = 2**53
CAR_SPACE_M = 7.5
"""Length of road a standing car takes, gap included."""


@dataclass(frozen=True)
class Roads:
    """Directed links between nodes.

    start, end: node rows; length_m; free_ms: time to drive through an empty link; storage: cars
    it holds when they stand; lanes; reaction_s: of every driver, uxsim's time step for one car.
    """

    x: FloatArray
    y: FloatArray
    start: IntArray
    end: IntArray
    length_m: FloatArray
    free_ms: IntArray
    storage: IntArray
    lanes: IntArray
    reaction_s: float

    @property
    def n_nodes(self) -> int:
        return len(self.x)

    @property
    def n_links(self) -> int:
        return len(self.start)

    @property
    def capacity_s(self) -> FloatArray:
        """Cars per second through a link: 1 / (reaction / lanes + free time / storage)."""
        return 1.0 / (self.reaction_s / self.lanes + self.free_ms / 1000 / self.storage)

    @property
    def wave_ms(self) -> IntArray:
        """Time in which room made at a link's exit travels back to its entry."""
        return np.rint(self.storage * self.reaction_s * 1000 / self.lanes).astype(np.int64)

    @property
    def headway_ms(self) -> IntArray:
        """Whole milliseconds between two cars that leave a link at capacity."""
        return np.rint(1000.0 / self.capacity_s).astype(np.int64)


@dataclass(frozen=True)
class Trips:
    """Cars in order of departure; car i drives links route[route_start[i]:route_start[i + 1]].

    The same routes as trees: from a node, car i goes on with link trees[tree[i], node]; -1 at the
    end of the drive.
    """

    depart_ms: IntArray
    route_start: IntArray
    route: IntArray
    trees: NDArray[np.int32]
    tree: IntArray

    @property
    def n(self) -> int:
        return len(self.depart_ms)

    @property
    def traversals(self) -> int:
        """Links driven by all cars together."""
        return len(self.route)

    def of(self, car: int) -> IntArray:
        return self.route[self.route_start[car] : self.route_start[car + 1]]


@dataclass(frozen=True)
class Case:
    """Roads and trips under a name."""

    name: str
    roads: Roads
    trips: Trips
    horizon_s: int = 8 * 3600

    @property
    def origin(self) -> IntArray:
        """Node at which each car sets out."""
        return self.roads.start[self.trips.route[self.trips.route_start[:-1]]]

    @property
    def dest(self) -> IntArray:
        """Node at which each car's drive ends."""
        return self.roads.end[self.trips.route[self.trips.route_start[1:] - 1]]


@dataclass(frozen=True)
class Outcome:
    """What a simulator says: arrival of each car (NEVER: not by the horizon), CPU seconds.

    build_s: handing over network and demand; search_s: the peer's own route search, which fixed
    routes make needless; run_s: moving the cars.
    """

    arrive_ms: IntArray
    build_s: float
    run_s: float
    search_s: float = 0.0

    def figures(self, case: Case) -> Figures:
        """The figures that are compared."""
        end = case.horizon_s * 1000
        depart = case.trips.depart_ms
        first = int(depart.min())
        out = np.sort(np.minimum(self.arrive_ms, end)) - first
        return Figures(
            arrived=int((self.arrive_ms <= end).sum()),
            total_h=float((np.minimum(self.arrive_ms, end) - depart).sum()) / 3.6e6,
            t90_s=float(out[(len(out) * 9 + 9) // 10 - 1]) / 1000,
            clearance_s=float(out[-1]) / 1000,
        )


@dataclass(frozen=True)
class Figures:
    """Cars that arrived by the horizon, and how long it took.

    total_h: time of all cars between departure and arrival, or the horizon for the rest; t90_s
    and clearance_s: from the first departure until 90 % and all are there, at most the horizon.
    """

    arrived: int
    total_h: float
    t90_s: float
    clearance_s: float


def towards(roads: Roads, goals: Sequence[int]) -> IntArray:
    """Next link of every node on its quickest way to the nearest goal; -1 at goals and cut-offs.

    Equal ways are told apart by the link's row, so the tree is the same on every machine.
    """
    from scipy.sparse import csr_array  # not at the top: a cold start is measured elsewhere
    from scipy.sparse.csgraph import dijkstra

    cost = roads.free_ms.astype(np.float64)
    back = csr_array(
        (cost, (roads.end, roads.start)), shape=(roads.n_nodes, roads.n_nodes)
    )  # duplicates would be summed: no case has two links from one node to another
    dist = dijkstra(back, indices=list(goals), min_only=True)
    with np.errstate(invalid="ignore"):
        tight = np.isfinite(dist[roads.start]) & (
            np.abs(dist[roads.end] + cost - dist[roads.start]) < 0.5
        )
    rows = np.flatnonzero(tight)[::-1]
    step = np.full(roads.n_nodes, -1, np.int64)
    step[roads.start[rows]] = rows  # the lowest row is written last
    step[list(goals)] = -1
    return step


def follow(
    roads: Roads, trees: Sequence[IntArray], tree: IntArray, origin: IntArray, depart_ms: IntArray
) -> Trips:
    """Trips along next-link trees, sorted by departure, equal ones by row."""
    order = np.argsort(depart_ms, kind="stable")
    steps, end = [step.tolist() for step in trees], roads.end.tolist()
    start, route = [0], []
    for car in order.tolist():
        step, node = steps[tree[car]], int(origin[car])
        while (link := step[node]) >= 0:
            route.append(link)
            node = end[link]
        start.append(len(route))
    at, links = np.array(start, np.int64), np.array(route, np.int64)
    return Trips(depart_ms[order], at, links, np.stack(trees).astype(np.int32), tree[order])


REFERENCE_REACTION_S = 2.0 - 36.0 / 66.0
"""Reaction time with which the reference's links let 0.5 cars through per second."""


def uniform_roads(x: FloatArray, y: FloatArray, pairs: NDArray[np.int64]) -> Roads:
    """The reference's links: 500 m, 50 km/h, 0.5 cars per second, room for 66."""
    n = len(pairs)
    return Roads(
        x,
        y,
        pairs[:, 0].copy(),
        pairs[:, 1].copy(),
        np.full(n, 500.0),
        np.full(n, 36_000, np.int64),
        np.full(n, 66, np.int64),
        np.ones(n, np.int64),
        REFERENCE_REACTION_S,
    )


def corridor(cars: int = 1_000, links: int = 10, gap_ms: int = 1_000) -> Case:
    """One road with a car a second where a car every two seconds fits through."""
    x = np.arange(links + 1) * 500.0
    pairs = np.column_stack([np.arange(links), np.arange(1, links + 1)]).astype(np.int64)
    roads = uniform_roads(x, np.zeros(links + 1), pairs)
    depart = np.arange(cars, dtype=np.int64) * gap_ms
    nobody = np.zeros(cars, np.int64)
    trips = follow(roads, [towards(roads, [links])], nobody, nobody, depart)
    return Case("corridor", roads, trips)


def grid_roads(side: int, exits_per_side: int) -> tuple[Roads, list[int]]:
    """A square grid with exits, evenly along its four sides, each on a link of its own."""
    inner = np.arange(side * side).reshape(side, side)
    gx, gy = np.meshgrid(np.arange(side) * 500.0, np.arange(side) * 500.0)
    right = np.column_stack([inner[:, :-1].ravel(), inner[:, 1:].ravel()])
    up = np.column_stack([inner[:-1].ravel(), inner[1:].ravel()])
    place = ((np.arange(exits_per_side) + 0.5) * side / exits_per_side).astype(int)
    doors = np.concatenate([inner[0, place], inner[-1, place], inner[place, 0], inner[place, -1]])
    out = side * side + np.arange(len(doors))
    shift = np.repeat([[0, -500.0], [0, 500.0], [-500.0, 0], [500.0, 0]], exits_per_side, axis=0)
    x = np.concatenate([gx.ravel(), gx.ravel()[doors] + shift[:, 0]])
    y = np.concatenate([gy.ravel(), gy.ravel()[doors] + shift[:, 1]])
    ways = [right, right[:, ::-1], up, up[:, ::-1], np.column_stack([doors, out])]
    return uniform_roads(x, y, np.concatenate(ways).astype(np.int64)), out.tolist()


def grid(name: str, side: int, exits_per_side: int, cars: int, hours: float = 1.0) -> Case:
    """Cars from random crossings of a grid to the nearest exit, leaving evenly over the hours."""
    roads, exits = grid_roads(side, exits_per_side)
    rng = np.random.default_rng(3)
    origin = rng.integers(0, side * side, cars)
    depart = rng.integers(0, int(hours * 3_600_000), cars)
    trips = follow(roads, [towards(roads, exits)], np.zeros(cars, np.int64), origin, depart)
    return Case(name, roads, trips)


def g2k(cars: int = 20_000) -> Case:
    """2,040 links, 545 nodes, 16 exits."""
    return grid("g2k", 23, 4, cars)


def g20k(cars: int = 100_000) -> Case:
    """19,936 links, 5,097 nodes, 56 exits."""
    return grid("g20k", 71, 14, cars)
