"""Disasters: one interface, one file per kind (law 8).

A new kind is a model in ``sim.schema.hazard``, a file here with its builder, and one line in
``KINDS``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.hazards.base import (
    Blows,
    Gauges,
    Geometry,
    Hazard,
    Injuries,
    Layer,
    Member,
    RainGauges,
    Setting,
    Signals,
)
from sim.hazards.basin_flood import build_basin_flood
from sim.hazards.compound import build_compound
from sim.hazards.dike_breach import build_dike_breach
from sim.hazards.earthquake import build_earthquake
from sim.hazards.flash_flood import build_flash_flood
from sim.hazards.foresight import changed_after
from sim.hazards.forest_fire import build_forest_fire
from sim.hazards.hazardous_release import build_hazardous_release
from sim.hazards.landslide import build_landslide
from sim.hazards.no_hazard import build_no_hazard
from sim.hazards.recorded import build_recorded_depth
from sim.hazards.recorded_fire import build_recorded_fire
from sim.hazards.recorded_plume import build_recorded_plume
from sim.hazards.river_flood import build_river_flood
from sim.hazards.typhoon import build_typhoon
from sim.hazards.urban_waterlogging import build_urban_waterlogging
from sim.schema.hazard_kinds import HazardSpec

__all__ = [
    "KINDS",
    "Blows",
    "Gauges",
    "Geometry",
    "Hazard",
    "Injuries",
    "Layer",
    "Member",
    "RainGauges",
    "Setting",
    "Signals",
    "build_hazard",
    "changed_after",
]

KINDS: dict[str, Callable[[Any, Geometry, Setting], Hazard]] = {
    "river_flood": build_river_flood,
    "flash_flood": build_flash_flood,
    "basin_flood": build_basin_flood,
    "recorded_depth": build_recorded_depth,
    "dike_breach": build_dike_breach,
    "forest_fire": build_forest_fire,
    "recorded_fire": build_recorded_fire,
    "hazardous_release": build_hazardous_release,
    "recorded_plume": build_recorded_plume,
    "landslide": build_landslide,
    "urban_waterlogging": build_urban_waterlogging,
    "earthquake": build_earthquake,
    "typhoon": build_typhoon,
    "compound": lambda spec, geometry, setting: build_compound(
        spec, geometry, setting, build_hazard
    ),
    "none": build_no_hazard,
}
"""Builder of every kind; ``Any`` stands for the kind's own model, which its builder names."""


def build_hazard(spec: HazardSpec, geometry: Geometry, setting: Setting) -> Hazard:
    """The ensemble of a scenario's ``hazard`` section.

    Raises:
        InputError: with every problem found in the section and its files.
    """
    return KINDS[spec.kind](spec, geometry, setting)
