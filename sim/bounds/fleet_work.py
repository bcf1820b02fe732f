"""Bounds by the work of the whole fleet: all trips must fit into all vehicles' time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.bounds.problem import BusProblem, Int64, summed
from sim.clock import NEVER

MOMENTS = 6
"""Moments of arrival at which the work still to be done is compared with the time left."""


def earliest_end(start: Int64, weight: Int64, work: int) -> int:
    """Smallest T with sum of weight · max(0, T − start) ≥ work; the largest start never matters.

    start, weight: int64[n], n ≥ 1.
    """
    if work <= 0:
        return int(start.min())
    order = np.argsort(start, kind="stable")
    start, rate = start[order], np.cumsum(weight[order])
    # work that can be done until the next vehicle joins
    done = np.concatenate([[0], np.cumsum(rate[:-1] * np.diff(start))])
    k = int(np.searchsorted(done, work, side="left")) - 1
    return int(start[k]) + -(-(work - int(done[k])) // int(rate[k]))


def fleet_work_quick(problem: BusProblem) -> int:
    """车队工作量 (quick): the work of the fleet with every leg at its shortest.

    Every trip from a pick-up needs an empty way there, boarding, the way to a shelter and
    alighting. The empty way comes from a shelter, except for the first trip of each vehicle,
    which comes from where it started: at most B trips save the difference. Each leg is taken at
    its shortest, shelters without limit. All this must fit into the vehicles' time:
    sum over b of (T − ready_b) ≥ work.

    Two readings, and the larger T counts: trips (as many as the largest vehicle would need, each
    vehicle's time counts once), and seats (a trip of n persons occupies seats_b ≥ n seats, so
    seats_b · time adds up to at least persons · time), which is sharper for mixed fleets.

    Those who come late cannot be carried before: the same is done for everybody who arrives at
    or after each of some moments, with the time of the vehicles from then on; the empty way to a
    vehicle's first trip after that moment may lie before it.
    """
    if not len(problem.waiting.pickup):
        return 0
    if not len(problem.buses.ready):
        return NEVER
    arrival = np.sort(problem.waiting.arrival)
    picked = arrival[np.linspace(0, len(arrival) - 1, MOMENTS).astype(np.int64)]
    # from the first ready vehicle on, the first legs count in full
    moments = {min(int(problem.buses.ready.min()), int(arrival[0])), *(int(m) for m in picked)}
    return min(max(_work_from(problem, moment) for moment in sorted(moments)), NEVER)


@dataclass(frozen=True)
class SeatWork:
    """Seat-time that moving some persons takes at least, and the vehicles it has to fit into.

    saving: most that the first trip of one more vehicle could save, its empty way.
    """

    work: int
    start: Int64
    seats: Int64
    saving: int = 0

    def ends(self) -> int:
        """No schedule has moved so many persons before."""
        return earliest_end(self.start, self.seats, self.work)

    def vehicles_short(self, deadline: int) -> int:
        """缺车: vehicles of the largest kind, ready with the first one, that are lacking at least
        for the work to fit in before the deadline; 0 when it does, NEVER when none would help."""
        missing = self.work - int((self.seats * np.maximum(deadline - self.start, 0)).sum())
        if missing <= 0:
            return 0
        each = int(self.seats.max()) * (deadline - int(self.start.min()) + self.saving)
        return -(-missing // each) if each > 0 else NEVER


def seat_work(problem: BusProblem, persons: int) -> SeatWork:
    """Work of moving any ``persons`` of those waiting: the ones with the shortest rounds.

    The same reading in seats as ``fleet_work_quick``, with everybody there from the start: n
    persons occupy seats_b ≥ n seats for the whole round, so seat-time is at least the sum of the
    shortest rounds; first trips save at most the largest savings on as many seats as there are.
    """
    buses, handling = problem.buses, problem.handling
    back = np.where(problem.back < NEVER, problem.back, problem.first)
    round_ms = back + problem.out + handling.board + handling.alight
    order = np.argsort(round_ms, kind="stable")
    waiting = problem.persons[order]
    used = np.clip(persons - (np.cumsum(waiting) - waiting), 0, waiting)
    round_ms = np.minimum(round_ms[order], NEVER // 2**20)
    saving = np.clip(problem.back - problem.first, 0, NEVER // 2**20)
    work = int((used * round_ms).sum()) - _saved(saving, problem.persons, int(buses.seats.sum()))
    return SeatWork(max(work, 0), buses.ready, buses.seats, int(back.max(initial=0)))


def _work_from(problem: BusProblem, moment: int) -> int:
    """Bound from the parties that arrive at or after a moment."""
    waiting, buses, handling = problem.waiting, problem.buses, problem.handling
    late = waiting.arrival >= moment
    persons = summed(waiting.pickup[late], waiting.persons[late], problem.n_pickups)
    board = int(waiting.board[late].sum())
    start = np.maximum(buses.ready, moment)
    first = problem.first if int(buses.ready.min()) >= moment else np.zeros_like(problem.first)
    mine = persons > 0
    persons, back, out, first = (v[mine] for v in (persons, problem.back, problem.out, first))
    # no way back: every trip must be the first one of its vehicle
    back = np.where(back < NEVER, back, first)
    if (np.maximum(out, back) >= NEVER).any():
        return NEVER
    saving = np.maximum(back - first, 0)
    each = back + out + handling.board + handling.alight
    trips = -(-persons // problem.most_seats)
    by_trip = int((trips * each).sum()) + board - _saved(saving, trips, len(start))
    all_seats, least_seats = int(buses.seats.sum()), int(buses.seats.min())
    by_seat = int((persons * each).sum()) + least_seats * board
    by_seat -= _saved(saving, persons, all_seats)
    one = np.ones(len(start), dtype=np.int64)
    return max(earliest_end(start, one, by_trip), earliest_end(start, buses.seats, by_seat))


def _saved(saving: Int64, amount: Int64, most: int) -> int:
    """Most that ``most`` first trips (or seats) can save: the largest savings first."""
    order = np.argsort(-saving, kind="stable")
    saving, amount = saving[order], amount[order]
    used = np.clip(most - (np.cumsum(amount) - amount), 0, amount)
    return int((saving * used).sum())
