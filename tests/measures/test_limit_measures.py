"""Efficiency and the limits of targets: worked out on the deterministic shuttle of VT07."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import play
from test_vt_shuttle import shuttle

from sim.bounds.of_run import Limits
from sim.io.scenario_folder import load_scenario
from sim.measures.limits import limit_measures
from sim.measures.measure import measure_facts, read_log
from sim.world import World
from sim.world_build import build_world


def _target(deadline: dict[str, Any], share: float = 1.0) -> dict[str, Any]:
    return {"id": "T", "name": {"zh": "转出"}, "milestone": "out", "share": share,
            "deadline": deadline}  # fmt: skip


def _measured(world: World, plan: str = "go", seed: int = 1, k: int = 0) -> dict[str, float]:
    run = play(world, plan, seed, k)
    facts = read_log(world, run.log)
    limits = limit_measures(Limits(world), facts, run.plan, seed)
    return {**measure_facts(facts, run.plan), **limits}


@pytest.mark.parametrize(
    ("deadline", "limit_min"),
    [({"after_order_min": 60}, 100), ({"clock": "09:00"}, 100)],
)
def test_a_target_beyond_the_fleet_has_its_limit_and_what_is_lacking(
    deadline: dict[str, Any], limit_min: float, tmp_path: Path
) -> None:
    """By hand, 5 buses of 45 for 450 persons: 450 · 65 − 225 · 20 seat-minutes of 225 seats last
    until 110, the last are out 10 minutes before. By minute 60 there is time for 70 · 225 seat-
    minutes; 9,000 are missing, and one more bus brings at most 45 · (70 + 20): 3 are lacking."""
    plan = {"fleet": {}, "targets": [_target(deadline)]}
    found = _measured(shuttle(5, 5).build(tmp_path, {"go": plan}))
    assert found["target:T:limit_min"] == limit_min == found["target:T:min"]
    assert found["target:T:deadline_min"] == 60
    assert found["target:T:vehicles_short"] == 3
    assert found["efficiency"] == 1


def test_half_of_the_people_have_an_earlier_limit(tmp_path: Path) -> None:
    """Half of them need 225 · 65 − 225 · 20 seat-minutes of 225 seats: 45, out at 35, nobody
    lacking."""
    plan = {"fleet": {}, "targets": [_target({"after_order_min": 60}, 0.5)]}
    found = _measured(shuttle(5, 5).build(tmp_path, {"go": plan}))
    assert found["target:T:limit_min"] == 35 == found["target:T:min"]
    assert found["target:T:vehicles_short"] == 0
    assert found["target:T"] == 1


def test_no_target_is_met_before_its_limit(tiny_folder: Path) -> None:
    """Ten nights of two plans of the small flood: the time of every target is at or above its
    limit, so a target that was met is never called impossible."""
    world = build_world(load_scenario(tiny_folder))
    limits_seen = 0
    for plan in world.folder.plans:
        for replication in range(10):
            found = _measured(world, plan, 3, replication)
            if "target:T90:limit_min" in found:
                limits_seen += 1
                assert found["target:T90:limit_min"] <= found["target:T90:min"]
                if found["target:T90"] == 1:
                    assert found["target:T90:limit_min"] <= found["target:T90:deadline_min"]
                    assert found["target:T90:vehicles_short"] == 0
    assert limits_seen >= 10
