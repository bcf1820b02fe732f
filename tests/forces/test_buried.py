"""People under debris: told to the desk, dug out by who can search, lost when nobody comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from earth_kit import DIG, DIGGERS, SEARCH, SEARCHERS, night, slope, stages, valley

from sim.clock import MS_PER_MIN
from sim.forces.incidents import Stage
from sim.log import Kind
from sim.measures.conservation import check_log
from sim.measures.facts import Facts
from sim.measures.people import people_measures
from sim.states import Flag

HOUSES = [slope("H", 6000, toe=150)]
"""Comes down over the nearer village, not over the road: all eight households of one are buried."""


def harmed(folder: Path, teams: list[dict[str, Any]], kinds: list[dict[str, Any]]) -> float:
    """Persons who died."""
    world = valley(folder, teams, kinds, HOUSES)
    log = night(world)
    check_log(world, log)
    return people_measures(Facts(world, log))["harmed"]


def test_teams_dig_out_one_after_the_other(tmp_path: Path) -> None:
    """Buried at minute 60, told 10 min later; 3 min of turnout, 6 km at 60 km/h, four families of
    45 min of digging for each of two teams, which stay at the village in between."""
    world = valley(tmp_path, [SEARCHERS, SEARCHERS], [SEARCH], HOUSES)
    log = night(world)
    check_log(world, log)
    reported, there = stages(log, Stage.REPORTED), stages(log, Stage.FIRST_ON_SITE)
    began, ended = stages(log, Stage.STARTED), stages(log, Stage.ENDED)
    assert {round(t / MS_PER_MIN) for t in reported.values()} == {70} and len(reported) == 8
    assert all(ended[k] - began[k] == 45 * MS_PER_MIN for k in range(8))
    first = [round(t / MS_PER_MIN) for t in sorted(there.values())]
    assert first == [79, 79, 124, 124, 169, 169, 214, 214]
    assert not len(log.of(Kind.INCIDENT))


def test_who_is_not_dug_out_dies(tmp_path: Path) -> None:
    """They live 20 h: with two teams nobody dies, with none that can search all eight do."""
    assert harmed(tmp_path / "a", [SEARCHERS, SEARCHERS], [SEARCH]) == 0
    assert harmed(tmp_path / "b", [{"skills": "medical:1"}], [SEARCH]) == 8


@pytest.mark.parametrize("diggers", [0, 1])
def test_the_road_comes_first(tmp_path: Path, diggers: int) -> None:
    """A slide on the only road to a buried village: without a digger nobody gets there and all
    eight die, with one the searchers drive as soon as the road is free."""
    slopes = [*HOUSES, slope("R", 1500)]
    world = valley(tmp_path, [SEARCHERS, SEARCHERS, DIGGERS][: 2 + diggers], [SEARCH, DIG], slopes)
    log = night(world)
    check_log(world, log)
    dead = log.of(Kind.FLAG)["value"] == Flag.HARMED
    assert int(dead.sum()) == (0 if diggers else 8)
