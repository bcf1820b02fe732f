"""A road network under construction: nodes with ground levels, roads, bridges where they cross."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import numpy as np

from making.keyed import share
from making.rivers import River
from making.terrain import Terrain

LONGEST_LINK_M = 1500.0
"""Beyond this a village builds a bridge rather than a road to the next one on its bank."""


@dataclass(frozen=True)
class Kind:
    """A class of road: free speed, lanes per direction, carriageway, detour of the bends."""

    road_class: str
    speed_kmh: int
    lanes: int
    width_m: float
    passing_place_m: int
    bends: float


KINDS = {
    "expressway": Kind("motorway", 100, 2, 15.0, 0, 1.02),
    "national": Kind("primary", 60, 1, 8.5, 0, 1.06),
    "county": Kind("secondary", 50, 1, 7.0, 0, 1.08),
    "township": Kind("tertiary", 40, 1, 6.0, 0, 1.10),
    "street": Kind("residential", 30, 1, 7.0, 0, 1.0),
    "village": Kind("unclassified", 30, 1, 3.5, 200, 1.12),
    "hill": Kind("unclassified", 20, 1, 3.5, 350, 1.30),
    "pass": Kind("tertiary", 30, 1, 4.5, 250, 1.30),
}


@dataclass
class Node:
    """A junction, a road end or a bend: position in the local plane and ground, metres."""

    id: str
    x: float
    y: float
    z: float


@dataclass
class Road:
    """A road in both directions between two nodes (rows)."""

    id: str
    a: int
    b: int
    kind: str
    length_m: int
    name: str
    coach: bool = True
    deck_m: float | None = None
    low_water: bool = False
    weight_limit_t: float | None = None


@dataclass(frozen=True)
class Crossing:
    """How a road gets over a river: deck above low water, and what the bridge carries."""

    above_low_water_m: float
    low_water: bool = False
    weight_limit_t: float | None = None


@dataclass
class Network:
    """Nodes and roads; a road that meets a river gets abutments and a bridge of its own."""

    terrain: Terrain
    nodes: list[Node] = field(default_factory=list)
    roads: list[Road] = field(default_factory=list)
    crossed: dict[str, int] = field(default_factory=dict)
    joined: set[tuple[int, int]] = field(default_factory=set)

    def node(self, x: float, y: float, z: float | None = None) -> int:
        """A new node; without a level it lies on the ground."""
        ground = self.terrain.z(x, y) if z is None else z
        self.nodes.append(Node(f"N{len(self.nodes) + 1:04d}", x, y, round(ground, 2)))
        return len(self.nodes) - 1

    def raised(self, x: float, y: float, z: float) -> int:
        """A new node on the ground, or on an embankment where the ground is lower than z."""
        return self.node(x, y, max(z, self.terrain.z(x, y)))

    def dry(self, x: float, y: float) -> int:
        """A new node on the ground, above the bank of every river near by."""
        floors = [
            river.bank(s) + 1.5
            for river in self.terrain.rivers
            for distance, s in [river.nearest(x, y)]
            if distance < river.reach_m
        ]
        return self.raised(x, y, max(floors, default=0.0))

    def road(
        self, a: int, b: int, kind: str, name: str = "", crossing: Crossing | None = None
    ) -> None:
        """A road between two nodes, with a bridge over the first river in its way (then on)."""
        if a == b or (min(a, b), max(a, b)) in self.joined:
            return
        self.joined.add((min(a, b), max(a, b)))
        hit = self.first_river(a, b)
        if hit is None:
            self._add(a, b, kind, name)
            return
        river, t, s = hit
        bridge = crossing or self._bridge(river, s, kind)
        deck = river.low_water(s) + bridge.above_low_water_m
        abut = self._abutments((a, b, t), river, deck + (0.3 if bridge.low_water else 0.0))
        self._add(a, abut[0], kind, name)
        road = self._add(abut[0], abut[1], kind, self._bridge_name(river, bridge))
        road.deck_m, road.low_water = round(deck, 2), bridge.low_water
        road.weight_limit_t = bridge.weight_limit_t
        if abut[1] != b:
            self.road(abut[1], b, kind, name, crossing)

    def path(
        self, points: list[tuple[float, float]], ends: tuple[int, int], kind: str, name: str
    ) -> list[int]:
        """A road over the ground through points between two nodes that exist; all its nodes."""
        rows = [ends[0], *(self.dry(x, y) for x, y in points), ends[1]]
        for a, b in itertools.pairwise(rows):
            self.road(a, b, kind, name)
        return rows

    def connect(
        self, row: int, pool: list[int], kind: str, name: str = "", many: int = 1
    ) -> list[int]:
        """Join a node to the nearest nodes of a pool, without a bridge where one is near enough."""
        here = self.nodes[row]
        far = [(self.distance(here, self.nodes[r]), r) for r in pool if r != row]
        dry: list[int] = []
        for distance, other in sorted(far):
            if distance > LONGEST_LINK_M or len(dry) == many:
                break
            if self.first_river(row, other) is None:
                dry.append(other)
        joined = dry or [min(far)[1]]
        for other in joined:
            self.road(row, other, kind, name)
        return joined

    @staticmethod
    def distance(a: Node, b: Node) -> float:
        """Straight distance in metres."""
        dx, dy = a.x - b.x, a.y - b.y
        return float(np.sqrt(dx * dx + dy * dy))

    def first_river(self, a: int, b: int) -> tuple[River, float, float] | None:
        """The first river between two nodes: river, share of the way, chainage."""
        p, q = self.nodes[a], self.nodes[b]
        best: tuple[River, float, float] | None = None
        for river in self.terrain.rivers:
            for t, s in _cuts(p, q, river):
                if 0.0 < t < 1.0 and (best is None or t < best[1]):
                    best = (river, t, s)
        return best

    def _add(self, a: int, b: int, kind: str, name: str) -> Road:
        length = self.distance(self.nodes[a], self.nodes[b]) * KINDS[kind].bends
        road = Road(f"E{len(self.roads) + 1:04d}", a, b, kind, max(int(length + 0.5), 5), name)
        self.roads.append(road)
        return road

    def _bridge(self, river: River, s: float, kind: str) -> Crossing:
        """An ordinary bridge; small and old ones are low and weak."""
        u, v = share("deck", river.id, int(s)), share("weight", river.id, int(s))
        if kind in ("national", "county", "expressway", "street"):
            return Crossing(river.bank_m + 2.5 + 2.0 * u)
        if kind == "township" or river.main:
            return Crossing(river.bank_m + 0.6 + 2.0 * u, weight_limit_t=10.0 if v < 0.12 else None)
        return Crossing(river.bank_m - 0.3 + 2.0 * u, weight_limit_t=8.0 if v < 0.22 else None)

    def _abutments(self, at: tuple[int, int, float], river: River, z: float) -> tuple[int, int]:
        """Nodes at both ends of a bridge, at a share of the way between two nodes."""
        a, b, t = at
        p, q = self.nodes[a], self.nodes[b]
        length = self.distance(p, q)
        reach = (river.half_width_m + (30.0 if river.main else 14.0)) / length
        near, far = max(t - reach, 0.02), min(t + reach, 0.98)
        rows = []
        for part in (near, far):
            rows.append(self.node(p.x + (q.x - p.x) * part, p.y + (q.y - p.y) * part, z))
        return rows[0], rows[1]

    def _bridge_name(self, river: River, bridge: Crossing) -> str:
        self.crossed[river.id] = self.crossed.get(river.id, 0) + 1
        what = "漫水桥" if bridge.low_water else ("大桥" if river.main else "桥")
        return f"{river.name}{self.crossed[river.id]}号{what}"


def _cuts(p: Node, q: Node, river: River) -> list[tuple[float, float]]:
    """Where the straight line from p to q cuts a river: (share of the way, chainage)."""
    ax, ay, bx, by = river.x[:-1], river.y[:-1], river.x[1:], river.y[1:]
    rx, ry, sx, sy = q.x - p.x, q.y - p.y, bx - ax, by - ay
    cross = rx * sy - ry * sx
    safe = np.where(cross == 0.0, 1.0, cross)
    t = ((ax - p.x) * sy - (ay - p.y) * sx) / safe
    u = ((ax - p.x) * ry - (ay - p.y) * rx) / safe
    hits = np.flatnonzero((cross != 0.0) & (t > 0.0) & (t < 1.0) & (u >= 0.0) & (u < 1.0))
    return [(float(t[k]), float(river.s[k] + u[k] * (river.s[k + 1] - river.s[k]))) for k in hits]


COACH_WIDTH_M = 3.0
COACH_WEIGHT_T = 18.0
"""A road and a bridge that carry a full coach (2.5 m and side room; upper end of 13-18 t)."""


def coach_reaches(net: Network, start: int) -> set[int]:
    """Nodes that a coach gets to from a node on dry roads."""
    beside: dict[int, list[int]] = {}
    for road in net.roads:
        strong = road.weight_limit_t is None or road.weight_limit_t >= COACH_WEIGHT_T
        if road.coach and strong and KINDS[road.kind].width_m >= COACH_WIDTH_M:
            beside.setdefault(road.a, []).append(road.b)
            beside.setdefault(road.b, []).append(road.a)
    seen, todo = {start}, [start]
    while todo:
        for other in beside.get(todo.pop(), []):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen
