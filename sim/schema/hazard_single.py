"""All disaster kinds that come alone or as a part of several at once."""

from __future__ import annotations

from sim.schema.hazard import FlashFloodSpec, RecordedDepthSpec, RiverFloodSpec
from sim.schema.hazard_basin import BasinFloodSpec
from sim.schema.hazard_breach import DikeBreachSpec
from sim.schema.hazard_fire import ForestFireSpec
from sim.schema.hazard_gas import HazardousReleaseSpec
from sim.schema.hazard_landslide import LandslideSpec
from sim.schema.hazard_quake import EarthquakeSpec
from sim.schema.hazard_recorded_fire import RecordedFireSpec
from sim.schema.hazard_recorded_plume import RecordedPlumeSpec
from sim.schema.hazard_typhoon import TyphoonSpec
from sim.schema.hazard_urban import UrbanWaterSpec

SingleHazard = (
    RiverFloodSpec
    | FlashFloodSpec
    | BasinFloodSpec
    | RecordedDepthSpec
    | DikeBreachSpec
    | ForestFireSpec
    | RecordedFireSpec
    | HazardousReleaseSpec
    | RecordedPlumeSpec
    | LandslideSpec
    | UrbanWaterSpec
    | EarthquakeSpec
    | TyphoonSpec
)
