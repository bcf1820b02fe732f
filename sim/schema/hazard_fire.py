"""The ``hazard:`` section of a forest fire 森林火灾."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.schema.base import Frozen, Id, Share
from sim.schema.distributions import Number, constant
from sim.schema.hazard import Ensemble, OnsetForecast, Point
from sim.schema.hazard_detection import WatcherSpec

Minute = Annotated[float, Field(ge=0, le=100_000)]


class FireTerrain(Frozen):
    """Fuel and elevation as ESRI ASCII grids on the same cells, in a projected system.

    ``factors`` gives 王正非's Kφ for each number in the fuel grid; 0 does not burn. From the
    parameter library: conifer 0.4–0.8, secondary forest 0.7, pine 1.0, larch 1.2, grass 1.6,
    shrub 1.8, pasture 2.0.
    """

    fuel: str = Field(description="可燃物类型格网 .asc | grid of fuel numbers")
    elevation: str = Field(description="高程格网 .asc m | grid of elevations")
    factors: dict[str, Annotated[float, Field(ge=0, le=10)]] = Field(
        min_length=1, description="类型号 → Kφ | factor by fuel number"
    )


class FireWeatherSpec(Frozen):
    """Weather from a moment on, the same over the whole grid."""

    from_min: Minute = Field(0, description="起 距开始分钟 | from, min from clock_start")
    wind_m_s: float = Field(ge=0, le=40, description="风速 m/s | wind")
    wind_from_deg: float = Field(ge=0, le=360, description="风向（来向）度 | where it comes from")
    temperature_c: float = Field(ge=-30, le=50, description="气温 ℃ | temperature")


class FireLine(Frozen):
    """A line that stops fire: a firebreak that is there, or one that a crew digs after the report.

    The crew is there ``arrives_after_min`` after the fire has been reported and works along the
    line at ``m_per_h``.
    """

    id: Id
    line: tuple[Point, ...] = Field(min_length=2, description="折线 [x, y] | course")
    is_there: bool = Field(False, description="已有的隔离带 | is there already, needs no crew")
    arrives_after_min: Number = Field(
        constant(60.0), description="报告后多久到场 分钟 | crew there so long after the report"
    )
    m_per_h: float = Field(300, gt=0, le=20_000, description="开设速度 m/h | speed of the work")


class Spotting(Frozen):
    """Brands thrown downwind 飞火 (judgement)."""

    share_at_10_m_s: Share = Field(0.01, description="10m/s风下飞火概率 | share of cells")
    mean_m: float = Field(250, gt=0, le=5000, description="平均距离 m | mean distance")
    burns_after_min: float = Field(8, ge=0, le=600, description="落地到起火 分钟 | until it burns")


class ForestFireSpec(Frozen):
    """Forest fire 森林火灾: 王正非 spread on a grid; in false alarms it is put out at once."""

    kind: Literal["forest_fire"]
    step_min: Literal[1, 2, 5, 10, 15, 20, 30] = Field(
        2, description="时间步 分钟；道路平均早封半步 | step; roads close half of it early"
    )
    ensemble: Ensemble = Ensemble()
    terrain: FireTerrain
    ignition: tuple[Point, ...] = Field(min_length=1, description="起火点 [x, y] | where it starts")
    starts_min: Number = Field(description="起火时刻（距开始 分钟） | min from clock_start")
    weather: tuple[FireWeatherSpec, ...] = Field(min_length=1, description="天气 | weather")
    wind_factor: Number = Field(constant(1.0), description="风速系数 | factor on the wind")
    wind_turn_deg: Number = Field(constant(0.0), description="风向偏差 度 | turn of the wind")
    rate_factor: Number = Field(constant(1.0), description="干燥程度系数 | factor on the rate")
    spotting: Spotting = Spotting()
    lines: tuple[FireLine, ...] = Field((), max_length=200, description="隔离带 | lines")
    watchers: tuple[WatcherSpec, ...] = Field(
        min_length=1, max_length=500, description="发现手段 | who notices the fire"
    )
    near_m: float = Field(
        150, ge=0, le=2000, description="火线多近即有危险 m | flames this near are dangerous"
    )
    smoke_m: float = Field(800, ge=0, le=10_000, description="下风烟气范围 m | smoke downwind")
    flames_min: float = Field(
        60, gt=0, le=1440, description="一处燃烧多久 分钟 | flames last at a place"
    )
    onset: OnsetForecast = Field(
        OnsetForecast(first_warning_h=24), description="到达时间预计 | how arrival is foreseen"
    )

    @model_validator(mode="after")
    def _ascending(self) -> ForestFireSpec:
        begins = [period.from_min for period in self.weather]
        if begins != sorted(set(begins)):
            raise ValueError("weather must ascend in from_min without repeats")
        return self
