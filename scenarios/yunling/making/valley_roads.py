"""Valleys: the national road along the main river, township roads up the tributaries, streets."""

from __future__ import annotations

import itertools

from making.county import County, Line, nearest_node
from making.keyed import between, noise
from making.names import SEAT
from making.network import Crossing
from making.places import Township, in_gorge
from making.rivers import River, level_near
from making.terrain import Terrain

SPACING_M = 430.0
BORDER_M = 2500.0


def road_height(river: River, s: float, name: str) -> float:
    """Height of a valley road above low water: safe in general, low at a few known places."""
    x, y = river.at(s)
    wave = noise(x, y, 2300.0, name)
    if river.main:
        if s > river.length - BORDER_M:
            # the national road leaves the county on an embankment: an exit must lie dry
            wave = max(wave, 0.3)
        return river.bank_m + (2.6 + 1.6 * wave if wave > -0.40 else -0.4)
    return river.bank_m + (1.9 + 1.1 * wave if wave > -0.35 else -0.5)


def _along(
    county: County, river: River, side: float, start: float, stop: float, kind: str, name: str
) -> Line:
    """A road along one bank; no node stands in the channel of a tributary."""
    net, line = county.net, []
    count = max(int((stop - start) / SPACING_M), 1)
    for k in range(count + 1):
        s = start + (stop - start) * k / count
        height = road_height(river, s, name)
        x, y = net.terrain.foot_of(river, s, side, height)
        if any(
            other is not river and other.nearest(x, y)[0] < 110.0 for other in net.terrain.rivers
        ):
            continue
        line.append(
            (
                s,
                net.raised(
                    x, y, level_near(net.terrain.rivers, river, x, y, height - river.bank_m)
                ),
            )
        )
    for (_, a), (_, b) in itertools.pairwise(line):
        net.road(a, b, kind, name)
    county.bank_nodes(river, side).extend(row for _, row in line)
    return line


def main_roads(county: County, terrain: Terrain) -> None:
    main = terrain.rivers[0]
    county.left = _along(county, main, 1.0, 0.0, main.length, "national", "G357国道")
    county.exits["west"], county.exits["east"] = county.left[0][1], county.left[-1][1]
    for start, stop in ((2000.0, 13_400.0), (17_600.0, 42_900.0), (46_600.0, main.length - 1500.0)):
        county.right += _along(county, main, -1.0, start, stop, "township", "江南公路")


def valley_road(county: County, river: River, side: float) -> None:
    """The township road of a tributary, joined to the roads along the main river."""
    name = f"{river.name.rstrip('河水溪')}线"
    start = 300.0
    line = _along(county, river, side, start, river.length - 750.0, "township", name)
    county.valley[river.id] = line
    bank = 1.0 if river.id in ("R2", "R4", "R6", "R8") else -1.0
    main_line = county.left if bank > 0 else county.right
    county.net.connect(line[-1][1], [row for _, row in main_line], "township", name)


def streets(county: County, town: Township) -> None:
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
            column.append(
                net.raised(
                    x, y, level_near(net.terrain.rivers, river, x, y, height + 0.3 - river.bank_m)
                )
            )
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


def main_bridges(county: County, towns: list[Township]) -> None:
    """Bridges of the main river: two in the county seat, one at each riverside town, a few more."""
    main = county.net.terrain.rivers[0]
    seats = [t.s for t in towns if t.river.main]
    seat = next(t.s for t in towns if t.name == SEAT)
    for s in sorted([*seats, seat - 1600.0, seat + 1500.0, 0.2 * main.length, 0.88 * main.length]):
        if in_gorge(s):
            continue
        kind = "county" if abs(s - seat) < 2000.0 else "township"
        county.net.road(nearest_node(county.left, s), nearest_node(county.right, s), kind, "过江路")
    for s in (3100.0, 8400.0, 12_300.0, 19_500.0, 22_300.0):
        deck = Crossing(between(1.4, 2.4, "main ford", int(s)), low_water=True)
        county.net.road(
            nearest_node(county.left, s), nearest_node(county.right, s), "village", "", deck
        )
