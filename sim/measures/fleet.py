"""Buses and shelters: waiting, seats, waves, kilometres, people without a place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN
from sim.log import Kind
from sim.measures.facts import Facts
from sim.states import State, Way

Bool = NDArray[np.bool_]


def fleet_measures(facts: Facts) -> dict[str, float]:
    """How the coaches and minibuses were used; ambulances are left out.

    wait_for_bus_mean_min: per person who boarded, all waits at pick-up points together.
    bus_seat_use: persons loaded over seats of the departures. bus_waves: loaded trips per bus
    that carried anybody. All absent when no bus carried anybody. bus_km: with and without load.
    """
    buses = np.array([v.vehicle_class != "ambulance" for v in facts.world.vehicles], np.bool_)
    found = {"shelter_overflow": float(shelter_overflow(facts))}
    if not buses.any():
        return found
    driven = facts.of(Kind.KM)
    found["bus_km"] = int(driven["value"][buses[driven["who"]]].sum()) / 1000
    loaded = facts.of(Kind.LOADED)
    loaded = loaded[buses[loaded["who"]]]
    if len(loaded):
        seats = np.array([v.seats for v in facts.world.vehicles], dtype=np.int64)
        found["bus_seat_use"] = int(loaded["value"].sum()) / int(seats[loaded["who"]].sum())
        found["bus_waves"] = len(loaded) / len(np.unique(loaded["who"]))
    return found | _waits(facts)


def _waits(facts: Facts) -> dict[str, float]:
    rides = facts.history.in_states(State.ABOARD)
    rode = np.zeros(facts.n, dtype=np.bool_)
    rode[facts.history.party[rides]] = True
    rode &= facts.world.parties.way != Way.AMBULANCE
    persons = facts.persons(rode)
    if not persons:
        return {}
    waits = facts.of(Kind.WAIT_BUS)
    waits = waits[rode[waits["who"]]]
    person_ms = int((facts.size[waits["who"]] * waits["value"]).sum())
    return {"wait_for_bus_mean_min": person_ms / persons / MS_PER_MIN}


def shelter_overflow(facts: Facts) -> int:
    """Persons who stand at a gate at the horizon because no shelter had a place for them."""
    rows = facts.of(Kind.NO_PLACE)
    turned_away = np.zeros(facts.n, dtype=np.bool_)
    turned_away[rows["who"]] = True
    history = facts.history
    return facts.persons(turned_away & (history.state[history.last] == State.AT_GATE))
