"""What the map shows of the links: flow, queue, speed; and who stands there in the water."""

from __future__ import annotations

import numpy as np
from queue_kit import SECOND, at_once, chain, open_roads, play, supply

from sim.roads.link_record import LinkRecord
from sim.roads.queue_report import caught_in_line, head_wait_ms
from sim.roads.queues import Departures
from sim.roads.routing import Water

S = SECOND
TEN_MIN = 600 * S


def test_flow_queue_and_speed_of_a_bottleneck() -> None:
    """100 cars on a road of 1,800/h before one of 300/h, which takes one in 12 s."""
    network = chain(2)
    queues = open_roads(network, supply(network, pcu_h=[1800, 300]))
    queues.add(at_once(100))
    record = LinkRecord(queues, network, TEN_MIN)
    for k in (1, 2, 3):
        queues.advance(k * TEN_MIN)
        record.note()
    rows = record.rows()
    first = rows[(rows["interval"] == 0) & (rows["edge"] == 0)][0]
    # car k is at the exit at 100 + 2k s and gets out at 100 + 12k s: by 600 s cars 0 to 41
    assert first["pcu_h"] == 42 * 6 and first["standing"] == 100 - 42
    mean_s = 100 + sum(10 * k for k in range(42)) / 42
    assert abs(int(first["kmh_x10"]) - 36_000 / mean_s) <= 1
    second = rows[(rows["interval"] == 1) & (rows["edge"] == 1)][0]
    assert second["pcu_h"] == 300 and second["kmh_x10"] == 360 and second["standing"] == 0


def test_quiet_roads_leave_no_row() -> None:
    """Nothing moved, nothing written; a standing road is written although nobody left it."""
    network = chain(2)
    queues = open_roads(network, supply(network, pcu_h=[1800, 2], storage=[5, 5]))
    record = LinkRecord(queues, network, TEN_MIN)
    queues.advance(TEN_MIN)
    record.note()
    assert len(record.rows()) == 0
    queues.add(Departures([TEN_MIN, TEN_MIN], 0))
    for k in (2, 3):
        queues.advance(k * TEN_MIN)
        record.note()
    jam = record.rows()
    jam = jam[(jam["interval"] == 2) & (jam["edge"] == 0)][0]
    assert jam["pcu_h"] == 0 and jam["kmh_x10"] == 0 and jam["standing"] == 1


def test_readers_of_use_do_not_disturb_each_other() -> None:
    """The record of the map and those who plan anew both see everything that left a link."""
    network = chain(1)
    queues = open_roads(network, supply(network))
    record = LinkRecord(queues, network, TEN_MIN)
    queues.add(at_once(10))
    queues.advance(105 * S)
    assert queues.take_use()["vehicles"].tolist() == [3]
    play(queues)
    assert queues.take_use()["vehicles"].tolist() == [7]
    record.note()
    assert record.rows()["pcu_h"].tolist() == [60]


def test_a_road_that_stands_has_a_wait() -> None:
    """The first car of a blocked road has waited since it could have left."""
    network = chain(2)
    queues = open_roads(network, supply(network, pcu_h=[1800, 2]))
    queues.add(at_once(2))
    queues.advance(702 * S)
    assert head_wait_ms(queues).tolist() == [600 * S, 0]


def test_who_stands_in_rising_water_is_found() -> None:
    """A car that never gets off its link is caught there when the water comes, at that step."""
    network = chain(2)
    levels = np.array([[0, 0, 100, 260]], np.int32)
    water = Water(np.array([0, -1], np.int32), levels, 200 * S, 250)
    queues = open_roads(network, supply(network, pcu_h=[1800, 2]), water=water)
    queues.add(at_once(2))
    queues.advance(600 * S)
    assert [column.tolist() for column in caught_in_line(queues)] == [[], []]
    queues.advance(601 * S)
    assert [column.tolist() for column in caught_in_line(queues)] == [[1], [600 * S]]
    ended = play(queues)
    assert ended.caught_ms[ended.row == 1].tolist() == [600 * S]
