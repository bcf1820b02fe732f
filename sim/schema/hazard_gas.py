"""The ``hazard:`` section of a hazardous release 危险化学品泄漏: a plant, a pipe, a tanker."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.schema.base import Frozen, Name
from sim.schema.distributions import Number, constant
from sim.schema.hazard import Ensemble, Point
from sim.schema.hazard_detection import WatcherSpec

Minute = Annotated[float, Field(ge=0, le=100_000)]


class GasSource(Frozen):
    """What leaves, where and for how long; a tanker accident is a point on a road."""

    at: Point = Field(description="泄漏点 [x, y] | where")
    substance: Name = Field(description="物质 | substance")
    rate_kg_s: Number = Field(description="泄漏速率 kg/s | rate")
    starts_min: Number = Field(description="泄漏时刻（距开始 分钟） | min from clock_start")
    lasts_min: Number = Field(description="持续 分钟 | until it is stopped")
    height_m: float = Field(0, ge=0, le=300, description="源高 m | height of the source")
    density_ratio: float = Field(
        1.0, ge=1, le=10, description="比空气重几倍；1=不重 | density over that of air"
    )


class GasLimits(Frozen):
    """Concentrations that matter (mg/m³): for people, e.g. AEGL-2 and AEGL-3 of an hour."""

    harm_mg_m3: float = Field(gt=0, le=1e6, description="伤害浓度 mg/m³ | harmful")
    deadly_mg_m3: float = Field(
        gt=0, le=1e7, description="危及生命、走不出来 mg/m³ | deadly, nobody walks out"
    )

    @model_validator(mode="after")
    def _ascending(self) -> GasLimits:
        if self.deadly_mg_m3 <= self.harm_mg_m3:
            raise ValueError("deadly_mg_m3 must be above harm_mg_m3")
        return self


class AirSpec(Frozen):
    """Wind and stability from a moment on."""

    from_min: Minute = Field(0, description="起 距开始分钟 | from, min from clock_start")
    wind_m_s: float = Field(ge=0.5, le=40, description="风速 m/s | wind")
    wind_from_deg: float = Field(ge=0, le=360, description="风向（来向）度 | where it comes from")
    stability: Literal["A", "B", "C", "D", "E", "F"] = Field(description="稳定度 | Pasquill class")


class HazardousReleaseSpec(Frozen):
    """Hazardous release 危化品泄漏: a Gaussian plume; houses keep the gas out for a while.

    Roads have the concentration outside, places that inside a closed house. In false-alarm members
    the valve is shut at once.
    """

    kind: Literal["hazardous_release"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(5, description="时间步 分钟 | step")
    ensemble: Ensemble = Ensemble()
    gas: GasSource
    limits: GasLimits
    weather: tuple[AirSpec, ...] = Field(min_length=1, description="风与稳定度 | weather")
    ground: Literal["rural", "urban"] = Field("rural", description="下垫面 | open land or town")
    wind_factor: Number = Field(constant(1.0), description="风速系数 | factor on the wind")
    wind_turn_deg: Number = Field(constant(0.0), description="风向偏差 度 | turn of the wind")
    air_changes_per_h: float = Field(
        0.5, ge=0.01, le=60, description="关窗后每小时换气次数 | air changes of a closed house, 1/h"
    )
    isolation_m: float = Field(
        100, ge=0, le=20_000, description="初始隔离半径 m | roads closed within, after the report"
    )
    isolated_after_min: float = Field(
        15, ge=0, le=600, description="报告后多久封控 分钟 | closed so long after the report"
    )
    protective_m: float = Field(
        0, ge=0, le=20_000, description="下风防护区边长 m；0=不划 | square downwind; 0: none"
    )
    watchers: tuple[WatcherSpec, ...] = Field(min_length=1, max_length=500)
    cancelled_after_min: float = Field(
        45, ge=0, le=1440, description="空报多久后解除 分钟 | false alarms are called off after"
    )

    @property
    def announced(self) -> frozenset[str]:
        """Areas on which a plan may act."""
        sizes = {"isolation": self.isolation_m, "protective": self.protective_m}
        return frozenset(name for name, size in sizes.items() if size > 0)

    @model_validator(mode="after")
    def _ascending(self) -> HazardousReleaseSpec:
        begins = [period.from_min for period in self.weather]
        if begins != sorted(set(begins)):
            raise ValueError("weather must ascend in from_min without repeats")
        return self
