"""Intervals against tables, exact coverage and hand counts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.measures.intervals import (
    FURTHER_RUNS_AT_MOST,
    P95_MINIMUM,
    UNBOUNDED,
    Interval,
    exact_share,
    lower_bound,
    mean_interval,
    quantile,
    quantile_interval,
    quantile_ranks,
    replications_to_decide,
    upper_bound,
    wilks_minimum,
    wilson_share,
)

COUNTS = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_exact_interval_of_a_published_example() -> None:
    """81 of 263 gives 0.2527 … 0.3676 exact and 0.2553 … 0.3662 Wilson (Newcombe 1998)."""
    exact, wilson = exact_share(81, 263), wilson_share(81, 263)
    assert (round(exact.low, 4), round(exact.high, 4)) == (0.2527, 0.3676)
    assert (round(wilson.low, 4), round(wilson.high, 4)) == (0.2553, 0.3662)


def test_bounds_without_failures() -> None:
    """n successes in n runs: the lower bound is the n-th root of 0.05."""
    assert lower_bound(28, 28) == pytest.approx(0.05 ** (1 / 28))
    assert upper_bound(0, 28) == pytest.approx(1 - 0.05 ** (1 / 28))
    assert (lower_bound(0, 28), upper_bound(28, 28)) == (0.0, 1.0)
    assert (lower_bound(0, 0), upper_bound(0, 0)) == (0.0, 1.0)


@given(COUNTS)
def test_bounds_mirror_and_nest(counts: tuple[int, int]) -> None:
    """Successes and failures mirror; the share lies inside; more confidence is wider."""
    met, n = counts
    assert lower_bound(met, n) == pytest.approx(1 - upper_bound(n - met, n), abs=1e-9)
    wide, narrow = exact_share(met, n, 0.99), exact_share(met, n, 0.9)
    assert met / n in narrow
    assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert met / n in wilson_share(met, n)


@pytest.mark.parametrize("n", [10, 59, 100])
def test_exact_coverage_never_below_nominal(n: int) -> None:
    """Summed over all outcomes, exact bounds hold in at least 95 % for every true share."""
    outcomes = np.arange(n + 1)
    two_sided = [exact_share(int(k), n) for k in outcomes]
    lower = [lower_bound(int(k), n) for k in outcomes]
    for share in np.linspace(0.01, 0.99, 99):
        chance = stats.binom.pmf(outcomes, n, share)
        assert chance[[share in interval for interval in two_sided]].sum() >= 0.95 - 1e-12
        assert chance[[low <= share for low in lower]].sum() >= 0.95 - 1e-12


@pytest.mark.parametrize(("met", "n"), [(3, 2), (-1, 5)])
def test_impossible_counts_are_refused(met: int, n: int) -> None:
    """More successes than runs is a bug of the caller."""
    with pytest.raises(ValueError, match="met"):
        lower_bound(met, n)
    with pytest.raises(ValueError, match="met"):
        wilson_share(met, n)


def test_wilson_needs_a_run() -> None:
    """No run, no share."""
    with pytest.raises(ValueError, match="n"):
        wilson_share(0, 0)


def test_mean_interval_by_hand() -> None:
    """1, 2, 3: mean 2, sd 1, t(2) = 4.3027, half-width 2.4842."""
    interval = mean_interval(np.array([1.0, 2.0, 3.0]))
    assert interval.low == pytest.approx(2 - 4.30265 / math.sqrt(3), abs=1e-4)
    assert interval.high == pytest.approx(2 + 4.30265 / math.sqrt(3), abs=1e-4)
    assert mean_interval(np.array([5.0])) == UNBOUNDED
    assert mean_interval(np.array([5.0, 5.0])) == Interval(5.0, 5.0)


@pytest.mark.parametrize("values", [[], [1.0, math.inf], [math.nan]])
def test_a_mean_of_times_not_reached_is_refused(values: list[float]) -> None:
    """Censored values have no mean."""
    with pytest.raises(ValueError, match="finite"):
        mean_interval(np.array(values))


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([3, 1, 2], 0.5, 2),
        ([4, 1, 2, 3], 0.5, 2.5),
        (list(range(1, 11)), 0.9, 9.5),
        (list(range(1, 101)), 0.29, 29.5),
        (list(range(1, 60)), 0.95, 57),
        ([1, 2, math.inf], 0.5, 2),
        ([1, math.inf, math.inf], 0.5, math.inf),
        ([1, math.inf], 0.5, math.inf),
        ([7], 0.9, 7),
    ],
)
def test_quantiles_by_hand(values: list[float], share: float, expected: float) -> None:
    """Quantiles are ordered values, their neighbours' mean on a tie, +∞ among the censored."""
    assert quantile(np.array(values, dtype=float), share) == expected


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 1.0)])
def test_quantiles_that_do_not_exist(values: list[float], share: float) -> None:
    """No values or no share inside 0 and 1: an error."""
    with pytest.raises(ValueError, match="quantile"):
        quantile(np.array(values), share)


def test_ranks_by_table() -> None:
    """Median of 10 lies between ranks 2 and 9, of 100 between 40 and 61 (tables of Conover)."""
    assert quantile_ranks(10, 0.5) == (2, 9)
    assert quantile_ranks(100, 0.5) == (40, 61)
    assert quantile_ranks(5, 0.5) == (0, 6)
    # Bin(100, 0.1): P(≥ 17) = 0.0206, P(≥ 16) = 0.0399; P(≤ 4) = 0.0237, P(≤ 5) = 0.0576.
    assert quantile_ranks(100, 0.9) == (84, 96)


@given(st.integers(1, 400), st.sampled_from([0.05, 0.5, 0.9, 0.95]))
def test_ranks_have_their_confidence_and_are_narrowest(n: int, share: float) -> None:
    """Each side errs in at most 2.5 %, and one rank further in would exceed it."""
    low, high = quantile_ranks(n, share)
    below = stats.binom(n, share)
    assert below.cdf(low - 1) <= 0.025 < below.cdf(low)
    assert below.sf(high - 1) <= 0.025
    assert high == 1 or below.sf(high - 2) > 0.025


def test_quantile_interval_with_times_not_reached() -> None:
    """The upper end is +∞ when censored runs or too few runs leave it open."""
    values = np.array([*range(1, 91), *[math.inf] * 10], dtype=float)
    interval = quantile_interval(values, 0.9)
    assert interval.low == 84
    assert interval.high == math.inf
    assert quantile_interval(np.arange(20.0), 0.9).high == math.inf
    assert quantile_interval(np.arange(36.0), 0.9).high == 35.0


def test_wilks() -> None:
    """59 runs for P95 at 95 %, 29 for P90, 299 for P99."""
    assert wilks_minimum() == 59 == P95_MINIMUM
    assert wilks_minimum(0.9) == 29
    assert wilks_minimum(0.99) == 299
    assert 1 - 0.95**59 >= 0.95 > 1 - 0.95**58


@pytest.mark.parametrize(
    ("met", "n", "required", "expected"),
    [(28, 28, 0.9, 1), (0, 1, 0.9, 1), (29, 29, 0.9, 0), (0, 0, 0.9, None), (90, 100, 0.9, None)],
)
def test_further_runs_by_hand(met: int, n: int, required: float, expected: int | None) -> None:
    """One more success after 28 decides; at the requirement itself no number of runs does."""
    assert replications_to_decide(met, n, required) == expected


@given(COUNTS, st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_further_runs_decide_and_one_fewer_does_not(
    counts: tuple[int, int], required: float
) -> None:
    """With the same share of successes the light is decided after them, and not one run before."""
    met, n = counts
    further = replications_to_decide(met, n, required)

    def decided(extra: int) -> bool:
        runs = n + extra
        likely = met * runs / n
        return lower_bound(likely, runs) >= required or upper_bound(likely, runs) < required

    if further is None:
        assert not decided(FURTHER_RUNS_AT_MOST)
    elif further > 0:
        assert decided(further)
        assert not decided(further - 1)
