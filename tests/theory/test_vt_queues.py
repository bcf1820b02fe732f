"""VT05 (bottleneck) and VT09 (loss of route, under way) of the verification tests, with queues."""

from __future__ import annotations

from statistics import mean

import numpy as np
import pytest
from arc_kit import arc_network

from sim.clock import MS_PER_HOUR, MS_PER_MIN
from sim.roads.network import Network
from sim.roads.passability import speed_table, vehicle_classes
from sim.roads.queue_report import check, standing
from sim.roads.queues import Departures, Queues, Supply, headway, route_row
from sim.roads.routing import Trip, edge_costs, tree_to

CAR = speed_table(vehicle_classes()["car"])
EVERY_SECOND = Departures(np.arange(1, 3601) * 1000, 0)
"""3,600 cars evenly in 60 min."""


def road(minutes: dict[tuple[int, int], int]) -> Network:
    """Links of so many minutes at 60 km/h: as many kilometres."""
    n, metres = 1 + max(map(max, minutes)), [1000 * each for each in minutes.values()]
    return arc_network(n, list(minutes), metres, kmh=60)


def queues_on(network: Network, pcu_h: list[float], storage: int = 30_000) -> Queues:
    """Room for everybody; routes to the last node."""
    m = network.n_edges
    supply = Supply(headway(pcu_h), np.full(m, storage, np.int32), np.zeros(m, np.int32))
    tree = tree_to(network, network.n_nodes - 1, edge_costs(network, CAR))
    return Queues(network, supply, route_row(tree)[None, :], [CAR], with_use=True)


@pytest.mark.parametrize(
    ("pcu_h", "last_min"), [(1800, 126.0), (1800 * 0.8587, 145.7), (3600, 66.0)]
)
@pytest.mark.parametrize("before", [False, True])
def test_vt05_last_exit(pcu_h: float, last_min: float, before: bool) -> None:
    """VT05: last exit after 126.0 min, 145.7 in heavy rain, 66.0 with contraflow, within one
    headway; whether the queue stands at home or on a wide road before the bottleneck."""
    network = road({(0, 1): 0, (1, 2): 6} if before else {(0, 1): 6})
    queues = queues_on(network, [36_000.0, pcu_h] if before else [pcu_h])
    queues.add(EVERY_SECOND)
    ended = queues.advance(4 * MS_PER_HOUR)
    assert len(ended.row) == 3600
    exact = (3600 * 3600 / pcu_h + 360) / 60
    assert exact == pytest.approx(last_min, abs=0.05)
    assert abs(ended.time_ms[-1] / MS_PER_MIN - exact) <= 60 / pcu_h


def test_vt05_contraflow_at_the_order() -> None:
    """Contraflow ordered after 30 min doubles the flow from then on: 900 + 3,600 / h x t = 3,600
    after 45 min more, so the last car is out after 81 min."""
    queues = queues_on(road({(0, 1): 6}), [1800])
    queues.add(EVERY_SECOND)
    first = queues.advance(30 * MS_PER_MIN)
    queues.set_supply([0], headway(3600))
    last = queues.advance(4 * MS_PER_HOUR)
    assert len(first.row) + len(last.row) == 3600
    assert last.time_ms[-1] / MS_PER_MIN == pytest.approx(30 + 45 + 6, abs=2 / 60)


def test_vt05_queue_and_delay() -> None:
    """VT05: 1,800 cars wait after an hour, never more; each waits 30.0 min in the mean."""
    queues = queues_on(road({(0, 1): 6}), [1800])
    queues.add(EVERY_SECOND)
    waiting, arrive = [], []
    for minute in range(0, 240):
        ended = queues.advance(minute * MS_PER_MIN)
        arrive += list(zip(ended.row.tolist(), ended.time_ms.tolist(), strict=True))
        waiting.append(int(standing(queues).sum()))
    assert max(waiting) == waiting[60] and abs(waiting[60] - 1800) <= 1
    depart = np.asarray(EVERY_SECOND.depart_ms)
    delay = mean(t - 6 * MS_PER_MIN - int(depart[row]) for row, t in arrive) / MS_PER_MIN
    assert delay == pytest.approx(30.0, abs=1 / 30)


THREE_ROUTES = {(0, 1): 4, (0, 2): 4, (0, 3): 4, (1, 4): 6, (2, 4): 8, (3, 4): 11}


@pytest.mark.parametrize(("closed", "minutes"), [(0, 10), (1, 12), (2, 15), (3, None)])
def test_vt09_routes_close_one_after_another(closed: int, minutes: int | None) -> None:
    """VT09: 10 min, then 12, then 15, then unreachable: reported, counted, no crash."""
    network = road(THREE_ROUTES)
    queues = queues_on(network, [1800.0] * 6)
    cost = edge_costs(network, CAR)
    cost[3 : 3 + closed] = 2**53
    if closed:
        queues.close(list(range(3, 3 + closed)))
    queues.trees[0] = route_row(tree_to(network, 4, cost))
    queues.rerouted()
    queues.add(Departures([0], 0))
    ended = queues.advance(MS_PER_HOUR)
    if minutes is None:
        assert ended.status.tolist() == [Trip.NO_ROUTE] and ended.node.tolist() == [0]
    else:
        assert ended.status.tolist() == [Trip.ARRIVED]
        assert ended.time_ms.tolist() == [minutes * MS_PER_MIN]
    assert sum(check(queues)) == 1


def test_vt09_closing_while_vehicles_are_on_the_link() -> None:
    """VT09: who is on the link when it closes finishes it; who comes later is handed back at the
    node, and one who knows of the closure before the fork takes the 12-minute route."""
    network = road(THREE_ROUTES)
    queues = queues_on(network, [1800.0] * 6)
    queues.add(Departures([0, 2 * MS_PER_MIN, 5 * MS_PER_MIN], 0))
    queues.advance(5 * MS_PER_MIN - 1)
    queues.close([3])
    cost = edge_costs(network, CAR)
    cost[3] = 2**53
    queues.trees[0] = route_row(tree_to(network, 4, cost))
    queues.trees[0, 1] = 3  # who is past the fork has only this way
    queues.rerouted()
    ended = queues.advance(MS_PER_HOUR)
    assert ended.row.tolist() == [1, 0, 2]
    assert ended.status.tolist() == [Trip.BLOCKED, Trip.ARRIVED, Trip.ARRIVED]
    assert ended.time_ms.tolist() == [6 * MS_PER_MIN, 10 * MS_PER_MIN, 17 * MS_PER_MIN]
    assert ended.node.tolist() == [1, 4, 4]
