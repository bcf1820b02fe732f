"""Washing at the gates: who was in the gas is washed, everybody else walks in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.clock import MS_PER_MIN, NEVER
from sim.io.scenario_folder import load_scenario
from sim.log import RunLog
from sim.measures.conservation import check_log
from sim.measures.facts import Facts
from sim.plan import compile_plan
from sim.run import run_once
from sim.schema.plan import PlanSpec
from sim.world import World
from sim.world_build import build_world

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NIGHT = 3


@cache
def world(name: str) -> World:
    """A shipped world."""
    return build_world(load_scenario(SCENARIOS / name))


def night(name: str, plan_id: str, wash: dict[str, Any] | None) -> RunLog:
    """A night under a plan with its washing replaced."""
    here = world(name)
    given = here.folder.plans[plan_id].model_dump(exclude_unset=True)
    given["manage"] = {"guards": True} | ({} if wash is None else {"wash": wash})
    here.folder.plans["as_given"] = PlanSpec.model_validate(given)
    log = run_once(here, compile_plan(here, "as_given"), 1, NIGHT)
    check_log(here, log)
    return log


@pytest.mark.parametrize(
    ("name", "plan_id", "wash"),
    [
        ("yunling_polder", "b_on_leak", {"lanes": 1, "wash_min": 60}),
        ("yunling_park", "a_all_out", {"lanes": 1, "wash_min": 0}),
    ],
)
def test_water_does_not_cling_and_no_time_is_no_washing(
    name: str, plan_id: str, wash: dict[str, Any]
) -> None:
    """In a flood, or with washing that takes no time, the log is the same to the bit."""
    assert night(name, plan_id, wash).sha256() == night(name, plan_id, None).sha256()


def test_those_from_the_gas_are_registered_later() -> None:
    """With one lane and an hour for each family those whose home was in the gas before they left
    come in later, by at least their hour; the others are never earlier or later for the lane."""
    here = world("yunling_park")
    logs = [
        night("yunling_park", "a_all_out", wash) for wash in (None, {"lanes": 1, "wash_min": 60})
    ]
    without, with_it = (Facts(here, log) for log in logs)
    both = (without.registered < NEVER) & (with_it.registered < NEVER)
    later = with_it.registered - without.registered
    view = without.view
    in_gas = view.exposed_ms < NEVER
    assert (later[both & in_gas] >= 60 * MS_PER_MIN).any()
    assert np.abs(later[both & ~in_gas]).max() < 60 * MS_PER_MIN
