"""uxsim's own example, and the routes its drivers took in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from cases import Case, IntArray, Roads, Trips


def uxsim_world(log: bool, seed: int = 0) -> Any:
    """The large example of uxsim's C++ benchmark: an 11 x 11 grid, 60,500 cars in platoons of 5."""
    from uxsim import World

    world = World(
        name="", deltan=5, tmax=7200, no_cyclic_routing=True, print_mode=0, save_mode=0,
        show_mode=0, random_seed=seed, cpp=True, vehicle_logging_timestep_interval=1 if log else -1,
    )  # fmt: skip
    side = range(11)
    for i in side:
        for j in side:
            world.addNode(f"{i},{j}", i, j)
    for i, j, k, m in EXAMPLE_LINKS:
        world.addLink(
            f"{i},{j}-{k},{m}", f"{i},{j}", f"{k},{m}",
            length=1000, free_flow_speed=20, jam_density=0.2,
        )  # fmt: skip
    for a in side:
        for b in side:
            world.adddemand(f"10,{b}", f"0,{a}", 0, 3600, 0.035)
            world.adddemand(f"0,{a}", f"10,{b}", 0, 3600, 0.035)
    for a in side:
        for b in side:
            world.adddemand(f"{b},10", f"{a},0", 0, 3600, 0.035)
            world.adddemand(f"{a},0", f"{b},10", 0, 3600, 0.035)
    return world


EXAMPLE_LINKS = [
    (i, j, k, m)
    for i in range(11)
    for j in range(11)
    for k, m in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1))
    if 0 <= k < 11 and 0 <= m < 11
]


def uxsim_example() -> Case:
    """uxsim's own example on the routes that its drivers took, each car of a platoon a row.

    One run with the vehicle log says where every platoon drove (all arrive by the horizon). All
    five cars leave when their platoon does.
    """
    world = uxsim_world(log=True)
    world.exec_simulation()
    logs = world._cpp_world.build_all_vehicle_logs_flat_compact()
    pairs = np.array([(11 * i + j, 11 * k + m) for i, j, k, m in EXAMPLE_LINKS], np.int64)
    place = np.arange(121)
    n = len(pairs)
    roads = Roads(
        (place // 11) * 1000.0, (place % 11) * 1000.0, pairs[:, 0].copy(), pairs[:, 1].copy(),
        np.full(n, 1000.0), np.full(n, 50_000, np.int64),
        np.full(n, 200, np.int64), np.ones(n, np.int64), 1.0,
    )  # fmt: skip
    vehicles = [world._cpp_world.get_vehicle_by_index(v) for v in range(len(world.VEHICLES))]
    at = logs["ltl_offsets"]
    ways = [
        without_rounds(roads, [int(k) for k in logs["ltl_id"][int(at[row]) : int(at[row + 1])]])
        for row in range(len(vehicles))
    ]
    depart = np.array([round(vehicle.departure_time * 1000) for vehicle in vehicles])
    return Case("uxsim's own grid", roads, trips_of(roads, ways, depart), 7200)


def without_rounds(roads: Roads, logged: list[int]) -> tuple[int, ...]:
    """A logged way without what is no link, and without the loops of drivers who turned round."""
    way: list[int] = []
    for link in logged:
        if link < 0:
            continue
        seen = [int(roads.start[k]) for k in way]
        if int(roads.end[link]) in seen:
            del way[seen.index(int(roads.end[link])) :]
        else:
            way.append(link)
    return tuple(way)


def trips_of(roads: Roads, ways: list[tuple[int, ...]], depart_ms: IntArray) -> Trips:
    """Trips of platoons of five on ways of their own; every way is a tree of its own."""
    rows = {way: row for row, way in enumerate(dict.fromkeys(ways))}
    trees = np.full((len(rows), roads.n_nodes), -1, np.int32)
    for way, row in rows.items():
        trees[row, roads.start[list(way)]] = way
    order = np.argsort(depart_ms, kind="stable").repeat(5)
    length = np.array([len(way) for way in ways])[order]
    route = np.concatenate([np.array(ways[row], np.int64) for row in order.tolist()])
    tree = np.array([rows[way] for way in ways])[order]
    start = np.concatenate([[0], np.cumsum(length)])
    return Trips(depart_ms[order], start, route, trees, tree)
