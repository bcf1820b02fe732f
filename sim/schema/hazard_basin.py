"""The ``hazard:`` section of floods reckoned from rain and releases: 雨洪与水库泄洪."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.schema.base import Coordinate, Elevation, Frozen, Id, Name, Share
from sim.schema.distributions import DurationMin, Number, constant
from sim.schema.hazard import Ensemble, Forecasts, Storm

Bank = tuple[Coordinate, Coordinate, Elevation]
Minute = Annotated[float, Field(ge=0, le=100_000)]
Flow = Annotated[float, Field(ge=0, le=200_000)]


class Hyetograph(Frozen):
    """Rain by time out of a table: columns minute, mm, and optionally gauge.

    ``minute`` counts from clock_start and is the end of the interval in which the rain fell. Rows
    without a gauge are the rain of every gauge that has none of its own.
    """

    file: str = Field(description="雨量过程表 CSV | table: minute, mm, gauge")
    factor: Number = Field(constant(1.0), description="雨量系数 | factor on the rain")
    shift_min: Number = Field(constant(0.0), description="早晚 分钟 | shift in time")


class CatchmentSpec(Frozen):
    """What drains to the head of a stream, and how quickly."""

    area_km2: float = Field(gt=0, le=100_000, description="集水面积 km² | area")
    lag_min: float = Field(gt=0, le=10_000, description="洪峰滞时 分钟 | rain → crest")
    first_loss_mm: float = Field(20, ge=0, le=300, description="初损 mm | kept at first")
    loss_mm_per_h: float = Field(5, ge=0, le=100, description="后损 mm/h | lost afterwards")


class NoticeSpec(Frozen):
    """The notice of a release: when it is sent, and whether and when somebody acknowledges it."""

    before_min: float = Field(ge=0, le=10_000, description="开闸前多久发出 分钟 | sent before")
    acknowledged_share: Share = Field(1.0, description="被确认的可能 | chance it is acknowledged")
    acknowledged_after_min: DurationMin = Field(
        constant(10.0), description="多久后确认 分钟 | acknowledged after"
    )


class ReservoirRelease(Frozen):
    """Water that a reservoir lets into the head of the stream."""

    opens_min: Number = Field(description="开闸时刻（距开始 分钟） | min from clock_start")
    flow: tuple[tuple[Minute, Flow], ...] = Field(
        min_length=2, description="泄量过程 [开闸后分钟, m³/s] | discharge by minutes since"
    )
    travel_h: float = Field(0.5, gt=0, le=100, description="到河段起点 h | Muskingum K")
    weight: float = Field(0.2, ge=0, le=0.5, description="马斯京根权重 x | Muskingum weight")
    notice: NoticeSpec = NoticeSpec(before_min=60)


class BasinStream(Frozen):
    """A stream whose level follows from its discharge by a rating curve."""

    id: Id = Field(description="河流编号 | river id")
    name: Name | None = Field(None, description="名称 | name")
    course: tuple[Bank, ...] = Field(
        min_length=2, description="上游到下游 [x, y, 岸高 m] | downstream: x, y, bank level in m"
    )
    base_below_bank_m: float = Field(gt=0, le=50, description="底水低于岸 m | base water below")
    reach_m: float = Field(gt=0, le=50_000, description="淹没最远离河 m | places farther stay dry")
    side_fall_m_per_km: float = Field(
        0.0, ge=0, le=100, description="水面离河下降 m/km | side fall"
    )
    celerity_km_per_h: float = Field(ge=0.5, le=100, description="洪峰传播 km/h | wave speed")
    rating: tuple[tuple[Flow, Annotated[float, Field(ge=0, le=60)]], ...] = Field(
        min_length=2, description="水位–流量 [m³/s, 高出底水 m] | discharge, stage above the base"
    )
    catchment: CatchmentSpec | None = Field(None, description="集水区；空=无 | catchment")
    release: ReservoirRelease | None = Field(None, description="上游水库泄洪；空=无 | release")
    runoff_factor: Number = Field(constant(1.0), description="产流系数 | factor on the run-off")
    forecast_up_to_h: float = Field(3, gt=0, le=120, description="最长预见期 h | longest lead")

    @model_validator(mode="after")
    def _tables(self) -> BasinStream:
        flows = [flow for flow, _ in self.rating]
        stages = [stage for _, stage in self.rating]
        if flows != sorted(set(flows)) or stages != sorted(set(stages)) or stages[0] != 0:
            raise ValueError("rating must ascend from stage 0 in both columns without repeats")
        if self.catchment is None and self.release is None:
            raise ValueError("a stream needs a catchment, a release, or both")
        return self


class BasinFloodSpec(Frozen):
    """Flood from a hyetograph by unit hydrographs 雨洪, with releases 水库泄洪 where stated.

    In false-alarm members it rains as foretold, and the streams stay within their banks.
    """

    kind: Literal["basin_flood"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(10, description="时间步 分钟 | step")
    ensemble: Ensemble = Ensemble()
    rain: Storm | Hyetograph
    forecasts: Forecasts = Forecasts()
    streams: tuple[BasinStream, ...] = Field(min_length=1, max_length=200)
