"""The ``hazard:`` section of scenario.yaml: which disaster comes, how, and how sure we are.

Coordinates are in the coordinate system the scenario states for hazard layers. Elevations use the
datum of the tables (85 国家高程 in China). Shipped default numbers are judgement unless a source
is named; a planner replaces them by the values of his rivers.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from sim.schema.base import Coordinate, Elevation, Frozen, Id, Name, Share
from sim.schema.distributions import DurationMin, Number, constant
from sim.schema.recorded_files import BandsFile, PlacesFile, PolygonsFile, SeriesFiles
from sim.schema.recorded_files import Clock as Clock

Bank = tuple[Coordinate, Coordinate, Elevation]
Point = tuple[Coordinate, Coordinate]


PeakMinute = Annotated[int, Field(ge=-1440, le=20_160)]
LeadHour = Annotated[int, Field(ge=1, le=120)]


class Ensemble(Frozen):
    """How many ways the disaster may come; belongs to the scenario, not to the seed of a run."""

    seed: int = Field(1, ge=0, description="成员抽样种子 | seed of the members")
    members: int = Field(40, ge=1, le=1000, description="成员数 | members")
    false_alarm_members: int = Field(
        0, ge=0, description="其中未成灾（空报）成员数 | members in which the danger never comes"
    )
    scatter: Share = Field(
        0.15, description="各河与雨量相对总体的离散 | scatter of rivers and rain about the size"
    )

    @model_validator(mode="after")
    def _some_danger(self) -> Ensemble:
        if self.false_alarm_members > self.members:
            raise ValueError("false_alarm_members must not exceed members")
        return self


class Forecasts(Frozen):
    """How well the danger is foreseen. Errors grow with the square root of the lead time."""

    leads_h: tuple[LeadHour, ...] = Field(
        (1, 3, 6, 12, 24), min_length=1, max_length=12, description="预见期 h | lead times, h"
    )
    every_min: int = Field(60, ge=5, le=1440, description="发布间隔 分钟 | issued every")
    level_sd_m_at_24h: float = Field(
        0.6, ge=0, le=10, description="24h预报水位标准差 m | sd of the level at 24 h lead"
    )
    timing_error_h_at_24h: Number = Field(
        constant(0.0),
        description="24h预报时间误差 h，正=报晚 | timing error at 24 h lead, + is late",
    )
    rise_factor_at_24h: Number = Field(
        constant(1.0), description="24h预报涨幅系数 | forecast ÷ true rise at 24 h lead"
    )
    false_alarm_rise_factor: Number = Field(
        constant(1.4), description="空报成员的预报涨幅系数 | the same in false-alarm members"
    )
    rain_sd_share_at_24h: Share = Field(
        0.4, description="24h雨量预报相对误差 | relative sd of the 24 h rain forecast"
    )

    @model_validator(mode="after")
    def _ascending(self) -> Forecasts:
        if list(self.leads_h) != sorted(set(self.leads_h)):
            raise ValueError("leads_h must ascend without repeats")
        return self


class Storm(Frozen):
    """The rain of a member: its peak hour, its total, and how it differs between gauges."""

    peak_window_min: tuple[PeakMinute, PeakMinute] = Field(
        description="雨峰时段（距开始 分钟） | peak hour between, min from clock_start"
    )
    night_share: Share | None = Field(
        None, description="夜间雨峰成员占比；空=不指定 | share of members with a night peak"
    )
    night: tuple[Clock, Clock] = Field(("22:00", "06:00"), description="夜间 | night")
    total_24h_mm: Number = Field(description="24h雨量 mm | rain in 24 h")
    peak_hour_mm: Number = Field(description="最大1h雨量 mm | rain of the peak hour")
    length_h: Number = Field(constant(18.0), description="降雨历时 h | length of the rain")
    gauge_factor: Number = Field(constant(1.0), description="各站雨量系数 | factor at each gauge")
    gauge_shift_min: Number = Field(constant(0.0), description="各站雨峰早晚 | shift at each gauge")

    @model_validator(mode="after")
    def _window(self) -> Storm:
        if self.peak_window_min[0] > self.peak_window_min[1]:
            raise ValueError("peak_window_min must be [earliest, latest]")
        return self


class Watercourse(Frozen):
    """A river or stream: where it runs, and how its water rises and falls.

    No stage is forecast farther ahead than ``forecast_up_to_h``. A mountain stream answers to rain
    within hours, so its forecasts end after 3 h unless stated otherwise (judgement).
    """

    id: Id = Field(description="河流编号 | river id")
    name: Name | None = Field(None, description="名称 | name")
    course: tuple[Bank, ...] = Field(
        min_length=2, description="上游到下游 [x, y, 岸高 m] | downstream: x, y, bank level in m"
    )
    base_below_bank_m: float = Field(
        gt=0, le=50, description="底水低于岸 m | water before the flood lies below the bank by"
    )
    reach_m: float = Field(
        gt=0, le=50_000, description="淹没最远离河 m | places farther away stay dry"
    )
    side_fall_m_per_km: float = Field(
        0.0, ge=0, le=100, description="水面离河下降 m/km | fall of the surface away from the river"
    )
    celerity_km_per_h: float = Field(
        ge=0.5, le=100, description="洪峰传播速度 km/h | speed of the flood wave"
    )
    rise_m_per_h: Number = Field(description="最快1h涨幅 m/h | fastest hourly rise")
    peak_above_bank_m: Number = Field(description="峰高出岸 m | crest above the bank")
    false_alarm_peak_above_bank_m: Number = Field(
        constant(-0.5),
        description="空报成员峰高（须低于岸） | crest in false alarms, below the bank",
    )
    peak_after_rain_min: DurationMin = Field(
        description="雨峰到上游洪峰 分钟 | rain peak → crest at the upper end"
    )
    crest_min: DurationMin = Field(
        constant(30.0), description="峰顶持续 分钟 | length of the crest"
    )
    fall_half_min: DurationMin = Field(
        constant(360.0), description="退到一半所需 分钟 | from the crest down to half the rise"
    )
    forecast_up_to_h: float | None = Field(
        None,
        gt=0,
        le=120,
        description="最长预见期 h；空=山溪3h，干流不限 | longest lead; empty: 3 by rain, else any",
    )


class River(Watercourse):
    """A watercourse of a river flood: a wave by itself, or the answer of its catchment to rain."""

    driven_by: Literal["wave", "rain"] = Field(
        "wave", description="wave 给定洪峰 / rain 由雨量推流 | stated wave, or from the rain"
    )
    loss_mm_per_h: float = Field(5.0, ge=0, le=100, description="损失 mm/h | rain lost")


class Stream(Watercourse):
    """A mountain stream: its stage follows the rain."""

    loss_mm_per_h: float = Field(5.0, ge=0, le=100, description="损失 mm/h | rain lost")


class Parametric(Frozen):
    """What both parametric floods share."""

    step_min: Literal[5, 10, 15, 20, 30] = Field(10, description="时间步 分钟 | step")
    ensemble: Ensemble = Ensemble()
    storm: Storm
    forecasts: Forecasts = Forecasts()


class RiverFloodSpec(Parametric):
    """River flood 江河洪水: a main river and its tributaries."""

    kind: Literal["river_flood"]
    rivers: tuple[River, ...] = Field(min_length=1, max_length=200, description="河流 | rivers")


class FlashFloodSpec(Parametric):
    """Flash flood 山洪: streams that answer to rain within hours."""

    kind: Literal["flash_flood"]
    streams: tuple[Stream, ...] = Field(min_length=1, max_length=200, description="溪沟 | streams")


class MaximumDepth(Frozen):
    """A raster of the greatest depth, and the rule by which the water spreads.

    To judge a speed: at Tuanzhou 2024 roofs of a 55 km² polder were under water seven hours after
    the breach; at Mengwa 2020 the front needed about five days through 180 km² (press reports,
    parameter library ``hazards``).
    """

    form: Literal["maximum"]
    file: str = Field(description="最大水深栅格 | raster of the maximum depth")
    unit: Literal["m", "cm", "mm"] = Field("m", description="水深单位 | unit of the depth")
    nodata_is_dry: bool = Field(True, description="无数据视为没有 | no data means none")
    spread_from: tuple[Point, ...] = Field(
        min_length=1, description="进水点或线 [x, y] | point or line where the water comes in"
    )
    speed_m_per_h: float = Field(gt=0, le=50_000, description="推进速度 m/h | speed of the front")
    rise_min: float = Field(gt=0, le=20160, description="到达至最大 分钟 | arrival to maximum")
    starts_at: Clock = Field(description="进水时刻 | clock time at which the water comes in")
    fall_after_min: float | None = Field(
        None, ge=0, description="最大水深维持 分钟；空=不退 | kept at maximum; empty: never falls"
    )
    fall_half_min: float = Field(720, gt=0, description="退到一半 分钟 | down to half the depth")


class DepthSeries(SeriesFiles):
    """Depth rasters at given times; between them the depth is interpolated."""

    unit: Literal["m", "cm", "mm"] = Field("m", description="水深单位 | unit of the depth")


class DepthBands(BandsFile):
    """Depth in one file with a band per time."""

    unit: Literal["m", "cm", "mm"] = Field("m", description="水深单位 | unit of the depth")


class DepthPolygons(PolygonsFile):
    """Polygons with a depth and the minutes between which they are flooded."""

    unit: ClassVar[str] = "m"
    depth_field: str = Field("depth_m", description="水深字段 m | column of the depth, m")

    @property
    def value_field(self) -> str:
        """The column of the values."""
        return self.depth_field


class PlaceDepths(PlacesFile):
    """A table of depths at places: columns place, minute, depth_m."""

    unit: ClassVar[str] = "m"
    value_field: ClassVar[str] = "depth_m"


Recording = Annotated[
    MaximumDepth | DepthSeries | DepthBands | DepthPolygons | PlaceDepths,
    Field(discriminator="form"),
]


class OnsetForecast(Frozen):
    """How the beginning of a recorded flood is foreseen."""

    first_warning_h: float = Field(24, ge=0, le=240, description="最早预警提前 h | first warning")
    error_h_at_24h: Number = Field(
        constant(0.0), description="提前24h时的时间误差 h | timing error at 24 h lead"
    )
    cancelled_h_before: float = Field(
        2, ge=0, le=240, description="空报在预计前几小时解除 | false alarms end this long before"
    )


class RecordedDepthSpec(Frozen):
    """Recorded or computed water depth 已有淹没成果, with doubt about time, speed and depth."""

    kind: Literal["recorded_depth"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(10, description="时间步 分钟 | step")
    data: Recording
    ensemble: Ensemble = Ensemble(members=1)
    start_shift_min: Number = Field(constant(0.0), description="起始早晚 分钟 | shift of the start")
    speed_factor: Number = Field(constant(1.0), description="过程快慢系数 | factor on the speed")
    depth_factor: Number = Field(constant(1.0), description="水深系数 | factor on the depth")
    forecasts: Forecasts = Forecasts()
    onset: OnsetForecast = OnsetForecast()


class NoHazardSpec(Frozen):
    """No water at all: a transfer by clock times, to study fleet and organisation alone."""

    kind: Literal["none"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(10, description="时间步 分钟 | step")
