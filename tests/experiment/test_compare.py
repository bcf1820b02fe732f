"""Comparing plans: paired over the same nights, and what they do differently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_player import FakePlayer, fake_identity

from sim.experiment.compare import choose_baseline, compare_plans, comparison_json, what_differs
from sim.experiment.identity import Identity
from sim.experiment.replicate import Request, run_experiment
from sim.experiment.scored import run_json, score_run
from sim.schema.problems import InputError


def test_early_beats_late_in_every_night(
    player: FakePlayer, identity: Identity, tmp_path: Path
) -> None:
    """An hour earlier is 60 minutes better in every pair; a tie is never called a difference."""
    run = run_experiment(player, identity, Request(20, tmp_path, 1))
    scored = score_run(run)
    assert scored.baseline == "late"
    t90 = scored.comparison("early", "t90_clock_min")
    assert t90 is not None
    found = comparison_json(t90)
    assert found["diff_mean"] == -60 and found["ci95"] == [-60, -60]
    assert found["p_better"] == 1 and found["verdict"] == "better"
    same = {plan: run.table("late") for plan in ("late", "copy")}
    for one in compare_plans(same, "late"):
        assert one.result.verdict == "indistinguishable" and one.result.p_better == 0


def test_unknown_measures_are_not_compared(
    player: FakePlayer, identity: Identity, tmp_path: Path
) -> None:
    """A measure the scenario cannot give is in no comparison."""
    run = run_experiment(player, identity, Request(5, tmp_path, 1))
    assert {one.measure for one in score_run(run).comparisons} <= set(run.table("late").values)


def test_baseline_must_exist(player: FakePlayer, identity: Identity, tmp_path: Path) -> None:
    """An unknown baseline is an input error that names the plans there are."""
    run = run_experiment(player, identity, Request(1, tmp_path, 1))
    with pytest.raises(InputError) as caught:
        choose_baseline(run, "nobody")
    assert caught.value.problems[0].allowed == "late, early"


def test_what_differs_is_flat() -> None:
    """Differences are paths of entries; names and notes do not count; left out is None."""
    before = {"name": {"zh": "甲"}, "fleet": {"rule": "nearest", "staged": {}}, "controls": None}
    after = {"name": {"zh": "乙"}, "fleet": {"rule": "slack", "staged": {"B1": "A2"}}}
    found = {one.field: (one.plan, one.baseline) for one in what_differs(after, before)}
    assert found == {"fleet.rule": ("slack", "nearest"), "fleet.staged.B1": ("A2", None)}
    assert what_differs(before, before) == []


def test_hash_in_json_is_the_hash_of_the_logs(
    player: FakePlayer, identity: Identity, tmp_path: Path
) -> None:
    """A plan's hash in JSON is the one in run.json, and JSON does not depend on the workers."""
    one = run_experiment(player, identity, Request(9, tmp_path / "one", 1))
    two = run_experiment(player, identity, Request(9, tmp_path / "two", 2))
    first, second = run_json(score_run(one)), run_json(score_run(two))
    for plan in first["plans"]:
        assert plan["log_sha256"] == one.document["plan_log_sha256"][plan["plan"]]
    assert {**first, "run": ""} == {**second, "run": ""}


def test_observed_reports_meet_the_band(player: FakePlayer, tmp_path: Path) -> None:
    """A report is inside exactly when it lies between P5 and P95 of the curves at its time."""
    identity = fake_identity(7)
    reports = [
        {"time": "15:00", "moved": 8, "township": "", "to_move": None, "in_shelters": None},
        {"time": "15:15", "moved": 0, "township": "", "to_move": None, "in_shelters": None},
        {"time": "+3 15:00", "moved": 1, "township": "", "to_move": None, "in_shelters": None},
    ]
    identity = replace(identity, about={**identity.about, "observed": reports})
    run = run_experiment(MovedPlayer(7), identity, Request(40, tmp_path, 1))
    found = score_run(run).observed["early"]
    assert [one.time for one in found] == ["15:00", "15:15"]
    with run.results() as results:
        people = np.sort(results.curves("early", 40)["moved"][:, 2])
    first = found[0]
    assert first.p05 == people[1:3].mean() and first.p95 == people[37:39].mean()
    assert first.inside == (first.p05 <= 8 <= first.p95) and not found[1].inside


class MovedPlayer(FakePlayer):
    """The fake player with its curve under the name that reports are compared with."""

    def measure(self, plan_id: str, log: object) -> tuple[dict[str, float], dict[str, np.ndarray]]:
        """The same numbers, the curve called ``moved``."""
        values, curves = super().measure(plan_id, log)  # type: ignore[arg-type]
        return values, {"moved": curves["out"]}
