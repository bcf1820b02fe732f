"""What the hazard does to people who have not left: cut-offs, water at the door, flooded stops.

Whoever has a safe upper floor goes up when the water is at the door; the others are stranded and
become an incident. Homes and stops get wet at steps of the hazard.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.engine import Engine
from sim.log import Kind
from sim.roads.router import RoadRouter
from sim.states import Flag, Mode, State, Way

Int64 = NDArray[np.int64]

# whole numbers, because numpy is slow to compare its numbers with enum members
_PREPARING, _AT_ASSEMBLY = int(State.PREPARING), int(State.AT_ASSEMBLY)
_AMBULANCE = int(Way.AMBULANCE)


def begin(engine: Engine) -> None:
    """Schedule every moment of this member at which water reaches people or cuts a zone off."""
    run = engine.run
    view, horizon = run.view, run.world.horizon_ms
    for moment in _moments(view.blocked_ms, horizon):
        run.at(moment, _water_at_the_door, engine, moment)
    for moment in _moments(view.zone_cutoff_ms, horizon):
        run.at(moment, _cut_off, engine, moment)
    for pickup in engine.pickups:
        wet = int(view.place_wet_ms[pickup.place])
        if wet <= horizon and not pickup.patients and pickup.shelter < 0:
            run.at(wet, flooded_stop, engine, pickup.row)


def dry_again_ms(engine: Engine, party: int, place: int, edge: int) -> int:
    """First moment from now on at which the water lets a trapped party go; NEVER if it stays.

    At a place that is a depth below ``leave_blocked_mm``; in a car on an edge (-1 for none) a
    depth that a car stands, besides.
    """
    run = engine.run
    step = run.world.hazard.step_ms
    begin = moment = run.now // step
    at_home = place == int(run.world.parties.home[party])
    for layer in run.view.layers:
        row = int(layer.place_row[place])
        if row >= 0:
            above = at_home and layer.scale.is_water
            offset = int(run.world.parties.offset_mm[party]) if above else 0
            limit = layer.scale.door_level + offset
            moment = max(moment, _first_below(layer.place_levels[row], limit, begin))
    router = run.view.router
    if edge >= 0 and isinstance(router, RoadRouter):
        free = router.free_again_ms(edge, engine.traffic.car, run.now)
        moment = max(moment, NEVER if free >= NEVER else free // step)
    return NEVER if moment >= NEVER else max(moment * step, run.now)


def _first_below(levels: np.ndarray, limit_mm: int, begin: int) -> int:
    """First step from ``begin`` on with a depth below a limit; NEVER for none."""
    below = levels[min(begin, len(levels) - 1) :] < limit_mm
    return begin + int(below.argmax()) if below.any() else NEVER


def _moments(times: np.ndarray, horizon: int) -> list[int]:
    return [int(t) for t in np.unique(times) if t <= min(horizon, NEVER - 1)]


def _cut_off(engine: Engine, moment: int) -> None:
    """Flag everyone of the zones cut off now who is not out yet."""
    run = engine.run
    people = run.people
    for zone in np.flatnonzero(run.view.zone_cutoff_ms == moment).tolist():
        for home in run.world.homes.zone_homes(zone):
            rows = np.arange(*run.world.parties.start[home : home + 2].tolist())
            # who has left by own means is out of the zone's reach; who waits at a stop is not
            here = people.state[rows] == _AT_ASSEMBLY
            here |= (people.state[rows] <= _PREPARING) & (people.leave[rows] > moment)
            here |= people.assembled[rows] < NEVER
            here &= people.state[rows] <= _AT_ASSEMBLY
            for party in rows[here].tolist():
                run.flag(party, Flag.CUT_OFF, int(people.place[party]))


def _water_at_the_door(engine: Engine, moment: int) -> None:
    """Parties still at home when the water stops them from leaving."""
    run = engine.run
    people = run.people
    reached = np.flatnonzero(run.view.blocked_ms == moment)
    _patients_at_home(engine, reached)
    for party in reached.tolist():
        engine.fleet.not_coming(party)
    for party in run.at_home(reached).tolist():
        people.decided[party] = min(people.decided[party], NEVER)
        forget_future(engine, party, moment)
        if run.world.parties.safe_floor[party] and run.view.upstairs[party]:
            go_up(engine, party)
        else:
            engine.stranded.strand(party, int(run.world.parties.home[party]))


def _patients_at_home(engine: Engine, reached: Int64) -> None:
    """Whoever waits at home for an ambulance when the water comes waits for a boat instead."""
    run, people, parties = engine.run, engine.run.people, engine.run.world.parties
    waiting = (parties.way[reached] == _AMBULANCE) & (people.leave[reached] <= run.now)
    waiting &= people.state[reached] <= _PREPARING
    for party in reached[waiting].tolist():
        home = int(parties.home[party])
        pickup = engine.pickups[engine.fleet.patient_pickup[home]]
        pickup.remove({party})
        engine.fleet.demand.gone(pickup.row, _known_size(engine, party), run.now)
        _strand_at_stop(engine, party, home)


def forget_future(engine: Engine, party: int, moment: int) -> None:
    """A party overtaken by the water does not carry out what it would have done later."""
    people = engine.run.people
    for column in (people.decided, people.ready, people.leave, people.told):
        if column[party] > moment:
            column[party] = NEVER


def go_up(engine: Engine, party: int) -> None:
    """Upstairs by own decision, when the water is at the door."""
    run = engine.run
    home = int(run.world.parties.home[party])
    begun = run.people.decided[party] <= run.now
    run.people.state[party] = State.PREPARING if begun else State.AT_HOME
    run.move(party, State.SAFE_IN_PLACE, home)
    run.out(party, Mode.IN_PLACE, home)
    run.log.add(run.now, Kind.REGISTERED, party, home)


def flooded_stop(engine: Engine, row: int) -> None:
    """Water at an assembly point: who waits there is stranded; later comers meet it too."""
    run, pickup = engine.run, engine.pickups[row]
    engine.fleet.close(row)
    for arrival, party in pickup.close():
        engine.fleet.demand.gone(row, _known_size(engine, party), run.now)
        if arrival <= run.now:
            _strand_at_stop(engine, party, pickup.place)
        else:
            run.at(arrival, _strand_at_stop, engine, party, pickup.place)


def _known_size(engine: Engine, party: int) -> int:
    known = engine.run.people.decided[party] <= engine.run.now
    return int(engine.run.world.parties.size[party]) if known else 0


def _strand_at_stop(engine: Engine, party: int, place: int) -> None:
    people = engine.run.people
    people.state[party], people.place[party] = State.AT_ASSEMBLY, place
    engine.stranded.strand(party, place)
