"""The earliest moment each party could be out after its order, whatever anybody does about it.

A bound for every single party: told and ready at once, and nobody shares a vehicle or a road with
anybody else. It knows orders, vehicles that came, places and roads, but no behaviour: a target
that even this misses needs earlier orders or other vehicles.
"""

from __future__ import annotations

import numpy as np

from sim.bounds.of_run import Limits
from sim.bounds.other_groups import drive_ms
from sim.bounds.problem import Int64
from sim.bounds.run_facts import RunFacts
from sim.clock import NEVER
from sim.states import Mode, Way

MODES_OF_WAY = {
    Way.IN_PLACE: (Mode.NONE, Mode.IN_PLACE),
    Way.RELATIVES: (Mode.NONE, Mode.OWN_CAR),
    Way.VILLAGE_SHELTER: (Mode.NONE, Mode.ON_FOOT),
    Way.COACH: (Mode.NONE, Mode.COACH, Mode.MINIBUS),
    Way.AMBULANCE: (Mode.NONE, Mode.AMBULANCE),
}
"""Who came out by other means than planned (fetched by boat, driven upstairs) has no limit."""


def earliest_out(limits: Limits, run: RunFacts, order_ms: Int64) -> Int64:
    """Earliest arrival at a safe place of every party by its planned way, ms, int64[n_parties].

    order_ms: int64[n_parties], first order of its zone, NEVER without one. 0 where no limit holds.
    """
    world, rows = run.world, run.world.parties
    home = rows.home.astype(np.int64)
    earliest = np.zeros(len(rows), dtype=np.int64)
    mode, fresh = run.carried.mode, order_ms < NEVER
    for way, modes in MODES_OF_WAY.items():
        wanted = np.zeros(len(Mode), dtype=np.bool_)
        wanted[list(modes)] = True
        mine = np.flatnonzero((rows.way == way) & wanted[mode] & fresh)
        leave = order_ms[mine]
        if way == Way.RELATIVES:
            elsewhere = (mode[mine] == Mode.OWN_CAR) & (
                run.carried.registered_at[mine] < world.exit_place
            )
            mine = mine[(world.homes.exit[home[mine]] >= 0) & ~elsewhere]
            leave = order_ms[mine] + drive_ms(run, limits.car, home[mine])
        elif way == Way.VILLAGE_SHELTER:
            leave = leave + _walk_ms(world.homes.shelter_mm[home[mine]], rows.walk_mm_s[mine])
        elif way in (Way.COACH, Way.AMBULANCE):
            mine, leave = _ridden(limits, run, mine, order_ms)
        earliest[mine] = np.where(leave < NEVER, leave, 0)
    return earliest


def _walk_ms(length_mm: Int64, pace_mm_s: Int64) -> Int64:
    took = -(-np.minimum(length_mm, NEVER // 1000) * 1000 // pace_mm_s)
    return np.where(length_mm < NEVER, took, NEVER)


def _ridden(limits: Limits, run: RunFacts, parties: Int64, order_ms: Int64) -> tuple[Int64, Int64]:
    """Riders who have a pick-up, and their earliest arrival by the first vehicle there.

    A site that is counted before it leaves gathers where the plan says; no limit is worked out.
    """
    world, rows = run.world, run.world.parties
    home = rows.home[parties].astype(np.int64)
    carried = rows.way[parties] == Way.AMBULANCE
    elsewhere = np.isin(home, run.plan.sites_counted)
    point = np.where(elsewhere, -1, world.homes.assembly[home])
    parties, home, point = (v[carried | (point >= 0)] for v in (parties, home, point))
    carried = rows.way[parties] == Way.AMBULANCE
    place = np.where(carried, home, world.assembly_place + point)
    walk = _walk_ms(world.homes.assembly_mm[home], rows.walk_mm_s[parties])
    there = order_ms[parties] + np.where(carried, 0, np.minimum(walk, NEVER // 2))
    group = "ambulance" if len(carried) and carried[0] else "bus"
    problem = limits.vehicles.problem_for(group, run, (parties, place, there))
    if problem is None:
        return parties[:0], there[:0]
    pickup = np.unique(place, return_inverse=True)[1]
    board = problem.handling.board + run.night.boarding(parties)
    return parties, np.maximum(problem.reach[pickup], there) + board + problem.out[pickup]
