"""Dispatch rules and relocation as a plan names them, played in a run and read from its log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_forces_run import HEART, MEDICS, county, play, stages

from sim.clock import MS_PER_MIN
from sim.forces.incidents import Stage
from sim.forces.rules import Reason
from sim.log import Kind, RunLog, TeamStatus
from sim.processes.force_manner import persons_at_home
from sim.schema.problems import InputError

RARE = HEART | {"per_day": 20, "full": ""}


def reasons(log: RunLog) -> set[Reason]:
    """Why teams were sent."""
    return {Reason(value) for value in log.of(Kind.TEAM_REASON)["value"].tolist()}


@pytest.mark.parametrize("rule", ["nearest", "urgent", "preempt", "own_district", "cover", "batch"])
def test_every_rule_answers_everybody(tmp_path: Path, rule: str) -> None:
    """On a quiet day every rule sends somebody to every emergency that was reported an hour
    before the end, and every decision names a candidate."""
    log = play(county(tmp_path, [RARE], MEDICS, dispatch=rule, batch_min=4))
    reported, there = stages(log, Stage.REPORTED), stages(log, Stage.FIRST_ON_SITE)
    early = [n for n, t in reported.items() if t < 23 * 60 * MS_PER_MIN]
    assert early and set(early) <= set(there)
    assert len(log.of(Kind.TEAM_CANDIDATE)) >= len(log.of(Kind.TEAM_REASON)) > 0


def test_cover_is_kept(tmp_path: Path) -> None:
    """Where all three are in time, the rule says that it kept cover; where nobody is in time the
    nearest goes, as with the plain rule."""
    wide = play(county(tmp_path / "a", [RARE], MEDICS, dispatch="cover", cover_min=60))
    assert Reason.COVER_KEPT in reasons(wide)
    none = play(county(tmp_path / "b", [RARE], MEDICS, dispatch="cover", cover_min=1))
    assert reasons(none) == {Reason.NEAREST}


def test_batches_are_matched_at_their_end(tmp_path: Path) -> None:
    """Batches of 7 minutes: nobody is sent at any other moment."""
    log = play(county(tmp_path, [RARE], MEDICS, dispatch="batch", batch_min=7))
    sent = log.of(Kind.TEAM_SENT)["t"]
    assert len(sent) and set((sent % (7 * MS_PER_MIN)).tolist()) == {0}
    assert reasons(log) == {Reason.MATCHED}


WAYS: dict[str, dict[str, Any]] = {
    "list": {"relocation": "list", "posts": ["F1"]},
    "dmexclp": {"relocation": "dmexclp", "posts": ["F1"]},
    "table": {"relocation": "table", "table": [{"posts": ["F1"]}]},
}


@pytest.mark.parametrize("way", list(WAYS))
def test_free_teams_wait_at_the_posts_named(tmp_path: Path, way: str) -> None:
    """One team of the first village, one post in the second: after its first call it waits in the
    second, so a later call is a whole drive away from the first village, or next door."""
    world = county(tmp_path, [RARE | {"per_day": 8}], MEDICS[:1], **WAYS[way])
    log = play(world)
    there, reported = stages(log, Stage.FIRST_ON_SITE), stages(log, Stage.REPORTED)
    ended = stages(log, Stage.ENDED)
    places = dict(log.of(Kind.EMERGENCY)[["who", "place"]].tolist())
    idle = [n for n in there if n and all(e + 30 * MS_PER_MIN < reported[n]
                                          for k, e in ended.items() if k < n)]  # fmt: skip
    assert idle, "a night in which the team is at rest before a call"
    for number in idle:
        away = 0 if world.places.node[places[number]] == world.places.node[1] else 20
        assert there[number] - reported[number] == (3 + away) * MS_PER_MIN


def test_only_teams_with_the_skill_are_moved(tmp_path: Path) -> None:
    """A digger team is not moved by a list for medics: it goes home after its work."""
    diggers = RARE | {"id": "MUD", "needs": "digger:1", "per_day": 40}
    teams = [{"skills": "digger:1"}, {"skills": "medical:1", "station": "F0"}]
    moved = {"relocation": "list", "posts": ["F1"]}
    log = play(county(tmp_path / "a", [diggers], teams, **moved))
    kept = play(county(tmp_path / "b", [diggers], teams, **moved, relocate_skill="medical"))
    home = play(county(tmp_path / "c", [diggers], teams))

    def to_site(one: RunLog) -> list[int]:
        rows = one.of(Kind.TEAM)
        return rows["t"][rows["value"] == TeamStatus.ON_SITE].tolist()

    assert to_site(kept) == to_site(home) != to_site(log)


def test_everybody_at_home_counts(tmp_path: Path) -> None:
    """Coverage counts 1,000 persons in each of the two villages."""
    world = county(tmp_path, [RARE], MEDICS)
    assert np.abs(persons_at_home(world) - 1000).max() <= 5


def test_names_are_checked(tmp_path: Path) -> None:
    """A post that no place has, a table that is missing and a skill that nobody has are errors."""
    with pytest.raises(InputError) as caught:
        county(tmp_path, [RARE], MEDICS, relocation="table", posts=["X"], relocate_skill="flying")
    assert [p.code for p in caught.value.problems].count("ref.unknown") == 2
    assert "plan.rule_needs" in {p.code for p in caught.value.problems}
