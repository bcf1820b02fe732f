"""``yunling_coast``: a bay with fish rafts and building sites under the track of Lekima (2019)."""

from __future__ import annotations

from typing import Any

from making.keyed import noise

from around.district import District, Village, buses, groups, moved
from around.plan_parts import expected, plan_text

X0, Y0 = 652_000.0, 3_146_000.0
VILLAGES = (
    ("01", "外湾渔排", 4200.0, -300.0, 260, "海上"),
    ("02", "内湾渔排", 2600.0, -1500.0, 220, "海上"),
    ("03", "港口工棚", 2000.0, 500.0, 340, "工地"),
    ("04", "滨海新区工棚", 1200.0, -2600.0, 300, "工地"),
    ("05", "海塘村", 1500.0, -800.0, 520, "低地"), ("06", "盐田村", 900.0, -1900.0, 460, "低地"),
    ("07", "东塘村", 700.0, 900.0, 430, "低地"), ("08", "山前村", -1500.0, 300.0, 480, "山前"),
    ("09", "茶岭村", -2300.0, -1400.0, 360, "山前"),
)  # fmt: skip
ROADS = (
    ("primary", "疏港公路", ((2000.0, 500.0), (700.0, 900.0), (-1500.0, 300.0), (-6500.0, 700.0))),
    ("town", "滨海路", ((700.0, 900.0), (1500.0, -800.0), (900.0, -1900.0), (1200.0, -2600.0))),
    ("town", "山前路", ((-1500.0, 300.0), (-2300.0, -1400.0), (900.0, -1900.0))),
    ("village", "外湾码头路", ((2000.0, 500.0), (4200.0, -300.0))),
    ("village", "内湾码头路", ((1500.0, -800.0), (2600.0, -1500.0))),
)
LEKIMA = (
    ("2019-08-07 00:00:00", 128.1, 20.4, 960), ("2019-08-07 06:00:00", 127.7, 21.0, 950),
    ("2019-08-07 12:00:00", 127.0, 21.6, 940), ("2019-08-07 18:00:00", 126.4, 22.1, 935),
    ("2019-08-08 00:00:00", 126.0, 22.7, 935), ("2019-08-08 06:00:00", 125.4, 23.7, 930),
    ("2019-08-08 12:00:00", 124.9, 24.4, 925),
    ("2019-08-08 18:00:00", 124.5, 25.5, 935), ("2019-08-09 00:00:00", 123.4, 26.4, 940),
    ("2019-08-09 06:00:00", 122.5, 27.1, 940), ("2019-08-09 12:00:00", 122.0, 27.5, 940),
    ("2019-08-09 18:00:00", 121.4, 28.3, 950), ("2019-08-10 00:00:00", 120.8, 29.1, 970),
    ("2019-08-10 06:00:00", 120.4, 30.0, 975), ("2019-08-10 12:00:00", 120.5, 30.8, 980),
    ("2019-08-10 18:00:00", 120.6, 31.9, 980), ("2019-08-11 00:00:00", 120.4, 33.5, 980),
)  # fmt: skip
"""Centre and pressure (UTC) of 2019214N15134, WMO values of IBTrACS."""
IN_FA = (
    ("2021-07-23 00:00:00", 125.4, 24.2, 960), ("2021-07-23 06:00:00", 125.1, 24.6, 960),
    ("2021-07-23 12:00:00", 125.0, 24.8, 960), ("2021-07-23 18:00:00", 125.0, 25.5, 965),
    ("2021-07-24 00:00:00", 124.7, 26.4, 960), ("2021-07-24 06:00:00", 124.3, 27.2, 960),
    ("2021-07-24 12:00:00", 124.0, 28.0, 960), ("2021-07-24 18:00:00", 123.7, 28.6, 960),
    ("2021-07-25 00:00:00", 123.0, 29.7, 970), ("2021-07-25 06:00:00", 122.4, 30.0, 970),
    ("2021-07-25 12:00:00", 122.1, 30.2, 975), ("2021-07-25 18:00:00", 121.6, 30.4, 980),
    ("2021-07-26 00:00:00", 121.2, 30.6, 985), ("2021-07-26 06:00:00", 120.9, 30.9, 985),
    ("2021-07-26 12:00:00", 120.4, 31.0, 985), ("2021-07-26 18:00:00", 119.9, 31.2, 985),
    ("2021-07-27 00:00:00", 119.4, 31.3, 985), ("2021-07-27 06:00:00", 119.0, 31.3, 985),
    ("2021-07-27 12:00:00", 118.9, 31.6, 985),
)  # fmt: skip
"""The same of 2021197N17135: slower, weaker, wetter; to be chosen in scenario.yaml (README)."""


def height(x: float, y: float) -> float:
    """Land rises from the sea wall (3 m) to the hills in the west; rafts float."""
    inland = 1800.0 - (x - X0)
    if inland < 0:
        return 2.6
    return 2.9 + inland / 700 + max(inland - 2500.0, 0.0) / 40 + 0.5 * noise(x, y, 900, "coast")


def district() -> District:
    """The bay, its hinterland and the means."""
    d = District(height)
    for kind, name, points in ROADS:
        d.road(kind, name, *moved(points, (X0, Y0)))
    for id_, name, x, y, people, tag in VILLAGES:
        by = (0.3, 0.7) if tag in ("海上", "工地") else (0.55, 0.45)
        d.villages.append(Village(id_, name, X0 + x, Y0 + y, people, tag, "海湾镇", by))
    groups(d)
    town = (X0 - 6500.0, Y0 + 700.0)
    d.add("shelters", id="H1", name="海湾中学", **d.at(*town), kind="larger", township="海湾镇",
          capacity=2600, desks=5, bays=4)  # fmt: skip
    d.add("shelters", id="HM", name="海湾医院", **d.at(*town), kind="hospital", township="海湾镇",
          capacity=200, desks=2, bays=2)  # fmt: skip
    d.add("exits", id="X1", name="山里方向投亲", **d.at(*town), kind="relatives")
    d.add("depots", id="D1", name="海湾公交", **d.at(*town))
    buses(d, "D1", 8, 6, 0.75)
    d.add("stations", id="ST1", name="海湾消防站", **d.at(X0 - 1500.0, Y0 + 300.0),
          township="海湾镇")  # fmt: skip
    for i in range(3):
        d.add("teams", id=f"T{i + 1}", name=f"水上救援{i + 1}组", station="ST1", boats=2,
              persons_per_trip=7, night_ok="yes", ready_min=12)  # fmt: skip
    d.add("posts", id="P0", name="县防指", level="county", callers=4)
    d.add("posts", id="P1", name="海湾镇指挥所", level="township", parent="P0", township="海湾镇",
          callers=3)  # fmt: skip
    return d


def grids() -> dict[str, str]:
    """The tracks."""
    known = (("2019214N15134", LEKIMA), ("2021197N17135", IN_FA))
    rows = [f"{id_},{at},{lon},{lat},{slp}" for id_, one in known for at, lon, lat, slp in one]
    return {"tracks.csv": "\n".join(["track_id,time,lon,lat,slp", *rows]) + "\n"}


def scenario() -> dict[str, Any]:
    """scenario.yaml."""
    outside = ["S01", "S02"]
    sites = ["S03", "S04"]
    return {
        "name": {"zh": "海湾镇台风（虚构海湾，利奇马路径）", "en": "A bay under Lekima's track"},
        "clock_start": "2019-08-08T08:00",
        "horizon_min": 3600,
        "crs": {"tables": "EPSG:4549", "roads": "EPSG:4549", "hazard": "EPSG:4549"},
        "present": {"hour": "day", "holiday": False},
        "hazard": {
            "kind": "typhoon",
            "step_min": 10,
            "ensemble": {"seed": 4, "members": 32, "false_alarm_members": 8},
            "track": {"form": "file", "file": "tracks.csv", "track_id": "2019214N15134"},
            "aside_km_at_24h": {"dist": "uniform", "low": -40, "high": 40},
            "late_h_at_24h": {"dist": "uniform", "low": -2, "high": 2},
            "wind": {
                "radius_km": {"dist": "uniform", "low": 25, "high": 50},
                "shape_b": {"dist": "uniform", "low": 1.0, "high": 1.5},
            },
            "weak": [
                {"places": outside, "harm_gust_m_s": 17.2, "falls_gust_m_s": 28.5,
                 "trapped_share": 0.15, "killed_share": 0.02},
                {"places": sites, "harm_gust_m_s": 24.5, "falls_gust_m_s": 37,
                 "trapped_share": 0.08, "killed_share": 0.01},
            ],
            "surge": {
                "coast": [[X0 + 1800.0, Y0 + y] for y in (1500.0, 0.0, -1500.0, -3000.0)],
                "reach_m": 2500, "set_up": 0.0008, "tide_m": 1.8, "high_tide_min": 2370,
            },
            "onset": {
                "first_warning_h": 36, "cancelled_h_before": 3,
                "error_h_at_24h": {"dist": "triangular", "low": -4, "mode": 0, "high": 4},
            },
        },
        "sources": ["虚构海湾；路径取自 IBTrACS 2019214N15134（利奇马），见 README.md"],
        "assumptions": [
            "楼房里的人不算遇险；海上和工棚按各自门槛；增水按经验式，不计海塘决口",
            "空报成员里台风偏开 500 km",
        ],
    }  # fmt: skip


def _gust(lead_h: int, m_s: float, *tags: str) -> dict[str, Any]:
    """Move when so strong a gust is forecast within so many hours."""
    return {"signal": "forecast_wind", "reaches": m_s, "lead_h": lead_h, "action": "move",
            "tags": list(tags)}  # fmt: skip


def plans() -> dict[str, str]:
    """Everybody late, everybody early, sea and sites first, or by the bulletins of gusts."""
    return {
        "a_late": plan_text(
            ("临近才转", "Close to landfall"), "预计大风前2小时下令。", [expected(2, "move")]
        ),
        "b_early": plan_text(
            ("提前一天全转", "Everybody a day before"), "预计大风前24小时全部转移。",
            [expected(24, "move")],
        ),
        "c_sea_first": plan_text(
            ("先海上和工地，后低地", "Sea and sites first"),
            "预计大风前18小时海上、工地先转，低地和山前准备；前8小时低地转。",
            [
                expected(18, "move", "海上", "工地"), expected(18, "prepare", "低地", "山前"),
                expected(8, "move", "低地"),
            ],
        ),
        "d_by_bulletin": plan_text(
            ("看大风预报", "By the gust bulletin"),
            "预报24小时内阵风八级海上、工地转；12小时内十级低地转；实测八级时还没走的都走。",
            [
                _gust(24, 17.2, "海上", "工地"), _gust(12, 24.5, "低地"),
                {"signal": "observed_wind", "reaches": 17.2, "action": "move",
                 "tags": ["海上", "工地", "低地"]},
            ],
        ),
    }  # fmt: skip
