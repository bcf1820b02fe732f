"""``plans/<id>.yaml``: what the planner decides, in the words of the five links.

A section left out means "not done". All plans of a comparison own the same resources.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sim.schema.base import Frozen, Id, Name
from sim.schema.distributions import DurationMin, constant
from sim.schema.plan_forces import Rescue, Supplies
from sim.schema.plan_muster import Muster
from sim.schema.plan_targets import ResponseTarget, Target
from sim.schema.plan_when import Authority, Selection, When
from sim.schema.scenario import ClockTime


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


class MoveOn(Frozen):
    """再转移: the people of a shelter that fails go on to the next ones.

    A shelter fails when the hazard reaches it, or when its own reserve of power or water has run
    out; a cause left out here closes nothing, and people stay.
    """

    causes: tuple[Literal["hazard", "power", "water"], ...] = Field(
        ("hazard", "power", "water"), description="因何再转移；空=不转 | which failures; none: stay"
    )
    gather_min: float | None = Field(
        None,
        ge=0,
        le=720,
        description="从停用到可以出发 分钟；空=缺省 | from closing until people can leave, min",
    )
    walk_within_m: float | None = Field(
        None,
        ge=0,
        le=20_000,
        description="多远以内步行 米；空=缺省 | people walk as far as this, m; empty: default",
    )
    at_depth_m: float | None = Field(
        None,
        gt=0,
        le=3,
        description="水到多深即撤；空=到遇险水深 | water at which people leave; empty: harm depth",
    )


class Manage(Frozen):
    """如何管."""

    guards: bool = Field(False, description="守住不回流 | guards and meals stop returns")
    wash: Wash | None = Field(None, description="门口洗消；空=不洗消 | washing at the gates")
    muster: tuple[Muster, ...] = Field((), description="园区点名 | roll call of sites")
    move_on: MoveOn = Field(MoveOn(), description="再转移 | when a shelter fails")


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
    staged_on: Literal["start", "prepare", "move"] = Field(
        "start",
        description="前置车辆何时到点：start 灾前已到 / prepare、move 到时从场站开过去 "
        "| staged vehicles are there from the start, or drive there at a level",
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
    on: Literal["prepare", "move", "clock", "isolation", "protective"] = Field(
        "move",
        description="何时开始；isolation、protective 在公布的区域里就关，风变了再开 "
        "| when; the last two: while the announced area covers the road",
    )
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
