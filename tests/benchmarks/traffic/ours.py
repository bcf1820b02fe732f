"""The traffic kernel of sim/roads on the same cases."""

from __future__ import annotations

import time

import numpy as np
from cases import NEVER, Case, Outcome, Roads

from sim.roads.network import Edges, Network, Nodes, build_network
from sim.roads.queues import Departures, Queues, Supply, headway

TOP_SPEED = np.array([200_000], np.int32)
"""Speed of the only class by depth, m/h: as fast as the road allows, and never wet."""


def network_of(roads: Roads) -> Network:
    """The case's roads as the simulator's network, links in the same order.

    Lengths are those that give the free time exactly at the road's speed in steps of 0.1 km/h.
    """
    speed_x10 = np.rint(roads.length_m * 36_000 / roads.free_ms).astype(np.int32)
    nodes = Nodes(tuple(f"n{i}" for i in range(roads.n_nodes)), roads.x, roads.y)
    edges = Edges(
        tuple(f"l{i}" for i in range(roads.n_links)),
        roads.start.astype(np.int32),
        roads.end.astype(np.int32),
        speed_x10,
        length_mm=roads.free_ms * speed_x10 // 36,
    )
    return build_network(nodes, edges)


def supply_of(roads: Roads) -> Supply:
    """Capacity, room and backward wave of the case's roads."""
    return Supply(
        headway(roads.capacity_s * 3600),
        roads.storage.astype(np.int32),
        roads.wave_ms.astype(np.int32),
    )


def queues_of(case: Case, network: Network) -> Queues:
    """The kernel with the case's roads and routes, before any car is added."""
    return Queues(network, supply_of(case.roads), case.trips.trees, [TOP_SPEED])


def play(case: Case, network: Network | None = None) -> Outcome:
    """The case on its fixed routes."""
    t0 = time.process_time()
    queues = queues_of(case, network or network_of(case.roads))
    trips = case.trips
    rows = queues.add(Departures(trips.depart_ms, case.origin, route=trips.tree))
    t1 = time.process_time()
    ended = queues.advance(case.horizon_s * 1000)
    t2 = time.process_time()
    arrive = np.full(trips.n, NEVER, np.int64)
    arrive[ended.row - rows[0]] = np.where(ended.status == 0, ended.time_ms, NEVER)
    return Outcome(arrive, t1 - t0, t2 - t1)
