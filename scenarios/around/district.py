"""A small district: terrain, roads, villages and means, as the tables of a scenario folder.

Everything stands on a plane in metres (EPSG:4547). Numbers are keyed hashes, as
in 云岭县, so the same files come out on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, sqrt

from making.files import Rows
from making.keyed import between

ROADS = {
    "primary": ("primary", 60, 1, 8.5, "yes"),
    "town": ("secondary", 40, 1, 7.5, "yes"),
    "village": ("tertiary", 30, 1, 5.0, "yes"),
}
"""Road class, speed, lanes each way, width and whether coaches may."""
STEP_M = 300.0
SOURCE, SURE = "情景设定（虚构）", "估算"


@dataclass(frozen=True)
class Village:
    """People who live around one road node.

    ``by`` are the shares that go to relatives and to the coach; the rest finds a village shelter.
    """

    id: str
    name: str
    x: float
    y: float
    people: int
    tag: str
    township: str
    by: tuple[float, float] = (0.55, 0.45)


@dataclass
class District:
    """What the tables are made from; nodes are found again by their position."""

    height: Callable[[float, float], float]
    nodes: dict[tuple[int, int], str] = field(default_factory=dict)
    edges: Rows = field(default_factory=list)
    villages: list[Village] = field(default_factory=list)
    tables: dict[str, Rows] = field(default_factory=dict)

    def node(self, x: float, y: float) -> str:
        """Id of the node at a position, made when it is new."""
        return self.nodes.setdefault((round(x), round(y)), f"N{len(self.nodes) + 1:04d}")

    def road(self, kind: str, name: str, *points: tuple[float, float]) -> None:
        """A road in both directions along straight pieces, with a node every 300 m at most."""
        for (x0, y0), (x1, y1) in pairwise(points):
            length = sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2)
            parts = max(ceil(length / STEP_M), 1)
            for i in range(parts):
                ends = [
                    self.node(x0 + (x1 - x0) * j / parts, y0 + (y1 - y0) * j / parts)
                    for j in (i, i + 1)
                ]
                self._edge(kind, name, ends, length / parts)

    def _edge(self, kind: str, name: str, ends: list[str], length: float) -> None:
        road_class, speed, lanes, width, coach = ROADS[kind]
        self.edges.append({
            "id": f"E{len(self.edges) + 1:04d}", "from_node": ends[0], "to_node": ends[1],
            "name": name, "road_class": road_class, "oneway": "no", "length_m": round(length),
            "speed_kmh": speed, "lanes": lanes, "width_m": width, "coach_ok": coach,
        })  # fmt: skip

    def at(self, x: float, y: float) -> dict[str, object]:
        """Columns of a position."""
        return {"x": f"{x:.1f}", "y": f"{y:.1f}", "elevation_m": f"{self.height(x, y):.2f}"}

    def add(self, table: str, **row: object) -> None:
        """A row of a table."""
        self.tables.setdefault(table, []).append(row)

    def finish(self) -> dict[str, Rows]:
        """All tables, with those that follow from villages and roads."""
        for village in self.villages:
            self._village(village)
        self.tables["nodes"] = [
            {"id": name, **self.at(float(x), float(y))} for (x, y), name in self.nodes.items()
        ]
        self.tables["edges"] = self.edges
        return self.tables

    def _village(self, v: Village) -> None:
        point, persons = self.at(v.x, v.y), v.people
        organiser = f"O{v.id}"
        self.add("zones", id=f"Z{v.id}", name=v.name, township=v.township, tag=v.tag,
                 priority=len(self.tables.get("zones", [])) + 1)  # fmt: skip
        self.add("organisers", id=organiser, name=f"{v.name}包组干部",
                 answer_day=f"{between(0.88, 0.96, 'day', v.id):.2f}",
                 answer_night=f"{between(0.6, 0.78, 'night', v.id):.2f}")  # fmt: skip
        self.add("organisers", id=f"{organiser}b", name=f"{v.name}村民小组长",
                 answer_day="0.92", answer_night="0.75")  # fmt: skip
        self.add("assembly_points", id=f"A{v.id}", name=f"{v.name}集合点", **point,
                 zone=f"Z{v.id}", bays=1 if persons < 500 else 2)  # fmt: skip
        relatives, coach = v.by
        self.add("settlements", id=f"S{v.id}", name=v.name, **point, village=v.name,
                 township=v.township, zone=f"Z{v.id}", registered=round(persons * 1.25),
                 resident=persons, present_day=round(persons * 0.8), present_night=persons,
                 holiday_factor=1.2, outsiders=0, household_size=2.6,
                 share_in_place=0, share_relatives=relatives, share_village_shelter=0,
                 share_coach=coach, safe_upper_floor_share=0, assembly_point=f"A{v.id}",
                 relatives_to="X1", organiser=organiser, deputy=f"{organiser}b",
                 cadres=max(3, persons // 70), source=SOURCE, confidence=SURE)  # fmt: skip


Points = tuple[tuple[float, float], ...]


def moved(points: Points, origin: tuple[float, float]) -> list[tuple[float, float]]:
    """Points of a district's own plane in the coordinates of its tables."""
    return [(origin[0] + x, origin[1] + y) for x, y in points]


def groups(district: District) -> None:
    """Who is slower or needs somebody else, as in 云岭县 but fewer kinds."""
    rows = (
        ("bedridden", "卧床失能老人（1名陪护）", 0.012, "ambulance", 1, 0.5, 1.6),
        ("wheelchair", "坐轮椅或行动不便者（1名陪护）", 0.02, "wheelchair", 1, 0.7, 1.4),
        ("alone", "独居老人（1名帮扶人）", 0.04, "none", 1, 0.8, 1.3),
    )
    for id_, name, share, needs, escorts, pace, prepares in rows:
        district.add("groups", id=id_, name=name, persons_share=share, needs=needs,
                     escorts=escorts, walk_mps=pace, prep_factor=prepares, source=SOURCE,
                     confidence=SURE)  # fmt: skip


def buses(district: District, depot: str, coaches: int, minibuses: int, turnup: float) -> None:
    """Coaches, minibuses and ambulances of a depot."""
    for i in range(coaches):
        district.add("vehicles", id=f"C{depot}{i + 1:02d}", **_vehicle("coach", depot, turnup))
    for i in range(minibuses):
        district.add("vehicles", id=f"M{depot}{i + 1:02d}", **_vehicle("minibus", depot, turnup))
    for i in range(3):
        district.add("vehicles", id=f"J{depot}{i + 1:02d}", **_vehicle("ambulance", depot, 0.9))


def _vehicle(kind: str, depot: str, turnup: float) -> dict[str, object]:
    seats, chairs, width, height, weight = {
        "coach": (49, 1, 2.5, 3.5, 16.0),
        "minibus": (19, 1, 2.0, 2.7, 5.5),
        "ambulance": (4, 2, 2.0, 2.6, 3.5),
    }[kind]
    return {
        "class": kind, "seats": seats, "wheelchair_places": chairs, "depot": depot, "count": 1,
        "contract": "own", "driver_turnup_share": turnup, "width_m": width, "height_m": height,
        "weight_t": weight,
    }  # fmt: skip
