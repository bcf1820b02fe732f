"""A run read whole: scorecards, comparisons and reports of the real night, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.clock import parse_clock_start
from sim.experiment.compare import (
    Comparison,
    choose_baseline,
    compare_plans,
    comparison_json,
    what_differs,
)
from sim.experiment.store import RunFolder
from sim.measures.observed import Overlay, overlay, overlay_json
from sim.measures.result_table import ResultTable
from sim.measures.scorecard import PlanScore, plan_json, score_plan
from sim.schema.problems import InputError, Problem
from sim.schema.tables import ObservedRow
from sim.texts.report import say


@dataclass(frozen=True)
class ScoredRun:
    """All that ``run``, ``compare`` and reports show.

    Attributes:
        n: replications that count: 0 … n−1 of every plan.
        scores: plan id to scorecard, in the order of the run.
        observed: plan id to reported numbers beside the simulated band.
    """

    run: RunFolder
    n: int
    baseline: str
    tables: Mapping[str, ResultTable]
    scores: Mapping[str, PlanScore]
    comparisons: tuple[Comparison, ...]
    observed: Mapping[str, tuple[Overlay, ...]]

    @property
    def wanted(self) -> int:
        """Replications asked for; more than ``n`` when the run is unfinished."""
        return int(self.run.document["replications"])

    def plan_name(self, plan: str, lang: str) -> str:
        """A plan's name in the language asked for."""
        name = self.scores[plan].name
        return name["en"] if lang == "en" and name.get("en") else name["zh"]

    def comparison(self, plan: str, measure: str) -> Comparison | None:
        """A plan against the baseline on one measure."""
        return next(
            (one for one in self.comparisons if (one.plan, one.measure) == (plan, measure)), None
        )


def score_run(run: RunFolder, baseline: str | None = None) -> ScoredRun:
    """Read a run and judge it.

    Args:
        baseline: plan the others are compared with; the first one when not given.

    Raises:
        InputError: no such plan, or no replication is finished.
    """
    chosen = choose_baseline(run, baseline)
    n = run.n_finished()
    if n == 0:
        raise InputError([Problem("run.nothing_finished", str(run.path))])
    document = run.document
    zones = document["scenario"].get("zones", [])
    tables = {plan: run.table(plan, n) for plan in run.plans}
    scores = {
        plan: score_plan(table, document["plans"][plan], zones, document["kept"].get(plan, {}))
        for plan, table in tables.items()
    }
    comparisons = tuple(compare_plans(tables, chosen))
    return ScoredRun(run, n, chosen, tables, scores, comparisons, _overlays(run, n))


def _overlays(run: RunFolder, n: int) -> dict[str, tuple[Overlay, ...]]:
    reports = [ObservedRow(**row) for row in run.document["scenario"].get("observed", [])]
    if not reports:
        return {}
    clock_start = parse_clock_start(run.document["scenario"]["clock_start"])
    with run.results() as results:
        return {
            plan: tuple(overlay(reports, results.curves(plan, n), clock_start))
            for plan in run.plans
        }


def run_json(scored: ScoredRun) -> dict[str, Any]:
    """The one object that ``--json`` prints.

    Infinite and unknown numbers are null; a measure the scenario cannot give is absent.
    """
    document, run = scored.run.document, scored.run
    return {
        "yuyan": document["versions"]["yuyan"],
        "scenario": document["scenario"]["id"],
        "run": str(run.path),
        "seed": document["seed"],
        "input_hash": document["scenario"]["input_hash"],
        "status": document["status"],
        "replications_wanted": scored.wanted,
        "log_sha256": document["log_sha256"],
        "plans": [plan_json(score) for score in scored.scores.values()],
        "comparisons": [comparison_json(one) for one in scored.comparisons],
        "input_differences": [
            {
                "plan": plan,
                "baseline": scored.baseline,
                "differences": [
                    {"field": one.field, "plan": one.plan, "baseline": one.baseline}
                    for one in what_differs(
                        document["plans"][plan], document["plans"][scored.baseline]
                    )
                ],
            }
            for plan in run.plans
            if plan != scored.baseline
        ],
        "observed": [
            {"plan": plan, **overlay_json(one)}
            for plan, found in scored.observed.items()
            for one in found
        ],
        "notes": {
            "intervals": {"zh": say("note.intervals", "zh"), "en": say("note.intervals", "en")},
            "simulated": {"zh": say("note.simulated", "zh"), "en": say("note.simulated", "en")},
        },
    }
