"""Bounds on the moment the last bus has let its people off: farthest, rounds, bays.

Each takes one resource seriously and forgets the others; a real schedule respects all of them,
so it cannot end before the largest bound.
"""

from __future__ import annotations

import numpy as np

from sim.bounds.problem import BusProblem, Int64
from sim.bounds.stations import suffix_queue
from sim.clock import NEVER


def farthest(problem: BusProblem) -> int:
    """最远点: some vehicle must get to each party, board it and drive to a shelter.

    It cannot be there before ``reach``, nor board before the party has come, nor be faster than
    the way to the nearest shelter, full or not. The worst party gives the bound.
    """
    waiting, handling = problem.waiting, problem.handling
    if not len(waiting.pickup):
        return 0
    begin = np.maximum(problem.reach[waiting.pickup], waiting.arrival)
    done = begin + handling.board + waiting.board + problem.out[waiting.pickup] + handling.alight
    return _at_most_never(int(done.max()))


def rounds(problem: BusProblem) -> int:
    """最少轮次: with K trips and B vehicles, one of them makes at least k = ceil(K / B).

    K is the sum of the fewest trips from each pick-up; of its real trips, any that many are
    looked at. The busiest vehicle needs its first leg, k loads, and an empty way back before each
    load but the first. All its loads are different trips, so they cost at least the k cheapest of
    the list in which a pick-up stands as often as it needs trips; with whole loads a pair of
    pick-up and shelter stands there at most as often as the shelter takes loads. The same list
    bounds the ways back, because those before its loads lead to the pick-ups of these loads.
    """
    k = -(-int(problem.trips.sum()) // max(len(problem.buses.ready), 1))
    if not k:
        return 0
    handling = problem.handling.board + problem.handling.alight
    begin = problem.buses.ready[:, None] + problem.times.first[problem.buses.start]
    loads = _cheapest(problem, problem.times.load, k)
    back = _cheapest(problem, problem.times.back.T, k - 1)
    return _at_most_never(int(begin.min()) + loads + back + k * handling)


def _cheapest(problem: BusProblem, times: Int64, k: int) -> int:
    """Sum of the k smallest of ``times`` [pickup, shelter] with their multiplicities."""
    limit = problem.shelter_loads
    order = np.argsort(times, axis=1, kind="stable")
    left = problem.trips.copy()
    values, counts = [], []
    for rank in range(order.shape[1]):
        shelter = order[:, rank]
        take = np.minimum(left, limit[shelter])
        values.append(times[np.arange(len(times)), shelter])
        counts.append(take)
        left = left - take
        if not left.any():
            break
    value, count = np.concatenate(values), np.concatenate(counts)
    rising = np.argsort(value, kind="stable")
    value, count = value[rising], count[rising]
    before = np.cumsum(count) - count
    used = np.clip(k - before, 0, count)
    return int((value * used).sum())


def bays(problem: BusProblem) -> int:
    """上客车位: a pick-up with c bays boards at most c vehicles at a time.

    Those who come at or after a moment a need ceil(persons / seats) boardings with their fixed
    parts and the time of every party; c bays finish this no sooner than a + work / c. Then the
    last of them still has to be driven to a shelter. Taken over every moment a at which a party
    arrives, and never before a vehicle can be there.
    """
    waiting, handling = problem.waiting, problem.handling
    if not len(waiting.pickup):
        return 0
    persons_left, board_left = (
        _from_here_on(waiting.pickup, column) for column in (waiting.persons, waiting.board)
    )
    work = -(-persons_left // problem.most_seats) * handling.board + board_left
    begin = np.maximum(waiting.arrival, problem.reach[waiting.pickup])
    boarded = suffix_queue(begin, work, problem.bays[waiting.pickup])
    done = boarded + problem.out[waiting.pickup] + handling.alight
    return _at_most_never(int(done.max()))


def _from_here_on(group: Int64, values: Int64) -> Int64:
    """Sum of values from each row to the last row of its group (groups stand together)."""
    running = np.cumsum(values)
    last = np.searchsorted(group, group, side="right") - 1
    return running[last] - running + values


def _at_most_never(moment: int) -> int:
    return min(moment, NEVER)
