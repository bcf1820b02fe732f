"""The ``hazard:`` section of a fire whose arrival is known: from records or another model."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.schema.base import Frozen
from sim.schema.distributions import Number, constant
from sim.schema.hazard import Clock, Ensemble, OnsetForecast
from sim.schema.hazard_detection import WatcherSpec


class FireArrivals(Frozen):
    """When the fire came where: a table of points, or an ESRI ASCII grid (.asc).

    A table has a position and a time per line; lines with an empty time did not burn.
    """

    file: str = Field(description="过火时刻表 .csv 或格网 .asc | table or grid of arrival times")
    x_field: str = Field("x", description="x 列 | column of x")
    y_field: str = Field("y", description="y 列 | column of y")
    time_field: str = Field("minute", description="时刻列 | column of the time")
    unit: Literal["min", "h"] = Field("min", description="时刻单位 | unit of the time")


class RecordedFireSpec(Frozen):
    """Recorded forest fire 已有过火时刻: arrival by place, with doubt about start and pace."""

    kind: Literal["recorded_fire"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(10, description="时间步 分钟 | step")
    arrivals: FireArrivals
    starts_at: Clock = Field(description="起火时刻 | clock time of time 0")
    ensemble: Ensemble = Ensemble(members=1)
    start_shift_min: Number = Field(constant(0.0), description="起火早晚 分钟 | shift of the start")
    speed_factor: Number = Field(constant(1.0), description="快慢系数 | factor on the pace")
    near_m: float = Field(
        200, gt=0, le=5000, description="过火点多近即有危险 m | burning points this near count"
    )
    flames_min: float = Field(60, gt=0, le=1440, description="一处燃烧多久 分钟 | flames last")
    watchers: tuple[WatcherSpec, ...] = Field(
        (), max_length=500, description="发现手段；空=起火就知道 | empty: known at once"
    )
    onset: OnsetForecast = OnsetForecast(first_warning_h=48)
