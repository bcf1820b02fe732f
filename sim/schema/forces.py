"""What planners write about emergencies: their kinds in a scenario, and logs of past ones."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from sim.schema.base import Id, Row, Share

Amounts = Annotated[
    str, StringConstraints(pattern=r"^([^\s,;:]+:[1-9][0-9]?(;[^\s,;:]+:[1-9][0-9]?)*)?$")
]
"""So many of each, as text: ``boat:2;medical:1``; nothing for none."""


def amounts_of(text: str) -> dict[str, int]:
    """``boat:2;medical:1`` as numbers by name."""
    pairs = (item.split(":") for item in text.split(";") if item)
    return {name: int(number) for name, number in pairs}


Tier = Literal[
    "county", "township", "city", "militia", "armed_police", "traffic_police", "mutual_aid"
]
"""Whose force it is: the county's and the townships' are at hand, all others are asked for."""


class IncidentLogRow(Row):
    """One incident of the past, as the control room wrote it down."""

    id: Id = Field(description="编号 | id")
    time: str = Field(
        pattern=r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?$",
        description='接报时刻 "2025-06-18T14:03" | reported at, local time',
    )
    place: str = Field(min_length=1, description="地点编号 | id of a place or node")
    priority: int = Field(0, ge=0, le=9, description="紧急程度，小者先 | urgency, smaller first")
    needs: Amounts = Field(
        "", description="需要的能力 boat:2;medical:1；空=任一队伍 | capabilities; empty: any team"
    )
    work_min: float = Field(
        ge=0, le=10_080, description="现场处置 分钟 | from the quorum on site to the end, min"
    )
    response_min: float | None = Field(
        None, ge=0, le=10_080, description="实际响应 分钟 | report to first team on site, min"
    )
    team: str = Field("", description="实际先到的队伍编号 | team that was there first")


Origin = Literal["daily", "shelter", "hit", "buried", "injured", "missing", "road", "bridge"]
"""Where incidents of a kind come from: drawn among all people, among those in shelters, or among
those whose home the disaster has reached; or told by the run itself."""

DRAWN: tuple[Origin, ...] = ("daily", "shelter", "hit")

Survival = Literal["none", "cardiac_arrest", "severe_injury", "acute_illness"]
"""Named curves of sim/defaults/survival.csv; "none" for a condition that does not worsen."""


class EmergencyRow(Row):
    """A kind of emergency 险情种类: what happens, how it is told, and what it asks for."""

    id: Id = Field(description="种类编号 | id")
    name: str = Field(min_length=1, max_length=80, description="名称 | name")
    arises: Origin = Field(
        "daily",
        description="由来：日常/安置点内/受灾户/被埋压/房屋伤员/点名不到/断路/断桥 "
        "| where they come from",
    )
    per_day: float = Field(
        0,
        ge=0,
        le=10_000,
        description="每万人每天 起；被埋、伤员、断路、断桥由推演给出 | per 10,000 persons and day",
    )
    needs: Amounts = Field(
        min_length=1, description="最少需要 boat:2;medical:1 | needed before work begins"
    )
    full: Amounts = Field("", description="配齐；空=同最少需要 | wanted in all; empty: as needed")
    priority: int = Field(1, ge=0, le=9, description="紧急程度，小者先 | urgency, smaller first")
    work_min: float = Field(
        gt=0,
        le=2880,
        description="现场处置中位数 分钟；断路为土方之外的时间 "
        "| on site, median, min; for roads besides the volume",
    )
    work_p90_min: float | None = Field(
        None,
        gt=0,
        le=2880,
        description="现场处置九成不超过 分钟；空=固定 | P90; empty: constant",
    )
    report_min: float = Field(
        0, ge=0, le=1440, description="发现到接报 分钟 | from the event to the report, min"
    )
    report_p90_min: float | None = Field(
        None, gt=0, le=2880, description="接报九成不超过 分钟；空=固定 | P90; empty: constant"
    )
    wrong_place_share: Share = Field(
        0, description="报错地点占比 | share reported from a neighbouring place"
    )
    wrong_number_share: Share = Field(
        0, description="少报占比：首到队伍才知要配齐 | share told as the minimum only"
    )
    false_share: Share = Field(0, description="误报占比 | share of false alarms")
    hospital_share: Share = Field(
        0, description="需送医占比 | share with a patient who has to go to hospital"
    )

    survival: Survival = Field(
        "none", description="等待中恶化曲线；无=不恶化 | how the patient fares while waiting"
    )

    @model_validator(mode="after")
    def _drawn_or_told(self) -> EmergencyRow:
        if (self.arises in DRAWN) != (self.per_day > 0):
            raise ValueError("'per_day' must be > 0 for drawn kinds, and only for them")
        if self.report_p90_min is not None and self.report_p90_min <= self.report_min:
            raise ValueError("'report_p90_min' must be above 'report_min'")
        return self

    @model_validator(mode="after")
    def _full_set_is_no_less(self) -> EmergencyRow:
        minimum, full = amounts_of(self.needs), amounts_of(self.full)
        if full and any(full.get(name, 0) < number for name, number in minimum.items()):
            raise ValueError("'full' must hold at least what 'needs' holds")
        if self.work_p90_min is not None and self.work_p90_min <= self.work_min:
            raise ValueError("'work_p90_min' must be above 'work_min'")
        return self
