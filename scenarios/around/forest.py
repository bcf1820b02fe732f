"""``yunling_fire``: a forest valley, a fire on the ridge to the north-west, an afternoon wind."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from making.keyed import noise

from around.district import District, Points, Village, buses, groups, moved
from around.plan_parts import expected, plan_text

X0, Y0 = 625_000.0, 3_030_000.0
CELL, COLS, ROWS = 100, 120, 100
VALLEY = ((50.0, 5300.0), (2600.0, 4700.0), (5200.0, 4900.0), (8300.0, 4300.0), (11_950.0, 4100.0))
BRANCHES = (
    ("北沟村道", ((2600.0, 4700.0), (3000.0, 5900.0), (3300.0, 6900.0))),
    ("石门村道", ((5200.0, 4900.0), (5600.0, 6000.0), (6100.0, 7200.0))),
    ("松坪村道", ((8300.0, 4300.0), (8700.0, 5600.0), (8900.0, 6700.0))),
    ("南坑村道", ((2600.0, 4700.0), (2900.0, 3500.0), (3200.0, 2300.0))),
    ("油茶村道", ((8300.0, 4300.0), (8000.0, 3200.0), (7900.0, 2100.0))),
)
VILLAGES = (
    ("01", "北沟", 3300.0, 6900.0, 210, "北片"), ("02", "北沟口", 3000.0, 5900.0, 260, "北片"),
    ("03", "石门", 6100.0, 7200.0, 180, "北片"), ("04", "石门下", 5600.0, 6000.0, 240, "北片"),
    ("05", "松坪", 8900.0, 6700.0, 190, "北片"), ("06", "大桥", 2600.0, 4700.0, 420, "河谷"),
    ("07", "罗坊", 5200.0, 4900.0, 460, "河谷"), ("08", "水口", 8300.0, 4300.0, 380, "河谷"),
    ("09", "南坑", 3200.0, 2300.0, 230, "南片"), ("10", "油茶", 7900.0, 2100.0, 200, "南片"),
)  # fmt: skip
START = (2200.0, 8700.0)


def height(x: float, y: float) -> float:
    """Hills that rise from the valley floor at about y = 4,700 to both sides, metres."""
    u, v = x - X0, y - Y0
    away = abs(v - 4700.0) / 1000
    return 220.0 + 45.0 * away * (1 + 0.25 * noise(u, v, 1600, "hills")) + 6 * noise(u, v, 500, "h")


def fuel(u: float, v: float) -> int:
    """Fuel number of a cell centre: 0 fields and houses, 1 mixed, 2 pine, 3 grass, 4 shrub."""
    if any((u - x) ** 2 + (v - y) ** 2 < 160**2 for _, _, x, y, _, _ in VILLAGES):
        return 0
    if abs(v - _valley_y(u)) < 180 and noise(u, v, 700, "fields") > -0.35:
        return 0
    wild = noise(u, v, 900, "fuel")
    return 3 if wild > 0.45 else 4 if wild > 0.25 else 2 if wild > -0.2 else 1


def _valley_y(u: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(VALLEY):
        if x0 <= u <= x1:
            return y0 + (y1 - y0) * (u - x0) / (x1 - x0)
    return VALLEY[-1][1]


def grids() -> dict[str, str]:
    """fuel.asc and elevation.asc."""
    head = f"ncols {COLS}\nnrows {ROWS}\nxllcorner {X0:.0f}\nyllcorner {Y0:.0f}\ncellsize {CELL}\n"
    fuels, heights = [], []
    for row in range(ROWS):
        v = (ROWS - row - 0.5) * CELL
        along = [(col + 0.5) * CELL for col in range(COLS)]
        fuels.append(" ".join(str(fuel(u, v)) for u in along))
        heights.append(" ".join(f"{height(X0 + u, Y0 + v):.0f}" for u in along))
    return {
        "fuel.asc": head + "\n".join(fuels) + "\n",
        "elevation.asc": head + "\n".join(heights) + "\n",
    }


def district() -> District:
    """The forest township."""
    d = District(height)
    d.road("primary", "县道", *moved(VALLEY, (X0, Y0)))
    for name, points in BRANCHES:
        d.road("village", name, *moved(points, (X0, Y0)))
    for id_, name, x, y, people, tag in VILLAGES:
        d.villages.append(Village(id_, name, X0 + x, Y0 + y, people, tag, "林坪乡"))
    groups(d)
    east, west = (X0 + 11_950.0, Y0 + 4100.0), (X0 + 50.0, Y0 + 5300.0)
    d.add("shelters", id="H1", name="县第三中学", **d.at(*east), kind="larger", township="云城镇",
          capacity=2600, desks=5, bays=4)  # fmt: skip
    d.add("shelters", id="H2", name="西镇中心小学", **d.at(*west), kind="larger", township="西镇",
          capacity=900, desks=2, bays=2)  # fmt: skip
    d.add("shelters", id="HM", name="县人民医院", **d.at(*east), kind="hospital",
          township="云城镇", capacity=200, desks=2, bays=1)  # fmt: skip
    d.add("exits", id="X1", name="县城方向投亲", **d.at(*east), kind="relatives")
    d.add("exits", id="X2", name="西镇方向", **d.at(*west), kind="exit")
    d.add("depots", id="D1", name="县公交公司", **d.at(*east))
    buses(d, "D1", 8, 6, 0.85)
    d.add("stations", id="ST1", name="森林消防中队", **d.at(*east), township="云城镇")
    d.add("teams", id="T1", name="森林消防一组", station="ST1", boats=0, persons_per_trip=6,
          night_ok="yes", ready_min=10)  # fmt: skip
    d.add("posts", id="P0", name="县森防指", level="county", callers=4)
    d.add("posts", id="P1", name="林坪乡指挥所", level="township", parent="P0", township="林坪乡",
          callers=2)  # fmt: skip
    d.add("facilities", id="F1", name="石门峡景区", **d.at(X0 + 5600.0, Y0 + 6000.0),
          kind="tourist", zone="Z04", occupants_day=520, occupants_night=40,
          occupants_holiday=900, party_size=3,
          wheelchair_share=0, ambulance_share=0, way_out="own_car", ready_min=15)  # fmt: skip
    return d


def _listed(points: Points) -> list[list[float]]:
    return [list(point) for point in moved(points, (X0, Y0))]


def scenario() -> dict[str, Any]:
    """scenario.yaml."""
    lines = [
        {"id": "L1", "line": _listed(((2200.0, 7500.0), (4200.0, 7300.0))), "m_per_h": 300,
         "arrives_after_min": {"dist": "triangular", "low": 70, "mode": 110, "high": 200}},
        {"id": "L2", "line": _listed(((4300.0, 5600.0), (6600.0, 6600.0))), "m_per_h": 300,
         "arrives_after_min": {"dist": "triangular", "low": 120, "mode": 180, "high": 300}},
        {"id": "B1", "line": _listed(((1000.0, 9300.0), (900.0, 6000.0))), "is_there": True},
    ]  # fmt: skip
    watchers = [
        {"id": "tower", "name": {"zh": "瞭望塔", "en": "look-out"},
         "at": [X0 + 5200.0, Y0 + 8800.0], "radius_m": 6000, "share": 0.85, "grown_min": 15,
         "delay_min": {"dist": "triangular", "low": 3, "mode": 8, "high": 20},
         "hours": [420, 1140]},
        {"id": "camera", "name": {"zh": "高点摄像机", "en": "camera"},
         "at": [X0 + 2600.0, Y0 + 4800.0], "radius_m": 5000, "share": 0.7, "grown_min": 12,
         "delay_min": {"dist": "triangular", "low": 2, "mode": 4, "high": 15},
         "false_per_day": 0.8},
        {"id": "satellite", "name": {"zh": "卫星热点", "en": "satellite"}, "share": 0.8,
         "grown_min": 45, "looks_every_min": 30, "delay_min": 20},
        {"id": "public", "name": {"zh": "群众报警", "en": "the public"}, "share": 0.95,
         "grown_min": 20, "delay_min": {"dist": "lognormal", "median": 35, "p90": 90}},
    ]  # fmt: skip
    return {
        "name": {"zh": "林坪乡森林火灾（虚构）", "en": "Forest fire at Linping (made up)"},
        "clock_start": "2025-04-04T12:00",
        "horizon_min": 1440,
        "crs": {"tables": "EPSG:4547", "roads": "EPSG:4547", "hazard": "EPSG:4547"},
        "present": {"hour": "day", "holiday": False},
        "hazard": {
            "kind": "forest_fire",
            "step_min": 2,
            "ensemble": {"seed": 11, "members": 24, "false_alarm_members": 4},
            "terrain": {
                "fuel": "fuel.asc", "elevation": "elevation.asc",
                "factors": {"0": 0, "1": 0.7, "2": 1.0, "3": 1.6, "4": 1.8},
            },
            "ignition": [[X0 + START[0], Y0 + START[1]]],
            "starts_min": {"dist": "uniform", "low": 30, "high": 150},
            "weather": [
                {"from_min": 0, "wind_m_s": 8, "wind_from_deg": 320, "temperature_c": 29},
                {"from_min": 420, "wind_m_s": 6, "wind_from_deg": 300, "temperature_c": 24},
                {"from_min": 660, "wind_m_s": 3, "wind_from_deg": 280, "temperature_c": 17},
            ],
            "wind_factor": {"dist": "triangular", "low": 0.7, "mode": 1.0, "high": 1.4},
            "wind_turn_deg": {"dist": "triangular", "low": -25, "mode": 0, "high": 25},
            "rate_factor": {"dist": "triangular", "low": 0.7, "mode": 1.0, "high": 1.5},
            "spotting": {"share_at_10_m_s": 0.01, "mean_m": 250, "burns_after_min": 8},
            "lines": lines,
            "watchers": watchers,
            "near_m": 200,
            "smoke_m": 1200,
            "flames_min": 90,
            "onset": {
                "first_warning_h": 24, "cancelled_h_before": 1,
                "error_h_at_24h": {"dist": "triangular", "low": -4, "mode": 0, "high": 4},
            },
        },
        "sources": ["虚构林区，数量级见 README.md；火的蔓延系数取自参数库 hazards（中等可信度）"],
        "assumptions": [
            "白天在村人口；地表火，一种天气管全图；烟只看风向和距离",
            "“来火”指火线离第一个村 200 米以内；烧过的地方一个半小时后算安全",
        ],
    }  # fmt: skip


BURNT = {
    "id": "burnt", "name": {"zh": "过火率不超过50‰", "en": "at most 50 ‰ burnt"},
    "measure": "burnt_permille", "at_most": 50, "probability": 0.9,
}  # fmt: skip
"""No plan moves it: it says whether look-outs and crews are quick enough."""


def plans() -> dict[str, str]:
    """Three decisions over the same means."""
    return {
        "a_wait_and_see": plan_text(
            ("看火势再定", "Wait and see"),
            "预计火到第一个村前2小时全乡转移，之前只准备。",
            [expected(4, "prepare"), expected(2, "move")], response_targets=[BURNT],
        ),
        "b_on_report": plan_text(
            ("一报火就转", "Everybody on the report"),
            "火情一报，全乡立即转移。",
            [expected(24, "move")], response_targets=[BURNT],
        ),
        "c_staged": plan_text(
            ("下风先转、分片转移", "Downwind first, then by parts"),
            "火情一报北片先转，河谷准备；火到前5小时河谷转，2小时南片转。",
            [
                expected(24, "move", "北片"), expected(24, "prepare", "河谷", "南片"),
                expected(5, "move", "河谷"), expected(2, "move", "南片"),
            ], response_targets=[BURNT],
        ),
    }  # fmt: skip
