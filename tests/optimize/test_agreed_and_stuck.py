"""Who would go, and in which link the late ones were: held against runs of the engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kit import play
from order_cases import by_matrix

from sim.clock import MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.log import Kind
from sim.measures.facts import Facts
from sim.optimize.agreed import would_agree
from sim.optimize.stuck import STUCK_LINKS, stuck_by_link

DOUBT = {
    "decide.comply_broadcast": 0.3, "decide.comply_visit": 0.6, "decide.comply_second": 0.8,
    "tell.visit_min": 1,
}  # fmt: skip
EARLY = {"rules": [{"signal": "clock", "at": "08:00", "action": "move"}]}


@pytest.mark.parametrize(
    "organise",
    [
        {"door_knocking": False},
        {"door_knocking": True},
        {"door_knocking": True, "second_sweep": True},
    ],
    ids=["broadcast", "one sweep", "two sweeps"],
)
def test_agreeing_is_what_the_engine_decides(organise: dict[str, Any], tmp_path: Path) -> None:
    """With hours to spare those who would agree are exactly those who decided to go, whatever
    contacts the plan offers."""
    plan = {"when": EARLY, "organise": organise, "fleet": {}}
    world = by_matrix(20, 5, **DOUBT).build(tmp_path, {"go": plan})
    stayed = 0
    for replication in range(3):
        run = play(world, "go", seed=4, replication=replication)
        decided = Facts(world, run.log).first(Kind.DECIDED, len(world.parties)) < NEVER
        agrees = would_agree(world, run.plan, Draws(4, replication))
        assert np.array_equal(decided, agrees)
        stayed += int((~agrees).sum())
    assert 0 < stayed < 3 * len(world.parties)


SLOW = {
    "prepare.prepare_min": {"dist": "lognormal", "median": 20, "p90": 60},
    "tell.visit_min": 10, "tell.broadcast_reach_day": 0.3, "tell.cadres_per_100_households": 10,
}  # fmt: skip


@pytest.mark.parametrize("moment_min", [59, 65, 75, 90, 120])
def test_everybody_late_is_held_up_in_exactly_one_link(moment_min: int, tmp_path: Path) -> None:
    """Persons by link add up to the late ones at any moment; before the order all are in
    ``decide``, and just after it nobody is."""
    plan = {"when": {"rules": [{"signal": "clock", "at": "09:00", "action": "move"}]}, "fleet": {}}
    world = by_matrix(20, 1, **SLOW).build(tmp_path, {"go": plan})
    facts = Facts(world, play(world, "go").log)
    moment = np.full(facts.n_zones, moment_min * MS_PER_MIN)
    late = facts.out > moment[facts.zone]
    found = stuck_by_link(facts, late, moment)
    assert np.array_equal(found.sum(axis=1), facts.by_zone(late))
    before = dict(zip(STUCK_LINKS, found.sum(axis=0).tolist(), strict=True))["decide"]
    assert before == (facts.people_at_risk if moment_min < 60 else 0)
