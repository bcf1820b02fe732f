"""``yunling_streets``: a cloudburst over a town: underpasses, a mall below ground, low lanes."""

from __future__ import annotations

from typing import Any

from making.keyed import noise

from around.district import District, Village, buses, groups, moved
from around.flash import rain
from around.plan_parts import Rule, plan_text

X0, Y0 = 705_000.0, 3_030_000.0
ALONG = (-2400.0, -800.0, 800.0, 2400.0)
ACROSS = (1600.0, 600.0, -600.0, -1600.0)
UNDERPASSES = (
    ("U1", "西道口下穿", -2400.0),
    ("U2", "中山路下穿", -800.0),
    ("U3", "站东下穿", 800.0),
)
"""Streets cross the railway at y = 0 below it; the easternmost goes over it."""
VILLAGES = (
    ("01", "铁南里", -800.0, -600.0, 1250, "低洼"), ("02", "河沿巷", -2400.0, -600.0, 860, "低洼"),
    ("03", "南湖新村", 800.0, -1600.0, 940, "低洼"),
)  # fmt: skip
BELOW = (
    ("B1", "站前地下商场", 800.0, 600.0, 520, 60, 5),
    ("B2", "河沿巷地下室租户", -2400.0, -1600.0, 90, 180, 2),
    ("B3", "中医院地下一层", -800.0, 1600.0, 70, 25, 3),
)  # fmt: skip
"""Underground places: id, name, position, people by day and at night, party size."""
TENTHS = (8, 15, 22, 28, 32, 34, 36, 38, 36, 38, 42, 50, 80, 130, 190, 240, 230, 180, 120, 80, 50,
          35, 25, 18, 12, 8)  # fmt: skip
"""Rain in 0.1 mm by ten minutes: two hours of steady rain, then a burst; 177.7 mm in all, 109 mm in
the worst hour."""


class Town(District):
    """A district of houses with floors: most people go upstairs or to a hall near by."""

    def _village(self, v: Village) -> None:
        super()._village(v)
        self.tables["zones"][-1]["rain_gauge"] = "R1"
        self.tables["settlements"][-1] |= {
            "share_in_place": 0.4, "share_village_shelter": 0.3, "village_shelter": f"HV{v.id}",
            "safe_upper_floor_share": 0.5, "elevation_spread_m": 0.4,
        }  # fmt: skip
        x, y = v.x + 500.0, v.y
        self.add("shelters", id=f"HV{v.id}", name=f"{v.name}社区中心", **self.at(x, y),
                 kind="village", township="云城镇", capacity=round(v.people * 0.5), desks=2,
                 bays=1, power_reserve_h=1)  # fmt: skip


def height(x: float, y: float) -> float:
    """A flat town, a little lower south of the railway."""
    return 88.0 - 0.4 * (y - Y0 < 0) + 0.3 * noise(x - X0, y - Y0, 900, "town")


def district() -> District:
    """Streets, low lanes, underground places, the stadium in the north-east."""
    d = Town(height)
    for x in ALONG:
        stops = (ACROSS[0], ACROSS[1], 60.0, 0.0, -60.0, ACROSS[2], ACROSS[3])
        d.road("town", "纵街", *moved(tuple((x, y) for y in stops), (X0, Y0)))
    for y in ACROSS:
        d.road("town", "横街", *moved(tuple((x, y) for x in ALONG), (X0, Y0)))
    d.road("primary", "环路", *moved(((2400.0, 600.0), (4200.0, 900.0)), (X0, Y0)))
    for id_, name, x, y, people, tag in VILLAGES:
        d.villages.append(Village(id_, name, X0 + x, Y0 + y, people, tag, "云城镇", (0.1, 0.2)))
    groups(d)
    for id_, name, x, y, day, night, size in BELOW:
        _below(d, (id_, name), (X0 + x, Y0 + y), (day, night, size))
    d.add("gauges", id="R1", name="站前雨量站", **d.at(X0, Y0), kind="rain",
          warning_level_m=20, guarantee_level_m=40)  # fmt: skip
    high = (X0 + 4200.0, Y0 + 900.0)
    d.add("shelters", id="H1", name="体育中心", **d.at(*high), kind="larger", township="云城镇",
          capacity=2400, desks=6, bays=4)  # fmt: skip
    d.add("shelters", id="HM", name="新院区", **d.at(*high), kind="hospital", township="云城镇",
          capacity=200, desks=2, bays=2)  # fmt: skip
    d.add("exits", id="X1", name="东城投亲", **d.at(*high), kind="relatives")
    d.add("depots", id="D1", name="公交东站", **d.at(*high))
    buses(d, "D1", 6, 6, 0.8)
    d.add("stations", id="ST1", name="站前消防站", **d.at(X0 + 2400.0, Y0 + 600.0),
          township="云城镇")  # fmt: skip
    for i in range(3):
        d.add("teams", id=f"T{i + 1}", name=f"水上救援{i + 1}组", station="ST1", boats=2,
              persons_per_trip=6, night_ok="yes", ready_min=10)  # fmt: skip
    d.add("posts", id="P0", name="县防指", level="county", callers=4)
    d.add("posts", id="P1", name="云城镇指挥所", level="township", parent="P0", township="云城镇",
          callers=4)  # fmt: skip
    return d


Below = tuple[int, int, int]


def _below(d: District, named: tuple[str, str], at: tuple[float, float], people: Below) -> None:
    """An underground place with a zone of its own, and a hall at street level to walk to."""
    (id_, name), (x, y), (day, night, size) = named, at, people
    d.add("zones", id=f"Z{id_}", name=name, township="云城镇", tag="地下",
          priority=len(d.tables.get("zones", [])) + 1, rain_gauge="R1")  # fmt: skip
    d.add("assembly_points", id=f"A{id_}", name=f"{name}出口", **d.at(x + 60.0, y),
          zone=f"Z{id_}", bays=1)  # fmt: skip
    d.add("facilities", id=f"F{id_}", name=name, **d.at(x, y), kind="other", zone=f"Z{id_}",
          occupants_day=day, occupants_night=night, occupants_holiday=day, party_size=size,
          wheelchair_share=0, ambulance_share=0, way_out="on_foot", ready_min=3)  # fmt: skip
    d.add("shelters", id=f"HV{id_}", name=f"{name}对面大厅", **d.at(x + 400.0, y), kind="village",
          township="云城镇", capacity=day + night, desks=3, bays=1)  # fmt: skip


def grids() -> dict[str, str]:
    """rain.csv: the table of the rain."""
    rows = [f"{10 * (i + 1)},{tenths / 10:g}" for i, tenths in enumerate(TENTHS)]
    return {"rain.csv": "\n".join(["minute,mm", *rows]) + "\n"}


def _hollows() -> list[dict[str, Any]]:
    """What fills: underpasses, underground places, low lanes."""
    found: list[dict[str, Any]] = [
        {"id": id_, "name": {"zh": name}, "at": [X0 + x, Y0], "reach_m": 55, "shape": "wedge",
         "length_m": 130, "width_m": 16, "deepest_m": 4, "basin_ha": 3.5, "drain_m3_s": 0.4,
         "fails_at_m": 1.5}
        for id_, name, x in UNDERPASSES
    ]  # fmt: skip
    sizes = {
        "B1": (90, 60, 3.6, 5, 0.4),
        "B2": (45, 14, 2.6, 0.8, 0.07),
        "B3": (50, 30, 3, 2.4, 0.25),
    }
    for id_, name, x, y, *_ in BELOW:
        length, width, deep, basin, drain = sizes[id_]
        found.append(
            {"id": id_, "name": {"zh": name}, "at": [X0 + x, Y0 + y], "reach_m": 20,
             "below_street": True, "shape": "box", "length_m": length, "width_m": width,
             "deepest_m": deep, "basin_ha": basin, "drain_m3_s": drain, "fails_at_m": 0.5}
        )  # fmt: skip
    lanes = {
        "01": (300, 240, 1.4, 60, 3),
        "02": (220, 180, 1.6, 36, 1.8),
        "03": (260, 200, 1.2, 40, 2),
    }
    for id_, name, x, y, _, _ in VILLAGES:
        length, width, deep, basin, drain = lanes[id_]
        found.append(
            {"id": f"L{id_}", "name": {"zh": name}, "at": [X0 + x, Y0 + y], "reach_m": 130,
             "shape": "box", "length_m": length, "width_m": width, "deepest_m": deep,
             "basin_ha": basin, "runoff_share": 0.75, "drain_m3_s": drain}
        )  # fmt: skip
    return found


def scenario() -> dict[str, Any]:
    """scenario.yaml."""
    report = {"dist": "triangular", "low": 3, "mode": 10, "high": 30}
    return {
        "name": {"zh": "云城内涝（虚构）", "en": "Cloudburst over Yuncheng (made up)"},
        "clock_start": "2025-07-20T15:00",
        "horizon_min": 600,
        "crs": {"tables": "EPSG:4547", "roads": "EPSG:4547", "hazard": "EPSG:4547"},
        "present": {"hour": "day", "holiday": False},
        "hazard": {
            "kind": "urban_waterlogging",
            "step_min": 5,
            "ensemble": {"seed": 9, "members": 32, "false_alarm_members": 6},
            "rain": {
                "file": "rain.csv",
                "factor": {"dist": "triangular", "low": 0.5, "mode": 0.9, "high": 1.7},
                "shift_min": {"dist": "uniform", "low": 0, "high": 90},
            },
            "hollows": _hollows(),
            "drain_factor": {"dist": "triangular", "low": 0.5, "mode": 0.9, "high": 1.1},
            "watchers": [
                {"id": "level", "name": {"zh": "下穿积水传感器", "en": "water sensors"},
                 "at": [X0 - 800.0, Y0], "radius_m": 1700, "share": 0.85,
                 "delay_min": {"dist": "triangular", "low": 1, "mode": 2, "high": 8}},
                {"id": "public", "name": {"zh": "群众报警", "en": "the public"}, "share": 0.95,
                 "grown_min": 5, "delay_min": report},
            ],
        },
        "outages": [
            {"id": "switch", "name": {"zh": "站前开闭所（在地下商场）", "en": "switching station"},
             "kind": "power", "reached": "FB1",
             "shelters": [f"HV{id_}" for id_, *_ in VILLAGES],
             "after_min": {"dist": "triangular", "low": 5, "mode": 15, "high": 40},
             "lasts_min": {"dist": "triangular", "low": 240, "mode": 480, "high": 1440}},
        ],
        "sources": ["虚构城区；27 厘米封闭下穿、容积和抽排能力的数量级见 README.md，当地值须替换"],
        "assumptions": [
            "每处低洼各有汇水面积，街面之间不互相漫流；泵站淹到设定深度即停",
            "楼房二层以上安全；地下空间里的人只能走出来",
            "站前开闭所设在地下商场，淹了社区中心停电；应急灯和小发电机撑 1 小时，夜里没电就再转移",
        ],
    }  # fmt: skip


def _underpass_edges() -> list[str]:
    """Ids of the road pieces below the railway."""
    d = district()
    nodes = {name: at for at, name in d.nodes.items()}
    columns = {round(X0 + x) for _, _, x in UNDERPASSES}
    return [
        str(edge["id"])
        for edge in d.edges
        if all(
            nodes[str(edge[end])][0] in columns and abs(nodes[str(edge[end])][1] - Y0) < 100
            for end in ("from_node", "to_node")
        )
    ]


AUTHORISED: dict[str, Any] = {
    "pickup_min": {"dist": "triangular", "low": 1, "mode": 2, "high": 5},
    "consult_min": {"dist": "triangular", "low": 1, "mode": 2, "high": 5},
    "sign_min": 1,
}
"""Who is on duty shuts underpasses and clears cellars without a consultation."""


def plans() -> dict[str, str]:
    """When water is reported, on rain, or underground first and underpasses shut."""
    reported: Rule = {"signal": "onset_forecast", "lead_h": 24, "action": "move"}
    shut = {"controls": {"closures": [{"edges": _underpass_edges(), "on": "prepare"}]}}
    return {
        "a_on_water": plan_text(
            ("有积水才转", "When water is reported"), "接到积水报告才全部转移，下穿不封。",
            [reported],
        ),
        "b_on_rain": plan_text(
            ("看雨量全转", "Everybody on rain"),
            "1小时雨量20毫米准备并封下穿，40毫米或接报即全转。",
            [rain(1, 20, "prepare"), rain(1, 40, "move"), reported], **shut,
        ),
        "c_below_first": plan_text(
            ("地下先清、下穿先封", "Underground first"),
            "1小时雨量15毫米按预授权封下穿、清空地下空间，40毫米低洼再转。",
            [
                rain(1, 15, "move", "地下"), rain(1, 15, "prepare", "低洼"),
                rain(1, 40, "move", "低洼"), reported,
            ], **shut, when=AUTHORISED,
        ),
    }  # fmt: skip
