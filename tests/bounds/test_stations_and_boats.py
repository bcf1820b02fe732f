"""Bounds of queues and of boats: exact where the work is even, below every real queue."""

from __future__ import annotations

import heapq

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.bounds.boats import BoatProblem, BoatTrip, boats
from sim.bounds.stations import queue
from sim.clock import NEVER


def whole(values: object) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def served(arrival: list[int], service: list[int], servers: int) -> int:
    """End of a first-come-first-served queue."""
    free = [0] * servers
    for at, took in sorted(zip(arrival, service, strict=True)):
        heapq.heappush(free, max(heapq.heappop(free), at) + took)
    return max(free)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), min_size=1, max_size=25),
    st.integers(1, 5),
)
def test_no_queue_ends_before_its_bound(jobs: list[tuple[int, int]], servers: int) -> None:
    """Any arrivals and services at any number of desks."""
    arrival, service = (list(column) for column in zip(*jobs, strict=True))
    bound = queue(whole(arrival), whole(service), servers)
    assert bound <= served(arrival, service, servers)
    if servers == 1:
        assert bound == served(arrival, service, 1)


def test_an_empty_queue_has_no_bound() -> None:
    """Nobody comes, nobody waits."""
    assert queue(whole([]), whole([]), 3) == 0


def vt08(n: int = 5, ready: int = 0, families: int = 100) -> BoatProblem:
    """100 single persons, boats with 8 places, 10/20/10/20 min, boats at the houses at first."""
    return BoatProblem(
        ready=whole([ready] * n),
        places=whole([8] * n),
        since=whole([0] * families),
        persons=whole([1] * families),
        pickup=whole([0] * families),
        trip=BoatTrip(run=20, load=10, unload=10, outward=False),
        visits=n,
    )


def test_the_bound_of_vt08_is_its_exact_time() -> None:
    """13 trips of 5 boats are 3 rounds: 3 · 60 − 20 = 160 minutes, which VT08 takes."""
    assert boats(vt08()) == 160
    assert boats(vt08(ready=15)) == 175


def test_boats_that_never_come_leave_no_end() -> None:
    """Families without a boat are not ashore at any time; without families there is no limit."""
    assert boats(vt08(n=0)) == NEVER
    assert boats(vt08(families=0)) == 0


@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(1, 9), st.integers(0, 6)), min_size=1, max_size=20
    ),
    st.lists(st.tuples(st.integers(0, 30), st.integers(3, 8)), min_size=1, max_size=3),
    st.booleans(),
)
def test_no_shuttle_of_boats_ends_before_the_bound(
    families: list[tuple[int, int, int]], fleet: list[tuple[int, int]], outward: bool
) -> None:
    """Boats that always take the longest-waiting families of one site end no sooner."""
    trip = BoatTrip(run=7, load=2, unload=3, outward=outward)
    since, persons, pickup = (whole(column) for column in zip(*families, strict=True))
    ready, places = (whole(column) for column in zip(*fleet, strict=True))
    problem = BoatProblem(ready, places, since, persons, pickup, trip, visits=len(fleet))
    assert boats(problem) <= _rescued(problem)


def _rescued(problem: BoatProblem) -> int:
    trip = problem.trip
    waiting = sorted(range(len(problem.since)), key=lambda k: int(problem.since[k]))
    free = [(int(at), boat, True) for boat, at in enumerate(problem.ready)]
    heapq.heapify(free)
    end = 0
    while waiting:
        at, boat, first = heapq.heappop(free)
        room = int(problem.places[boat])
        out = 0 if first and not trip.outward else trip.run
        at = max(at + out, int(problem.since[waiting[0]]))
        aboard = []
        for family in waiting:
            size = min(int(problem.persons[family]), int(problem.places[boat]))
            if problem.since[family] <= at and size <= room:
                aboard.append(family)
                room -= size
        at += trip.load + int(problem.pickup[aboard].sum()) + trip.run + trip.unload
        waiting = [family for family in waiting if family not in aboard]
        end = max(end, at)
        heapq.heappush(free, (at, boat, False))
    return end
