"""Response targets: judged by a measure of each replication, scored like the others."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from one_night import NIGHT
from small_county import County, log_of

from sim.measures.measure import measure_run
from sim.measures.response_targets import response_measures
from sim.measures.result_table import ResultTable
from sim.measures.scorecard import plan_json, score_plan
from sim.schema.plan_targets import ResponseTarget


def one(measure: str, at_most: float) -> ResponseTarget:
    """A target on a measure."""
    return ResponseTarget.model_validate(
        {"id": "r", "name": {"zh": "目标"}, "measure": measure, "at_most": at_most}
    )


@pytest.mark.parametrize(("at_most", "met"), [(49.9, 0.0), (50, 1.0)])
def test_a_run_is_judged_by_its_measure(at_most: float, met: float) -> None:
    """The first boat is there after 50 minutes: at most 50 is met, 49.9 is not."""
    target = one("first_team_on_site_p90_min", at_most)
    spec = SimpleNamespace(supplies=None, response_targets=(target,))
    plan: Any = SimpleNamespace(targets=(), target_zones=(), spec=spec)
    found = measure_run(County().world(), plan, log_of(NIGHT))
    assert (found["target:r"], found["target:r:value"]) == (met, 50.0)


def test_a_measure_that_is_not_known_is_not_judged() -> None:
    """No supplies simulated: neither met nor missed. A time never reached is missed."""
    assert response_measures({}, [one("supplies_short_person_h", 10)]) == {}
    never = {"full_response_p90_min": math.inf}
    assert response_measures(never, [one("full_response_p90_min", 1e9)])["target:r"] == 0.0


def scored(measure: str, values: list[float], at_most: float) -> dict[str, Any]:
    """JSON of a target from the values of its measure in every replication."""
    runs = [response_measures({measure: v}, [one(measure, at_most)]) for v in values]
    keys = ("target:r", "target:r:value")
    arrays = {key: np.array([run.get(key, math.nan) for run in runs]) for key in keys}
    n = len(values)
    table = ResultTable("p", n, arrays, np.zeros(n, dtype=np.int64), ("a" * 64,) * n)
    spec = {"name": {"zh": "方案"}, "response_targets": [one(measure, at_most).model_dump()]}
    (target,) = plan_json(score_plan(table, spec, (), {}))["targets"]
    found: dict[str, Any] = target
    return found


def test_an_amount_has_its_light_and_its_interval() -> None:
    """100 runs, 97 at most 500 person-hours: met by the lower bound, quantiles in the unit, no
    deadline in minutes."""
    found = scored("supplies_short_person_h", [200.0] * 97 + [900.0] * 3, 500)
    assert (found["light"], found["n_met"], found["n_judged"]) == ("met", 97, 100)
    assert (found["at_most"], found["unit"], found["deadline_min"]) == (500.0, "person_h", None)
    assert found["p50"] == found["p90"] == 200.0 and found["counted_from"] == "amount"
    assert found["ci95"][0] > 0.9


def test_a_time_is_a_deadline_after_the_report() -> None:
    """First arrivals: at_most is the deadline in minutes; a run without incidents is not judged."""
    values = [25.0] * 10 + [math.inf] * 30
    found = scored("first_team_on_site_p90_min", values, 30)
    assert (found["light"], found["deadline_min"]) == ("missed", 30.0)
    assert found["reached_share"] == 0.25 and found["counted_from"] == "report"


def test_what_the_danger_comes_to_is_a_measure_of_the_night() -> None:
    """A share of the forest is judged in ‰ like any other amount."""
    found = scored("burnt_permille", [20.0] * 30 + [120.0] * 10, 50)
    assert (found["light"], found["unit"], found["n_met"]) == ("missed", "permille", 30)
