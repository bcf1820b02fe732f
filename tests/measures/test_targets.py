"""Timing targets judged in one replication, against answers worked out by hand."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from one_night import NIGHT
from small_county import Z1, Z2, County, log_of

from sim.log import Kind
from sim.measures.facts import Facts
from sim.measures.targets import judge, target_measures
from sim.schema.plan_targets import Deadline, Target

BOTH = np.array([Z1, Z2])


def target(milestone: str, share: float, of: str = "all", **deadline: Any) -> Target:
    """A target over all zones."""
    return Target(
        id="t", name={"zh": "目标"}, milestone=milestone, share=share, of=of,
        deadline=Deadline(**deadline),
    )  # type: ignore[arg-type]  # fmt: skip


def facts(county: County | None = None, records: Any = NIGHT) -> Facts:
    """The small county's night."""
    return Facts((county or County()).world(), log_of(records))


@pytest.mark.parametrize(
    ("milestone", "share", "of", "minutes", "met", "worst"),
    [
        # told since the own order: 5 (2), 10 (6), 20 (13), 30 (15), 40 (20)
        ("told", 0.75, "all", 30, True, Z1),
        ("told", 0.75, "all", 29, False, Z1),
        ("told", 1, "all", 40, True, Z1),
        # ready: 15 (2), 25 (5), 30 (9), 40 (11), 50 (15), the refuser never
        ("ready", 0.75, "all", 50, True, Z1),
        ("ready", 0.76, "all", 600, False, Z1),
        # out: 15 (2), 70 (4), 80 (11), 240 (16), the other 4 never
        ("out", 0.8, "all", 240, True, Z2),
        ("out", 0.8, "all", 239, False, Z1),
        # coach riders out: 80 (7), 240 (12), party 5 (4) never
        ("out", 0.5, "coach", 240, True, Z2),
        ("out", 0.43, "coach", 80, True, Z1),
        ("registered", 0.4, "all", 100, True, Z1),
        ("registered", 0.4, "all", 89, False, Z1),
    ],
)  # fmt: skip
def test_minutes_after_the_own_order(
    milestone: str, share: float, of: str, minutes: float, met: bool, worst: int
) -> None:
    """Each zone counts from its own order; all people of the zones are the denominator; the worst
    zone has most people late (5 refusers in Z1, 4 left at the stop of Z2)."""
    judged = judge(facts(), target(milestone, share, of, after_order_min=minutes), BOTH)
    assert judged is not None
    assert judged.met is met
    assert judged.deadline_ms == minutes * 60_000
    assert judged.worst_zone == worst


def test_time_taken_is_that_of_the_last_person_needed() -> None:
    """16 of 20 out 240 minutes after the order; 17 never."""
    for share, minutes in ((0.8, 240), (0.55, 80), (0.2, 70), (0.01, 15)):
        judged = judge(facts(), target("out", share, after_order_min=60), BOTH)
        assert judged is not None and judged.taken_ms == minutes * 60_000, share
    found = target_measures(facts(), _plan(target("out", 0.81, after_order_min=600)))
    assert found["target:t"] == 0.0 and found["target:t:min"] == math.inf


def test_clock_deadline() -> None:
    """By 16:40, 160 minutes after clock_start, 11 of 20 are out; the deadline itself is in time."""
    assert _met(target("out", 0.55, clock="16:40"))
    assert not _met(target("out", 0.6, clock="16:40"))
    assert not _met(target("out", 0.55, clock="16:39"))


def test_before_the_cut_off_only_zones_that_are_cut_off() -> None:
    """Z1 is cut off at 180; 9 of its 14 are out by 140, 40 minutes before. Z2 has no cut-off and
    no water: a deadline that does not exist is neither met nor missed."""
    assert _met(target("out", 0.6, before_hazard_h=0.5))
    assert not _met(target("out", 0.65, before_hazard_h=0.5))
    assert not _met(target("out", 0.6, before_hazard_h=1))
    judged = judge(facts(), target("out", 0.6, before_hazard_h=0.5), BOTH)
    assert judged is not None
    assert judged.taken_ms == -40 * 60_000 and judged.deadline_ms == -30 * 60_000
    assert judge(facts(), target("out", 0.6, before_hazard_h=0.5), np.array([Z2])) is None


def test_before_the_water_where_the_road_stays_open() -> None:
    """Never cut off, but homes are wet from 200: the deadline counts back from there."""
    open_road = facts(County(cutoff_min=(None, None)))
    judged = judge(open_road, target("out", 0.6, before_hazard_h=1), BOTH)
    assert judged is not None and judged.met and judged.taken_ms == -60 * 60_000


def test_the_cut_off_counts_even_where_water_came_to_a_home_before() -> None:
    """Homes are wet from 200 and the road is cut at 280: the deadline is the road's, so what
    happened at 140 was 140 minutes before it."""
    late_cut = facts(County(cutoff_min=(280, None)))
    judged = judge(late_cut, target("out", 0.6, before_hazard_h=2), BOTH)
    assert judged is not None and judged.met and judged.taken_ms == -140 * 60_000


def test_neither_order_nor_hazard_is_not_judged() -> None:
    """A quiet zone is left out; with nothing but quiet zones the target is not judged."""
    quiet = County(depths=(), cutoff_min=(None, None))
    without_z1 = [r for r in NIGHT if not (r[1] == Kind.ORDER_MOVE and r[2] == Z1)]
    night = facts(quiet, without_z1)
    assert judge(night, target("told", 0.9, clock="20:00"), np.array([Z1])) is None
    both = judge(night, target("told", 1, clock="16:00"), BOTH)
    assert both is not None and both.met  # Z2 alone: all told by 120


def test_hazard_without_an_order_is_missed() -> None:
    """Water in Z1 and no order there: whatever people did, minutes since the order do not exist."""
    without = [r for r in NIGHT if not (r[1] == Kind.ORDER_MOVE and r[2] == Z1)]
    judged = judge(facts(None, without), target("told", 0.5, after_order_min=600), np.array([Z1]))
    assert judged is not None and not judged.met and judged.worst_zone == Z1


def test_nobody_to_judge() -> None:
    """A target of coach riders in a zone without any is not judged."""
    county = County(way=(1, 1, 1, 1, 1, 1))
    assert judge(facts(county), target("out", 0.9, "coach", after_order_min=60), BOTH) is None


def test_measures_of_a_target() -> None:
    """Names, minutes and the worst zone as the scorecard reads them; not judged is absent."""
    found = target_measures(facts(), _plan(target("out", 0.55, after_order_min=100)))
    assert found == {
        "target:t": 1.0, "target:t:min": 80.0, "target:t:deadline_min": 100.0,
        "target:t:worst": float(Z1),
    }  # fmt: skip
    quiet = facts(County(depths=(), cutoff_min=(None, None)), NIGHT[:1])
    assert target_measures(quiet, _plan(target("out", 0.5, after_order_min=100))) == {}


def _met(one: Target) -> bool:
    judged = judge(facts(), one, BOTH)
    assert judged is not None
    return judged.met


def _plan(one: Target) -> Any:
    return SimpleNamespace(targets=(one,), target_zones=(BOTH,))
