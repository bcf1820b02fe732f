"""``yunling_quake``: a strong earthquake under a small town, at night."""

from __future__ import annotations

from typing import Any

from making.keyed import noise

from around.district import District, Village, buses, groups, moved
from around.plan_parts import expected, plan_text, target

X0, Y0 = 625_000.0, 3_070_000.0
VILLAGES = (
    ("01", "老街社区", 0.0, 0.0, 900, "老城"), ("02", "南门社区", 300.0, -900.0, 800, "老城"),
    ("03", "新区社区", 1800.0, 600.0, 1000, "新区"), ("04", "桥头村", -1700.0, -400.0, 450, "近郊"),
    ("05", "石桥村", -3600.0, 700.0, 380, "近郊"), ("06", "东岭村", 4200.0, -1500.0, 340, "近郊"),
)  # fmt: skip
ROADS = (
    ("primary", "国道", ((-7500.0, 900.0), (-3600.0, 700.0), (-1700.0, -400.0), (0.0, 0.0),
                       (1800.0, 600.0), (6500.0, 1500.0))),
    ("town", "南门街", ((0.0, 0.0), (300.0, -900.0), (1500.0, -1100.0), (4200.0, -1500.0))),
    ("town", "环城路", ((-1700.0, -400.0), (-700.0, -1500.0), (1500.0, -1100.0), (1800.0, 600.0))),
)  # fmt: skip


class Bridged(District):
    """A district with a bridge in the middle of its main road."""

    def finish(self) -> dict[str, Any]:
        tables = super().finish()
        for edge in tables["edges"]:
            edge["bridge"] = "yes" if edge["id"] in ("E0019", "E0020") else "no"
        return tables


def height(x: float, y: float) -> float:
    """A basin."""
    return 210.0 + 12 * noise(x - X0, y - Y0, 2500, "basin")


def district() -> District:
    """The town, its neighbours and the means; shelters are open spaces outside."""
    d = Bridged(height)
    for kind, name, points in ROADS:
        d.road(kind, name, *moved(points, (X0, Y0)))
    for id_, name, x, y, people, tag in VILLAGES:
        d.villages.append(Village(id_, name, X0 + x, Y0 + y, people, tag, "云西镇", (0.35, 0.65)))
    groups(d)
    west, east = (X0 - 7500.0, Y0 + 900.0), (X0 + 6500.0, Y0 + 1500.0)
    d.add("shelters", id="H1", name="西郊体育场（帐篷）", **d.at(*west), kind="larger",
          township="云西镇", capacity=2000, desks=5, bays=4)  # fmt: skip
    d.add("shelters", id="H2", name="东郊广场（帐篷）", **d.at(*east), kind="larger",
          township="云西镇", capacity=2000, desks=5, bays=4)  # fmt: skip
    d.add("shelters", id="H3", name="新区中学（教学楼）", **d.at(X0 + 1800.0, Y0 + 600.0),
          kind="larger", township="云西镇", capacity=900, desks=3, bays=3)  # fmt: skip
    d.add("shelters", id="HT", name="云西镇卫生院", **d.at(X0 + 300.0, Y0 - 900.0),
          kind="hospital", township="云西镇", capacity=60, desks=1, bays=2)  # fmt: skip
    d.add("shelters", id="HM", name="野战医疗队", **d.at(*east), kind="hospital",
          township="云西镇", capacity=400, desks=3, bays=3)  # fmt: skip
    d.add("exits", id="X1", name="外县投亲", **d.at(*east), kind="relatives")
    d.add("depots", id="D1", name="县公交公司", **d.at(*east))
    buses(d, "D1", 9, 6, 0.6)
    _forces(d, east)
    d.add("posts", id="P0", name="县抗震救灾指挥部", level="county", callers=4)
    d.add("posts", id="P1", name="云西镇指挥所", level="township", parent="P0", township="云西镇",
          callers=3)  # fmt: skip
    return d


OTHERS = (
    # 编号、名称、驻地、技能、装备、车辆、隶属、准备、开进
    ("T3", "县急救1组", "ST1", "medical:2", "", "ambulance", "county", 8, 0),
    ("T4", "县急救2组", "ST1", "medical:2", "", "ambulance", "county", 8, 0),
    ("T5", "县交通抢通队", "ST1", "digger:1", "digger:1", "truck", "county", 40, 0),
    ("C8", "市工程抢通队", "ST2", "digger:2;bridge:1", "digger:2", "truck", "city", 60, 180),
    ("C9", "市医疗队", "ST2", "medical:6", "", "ambulance", "city", 20, 150),
)
SEARCHERS = (
    ("T1", "县消防救援", 3, "ST1", "county", 15, 0),
    ("T6", "镇应急小分队", 1, "ST0", "township", 20, 0),
    ("C1", "市地震救援", 6, "ST2", "city", 30, 150),
    ("W1", "武警救援", 8, "ST2", "armed_police", 30, 240),
    ("N1", "邻县救援", 3, "ST3", "mutual_aid", 20, 60),
)
"""First id, name, groups, station, whose, minutes to get ready and to march in. Search groups walk
in over the rubble and dig one household out at a time; outsiders drive to the town's edge first."""


def _forces(d: District, east: tuple[float, float]) -> None:
    """What the county has at hand, what it must ask for, and what it is needed for."""
    d.add("stations", id="ST0", name="云西镇政府", **d.at(X0, Y0), township="云西镇")
    d.add("stations", id="ST1", name="县消防救援大队", **d.at(*east), township="云西镇")
    d.add(
        "stations", id="ST2", name="西郊集结区", **d.at(X0 - 3600.0, Y0 + 700.0), township="云西镇"
    )
    d.add(
        "stations", id="ST3", name="东郊集结区", **d.at(X0 + 3680.0, Y0 + 960.0), township="云西镇"
    )
    for first, name, many, station, tier, ready, march in SEARCHERS:
        for i in range(many):
            d.add("teams", id=f"{first}{chr(97 + i)}", name=f"{name}{i + 1}组", station=station,
                  boats=0, night_ok="yes", ready_min=ready, skills="search:4",
                  vehicle_class="on_foot", tier=tier, march_min=march)  # fmt: skip
    for id_, name, station, skills, equipment, vehicle, tier, ready, march in OTHERS:
        d.add("teams", id=id_, name=name, station=station, boats=0, night_ok="yes",
              ready_min=ready, skills=skills, equipment=equipment, vehicle_class=vehicle,
              tier=tier, march_min=march)  # fmt: skip
    d.add("emergencies", id="BURIED", name="房屋倒塌压埋", arises="buried", needs="search:4",
          priority=1, work_min=120, report_min=15, report_p90_min=60,
          wrong_place_share=0.05)  # fmt: skip
    d.add("emergencies", id="HURT", name="重伤员", arises="injured", needs="medical:1",
          priority=0, work_min=15, work_p90_min=40, report_min=10, report_p90_min=40,
          hospital_share=0.8, survival="severe_injury")  # fmt: skip
    d.add("emergencies", id="RUBBLE", name="道路瓦砾塌方", arises="road", needs="digger:1",
          priority=2, work_min=15, report_min=20, report_p90_min=90)  # fmt: skip
    d.add("emergencies", id="BRIDGE", name="断桥架设便桥", arises="bridge", needs="bridge:1",
          priority=3, work_min=600, report_min=30, report_p90_min=120)  # fmt: skip


def grids() -> dict[str, str]:
    """No grids: shaking is a formula."""
    return {}


def scenario() -> dict[str, Any]:
    """scenario.yaml."""
    return {
        "name": {"zh": "云西镇地震（虚构）", "en": "Earthquake at Yunxi (made up)"},
        "clock_start": "2025-09-12T01:00",
        "horizon_min": 2880,
        "crs": {"tables": "EPSG:4547", "roads": "EPSG:4547", "hazard": "EPSG:4547"},
        "present": {"hour": "night", "holiday": False},
        "hazard": {
            "kind": "earthquake",
            "step_min": 10,
            "ensemble": {"seed": 8, "members": 32, "false_alarm_members": 0},
            "at_min": {"dist": "uniform", "low": 30, "high": 120},
            "epicentre": [X0 - 2500.0, Y0 - 6000.0],
            "magnitude": {"dist": "triangular", "low": 5.8, "mode": 6.4, "high": 7.0},
            "needed": [{"places": ["H3", "HT"]}],
            "streets": [
                {"at": [X0, Y0], "radius_m": 500, "height_m": 15, "setback_m": 2},
                {"at": [X0 + 300.0, Y0 - 900.0], "radius_m": 450, "height_m": 12},
                {"at": [X0 + 1800.0, Y0 + 600.0], "radius_m": 600, "height_m": 54,
                 "setback_m": 12},
            ],
            "aftershocks": {"number": 6},
        },
        "sources": ["虚构镇；烈度衰减取《中国地震目录》(1983) 关系式，易损性为判断，须换成当地"],
        "assumptions": ["震前无预报；邻里自救出六成被压埋的人；道路 24 小时抢通，断桥不通"],
    }  # fmt: skip


def _aid(asked: str, city: float, police: float, neighbours: float) -> dict[str, Any]:
    """Forces asked for at an event, with minutes of approval each."""
    minutes = {"city": city, "armed_police": police, "mutual_aid": neighbours}
    return {tier: {"on": asked, "approve_min": value} for tier, value in minutes.items()}


HURRIED = {"call_on": "move", "rule": "nearest", "hold_min": 20, "min_people": 10}
TARGETS = [
    target("told-60", ("下令后1小时叫应九成", "nine in ten told within 1 h"), "told", 0.9,
           {"after_order_min": 60}),
    target("out-6h", ("下令后6小时转出九成", "nine in ten out 6 h after the order"), "out", 0.9,
           {"after_order_min": 360}),
]  # fmt: skip


def plans() -> dict[str, str]:
    """Whom the shaking calls: nobody from outside, all at once by agreement, or that and teams
    that stand in the town already."""
    slow = {"consult_min": {"dist": "lognormal", "median": 90, "p90": 180}}
    quick = {"consult_min": {"dist": "lognormal", "median": 10, "p90": 25}}
    after = [expected(0, "move")]
    own: dict[str, Any] = {"call_on": "incident", "dispatch": "urgent"}
    late, early = _aid("move", 180, 240, 240), _aid("incident", 0, 20, 20)
    stands = {"T1a": "A01", "T1b": "A02", "T1c": "A03", "T3": "A01"}
    return {
        "a_report_up": plan_text(
            ("逐级上报再请援", "Report up, then ask"),
            "震后会商约一个半小时再下令，同时向市里逐级请援，批复3—4小时。", after, when=slow,
            rescue=own | {"requests": late}, fleet=HURRIED, targets=TARGETS,
        ),
        "b_own_forces": plan_text(
            ("震后即动、靠自己", "At once, own forces"),
            "有震感即启动、十分钟会商下令；外援仍逐级请，批复3—4小时。", after, when=quick,
            rescue=own | {"requests": late}, fleet=HURRIED, targets=TARGETS,
        ),
        "c_ask_at_once": plan_text(
            ("震感自动请援", "Asked for by the shaking"),
            "有震感即启动；与市里、武警、邻县预先约定，第一起求救即开进，不再批复。", after,
            when=quick, rescue=own | {"requests": early}, fleet=HURRIED, targets=TARGETS,
        ),
        "d_in_town": plan_text(
            ("自动请援、队伍前置镇区", "Asked for at once, teams in the town"),
            "同上；县里三个救援组、一组急救平时就驻在镇区三个集合点。", after, when=quick,
            rescue=own | {"requests": early, "staged": stands}, fleet=HURRIED, targets=TARGETS,
        ),
    }  # fmt: skip
