"""A search goes on from the nights played, and gives up early what does no better."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_preposition import PLAN, county

from sim.optimize.preposition.find import Preposition, Question, Workers, find_preposition
from sim.plan import Plan, compile_plan
from sim.world import World

ASKED = Question(search_nights=4, certify_nights=3, budget=40, one_more=True)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Plan]:
    """The county with two teams, and its plan."""
    world = county(teams=2).build(tmp_path_factory.mktemp("county"), {"go": PLAN})
    return world, compile_plan(world, "go")


def numbers(found: Preposition) -> tuple[object, ...]:
    """What a planner is told."""
    return found.winner, found.verdict.standings, found.more, found.limit, found.staffed, found.runs


def test_nothing_is_played_twice(asked: tuple[World, Plan], tmp_path: Path) -> None:
    """The same question a second time plays no night and has the same answer; another seed lies
    elsewhere; without a folder nothing is written."""
    world, plan = asked
    first = find_preposition(world, plan, ASKED, Workers(kept=tmp_path))
    again = find_preposition(world, plan, ASKED, Workers(kept=tmp_path))
    assert first.played > 0 and again.played == 0
    assert numbers(first) == numbers(again)
    other = Question(search_nights=1, certify_nights=2, budget=2, seed=2)
    assert find_preposition(world, plan, other, Workers(kept=tmp_path)).played > 0
    assert len(list(tmp_path.glob("*/nights-go-boats-*"))) == 2
    assert numbers(find_preposition(world, plan, ASKED)) == numbers(first)


def test_a_stopped_search_goes_on(asked: tuple[World, Plan], tmp_path: Path) -> None:
    """Stopped after ten tasks and asked again, it plays only what is missing and comes to the same
    answer as one that was never stopped."""
    world, plan = asked
    told = 0

    def stop(done: int, wanted: int) -> None:
        nonlocal told
        told += 1
        if told == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_preposition(world, plan, ASKED, Workers(kept=tmp_path, progress=stop))
    whole = find_preposition(world, plan, ASKED)
    rest = find_preposition(world, plan, ASKED, Workers(kept=tmp_path))
    assert numbers(rest) == numbers(whole)
    assert rest.played <= whole.played - 10


def test_who_does_no_better_is_dropped_early(asked: tuple[World, Plan]) -> None:
    """Of the moves some are given up after one night of four; what came through was played on all
    of them, and the budget of the search holds for all but the last race."""
    world, plan = asked
    found = find_preposition(world, plan, ASKED)
    assert {trial.nights for trial in found.trials} == {4}
    assert found.dropped and {trial.nights for trial in found.dropped} <= {1, 2}
    assert found.winner.loss == min(trial.loss for trial in found.trials)
