"""Small counties with real traffic, for tests of bounds on roads."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from sim.bounds.problem import Int64
from sim.bounds.road_thinning import RoadTimes
from sim.clock import MS_PER_MIN, NEVER
from sim.roads.network import Network
from sim.roads.passability import speed_table, vehicle_classes
from sim.roads.queues import Departures, Queues, Supply, route_row
from sim.roads.routing import Trip, Water, edge_costs, tree_to

CAR = speed_table(vehicle_classes()["car"])
MINUTE = MS_PER_MIN


def times_of(network: Network, headway_s: list[int]) -> RoadTimes:
    """Dry times of a car and seconds between two vehicles."""
    headway = np.array(headway_s, dtype=np.int64) * 1000 << 10
    return RoadTimes(edge_costs(network, CAR), headway)


@st.composite
def county(draw: st.DrawFn, most: int = 14) -> tuple[int, list[tuple[int, int]]]:
    """Nodes and one-way roads: a tree of villages, most roads both ways, and some shortcuts."""
    n = draw(st.integers(2, most))
    valley = draw(st.booleans())  # long chains, or anything
    arcs = [(k, k - 1 if valley and k % 5 else draw(st.integers(0, k - 1))) for k in range(1, n)]
    one_way = draw(st.sets(st.integers(0, n - 2), max_size=2))
    arcs += [(b, a) for k, (a, b) in enumerate(arcs) if k not in one_way]
    node = st.integers(0, n - 1)
    return n, arcs + draw(st.lists(st.tuples(node, node), max_size=4))


def drive_freely(
    network: Network, headway: Int64, water: Water, who: tuple[int, int], rng: np.random.Generator
) -> tuple[Int64, Int64, Int64]:
    """Origins, departures and arrivals (NEVER for none) of cars under the traffic kernel.

    They follow shortest ways for costs of a moment, look for another one every few minutes, and
    set out anew from where they were stopped.
    """
    cars, sink = who
    m = network.n_edges
    supply = Supply(
        headway.astype(np.int32),
        rng.integers(1, 40, m).astype(np.int32),
        rng.integers(1, 60_000, m).astype(np.int32),
    )
    trees = route_row(tree_to(network, sink, edge_costs(network, CAR)))[None, :].copy()
    queues = Queues(network, supply, trees, [CAR], water)
    origin = rng.choice(rng.integers(0, network.n_nodes, 3), cars)
    depart = rng.integers(0, int(rng.choice([1, 2000, 20 * MINUTE])), cars)
    out = np.full(cars, NEVER, dtype=np.int64)
    queues.add(Departures(depart, origin, tag=np.arange(cars)))
    for now in range(3 * MINUTE, 100 * MINUTE, 3 * MINUTE):
        ended = queues.advance(now)
        there = ended.status == Trip.ARRIVED
        out[ended.tag[there]] = ended.time_ms[there]
        cost = edge_costs(network, CAR) * rng.integers(1, 4, m)
        cost[rng.random(m) < 0.1] = NEVER
        queues.trees[0] = route_row(tree_to(network, sink, cost))
        queues.rerouted()
        if (~there).any():
            queues.add(Departures(now, ended.node[~there], tag=ended.tag[~there]))
    return origin, depart, out
