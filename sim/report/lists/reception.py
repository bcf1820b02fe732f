"""安置点接收表: which shelter takes whom from where in which hour."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind, Reason
from sim.report.lists.night import Night, make_table, word
from sim.report.table import Both, Cell, Table
from sim.states import State

Int64 = NDArray[np.int64]
SHELTERS = (
    "shelter", "township", "kind", "capacity", "desks", "received", "fill", "special_received",
    "first_clock", "peak_clock", "peak", "last_clock", "waiting", "full_times", "wet_clock",
)  # fmt: skip
SUMMED = ("capacity", "received", "special_received", "waiting", "full_times")
RECEPTION = (
    "shelter", "township", "kind", "hour", "village", "arrived", "special_received", "running",
    "capacity",
)  # fmt: skip


def shelters(night: Night) -> Table:
    """A row per shelter that took anybody, turned anybody away or went under water.

    Returns:
        Its totals: received (sheltered and in hospital at the end of this night), at the gate.
    """
    here, full = Received(night), _turned_away(night)
    rows = [
        row
        for number in range(len(night.world.shelters))
        if (row := _shelter(night, here, number, full)) is not None
    ]
    rows.sort(key=lambda one: (str(one[1]), str(one[0])))
    hospital = here.in_hospital()
    values = {
        "number": night.number,
        "sheltered": here.persons(np.arange(len(here.party))) - hospital,
        "hospital": hospital,
    }
    return make_table("shelters", SHELTERS, rows, values, SUMMED)


def _shelter(
    night: Night, here: Received, number: int, full: Counter[int]
) -> tuple[Cell, ...] | None:
    """One shelter; None when nothing happened there."""
    shelter, place = night.world.shelters[number], night.world.shelter_place + number
    mine = np.flatnonzero(here.place == place)
    wet = int(night.facts.view.place_wet_ms[place])
    waiting = here.waiting_at(place)
    if not len(mine) and not waiting and not full[place] and wet >= NEVER:
        return None
    persons, hours = here.persons(mine), here.by_hour(mine)
    busiest = max(hours, key=lambda hour: (hours[hour], -hour), default=NEVER)
    special = mine[night.world.parties.special[here.party[mine]]]
    return (
        *(shelter.name, shelter.township, _kind(shelter.kind), shelter.capacity, shelter.desks),
        persons,
        persons / shelter.capacity if shelter.capacity else None,
        here.persons(special),
        night.moment(int(here.arrived_ms[mine].min(initial=NEVER))),
        night.hour_of(busiest) if hours else None,
        hours[busiest],
        night.moment(int(here.arrived_ms[mine].max(initial=0))) if len(mine) else None,
        waiting,
        full[place],
        night.moment(wet) or word("stays_dry"),
    )


def reception(night: Night) -> Table:
    """A row per shelter, clock hour and village with arrivals, in order of time."""
    world, here = night.world, Received(night)
    rows: list[tuple[Cell, ...]] = []
    order = sorted(
        range(len(world.shelters)),
        key=lambda row: (world.shelters[row].township, world.shelters[row].name),
    )
    for row in order:
        shelter = world.shelters[row]
        mine = np.flatnonzero(here.place == world.shelter_place + row)
        groups: dict[tuple[int, str], list[int]] = defaultdict(list)
        for i in mine.tolist():
            home = int(world.parties.home[here.party[i]])
            groups[here.hour_ms(i), world.homes.rows[home].name].append(i)
        so_far = 0
        for (hour, village), members in sorted(groups.items()):
            chosen = np.array(members)
            arrived = here.persons(chosen)
            so_far += arrived
            rows.append(
                (
                    *(shelter.name, shelter.township, _kind(shelter.kind)),
                    *(night.hour_of(hour), village, arrived),
                    here.persons(chosen[world.parties.special[here.party[chosen]]]),
                    *(so_far, shelter.capacity),
                )
            )
    values = {"number": night.number}
    return make_table("reception", RECEPTION, rows, values, ("arrived", "special_received"))


class Received:
    """Who is in a shelter or hospital at the end of a night, head-counted.

    Attributes:
        party, place, arrived_ms: int64, a row per party; arrival is the last time out of danger.
    """

    def __init__(self, night: Night) -> None:
        facts, history = night.facts, night.facts.history
        self._night = night
        self._state = history.state[history.last]
        self._place = history.place[history.last]
        in_shelter = np.isin(self._state, (State.SHELTERED, State.IN_HOSPITAL))
        self.party: Int64 = np.flatnonzero(night.final.safe_out & in_shelter)
        self.place: Int64 = self._place[self.party]
        arrived = np.full(facts.n, NEVER, dtype=np.int64)
        out = facts.of(Kind.OUT)
        arrived[out["who"]] = out["t"]
        self.arrived_ms: Int64 = arrived[self.party]

    def persons(self, rows: Int64) -> int:
        """Persons of some rows."""
        return int(self._night.facts.size[self.party[rows]].sum())

    def at_hospital(self) -> NDArray[np.bool_]:
        """Which of the parties are in hospital; the others are in shelters."""
        there: NDArray[np.bool_] = self._state[self.party] == State.IN_HOSPITAL
        return there

    def in_hospital(self) -> int:
        """Persons in hospital, the others are in shelters."""
        return self.persons(np.flatnonzero(self.at_hospital()))

    def hour_ms(self, row: int) -> int:
        """Begin of the clock hour of an arrival, ms from clock_start (may be below 0)."""
        start = self._night.world.clock_start
        begin = self._night.hour_of(int(self.arrived_ms[row]))
        return round((begin - start).total_seconds() * 1000)

    def by_hour(self, rows: Int64) -> Counter[int]:
        """Persons by begin of the clock hour."""
        counts: Counter[int] = Counter()
        for row in rows.tolist():
            counts[self.hour_ms(row)] += self.persons(np.array([row]))
        return counts

    def waiting_at(self, place: int) -> int:
        """Persons at the gate of a place at the end."""
        there = (self._state == State.AT_GATE) & (self._place == place)
        return self._night.facts.persons(there)


def _turned_away(night: Night) -> Counter[int]:
    """Vehicles and households sent on because a shelter was full, by the place they came from."""
    found: Counter[int] = Counter()
    goal: dict[int, int] = {}
    gate: dict[int, int] = {}
    for _, kind, who, place, value in night.facts.log.records.tolist():
        if kind == Kind.VEHICLE:
            goal[who] = place
        elif kind == Kind.STATE and value == State.AT_GATE:
            gate[who] = place
        elif kind == Kind.DIVERTED and value == Reason.FULL:
            found[goal.get(who, -1) if who >= 0 else gate.get(-1 - who, -1)] += 1
    return found


def _kind(kind: str) -> Both:
    return word(f"kind_{kind}")
