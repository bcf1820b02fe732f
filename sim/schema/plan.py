"""``plans/<id>.yaml``: what the planner decides, in the words of the five links.

A section left out means "not done". All plans of a comparison own the same resources.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.schema.base import Frozen, Id, Name
from sim.schema.distributions import DurationMin, constant
from sim.schema.forces import Tier
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


NO_THRESHOLD = ("clock", "onset_forecast", "alarm")
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


class Whom(Frozen):
    """转移谁: who goes with 准备转移, and in which order the zones go."""

    prepare_moves: tuple[Literal["special", "facilities"], ...] = Field(
        ("special", "facilities"), description="准备转移即走的人 | who leaves at 'prepare'"
    )


class Organise(Frozen):
    """谁组织: call-out, deputies, door-knocking."""

    call_attempts: int = Field(1, ge=1, le=20, description="每人最多拨打次数 | attempts per person")
    deputies: bool = Field(False, description="打不通找副责任人 | deputies take over")
    broadcast: bool = Field(True, description="广播短信 | loudspeaker and messages")
    door_knocking: bool = Field(True, description="入户叫应 | door-to-door")
    second_sweep: bool = Field(False, description="二次排查劝导 | second sweep persuades")
    cadre_factor: float = Field(1, gt=0, le=10, description="入户力量倍数 | share of cadres used")


class Where(Frozen):
    """转到哪."""

    shelter_rule: Literal["nearest", "balanced", "planned"] = Field(
        "nearest", description="就近有位/均衡/按预案 | rule for the shelter"
    )
    planned: dict[str, str] = Field({}, description="集合点→安置点 | assembly point to shelter")
    open: tuple[str, ...] = Field((), description="启用的安置点；空=全部 | open shelters; all")


class Wash(Frozen):
    """洗消: who was in harmful gas is washed at the gate before he is registered (judgement)."""

    lanes: int = Field(2, ge=1, le=100, description="每处洗消通道 | lanes at every shelter")
    wash_min: DurationMin = Field(
        constant(5.0), description="每户洗消 分钟 | washing, per party, in one lane"
    )


class Manage(Frozen):
    """如何管."""

    guards: bool = Field(False, description="守住不回流 | guards and meals stop returns")
    wash: Wash | None = Field(None, description="门口洗消；空=不洗消 | washing at the gates")


class Stop(Frozen):
    """One pick-up of a given schedule."""

    pickup: str = Field(description="集合点 | assembly point")
    shelter: str = Field(description="安置点 | shelter")


class Fleet(Frozen):
    """The vehicles: when they are called, where they wait, who goes next."""

    call_on: Literal["prepare", "move"] = Field("move", description="何时叫车 | called at")
    call_at: ClockTime | None = Field(None, description="定时叫车 | called at a clock time")
    staged: dict[str, str] = Field(
        {}, description="前置：车辆编号→集合点或待命点 | vehicle id to where it waits"
    )
    rule: Literal["fixed", "nearest", "largest", "farthest", "slack", "schedule"] = Field(
        "nearest", description="派车规则 | dispatch rule"
    )
    fixed: dict[str, str] = Field({}, description="定点包车：车辆→片区 | vehicle id to zone")
    schedule: dict[Id, tuple[Stop, ...]] = Field({}, description="给定班次 | trips per vehicle")
    hold_min: float = Field(20, ge=0, le=600, description="最长等客 分钟 | longest hold")
    min_people: int = Field(1, ge=1, le=1000, description="满几人派车 | people that call a bus")
    gather_min: float = Field(
        30, ge=0, le=600, description="不满人数最多等 分钟 | fewer people wait at most, min"
    )
    max_stops: int = Field(1, ge=1, le=10, description="一趟最多停几个点 | stops per round")
    skip_parties: int = Field(3, ge=0, le=50, description="坐不下时可跳过几户 | may skip parties")
    feeders: bool = Field(True, description="中巴接驳 | feeder minibuses")


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
    rule: Literal["nearest", "largest"] = Field(
        "nearest", description="派队（艇）规则 | dispatch rule"
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
        0.5, description="留作日常急救的救护车占比 | ambulances kept for everyday calls"
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


class Closure(Selection):
    """What changes on roads on the day: closed to the public, both lanes one way, or directed."""

    kind: Literal["close", "contraflow", "tidal", "police"] = Field(
        "close",
        description="close 封闭 / contraflow 两向车道都用于外撤 / tidal 分时单向放行 / "
        "police 交警疏导 | what is done",
    )
    low_water_bridges: bool = Field(False, description="所有漫水桥 | all low-water bridges")
    edges: tuple[str, ...] = Field(
        (),
        description="路段编号（外撤方向，分时放行须首尾相接） | edge ids, outward; tidal: in order",
    )
    capacity_factor: float | None = Field(
        None, gt=0, le=3, description="疏导后通行能力倍数；空=参数库 | capacity under police"
    )
    out_min: float = Field(
        30, gt=0, le=600, description="tidal：每轮外撤放行 分钟 | outward window"
    )
    back_min: float = Field(
        15, gt=0, le=600, description="tidal：每轮车队返程 分钟 | window for the way back"
    )
    on: Literal["prepare", "move", "clock"] = Field("move", description="何时开始 | when")
    at: ClockTime | None = Field(None, description="时刻 | clock time")
    for_min: float | None = Field(
        None, gt=0, le=20160, description="持续 分钟；空=到结束 | how long; empty: to the end"
    )


class Route(Selection):
    """A given way out: drivers of the zones follow it, road blocks hold them on it."""

    edges: tuple[str, ...] = Field(
        min_length=1, description="路段编号，按行驶次序首尾相接 | edge ids in driving order"
    )


class Controls(Frozen):
    """断、禁、疏: roads closed, turned one way or directed by order, and given ways out."""

    closures: tuple[Closure, ...] = ()
    routes: tuple[Route, ...] = Field((), description="指定撤离路线 | given ways out")


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


class PlanSpec(Frozen):
    """One plan variant as a model."""

    name: Name
    note: str = Field("", description="说明 | note")
    authority: Authority = Authority()
    when: When
    whom: Whom | None = None
    organise: Organise | None = None
    where: Where | None = None
    manage: Manage | None = None
    fleet: Fleet | None = None
    rescue: Rescue | None = None
    controls: Controls | None = None
    supplies: Supplies | None = None
    command: dict[str, object] | None = Field(None, description="尚不模拟 | not simulated yet")
    targets: tuple[Target, ...] = ()
    response_targets: tuple[ResponseTarget, ...] = ()


SECTIONS = (
    "authority", "when", "whom", "organise", "where", "manage", "fleet", "rescue", "controls",
    "supplies", "command", "targets", "response_targets",
)  # fmt: skip
NOT_SIMULATED = ("command",)
"""Sections that are read and kept but that no process plays yet; ``check`` says so."""
OPTIONAL = ("supplies", "response_targets")
"""Sections of which ``check`` says nothing when a plan leaves them out."""
