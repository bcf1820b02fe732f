"""Pick-up points and reported demand: who waits, who is announced, what is promised."""

from __future__ import annotations

import simpy
from hypothesis import given
from hypothesis import strategies as st

from sim.bays import Bays
from sim.clock import NEVER
from sim.pickups import Demand, Pickup


def a_stop(*arrivals: tuple[int, int]) -> Pickup:
    """A stop with parties that arrive at times (ms, party); each has said so 5 ms before."""
    stop = Pickup(0, 0, 0, 0, Bays(simpy.Environment(), 1), False, "coach")
    for arrival, party in arrivals:
        stop.add(arrival, party, arrival - 5)
    return stop


def test_who_waits_is_who_has_arrived_longest_wait_first() -> None:
    """Added in any order; equal arrivals by row; whoever arrives now is here."""
    stop = a_stop((30, 1), (10, 7), (20, 4), (20, 2))
    assert stop.waiting(9) == []
    assert stop.waiting(20) == [7, 2, 4]
    assert stop.waiting(99) == [7, 2, 4, 1]


def test_next_arrival_and_report_lie_after_now() -> None:
    """An arrival now is no coming arrival; NEVER after the last one."""
    stop = a_stop((10, 0), (30, 1))
    assert [stop.next_arrival(t) for t in (0, 10, 29, 30)] == [10, 30, 30, NEVER]
    assert [stop.next_report(t) for t in (0, 5, 25)] == [5, 25, NEVER]


def test_removed_parties_wait_no_longer() -> None:
    """Boarded parties leave the queue, the others keep their order."""
    stop = a_stop((10, 0), (11, 1), (12, 2))
    stop.remove({0, 2, 9})
    assert stop.waiting(99) == [1]


def test_a_closed_stop_is_empty() -> None:
    """Those who would have waited are handed out; nobody is announced any more."""
    stop = a_stop((10, 0), (30, 1))
    assert stop.close() == [(10, 0), (30, 1)]
    assert stop.waiting(99) == [] and stop.next_report(0) == NEVER


def test_demand_is_known_from_its_report_on() -> None:
    """5 persons reported at 10 and 3 at 20 for stop 1."""
    demand = Demand(2)
    demand.announce(20, 1, 3)
    demand.announce(10, 1, 5)
    seen = []
    for now in (9, 10, 20):
        demand.update(now)
        seen.append((int(demand.known[1]), demand.next_report()))
    assert seen == [(0, 10), (5, 20), (8, NEVER)]


def test_since_is_when_the_first_unpromised_person_was_reported() -> None:
    """Reported at 10 and 20, promised eight seats at 25: who is reported at 30 waits since 30."""
    demand = Demand(1)
    for moment, persons in ((10, 5), (20, 3), (30, 2)):
        demand.announce(moment, 0, persons)
    demand.update(20)
    assert demand.since[0] == 10
    demand.promise(0, 8, 25)
    demand.update(30)
    assert demand.since[0] == 30


def test_since_does_not_depend_on_who_looks_in_between() -> None:
    """The same reports and promises with and without other looks at the demand."""
    since = []
    for looks in ((), (11, 15, 21, 26)):
        demand = Demand(1)
        for moment in (10, 14, 20, 24):
            demand.announce(moment, 0, 4)
        for now in sorted([*looks, 16, 22, 30]):
            if now == 16:
                demand.promise(0, 12, now)
            elif now == 22:
                demand.promise(0, -12, now)
            else:
                demand.update(now)
        since.append(int(demand.since[0]))
    assert since[0] == since[1]


def test_recalled_reports_never_come() -> None:
    """One of two equal reports is recalled: one comes."""
    demand = Demand(1)
    for _ in range(2):
        demand.announce(10, 0, 4)
    demand.recall(10, 0, 4)
    demand.update(10)
    assert demand.known[0] == 4


def test_a_closed_pickup_gets_no_more_reports() -> None:
    """What is known stays, what would come for it does not; others are untouched."""
    demand = Demand(2)
    for pickup in (0, 1):
        demand.announce(10, pickup, 4)
        demand.announce(20, pickup, 4)
    demand.close(0, 10)
    demand.update(20)
    assert demand.known.tolist() == [4, 8]


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 2), st.integers(1, 9)), max_size=30),
    st.lists(st.integers(0, 60), max_size=10),
)
def test_nobody_who_is_announced_is_lost(
    reports: list[tuple[int, int, int]], looks: list[int]
) -> None:
    """However often and when one looks: at the end everybody announced is known, once."""
    demand = Demand(3)
    for moment, pickup, persons in reports:
        demand.announce(moment, pickup, persons)
    for now in [*sorted(looks), 60]:
        demand.update(now)
    wanted = [sum(n for _, p, n in reports if p == pickup) for pickup in range(3)]
    assert demand.known.tolist() == wanted
