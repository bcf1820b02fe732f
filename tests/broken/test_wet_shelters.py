"""A shelter in the water is found from the files up, with its spreadsheet row."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.io.scenario_folder import load_scenario
from sim.schema.problems import InputError, Problem
from sim.texts.errors import render
from sim.world_build import build_world
from sim.world_checks import check_world, refuse_wet_shelters


def found(folder: Path) -> list[Problem]:
    return check_world(build_world(load_scenario(folder)))


def test_the_tiny_scenario_keeps_its_shelters_dry(tiny_folder: Path) -> None:
    """Nothing to say about shelters on the hill."""
    assert found(tiny_folder) == []


def test_shelter_in_the_water(tiny_folder: Path) -> None:
    """The village shelter, row 3, stands 0.4 m deep whenever danger comes: an error."""
    with (tiny_folder / "hazard/depths.csv").open("a", encoding="utf-8") as stream:
        stream.write("S2,300,0\nS2,400,0.4\nS2,600,0\n")
    problems = found(tiny_folder)
    assert [(p.code, p.file, p.row, p.field, p.severity) for p in problems] == [
        ("water.always", "shelters.csv", 3, "x, y", "error")
    ]
    assert "0.40 m" in render(problems[0], "en") and "100%" in render(problems[0], "zh")


def test_what_is_played_is_refused_for_the_same_reason(tiny_folder: Path) -> None:
    """Looking at few members finds what looking at all of them does, and lets dry shelters pass."""
    refuse_wet_shelters(build_world(load_scenario(tiny_folder)))
    with (tiny_folder / "hazard/depths.csv").open("a", encoding="utf-8") as stream:
        stream.write("S2,300,0\nS2,400,0.4\nS2,600,0\n")
    with pytest.raises(InputError) as refused:
        refuse_wet_shelters(build_world(load_scenario(tiny_folder)))
    assert list(refused.value.problems) == found(tiny_folder)
