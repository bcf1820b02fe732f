"""Every shipped scenario, whatever its kind: one way of plans, measures, bounds and repeats."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import pytest

from sim.bounds.of_run import Limits
from sim.hazards import KINDS
from sim.io.scenario_folder import load_scenario
from sim.measures.conservation import check_log
from sim.measures.facts import Facts
from sim.measures.limits import limit_measures
from sim.measures.measure import measure_facts
from sim.plan import compile_plan
from sim.run import run_once
from sim.world import World
from sim.world_build import build_world

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SMALL = sorted(
    folder.name
    for folder in SCENARIOS.glob("yunling_*")
    if (folder / "scenario.yaml").is_file() and folder.name != "yunling_stress"
)
"""Made beside 云岭县; the county itself and its stress variant have tests of their own."""
ALWAYS = {"people_at_risk", "safe_out", "stranded", "unreached", "moved_by_bus", "order_clock_min"}


@cache
def world(name: str) -> World:
    """A shipped world."""
    return build_world(load_scenario(SCENARIOS / name))


def night(name: str, plan_id: str, replication: int) -> tuple[str, dict[str, float]]:
    """Hash of a night's log and all its measures; the log is checked."""
    here = world(name)
    plan = compile_plan(here, plan_id)
    log = run_once(here, plan, 1, replication)
    check_log(here, log)
    facts = Facts(here, log)
    return log.sha256(), measure_facts(facts, plan) | limit_measures(Limits(here), facts, plan, 1)


@pytest.mark.slow
def test_six_disasters_and_more_are_shipped() -> None:
    """The small scenarios are of six kinds or more, all of them registered."""
    kinds = {world(name).spec.hazard.kind for name in SMALL}
    assert len(kinds) >= 6 and kinds <= set(KINDS)


@pytest.mark.slow
@pytest.mark.parametrize("name", SMALL)
def test_every_plan_is_measured_within_its_bounds(name: str) -> None:
    """Three plans or more; each gives the same measures as the others, all of them numbers; no run
    is faster than a physical limit (that would raise); a night played again is the same."""
    plans = sorted(world(name).folder.plans)
    assert len(plans) >= 3
    nights = {plan_id: night(name, plan_id, 0) for plan_id in plans}
    for _, found in nights.values():
        assert set(found) >= ALWAYS
        assert not any(math.isnan(value) for value in found.values())
        assert found.get("efficiency", 0.0) <= 1
    at_risk = {found["people_at_risk"] for _, found in nights.values()}
    assert len(at_risk) == 1 and min(at_risk) > 0
    assert night(name, plans[-1], 0)[0] == nights[plans[-1]][0]
    assert len({sha for sha, _ in nights.values()}) == len(plans)
