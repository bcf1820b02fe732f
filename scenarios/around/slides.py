"""``yunling_slides``: a valley road under slopes that fail when it rains long enough."""

from __future__ import annotations

from typing import Any

from making.keyed import noise

from around.district import District, Village, buses, groups, moved
from around.plan_parts import Rule, expected, plan_text

X0, Y0 = 668_000.0, 3_055_000.0
VILLAGES = (
    ("01", "上坪组", -5200.0, 300.0, 190, "坡脚"), ("02", "大崩组", -3800.0, -250.0, 220, "坡脚"),
    ("03", "石坑组", -2400.0, 350.0, 170, "坡脚"), ("04", "水口村", -1200.0, -100.0, 380, "谷底"),
    ("05", "梯田组", -3000.0, 1500.0, 160, "坡脚"), ("06", "岭背组", -1500.0, 1900.0, 210, "坡脚"),
    ("07", "河边村", 600.0, 100.0, 420, "谷底"),
)  # fmt: skip
ROADS = (
    ("town", "谷道", ((-5200.0, 300.0), (-3800.0, -250.0), (-2400.0, 350.0), (-1200.0, -100.0),
                    (600.0, 100.0), (5200.0, -300.0))),
    ("town", "县道", ((5200.0, -300.0), (7500.0, 2500.0), (5500.0, 6000.0), (8500.0, 9000.0),
                    (4000.0, 11000.0))),
    ("village", "岭背路", ((-3000.0, 1500.0), (-1500.0, 1900.0), (-1200.0, -100.0))),
)  # fmt: skip
SLOPES = (
    ("DZ01", "上坪滑坡", ((-5200.0, 800.0), (-5200.0, 250.0)), 160.0, 0.18),
    ("DZ02", "大崩滑坡", ((-3750.0, -900.0), (-3800.0, -200.0)), 200.0, 0.2),
    ("DZ03", "石坑沟泥石流", ((-2350.0, 1600.0), (-2400.0, 900.0), (-2400.0, 300.0)), 140.0, 0.15),
    ("DZ04", "梯田滑坡", ((-3000.0, 1900.0), (-3000.0, 1450.0)), 150.0, 0.18),
    ("DZ05", "岭背滑坡", ((-1500.0, 2350.0), (-1500.0, 1850.0)), 170.0, 0.18),
    ("DZ06", "谷口边坡", ((-300.0, 500.0), (-300.0, -100.0)), 90.0, 0.05),
    ("DZ07", "县道下段边坡", ((7000.0, 4550.0), (6400.0, 4200.0)), 80.0, 0.0),
    ("DZ08", "县道上段边坡", ((6450.0, 10450.0), (6200.0, 9900.0)), 80.0, 0.0),
)

TEAMS = (
    # 编号、名称、驻地、技能、装备、车辆、隶属、准备
    ("T1", "山地救援1组", "ST1", "search:6", "", "high_clearance", "county", 15),
    ("T2", "山地救援2组", "ST1", "search:6", "", "high_clearance", "county", 15),
    ("T3", "山地救援3组", "ST1", "search:6", "", "high_clearance", "county", 15),
    ("M1", "石岭乡应急分队", "ST2", "search:4", "", "on_foot", "township", 20),
    ("E1", "县公路养护抢险队", "ST3", "digger:1", "digger:1", "truck", "county", 40),
    ("E2", "协议挖掘机", "ST3", "digger:1", "digger:1", "truck", "county", 60),
)  # fmt: skip


class Gauged(District):
    """A district whose zones listen to one rain gauge."""

    def _village(self, v: Village) -> None:
        super()._village(v)
        self.tables["zones"][-1]["rain_gauge"] = "YL1"


def height(x: float, y: float) -> float:
    """A valley floor that falls to the east, steep sides up to a plateau."""
    side = min(abs(y - Y0) / 1000, 2.2)
    return 320.0 - (x - X0) / 100 + 190 * side * side + 6 * noise(x, y, 700, "valley")


def district() -> District:
    """The valley and the town at its mouth."""
    d = Gauged(height)
    for kind, name, points in ROADS:
        d.road(kind, name, *moved(points, (X0, Y0)))
    for id_, name, x, y, people, tag in VILLAGES:
        d.villages.append(Village(id_, name, X0 + x, Y0 + y, people, tag, "石岭乡", (0.4, 0.6)))
    groups(d)
    d.add("gauges", id="YL1", name="石岭雨量站", **d.at(X0 - 2400.0, Y0 + 350.0), kind="rain")
    town = (X0 + 5200.0, Y0 - 300.0)
    d.add("shelters", id="H1", name="谷口小学", **d.at(*town), kind="larger", township="云城镇",
          capacity=1500, desks=4, bays=3)  # fmt: skip
    d.add("shelters", id="HM", name="谷口卫生院", **d.at(*town), kind="hospital", township="云城镇",
          capacity=120, desks=1, bays=2)  # fmt: skip
    d.add("exits", id="X1", name="县城方向投亲", **d.at(*town), kind="relatives")
    d.add("depots", id="D1", name="县客运站", **d.at(*town))
    buses(d, "D1", 4, 7, 0.8)
    _forces(d, town)
    d.add("posts", id="P0", name="县应急指挥部", level="county", callers=3)
    d.add("posts", id="P1", name="石岭乡指挥所", level="township", parent="P0", township="石岭乡",
          callers=3)  # fmt: skip
    return d


def _forces(d: District, town: tuple[float, float]) -> None:
    """Who digs out people and who opens the road; nobody but they opens it."""
    seat = (X0 - 1200.0, Y0 - 100.0)
    d.add("stations", id="ST1", name="县消防救援大队", **d.at(*town), township="云城镇")
    d.add("stations", id="ST2", name="石岭乡政府（水口村）", **d.at(*seat), township="石岭乡")
    d.add("stations", id="ST3", name="县公路养护中心", **d.at(X0 + 4000.0, Y0 + 11000.0),
          township="云城镇")  # fmt: skip
    for id_, name, station, skills, equipment, vehicle, tier, ready in TEAMS:
        d.add("teams", id=id_, name=name, station=station, boats=0, night_ok="yes",
              ready_min=ready, skills=skills, equipment=equipment, vehicle_class=vehicle,
              tier=tier)  # fmt: skip
    d.add("emergencies", id="BURIED", name="塌方埋人", arises="buried", needs="search:4",
          priority=1, work_min=60, report_min=15, report_p90_min=40)  # fmt: skip
    d.add("emergencies", id="ROAD", name="塌方断路", arises="road", needs="digger:1",
          priority=2, work_min=45, report_min=15, report_p90_min=40)  # fmt: skip


def grids() -> dict[str, str]:
    """No grids: slopes are lines."""
    return {}


def _slope(id_: str, name: str, course: Any, width: float, buried: float) -> dict[str, Any]:
    return {
        "id": id_, "name": {"zh": name}, "width_m": width, "speed_m_s": 8,
        "course": [[x, y] for x, y in moved(course, (X0, Y0))],
        "threshold": {"alpha": 14.82, "beta": 0.39, "wet_mm": 150, "wet_share": 0.3},
        "local_factor": {"dist": "triangular", "low": 1.8, "mode": 3.6, "high": 9},
        "antecedent_mm": {"dist": "uniform", "low": 30, "high": 140},
        "after_min": {"dist": "triangular", "low": 20, "mode": 90, "high": 300},
        "buried_share": buried, "killed_share": 0.3,
        "creep_h": {"dist": "uniform", "low": 0.5, "high": 5},
    }  # fmt: skip


def scenario() -> dict[str, Any]:
    """scenario.yaml."""
    return {
        "name": {"zh": "石岭乡滑坡泥石流（虚构）", "en": "Slides in Shiling valley (made up)"},
        "clock_start": "2025-06-20T16:00",
        "horizon_min": 2160,
        "crs": {"tables": "EPSG:4547", "roads": "EPSG:4547", "hazard": "EPSG:4547"},
        "present": {"hour": "night", "holiday": False},
        "hazard": {
            "kind": "landslide",
            "step_min": 10,
            "ensemble": {"seed": 6, "members": 32, "false_alarm_members": 8},
            "storm": {
                "peak_window_min": [300, 780],
                "total_24h_mm": {"dist": "triangular", "low": 90, "mode": 150, "high": 280},
                "peak_hour_mm": {"dist": "triangular", "low": 25, "mode": 42, "high": 75},
                "length_h": {"dist": "uniform", "low": 10, "high": 18},
            },
            "slopes": [_slope(*slope) for slope in SLOPES],
            "watchers": [
                {"id": "gnss", "name": {"zh": "位移监测", "en": "displacement"}, "share": 0.7,
                 "at": [X0 - 4000.0, Y0], "radius_m": 1800, "false_per_day": 0.3,
                 "checked_after_min": 180,
                 "delay_min": {"dist": "triangular", "low": 10, "mode": 20, "high": 60}},
                {"id": "patrol", "name": {"zh": "群测群防", "en": "patrols"}, "share": 0.5,
                 "looks_every_min": 120,
                 "delay_min": {"dist": "triangular", "low": 10, "mode": 25, "high": 90}},
            ],
            "foreseen_error_h_at_24h": {"dist": "uniform", "low": -6, "high": 6},
        },
        "sources": ["虚构山谷；门槛取 Caine 1980，乘以本地系数 1.8–9，当地曲线须替换"],
        "assumptions": ["断路只有挖机来了才通；被埋的人能坚持 0.5–24 小时"],
    }  # fmt: skip


def _rain(hours: int, mm: float, action: str, *tags: str) -> Rule:
    rule: Rule = {"signal": f"rain_{hours}h", "reaches": mm, "action": action}
    return rule | ({"tags": list(tags)} if tags else {})


def plans() -> dict[str, str]:
    """By the monitoring, by rain, by rain with the slopes first; the last with diggers ahead."""
    slopes_first = [
        _rain(3, 25, "move", "坡脚"), _rain(3, 25, "prepare", "谷底"),
        _rain(3, 70, "move", "谷底"), expected(12, "move"),
    ]  # fmt: skip
    called: dict[str, Any] = {"call_on": "prepare", "rule": "nearest"}
    return {
        "a_monitoring": plan_text(
            ("监测报警才转", "On the monitoring"), "监测预计2小时内失稳才转移。",
            [expected(2, "move")],
        ),
        "b_rain": plan_text(
            ("看雨量全转", "Everybody on rain"), "3小时雨量40毫米或监测报警即全转。",
            [_rain(3, 40, "move"), expected(12, "move")],
        ),
        "c_slopes_first": plan_text(
            ("坡脚先转", "Below the slopes first"),
            "3小时雨量25毫米坡脚转、谷底准备；3小时70毫米或监测报警谷底再转。",
            slopes_first,
        ),
        "d_digger_ahead": plan_text(
            ("坡脚先转、一台挖机前置", "Below the slopes first, one digger ahead"),
            "同坡脚先转；准备转移时县公路养护的挖机开进水口村待命，协议挖机留在养护中心。",
            slopes_first, rescue=called | {"staged": {"E1": "A04"}},
        ),
        "e_both_ahead": plan_text(
            ("坡脚先转、两台挖机前置", "Below the slopes first, both diggers ahead"),
            "同坡脚先转；准备转移时一台挖机到水口村、一台到河边村待命。",
            slopes_first, rescue=called | {"staged": {"E1": "A04", "E2": "A07"}},
        ),
    }  # fmt: skip
