"""The lead a night needed, from orders that made it and orders that did not, by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from sim.clock import NEVER
from sim.optimize.needed_lead import Needed, needed_lead

DEADLINE = 300


def one_night(orders: Sequence[int], done: Sequence[int], met: Sequence[bool]) -> Needed:
    """One zone in one night; times in any unit, orders from the earliest on."""
    column = (1, len(orders), 1)
    return needed_lead(
        np.array(orders, np.int64).reshape(column), np.array(done, np.int64).reshape(column),
        np.array(met).reshape(column), np.array([[DEADLINE]], np.int64),
    )  # fmt: skip


def test_the_time_it_took_is_the_lead_it_needed() -> None:
    """Orders at 100, 200, 260; 70 each: the second made it with 30 to spare, so 70 was enough."""
    needed = one_night([100, 200, 260], [170, 270, 330], [True, True, False])
    assert needed.lead_ms.item() == 70
    assert needed.played_ms.item() == 100
    assert needed.longest_ms.item() == 200
    assert not needed.irregular.item()


def test_a_next_order_that_contradicts_it_leaves_the_lead_that_was_played() -> None:
    """The order at 220 took 30 and the one at 240 failed with a lead of 60: only 80 is certain."""
    needed = one_night([220, 240], [250, NEVER], [True, False])
    assert needed.lead_ms.item() == 80


def test_even_the_earliest_failed() -> None:
    """No order made it: more lead than was tried."""
    needed = one_night([100, 200], [NEVER, 350], [False, False])
    assert np.isposinf(needed.lead_ms).item() and np.isposinf(needed.played_ms).item()


def test_the_latest_also_made_it() -> None:
    """No order failed: the time the last one took."""
    assert one_night([100, 200], [150, 260], [True, True]).lead_ms.item() == 60


@pytest.mark.parametrize(
    ("met", "made"),
    [
        ([True, False, True, True, False], 3),
        ([False, True, True, True, False], 3),
        ([True, False, False, True, False], 0),
        ([False, True, False, False, False], -1),
    ],
)
def test_fewest_exceptions_divide_good_orders_from_late_ones(met: list[bool], made: int) -> None:
    """A later order may do better by chance: the dividing line leaves the fewest exceptions, and
    of equal ones the earliest order is taken."""
    orders = [100, 120, 140, 160, 180]
    needed = one_night(orders, [order + 50 for order in orders], met)
    assert needed.irregular.item()
    expected = np.inf if made < 0 else DEADLINE - orders[made]
    assert needed.played_ms.item() == expected


def test_no_order_and_no_deadline_are_unknown() -> None:
    """Without any order, or without a deadline, a night says nothing."""
    assert np.isnan(one_night([NEVER, NEVER], [NEVER, NEVER], [False, False]).lead_ms).item()
    times = np.full((1, 2, 1), 5, np.int64)
    free = needed_lead(times, times, np.ones((1, 2, 1), bool), np.array([[NEVER]], np.int64))
    assert np.isnan(free.lead_ms).item() and np.isnan(free.longest_ms).item()
