"""Peer: uxsim's C++ engine, called through the module that its own Python class wraps.

The vehicle log is off. Its all-pairs route search runs at the first time step whether routes are
given or not; ``search=False`` closes all links during that one step, in which no car can be on
the road yet, so that the search finds nothing to do.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import ours
from cases import NEVER, Case, IntArray, Outcome

SEARCH_EVERY_S = 600.0
"""How often uxsim looks for new routes, its default."""


def end_of(case: Case) -> float:
    """How long uxsim's world lasts: a tenth longer than ours takes. Its memory grows with it."""
    clear_s = ours.play(case).figures(case).clearance_s + float(case.trips.depart_ms[0]) / 1000
    return min(clear_s * 1.1 + 600, case.horizon_s)


def world_of(case: Case, deltan: int, seed: int, search_s: float) -> Any:
    """The case's roads as a world of uxsim."""
    from uxsim import uxsim_cpp as ux

    step_s = case.roads.reaction_s
    world = ux.create_world(
        case.name, end_of(case), float(deltan), step_s, search_s, 0.5, 0.01, 0, seed, False
    )
    world.instantaneous_TT_timestep_interval = 5
    world.num_threads = 1
    roads = case.roads
    for node in range(roads.n_nodes):
        ux.add_node(world, f"n{node}", float(roads.x[node]), float(roads.y[node]))
    speed = roads.length_m * 1000.0 / roads.free_ms
    density = roads.storage / roads.length_m
    for link in range(roads.n_links):
        ux.add_link(
            world,
            f"l{link}",
            f"n{roads.start[link]}",
            f"n{roads.end[link]}",
            float(speed[link]),
            float(density[link]),
            float(roads.length_m[link]),
            int(roads.lanes[link]),
            1.0,
            -1.0,
            -1.0,
            [0],
        )
    return world


def add_cars(world: Any, case: Case, deltan: int) -> None:
    """One platoon of deltan cars for every deltan-th row, on that row's route."""
    from uxsim import uxsim_cpp as ux

    trips, step_s = case.trips, case.roads.reaction_s * deltan
    lead = np.arange(0, trips.n, deltan)
    origin, dest = case.origin[lead], case.dest[lead]
    flow = deltan / step_s * 1.001  # a hair above one platoon, so that rounding makes none of it
    for row, car in enumerate(lead.tolist()):
        tick = int(trips.depart_ms[car] / 1000 / step_s)
        depart = (tick + 0.5) * step_s
        ux.add_demand(world, f"n{origin[row]}", f"n{dest[row]}", depart, depart + step_s, flow, [])
    if world.vehicle_count != len(lead):
        raise ValueError(f"uxsim made {world.vehicle_count} platoons of {len(lead)}")
    length = np.diff(trips.route_start)[lead]
    start = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    route = np.concatenate([trips.of(car) for car in lead.tolist()]).astype(np.int32)
    world.batch_enforce_routes_csr(route, start)


def arrivals(world: Any, case: Case, deltan: int) -> IntArray:
    """Arrival of every car: a platoon's members arrive together."""
    arrive = np.full(-(-case.trips.n // deltan), NEVER, np.int64)
    for row in range(len(arrive)):
        vehicle = world.get_vehicle_by_index(row)
        if vehicle.arrival_time >= 0 and vehicle.travel_time >= 0:
            arrive[row] = round(vehicle.arrival_time * 1000)
    return np.repeat(arrive, deltan)[: case.trips.n]


def skip_search(world: Any) -> None:
    """Play the first time step with all links closed to the search."""
    links = world.LINKS
    into = [link.capacity_in for link in links]
    for link in links:
        link.capacity_in = 0.0
    world.main_loop(-1.0, 0.0)
    for link, value in zip(links, into, strict=True):
        link.capacity_in = value


def run_until_empty(world: Any) -> float:
    """Play until everybody has arrived, looked at every ten minutes; CPU seconds of the playing.

    uxsim would go on to update every link in every time step until its world ends.
    """
    spent_s, row, total = 0.0, 0, world.vehicle_count
    for until_s in range(600, int(world.t_max) + 1200, 600):
        t0 = time.process_time()
        world.main_loop(-1.0, float(until_s))
        spent_s += time.process_time() - t0
        while row < total and world.get_vehicle_by_index(row).travel_time > 0:
            row += 1
        if row == total:
            break
    return spent_s


def play(case: Case, deltan: int = 1, search: bool = False, seed: int = 42) -> Outcome:
    """The case on its fixed routes; the seed decides who goes first at merges.

    search: with uxsim's route search at its usual interval, although nobody needs its result;
    search_s is then the first one only, run_s has the others.
    """
    t0 = time.process_time()
    world = world_of(case, deltan, seed, SEARCH_EVERY_S if search else 1e9)
    add_cars(world, case, deltan)
    world.initialize_adj_matrix()
    t1 = time.process_time()
    if search:
        world.main_loop(-1.0, 0.0)
    else:
        skip_search(world)
    t2 = time.process_time()
    run_s = run_until_empty(world)
    return Outcome(arrivals(world, case, deltan), t1 - t0, run_s, t2 - t1)
