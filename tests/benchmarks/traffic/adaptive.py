"""uxsim's own example with drivers who change their minds, as they do there and as we let them.

Every ten minutes uxsim searches the quickest ways at the present speeds and mixes them, half and
half, with what drivers preferred before. Here: trees towards the 44 destinations at the present
travel times, and a random half of all cars, on the road or at home, takes the new ones.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from cases import NEVER, Case, FloatArray, IntArray, Outcome
from example import uxsim_world
from ours import TOP_SPEED, network_of, supply_of

from sim.roads.network import Network
from sim.roads.queue_rows import DRIVING
from sim.roads.queues import Departures, Queues, route_row
from sim.roads.routing import tree_to

EVERY_MS, LOOK_MS = 600_000, 60_000
SHARE = 0.5


def play_uxsim(seed: int) -> tuple[Outcome, float]:
    """The example as its authors run it, log off: arrivals are not kept, only the sum of hours."""
    t0 = time.process_time()
    world: Any = uxsim_world(log=False, seed=seed)
    t1 = time.process_time()
    world.exec_simulation()
    t2 = time.process_time()
    total_h = float(world.analyzer.basic_to_pandas()["total_travel_time"].iloc[0]) / 3600
    return Outcome(np.zeros(0, np.int64), t1 - t0, t2 - t1), total_h


def present_ms(queues: Queues, network: Network, out: IntArray, free_ms: FloatArray) -> IntArray:
    """Travel times now: cars on the link by the flow that left it, at most 100 times free."""
    links, cars = queues.state.links, queues.vehicles
    on_road = np.flatnonzero(cars["status"] == DRIVING)
    late = cars["edge"][on_road[cars["due"][on_road] <= queues.now]]
    queued = np.bincount(late, minlength=network.n_edges)
    through = np.where(out > 0, links["count"] * float(LOOK_MS) / np.maximum(out, 1), np.inf)
    now = np.where(queued > 0, np.clip(through, free_ms, 100 * free_ms), free_ms)
    return np.rint(now).astype(np.int64)


def play(case: Case, network: Network | None = None, seed: int = 1) -> tuple[Outcome, int]:
    """The case's cars, with the routes of their own choice; and how many links they drove."""
    network = network or network_of(case.roads)
    rng = np.random.default_rng(seed)
    t0 = time.process_time()
    dests, dest = np.unique(case.dest, return_inverse=True)
    free = case.roads.free_ms.astype(np.float64)
    cost, n = case.roads.free_ms, len(dests)
    rounds = case.horizon_s * 1000 // EVERY_MS
    trees = np.full((rounds * n, network.n_nodes), -2, np.int32)
    queues = Queues(network, supply_of(case.roads), trees, [TOP_SPEED], with_use=True)
    rows = queues.add(Departures(case.trips.depart_ms, case.origin, route=dest))
    arrive, driven = np.full(case.trips.n, NEVER, np.int64), 0
    for k in range(rounds):
        for d in range(n):
            trees[k * n + d] = route_row(tree_to(network, int(dests[d]), cost))
        if k:
            change = np.flatnonzero((arrive == NEVER) & (rng.random(case.trips.n) < SHARE))
            queues.assign(rows[change], k * n + dest[change])
            queues.rerouted()
        for until in ((k + 1) * EVERY_MS - LOOK_MS, (k + 1) * EVERY_MS):
            ended = queues.advance(until)
            arrive[ended.row - rows[0]] = ended.time_ms
            out = queues.take_use()["vehicles"]
            driven += int(out.sum())
        cost = present_ms(queues, network, out, free)
    return Outcome(arrive, 0.0, time.process_time() - t0), driven
