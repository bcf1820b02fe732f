"""Nobody vanishes: what must hold in every log, whatever happened that night (VT02).

Checked in every run, vectorised. A broken rule is a fault of the program, not of the inputs.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind, RunLog
from sim.measures.facts import Facts
from sim.measures.history import order_by
from sim.measures.people import ConservationError, people_measures
from sim.states import TRANSITIONS, State
from sim.world import World

Int64 = NDArray[np.int64]
_OF_PARTY = (
    *(Kind.STATE, Kind.FLAG, Kind.TOLD, Kind.DECIDED, Kind.READY, Kind.BOARDED, Kind.OUT),
    *(Kind.REGISTERED, Kind.EXPOSED, Kind.EXPOSED_END, Kind.NO_PLACE, Kind.FREED),
    Kind.MOVED_ON,
)
_OF_VEHICLE = (Kind.VEHICLE, Kind.LOADED, Kind.KM, Kind.DISPATCH)
_OF_ZONE = (Kind.ORDER_PREPARE, Kind.ORDER_MOVE)


def check_log(world: World, log: RunLog) -> None:
    """Check everything: order, rows, transitions, loads, places, both partitions.

    Raises:
        ConservationError: names the first rule that is broken, and by whom.
    """
    check_records(world, log)
    facts = Facts(world, log)
    check_facts(facts)
    people_measures(facts)


def check_records(world: World, log: RunLog) -> None:
    """Times within the horizon that never fall, and rows that exist."""
    t, kind, who = log.records["t"], log.records["kind"], log.records["who"]
    if len(t) and (np.diff(t) < 0).any():
        row = int(np.argmax(np.diff(t) < 0)) + 1
        raise ConservationError(f"record {row} at {t[row]} ms comes after one at {t[row - 1]} ms")
    if len(t) and (t[0] < 0 or t[-1] > world.horizon_ms):
        raise ConservationError(
            f"records run from {t[0]} to {t[-1]} ms, horizon {world.horizon_ms} ms"
        )
    limit = np.full(max(Kind) + 1, np.iinfo(np.int32).max, dtype=np.int64)
    limit[list(_OF_PARTY)] = len(world.parties)
    limit[list(_OF_VEHICLE)] = len(world.vehicles)
    limit[list(_OF_ZONE)] = len(world.zones.rows)
    lowest = np.where(limit < np.iinfo(np.int32).max, 0, np.iinfo(np.int32).min)
    bad = (who >= limit[kind]) | (who < lowest[kind])
    if bad.any():
        row = int(np.argmax(bad))
        raise ConservationError(
            f"record {row}: {Kind(int(kind[row])).name} of unknown row {who[row]}"
        )


def check_facts(facts: Facts) -> None:
    """Transitions, milestones in order, vehicle loads, shelter places."""
    _check_transitions(facts)
    _check_milestones(facts)
    _check_loads(facts)
    _check_shelters(facts)


def _check_transitions(facts: Facts) -> None:
    """Everybody is in one state at a time and changes it only as the table allows."""
    history = facts.history
    inner = history.party[1:] == history.party[:-1]
    before, after = history.state[:-1], history.state[1:]
    bad = inner & ~TRANSITIONS[before, after]
    if bad.any():
        k = int(np.argmax(bad))
        raise ConservationError(
            f"party {history.party[k]}: {State(int(before[k])).name} -> "
            f"{State(int(after[k])).name} at {history.start_ms[k + 1]} ms"
        )


def _check_milestones(facts: Facts) -> None:
    """Told, decided, ready, out, counted: whoever has two of them has them in this order."""
    decided = facts.first(Kind.DECIDED, facts.n)
    chain = (
        ("told", facts.told), ("decided", decided), ("ready", facts.ready),
        ("out", facts.out), ("registered", facts.registered),
    )  # fmt: skip
    for (name, first), (next_name, then) in pairwise(chain):
        bad = (first > then) & (first < NEVER)
        if bad.any():
            party = int(np.argmax(bad))
            raise ConservationError(
                f"party {party}: {next_name} at {then[party]} ms before {name} at {first[party]} ms"
            )
    counted_not_out = (facts.registered < NEVER) & (facts.out == NEVER)
    if counted_not_out.any():
        raise ConservationError(
            f"party {int(np.argmax(counted_not_out))}: head-counted but never out"
        )


def _check_loads(facts: Facts) -> None:
    """Every stay aboard belongs to one boarding, and no vehicle carries more than its seats."""
    history = facts.history
    stays = np.flatnonzero(history.in_states(State.ABOARD, State.ABOARD_BOAT))
    boarded = facts.of(Kind.BOARDED)
    boarded = boarded.take(order_by(boarded["who"], facts.n))
    same = len(stays) == len(boarded) and bool(
        (boarded["who"] == history.party[stays]).all()
        and (boarded["t"] == history.start_ms[stays]).all()
    )
    if not same:
        raise ConservationError(f"{len(boarded)} boardings do not match {len(stays)} stays aboard")
    by_road = history.state[stays] == State.ABOARD
    stays, vehicle = stays[by_road], boarded["value"][by_road]
    seats = np.array([v.seats for v in facts.world.vehicles], dtype=np.int64)
    highest = peak_loads(
        (vehicle, facts.size[history.party[stays]]),
        (history.start_ms[stays], history.end_ms[stays]), len(seats),
    )  # fmt: skip
    over = highest > seats
    if over.any():
        k = int(np.argmax(over))
        vehicle_id = facts.world.vehicles[k].id
        raise ConservationError(f"vehicle {vehicle_id} carries {highest[k]} on {seats[k]} seats")


def _check_shelters(facts: Facts) -> None:
    """No shelter holds more people than it has places."""
    history, world = facts.history, facts.world
    inside = history.in_states(State.SHELTERED, State.IN_HOSPITAL)
    stays = np.flatnonzero(inside)
    shelter = history.place[stays] - world.shelter_place
    places = np.array([row.capacity for row in world.shelters], dtype=np.int64)
    if ((shelter < 0) | (shelter >= len(places))).any():
        raise ConservationError("somebody is sheltered at a place that is no shelter")
    highest = peak_loads(
        (shelter, facts.size[history.party[stays]]),
        (history.start_ms[stays], history.end_ms[stays]), len(places),
    )  # fmt: skip
    over = highest > places
    if over.any():
        k = int(np.argmax(over))
        shelter_id = world.shelters[k].id
        raise ConservationError(f"shelter {shelter_id}: {highest[k]} people, {places[k]} places")


def peak_loads(who_and_persons: tuple[Int64, Int64], span_ms: tuple[Int64, Int64],
               n: int) -> Int64:  # fmt: skip
    """Most persons at one time in each of n vehicles or shelters, int64[n].

    Args:
        who_and_persons: vehicle or shelter row, and persons, of every stay.
        span_ms: begin and end of every stay; at equal times people leave before others enter.
    """
    (row, persons), (begin, end) = who_and_persons, span_ms
    rows = np.concatenate([row, row])
    change = np.concatenate([-persons, persons])
    moment = np.concatenate([end * 2, begin * 2 + 1])
    order = np.argsort((rows << 34) | moment)
    # every stay adds and takes away, so the running total is 0 where the next row begins
    load = np.cumsum(change[order])
    highest = np.zeros(n, dtype=np.int64)
    np.maximum.at(highest, rows[order], load)
    return highest
