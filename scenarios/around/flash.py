"""``yunling_flash``: two mountain streams, a night cloudburst, a reservoir that lets water out.

``gully`` plays the same valley with its slopes.
"""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from typing import Any

from making.keyed import noise

from around.district import District, Village, buses, groups, moved
from around.plan_parts import Rule, plan_text

X0, Y0 = 690_000.0, 3_062_000.0
Course = tuple[tuple[float, float, float], ...]
MAIN: Course = (
    (-6500.0, 900.0, 322.0), (-4200.0, 300.0, 299.0), (-1500.0, 0.0, 273.0),
    (1500.0, -500.0, 251.0), (4500.0, -300.0, 234.0),
)  # fmt: skip
SIDE: Course = (
    (-2300.0, 5200.0, 405.0), (-2000.0, 3400.0, 355.0), (-1700.0, 1600.0, 309.0),
    (-1560.0, 500.0, 284.0),
)  # fmt: skip
"""Streams downwards: position and bank level, metres. The side stream ends where the main one's
water begins to count."""
VILLAGES = (
    ("01", "上坑组", -6200.0, 900.0, 150, "干沟"), ("02", "水碓组", -4200.0, 370.0, 240, "干沟"),
    ("03", "沟口村", -1350.0, 90.0, 420, "干沟"), ("04", "下洲村", 1500.0, -420.0, 380, "干沟"),
    ("05", "老屋组", 3000.0, -330.0, 210, "干沟"), ("06", "黄柏头组", -2260.0, 5000.0, 110, "支沟"),
    ("07", "黄柏村", -1930.0, 3400.0, 190, "支沟"), ("08", "石桥组", -1620.0, 1600.0, 160, "支沟"),
)  # fmt: skip
VALLEY = (
    (-6200.0, 900.0), (-4200.0, 370.0), (-1350.0, 90.0), (1500.0, -420.0), (3000.0, -330.0),
    (4500.0, -120.0), (7200.0, 600.0),
)  # fmt: skip
GULLY = ((-2260.0, 5000.0), (-1930.0, 3400.0), (-1620.0, 1600.0), (-1350.0, 90.0))
TOWN = (7200.0, 600.0)
TENTHS = (2, 3, 4, 6, 9, 12, 16, 22, 30, 44, 70, 105, 140, 165, 150, 110, 75, 52, 38, 30, 24, 18,
          14, 10, 8, 6, 4, 3, 2, 1)  # fmt: skip
"""Rain in 0.1 mm by quarter of an hour: 118 mm in seven and a half hours, 56 mm in the worst."""


class Valley(District):
    """A district whose villages have a hall on high ground and listen to gauges."""

    def _village(self, v: Village) -> None:
        super()._village(v)
        side = v.tag == "支沟"
        self.tables["zones"][-1] |= {"gauge": "G2" if side else "G1", "rain_gauge": "R1"}
        self.tables["settlements"][-1] |= {
            "share_village_shelter": 0.5, "village_shelter": f"HV{v.id}",
            "elevation_spread_m": 0.6,
        }  # fmt: skip
        x, y = v.x + (260.0 if side else 0.0), v.y + (0.0 if side else 260.0)
        self.road("village", f"{v.name}坡上路", (v.x, v.y), (x, y))
        self.add("shelters", id=f"HV{v.id}", name=f"{v.name}祠堂（高处）", **self.at(x, y),
                 kind="village", township="清溪乡", capacity=round(v.people * 0.8), desks=1,
                 bays=1)  # fmt: skip


def height(x: float, y: float) -> float:
    """Terraces along the streams, steep sides behind them."""
    ground = min(_beside(course, x - X0, y - Y0) for course in (MAIN, SIDE))
    return ground + 0.15 * noise(x, y, 400, "terrace")


def _beside(course: Course, u: float, v: float) -> float:
    """Ground at a distance from a stream: 1 in 100 for the terrace, then 1 in 5."""
    near, bank = 1e12, 0.0
    for (x0, y0, z0), (x1, y1, z1) in pairwise(course):
        dx, dy = x1 - x0, y1 - y0
        part = ((u - x0) * dx + (v - y0) * dy) / (dx * dx + dy * dy)
        part = min(max(part, 0.0), 1.0)
        away = (u - x0 - part * dx) ** 2 + (v - y0 - part * dy) ** 2
        if away < near:
            near, bank = away, z0 + (z1 - z0) * part
    away = sqrt(near)
    return bank + 0.01 * min(away, 120.0) + 0.2 * max(away - 120.0, 0.0)


def district() -> District:
    """The valley, and the town at its mouth."""
    d = Valley(height)
    d.road("town", "谷道", *moved(VALLEY, (X0, Y0)))
    d.road("village", "黄柏村道", *moved(GULLY, (X0, Y0)))
    for id_, name, x, y, people, tag in VILLAGES:
        d.villages.append(Village(id_, name, X0 + x, Y0 + y, people, tag, "清溪乡", (0.25, 0.25)))
    groups(d)
    for id_, name, (u, v, bank), river in (
        ("G1", "水碓水位站", MAIN[1], "QX"), ("G2", "黄柏水位站", SIDE[1], "HB"),
    ):  # fmt: skip
        d.add("gauges", id=id_, name=name, **d.at(X0 + u, Y0 + v), kind="level", river=river,
              warning_level_m=f"{bank - 0.8:.2f}", guarantee_level_m=f"{bank:.2f}")  # fmt: skip
    d.add("gauges", id="R1", name="黄柏雨量站", **d.at(X0 - 2000.0, Y0 + 3400.0), kind="rain",
          warning_level_m=20, guarantee_level_m=35)  # fmt: skip
    town = (X0 + TOWN[0], Y0 + TOWN[1])
    d.add("shelters", id="H1", name="镇中心小学", **d.at(*town), kind="larger", township="云城镇",
          capacity=1200, desks=4, bays=3)  # fmt: skip
    d.add("shelters", id="HM", name="镇卫生院", **d.at(*town), kind="hospital", township="云城镇",
          capacity=120, desks=1, bays=2)  # fmt: skip
    d.add("exits", id="X1", name="镇上投亲", **d.at(*town), kind="relatives")
    d.add("depots", id="D1", name="县客运站", **d.at(*town))
    buses(d, "D1", 4, 6, 0.75)
    d.add("stations", id="ST1", name="镇消防救援站", **d.at(*town), township="云城镇")
    for i in range(3):
        d.add("teams", id=f"T{i + 1}", name=f"水上救援{i + 1}组", station="ST1", boats=2,
              persons_per_trip=6, night_ok="yes", ready_min=15)  # fmt: skip
    d.add("posts", id="P0", name="县防指", level="county", callers=3)
    d.add("posts", id="P1", name="清溪乡指挥所", level="township", parent="P0", township="清溪乡",
          callers=3)  # fmt: skip
    d.add("facilities", id="F1", name="河滩露营地", **d.at(X0 + 300.0, Y0 - 260.0), kind="camp",
          zone="Z04", occupants_day=160, occupants_night=90, occupants_holiday=240, party_size=4,
          wheelchair_share=0, ambulance_share=0, way_out="own_car", ready_min=12)  # fmt: skip
    return d


def grids() -> dict[str, str]:
    """rain.csv: the table of the rain."""
    rows = [f"{15 * (i + 1)},{tenths / 10:g}" for i, tenths in enumerate(TENTHS)]
    return {"rain.csv": "\n".join(["minute,mm", *rows]) + "\n"}


def rivers() -> list[dict[str, Any]]:
    """The two streams of the hazard section."""
    return [
        {
            "id": "QX", "name": {"zh": "清溪", "en": "Qingxi"}, "course": _listed(MAIN),
            "base_below_bank_m": 2.2, "reach_m": 260, "celerity_km_per_h": 9,
            "rating": [[0, 0], [40, 0.8], [110, 1.6], [220, 2.4], [380, 3.3], [600, 4.2],
                       [1000, 5.6]],
            "catchment": {"area_km2": 58, "lag_min": 75, "first_loss_mm": 20, "loss_mm_per_h": 4},
            "runoff_factor": {"dist": "uniform", "low": 0.8, "high": 1.1},
            "release": {
                "opens_min": {"dist": "triangular", "low": 200, "mode": 260, "high": 340},
                "flow": [[0, 0], [15, 60], [30, 110], [180, 110], [240, 40]], "travel_h": 0.6,
                "notice": {"before_min": 60, "acknowledged_share": 0.85,
                           "acknowledged_after_min": {"dist": "triangular", "low": 3, "mode": 8,
                                                      "high": 30}},
            },
        },
        {
            "id": "HB", "name": {"zh": "黄柏沟", "en": "Huangbai"}, "course": _listed(SIDE),
            "base_below_bank_m": 1.5, "reach_m": 220, "celerity_km_per_h": 11,
            "rating": [[0, 0], [15, 0.6], [45, 1.2], [90, 1.8], [160, 2.6], [260, 3.4], [420, 4.5]],
            "catchment": {"area_km2": 16, "lag_min": 35, "first_loss_mm": 20, "loss_mm_per_h": 4},
            "runoff_factor": {"dist": "uniform", "low": 0.8, "high": 1.1},
            "forecast_up_to_h": 1.5,
        },
    ]  # fmt: skip


def _listed(course: Course) -> list[list[float]]:
    return [[X0 + u, Y0 + v, bank] for u, v, bank in course]


def scenario() -> dict[str, Any]:
    """scenario.yaml."""
    return {
        "name": {"zh": "清溪沟山洪（虚构）", "en": "Flash flood in Qingxi valley (made up)"},
        "clock_start": "2025-06-28T19:00",
        "horizon_min": 1080,
        "crs": {"tables": "EPSG:4547", "roads": "EPSG:4547", "hazard": "EPSG:4547"},
        "present": {"hour": "night", "holiday": False},
        "hazard": {
            "kind": "basin_flood",
            "step_min": 5,
            "ensemble": {"seed": 8, "members": 32, "false_alarm_members": 8},
            "rain": {
                "file": "rain.csv",
                "factor": {"dist": "triangular", "low": 0.7, "mode": 1.1, "high": 1.8},
                "shift_min": {"dist": "uniform", "low": 0, "high": 120},
            },
            "streams": rivers(),
        },
        "sources": ["虚构山谷；单位线、产流、水位流量关系的数量级见 README.md，当地值须替换"],
        "assumptions": [
            "两条溪各用自己的集水区，汇合后不叠加、不顶托；岸以上水面与溪齐平",
            "上游小水库泄洪前一小时发通知，每次有 85 % 的可能被确认；没人确认就等于没有预警",
        ],
    }


def rain(hours: int, mm: float, action: str, *tags: str) -> Rule:
    """Do something when so much rain has fallen."""
    rule: Rule = {"signal": f"rain_{hours}h", "reaches": mm, "action": action}
    return rule | ({"tags": list(tags)} if tags else {})


VILLAGE_MAY = {
    "authority": {"orders_by": "township", "village_alone": True},
    "when": {"consult_min": {"dist": "triangular", "low": 1, "mode": 3, "high": 8},
             "village_reaches": "warning"},
}  # fmt: skip
"""On a mountain stream a consultation in the county seat comes too late."""


def plans() -> dict[str, str]:
    """On the stage at the gauge, on rain, or on rain by the villages themselves."""
    seen: list[Rule] = [
        {"signal": "observed_level", "reaches": "warning", "action": "prepare"},
        {"signal": "observed_level", "reaches": "guarantee", "action": "move"},
    ]
    by_rain = [rain(1, 20, "prepare"), rain(3, 50, "move"), rain(1, 35, "move"),
               {"signal": "onset_forecast", "lead_h": 2, "action": "move"}]  # fmt: skip
    return {
        "a_gauge": plan_text(
            ("见保证水位才转", "At the guarantee level"),
            "水位到警戒准备，到保证水位县里会商下令。", seen,
        ),
        "b_rain": plan_text(
            ("看雨量，县里下令", "On rain, ordered by the county"),
            "1小时20毫米准备，1小时35或3小时50毫米下令；预计2小时内来水也下令。", by_rain,
        ),
        "c_village": plan_text(
            ("看雨量，乡里下令、村里可先转", "On rain, ordered by township or village"),
            "同样的雨量，乡里几分钟定下；失联或水到警戒，村里先转，步行上祠堂为主。", by_rain,
            **VILLAGE_MAY,
        ),
    }  # fmt: skip
