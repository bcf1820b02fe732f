"""Pick-up points: who waits where for a vehicle, and how many are known to be coming.

An assembly point is a pick-up point; so are the home of people who must be carried and the door of
a shelter whose people have to move on. People are
rows with arrival times: a vehicle asks "how many wait now, when will my seats be full".
"""

from __future__ import annotations

import heapq
from bisect import bisect_right, insort
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from sim.bays import Bays
from sim.clock import NEVER


@dataclass
class Pickup:
    """One pick-up point.

    queue holds (arrival ms, party) sorted by arrival, parties not yet aboard; reports the times at
    which parties say that they will come; bus_class is the
    largest bus class that gets here on dry roads ("" for none); transfer is the pick-up row to
    which feeders bring people, or -1; shelter is the row of the shelter whose door this is, or -1,
    and then zone is -1 too.
    """

    row: int
    place: int
    node: int
    zone: int
    bays: Bays
    patients: bool
    bus_class: str
    transfer: int = -1
    shelter: int = -1
    queue: list[tuple[int, int]] = field(default_factory=list)
    reports: list[int] = field(default_factory=list)

    def add(self, arrival_ms: int, party: int, known_ms: int) -> None:
        """A party will be here from arrival_ms on, and says so at known_ms."""
        insort(self.queue, (arrival_ms, party))
        insort(self.reports, known_ms)

    def close(self) -> list[tuple[int, int]]:
        """Nobody can wait here any more: who would have, as (arrival ms, party)."""
        queue, self.queue, self.reports = self.queue, [], []
        return queue

    def next_report(self, now: int) -> int:
        """When somebody next says that he will come; NEVER if nobody is being persuaded."""
        k = bisect_right(self.reports, now)
        return self.reports[k] if k < len(self.reports) else NEVER

    def waiting(self, now: int) -> list[int]:
        """Parties here now, longest wait first."""
        return [party for _, party in self.queue[: bisect_right(self.queue, (now, NEVER))]]

    def next_arrival(self, now: int) -> int:
        """Next arrival after now; NEVER if nobody is under way."""
        k = bisect_right(self.queue, (now, NEVER))
        return self.queue[k][0] if k < len(self.queue) else NEVER

    def remove(self, parties: set[int]) -> None:
        """Take parties out of the queue."""
        self.queue = [item for item in self.queue if item[1] not in parties]


class Demand:
    """Persons known to need a vehicle, per pick-up point, as the organisers report them.

    ``since`` is when the first of those not yet promised a vehicle was reported (ms).

    A party becomes known when it says that it will come, not before.
    """

    def __init__(self, n_pickups: int) -> None:
        self.known = np.zeros(n_pickups, dtype=np.int64)
        self.assigned = np.zeros(n_pickups, dtype=np.int64)
        self.since = np.zeros(n_pickups, dtype=np.int64)
        self._future: list[tuple[int, int, int]] = []
        self._recalled: Counter[tuple[int, int, int]] = Counter()

    def announce(self, known_ms: int, pickup: int, persons: int) -> None:
        """So many persons will be reported for a pick-up point at known_ms."""
        heapq.heappush(self._future, (known_ms, pickup, persons))

    def update(self, now: int) -> None:
        """Take in every report up to now."""
        future = self._future
        while future and future[0][0] <= now:
            moment, pickup, persons = report = heapq.heappop(future)
            if self._recalled[report]:
                self._recalled[report] -= 1
                continue
            if self.known[pickup] <= self.assigned[pickup]:
                self.since[pickup] = moment
            self.known[pickup] += persons

    def recall(self, known_ms: int, pickup: int, persons: int) -> None:
        """A report that has not come yet will not come."""
        self._recalled[known_ms, pickup, persons] += 1

    def promise(self, pickup: int, seats: int, now: int) -> None:
        """Seats are on their way to a pick-up point (negative: not any more).

        Reports up to now come first, so that ``since`` does not depend on who asked last.
        """
        self.update(now)
        self.assigned[pickup] += seats

    def gone(self, pickup: int, persons: int, now: int) -> None:
        """Persons who were reported do not need a vehicle here any more."""
        self.update(now)
        self.known[pickup] -= persons

    def close(self, pickup: int, now: int) -> None:
        """What would be reported for a pick-up point later is not reported any more."""
        self.update(now)
        self._future = [report for report in self._future if report[1] != pickup]
        self._recalled = Counter({r: n for r, n in self._recalled.items() if r[1] != pickup})
        heapq.heapify(self._future)

    def next_report(self) -> int:
        """When the next report comes; NEVER if none is under way."""
        return self._future[0][0] if self._future else NEVER
