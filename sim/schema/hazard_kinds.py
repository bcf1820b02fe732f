"""All disaster kinds a scenario may name in its ``hazard:`` section, told apart by ``kind``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.schema.hazard import FlashFloodSpec, NoHazardSpec, RecordedDepthSpec, RiverFloodSpec
from sim.schema.hazard_basin import BasinFloodSpec
from sim.schema.hazard_breach import DikeBreachSpec
from sim.schema.hazard_fire import ForestFireSpec
from sim.schema.hazard_gas import HazardousReleaseSpec
from sim.schema.hazard_landslide import LandslideSpec
from sim.schema.hazard_quake import EarthquakeSpec
from sim.schema.hazard_recorded_fire import RecordedFireSpec
from sim.schema.hazard_typhoon import TyphoonSpec
from sim.schema.hazard_urban import UrbanWaterSpec

HazardSpec = Annotated[
    RiverFloodSpec
    | FlashFloodSpec
    | BasinFloodSpec
    | RecordedDepthSpec
    | DikeBreachSpec
    | ForestFireSpec
    | RecordedFireSpec
    | HazardousReleaseSpec
    | LandslideSpec
    | UrbanWaterSpec
    | EarthquakeSpec
    | TyphoonSpec
    | NoHazardSpec,
    Field(discriminator="kind"),
]
