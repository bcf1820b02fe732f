"""What a plan is judged by: timing targets and response targets."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.schema.base import Frozen, Id, Name
from sim.schema.plan_when import Selection
from sim.schema.scenario import ClockTime


class Deadline(Frozen):
    """By when: exactly one of the three."""

    after_order_min: float | None = Field(None, ge=0, le=20160, description="下令后 | after order")
    before_hazard_h: float | None = Field(
        None, ge=0, le=72, description="断路前 h | before the zone is cut off"
    )
    clock: ClockTime | None = Field(None, description="时刻 | clock time")

    @model_validator(mode="after")
    def _one(self) -> Deadline:
        given = (self.after_order_min, self.before_hazard_h, self.clock)
        if sum(item is not None for item in given) != 1:
            raise ValueError("give exactly one of after_order_min, before_hazard_h, clock")
        return self


class Target(Selection):
    """时限目标: a share of people reaches a milestone by a deadline, with a probability."""

    id: Id
    name: Name
    milestone: Literal["told", "ready", "out", "registered"] = Field(description="环节 | milestone")
    share: Annotated[float, Field(gt=0, le=1)] = Field(1.0, description="人数占比 | of people")
    of: Literal["all", "coach"] = Field("all", description="哪些人 | of whom")
    deadline: Deadline
    probability: Annotated[float, Field(gt=0, lt=1)] = Field(0.9, description="要求把握 | required")


class ResponseTarget(Frozen):
    """响应目标: a number of the run stays at or below a limit, with a probability."""

    id: Id
    name: Name
    measure: Literal[
        "first_team_on_site_p90_min",
        "full_response_p90_min",
        "incidents_unserved",
        "stranded_person_h",
        "exposure_person_h",
        "supplies_short_person_h",
        "shelter_overflow",
        "harmed",
        "burnt_permille",
    ] = Field(description="指标 | measure")
    at_most: float = Field(ge=0, le=1e9, description="不超过，按指标的单位 | in its unit, at most")
    probability: Annotated[float, Field(gt=0, lt=1)] = Field(0.9, description="要求把握 | required")
