"""``yunling_quake``: a strong earthquake under a small town, at night."""

from __future__ import annotations

from typing import Any

from making.keyed import noise

from around.district import District, Village, buses, groups, moved
from around.plan_parts import expected, plan_text

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
          township="云西镇", capacity=2600, desks=5, bays=4)  # fmt: skip
    d.add("shelters", id="H2", name="东郊广场（帐篷）", **d.at(*east), kind="larger",
          township="云西镇", capacity=2600, desks=5, bays=4)  # fmt: skip
    d.add("shelters", id="HM", name="野战医疗队", **d.at(*east), kind="hospital",
          township="云西镇", capacity=400, desks=3, bays=3)  # fmt: skip
    d.add("exits", id="X1", name="外县投亲", **d.at(*east), kind="relatives")
    d.add("depots", id="D1", name="县公交公司", **d.at(*east))
    buses(d, "D1", 9, 6, 0.6)
    d.add("stations", id="ST1", name="县消防救援大队", **d.at(*east), township="云西镇")
    d.add("stations", id="ST2", name="市支援力量", **d.at(*west), township="云西镇")
    for i in range(6):
        station, ready = ("ST1", 15) if i < 3 else ("ST2", 120)
        d.add("teams", id=f"T{i + 1}", name=f"地震救援{i + 1}队", station=station, boats=4,
              persons_per_trip=6, night_ok="yes", ready_min=ready)  # fmt: skip
    d.add("posts", id="P0", name="县抗震救灾指挥部", level="county", callers=4)
    d.add("posts", id="P1", name="云西镇指挥所", level="township", parent="P0", township="云西镇",
          callers=3)  # fmt: skip
    return d


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


def plans() -> dict[str, str]:
    """After a long consultation, at once, or at once with the forces called by the shaking."""
    slow = {"consult_min": {"dist": "lognormal", "median": 90, "p90": 180}}
    quick = {"consult_min": {"dist": "lognormal", "median": 10, "p90": 25}}
    after = [expected(0, "move")]
    return {
        "a_after_meeting": plan_text(
            ("会商后再动", "After a meeting"), "震后会商约一个半小时再下令，队伍等求救才出动。",
            after, when=slow, rescue={"call_on": "incident", "rule": "nearest"},
            fleet={"call_on": "move", "rule": "nearest", "hold_min": 20, "min_people": 10},
        ),
        "b_at_once": plan_text(
            ("震后即动", "At once"), "有震感即启动，先救人多的地方。", after, when=quick,
            rescue={"call_on": "incident", "rule": "largest"},
        ),
        "c_nearest_first": plan_text(
            ("震后即动、就近先救", "At once, nearest first"), "有震感即启动，队伍就近先救。", after,
            when=quick, rescue={"call_on": "incident", "rule": "nearest"},
        ),
    }  # fmt: skip
