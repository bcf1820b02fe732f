"""The ``hazard:`` section of a toxic plume that is known: measured, or from another model."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.schema.base import Frozen, Name
from sim.schema.distributions import Number, constant
from sim.schema.hazard import Ensemble, OnsetForecast, Point
from sim.schema.hazard_detection import WatcherSpec
from sim.schema.hazard_gas import GasLimits
from sim.schema.recorded_files import BandsFile, PlacesFile, PolygonsFile, SeriesFiles


class PlumePolygons(PolygonsFile):
    """Polygons with a concentration and the minutes between which it holds."""

    value_field: str = Field("value", description="浓度字段 | column of the concentration")


class PlumePlaces(PlacesFile):
    """A table of concentrations at places: columns place, minute, value."""

    value_field: str = Field("value", description="浓度列 | column of the concentration")


PlumeFiles = Annotated[
    SeriesFiles | BandsFile | PlumePolygons | PlumePlaces, Field(discriminator="form")
]


class RecordedPlumeSpec(Frozen):
    """Recorded plume 已有浓度成果: concentrations outside, with doubt about time, pace and size.

    Roads have the recorded concentration, places that inside a closed house.
    """

    kind: Literal["recorded_plume"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(5, description="时间步 分钟 | step")
    data: PlumeFiles
    unit: Literal["mg/m3", "ppm"] = Field("mg/m3", description="浓度单位 | unit of the files")
    molar_mass_g: float | None = Field(
        None, ge=1, le=1000, description="摩尔质量 g/mol；ppm 时必填 | molar mass, goes with ppm"
    )
    substance: Name = Field(description="物质 | substance")
    limits: GasLimits
    at: Point = Field(description="泄漏点 [x, y] | where it leaks")
    ensemble: Ensemble = Ensemble(members=1)
    start_shift_min: Number = Field(constant(0.0), description="起始早晚 分钟 | shift of the start")
    speed_factor: Number = Field(constant(1.0), description="过程快慢系数 | factor on the speed")
    level_factor: Number = Field(constant(1.0), description="浓度系数 | factor on the level")
    air_changes_per_h: float = Field(
        0.5, ge=0.01, le=60, description="关窗后每小时换气次数 | air changes of a closed house, 1/h"
    )
    watchers: tuple[WatcherSpec, ...] = Field(
        (), max_length=500, description="发现手段；空=一漏就知道 | empty: known at once"
    )
    onset: OnsetForecast = OnsetForecast(first_warning_h=48)

    @model_validator(mode="after")
    def _molar_mass(self) -> RecordedPlumeSpec:
        if (self.unit == "ppm") != (self.molar_mass_g is not None):
            raise ValueError("'molar_mass_g' goes with unit: ppm, and only with it")
        return self
