"""Shipped small scenarios, built once: their worlds and the members of their hazards."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sim.hazards import Member
from sim.io.scenario_folder import load_scenario
from sim.world import World
from sim.world_build import build_world

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@cache
def world(name: str) -> World:
    """A shipped world."""
    return build_world(load_scenario(SCENARIOS / name))


def members(name: str, false_alarm: bool) -> list[Member]:
    """The members of a scenario in which the danger comes, or does not."""
    hazard = world(name).hazard
    found = [hazard.member(k) for k in range(len(hazard.weights))]
    return [m for m in found if ("false alarm" in m.label) == false_alarm]
