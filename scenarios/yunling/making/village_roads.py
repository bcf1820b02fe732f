"""Villages: by the rivers with their danger zones, over the water, and in the hills."""

from __future__ import annotations

import itertools

from making.county import County, nearest_node, winding
from making.keyed import between, share
from making.network import Crossing
from making.places import Village, Zone
from making.rivers import level_near
from making.terrain import Terrain


def river_village(county: County, village: Village) -> None:
    """The centre of a village on its bank and its way to the valley road."""
    net, river, side = county.net, village.township.river, village.side
    height = river.bank_m + (4.4 if river.main else 3.4)
    x, y = net.terrain.foot_of(river, village.s, side, height)
    village.centre = net.raised(
        x, y, level_near(net.terrain.rivers, river, x, y, height - river.bank_m)
    )
    pool = county.bank_nodes(river, side)
    own_road = river.main or side == village.township.side
    if own_road:
        net.connect(village.centre, pool, "village", village.name, many=2)
    else:
        spine = county.valley[river.id]
        net.road(village.centre, nearest_node(spine, village.s), "village", village.name,
                 _small_crossing(village))  # fmt: skip
    pool.append(village.centre)


def _small_crossing(village: Village) -> Crossing | None:
    """A third of the villages over the water have nothing but a low-water bridge."""
    if share("ford", village.id) < 0.46:
        return Crossing(between(0.8, 1.5, "ford deck", village.id), low_water=True)
    return None


def other_bank_roads(county: County, villages: list[Village]) -> None:
    """Village roads along the bank that the valley road does not use."""
    net = county.net
    over = [v for v in villages if v.kind == "river" and not v.township.river.main
            and v.side != v.township.side]  # fmt: skip
    for a, b in itertools.pairwise(over):
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


def zone_roads(county: County, zone: Zone) -> None:
    """The homes by the water and the assembly point above it, each joined to the nearest road."""
    net, village = county.net, zone.village
    river, side = village.township.river, village.side
    pool = county.bank_nodes(river, side)
    x, y = net.terrain.foot_of(river, zone.s, side, river.bank_m + zone.home_above_bank_m)
    zone.home_node = net.node(
        x, y, level_near(net.terrain.rivers, river, x, y, zone.home_above_bank_m)
    )
    safe = (5.0 if river.main else 3.9) if share("assembly", zone.id) < 0.85 else 1.8
    x, y = net.terrain.foot_of(river, zone.s + 60.0, side, river.bank_m + safe)
    zone.assembly_node = net.raised(x, y, level_near(net.terrain.rivers, river, x, y, safe))
    net.connect(zone.assembly_node, pool, "village", village.name, many=2)
    net.connect(zone.home_node, [*pool, zone.assembly_node], "village", village.name)
    pool.append(zone.assembly_node)


def hill_village(county: County, village: Village) -> None:
    """A village in the hills on a winding road that leaves the valley or another hill road."""
    net, river = county.net, village.township.river
    x, y = _hill_site(village, net.terrain)
    village.centre = net.dry(x, y)
    here = net.nodes[village.centre]
    pool = county.bank_nodes(river, village.side)
    start = min(pool, key=lambda r: (net.distance(here, net.nodes[r]), r))
    foot = net.nodes[start]
    count = max(int(net.distance(here, foot) / 560.0), 1)
    points = winding((foot.x, foot.y), (x, y), count, village.id)
    rows = net.path(points, (start, village.centre), "hill", village.name)
    pool.extend(rows[1:])


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


def ridge_tracks(county: County, villages: list[Village]) -> None:
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
            points = winding(
                (here.x, here.y), (there.x, there.y), max(int(length / 700), 1), village.id
            )
            net.path(points, (village.centre, near.centre), "hill", f"{village.name[:-1]}机耕路")


def minibus_only(county: County, villages: list[Village]) -> None:
    """No coach fits the roads of a third of the villages, nor any hill road."""
    narrow = {village.name for village in villages if village.minibus_only}
    for road in county.net.roads:
        if road.kind == "hill" or (road.kind == "village" and road.name in narrow):
            road.coach = False
