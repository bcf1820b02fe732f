"""Buses and shelters: waiting, seats, waves, kilometres, people without a place."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN
from sim.log import Kind
from sim.measures.facts import Facts
from sim.measures.history import order_by
from sim.states import State, Way

Bool = NDArray[np.bool_]
Int64 = NDArray[np.int64]


def fleet_measures(facts: Facts) -> dict[str, float]:
    """How the coaches and minibuses were used; ambulances are left out.

    wait_for_bus_mean_min: per person who boarded, all waits at pick-up points together.
    bus_seat_use: persons carried over seats of the loaded trips. bus_waves: loaded trips per bus
    that carried anybody; a trip with several pick-ups is one. All absent when no bus carried
    anybody. bus_km: with and without load.
    """
    buses = np.array([v.vehicle_class != "ambulance" for v in facts.world.vehicles], np.bool_)
    found = {"shelter_overflow": float(shelter_overflow(facts))}
    if not buses.any():
        return found
    driven = facts.of(Kind.KM)
    found["bus_km"] = int(driven["value"][buses[driven["who"]]].sum()) / 1000
    vehicle, persons = loaded_trips(facts)
    mine = buses[vehicle]
    if mine.any():
        seats = np.array([v.seats for v in facts.world.vehicles], dtype=np.int64)
        found["bus_seat_use"] = int(persons[mine].sum()) / int(seats[vehicle[mine]].sum())
        found["bus_waves"] = int(mine.sum()) / len(np.unique(vehicle[mine]))
    return found | _waits(facts)


def loaded_trips(facts: Facts) -> tuple[Int64, Int64]:
    """Vehicle and persons of every loaded trip: from the first aboard until all are off again."""
    history = facts.history
    stays = np.flatnonzero(history.in_states(State.ABOARD, State.ABOARD_BOAT))
    boarded = facts.of(Kind.BOARDED)
    # one boarding belongs to each stay, in the order of party and time
    vehicle = boarded["value"][order_by(boarded["who"], facts.n)].astype(np.int64)
    by_road = history.state[stays] == State.ABOARD
    stays, vehicle = stays[by_road], vehicle[by_road]
    order = np.lexsort((stays, history.start_ms[stays], vehicle))
    stays, vehicle = stays[order], vehicle[order]
    trips: list[int] = []
    persons: list[int] = []
    until = -1
    rows = zip(
        vehicle.tolist(), history.start_ms[stays].tolist(), history.end_ms[stays].tolist(),
        facts.size[history.party[stays]].tolist(), strict=True,
    )  # fmt: skip
    for number, start, end, size in rows:
        if not trips or trips[-1] != number or start >= until:
            trips.append(number)
            persons.append(0)
            until = end
        persons[-1] += size
        until = max(until, end)
    return np.array(trips, dtype=np.int64), np.array(persons, dtype=np.int64)


def _waits(facts: Facts) -> dict[str, float]:
    rides = facts.history.in_states(State.ABOARD) & ~_at_shelters(facts, facts.history.place)
    rode = np.zeros(facts.n, dtype=np.bool_)
    rode[facts.history.party[rides]] = True
    rode &= facts.world.parties.way != Way.AMBULANCE
    persons = facts.persons(rode)
    if not persons:
        return {}
    waits = facts.of(Kind.WAIT_BUS)
    waits = waits[rode[waits["who"]] & ~_at_shelters(facts, waits["place"])]
    person_ms = int((facts.size[waits["who"]] * waits["value"]).sum())
    return {"wait_for_bus_mean_min": person_ms / persons / MS_PER_MIN}


def _at_shelters(facts: Facts, places: NDArray[np.signedinteger[Any]]) -> NDArray[np.bool_]:
    """Which places are shelters: who waits there is moved on, and was out before."""
    row = places - facts.world.shelter_place
    found: NDArray[np.bool_] = (row >= 0) & (row < len(facts.world.shelters))
    return found


def shelter_overflow(facts: Facts) -> int:
    """Persons who stand at a gate at the horizon because no shelter had a place for them."""
    rows = facts.of(Kind.NO_PLACE)
    turned_away = np.zeros(facts.n, dtype=np.bool_)
    turned_away[rows["who"]] = True
    history = facts.history
    return facts.persons(turned_away & (history.state[history.last] == State.AT_GATE))
