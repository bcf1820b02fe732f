"""Rescue forces and supplies of a plan: where they wait, how they are sent."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.schema.base import Frozen, Id
from sim.schema.distributions import DurationMin, constant
from sim.schema.forces import Tier


class Held(Frozen):
    """值守表的一行: the posts to be held when exactly so many teams are free."""

    posts: tuple[Id, ...] = Field(min_length=1, description="守哪些点 | posts to be held")


class Request(Frozen):
    """When a tier of force is asked for, and how long approval takes."""

    on: Literal["start", "prepare", "move", "incident"] = Field(
        "incident", description="何时请调 | asked for at"
    )
    approve_min: float | None = Field(
        None, ge=0, le=2880, description="审批 分钟；空=缺省 | approval; empty: shipped default"
    )


class Rescue(Frozen):
    """Boats for those cut off, and teams that answer emergencies."""

    call_on: Literal["incident", "prepare", "move"] = Field(
        "incident", description="何时集结 | when teams muster"
    )
    stand_down_h: float | None = Field(
        None, gt=0, le=336, description="没有险情几小时后撤收；空=守到底 | idle so long: home, h"
    )
    staged: dict[str, str] = Field(
        {},
        description="前置：队伍→集合点；call_on 为 incident 时一直在那里，否则到时开过去 "
        "| team id to where it waits",
    )
    rule: Literal["nearest", "largest", "worst", "earliest"] = Field(
        "nearest",
        description="艇不够时先去哪里：近的/人多的/最危急的/先报的 | where boats go first",
    )
    dispatch: Literal["nearest", "urgent", "preempt", "own_district", "cover", "batch"] = Field(
        "nearest",
        description="险情派队：就近/急者先可改派/在场也可抽调/本乡镇优先/留守覆盖/成批匹配 "
        "| which team answers",
    )
    batch_min: float = Field(5, gt=0, le=120, description="成批：每几分钟派一次 | a batch lasts")
    relocation: Literal["home", "list", "dmexclp", "table"] = Field(
        "home", description="移防：回原点/岗位次序/覆盖增益最大/值守表 | where free teams wait"
    )
    posts: tuple[str, ...] = Field(
        (), description="移防岗位（按次序）；空=驻地和前置点 | posts, in order; empty: own posts"
    )
    table: tuple[Held, ...] = Field((), description="值守表 | posts for so many free teams")
    relocate_skill: str = Field("", description="只移防有此能力的；空=全部 | only teams with it")
    cover_min: float = Field(30, gt=0, le=600, description="几分钟内到算覆盖 | covered within, min")
    busy_share: float = Field(0.3, ge=0, lt=1, description="力量平均忙的占比 | share of time busy")
    aid_min: float = Field(
        0, ge=0, le=1440, description="跨乡镇支援审批 分钟 | approval to help another township, min"
    )
    requests: dict[Tier, Request] = Field(
        {}, description="各类力量何时请调；缺省：有险情才请 | when other forces are asked for"
    )
    daily_duty_share: Annotated[float, Field(ge=0, le=1)] = Field(
        0.5,
        description="留作日常急救的救护车占比，急救组和车队各按此比例 | ambulances kept for "
        "everyday calls, among the teams and in the fleet",
    )


class Supplies(Frozen):
    """物资: who sends what to the shelters, and when."""

    staged: dict[str, str] = Field(
        {}, description="前置：物资库→把库存先运到哪里 | store id to where its stock waits"
    )
    rule: Literal["push", "pull", "threshold"] = Field(
        "threshold", description="下令即送/短缺才要/低于存量即要 | push, pull, or below a stock"
    )
    threshold_h: float = Field(
        12, ge=0, le=168, description="存量低于几小时用量即申请 | asks below so many hours, h"
    )
    cover_h: float = Field(24, gt=0, le=336, description="一次送够几小时 | a delivery lasts, h")
    store_threshold_h: float = Field(
        24, ge=0, le=336, description="乡镇库低于几小时用量即向县库要 | a lower store asks below, h"
    )
    store_cover_h: float = Field(
        48, gt=0, le=720, description="乡镇库补到够几小时 | a lower store is filled for, h"
    )
    push_share: Annotated[float, Field(gt=0, le=1)] = Field(
        0.5, description="下令即送、先送一批：按容量的占比 | unasked: for this share of the places"
    )
    approve_min: DurationMin = Field(constant(30), description="审批 | approval")
    pick_min: DurationMin = Field(constant(30), description="拣货，每车 | picking, per load")
    load_min: DurationMin = Field(constant(20), description="装车 | loading, per load")
    hand_over_min: DurationMin = Field(constant(15), description="卸车交接 | hand-over")
    trucks: int = Field(
        1, ge=1, le=200, description="每库货车 辆；物资库表里写了的除外 | trucks of a store"
    )
    bays: int = Field(1, ge=1, le=100, description="每库装车位 | loading bays per store")
    truck_persons: int = Field(
        300, ge=1, le=100_000, description="一车够多少人 | persons whose share fills a truck"
    )
    truck_size: Literal["light", "heavy"] = Field(
        "light", description="轻型货车（村道能走，尺寸按中巴）/重型货车 | as a minibus, or a lorry"
    )
    ahead: Literal["no", "prepare", "move"] = Field(
        "no", description="先送一批：不送/准备转移时/立即转移时 | a first delivery unasked"
    )
    stops: int = Field(4, ge=1, le=20, description="一车最多送几处 | places that a truck serves")
