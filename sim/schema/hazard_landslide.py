"""The ``hazard:`` section of landslides and debris flows 滑坡泥石流."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.schema.base import Frozen, Id, Name, Share
from sim.schema.distributions import Number, constant
from sim.schema.hazard import Ensemble, Forecasts, Point, Storm
from sim.schema.hazard_basin import Hyetograph
from sim.schema.hazard_detection import WatcherSpec
from sim.schema.library import KindDefaults

_OF = KindDefaults("landslide")

WindowHour = Annotated[int, Field(ge=1, le=240)]


class RainThreshold(Frozen):
    """Rain from which a slope fails: mean intensity over D hours ≥ alpha · D^-beta mm/h.

    The shipped numbers are Caine's (1980) lower bound of slides all over the world, too high for
    many regions; a planner replaces them by the local curve. Wet ground needs less rain: with
    ``wet_mm`` of antecedent rain the threshold is lower by ``wet_share``, in proportion below.
    """

    alpha: float = Field(
        _OF.number("threshold.alpha"), gt=0, le=200, description="系数 mm/h | intensity at one hour"
    )
    beta: float = Field(
        _OF.number("threshold.beta"), ge=0, le=2, description="指数 | exponent of the duration"
    )
    windows_h: tuple[WindowHour, ...] = Field(
        _OF.wholes("threshold.windows_h"),
        min_length=1,
        max_length=24,
        description="历时 h | durations",
    )
    wet_mm: float = Field(
        _OF.number("threshold.wet_mm"),
        gt=0,
        le=2000,
        description="前期雨量（饱和） mm | soaked after",
    )
    wet_share: Share = Field(
        _OF.number("threshold.wet_share"),
        description="饱和时门槛降低 | threshold lower by, when soaked",
    )


class RecordedFailure(Frozen):
    """A failure that is known to have happened, or is taken as given."""

    failed_min: Number = Field(description="失稳时刻（距开始 分钟） | min from clock_start")


class Slope(Frozen):
    """A slope or gully: where it would come down, from which rain on, and whom it buries."""

    id: Id = Field(description="隐患点编号 | id of the hazard point")
    name: Name | None = Field(None, description="名称 | name")
    course: tuple[Point, ...] = Field(
        min_length=1,
        max_length=200,
        description="滑动路径 [x, y] 上到下 | path downwards",
    )
    width_m: float = Field(gt=0, le=5000, description="影响宽度 m | width it covers")
    speed_m_s: float = Field(
        _OF.number("speed_m_s"), gt=0, le=100, description="运动速度 m/s | speed of the debris"
    )
    rain_gauge: str = Field("", description="雨量站；空=最近 | rain gauge; empty: the nearest")
    threshold: RainThreshold = RainThreshold()
    local_factor: Number = Field(
        _OF.draw("local_factor"), description="本地门槛系数 | factor on the threshold, per member"
    )
    antecedent_mm: Number = Field(constant(0.0), description="前期雨量 mm | rain of days before")
    after_min: Number = Field(
        _OF.draw("after_min"),
        description="过门槛到失稳 分钟 | threshold to failure",
    )
    recorded: RecordedFailure | None = Field(
        None, description="实录失稳；写了就不看雨量 | recorded failure: rain does not matter then"
    )
    buried_share: Share = Field(
        _OF.number("buried_share"), description="范围内被埋户占比 | households buried there"
    )
    killed_share: Share = Field(
        _OF.number("killed_share"), description="被埋户当场遇难 | of them die at once"
    )
    cleared_h: float | None = Field(
        None, gt=0, le=720, description="道路抢通 h；空=不通 | road cleared after; empty: never"
    )
    creep_h: Number = Field(
        _OF.draw("creep_h"), description="失稳前变形 h | it creeps before it fails"
    )


class SlopeTable(Frozen):
    """Hazard points out of a survey table 普查、隐患点台账 (.csv), added to ``slopes``.

    A row gives id, position, and perhaps name and width; all else is as in ``like``, whose own id
    and course are not used.
    """

    file: str = Field(description="隐患点表 .csv：编号、经度、纬度 … | table: id, x, y …")
    like: Slope = Field(
        Slope(id="like", course=((0.0, 0.0),), width_m=60),
        description="表里没有的取值 | what the table does not state",
    )


class LandslideSpec(Frozen):
    """Landslides and debris flows: slopes fail when rain crosses their own curve.

    In false-alarm members slopes creep and rain falls, but nothing comes down.
    """

    kind: Literal["landslide"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(10, description="时间步 分钟 | step")
    ensemble: Ensemble = Ensemble()
    storm: Storm | Hyetograph
    forecasts: Forecasts = Forecasts()
    slopes: tuple[Slope, ...] = Field((), max_length=2000)
    table: SlopeTable | None = Field(None, description="普查隐患点表；空=无 | survey table")
    watchers: tuple[WatcherSpec, ...] = Field((), max_length=500, description="监测 | monitoring")
    foreseen_error_h_at_24h: Number = Field(
        constant(0.0), description="24h前对失稳时刻的误差 h | error of the expected failure at 24 h"
    )
    cancelled_after_min: float = Field(
        _OF.number("cancelled_after_min"),
        ge=0,
        le=2880,
        description="空报多久解除 分钟 | a false alarm is called off after",
    )
    lives_h: Number = Field(
        _OF.draw("lives_h"), description="被埋能坚持 h | how long who is buried lives"
    )
    dig_min: Number = Field(_OF.draw("dig_min"), description="挖出一户 分钟 | to dig one out")

    @model_validator(mode="after")
    def _ids(self) -> LandslideSpec:
        ids = [slope.id for slope in self.slopes]
        if not ids and self.table is None:
            raise ValueError("give slopes, a table of them, or both")
        if len(ids) != len(set(ids)):
            raise ValueError("slopes must have ids of their own")
        return self
