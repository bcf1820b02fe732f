"""The scorecard: from stored numbers to lights, intervals and the public JSON."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from sim.clock import NEVER
from sim.measures.result_table import ResultTable
from sim.measures.scorecard import _lacking, number, plan_json, score_plan

INF, NAN = math.inf, math.nan
ZONES = (("ZA", "河边"), ("ZB", "溪口"))


def _table(values: dict[str, list[float]], n: int) -> ResultTable:
    arrays = {name: np.array(column) for name, column in values.items()}
    return ResultTable("p", n, arrays, np.zeros(n, dtype=np.int64), ("a" * 64,) * n)


def _plan(**deadline: float) -> dict[str, Any]:
    target = {
        "id": "T",
        "name": {"zh": "转完", "en": "all out"},
        "share": 0.95,
        "probability": 0.9,
        "deadline": deadline or {"after_order_min": 90.0},
    }
    return {"name": {"zh": "方案", "en": "plan"}, "targets": [target]}


def test_target_counts_judged_runs_only() -> None:
    """97 of 100 judged runs in time and 20 not judged: met, by the lower bound, with its times."""
    met = [1.0] * 97 + [0.0] * 3 + [NAN] * 20
    time = [80.0] * 97 + [INF] * 3 + [NAN] * 20
    worst = [0.0] * 117 + [1.0] * 3
    columns = {"target:T": met, "target:T:min": time, "target:T:worst": worst}
    columns["target:T:deadline_min"] = [90.0] * 120
    (target,) = score_plan(_table(columns, 120), _plan(), ZONES, {}).targets
    assert (target.light.n_judged, target.light.n_met, target.light.colour) == (100, 97, "met")
    assert target.time is not None and target.time.p90 == 80.0
    assert target.time.reached_share == pytest.approx(0.97)
    assert target.deadline_min == 90.0 and target.worst_zone == ("ZA", "河边")


def test_impossible_needs_the_limit_to_miss() -> None:
    """A target is impossible when the physical limit alone misses it, else merely missed."""
    columns = {"target:T": [0.0] * 40, "target:T:deadline_min": [90.0] * 40}
    missed = score_plan(_table(columns, 40), _plan(), ZONES, {}).targets[0]
    assert missed.light.colour == "missed" and missed.limit_min is None
    columns["target:T:limit_min"] = [120.0] * 40
    assert score_plan(_table(columns, 40), _plan(), ZONES, {}).targets[0].light.colour == (
        "impossible"
    )
    columns["target:T:limit_min"] = [60.0] * 40
    assert score_plan(_table(columns, 40), _plan(), ZONES, {}).targets[0].light.colour == "missed"


def test_target_without_any_judged_run() -> None:
    """A target that no run could judge has no probability, and JSON says so with null."""
    score = score_plan(_table({"people_at_risk": [5.0] * 3}, 3), _plan(), ZONES, {})
    (target,) = plan_json(score)["targets"]
    assert target["n_judged"] == 0 and target["p_meet"] is None and target["light"] == "undecided"


@pytest.mark.parametrize(
    ("deadline", "reference"),
    [
        ({"after_order_min": 60}, "order"),
        ({"before_hazard_h": 0}, "hazard"),
        ({"clock": 1}, "clock"),
    ],
)
def test_reference_of_a_deadline(deadline: dict[str, float], reference: str) -> None:
    """Minutes of a target are counted from what its deadline is counted from."""
    score = score_plan(_table({}, 1), _plan(**deadline), ZONES, {})
    assert score.targets[0].counted_from == reference


def test_times_not_reached_are_censored() -> None:
    """+∞ stays in quantiles, takes away the mean, and is null in JSON with reached_share."""
    columns = {"t100_clock_min": [100.0] * 6 + [INF] * 4, "order_clock_min": [NAN] * 10}
    found = plan_json(score_plan(_table(columns, 10), _plan(), ZONES, {}))["measures"]
    times = found["t100_clock_min"]
    assert times["mean"] is None and times["p50"] == 100.0 and times["p90"] is None
    assert times["reached_share"] == 0.6 and times["p95"] is None and times["unit"] == "min"
    assert "order_clock_min" not in found
    json.dumps(found, allow_nan=False)


def test_zones_and_targets_are_no_measures() -> None:
    """Names with a colon belong to a zone or a target and stay out of the plan's measures."""
    columns = {"zone:ZA:t90_margin_min": [1.0, 5.0], "zone:ZB:t90_margin_min": [-INF, 2.0]}
    score = score_plan(_table({**columns, "safe_out": [3.0, 4.0]}, 2), _plan(), ZONES, {})
    assert set(score.measures) == {"safe_out"}
    assert score.worst_place == ("ZB", "溪口")


def test_numbers_for_json() -> None:
    """Infinite and unknown are null; noise beyond six digits is cut; big counts stay exact."""
    assert number(INF) is None and number(None) is None and number(NAN) is None
    assert number(1 / 3) == 0.333333 and number(12_345_678.0) == 12_345_678.0


def test_no_number_of_vehicles_is_not_a_number() -> None:
    """Where in most nights no vehicle would help, nothing is said to be lacking."""
    never = float(NEVER)
    assert _lacking(np.array([never, never, 3.0, 0.0])) is None
    assert _lacking(np.array([2.0, never, 3.0, 0.0])) == 3
