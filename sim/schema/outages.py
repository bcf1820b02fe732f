"""``outages`` of a scenario 停电停水: what takes power or water from shelters, when, how long."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.schema.base import Frozen, Id, Name
from sim.schema.base import Share as PlainShare
from sim.schema.distributions import DurationMin, constant

TO_THE_END_MIN = 20160.0
"""The longest scenario: an outage of that length is not repaired in any."""


class Outage(Frozen):
    """One cut of the mains: at a moment, or after the hazard reaches the place it comes from.

    It hits the named shelters and those of the named townships; with neither, all of them. Each
    runs on its own reserve first (``power_reserve_h``, ``water_reserve_h`` of the shelters).
    """

    id: Id = Field(description="编号 | id")
    name: Name | None = Field(None, description="名称，如 110 kV 变电站 | name")
    kind: Literal["power", "water"] = Field(description="power 停电 / water 停水 | what is cut")
    shelters: tuple[str, ...] = Field((), description="哪些安置点 | shelters")
    townships: tuple[str, ...] = Field((), description="哪些乡镇的安置点 | townships")
    reached: str = Field(
        "", description="灾害到达哪里即停（变电站、水厂的编号） | cut when the hazard is here"
    )
    after_min: DurationMin = Field(
        constant(0.0),
        description="开始后（或到达后）几分钟停 | min from clock_start, or after that",
    )
    chance: PlainShare = Field(1.0, description="发生的可能 | chance that it happens in a night")
    lasts_min: DurationMin = Field(
        constant(TO_THE_END_MIN), description="多久恢复 分钟；缺省=到结束 | until repaired, min"
    )
