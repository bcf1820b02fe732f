"""A bus transfer as small arrays: what the bounds are computed from, whoever asks.

Times are whole numbers of one unit (milliseconds in runs, minutes in the benchmarks) counted from
one zero. The bounds use nothing else, so they can be checked against worked-out instances.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER

Int64 = NDArray[np.int64]
UNLIMITED = 2**40
"""Places of a shelter without a limit."""


@dataclass(frozen=True)
class Buses:
    """Vehicles: int64[n] each. ready: moment each can leave; start: row of its starting place."""

    ready: Int64
    start: Int64
    seats: Int64


@dataclass(frozen=True)
class Waiting:
    """Parties to be carried, int64[n] each, sorted by pick-up, then arrival.

    pickup: row; arrival: moment it is there; persons; board: time its own boarding takes.
    """

    pickup: Int64
    arrival: Int64
    persons: Int64
    board: Int64

    @staticmethod
    def sort(pickup: Int64, arrival: Int64, persons: Int64, board: Int64) -> Waiting:
        """The same parties in the order the bounds need."""
        order = np.lexsort((arrival, pickup))
        return Waiting(pickup[order], arrival[order], persons[order], board[order])


@dataclass(frozen=True)
class Times:
    """Shortest possible travel times; NEVER without a way.

    first: int64[starts, pickups]; load: int64[pickups, shelters], with people aboard; back:
    int64[shelters, pickups], empty. They need not obey the triangle inequality.
    """

    first: Int64
    load: Int64
    back: Int64


@dataclass(frozen=True)
class Handling:
    """What every trip needs at least beside driving: boarding's fixed part, alighting."""

    board: int = 0
    alight: int = 0


@dataclass(frozen=True)
class BusProblem:
    """Everybody in ``waiting`` is to be brought from the pick-ups to the shelters.

    bays: int64[pickups], vehicles boarding at once; capacity: int64[shelters], persons.
    whole_loads: a shelter takes whole bus loads only (as in the benchmark instances); otherwise
    persons, and a bus may drive half full.
    """

    buses: Buses
    waiting: Waiting
    bays: Int64
    capacity: Int64
    times: Times
    handling: Handling = Handling()
    whole_loads: bool = False

    @property
    def n_pickups(self) -> int:
        """Number of pick-up points."""
        return len(self.bays)

    @cached_property
    def most_seats(self) -> int:
        """Seats of the largest vehicle."""
        return int(self.buses.seats.max())

    @cached_property
    def persons(self) -> Int64:
        """Persons per pick-up, int64[pickups]."""
        return summed(self.waiting.pickup, self.waiting.persons, self.n_pickups)

    @cached_property
    def trips(self) -> Int64:
        """Fewest trips from each pick-up: persons by the seats of the largest vehicle."""
        return -(-self.persons // self.most_seats)

    @cached_property
    def shelter_loads(self) -> Int64:
        """Whole loads each shelter takes, UNLIMITED when persons are counted."""
        if not self.whole_loads:
            return np.full(len(self.capacity), UNLIMITED, dtype=np.int64)
        return self.capacity // self.most_seats

    @cached_property
    def out(self) -> Int64:
        """Time from each pick-up to its nearest shelter, int64[pickups]."""
        return _least(self.times.load, axis=1)

    @cached_property
    def first(self) -> Int64:
        """Time to each pick-up from the nearest starting place, int64[pickups]."""
        used = np.unique(self.buses.start)
        return _least(self.times.first[used], axis=0)

    @cached_property
    def back(self) -> Int64:
        """Time to each pick-up from the nearest shelter, int64[pickups]."""
        return _least(self.times.back, axis=0)

    @cached_property
    def reach(self) -> Int64:
        """Earliest moment any vehicle can be at each pick-up, int64[pickups].

        The shortest way from a starting place over any chain of pick-ups and shelters: without
        the triangle inequality a detour by another pick-up may be faster than the direct road.
        """
        ready = np.full(len(self.times.first), NEVER, dtype=np.int64)
        np.minimum.at(ready, self.buses.start, self.buses.ready)
        at = _least(ready[:, None] + self.times.first, axis=0)
        while self.n_pickups:
            at_shelter = _least(at[:, None] + self.times.load, axis=0)
            sooner = np.minimum(at, _least(at_shelter[:, None] + self.times.back, axis=0))
            if (sooner == at).all():
                break
            at = sooner
        return np.minimum(at, NEVER)


def summed(row: Int64, values: Int64, n: int) -> Int64:
    """Whole-number sums of values by row, int64[n]."""
    total = np.zeros(n, dtype=np.int64)
    np.add.at(total, row, values)
    return total


def _least(times: Int64, axis: int) -> Int64:
    least: Int64 = np.min(times, axis=axis, initial=NEVER)
    return least
