"""Bounds of a bus transfer: worked out by hand, and below every schedule anybody can make up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bounds.buses import bays, farthest, rounds
from sim.bounds.fleet_exact import NoTransferError, fleet_work_exact
from sim.bounds.fleet_work import earliest_end, fleet_work_quick
from sim.bounds.problem import Buses, BusProblem, Handling, Times, Waiting
from sim.clock import NEVER


def whole(values: object) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def shuttle(buses: int, n_bays: int) -> BusProblem:
    """VT07: 450 persons, 45 seats, load 15, drive 20, unload 10, return 20, buses at the stop."""
    return BusProblem(
        buses=Buses(whole([0] * buses), whole([0] * buses), whole([45] * buses)),
        waiting=Waiting(whole([0]), whole([0]), whole([450]), whole([0])),
        bays=whole([n_bays]),
        capacity=whole([1000]),
        times=Times(whole([[0]]), whole([[20]]), whole([[20]])),
        handling=Handling(board=15, alight=10),
    )


def test_one_bus_has_no_slack_left_by_its_rounds() -> None:
    """Ten rounds of one bus: the rounds bound is the exact 630 minutes of VT07, and so is the
    work; the farthest bound is one trip, 45."""
    problem = shuttle(1, 1)
    assert rounds(problem) == fleet_work_quick(problem) == fleet_work_exact(problem).ends == 630
    assert farthest(problem) == 45


@pytest.mark.parametrize(
    ("buses", "n_bays", "exact", "expected"),
    [(5, 5, 110, 110), (5, 1, 180, 180), (10, 10, 45, 45), (3, 2, 240, 240)],
)
def test_the_largest_bound_of_vt07_is_close_to_its_time(
    buses: int, n_bays: int, exact: int, expected: int
) -> None:
    """In these four shuttles of VT07 the largest bound is the exact time itself."""
    problem = shuttle(buses, n_bays)
    found = max(limit(problem) for limit in (farthest, rounds, bays, fleet_work_quick))
    assert found == expected <= exact


def test_a_late_party_moves_the_bounds_with_it() -> None:
    """A family that comes at 300 minutes is not at the shelter before 300 + load, drive, unload:
    exactly so for one bus and one bay."""
    problem = shuttle(1, 1)
    late = Waiting(whole([0, 0]), whole([0, 300]), whole([45, 3]), whole([0, 0]))
    changed = BusProblem(
        problem.buses, late, problem.bays, problem.capacity, problem.times, problem.handling
    )
    assert farthest(changed) == bays(changed) == fleet_work_quick(changed) == 345


def test_the_farthest_bound_uses_detours_where_minutes_are_not_metric() -> None:
    """By hand: the direct way to pick-up 1 takes 10, over pick-up 0 and shelter 1 it takes 2 + 1 +
    3; from there 3 more, 9 in all (U-2-2-2-1 of the benchmark)."""
    problem = BusProblem(
        buses=Buses(whole([0, 0]), whole([0, 0]), whole([1, 1])),
        waiting=Waiting(whole([0, 1]), whole([0, 0]), whole([5, 1]), whole([0, 0])),
        bays=whole([2, 2]),
        capacity=whole([6, 1]),
        times=Times(whole([[2, 10]]), whole([[10, 1], [10, 3]]), whole([[10, 10], [1, 3]])),
        whole_loads=True,
    )
    assert farthest(problem) == 9
    assert rounds(problem) == 20
    assert fleet_work_exact(problem).work == pytest.approx(86)


def test_without_places_or_ways_the_exact_bound_says_so() -> None:
    """Too few places in all shelters, or no way from a pick-up: no transfer is possible."""
    problem = shuttle(2, 2)
    parts = (problem.buses, problem.waiting, problem.bays)
    with pytest.raises(NoTransferError):
        fleet_work_exact(BusProblem(*parts, whole([449]), problem.times))
    cut = Times(whole([[0]]), whole([[NEVER]]), whole([[20]]))
    with pytest.raises(NoTransferError):
        fleet_work_exact(BusProblem(*parts, whole([1000]), cut))
    assert farthest(BusProblem(*parts, whole([1000]), cut)) == NEVER


@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=6),
    st.lists(st.integers(1, 9), min_size=6, max_size=6),
    st.integers(0, 500),
)
def test_the_earliest_end_is_the_smallest_time_that_holds_the_work(
    start: list[int], weight: list[int], work: int
) -> None:
    """At the moment found the vehicles have done the work, one tick before they have not."""
    starts, weights = whole(start), whole(weight[: len(start)])

    def done(moment: int) -> int:
        return int((weights * np.maximum(moment - starts, 0)).sum())

    end = earliest_end(starts, weights, work)
    assert done(end) >= work
    assert end == starts.min() or done(end - 1) < work


@st.composite
def transfers(draw: st.DrawFn) -> tuple[BusProblem, int]:
    """A small transfer, and the time a random but possible schedule takes for it."""
    p, s, b = draw(st.integers(1, 4)), draw(st.integers(1, 3)), draw(st.integers(1, 4))
    minutes = st.integers(0, 30)

    def table(rows: int, columns: int) -> np.ndarray:
        row = st.lists(minutes, min_size=columns, max_size=columns)
        return whole(draw(st.lists(row, min_size=rows, max_size=rows)))

    parties = draw(
        st.lists(
            st.tuples(st.integers(0, p - 1), minutes, st.integers(1, 4)), min_size=1, max_size=12
        )
    )
    pickup, arrival, persons = (whole(column) for column in zip(*parties, strict=True))
    problem = BusProblem(
        buses=Buses(
            whole(draw(st.lists(minutes, min_size=b, max_size=b))),
            whole([0] * b),
            whole(draw(st.lists(st.integers(4, 9), min_size=b, max_size=b))),
        ),
        waiting=Waiting.sort(pickup, arrival, persons, persons * draw(st.integers(0, 2))),
        bays=whole([b] * p),
        capacity=whole([1000] * s),
        times=Times(table(1, p), table(p, s), table(s, p)),
        handling=Handling(draw(st.integers(0, 5)), draw(st.integers(0, 5))),
    )
    return problem, _any_schedule(problem, draw(st.randoms(use_true_random=False)))


def _any_schedule(problem: BusProblem, chance: object) -> int:
    """Buses go round anyhow: a random bus, its next random pick-up, whoever fits, any shelter."""
    waiting, times, handling = problem.waiting, problem.times, problem.handling
    left = list(range(len(waiting.pickup)))
    free = problem.buses.ready.tolist()
    at: list[int | None] = [None] * len(free)
    end = 0
    while left:
        bus = chance.randrange(len(free))  # type: ignore[attr-defined]
        pickup = int(waiting.pickup[chance.choice(left)])  # type: ignore[attr-defined]
        shelter = at[bus]
        leg = times.first[0, pickup] if shelter is None else times.back[shelter, pickup]
        room, aboard = int(problem.buses.seats[bus]), []
        for party in [k for k in left if waiting.pickup[k] == pickup]:
            if waiting.persons[party] <= room:
                aboard.append(party)
                room -= int(waiting.persons[party])
        begin = max(free[bus] + int(leg), *(int(waiting.arrival[k]) for k in aboard))
        target = chance.randrange(len(problem.capacity))  # type: ignore[attr-defined]
        board = handling.board + int(waiting.board[aboard].sum())
        free[bus] = begin + board + int(times.load[pickup, target]) + handling.alight
        at[bus] = target
        end = max(end, free[bus])
        left = [k for k in left if k not in aboard]
    return end


@settings(max_examples=300, deadline=None)
@given(transfers())
def test_no_schedule_is_faster_than_any_bound(made: tuple[BusProblem, int]) -> None:
    """Random transfers with random schedules, parties late and early, buses large and small, ways
    non-metric: none ends before a bound, quick or exact."""
    problem, end = made
    for limit in (farthest, rounds, bays, fleet_work_quick):
        assert limit(problem) <= end, limit.__name__
    assert fleet_work_exact(problem).ends <= end
