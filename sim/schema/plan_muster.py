"""Muster 集合点名: the people of a plant or site are counted before they leave."""

from __future__ import annotations

from pydantic import Field

from sim.schema.base import Frozen, Share
from sim.schema.distributions import DurationMin, constant


class Muster(Frozen):
    """集合点名: a facility gathers outside the announced areas; who is not there is looked for.

    The nearest of the points that lies in no announced area at that moment is taken, so that
    nobody gathers downwind. Who goes by coach waits until the roll call is over.
    """

    facility: str = Field(description="场所编号 | facility id")
    points: tuple[str, ...] = Field(
        min_length=1, max_length=20, description="可用集合点编号 | assembly points to choose from"
    )
    roll_call_min: DurationMin = Field(
        constant(10.0), description="点名 分钟 | roll call, once everybody who comes is there"
    )
    latest_min: float = Field(
        60, ge=0, le=600, description="最迟何时点名（通知后 分钟） | it begins at the latest, min"
    )
    missing_share: Share = Field(
        0.0, description="点名不到的编组占比 | parties that are not there at the roll call"
    )
