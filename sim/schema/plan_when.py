"""When a plan acts: who may decide, and the rules that set off its orders."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from sim.schema.base import Frozen
from sim.schema.distributions import DurationMin, constant
from sim.schema.scenario import ClockTime

Level = Literal["county", "township", "village"]


class Authority(Frozen):
    """Who may give the order."""

    orders_by: Level = Field("county", description="谁下令 | who orders")
    village_alone: bool = Field(
        False, description="失联时村可自行下令 | a village may order by itself on what it sees"
    )


class Selection(Frozen):
    """Some zones: all, or those named, of a township, or with a tag."""

    zones: tuple[str, ...] = Field((), description="片区编号；空=不限 | zone ids")
    townships: tuple[str, ...] = Field((), description="乡镇；空=不限 | townships")
    tags: tuple[str, ...] = Field((), description="标签；空=不限 | tags")


NO_THRESHOLD = ("clock", "onset_forecast", "alarm", "announced_area")
WITH_LEAD = ("onset_forecast", "forecast_level", "forecast_wind")
WIND_LEADS_H = (3, 6, 12, 24, 48)
"""Hours ahead for which gusts are forecast: those of the typhoon bulletins."""


class TriggerRule(Selection):
    """When something is seen or forecast, do something in some zones."""

    signal: Literal[
        "observed_level",
        "forecast_level",
        "onset_forecast",
        "rain_1h",
        "rain_3h",
        "rain_24h",
        "observed_wind",
        "forecast_wind",
        "alarm",
        "announced_area",
        "clock",
    ] = Field(description="信号 | signal")
    reaches: Literal["warning", "guarantee"] | float | None = Field(
        None, description="达到 警戒/保证/数值（水位 m、雨量 mm、阵风 m/s） | threshold"
    )
    lead_h: float | None = Field(
        None, ge=0, le=72, description="预见期 h（预计到来前几小时） | forecast lead, hours"
    )
    watcher: str = Field(
        "", description="报警的监测编号；空=任何一处 | whose alarm; empty: any watcher's"
    )
    area: Literal["isolation", "protective"] | None = Field(
        None, description="所在的公布区域 初始隔离/下风防护 | the announced area they live in"
    )
    at: ClockTime | None = Field(None, description="时刻（signal: clock） | clock time")
    action: Literal["prepare", "move"] = Field(description="准备转移/立即转移 | order given")

    @model_validator(mode="after")
    def _complete(self) -> TriggerRule:
        if (self.signal == "clock") != (self.at is not None):
            raise ValueError("'at' goes with signal: clock, and only with it")
        if (self.signal in NO_THRESHOLD) == (self.reaches is not None):
            raise ValueError("'reaches' goes with levels, rain and wind, and only with them")
        if (self.signal in WITH_LEAD) != (self.lead_h is not None):
            raise ValueError("'lead_h' goes with forecasts, and only with them")
        if self.signal.endswith("wind") and isinstance(self.reaches, str):
            raise ValueError("'reaches' of wind is a gust in m/s")
        if self.signal == "forecast_wind" and self.lead_h not in WIND_LEADS_H:
            raise ValueError(f"'lead_h' of forecast_wind must be one of {WIND_LEADS_H}")
        if (self.signal == "announced_area") != (self.area is not None):
            raise ValueError("'area' goes with signal: announced_area, and only with it")
        if self.watcher and self.signal != "alarm":
            raise ValueError("'watcher' goes with signal: alarm, and only with it")
        return self


class When(Frozen):
    """何时转: triggers, and the minutes between a trigger and the signed order."""

    rules: tuple[TriggerRule, ...] = Field(min_length=1, max_length=200)
    pickup_min: DurationMin = Field(constant(0), description="值班员报告 | duty officer notices")
    consult_min: DurationMin = Field(constant(0), description="会商 | consultation")
    sign_min: DurationMin = Field(constant(0), description="签发传达 | order signed and sent")
    village_decide_min: DurationMin = Field(
        constant(10), description="村里自行决定 | a village decides by itself"
    )
    village_reaches: Literal["warning", "guarantee"] | float = Field(
        "guarantee", description="村自行下令的水位 | level at which a village acts alone"
    )
    shift_min: float = Field(
        0,
        ge=-2880,
        le=2880,
        description="整体提前/推后，负数=提前 分钟 "
        "| shift every order (what-if), negative is earlier, min",
    )
