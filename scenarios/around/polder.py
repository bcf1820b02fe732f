"""``yunling_polder``: a polder behind a dike, a leak found in the afternoon, a breach."""

from __future__ import annotations

from typing import Any

from making.keyed import noise

from around.district import District, Village, buses, groups, moved
from around.plan_parts import expected, plan_text

X0, Y0 = 655_000.0, 3_040_000.0
WIDTH, LENGTH = 5000.0, 6200.0
DIKE_M, BANK_M = 60.0, 35.4
BREACH = (0.0, 4300.0)
VILLAGES = (
    ("01", "临堤村", 700.0, 4300.0, 420, "西片"), ("02", "河口村", 900.0, 2600.0, 380, "西片"),
    ("03", "团结村", 2300.0, 5200.0, 450, "中片"), ("04", "中洲村", 2500.0, 3600.0, 520, "中片"),
    ("05", "新垸村", 2400.0, 1900.0, 430, "中片"), ("06", "红星村", 2200.0, 700.0, 360, "中片"),
    ("07", "东湖村", 4000.0, 4700.0, 400, "东片"), ("08", "向阳村", 4100.0, 2900.0, 470, "东片"),
    ("09", "南闸村", 3900.0, 1200.0, 370, "东片"),
)  # fmt: skip
CROSS = ((700.0, 4300.0), (2500.0, 3600.0), (4100.0, 2900.0), (WIDTH, 2900.0))
LANES = (
    ("北线村道", ((700.0, 4300.0), (2300.0, 5200.0), (4000.0, 4700.0), (WIDTH, 4700.0))),
    ("南线村道", ((900.0, 2600.0), (2400.0, 1900.0), (3900.0, 1200.0), (WIDTH, 1200.0))),
    ("纵向村道", ((2300.0, 5200.0), (2500.0, 3600.0), (2400.0, 1900.0), (2200.0, 700.0))),
    ("西线村道", ((700.0, 4300.0), (900.0, 2600.0))),
    ("闸口路", ((2200.0, 700.0), (2200.0, 0.0))),
)


def height(x: float, y: float) -> float:
    """Fields that fall from west to east, the ring dike above them, high ground in the east."""
    u, v = x - X0, y - Y0
    if u > WIDTH + DIKE_M:
        return 41.0
    edge = min(u, WIDTH - u, v, LENGTH - v)
    if edge < DIKE_M:
        return BANK_M
    return 27.6 - 0.25 * u / 1000 + 0.35 * noise(u, v, 1100, "fields")


def district() -> District:
    """The polder and the high town to its east."""
    d = District(height)
    ring = ((0.0, 0.0), (2200.0, 0.0), (WIDTH, 0.0), (WIDTH, 1200.0), (WIDTH, 2900.0),
            (WIDTH, 4700.0), (WIDTH, LENGTH), (0.0, LENGTH), (0.0, 4300.0), (0.0, 0.0))  # fmt: skip
    d.road("village", "堤顶路", *moved(ring, (X0, Y0)))
    d.road("primary", "县道", *moved(((WIDTH, 2900.0), (WIDTH + 4200.0, 3100.0)), (X0, Y0)))
    d.road("town", "垸内公路", *moved(CROSS, (X0, Y0)))
    for name, points in LANES:
        d.road("village", name, *moved(points, (X0, Y0)))
    for id_, name, x, y, people, tag in VILLAGES:
        d.villages.append(Village(id_, name, X0 + x, Y0 + y, people, tag, "中洲镇", (0.45, 0.55)))
    groups(d)
    town = (X0 + WIDTH + 4200.0, Y0 + 3100.0)
    d.add("shelters", id="H1", name="高地中学", **d.at(*town), kind="larger", township="云城镇",
          capacity=3200, desks=6, bays=4)  # fmt: skip
    d.add("shelters", id="HM", name="县第二医院", **d.at(*town), kind="hospital",
          township="云城镇", capacity=220, desks=2, bays=2)  # fmt: skip
    d.add("exits", id="X1", name="高地方向投亲", **d.at(*town), kind="relatives")
    d.add("depots", id="D1", name="县公交公司", **d.at(*town))
    buses(d, "D1", 9, 8, 0.8)
    d.add("stations", id="ST1", name="县消防救援大队", **d.at(*town), township="云城镇")
    for i in range(4):
        d.add("teams", id=f"T{i + 1}", name=f"水上救援{i + 1}组", station="ST1", boats=2,
              persons_per_trip=7, night_ok="yes", ready_min=12)  # fmt: skip
    d.add("posts", id="P0", name="县防指", level="county", callers=4)
    d.add("posts", id="P1", name="中洲镇指挥所", level="township", parent="P0", township="中洲镇",
          callers=3)  # fmt: skip
    d.add("facilities", id="F1", name="中洲敬老院", **d.at(X0 + 2500.0, Y0 + 3600.0),
          kind="care_home", zone="Z04", occupants_day=46, occupants_night=46, occupants_holiday=46,
          party_size=4, wheelchair_share=0.3, ambulance_share=0.1, way_out="coach",
          ready_min=30)  # fmt: skip
    return d


def grids() -> dict[str, str]:
    """No grids: the polder has a table."""
    return {}


def scenario() -> dict[str, Any]:
    """scenario.yaml."""
    inner = DIKE_M / 2
    outline = [
        [X0 + inner, Y0 + inner], [X0 + WIDTH - inner, Y0 + inner],
        [X0 + WIDTH - inner, Y0 + LENGTH - inner], [X0 + inner, Y0 + LENGTH - inner],
    ]  # fmt: skip
    return {
        "name": {"zh": "中洲垸溃堤（虚构）", "en": "Dike breach at Zhongzhou polder (made up)"},
        "clock_start": "2025-07-05T13:00",
        "horizon_min": 2160,
        "crs": {"tables": "EPSG:4547", "roads": "EPSG:4547", "hazard": "EPSG:4547"},
        "present": {"hour": "day", "holiday": False},
        "hazard": {
            "kind": "dike_breach",
            "step_min": 2,
            "ensemble": {"seed": 3, "members": 30, "false_alarm_members": 6},
            "area": outline,
            "storage": [
                {"level_m": 25.8, "area_km2": 0.5}, {"level_m": 26.6, "area_km2": 12},
                {"level_m": 27.4, "area_km2": 26}, {"level_m": 28.2, "area_km2": 31},
                {"level_m": 36, "area_km2": 31},
            ],
            "opening": {
                "at": [X0 + BREACH[0], Y0 + BREACH[1]],
                "begins_min": {"dist": "triangular", "low": 120, "mode": 280, "high": 540},
                "sill_m": 26.5,
                "width": [[0, 10], [72, 100], [312, 150], [1032, 226]],
                "width_factor": {"dist": "triangular", "low": 0.5, "mode": 0.9, "high": 1.3},
            },
            "outer": [[0, 33.2], [600, 33.4], [1500, 32.8], [2200, 32.3]],
            "outer_shift_m": {"dist": "triangular", "low": -0.5, "mode": 0, "high": 0.4},
            "front_m_per_h": {"dist": "triangular", "low": 500, "mode": 900, "high": 1800},
            "onset": {
                "first_warning_h": 4, "cancelled_h_before": 0.5,
                "error_h_at_24h": {"dist": "triangular", "low": -3, "mode": 1, "high": 6},
            },
        },
        "sources": [
            "虚构圩垸；口门宽度过程取自团洲垸 2024 的公开报道（须核对原文），其余为设定",
        ],
        "assumptions": [
            "外河水位不因进洪下降；圩内水面处处齐平，水头按固定速度推进",
            "发现管涌后 4 小时内可能溃决；空报成员里险情被堵住",
        ],
    }  # fmt: skip


def plans() -> dict[str, str]:
    """On the leak, on the last hour, or the part beside the leak first."""
    return {
        "a_on_breach": plan_text(
            ("快守不住了才转", "When the dike is about to go"),
            "预计溃决前1小时下令全垸转移，之前只准备。",
            [expected(3, "prepare"), expected(1, "move")],
        ),
        "b_on_leak": plan_text(
            ("一出险就全转", "Everybody on the leak"),
            "发现管涌即全垸转移。",
            [expected(24, "move")],
        ),
        "c_near_first": plan_text(
            ("近堤先转、远片随后", "Near the leak first"),
            "发现管涌西片先转、其他准备；预计溃决前2小时中片和东片转。",
            [
                expected(24, "move", "西片"), expected(24, "prepare", "中片", "东片"),
                expected(2, "move", "中片", "东片"),
            ],
        ),
    }  # fmt: skip
