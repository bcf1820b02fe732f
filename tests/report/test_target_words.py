"""The answer in plain words, from lights and times made by hand."""

from __future__ import annotations

import math
from datetime import datetime

import numpy as np
import pytest

from sim.measures.scorecard import TargetScore
from sim.measures.summary import summarise
from sim.measures.targets_light import light
from sim.report.target_words import target_line

START = datetime(2025, 6, 18, 14, 0)


def _target(met: int, n: int, times: list[float], **more: object) -> TargetScore:
    values: dict[str, object] = {
        "id": "T",
        "text": {"zh": "全部转完", "en": "All out"},
        "share": 1.0,
        "required": 0.9,
        "light": light(n, met, 0.9, bool(more.pop("impossible", False))),
        "counted_from": "order",
        "time": summarise(np.array(times), "time"),
        "deadline_min": 90.0,
        "limit_min": None,
        "vehicles_short": None,
        "worst_zone": None,
    }
    return TargetScore(**{**values, **more})  # type: ignore[arg-type]


def test_the_sentence_of_the_product_page() -> None:
    """100 runs, 97 in time, nine in ten within 85 minutes: said exactly so, with its bounds."""
    line = target_line(_target(97, 100, [84.3] * 95 + [200.0] * 5), START, "zh")
    assert line.startswith("【达标】全部转完：100 次预演，97 次按时；十次里九次令后 85 分钟内完成")
    assert "92.4%～99.2%" in line
    english = target_line(_target(97, 100, [84.3] * 100), START, "en")
    assert "97 of 100 replications in time" in english and "85 min of the order" in english


def test_undecided_says_how_many_more() -> None:
    """Too few runs: the sentence says about how many more would decide."""
    target = _target(19, 20, [50.0] * 20)
    assert target.light.colour == "undecided"
    assert f"大约再跑 {target.light.further_runs} 次" in target_line(target, START, "zh")


def test_impossible_says_what_is_lacking() -> None:
    """Below the physical limit: the limit, the deadline and the vehicles lacking are named."""
    target = _target(
        *(0, 50, [math.inf] * 50),
        impossible=True,
        counted_from="hazard",
        deadline_min=-180.0,
        limit_min=88.2,
        vehicles_short=12,
        worst_zone=("Z1", "河边"),
    )
    line = target_line(target, START, "zh")
    assert line.startswith("【不可能】") and "险情后 89 分钟" in line and "险情前 180 分钟" in line
    assert "至少还缺 12 辆车" in line and "河边" in line and "到结束也没完成" in line


@pytest.mark.parametrize(
    ("reference", "p90", "words"),
    [
        ("hazard", -120.0, "早于险情前 120 分钟完成"),
        ("hazard", -0.4, "早于险情到来时"),
        ("hazard", 5.5, "到险情后 6 分钟完成"),
        ("clock", 630.0, "00:30 (+1)"),
        ("order", 61.0, "令后 61 分钟内"),
    ],
)
def test_moments_in_the_terms_of_the_deadline(reference: str, p90: float, words: str) -> None:
    """Times are said from the order, before or after the hazard, or as a clock time."""
    target = _target(60, 60, [p90] * 60, counted_from=reference)
    assert words in target_line(target, START, "zh")


def test_no_run_judged() -> None:
    """A target that no run could judge is said to be so, without a share."""
    line = target_line(_target(0, 0, []), START, "zh")
    assert "没有一次可以评判" in line and "%" not in line


def test_an_amount_is_said_with_its_unit_and_without_time() -> None:
    """A limit on person-hours: replications reach it, they are not in time."""
    amount = {"counted_from": "amount", "measure": "m", "at_most": 500.0, "unit": "person_h"}
    line = target_line(_target(97, 100, [320.0] * 100, deadline_min=None, **amount), START, "zh")
    assert "97 次达到；十次里九次不超过 320 人·小时" in line and "按时" not in line


def test_a_response_time_counts_from_the_report() -> None:
    """First arrivals are said in minutes after the report, rounded to the later one."""
    timed = {"counted_from": "report", "measure": "m", "at_most": 30.0}
    line = target_line(_target(60, 60, [27.2] * 60, deadline_min=30.0, **timed), START, "zh")
    assert "十次里九次接报后 28 分钟内到" in line
    assert "给不出这个数" in target_line(_target(0, 0, [], **timed), START, "zh")
