"""The latest order against answers worked out by hand, and what must hold on any night."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from order_cases import ORDER_MIN, PLAN, WATER_MIN, by_matrix, by_road, search

from sim.optimize.trigger import Question

GRID = (-50, 10, 70, 130)
"""Off the hour, so that no order lies on the answer itself."""


@pytest.mark.parametrize("drive_min", [20, 35, 60])
def test_latest_order_is_deadline_less_the_time_it_takes(drive_min: int, tmp_path: Path) -> None:
    """Nothing random, one bus at the stop: with T minutes of road and water at C the lead needed
    is T to the minute, the latest order C − T, whatever the grid; nobody can do it in less."""
    question = Question(replications=2, shifts_min=GRID)
    _, found = search(by_matrix(drive_min), tmp_path, question)
    zone = found.zones[0]
    assert zone.status == "found" and zone.n_judged == 2 and zone.cut_share == 0
    assert zone.deadline_min == WATER_MIN
    assert zone.lead.min == zone.lead_all.min == zone.limit_min == drive_min
    assert zone.latest_clock_min == WATER_MIN - drive_min
    assert zone.plan_lead_min == WATER_MIN - ORDER_MIN
    assert zone.may_wait_min == WATER_MIN - ORDER_MIN - drive_min
    made = {at.shift_min: at.met for at in zone.shifts}
    assert made == {
        shift: 2 if ORDER_MIN + shift <= WATER_MIN - drive_min else 0 for shift in (*GRID, 0)
    }


def test_latest_order_before_a_road_is_cut(tmp_path: Path) -> None:
    """On roads the deadline is the cut-off: 30 minutes of road, cut at 11:00, so 10:30."""
    _, found = search(by_road(), tmp_path, Question(replications=1, shifts_min=GRID))
    zone = found.zones[0]
    assert zone.cut_share == 1 and zone.deadline_min == WATER_MIN
    assert zone.lead.min == pytest.approx(30, abs=0.01)
    assert zone.limit_min == pytest.approx(30, abs=0.01)
    assert zone.lead.min >= zone.limit_min


def test_zone_never_cut_off_and_never_wet(tmp_path: Path) -> None:
    """A zone that no member reaches gets that answer, not a lead time."""
    _, found = search(by_matrix(20), tmp_path, Question(replications=1, shifts_min=GRID))
    dry = found.zones[1]
    assert dry.status == "never" and dry.n_judged == 0 and dry.level is None
    assert {g.tag: g.status["never"] for g in found.groups} == {"干流": 0, "支流": 1, "": 1}


@pytest.mark.parametrize(
    ("drive_min", "buses", "link"), [(200, 1, "ride"), (20, 0, "wait")], ids=["far", "no bus"]
)
def test_even_the_earliest_order_is_not_enough(
    drive_min: int, buses: int, link: str, tmp_path: Path
) -> None:
    """With 200 minutes of road and 170 minutes at most, or without a bus, no order is early enough;
    all 20 persons are held up on the road, or waiting."""
    question = Question(replications=2, shifts_min=GRID)
    _, found = search(by_matrix(drive_min, buses), tmp_path, question)
    zone = found.zones[0]
    assert zone.status == "not_enough" and zone.lead.min == float("inf")
    assert zone.longest_lead_min == WATER_MIN - ORDER_MIN + 50
    assert zone.lacking == {link: 20.0}
    assert zone.may_wait_min == float("-inf")


def test_an_order_that_never_comes_says_nothing_about_lead(tmp_path: Path) -> None:
    """A plan whose signal never shows gives no lead time, and the nights are counted as such."""
    rule = {"signal": "clock", "at": "+5 09:00", "action": "move"}
    question = Question(replications=2, shifts_min=GRID)
    _, found = search(by_matrix(20), tmp_path, question, PLAN | {"when": {"rules": [rule]}})
    zone = found.zones[0]
    assert zone.status == "unseen" and zone.n_judged == zone.n_not_ordered == 2


NOISE = {
    "prepare.prepare_min": {"dist": "lognormal", "median": 20, "p90": 60},
    "drive.road_speed_factor": {"dist": "uniform", "low": 0.7, "high": 1.0, "per": "replication"},
    "decide.comply_broadcast": 0.6,
    "drive.board_person_s": 20,
}


def test_a_later_order_never_does_better_without_a_queue(tmp_path: Path) -> None:
    """With a coach for everybody success falls from shift to shift in every night, every lead
    needed is at least the physical limit, and a share needs no more than everybody."""
    question = Question(replications=6, shifts_min=tuple(range(-60, 121, 20)))
    _, found = search(by_matrix(20, 20, **NOISE), tmp_path, question)
    zone = found.zones[0]
    assert zone.irregular == 0
    assert all(sooner.met >= later.met for sooner, later in pairwise(zone.shifts))
    assert zone.shifts[0].met > zone.shifts[-1].met
    assert zone.limit_min <= zone.lead.typical_min <= zone.lead.min <= zone.lead.played_min
    assert zone.lead.min <= zone.lead_all.min


def test_same_answer_with_one_and_two_workers(tmp_path: Path) -> None:
    """The answer, the hash of all logs included, does not depend on the number of workers."""
    question = Question(replications=4, shifts_min=(-30, 30))
    found = [
        search(by_matrix(20, 2, **NOISE), tmp_path / str(workers), question, workers=workers)[1]
        for workers in (1, 2)
    ]
    assert repr(found[0]) == repr(found[1])
    assert found[0].log_sha256


def test_progress_counts_every_run(tmp_path: Path) -> None:
    """Whoever watches is told of all runs in the end: nights times shifts."""
    from sim.optimize.trigger import latest_orders
    from sim.plan import compile_plan

    world = by_matrix(20).build(tmp_path, {"go": PLAN})
    told: list[tuple[int, int]] = []
    question = Question(replications=3, shifts_min=(0, 30))
    latest_orders(
        world, compile_plan(world, "go"), question, 1, lambda done, all_: told.append((done, all_))
    )
    assert told == [(2, 6), (4, 6), (6, 6)]
