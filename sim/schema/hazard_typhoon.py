"""The ``hazard:`` section of a typhoon 台风."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from sim.schema.base import Coordinate, Frozen, Share
from sim.schema.distributions import Number
from sim.schema.hazard import Ensemble, Forecasts, OnsetForecast, Point, RiverFloodSpec
from sim.schema.library import KindDefaults

_OF = KindDefaults("typhoon")

Gust = Annotated[float, Field(gt=0, le=150)]
GustLimit = Annotated[float, Field(gt=0, le=1000)]


class TrackPoint(Frozen):
    """Where the centre is at a moment, and how deep it is."""

    at_min: float = Field(ge=-20_160, le=20_160, description="距开始 分钟 | min from clock_start")
    x: Coordinate = Field(description="x 或经度 | x or longitude")
    y: Coordinate = Field(description="y 或纬度 | y or latitude")
    pressure_hpa: float = Field(ge=850, le=1020, description="中心气压 hPa | central pressure")


class TrackPoints(Frozen):
    """A track written in the scenario."""

    form: Literal["points"]
    points: tuple[TrackPoint, ...] = Field(min_length=2, max_length=500)

    @model_validator(mode="after")
    def _ascending(self) -> TrackPoints:
        times = [point.at_min for point in self.points]
        if times != sorted(set(times)):
            raise ValueError("points must ascend in at_min without repeats")
        return self


class TrackFile(Frozen):
    """A real track: columns track_id, time (UTC), lon, lat, slp (hPa), as cut from IBTrACS."""

    form: Literal["file"]
    file: str = Field(description="路径表 CSV | track table")
    track_id: str = Field(description="台风编号 | track id")
    utc_offset_h: float = Field(8, ge=-12, le=14, description="当地时差 h | local time is UTC +")
    shift_min: float = Field(
        0, ge=-1e8, le=1e8, description="整体平移 分钟 | moved in time by (what-if)"
    )
    shift_x_m: float = Field(0, ge=-2e6, le=2e6, description="东移 m | moved east by (what-if)")
    shift_y_m: float = Field(0, ge=-2e6, le=2e6, description="北移 m | moved north by (what-if)")


class WindField(Frozen):
    """From track to gusts: Holland (1980), weakened over land, with a gust factor.

    The moving storm blows harder on its right (northern hemisphere). Shipped factors are judgement.
    """

    radius_km: Number = Field(_OF.draw("wind.radius_km"), description="最大风速半径 km | R max")
    shape_b: Number = Field(_OF.draw("wind.shape_b"), description="形状 B | Holland's B")
    outside_hpa: float = Field(
        _OF.number("wind.outside_hpa"),
        ge=980,
        le=1040,
        description="环境气压 hPa | pressure outside",
    )
    air_kg_m3: float = Field(
        _OF.number("wind.air_kg_m3"), gt=0.5, le=2, description="空气密度 | density of the air"
    )
    latitude_deg: float = Field(
        _OF.number("wind.latitude_deg"), ge=0, le=60, description="纬度（科氏力） | for Coriolis"
    )
    land_factor: float = Field(
        _OF.number("wind.land_factor"), gt=0, le=1, description="陆面系数 | factor over land"
    )
    gust_factor: float = Field(
        _OF.number("wind.gust_factor"), ge=1, le=3, description="阵风系数 | gust over mean wind"
    )
    moving_share: Share = Field(
        _OF.number("wind.moving_share"),
        description="移速计入占比 | share of the storm's own motion",
    )


class RainBands(Frozen):
    """Rain by distance from the centre: rising to a ring, falling off beyond (judgement)."""

    most_mm_h: Number = Field(_OF.draw("rain.most_mm_h"), description="最强雨强 mm/h | at the ring")
    ring_km: float = Field(
        _OF.number("rain.ring_km"), gt=0, le=500, description="雨环半径 km | radius of the ring"
    )
    fades_km: float = Field(
        _OF.number("rain.fades_km"), gt=0, le=1000, description="外围衰减 km | falls to 37 % within"
    )


class WindRules(Frozen):
    """Gusts (m/s) at which a class stands still; ``slow_from`` slows everything on wheels.

    Shipped: coaches and trucks stop at force 9 (20.8 m/s), the upper end of 17.2 to 20.8 for high
    vehicles; the others are judgement. 999: never.
    """

    coach: GustLimit = Field(_OF.number("rules.coach"), description="大巴停运 | coaches")
    minibus: GustLimit = Field(_OF.number("rules.minibus"), description="中巴停运 | minibuses")
    truck: GustLimit = Field(_OF.number("rules.truck"), description="货车 | trucks")
    high_clearance: GustLimit = Field(
        _OF.number("rules.high_clearance"), description="高底盘车 | high-clearance trucks"
    )
    ambulance: GustLimit = Field(_OF.number("rules.ambulance"), description="救护车 | ambulances")
    car: GustLimit = Field(_OF.number("rules.car"), description="小车 | cars")
    on_foot: GustLimit = Field(_OF.number("rules.on_foot"), description="步行 | on foot")
    boat: GustLimit = Field(_OF.number("rules.boat"), description="冲锋舟停航 | assault boats")
    helicopter: GustLimit = Field(
        _OF.number("rules.helicopter"), description="直升机停飞 | helicopters"
    )
    slow_from: GustLimit = Field(
        _OF.number("rules.slow_from"), description="限速起点 | slower from"
    )
    slow_kmh: int = Field(
        _OF.whole("rules.slow_kmh"), ge=5, le=120, description="限速 km/h | no faster than"
    )


class WeakPlaces(Frozen):
    """Places whose people are in danger of the wind itself: rafts, boats, sites, sheds."""

    places: tuple[str, ...] = Field(min_length=1, description="村点编号 | place ids")
    harm_gust_m_s: Gust = Field(
        _OF.number("weak.harm_gust_m_s"), description="危险阵风 m/s | dangerous from"
    )
    falls_gust_m_s: Gust = Field(
        _OF.number("weak.falls_gust_m_s"), description="工棚倒塌阵风 m/s | sheds fall at"
    )
    trapped_share: Share = Field(
        _OF.number("weak.trapped_share"), description="被困户占比 | households trapped then"
    )
    killed_share: Share = Field(
        _OF.number("weak.killed_share"), description="当场遇难户占比 | die at once"
    )


class Trees(Frozen):
    """Trees on roads: a growing share of the roads between two gusts (judgement)."""

    from_gust_m_s: Gust = Field(
        _OF.number("trees.from_gust_m_s"), description="开始倒树 m/s | the first fall at"
    )
    all_gust_m_s: Gust = Field(
        _OF.number("trees.all_gust_m_s"), description="倒尽 m/s | all that can fall, by"
    )
    share: Share = Field(
        _OF.number("trees.share"), description="有树可倒的路段占比 | roads with trees that can fall"
    )
    cleared_h: float = Field(
        _OF.number("trees.cleared_h"), gt=0, le=240, description="清障 h | cleared after"
    )

    @model_validator(mode="after")
    def _ascending(self) -> Trees:
        if self.all_gust_m_s <= self.from_gust_m_s:
            raise ValueError("all_gust_m_s must be above from_gust_m_s")
        return self


class Surge(Frozen):
    """Storm surge along a coast: low pressure lifts the sea, the wind piles it up, on the tide."""

    coast: tuple[Point, ...] = Field(min_length=1, max_length=500, description="岸线 [x, y]")
    reach_m: float = Field(gt=0, le=50_000, description="淹没最远离岸 m | floods so far inland")
    m_per_hpa: float = Field(
        _OF.number("surge.m_per_hpa"), ge=0, le=0.1, description="每 hPa 抬升 m | lift per hPa"
    )
    set_up: float = Field(
        _OF.number("surge.set_up"),
        ge=0,
        le=0.05,
        description="风增水系数 m/(m/s)² | set-up per wind speed squared",
    )
    tide_m: float = Field(
        _OF.number("surge.tide_m"), ge=0, le=10, description="潮差半幅 m | amplitude of the tide"
    )
    high_tide_min: float = Field(
        0, ge=-20_160, le=20_160, description="高潮时刻（距开始 分钟） | high tide, min"
    )


class TyphoonSpec(Frozen):
    """Typhoon: a track with doubt, gusts, rain, surge, and the rivers they fill.

    Members differ across and along the track (growing with the hours from clock_start), in depth,
    size and shape. In false-alarm members the storm passes far aside.
    """

    BLOWS: ClassVar = True
    """Its members have gusts on which plans may act."""

    kind: Literal["typhoon"]
    step_min: Literal[5, 10, 15, 20, 30] = Field(10, description="时间步 分钟 | step")
    ensemble: Ensemble = Ensemble()
    track: Annotated[TrackPoints | TrackFile, Field(discriminator="form")]
    aside_km_at_24h: Number = Field(
        _OF.draw("aside_km_at_24h"), description="24h 横向误差 km | across the track at 24 h"
    )
    late_h_at_24h: Number = Field(
        _OF.draw("late_h_at_24h"), description="24h 时间误差 h，正=晚 | along it, + is late"
    )
    depth_factor: Number = Field(
        _OF.draw("depth_factor"), description="气压差系数 | factor on the pressure deficit"
    )
    false_alarm_aside_km: float = Field(
        _OF.number("false_alarm_aside_km"),
        ge=100,
        le=3000,
        description="空报时偏开 km | passes so far aside in false alarms",
    )
    wind: WindField = WindField()
    rain: RainBands = RainBands()
    rules: WindRules = WindRules()
    weak: tuple[WeakPlaces, ...] = Field((), max_length=200, description="怕风的地方 | weak places")
    trees: Trees = Trees()
    surge: Surge | None = Field(None, description="风暴潮 | storm surge")
    flood: RiverFloodSpec | None = Field(
        None, description="由台风雨带动的河流（雨取台风的） | rivers; their rain is the typhoon's"
    )
    forecasts: Forecasts = Forecasts()
    onset: OnsetForecast = OnsetForecast(first_warning_h=_OF.number("first_warning_h"))
    lives_h: Number = Field(_OF.draw("lives_h"), description="被困能坚持 h | the trapped live")
    dig_min: Number = Field(_OF.draw("dig_min"), description="救出一户 分钟 | to free one")
