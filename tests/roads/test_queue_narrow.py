"""Narrow roads with passing places: both directions share the road."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from queue_kit import HOUR, at_once, open_roads, play, roads, supply

from sim.roads.network import Network
from sim.roads.queue_report import check
from sim.roads.queue_rows import DRIVING
from sim.roads.queues import Departures, Queues
from sim.roads.routing import Trip, Water

S = 1000


def narrow(network: Network, *, water: Water | None = None, passing_m: int = 200) -> Queues:
    """A road between nodes 0 and 1: edge 0 there, edge 1 back; 600 pcu/h together."""
    held = replace(
        supply(network, pcu_h=600),
        reverse=np.array([1, 0], np.int32),
        passing_mm=np.full(2, passing_m * 1000, np.int32),
    )
    return open_roads(network, held, targets=(1, 0), water=water)


ROAD = roads([(0, 1), (1, 0)])


def test_one_way_traffic_meets_nobody() -> None:
    """Cars in one direction alone need the free-flow time, one headway apart."""
    queues = narrow(ROAD)
    queues.add(at_once(5))
    assert play(queues).time_ms.tolist() == [100 * S + 6 * S * k for k in range(5)]


def test_a_meeting_costs_half_the_way_between_passing_places() -> None:
    """Passing places 200 m apart at 10 m/s: who meets one oncoming car loses 10 s, two 20 s."""
    queues = narrow(ROAD)
    queues.add(Departures([0, 20 * S, 40 * S], [0, 0, 1], route=[0, 0, 1]))
    ended = play(queues)
    assert ended.row.tolist() == [0, 1, 2]
    assert ended.time_ms.tolist() == [100 * S, 120 * S, 160 * S]


def test_no_more_than_the_whole_road() -> None:
    """Many meetings cost at most the time of the road itself: by then all have come through."""
    queues = narrow(ROAD, passing_m=1000)
    queues.add(Departures(np.arange(6) * 6 * S, 0))
    queues.add(Departures([50 * S], 1, route=1))
    ended = play(queues)
    assert ended.time_ms[ended.row == 6].tolist() == [250 * S]


def test_without_passing_places_one_waits_for_the_other() -> None:
    """Where cars pass only at the ends, a meeting costs half the road: 50 s of 100 s."""
    held = replace(supply(ROAD, pcu_h=600), reverse=np.array([1, 0], np.int32))
    queues = open_roads(ROAD, held, targets=(1, 0))
    queues.add(Departures([0, 40 * S], [0, 1], route=[0, 1]))
    assert play(queues).time_ms.tolist() == [100 * S, 190 * S]


def test_both_directions_share_the_capacity_in_turn() -> None:
    """Queues at both ends enter in turn, one vehicle each headway for the road as a whole."""
    queues = narrow(ROAD)
    queues.add(at_once(30, origin=0))
    queues.add(Departures(np.zeros(30, np.int64), 1, route=1))
    queues.advance(100 * S)
    counts = check(queues)
    on_road = counts.on_links + counts.ended
    assert on_road in (16, 17)
    edges = queues.vehicles["edge"][queues.vehicles["status"] == DRIVING]
    assert abs(int((edges == 0).sum()) - int((edges == 1).sum())) <= 1
    assert len(play(queues).row) == 60 - counts.ended


def test_stalled_car_blocks_both_directions() -> None:
    """A car that stalls in the water shuts a narrow road both ways; a wide one stays open."""
    rows, levels = np.array([0, -1], np.int32), np.array([[400]], np.int32)
    water = Water(rows, levels, HOUR, 250)
    dares = Departures([0, 300 * S, HOUR], [0, 1, 1], route=[0, 1, 1], willing_mm=[500, 0, 0])
    for queues, back in (
        (narrow(ROAD, water=water), Trip.BLOCKED),
        (open_roads(ROAD, supply(ROAD), (1, 0), water), Trip.ARRIVED),
    ):
        queues.add(dares)
        ended = play(queues)
        status = dict(zip(ended.row.tolist(), ended.status.tolist(), strict=True))
        assert status[0] == Trip.STALLED and status[2] == back
        check(queues)
