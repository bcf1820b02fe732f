"""``scenario.yaml``: what the planner cannot change — place, clock, hazard, how people behave."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from sim.clock import parse_clock_start
from sim.schema.base import Frozen, Name, Share
from sim.schema.distributions import DurationMin, Number
from sim.schema.distributions import Share as ShareDraw
from sim.schema.hazard_kinds import HazardSpec
from sim.schema.outages import Outage


def _clock_start(text: str) -> str:
    parse_clock_start(text)
    return text


def _clock_time(text: str) -> str:
    from sim.clock import next_clock_time

    next_clock_time(datetime(2000, 1, 1), text)
    return text


ClockStart = Annotated[str, AfterValidator(_clock_start)]
ClockTime = Annotated[str, AfterValidator(_clock_time)]
"""A clock time as text: ``"20:30"``, or ``"+1 03:00"`` for the following day."""

CrsName = Annotated[str, Field(min_length=3, max_length=80)]


class Crs(Frozen):
    """The coordinate system of every layer; nothing is guessed."""

    work: str = Field("auto", description="计算坐标系 | working system, metres; auto chooses")
    tables: CrsName = Field("EPSG:4490", description="表格坐标系 | system of the tables")
    roads: CrsName = Field("EPSG:4326", description="道路坐标系 | system of the roads")
    hazard: CrsName = Field("", description="灾害图层坐标系 | system of recorded hazard layers")


class Present(Frozen):
    """Which head-count of the settlements and facilities holds when the disaster comes."""

    hour: Literal["auto", "day", "night"] = Field(
        "auto", description="按开始时刻/白天/夜间人口 | auto: by clock_start (07:00-19:00 day)"
    )
    holiday: bool = Field(False, description="是否节假日 | holiday head-counts")


class RoadOptions(Frozen):
    """How the road file is read."""

    kind: Literal["roads", "minutes"] = Field(
        "roads", description="roads 路网 / minutes 时间矩阵 | road network or travel-time matrix"
    )
    keep_components: Literal["largest", "all"] = Field(
        "largest", description="保留最大连通部分/全部 | keep the largest component or all"
    )
    snap_warn_m: float = Field(500, gt=0, description="离路超过此距离则提示 m | warn beyond, m")
    snap_max_m: float = Field(3000, gt=0, description="离路超过此距离则报错 m | error beyond, m")
    missing_detour: float = Field(
        1.6, ge=1, le=5, description="无路网时直线倍数（估算） | straight line × this without roads"
    )


class Tell(Frozen):
    """How the warning reaches households."""

    broadcast_reach_day: Share = Field(description="广播短信白天触达率 | reach by day")
    broadcast_reach_night: Share = Field(description="夜间触达率 | reach at night")
    broadcast_delay_min: DurationMin = Field(description="触达延迟 | delay of the broadcast")
    visit_min: DurationMin = Field(description="入户叫应每户 | door-to-door, per household")
    cadres_per_100_households: float = Field(
        gt=0, le=200, description="每百户入户干部 | door-knocking cadres per 100 households"
    )
    call_min: DurationMin = Field(description="一次通话 | one call")
    call_retry_min: DurationMin = Field(description="未接后再拨间隔 | before calling again")
    organiser_start_min: DurationMin = Field(
        description="责任人到组织起入户队伍 | organiser answers → first door"
    )


class Decide(Frozen):
    """Whether people go; shares are of households, in the order of growing persuasion."""

    comply_broadcast: ShareDraw = Field(description="听广播即走 | leave on the broadcast alone")
    comply_visit: ShareDraw = Field(description="首次上门即走 | leave at the first visit")
    comply_second: ShareDraw = Field(description="二次上门后走 | leave at the second sweep")


class Prepare(Frozen):
    """How long people need between deciding and leaving."""

    prepare_min: DurationMin = Field(description="收拾准备 | preparation")
    longest_min: float = Field(gt=0, le=2880, description="最长准备（到时背着走） | longest, min")
    upstairs_min: DurationMin = Field(description="上楼避险 | to the upper floor")
    night_factor: float = Field(ge=1, le=5, description="夜间倍数 | factor at night")
    walk_mps: float = Field(gt=0, le=3, description="步行速度 m/s | walking speed of the able")


class Return(Frozen):
    """People who go back for livestock and property."""

    share: ShareDraw = Field(description="回流占比 | share of those sheltered on foot or by car")
    after_min: DurationMin = Field(description="安置后多久回流 | after arriving")
    not_before: ClockTime = Field(description="最早时刻（天亮） | not before, dawn")
    stay_min: DurationMin = Field(description="在家停留 | stay at home")


class Drive(Frozen):
    """Vehicles, drivers and the road on the day."""

    mobilise_min: DurationMin = Field(description="接令到发车 | call to departure, not staged")
    mobilise_staged_min: DurationMin = Field(description="待命车队出动 | departure when staged")
    turnup_day: Share = Field(description="白天司机到岗率 | drivers who turn up by day")
    turnup_night: Share = Field(description="夜间司机到岗率 | drivers who turn up at night")
    seat_use: Share = Field(description="座位可用率（行李） | usable share of the seats")
    board_fixed_min: DurationMin = Field(description="上客固定时间 | boarding, fixed part")
    board_person_s: Number = Field(description="每人上车 秒 | boarding per person, s")
    carry_min: DurationMin = Field(description="卧床/轮椅上车每人 | loading a patient")
    alight_fixed_min: DurationMin = Field(description="下客固定时间 | alighting, fixed part")
    alight_person_s: Number = Field(description="每人下车 秒 | alighting per person, s")
    breakdown_per_trip: Share = Field(description="每趟故障率 | breakdowns per trip")
    repair_min: DurationMin = Field(description="故障排除或换车 | repair or replacement")
    driver_hours: float = Field(gt=0, le=48, description="司机最长连续出车 h | driver hours")
    driver_rest_h: float = Field(ge=0, le=48, description="换班或休息 h | rest after a shift")
    road_speed_factor: Number = Field(description="当日路况车速系数 | road speed of the day")
    night_speed_factor: float = Field(gt=0, le=1, description="夜间车速系数 | at night")
    own_car_willing_mm: Number = Field(
        description="私家车敢进的水深 mm | water depth car drivers enter"
    )


class Settle(Frozen):
    """Gate and desks of a shelter."""

    register_min: DurationMin = Field(description="每户登记 | registration per party")
    headcount_min: DurationMin = Field(description="清点核对 | head-count of a party")


class Fetch(Frozen):
    """Boats, and teams that fetch people over land where there is no water."""

    muster_min: DurationMin = Field(description="队伍集结出动 | call to departure")
    launch_min: DurationMin = Field(
        description="到点准备（艇：下水） | getting ready on site (boats: launching)"
    )
    load_fixed_min: DurationMin = Field(
        description="每趟到门准备（艇：靠泊） | at each place, per trip"
    )
    pickup_min: DurationMin = Field(
        description="每户接出（艇：接上艇） | contact to aboard, per party"
    )
    unload_min: DurationMin = Field(description="每趟放下人 | unloading, per trip")
    boat_speed_kmh: float = Field(
        gt=0,
        le=60,
        description="艇速 km/h（没有水：不快于步行） | boat speed; on land at most a walk",
    )
    boat_run_min: float = Field(ge=0, le=240, description="最短单程行驶 分钟 | least run, min")
    outward_run: bool = Field(description="第一趟先空驶到点 | the first trip runs out empty")
    boat_detour: float = Field(ge=1, le=5, description="绕行系数 | detour on the way to the houses")
    night_factor: float = Field(ge=1, le=5, description="夜间耗时倍数 | factor at night")
    max_velocity_mps: float = Field(gt=0, le=10, description="流速上限 m/s | stop above")
    shift_h: float = Field(gt=0, le=48, description="连续作业上限 h | longest shift")
    rest_h: float = Field(ge=0, le=48, description="休整 h | rest after a shift")


class Harm(Frozen):
    """From which level on the water is a danger."""

    leave_blocked_mm: int = Field(
        gt=0, le=3000, description="门口水深达此值不能自行离开 mm | at the door: cannot leave"
    )
    exposed_mm: int = Field(gt=0, le=3000, description="达此水深计为遇险 mm | counted as exposed")


class Behaviour(Frozen):
    """Everything the engine samples; what a scenario leaves out comes from the defaults library."""

    tell: Tell
    decide: Decide
    prepare: Prepare
    returns: Return
    drive: Drive
    settle: Settle
    fetch: Fetch
    harm: Harm
    household_size: float = Field(ge=1, le=12, description="户均人数 | persons per household")
    share_in_place: Share = Field(description="默认就近避险占比 | default way out: in place")
    share_relatives: Share = Field(description="默认投亲占比 | default: relatives")
    share_village_shelter: Share = Field(description="默认村级安置占比 | default: village shelter")
    share_coach: Share = Field(description="默认乘大巴占比 | default: coach")


class Accident(Frozen):
    """A crash that is part of the story: lanes are lost for a while."""

    at: ClockTime = Field(description="时刻 | clock time")
    edge: str = Field(description="路段编号 | edge id")
    lanes: int = Field(1, ge=1, le=12, description="占几条车道；全占则无人能过 | lanes lost")
    for_min: float = Field(gt=0, le=20160, description="持续 分钟 | how long, min")


class Traffic(Frozen):
    """Private cars and the fleet on the same roads."""

    queues: bool = Field(True, description="路上排队 | queues on the roads; no: free flow")
    reroute_share: Share | None = Field(
        None,
        description="遇堵会改道的司机占比；空=参数库 | drivers who go round a jam",
    )
    rain: bool = Field(True, description="降雨降低通行能力 | rain lowers the capacity of roads")
    night_capacity_share: float | None = Field(
        None, gt=0, le=1, description="夜间通行能力占比；空=参数库 | capacity left at night"
    )
    background_by_hour: tuple[Share, ...] = Field(
        (),
        description="每小时社会车辆占用的通行能力 24个数 | share taken by other traffic, 24 h",
    )
    accidents: tuple[Accident, ...] = Field((), description="设定的事故 | given crashes")
    accidents_per_million_km: float = Field(
        0,
        ge=0,
        le=1000,
        description="每百万车公里随机占道事故；0=不抽 | crashes that take a lane, by vehicle-km",
    )
    shadow_share: Share = Field(
        0, description="名单外自行开车撤离的户占比 | households off the lists who leave by car too"
    )
    shadow_reach_km: float = Field(
        24, gt=0, le=100, description="名单外多远会跟着走 km | how near such households live"
    )

    @field_validator("background_by_hour")
    @classmethod
    def _a_day(cls, value: tuple[float, ...]) -> tuple[float, ...]:
        if value and (len(value) != 24 or max(value) >= 1):
            raise ValueError("give 24 shares below 1, one for each hour from 0:00")
        return value


class ScenarioSpec(Frozen):
    """``scenario.yaml`` as a model."""

    name: Name
    clock_start: ClockStart = Field(description='开始时刻 "2025-06-18T14:00" | local start')
    horizon_min: int = Field(gt=0, le=20160, description="推演时长 分钟 | length, min")
    crs: Crs = Crs()
    present: Present = Present()
    roads: RoadOptions = RoadOptions()
    hazard: HazardSpec
    behaviour: Behaviour
    traffic: Traffic = Traffic()
    outages: tuple[Outage, ...] = Field((), max_length=500, description="停电停水 | outages")
    sources: tuple[str, ...] = Field((), description="资料来源 | sources")
    assumptions: tuple[str, ...] = Field((), description="假定 | assumptions")
