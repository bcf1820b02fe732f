"""The tables of a scenario: one model per table, one field per column.

A table is a CSV file or a sheet of ``tables.xlsx`` with the name given in ``TABLES``. Column
descriptions (中文 | English) feed the template workbook and the documentation. ``x``/``y`` are
longitude/latitude or easting/northing in the coordinate system the scenario states for tables.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.schema.base import Coordinate, Count, Elevation, Id, Row, Share
from sim.schema.forces import Amounts, EmergencyRow, IncidentLogRow, Tier
from sim.schema.gauge_trouble import GaugeTrouble
from sim.schema.roads import ROAD_TABLES

OptionalElevation = Annotated[
    Elevation | None, Field(description="地面高程 m（85国家高程） | ground elevation, m")
]
X = Annotated[Coordinate | None, Field(description="经度或东坐标 | longitude or easting")]
Y = Annotated[Coordinate | None, Field(description="纬度或北坐标 | latitude or northing")]


class PlaceRow(Row):
    """A row with a place on the map, or at a named node of a travel-time matrix."""

    id: Id = Field(description="编号，表内唯一 | id, unique in the table")
    name: str = Field(min_length=1, max_length=80, description="名称 | name")
    x: X = None
    y: Y = None
    node: str = Field("", description="路网节点编号（用时间矩阵时填） | node id of the roads")
    elevation_m: OptionalElevation = None


class ZoneRow(Row):
    """A zone 片区: the unit to which an order is given and whose roads are cut together."""

    id: Id = Field(description="片区编号 | zone id")
    name: str = Field(min_length=1, max_length=80, description="片区名称 | zone name")
    township: str = Field("", description="乡镇 | township")
    tag: str = Field("", description="标签，如 干流/支流，供方案选用 | label used by plan rules")
    gauge: str = Field("", description="对应水位站编号 | water-level gauge id")
    rain_gauge: str = Field("", description="对应雨量站编号 | rain gauge id")
    priority: int = Field(100, ge=0, le=100_000, description="转移次序，小者先 | order of zones")


class SettlementRow(PlaceRow):
    """People who live at one place: a village group, a community, a grid cell."""

    village: str = Field("", description="行政村/社区 | administrative village")
    township: str = Field("", description="乡镇 | township")
    zone: str = Field("", description="所属片区；空=不在应转名单 | zone; empty: not on the list")
    elevation_spread_m: float = Field(
        0, ge=0, le=50, description="房屋高程上下差 m | homes lie within ± this of elevation_m"
    )
    registered: Count | None = Field(None, description="户籍人口 人 | registered population")
    resident: Count | None = Field(None, description="常住人口 人 | resident population")
    present_day: Count | None = Field(None, description="白天在村 人 | present by day")
    present_night: Count | None = Field(None, description="夜间在村 人 | present at night")
    holiday_factor: float = Field(1, ge=0, le=20, description="节假日倍数 | factor on holidays")
    outsiders: Count = Field(0, description="外来人员 人（务工、游客、工棚） | outsiders")
    household_size: float | None = Field(
        None, ge=1, le=12, description="户均人数 | persons per household"
    )
    share_in_place: Share | None = Field(
        None, description="就近上楼/上高地 占比 | upstairs or high ground"
    )
    share_relatives: Share | None = Field(
        None, description="自行投亲靠友 占比 | to relatives by own means"
    )
    share_village_shelter: Share | None = Field(
        None, description="步行到村级安置点 占比 | on foot to the village shelter"
    )
    share_coach: Share | None = Field(
        None, description="集合乘车到大安置点 占比 | by coach to a larger shelter"
    )
    safe_upper_floor_share: Share = Field(
        0, description="有安全二楼的户 占比 | households with a safe upper floor"
    )
    high_ground_min: float | None = Field(
        None, ge=0, le=600, description="步行到安全高地 分钟 | minutes on foot to high ground"
    )
    assembly_point: str = Field("", description="集合点编号；空=片区内最近 | assembly point")
    village_shelter: str = Field("", description="村级安置点编号；空=最近 | village shelter")
    relatives_to: str = Field("", description="投亲方向（出口编号）；空=最近 | exit id")
    organiser: str = Field("", description="责任人编号 | organiser id")
    deputy: str = Field("", description="副责任人编号 | deputy id")
    cadres: Count | None = Field(None, description="入户叫应干部 人 | door-knocking cadres")


class GroupRow(Row):
    """A special group 特殊群体 or any group that moves, prepares or must be carried differently."""

    id: Id = Field(description="人群编号 | group id")
    name: str = Field(min_length=1, description="人群名称 | group name")
    settlement: str = Field("", description="适用村；空=全部 | settlement; empty: all")
    persons_share: Share = Field(description="占在村人口 | share of the people present")
    needs: Literal["none", "wheelchair", "ambulance"] = Field(
        "none", description="车辆需要：none/wheelchair/ambulance | place needed"
    )
    escorts: int = Field(1, ge=0, le=4, description="陪护人数 | escorts who travel with them")
    walk_mps: float = Field(1.1, gt=0, le=3, description="步行速度 m/s | walking speed")
    prep_factor: float = Field(1, gt=0, le=10, description="收拾时间倍数 | preparation factor")


class FacilityRow(PlaceRow):
    """A place with many people under one roof: school, hospital, care home, site, camp."""

    kind: Literal["school", "hospital", "care_home", "site", "camp", "tourist", "other"] = Field(
        description="类别 | kind"
    )
    zone: str = Field("", description="所属片区 | zone")
    occupants_day: Count = Field(description="白天人数 | people by day")
    occupants_night: Count = Field(description="夜间人数 | people at night")
    occupants_holiday: Count | None = Field(None, description="节假日人数 | people on holidays")
    party_size: int = Field(10, ge=1, le=60, description="编组人数 | persons per party")
    wheelchair_share: Share = Field(0, description="轮椅占比 | share in wheelchairs")
    ambulance_share: Share = Field(0, description="卧床占比 | share bedridden")
    way_out: Literal["coach", "on_foot", "own_car", "in_place"] = Field(
        "coach", description="转移方式 | way out"
    )
    ready_min: float = Field(20, ge=0, le=1440, description="接令到整队 分钟 | order to ready, min")


class OrganiserRow(Row):
    """A named person responsible for a settlement (an id, never a phone number)."""

    id: Id = Field(description="责任人编号 | organiser id")
    name: str = Field("", description="职务或化名 | role or alias")
    answer_day: Share = Field(0.95, description="白天一次接通率 | answered per call by day")
    answer_night: Share = Field(0.8, description="夜间一次接通率 | answered per call at night")


class PostRow(Row):
    """A command post: county, township or village; calls its organisers one after another."""

    id: Id = Field(description="指挥部编号 | post id")
    name: str = Field(min_length=1, description="名称 | name")
    level: Literal["county", "township", "village"] = Field(description="层级 | level")
    parent: str = Field("", description="上级编号 | parent post")
    township: str = Field("", description="负责的乡镇；空=全部 | township served")
    callers: int = Field(1, ge=1, le=200, description="同时拨打的人数 | people calling at once")


class PerfectGaugeRow(PlaceRow):
    """Where a gauge stands and which of its values count."""

    kind: Literal["level", "rain"] = Field("level", description="level 水位 / rain 雨量")
    river: str = Field("", description="河流编号 | river id")
    warning_level_m: float | None = Field(
        None, ge=-500, le=9000, description="警戒水位 m；雨量站填 1h 雨量 mm | warning level"
    )
    guarantee_level_m: float | None = Field(
        None, ge=-500, le=9000, description="保证水位 m；雨量站填 1h 雨量 mm | guarantee level"
    )


class GaugeRow(GaugeTrouble, PerfectGaugeRow):
    """A water-level gauge 水位站 or rain gauge 雨量站, and how well it reports."""


class AssemblyPointRow(PlaceRow):
    """An assembly point 集合点 where people of a zone wait for a bus."""

    zone: str = Field(description="所属片区 | zone")
    bays: int = Field(1, ge=1, le=100, description="同时上客车位 | vehicles loading at once")
    transfer_to: str = Field(
        "", description="接驳到哪个集合点（大巴进不去时） | where feeder minibuses bring people"
    )


class ShelterRow(PlaceRow):
    """A shelter 避灾安置场所: village (on foot), larger (coaches), hospital (ambulances)."""

    kind: Literal["village", "larger", "hospital"] = Field("larger", description="类别 | kind")
    township: str = Field("", description="乡镇 | township")
    capacity: Count = Field(description="可安置 人 | places")
    desks: int = Field(1, ge=1, le=100, description="登记台 | registration desks")
    bays: int = Field(4, ge=1, le=100, description="下客车位 | vehicles unloading at once")
    power_reserve_h: float | None = Field(
        None, ge=0, le=720, description="停电后能撑 小时；空=缺省 | copes without mains power, h"
    )
    water_reserve_h: float | None = Field(
        None, ge=0, le=720, description="停水后能撑 小时；空=缺省 | copes without mains water, h"
    )


class ExitRow(PlaceRow):
    """A way out of the danger area: the edge of the map, or where relatives live."""

    kind: Literal["exit", "relatives"] = Field("exit", description="exit 出县 / relatives 投亲地")


class DepotRow(PlaceRow):
    """A depot 车辆待命点 where vehicles and drivers start."""


VehicleClass = Literal["coach", "minibus", "ambulance"]


class VehicleRow(Row):
    """Vehicles of one kind at one depot; ``count`` > 1 makes numbered copies."""

    id: Id = Field(description="车辆编号 | vehicle id")
    vehicle_class: VehicleClass = Field(alias="class", description="coach/minibus/ambulance")
    seats: int = Field(ge=1, le=1000, description="可用座位 | usable seats")
    wheelchair_places: Count = Field(0, description="轮椅位 | wheelchair places")
    depot: str = Field(description="待命点编号 | depot id")
    count: int = Field(1, ge=1, le=2000, description="辆数 | number of vehicles")
    contract: Literal["own", "contracted"] = Field("own", description="自有/协议 | contract")
    driver_turnup_share: Share | None = Field(
        None, description="司机到岗率 | share of drivers who turn up"
    )
    width_m: float | None = Field(None, gt=0, le=4, description="车宽 m | width")
    height_m: float | None = Field(None, gt=0, le=5, description="车高 m | height")
    weight_t: float | None = Field(None, gt=0, le=60, description="总重 t | weight")


TeamVehicle = Literal["high_clearance", "truck", "ambulance", "car", "helicopter", "on_foot"]


class StationRow(PlaceRow):
    """A station 驻地 where rescue teams wait."""

    township: str = Field("", description="乡镇 | township")


class TeamRow(Row):
    """A rescue team 队伍; with boats it fetches people whom the water has cut off."""

    id: Id = Field(description="队伍编号 | team id")
    name: str = Field(min_length=1, description="名称 | name")
    station: str = Field(description="驻地编号 | station id")
    boats: int = Field(1, ge=0, le=100, description="冲锋舟 艘 | assault boats")
    persons_per_trip: int = Field(6, ge=1, le=40, description="每趟载人 | persons per trip")
    night_ok: bool = Field(True, description="能否夜间行动 | may work at night")
    ready_min: float | None = Field(None, ge=0, le=1440, description="出动准备 分钟 | readiness")
    skills: Amounts = Field(
        "", description="技能人数 medical:2;digger:1 | persons with each skill; empty: a boat team"
    )
    equipment: Amounts = Field(
        "", description="装备件数 digger:1；限制同名技能 | pieces; limit the skill of that name"
    )
    vehicle_class: TeamVehicle = Field(
        "high_clearance", description="出动车辆类别 | vehicle class it drives"
    )
    tier: Tier = Field(
        "county",
        description="隶属：县/乡镇随时可派，其他须请调 | whose force; others are asked for",
    )
    march_min: float = Field(
        0, ge=0, le=2880, description="从原驻地开进到驻地编号处 分钟 | march to its station, min"
    )
    ready_night_min: float | None = Field(
        None, ge=0, le=1440, description="夜间出动准备 分钟；空=同白天 | readiness at night"
    )
    ready_alert_min: float | None = Field(
        None, ge=0, le=1440, description="预警后出动准备 分钟；空=不变 | once a warning is out"
    )
    crews: int = Field(
        1, ge=1, le=20, description="轮班班组；1=到点休整，多班=换班 | crews that take turns"
    )
    range_km: float | None = Field(
        None, gt=0, le=5000, description="一箱油行程 公里；空=不计 | range of a tank; empty: ever"
    )


class StoreRow(PlaceRow):
    """A store 物资库 from which trucks bring supplies to shelters."""

    parent: str = Field(
        "", description="上级库编号；空=县级库 | store that fills it; empty: county"
    )
    trucks: int | None = Field(
        None, ge=1, le=200, description="货车 辆；空=按方案 | trucks; empty: as the plan says"
    )


class ItemRow(Row):
    """Stock of one item in one store."""

    id: Id = Field(description="编号 | id")
    store: str = Field(description="物资库（或安置点）编号 | id of the store, or of the shelter")
    name: str = Field(min_length=1, description="物资 | item")
    stock: Count = Field(description="库存 | stock")
    unit: str = Field("", description="单位 | unit")


class ObservedRow(Row):
    """What really happened by a clock time, to lay over the simulated band."""

    time: str = Field(description='时刻 "20:30" 或 "+1 03:00" | clock time')
    township: str = Field("", description="乡镇；空=全县 | township; empty: all")
    to_move: Count | None = Field(None, description="应转 人 | to move")
    moved: Count = Field(description="已转 人 | moved")
    in_shelters: Count | None = Field(None, description="其中集中安置 人 | of which in shelters")


TABLES: dict[str, type[Row]] = {
    "zones": ZoneRow,
    "settlements": SettlementRow,
    "groups": GroupRow,
    "facilities": FacilityRow,
    "organisers": OrganiserRow,
    "posts": PostRow,
    "gauges": GaugeRow,
    "assembly_points": AssemblyPointRow,
    "shelters": ShelterRow,
    "exits": ExitRow,
    "depots": DepotRow,
    "vehicles": VehicleRow,
    "stations": StationRow,
    "teams": TeamRow,
    "emergencies": EmergencyRow,
    "stores": StoreRow,
    "items": ItemRow,
    "observed": ObservedRow,
}
"""Table name → row model. A scenario needs ``zones`` and ``settlements``; the rest is optional."""

ROW_MODELS: dict[str, type[Row]] = {**TABLES, **ROAD_TABLES, "incident_log": IncidentLogRow}
"""Row model of every table that can be read, road tables and logs of past incidents included."""
