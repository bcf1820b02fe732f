"""Who notices a danger that no gauge measures: part of the ``hazard:`` section of every kind."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.schema.base import Frozen, Id, Name, Share
from sim.schema.distributions import DurationMin
from sim.schema.hazard import Point

MinuteOfDay = Annotated[int, Field(ge=0, le=1440)]


class WatcherSpec(Frozen):
    """A camera, tower, satellite, patrol, sensor, or the public."""

    id: Id = Field(description="编号 | id")
    name: Name | None = Field(None, description="名称 | name")
    at: Point | None = Field(None, description="位置 [x, y]；空=处处 | where; empty: everywhere")
    radius_m: float | None = Field(
        None, gt=0, le=1_000_000, description="看得到多远 m；空=不限 | reach; empty: everything"
    )
    share: Share = Field(1.0, description="发现的可能 | chance that it notices")
    delay_min: DurationMin = Field(description="能看见到报出 分钟 | from visible to reported")
    looks_every_min: int = Field(
        0, ge=0, le=1440, description="每隔几分钟看一次；0=一直 | looks every; 0: always"
    )
    hours: tuple[MinuteOfDay, MinuteOfDay] = Field(
        (0, 1440), description="工作时段（当日分钟） | minutes of the day it works"
    )
    false_per_day: float = Field(0.0, ge=0, le=24, description="每天误报次数 | false alarms a day")
    checked_after_min: float = Field(
        30.0, ge=0, le=2880, description="误报多久查清 分钟 | a false alarm is found out after"
    )
    grown_min: float = Field(
        0.0, ge=0, le=10_000, description="事发多久后才看得见 分钟 | visible only after"
    )
