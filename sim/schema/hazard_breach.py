"""The ``hazard:`` section of a dike that breaks: 圩垸溃口."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.schema.base import Elevation, Frozen
from sim.schema.distributions import Number, constant
from sim.schema.hazard import Ensemble, Forecasts, OnsetForecast, Point

Minute = Annotated[float, Field(ge=0, le=100_000)]


class Storage(Frozen):
    """A row of the polder's table: how much of it lies below an elevation."""

    level_m: Elevation = Field(description="高程 m | elevation")
    area_km2: float = Field(ge=0, le=10_000, description="该高程以下面积 km² | area below it")


class BreachOpening(Frozen):
    """The opening: where, when, how it widens.

    Seen: Tuanzhou 2024, 10 m at once, 100 m after 70 min, 150 m after 5 h, 226 m at the end.
    """

    at: Point = Field(description="溃口位置 [x, y] | where")
    begins_min: Number = Field(description="溃决时刻（距开始 分钟） | min from clock_start")
    sill_m: Elevation = Field(description="口门底高程 m | sill of the opening")
    width: tuple[tuple[Minute, float], ...] = Field(
        ((0, 10), (72, 100), (312, 150), (1032, 226)),
        min_length=1,
        description="口门宽度 [溃后分钟, m] | width by minutes since, m",
    )
    width_factor: Number = Field(constant(1.0), description="口宽系数 | factor on the width")

    @model_validator(mode="after")
    def _widens(self) -> BreachOpening:
        minutes = [minute for minute, _ in self.width]
        widths = [width for _, width in self.width]
        if minutes[0] != 0 or minutes != sorted(set(minutes)):
            raise ValueError("width must begin at minute 0 and ascend in time")
        if widths != sorted(widths) or widths[0] < 0 or widths[-1] > 5000:
            raise ValueError("width must not shrink and lie within 0 … 5000 m")
        return self


class DikeBreachSpec(Frozen):
    """Dike breach 溃堤: a river breaks into a polder and fills it by its elevation–area table.

    In false-alarm members the leak is held: people were warned and no water comes.
    """

    kind: Literal["dike_breach"]
    step_min: Literal[1, 2, 5, 10, 15, 20, 30] = Field(
        2, description="时间步 分钟；水平均晚到半步 | step; water comes half of it late"
    )
    ensemble: Ensemble = Ensemble()
    area: tuple[Point, ...] = Field(min_length=3, description="圩区边界 [x, y] | outline")
    storage: tuple[Storage, ...] = Field(min_length=2, description="高程–面积表 | storage table")
    opening: BreachOpening
    outer: tuple[tuple[Minute, Elevation], ...] = Field(
        min_length=1, description="外河水位 [距开始分钟, m] | outer level by min from clock_start"
    )
    outer_shift_m: Number = Field(constant(0.0), description="外河水位偏差 m | shift of the river")
    front_m_per_h: Number = Field(description="圩内水头推进 m/h | speed of the front inside")
    onset: OnsetForecast = Field(
        OnsetForecast(first_warning_h=3), description="险情上报与预计 | how the breach is foreseen"
    )
    forecasts: Forecasts = Forecasts()

    @model_validator(mode="after")
    def _tables(self) -> DikeBreachSpec:
        levels = [row.level_m for row in self.storage]
        areas = [row.area_km2 for row in self.storage]
        if levels != sorted(set(levels)) or areas != sorted(areas) or areas[-1] <= 0:
            raise ValueError("storage must ascend in level_m, and area_km2 must not shrink")
        minutes = [minute for minute, _ in self.outer]
        if minutes != sorted(set(minutes)):
            raise ValueError("outer must ascend in time without repeats")
        return self
