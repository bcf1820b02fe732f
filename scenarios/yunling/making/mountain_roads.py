"""Roads over the passes, and the ways out of the county."""

from __future__ import annotations

import itertools

from making.county import County, nearest_node, winding

PASSES: list[tuple[str, float, str, float, str]] = [
    ("R2", 2500, "R4", 2500, "云岭坳"), ("R4", 9500, "R6", 9000, "石白公路"),
    ("R6", 4200, "R8", 3200, "长枫公路"), ("R1", 8000, "R3", 8500, "大龙公路"),
    ("R3", 12500, "R5", 11500, "龙黄公路"), ("R5", 4500, "R7", 8500, "岭坑公路"),
]  # fmt: skip
"""Roads over the passes: river and chainage of one end and of the other, name."""
COACH_PASSES = ("石白公路", "龙黄公路", "岭坑公路")


def passes(county: County) -> None:
    net = county.net
    for river_a, s_a, river_b, s_b, name in PASSES:
        a, b = nearest_node(county.valley[river_a], s_a), nearest_node(county.valley[river_b], s_b)
        p, q = net.nodes[a], net.nodes[b]
        count = int(net.distance(p, q) / 650.0)
        net.path(winding((p.x, p.y), (q.x, q.y), count, name), (a, b), "pass", name)
    for road in net.roads:
        if road.kind == "pass" and road.name in {p[4] for p in PASSES}:
            road.coach = road.name in COACH_PASSES
    top = county.valley["R5"][0][1]
    head = net.nodes[top]
    gate = net.node(head.x + 500.0, head.y - 2000.0)
    bends = [(head.x + 250.0, head.y - 500.0 - 450.0 * k) for k in range(3)]
    net.path(bends, (top, gate), "township", "S229省道")
    county.exits["south"] = gate


def expressway(county: County) -> None:
    """From the county seat's interchange over the northern ridge out of the county."""
    net = county.net
    gate = nearest_node(county.left, 0.50 * net.terrain.rivers[0].length)
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
    for p, q in itertools.pairwise(rows):
        net.road(p, q, "expressway", "云岭高速")
    county.exits["north"] = rows[-1]
