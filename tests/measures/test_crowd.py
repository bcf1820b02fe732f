"""When a share of people has got somewhere, against counting them one by one."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.clock import NEVER
from sim.measures.crowd import (
    minutes,
    people_needed,
    time_of_share,
    time_of_share_by_zone,
)
from sim.measures.history import order_by

PARTIES = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 10**9), st.just(NEVER)), st.integers(1, 60), st.integers(0, 3)
    ),
    min_size=1, max_size=40,
)  # fmt: skip


def _one_by_one(times: list[int], persons: list[int], share: float) -> int:
    """Persons unrolled, sorted, and the one that completes the share."""
    everybody = sorted(t for t, n in zip(times, persons, strict=True) for _ in range(n))
    return everybody[people_needed(share, len(everybody)) - 1]


@given(PARTIES, st.floats(0.01, 1.0))
def test_time_of_a_share_is_that_of_the_person_who_completes_it(
    parties: list[tuple[int, int, int]], share: float
) -> None:
    """Same as unrolling parties into persons, over all of them and zone by zone."""
    times, persons, zone = (np.array(column) for column in zip(*parties, strict=True))
    assert time_of_share(times, persons, share) == _one_by_one(
        times.tolist(), persons.tolist(), share
    )
    people = np.bincount(zone, persons, minlength=4).astype(np.int64)
    by_zone = time_of_share_by_zone(times, persons, zone, people, share)
    for row in range(4):
        mine = zone == row
        expected = (
            _one_by_one(times[mine].tolist(), persons[mine].tolist(), share)
            if mine.any()
            else NEVER
        )
        assert by_zone[row] == expected


def test_whole_persons_are_needed() -> None:
    """90 % of 10 are 9, of 11 are 10 (not 9.9); a tiny share still needs one; 0.07 · 100 is 7."""
    assert [people_needed(0.9, n) for n in (10, 11, 20)] == [9, 10, 18]
    assert people_needed(0.001, 10) == 1
    assert people_needed(0.07, 100) == 7


def test_minutes_of_never_are_infinite() -> None:
    """A time that did not come is +∞, and only that."""
    assert minutes(NEVER) == math.inf
    assert minutes(90_000) == 1.5 and minutes(-60_000) == -1.0


@given(st.lists(st.integers(0, 200_000), max_size=60))
def test_order_by_is_a_stable_sort(rows: list[int]) -> None:
    """Also beyond 65,536 parties, where the radix sort takes two passes."""
    found = order_by(np.array(rows, dtype=np.int32), 200_001)
    assert found.tolist() == sorted(range(len(rows)), key=lambda k: rows[k])
