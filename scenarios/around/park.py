"""``yunling_park``: a chemical park beside a small town, chlorine on a still night."""

from __future__ import annotations

from typing import Any

from making.keyed import noise

from around.district import District, Village, buses, groups, moved
from around.plan_parts import expected, plan_text

X0, Y0 = 640_000.0, 3_022_000.0
TANK = (0.0, 0.0)
MAIN = ((-4500.0, 900.0), (-2000.0, 700.0), (0.0, 600.0), (2200.0, 800.0), (5500.0, 400.0))
STREETS = (
    ("园区路", ((0.0, 600.0), (0.0, 150.0), (600.0, -500.0), (900.0, -1500.0), (1100.0, -2900.0))),
    ("滨河路", ((-2000.0, 700.0), (-1800.0, -700.0), (-400.0, -1700.0), (900.0, -1500.0))),
    ("城北路", ((0.0, 600.0), (300.0, 1700.0), (500.0, 3000.0))),
    ("东环路", ((2200.0, 800.0), (2300.0, -600.0), (900.0, -1500.0))),
)
VILLAGES = (
    ("01", "园区生活区", 600.0, -500.0, 900, "近圈"),
    ("02", "沙洲社区", -400.0, -1700.0, 1100, "中圈"),
    ("03", "码头社区", 900.0, -1500.0, 1200, "中圈"),
    ("04", "下洲村", 1100.0, -2900.0, 760, "外圈"),
    ("05", "河西社区", -1800.0, -700.0, 980, "中圈"),
    ("06", "站前社区", 300.0, 1700.0, 1050, "中圈"),
    ("07", "东环社区", 2300.0, -600.0, 1150, "中圈"),
    ("08", "北塘村", 500.0, 3000.0, 640, "外圈"),
)
GATES = (("G1", "北门集合点", 0.0, 600.0), ("G2", "南门集合点", 600.0, -500.0))
"""Where those who work in the park gather: north and south of the tank."""


def height(x: float, y: float) -> float:
    """A flat river terrace, metres."""
    return 96.0 + 2.0 * noise(x - X0, y - Y0, 1500, "terrace")


def district() -> District:
    """The park and the town about it."""
    d = District(height)
    d.road("primary", "省道", *moved(MAIN, (X0, Y0)))
    for name, points in STREETS:
        d.road("town", name, *moved(points, (X0, Y0)))
    for id_, name, x, y, people, tag in VILLAGES:
        d.villages.append(Village(id_, name, X0 + x, Y0 + y, people, tag, "临江镇", (0.5, 0.5)))
    groups(d)
    west, east = (X0 - 4500.0, Y0 + 900.0), (X0 + 5500.0, Y0 + 400.0)
    d.add("shelters", id="H1", name="县体育馆", **d.at(*west), kind="larger", township="云城镇",
          capacity=4200, desks=6, bays=5)  # fmt: skip
    d.add("shelters", id="H2", name="第五中学", **d.at(*east), kind="larger", township="东镇",
          capacity=3000, desks=5, bays=4)  # fmt: skip
    d.add("shelters", id="HM", name="县中医院", **d.at(*west), kind="hospital", township="云城镇",
          capacity=260, desks=2, bays=2)  # fmt: skip
    d.add("exits", id="X1", name="县城方向投亲", **d.at(*west), kind="relatives")
    d.add("exits", id="X2", name="东镇方向", **d.at(*east), kind="exit")
    d.add("depots", id="D1", name="县公交公司", **d.at(*west))
    buses(d, "D1", 14, 8, 0.7)
    d.add("stations", id="ST1", name="化工园区消防站", **d.at(X0, Y0 + 600.0), township="临江镇")
    d.add("teams", id="T1", name="危化救援队", station="ST1", boats=0, persons_per_trip=6,
          night_ok="yes", ready_min=6)  # fmt: skip
    d.add("teams", id="T2", name="危化救援队搜救组", station="ST1", boats=0, night_ok="yes",
          ready_min=6, skills="search:1", vehicle_class="car")  # fmt: skip
    d.add("emergencies", id="MISSING", name="点名不到", arises="missing", needs="search:1",
          report_min=3, work_min=20, priority=0)  # fmt: skip
    for id_, name, x, y in GATES:
        d.add("assembly_points", id=id_, name=name, **d.at(X0 + x, Y0 + y), zone="Z01", bays=2)
    d.add("posts", id="P0", name="县应急指挥部", level="county", callers=4)
    d.add("posts", id="P1", name="园区管委会", level="township", parent="P0", township="临江镇",
          callers=3)  # fmt: skip
    d.add("facilities", id="F1", name="园区夜班职工", **d.at(X0, Y0 + 150.0), kind="site",
          zone="Z01", occupants_day=900, occupants_night=260, occupants_holiday=150, party_size=20,
          wheelchair_share=0, ambulance_share=0, way_out="coach", ready_min=8)  # fmt: skip
    return d


def grids() -> dict[str, str]:
    """No grids: the plume is a formula."""
    return {}


def scenario() -> dict[str, Any]:
    """scenario.yaml."""
    return {
        "name": {"zh": "临江化工园区氯气泄漏（虚构）", "en": "Chlorine at Linjiang park (made up)"},
        "clock_start": "2025-11-08T22:00",
        "horizon_min": 840,
        "crs": {"tables": "EPSG:4547", "roads": "EPSG:4547", "hazard": "EPSG:4547"},
        "present": {"hour": "night", "holiday": False},
        "hazard": {
            "kind": "hazardous_release",
            "step_min": 5,
            "ensemble": {"seed": 5, "members": 32, "false_alarm_members": 6},
            "gas": {
                "at": [X0 + TANK[0], Y0 + TANK[1]],
                "substance": {"zh": "氯", "en": "chlorine"},
                "rate_kg_s": {"dist": "triangular", "low": 0.5, "mode": 2, "high": 6},
                "starts_min": {"dist": "uniform", "low": 20, "high": 80},
                "lasts_min": {"dist": "triangular", "low": 30, "mode": 60, "high": 150},
                "density_ratio": 2.5,
            },
            "limits": {"harm_mg_m3": 5.8, "deadly_mg_m3": 58},
            "weather": [
                {"from_min": 0, "wind_m_s": 2.2, "wind_from_deg": 345, "stability": "E"},
                {"from_min": 120, "wind_m_s": 1.6, "wind_from_deg": 20, "stability": "F"},
            ],
            "ground": "urban",
            "wind_factor": {"dist": "triangular", "low": 0.7, "mode": 1, "high": 1.5},
            "wind_turn_deg": {"dist": "triangular", "low": -45, "mode": 0, "high": 45},
            "air_changes_per_h": 0.5,
            "isolation_m": 500,
            "isolated_after_min": 20,
            "protective_m": 3000,
            "watchers": [
                {"id": "sensors", "name": {"zh": "园区气体报警器", "en": "gas sensors"},
                 "at": [X0, Y0], "radius_m": 1000, "share": 0.9, "false_per_day": 0.5,
                 "delay_min": {"dist": "triangular", "low": 1, "mode": 3, "high": 8}},
                {"id": "staff", "name": {"zh": "岗位人员", "en": "staff"}, "at": [X0, Y0],
                 "radius_m": 1000, "share": 0.95,
                 "delay_min": {"dist": "triangular", "low": 2, "mode": 6, "high": 20}},
                {"id": "public", "name": {"zh": "群众报警", "en": "the public"}, "share": 0.9,
                 "grown_min": 10, "delay_min": {"dist": "lognormal", "median": 15, "p90": 40}},
            ],
            "cancelled_after_min": 60,
        },
        "sources": [
            "虚构园区，数量级见 README.md",
            "5.8、58 mg/m³ 约为氯 60 分钟 AEGL-2（2 ppm）和 AEGL-3（20 ppm）：凭印象，须核对",
        ],
        "assumptions": [
            "路上是室外浓度，村和社区是关窗屋内浓度（每小时换气 0.5 次，判断）；集合点也按屋内算",
            "重气只按变宽、不加浓修正；不计逆风扩散和顺坡流",
        ],
    }  # fmt: skip


def announced(area: str) -> dict[str, Any]:
    """Out of an area as soon as it is announced."""
    return {"signal": "announced_area", "area": area, "action": "move"}


MUSTER: dict[str, Any] = {
    "facility": "F1", "points": ["G1", "G2"], "latest_min": 25, "missing_share": 0.08,
    "roll_call_min": {"dist": "triangular", "low": 5, "mode": 8, "high": 20},
}  # fmt: skip
"""The night shift gathers at the gate outside the announced areas and is counted (judgement)."""

WASHED: dict[str, Any] = {
    "manage": {"guards": True, "wash": {"lanes": 3, "wash_min": {"dist": "triangular", "low": 2,
                                                                 "mode": 5, "high": 10}},
               "muster": [MUSTER]},
}  # fmt: skip
"""Three lanes at every shelter for those whose houses the gas had filled (judgement)."""


def plans() -> dict[str, str]:
    """Move at once, stay in and move afterwards, or move only who is near."""
    return {
        "a_all_out": plan_text(
            ("一报就全转", "Everybody out at once"),
            "报警即全部转移，车穿过园区周边道路。",
            [expected(24, "move")], **WASHED,
        ),
        "b_stay_in": plan_text(
            ("先关窗，两小时后再转", "Windows shut, out two hours later"),
            "报警即关门闭窗，约两小时后毒气散去再转移通风。",
            [expected(24, "move")],
            when={"shift_min": 120}, **WASHED,
        ),
        "c_rings": plan_text(
            ("近圈关窗，中外圈先转", "Near ring stays in, the others go"),
            "近圈不出门，中圈、外圈报警即转移。",
            [expected(24, "move", "中圈", "外圈"), {"signal": "clock", "at": "+1 03:00",
             "action": "move", "tags": ["近圈"]}], **WASHED,
        ),
        "d_by_area": plan_text(
            ("只转公布的区域", "Only the announced areas go"),
            "初始隔离区、下风防护区里有人住的片区转移，风向变了跟着加；别处关窗不动。",
            [announced("isolation"), announced("protective")], **WASHED,
        ),
    }  # fmt: skip
