"""The roads: a national road along the main river, township roads up the valleys, village roads."""

from __future__ import annotations

from dataclasses import dataclass, field

from making.keyed import between, noise, share
from making.names import SEAT
from making.network import Crossing, Network
from making.places import Township, Village, Zone, in_gorge
from making.rivers import River, level_near
from making.terrain import Terrain

SPACING_M = 430.0
Line = list[tuple[float, int]]


@dataclass
class County:
    """The road network with the nodes that later parts ask for."""

    net: Network
    left: Line = field(default_factory=list)
    right: Line = field(default_factory=list)
    valley: dict[str, Line] = field(default_factory=dict)
    banks: dict[tuple[str, float], list[int]] = field(default_factory=dict)
    exits: dict[str, int] = field(default_factory=dict)
    interchange: int = -1

    def bank_nodes(self, river: River, side: float) -> list[int]:
        """Road nodes on one bank of a river."""
        return self.banks.setdefault((river.id, side), [])


def build_roads(terrain: Terrain, towns: list[Township], villages: list[Village]) -> County:
    """Everything in the order in which a county grew: valleys, towns, villages, hills, passes."""
    county = County(Network(terrain))
    _main_roads(county, terrain)
    for river in terrain.rivers[1:]:
        side = next(t.side for t in towns if t.river is river)
        _valley_road(county, river, side)
    for town in towns:
        _streets(county, town)
    _main_bridges(county, towns)
    for village in villages:
        if village.kind == "river":
            _river_village(county, village)
    _other_bank_roads(county, villages)
    for village in villages:
        for zone in village.zones:
            _zone_roads(county, zone)
    for village in villages:
        if village.kind == "hill":
            _hill_village(county, village)
    _ridge_tracks(county, villages)
    _passes(county)
    _expressway(county)
    _minibus_only(county, villages)
    return county


def road_height(river: River, s: float, name: str) -> float:
    """Height of a valley road above low water: safe in general, low at a few known places."""
    x, y = river.at(s)
    wave = noise(x, y, 2300.0, name)
    if river.main:
        return river.bank_m + (2.6 + 1.6 * wave if wave > -0.40 else -0.4)
    return river.bank_m + (1.9 + 1.1 * wave if wave > -0.35 else -0.5)


def _along(county: County, river: River, side: float, start: float, stop: float, kind: str, name: str) -> Line:
    """A road along one bank; no node stands in the channel of a tributary."""
    net, line = county.net, []
    count = max(int((stop - start) / SPACING_M), 1)
    for k in range(count + 1):
        s = start + (stop - start) * k / count
        height = road_height(river, s, name)
        x, y = net.terrain.foot_of(river, s, side, height)
        if any(other is not river and other.nearest(x, y)[0] < 110.0 for other in net.terrain.rivers):
            continue
        line.append((s, net.raised(x, y, level_near(net.terrain.rivers, river, x, y, height - river.bank_m))))
    for (_, a), (_, b) in zip(line, line[1:], strict=False):
        net.road(a, b, kind, name)
    county.bank_nodes(river, side).extend(row for _, row in line)
    return line


def _main_roads(county: County, terrain: Terrain) -> None:
    main = terrain.rivers[0]
    county.left = _along(county, main, 1.0, 0.0, main.length, "national", "G357国道")
    county.exits["west"], county.exits["east"] = county.left[0][1], county.left[-1][1]
    for start, stop in ((2000.0, 13_400.0), (17_600.0, 42_900.0), (46_600.0, main.length - 1500.0)):
        county.right += _along(county, main, -1.0, start, stop, "township", "江南公路")


def _valley_road(county: County, river: River, side: float) -> None:
    """The township road of a tributary, joined to the roads along the main river."""
    name = f"{river.name.rstrip('河水溪')}线"
    start = 300.0
    line = _along(county, river, side, start, river.length - 750.0, "township", name)
    county.valley[river.id] = line
    bank = 1.0 if river.id in ("R2", "R4", "R6", "R8") else -1.0
    main_line = county.left if bank > 0 else county.right
    county.net.connect(line[-1][1], [row for _, row in main_line], "township", name)


def _streets(county: County, town: Township) -> None:
    """A grid of streets on safe ground above the road; the county seat is larger."""
    net, river = county.net, town.river
    across, deep, step = (13, 7, 190.0) if town.name == SEAT else (4, 3, 130.0)
    height = river.bank_m + (4.6 if river.main else 3.6)
    grid: list[list[int]] = []
    x0, y0 = net.terrain.foot_of(river, town.s, town.side, height)
    first = river.nearest(x0, y0)[0]
    for i in range(across):
        s = town.s + (i - across // 2) * step
        column = []
        for j in range(deep):
            x, y = river.beside(s, town.side * (first + 40.0 + j * step))
            column.append(net.raised(x, y, level_near(net.terrain.rivers, river, x, y, height + 0.3 - river.bank_m)))
        grid.append(column)
    for i in range(across):
        for j in range(deep):
            if i + 1 < across:
                net.road(grid[i][j], grid[i + 1][j], "street", f"{town.name[:-1]}街")
            if j + 1 < deep and (i % 2 == 0 or town.name == SEAT):
                net.road(grid[i][j], grid[i][j + 1], "street", f"{town.name[:-1]}街")
    town.streets = [row for column in grid for row in column]
    spine = county.left if river.main else county.valley[river.id]
    pool = [row for _, row in spine]
    for i in range(0, across, 3):
        net.connect(grid[i][0], pool, "county" if river.main else "township")
    county.bank_nodes(river, town.side).extend(town.streets)


def _near(line: Line, s: float) -> int:
    return min(line, key=lambda item: (abs(item[0] - s), item[1]))[1]


def _main_bridges(county: County, towns: list[Township]) -> None:
    """Bridges of the main river: two in the county seat, one at each riverside town, a few more."""
    main = county.net.terrain.rivers[0]
    seats = [t.s for t in towns if t.river.main]
    seat = next(t.s for t in towns if t.name == SEAT)
    for s in sorted([*seats, seat - 1600.0, seat + 1500.0, 0.2 * main.length, 0.88 * main.length]):
        if in_gorge(s):
            continue
        kind = "county" if abs(s - seat) < 2000.0 else "township"
        county.net.road(_near(county.left, s), _near(county.right, s), kind, "过江路")
    for s in (3100.0, 8400.0, 12_300.0, 19_500.0, 22_300.0):
        deck = Crossing(between(1.4, 2.4, "main ford", int(s)), low_water=True)
        county.net.road(_near(county.left, s), _near(county.right, s), "village", "", deck)


def _river_village(county: County, village: Village) -> None:
    """The centre of a village on its bank and its way to the valley road."""
    net, river, side = county.net, village.township.river, village.side
    height = river.bank_m + (4.4 if river.main else 3.4)
    x, y = net.terrain.foot_of(river, village.s, side, height)
    village.centre = net.raised(x, y, level_near(net.terrain.rivers, river, x, y, height - river.bank_m))
    pool = county.bank_nodes(river, side)
    own_road = river.main or side == village.township.side
    if own_road:
        net.connect(village.centre, pool, "village", village.name, many=2)
    else:
        spine = county.valley[river.id]
        net.road(village.centre, _near(spine, village.s), "village", village.name,
                 _small_crossing(village))  # fmt: skip
    pool.append(village.centre)


def _small_crossing(village: Village) -> Crossing | None:
    """A third of the villages over the water have nothing but a low-water bridge."""
    if share("ford", village.id) < 0.46:
        return Crossing(between(0.8, 1.5, "ford deck", village.id), low_water=True)
    return None


def _other_bank_roads(county: County, villages: list[Village]) -> None:
    """Village roads along the bank that the valley road does not use."""
    net = county.net
    over = [v for v in villages if v.kind == "river" and not v.township.river.main
            and v.side != v.township.side]  # fmt: skip
    for a, b in zip(over, over[1:], strict=False):
        same = a.township.river is b.township.river
        if not same or not 500.0 < b.s - a.s < 4200.0 or share("bank road", a.id) > 0.55:
            continue
        river, points = a.township.river, []
        count = int((b.s - a.s) / 600.0)
        for k in range(1, count + 1):
            s = a.s + (b.s - a.s) * k / (count + 1)
            points.append(net.terrain.foot_of(river, s, a.side, river.bank_m + 1.6))
        rows = net.path(points, (a.centre, b.centre), "village", f"{a.name[:-1]}至{b.name[:-1]}")
        county.bank_nodes(river, a.side).extend(rows[1:-1])


def _zone_roads(county: County, zone: Zone) -> None:
    """The homes by the water and the assembly point above it, each joined to the nearest road."""
    net, village = county.net, zone.village
    river, side = village.township.river, village.side
    pool = county.bank_nodes(river, side)
    x, y = net.terrain.foot_of(river, zone.s, side, river.bank_m + zone.home_above_bank_m)
    zone.home_node = net.node(x, y, level_near(net.terrain.rivers, river, x, y, zone.home_above_bank_m))
    safe = (5.0 if river.main else 3.9) if share("assembly", zone.id) < 0.85 else 1.8
    x, y = net.terrain.foot_of(river, zone.s + 60.0, side, river.bank_m + safe)
    zone.assembly_node = net.raised(x, y, level_near(net.terrain.rivers, river, x, y, safe))
    net.connect(zone.assembly_node, pool, "village", village.name, many=2)
    net.connect(zone.home_node, [*pool, zone.assembly_node], "village", village.name)
    pool.append(zone.assembly_node)


def _hill_village(county: County, village: Village) -> None:
    """A village in the hills at the end of a winding road from the valley."""
    net, river = county.net, village.township.river
    x, y = _hill_site(village, net.terrain)
    village.centre = net.dry(x, y)
    here = net.nodes[village.centre]
    pool = county.bank_nodes(river, village.side)
    start = min(pool, key=lambda r: (net.distance(here, net.nodes[r]), r))
    foot = net.nodes[start]
    count = max(int(net.distance(here, foot) / 560.0), 1)
    points = _winding((foot.x, foot.y), (x, y), count, village.id)
    net.path(points, (start, village.centre), "hill", village.name)


def _hill_site(village: Village, terrain: Terrain) -> tuple[float, float]:
    """The first place at about the wanted distance that no river floods, on either side."""
    river = village.township.river
    best: tuple[float, tuple[float, float]] = (-1.0, (0.0, 0.0))
    for more in (0.0, 300.0, -300.0, 600.0, -600.0):
        for side in (village.side, -village.side):
            x, y = river.beside(village.s, side * (village.off_m + more))
            clear = min(other.nearest(x, y)[0] - other.reach_m for other in terrain.rivers)
            if clear > 250.0:
                village.side = side
                return x, y
            best = max(best, (clear, (x, y)))
    return best[1]


def _winding(a: tuple[float, float], b: tuple[float, float], count: int, name: str) -> list[tuple[float, float]]:
    """Points of a mountain road between two ends: wide swings and small bends, none at the ends."""
    points = []
    dx, dy = b[0] - a[0], b[1] - a[1]
    norm = (dx * dx + dy * dy) ** 0.5
    for k in range(1, count):
        t = k / count
        x, y = a[0] + dx * t, a[1] + dy * t
        swing = min(0.30 * norm, 1500.0) * 4 * t * (1 - t) * noise(x, y, 2400.0, "swing" + name)
        swing += 110.0 * (1 if k % 2 else -1) * between(0.2, 1.0, "bend", name, k)
        points.append((x - dy / norm * swing, y + dx / norm * swing))
    return points


def _ridge_tracks(county: County, villages: list[Village]) -> None:
    """Some hill villages have a second way out, to the next hill village."""
    net = county.net
    hills = [v for v in villages if v.kind == "hill"]
    for village in hills:
        here = net.nodes[village.centre]
        others = [v for v in hills if v is not village]
        near = min(others, key=lambda v: (net.distance(here, net.nodes[v.centre]), v.id))
        there = net.nodes[near.centre]
        length = net.distance(here, there)
        clear = net.first_river(village.centre, near.centre) is None
        if clear and length < 5500.0 and share("track", village.id) < 0.6:
            points = _winding((here.x, here.y), (there.x, there.y), max(int(length / 700), 1), village.id)
            net.path(points, (village.centre, near.centre), "hill", f"{village.name[:-1]}机耕路")


PASSES: list[tuple[str, float, str, float, str]] = [
    ("R2", 2500, "R4", 2500, "云岭坳"), ("R4", 8200, "R6", 7000, "石白公路"),
    ("R6", 4200, "R8", 3200, "长枫公路"), ("R1", 4200, "R3", 3500, "大龙公路"),
    ("R3", 10500, "R5", 9500, "龙黄公路"), ("R5", 5200, "R7", 5000, "岭坑公路"),
]  # fmt: skip
"""Roads over the passes: river and chainage of one end and of the other, name."""
COACH_PASSES = ("石白公路", "龙黄公路", "岭坑公路")


def _minibus_only(county: County, villages: list[Village]) -> None:
    """Roads of a third of the villages, and all hill roads, are too narrow and steep for a coach."""
    narrow = {village.name for village in villages if village.minibus_only}
    for road in county.net.roads:
        if road.kind == "hill" or (road.kind == "village" and road.name in narrow):
            road.coach = False


def _passes(county: County) -> None:
    net = county.net
    for river_a, s_a, river_b, s_b, name in PASSES:
        a, b = _near(county.valley[river_a], s_a), _near(county.valley[river_b], s_b)
        p, q = net.nodes[a], net.nodes[b]
        count = int(net.distance(p, q) / 650.0)
        net.path(_winding((p.x, p.y), (q.x, q.y), count, name), (a, b), "pass", name)
    for road in net.roads:
        if road.kind == "pass" and road.name in {p[4] for p in PASSES}:
            road.coach = road.name in COACH_PASSES
    top = county.valley["R5"][0][1]
    head = net.nodes[top]
    rows = net.path([(head.x + 250.0, head.y - 500.0 - 450.0 * k) for k in range(3)],
                    (top, net.node(head.x + 500.0, head.y - 2000.0)), "township", "S229省道")  # fmt: skip
    county.exits["south"] = rows[-1]


def _expressway(county: County) -> None:
    """From the county seat's interchange over the northern ridge out of the county."""
    net = county.net
    gate = _near(county.left, 0.50 * net.terrain.rivers[0].length)
    start, goal = net.nodes[gate], (35_200.0, 47_800.0)
    first = net.node(start.x - 150.0, start.y + 700.0, start.z + 14.0)
    net.road(gate, first, "county", "云城互通连接线")
    county.interchange, rows = first, [first]
    a = net.nodes[first]
    for k in range(1, 13):
        t = k / 12
        swing = 9000.0 * t * (1 - t) * (0.55 - t)
        x, y = a.x + (goal[0] - a.x) * t + swing, a.y + (goal[1] - a.y) * t
        rows.append(net.node(x, y, a.z + (430.0 - a.z) * t))
    for p, q in zip(rows, rows[1:], strict=False):
        net.road(p, q, "expressway", "云岭高速")
    county.exits["north"] = rows[-1]
