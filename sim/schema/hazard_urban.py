"""The ``hazard:`` section of urban waterlogging 城市内涝: underpasses and underground space."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from sim.schema.base import Frozen, Id, Name, Share
from sim.schema.distributions import Number, constant
from sim.schema.hazard import Ensemble, Forecasts, Point, Storm
from sim.schema.hazard_basin import Hyetograph
from sim.schema.hazard_detection import WatcherSpec


class HollowSpec(Frozen):
    """A place that fills: an underpass 下穿通道, a subway entrance, a garage.

    ``wedge``: a road that dips, its volume grows with the square of the depth; ``box``: a room.
    """

    id: Id = Field(description="编号 | id")
    name: Name | None = Field(None, description="名称 | name")
    at: Point = Field(description="最低点 [x, y] | its lowest point")
    reach_m: float = Field(
        60, gt=0, le=1000, description="影响半径 m | roads and places within are in it"
    )
    below_street: bool = Field(
        False, description="地下空间，上面的路不淹 | below ground: the streets above stay dry"
    )
    shape: Literal["wedge", "box"] = Field("wedge", description="楔形/箱形 | its shape")
    length_m: float = Field(gt=0, le=5000, description="长 m | length")
    width_m: float = Field(gt=0, le=1000, description="宽 m | width")
    deepest_m: float = Field(gt=0, le=30, description="最大积深 m | depth when full")
    basin_ha: float = Field(gt=0, le=10_000, description="汇水面积 公顷 | area that drains into it")
    runoff_share: Share = Field(0.9, description="径流系数 | run-off share")
    drain_m3_s: float = Field(
        0.1, ge=0, le=100, description="排水能力 m³/s | what pumps and sewers carry away"
    )
    fails_at_m: float | None = Field(
        None, gt=0, le=30, description="水深多少时泵站停；空=不停 | pumps drown at"
    )


class UrbanWaterSpec(Frozen):
    """Urban waterlogging 城市内涝: underpasses fill in minutes once the rain beats the pumps.

    In false-alarm members it rains as foretold and the drains keep up.
    """

    kind: Literal["urban_waterlogging"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(5, description="时间步 分钟 | step")
    ensemble: Ensemble = Ensemble()
    rain: Storm | Hyetograph
    forecasts: Forecasts = Forecasts()
    hollows: tuple[HollowSpec, ...] = Field(min_length=1, max_length=2000)
    drain_factor: Number = Field(constant(1.0), description="排水能力系数 | factor on the drains")
    watchers: tuple[WatcherSpec, ...] = Field(
        (), max_length=500, description="发现手段；空=一积水就知道 | empty: known at once"
    )
    danger_m: float = Field(
        0.27,
        gt=0,
        le=5,
        description="几米深算险情（下立交封闭：沪沈 25、蓉 30 cm） | depth that counts as danger",
    )

    @model_validator(mode="after")
    def _ids(self) -> UrbanWaterSpec:
        ids = [hollow.id for hollow in self.hollows]
        if len(set(ids)) != len(ids):
            raise ValueError("hollow ids must differ")
        return self
