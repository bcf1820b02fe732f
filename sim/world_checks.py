"""Checks that need the World: what the water does to the places a plan relies on.

Kept apart from the checks of ``sim.io`` because they build every member of the hazard.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.io.checks_water import check_water
from sim.schema.problems import Problem
from sim.world import World


@dataclass(frozen=True)
class Spots:
    """Rows of one table and their rows among the places of the hazard."""

    file: str
    numbers: tuple[int, ...]
    places: range


def check_world(world: World) -> list[Problem]:
    """Shelters under water: an error where a shelter is wet whenever danger comes."""
    shelters = Spots(
        world.folder.files.get("shelters", "shelters.csv"),
        world.folder.rows.get("shelters", ()),
        range(world.shelter_place, world.shelter_place + len(world.shelters)),
    )
    return check_water(world.hazard, [shelters])
