"""Bounds of desks, own ways out and boats in a run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bounds import boats
from sim.bounds.carried import boats_that_came
from sim.bounds.own_roads import Drives, OwnRoads
from sim.bounds.run_facts import GroupBounds, RunFacts
from sim.bounds.stations import queue
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_MIN, NEVER
from sim.states import Mode

Int64 = NDArray[np.int64]
OWN_MODES = (Mode.OWN_CAR, Mode.ON_FOOT, Mode.IN_PLACE)


def desks(run: RunFacts) -> GroupBounds | None:
    """Everybody who registered, over all desks of the county together: a queue of their own
    registration times, nobody before he could be at a gate. Which shelter they go to is left
    open, so the bound holds for every choice of shelters."""
    world, night, carried = run.world, run.night, run.carried
    row = carried.registered_at - world.shelter_place
    inside = (row >= 0) & (row < len(world.shelters)) & (carried.registered < NEVER)
    parties = np.flatnonzero(inside)
    if not len(parties):
        return None
    # on foot the gate is reached by one's own pace; others are not there before they boarded
    walked = np.isin(carried.mode[parties], (Mode.ON_FOOT,))
    since = np.minimum(carried.assembled[parties], carried.stranded[parties])
    begin = np.where(walked, carried.gate[parties], np.minimum(since, carried.gate[parties]))
    desks = sum(shelter.desks for shelter in world.shelters)
    moment = queue(begin, night.registering(parties), desks)
    bounds = {"queue": moment + int(night.headcount(parties).min())}
    return GroupBounds(bounds, int(carried.registered[parties].max()))


def own_ways(run: RunFacts, car: DryTimes, roads: OwnRoads) -> GroupBounds | None:
    """Ready, then the own way at its quickest: stairs, the path on foot, a dry free road; then
    the desk where there is one. And the cars together over the roads they share."""
    world, night, carried = run.world, run.night, run.carried
    parties = carried.counted(*OWN_MODES)
    if not len(parties):
        return None
    mode = carried.mode[parties]
    home = world.parties.home[parties].astype(np.int64)
    took = np.zeros(len(parties), dtype=np.int64)
    walks, drives = mode == Mode.ON_FOOT, mode == Mode.OWN_CAR
    # a shelter on the way may be nearer than the relatives whose road was cut
    drives &= carried.registered_at[parties] >= world.exit_place
    pace = world.parties.walk_mm_s[parties[walks]]
    took[walks] = -(-world.homes.shelter_mm[home[walks]] * 1000 // pace)
    took[drives] = drive_ms(run, car, home[drives])
    at_desk = walks & (carried.registered_at[parties] < world.exit_place)
    took[at_desk] += night.registering(parties[at_desk]) + night.headcount(parties[at_desk])
    # whom only the water drove upstairs was never ready: no limit follows from them
    ready = carried.ready[parties]
    known = ready < NEVER
    bounds = {"ways": int(np.where(known, ready + took, 0).max())}
    drives &= known
    node = world.places.node.astype(np.int64)
    target = node[carried.registered_at[parties[drives]]]
    if moment := roads.done_ms(run, Drives(node[home[drives]], target, ready[drives])):
        bounds["roads"] = moment
    return GroupBounds(bounds, int(carried.registered[parties].max()))


def drive_ms(run: RunFacts, car: DryTimes, homes: Int64) -> Int64:
    """Least time by own car from each home to where its people go; NEVER without a way."""
    world, node = run.world, run.world.places.node
    exits = world.exit_place + world.homes.exit[homes]
    us = np.zeros(len(homes), dtype=np.int64)
    for place in np.unique(exits).tolist():
        mine = exits == place
        us[mine] = car.to_node(int(node[place]))[node[homes[mine]]]
    return at_speed(us, run.night.speed_q16)


def boats_out(run: RunFacts) -> GroupBounds | None:
    """Those fetched by boat, from the moment each was cut off."""
    world, night, carried = run.world, run.night, run.carried
    behaviour = world.behaviour
    parties = carried.counted(Mode.BOAT)
    if not len(parties):
        return None
    ready, places, visits = boats_that_came(world, run.log)
    fetch = behaviour.spec.fetch
    problem = boats.BoatProblem(
        ready=ready + behaviour.launch.smallest,
        places=places,
        since=carried.stranded[parties],
        persons=world.parties.size[parties].astype(np.int64),
        pickup=night.fetching(parties),
        trip=boats.BoatTrip(
            run=round(fetch.boat_run_min * MS_PER_MIN),
            load=behaviour.load_fixed.smallest,
            unload=behaviour.unload.smallest,
            outward=fetch.outward_run,
        ),
        visits=visits,
    )
    return GroupBounds({"trips": boats.boats(problem)}, int(carried.registered[parties].max()))
