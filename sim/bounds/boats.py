"""Bound of a rescue by boats: persons by boat-hours, and rounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.bounds.fleet_work import earliest_end
from sim.bounds.problem import Int64
from sim.clock import NEVER


@dataclass(frozen=True)
class BoatTrip:
    """Least times of a trip: run between landing and houses, loading, unloading.

    outward: the first trip of every visit to a site runs out empty as well; otherwise it begins
    at the houses.
    """

    run: int
    load: int
    unload: int
    outward: bool = True


@dataclass(frozen=True)
class BoatProblem:
    """Boats with the moment each is ready, and families with the moment each needs one.

    ready, places: int64[boats]; since, persons, pickup: int64[families], pickup is the time of
    taking each family aboard; visits: times a boat began at a site (matters without ``outward``).
    """

    ready: Int64
    places: Int64
    since: Int64
    persons: Int64
    pickup: Int64
    trip: BoatTrip
    visits: int = 1


def boats(problem: BoatProblem) -> int:
    """舟艇: moment at which the last family can have been landed at the earliest.

    Families that need a boat at or after a moment a make ceil(persons / places) trips. Each trip
    takes load + run + unload and a run out. Runs out are saved by boats that are already there at
    a, and by visits that begin at the houses: at most so many. The work fits into the boats' time
    since a or since each was ready. Besides, the busiest boat makes ceil(trips / B) of these
    trips one after another.
    """
    if not len(problem.since):
        return 0
    if not len(problem.ready):
        return NEVER
    order = np.argsort(problem.since, kind="stable")
    since = problem.since[order]
    most = int(problem.places.max())
    # a family larger than the boat fills it
    persons = np.minimum(problem.persons[order], most)
    persons_left = np.cumsum(persons[::-1])[::-1]
    pickup_left = np.cumsum(problem.pickup[order][::-1])[::-1]
    best = 0
    for at in dict.fromkeys((0, *_some_rows(since))):
        trips = -(-int(persons_left[at]) // most)
        best = max(best, _work(problem, int(since[at]), trips, int(pickup_left[at])))
        best = max(best, _rounds(problem, int(since[at]), trips))
    return best


def _some_rows(since: Int64, n: int = 8) -> list[int]:
    """First rows of some moments, spread over the families."""
    rows = np.searchsorted(since, since[np.linspace(0, len(since) - 1, n).astype(np.int64)])
    return [int(row) for row in rows]


def _legs(problem: BoatProblem, moment: int) -> tuple[int, int, Int64]:
    """Time of a whole trip, number of runs out that may be saved, and starts of the boats."""
    trip, n = problem.trip, len(problem.ready)
    saved = n if bool((problem.ready < moment).any()) else 0
    if not trip.outward:
        saved = max(n, problem.visits + saved)
    start = np.maximum(problem.ready, moment)
    return 2 * trip.run + trip.load + trip.unload, saved, start


def _work(problem: BoatProblem, moment: int, trips: int, pickup: int) -> int:
    each, saved, start = _legs(problem, moment)
    work = trips * each + pickup - min(trips, saved) * problem.trip.run
    return earliest_end(start, np.ones(len(start), dtype=np.int64), work)


def _rounds(problem: BoatProblem, moment: int, trips: int) -> int:
    each, saved, start = _legs(problem, moment)
    k = -(-trips // len(start))
    # one run out when every boat saves one at most, else perhaps all of the busiest boat's
    of_one = min(saved, 1) if saved <= len(start) else k
    return int(start.min()) + k * each - of_one * problem.trip.run
