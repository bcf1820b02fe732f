"""A replication depends on nothing that was played before it in the same process."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from sim.experiment.replicate import missing_tasks
from sim.experiment.scenario_player import scenario_player
from sim.io.scenario_folder import load_scenario


@pytest.mark.slow
def test_what_was_played_before_changes_nothing(tiny_folder: Path) -> None:
    """Logs of a player that has played hundreds of runs equal those of a fresh one."""
    folder = load_scenario(tiny_folder)
    used = scenario_player(folder, 1)
    plans = tuple(folder.plans)
    for task in missing_tasks(plans, 128, {}, used.member):
        for replication, wanted in task:
            for plan in wanted:
                here = used.play(plan, replication).sha256()
                fresh = scenario_player(folder, 1).play(plan, replication).sha256()
                assert here == fresh, (plan, replication)


def test_plans_may_come_in_any_order(tiny_folder: Path) -> None:
    """Playing the plans the other way round, and a replication twice, gives the same logs."""
    folder = load_scenario(tiny_folder)
    one, other = scenario_player(folder, 1), scenario_player(folder, 1)
    plans = tuple(folder.plans)
    forwards = {(p, k): one.play(p, k).sha256() for k in range(12) for p in plans}
    backwards = {
        (p, k): other.play(p, k).sha256() for k in reversed(range(12)) for p in reversed(plans)
    }
    again = {key: other.play(*key).sha256() for key in backwards}
    assert forwards == backwards == again


def test_player_can_be_sent(tiny_folder: Path) -> None:
    """A player that has played survives the way to another process and plays the same logs."""
    player = scenario_player(load_scenario(tiny_folder), 1)
    here = player.play("early", 3).sha256()
    sent = pickle.loads(pickle.dumps(player))
    assert sent.play("early", 3).sha256() == here
    assert sent.member(3) == player.member(3)
