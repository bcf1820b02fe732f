"""Location models against complete enumeration on small cases, and against cases by hand."""

from __future__ import annotations

from itertools import combinations, combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.optimize.location.center import least_radius
from sim.optimize.location.covering import fewest_sites, most_backed_up, most_covered
from sim.optimize.location.dominance import undominated
from sim.optimize.location.expected import UnitType, expected, most_expected
from sim.optimize.location.median import least_total
from sim.optimize.location.placement import NoPlacementError
from sim.optimize.location.served import least_served

LINE = np.abs(np.subtract.outer(np.arange(5.0), np.arange(5.0))) * 10
"""Five villages on a road, 10 minutes apart; each may be a site."""

cases = st.builds(
    lambda seed, m, n: np.random.default_rng(seed).integers(1, 20, (m, n)).astype(np.float64),
    st.integers(0, 10_000), st.integers(2, 9), st.integers(2, 7),
)  # fmt: skip


def _every(n: int, size: int, fixed: tuple[int, ...] = ()) -> list[list[int]]:
    return [list(c) for c in combinations(range(n), size) if set(fixed) <= set(c)]


def test_villages_on_a_road() -> None:
    """By hand: within 10 min two sites cover all five villages; the best single site is the
    middle (10+20+10+20 = 60 min in all, 20 at most); with the first village fixed, the second
    site goes to the fourth (0+10+10+0+10)."""
    assert fewest_sites(LINE <= 10).value == 2
    assert least_total(LINE, 1).sites == (2,) and least_total(LINE, 1).value == 60
    assert least_radius(LINE, 1).sites == (2,) and least_radius(LINE, 1).value == 20
    fixed = least_total(LINE, 2, fixed=(0,))
    assert fixed.sites == (0, 3) and fixed.value == 30 and fixed.gap == 0


def test_heavy_village_draws_the_site() -> None:
    """By hand: one site within 10 min covers 3 villages; the weight decides which."""
    weights = np.array([1.0, 1, 1, 1, 9])
    found = most_covered(LINE <= 10, weights, 1)
    assert found.sites == (3,) and found.value == 11 and found.gap == 0
    assert most_covered(LINE <= 10, weights, 2, fixed=(0,)).value == 2 + 11


def test_backup_asks_for_two() -> None:
    """By hand: within 20 min the middle reaches all five villages and its neighbour four, which
    then have both. Where sites reach only themselves, two cannot cover five even once."""
    found = most_backed_up(LINE <= 20, np.ones(5), 2)
    assert found.value == 4 and 2 in found.sites and found.gap == 0
    with pytest.raises(NoPlacementError):
        most_backed_up(LINE <= 5, np.ones(5), 2)
    assert most_backed_up(LINE <= 5, np.ones(5), 2, first_share=0.5).value == 1.0


def test_busy_units_double_up() -> None:
    """By hand: village 9 times as heavy and units busy half the time: the second unit adds
    9 · ¼ = 2.25 there, but 0.5 · 1 elsewhere, so both stand at the heavy village."""
    units = UnitType(np.eye(2, dtype=np.bool_), 2, at_most=2)
    found = most_expected([units], np.array([9.0, 1.0]), 0.5)
    assert found.sites == ((0, 0),) and found.value == 9 * 0.75
    one_each = UnitType(np.eye(2, dtype=np.bool_), 2, at_most=1)
    assert most_expected([one_each], np.array([9.0, 1.0]), 0.5).sites == ((0, 1),)


def test_types_reach_differently() -> None:
    """By hand: a boat that reaches only village 0 and a car that reaches only village 1 go each
    to its own; a unit that stands already is kept."""
    boat = UnitType(np.array([[True, True], [False, False]]), 1)
    car = UnitType(np.array([[False, False], [False, True]]), 1, fixed=(0,))
    found = most_expected([boat, car], np.ones(2), 0.2)
    assert found.sites[1] == (0,) and found.value == pytest.approx(0.8)


def test_a_place_nobody_reaches_is_an_error() -> None:
    """Covering everybody is impossible when one place is covered by no site."""
    with pytest.raises(NoPlacementError):
        fewest_sites(np.array([[True, False], [False, False]]))
    with pytest.raises(NoPlacementError):
        least_radius(np.array([[1.0, np.inf], [np.inf, 1.0]]), 1)


@settings(max_examples=40, deadline=None)
@given(cases, st.integers(1, 3), st.booleans())
def test_median_and_center_are_the_best_of_all(
    cost: NDArray[np.float64], n_sites: int, one_fixed: bool
) -> None:
    """Nothing that enumeration finds is better, and sites and value agree."""
    n_sites = min(n_sites, cost.shape[1])
    fixed = (cost.shape[1] - 1,) if one_fixed else ()
    every = _every(cost.shape[1], n_sites, fixed)
    median, center = least_total(cost, n_sites, fixed), least_radius(cost, n_sites, fixed)
    assert median.value == median.bound == min(cost[:, c].min(axis=1).sum() for c in every)
    assert median.value == cost[:, list(median.sites)].min(axis=1).sum()
    assert center.value == min(cost[:, c].min(axis=1).max() for c in every)
    assert center.value == cost[:, list(center.sites)].min(axis=1).max()
    assert set(fixed) <= set(median.sites) and set(fixed) <= set(center.sites)


@settings(max_examples=40, deadline=None)
@given(cases, st.integers(1, 3), st.integers(3, 15))
def test_covers_are_the_best_of_all(cost: NDArray[np.float64], n_sites: int, radius: int) -> None:
    """Set cover, maximal cover and backup agree with enumeration."""
    covers, n = cost <= radius, cost.shape[1]
    n_sites, weights = min(n_sites, n), cost.sum(axis=1)
    every = _every(n, n_sites)
    most = most_covered(covers, weights, n_sites)
    assert most.value == max(weights[covers[:, c].any(axis=1)].sum() for c in every)
    assert most.gap < 1e-9
    both = most_backed_up(covers, weights, n_sites, 0.5)
    times = [covers[:, c].sum(axis=1) for c in every]
    assert both.value == max(0.5 * weights[t > 0].sum() + 0.5 * weights[t > 1].sum() for t in times)
    if covers.any(axis=1).all():
        enough = [k for k in range(1, n + 1)
                  if any(covers[:, c].any(axis=1).all() for c in _every(n, k))]  # fmt: skip
        assert fewest_sites(covers).value == enough[0]


@settings(max_examples=25, deadline=None)
@given(cases, st.integers(1, 3), st.sampled_from([0.0, 0.3, 0.7]))
def test_expected_cover_is_the_best_of_all(
    cost: NDArray[np.float64], n_units: int, busy: float
) -> None:
    """With several units at a post allowed, nothing that enumeration finds is better."""
    kind = UnitType(cost <= 8, n_units, at_most=n_units)
    weights = cost.sum(axis=1)
    found = most_expected([kind], weights, busy)
    every = combinations_with_replacement(range(cost.shape[1]), n_units)
    assert found.value == pytest.approx(max(expected([kind], weights, busy, [c]) for c in every))


@settings(max_examples=40, deadline=None)
@given(cases)
def test_what_is_left_out_decides_nothing(cost: NDArray[np.float64]) -> None:
    """Whatever covers the demands left, by sites left, covers all; and some choice of sites left
    is as small as any."""
    covers = cost <= 10
    covers = covers[covers.any(axis=1)]
    if not len(covers):
        return
    rows, columns = undominated(covers)
    sizes = [
        len(c)
        for k in range(1, len(columns) + 1)
        for c in combinations(columns.tolist(), k)
        if covers[np.ix_(rows, list(c))].any(axis=1).all() and covers[:, list(c)].any(axis=1).all()
    ]
    assert min(sizes) == fewest_sites(covers).value


def test_sites_with_room_by_hand() -> None:
    """By hand: all live in the middle of the road, 2 of weight; the site there has room for 1, so
    the other goes 10 min away; one site has no room for both. With room enough nobody goes."""
    cost, weights = LINE[2:3], np.array([2.0])
    found = least_served(cost, weights, np.ones(5), 2)
    assert 2 in found.sites and found.value == 10 and found.gap == 0
    assert least_served(cost, weights, np.full(5, 2.0), 1).value == 0
    with pytest.raises(NoPlacementError):
        least_served(cost, weights, np.ones(5), 1)
