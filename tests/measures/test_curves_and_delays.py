"""Curves by the half hour and minutes by link, against the night worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from one_night import NIGHT, ready, told
from small_county import E1, V1, V2, Z1, County, log_of

from sim.clock import MS_PER_MIN
from sim.log import Kind
from sim.measures.curves import run_curves
from sim.measures.delays import LINKS, delays_of, late_list
from sim.states import Mode, State


def test_curves_of_the_night() -> None:
    """Persons told, gone, out, counted at 0, 30, 60 … 600; each person once, at the first time."""
    found = run_curves(County().world(), log_of(NIGHT), ("乡Z2", ""))
    assert all(len(curve) == 21 for curve in found.values())
    assert found["told"][[2, 3, 4, 5]].tolist() == [0, 9, 20, 20]
    # left: 1 at 85 and 0 at 90, 4 at 130, 5 at 140, 3 by boat at 260; 2 stays upstairs
    assert found["left"][[2, 3, 5, 8, 9, 20]].tolist() == [0, 7, 13, 13, 18, 18]
    assert found["out"][[2, 3, 4, 5, 6, 10]].tolist() == [0, 2, 2, 9, 11, 16]
    assert found["registered"][[3, 5, 6, 10, 11, 20]].tolist() == [2, 6, 11, 11, 16, 16]
    assert found["registered:乡Z2"][[5, 6, 20]].tolist() == [0, 2, 2]
    assert found["told:乡Z2"][-1] == 6 and "told:乡Z1" not in found


def test_links_of_the_night() -> None:
    """Decide, tell, prepare, walk, wait, ride, register of everybody counted but the boat's."""
    delays = delays_of(County().world(), log_of(NIGHT))
    minutes = {
        int(party): (links / MS_PER_MIN).tolist()
        for party, links in zip(delays.party, delays.links_ms, strict=True)
    }
    assert minutes == {
        0: [30, 10, 20, 5, 20, 25, 10],
        1: [30, 20, 5, 5, 25, 25, 20],
        2: [30, 5, 10, 0, 0, 0, 0],
        4: [5, 30, 10, 0, 0, 30, 0],  # the village's own trigger at 85, its order at 90
    }
    assert (delays.links_ms.sum(axis=1) == delays.registered_ms - delays.trigger_ms).all()
    assert (delays.door_ms / MS_PER_MIN).tolist() == [0, 12, 0, 0]
    assert (delays.gate_ms / MS_PER_MIN).tolist() == [0, 5, 0, 0]
    assert delays.by(Mode.COACH, Mode.MINIBUS).party.tolist() == [0, 1]


def test_turning_back_is_waiting() -> None:
    """A family that turns back at a closed road and then stays upstairs waited at home."""
    night = [
        (60, Kind.ORDER_MOVE, Z1, 0, 0), *told(1, V1, 70), *ready(1, V1, 80, State.DRIVING),
        (100, Kind.STATE, 1, V1, State.AT_HOME), (190, Kind.STATE, 1, V1, State.SAFE_IN_PLACE),
        (190, Kind.OUT, 1, V1, Mode.IN_PLACE), (190, Kind.REGISTERED, 1, V1, 0),
    ]  # fmt: skip
    delays = delays_of(County().world(), log_of(night))
    assert (delays.links_ms[0] / MS_PER_MIN).tolist() == [0, 10, 10, 0, 90, 20, 0]


def test_those_told_at_prepare_count_from_that_order() -> None:
    """Whoever decided before 立即转移 was moved by 准备转移, after its own consultation."""
    night = [
        (20, Kind.WAIT_CONSULT, Z1, 0, 20), (20, Kind.ORDER_PREPARE, Z1, 0, 0),
        *told(1, V1, 30), *ready(1, V1, 45, State.DRIVING),
        (60, Kind.WAIT_CONSULT, Z1, 0, 15), (60, Kind.ORDER_MOVE, Z1, 0, 0),
        (70, Kind.STATE, 1, E1, State.EXITED), (70, Kind.OUT, 1, E1, Mode.OWN_CAR),
        (70, Kind.REGISTERED, 1, E1, 0), *told(0, V1, 61), *ready(0, V1, 65, State.DRIVING),
        (75, Kind.STATE, 0, E1, State.EXITED), (75, Kind.OUT, 0, E1, Mode.OWN_CAR),
        (75, Kind.REGISTERED, 0, E1, 0),
    ]  # fmt: skip
    delays = delays_of(County().world(), log_of(night))
    assert (delays.links_ms / MS_PER_MIN).tolist() == [
        [15, 1, 4, 0, 0, 10, 0],
        [20, 10, 15, 0, 0, 25, 0],
    ]
    assert (delays.trigger_ms / MS_PER_MIN).tolist() == [45, 0]


def test_who_is_late() -> None:
    """The last head-count first, by village and group, with the link that cost that party most."""
    world, log = County(special=[True] + [False] * 5).world(), log_of(NIGHT)
    lines = late_list(world, delays_of(world, log), most=3)
    assert [(line.village, line.group, line.persons) for line in lines] == [
        ("V1", "coach", 3), ("V2", "relatives", 2), ("V1", "special_coach", 4),
    ]  # fmt: skip
    assert [line.registered_min for line in lines] == [160, 160, 150]
    assert (lines[2].costly_link, lines[2].costly_min) == ("decide", 30)
    assert sum(lines[0].links_min.values()) == pytest.approx(130)
    assert tuple(lines[0].links_min) == LINKS


def test_nobody_late_without_a_transfer() -> None:
    """A log in which nobody was counted has no links and no list."""
    world = County().world()
    delays = delays_of(world, log_of([(60, Kind.TOLD, 0, V2, 0)]))
    assert len(delays.party) == 0 and late_list(world, delays) == []
    assert np.array_equal(delays.links_ms.shape, (0, 7))
