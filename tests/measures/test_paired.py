"""Paired comparison under common random numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sim.draws import Draws, child_keys
from sim.measures.paired import compare, ratio_of_totals

INF = math.inf
VALUES = st.floats(0, 1e6) | st.just(INF) | st.just(math.nan)
COLUMNS = st.integers(1, 40).flatmap(
    lambda n: st.tuples(
        hnp.arrays(np.float64, n, elements=VALUES), hnp.arrays(np.float64, n, elements=VALUES)
    )
)


def column(*values: float) -> np.ndarray:
    """A measure over replications."""
    return np.array(values, dtype=float)


def test_by_hand() -> None:
    """Differences −1, −2, −3: mean −2 ± 4.3027/√3, all better when lower is better."""
    result = compare(column(9, 18, 27), column(10, 20, 30), "lower")
    assert result is not None
    assert result.diff_mean == -2
    assert result.ci95 is not None
    assert result.ci95.low == pytest.approx(-2 - 4.30265 / math.sqrt(3), abs=1e-4)
    assert (result.wins, result.losses, result.ties, result.p_better) == (3, 0, 0, 1.0)
    assert result.diff_median == -2
    assert result.verdict == "indistinguishable"  # the interval reaches +0.48


def test_verdicts() -> None:
    """A clear gain is better or worse by the direction asked for; equal columns are neither."""
    plan, baseline = column(*range(20)), column(*range(5, 25))
    results = [compare(plan, baseline, "lower"), compare(plan, baseline, "higher")]
    assert [r.verdict for r in results if r] == ["better", "worse"]
    same = compare(plan, plan, "lower")
    assert same is not None
    assert (same.verdict, same.ties, same.p_better, same.diff_mean) == (
        "indistinguishable", 20, 0.0, 0.0,
    )  # fmt: skip


def test_one_pair_decides_nothing() -> None:
    """A single night never separates two plans."""
    result = compare(column(1), column(100), "lower")
    assert result is not None
    assert result.verdict == "indistinguishable"


def test_times_not_reached_count_by_sign() -> None:
    """With +∞ there is no mean; who reached it won, both not reached is a tie."""
    plan = column(1, 2, INF, 5, *[1] * 10)
    baseline = column(INF, 3, INF, 4, *[INF] * 10)
    result = compare(plan, baseline, "lower")
    assert result is not None
    assert (result.diff_mean, result.ci95, result.variance_ratio) == (None, None, None)
    assert (result.wins, result.losses, result.ties) == (12, 1, 1)
    assert result.diff_median == -INF
    assert result.verdict == "better"
    mirrored = compare(baseline, plan, "lower")
    assert mirrored is not None
    assert mirrored.verdict == "worse"


def test_median_between_both_infinities_is_zero() -> None:
    """Half reached only by one plan, half only by the other: no side prevails."""
    result = compare(column(1, INF), column(INF, 1), "lower")
    assert result is not None
    assert result.diff_median == 0.0
    assert result.verdict == "indistinguishable"


def test_absent_values_are_left_out() -> None:
    """A replication in which the measure does not exist is not compared, and counted."""
    result = compare(column(1, math.nan, 3), column(2, 2, math.nan), "lower")
    assert result is not None
    assert (result.n, result.n_absent) == (1, 2)
    assert compare(column(math.nan), column(1), "lower") is None


def test_columns_must_pair() -> None:
    """Different numbers of replications cannot be paired."""
    with pytest.raises(ValueError, match="paired"):
        compare(column(1, 2), column(1), "lower")
    with pytest.raises(ValueError, match="paired"):
        ratio_of_totals(column(1, 2), column(1))


@given(COLUMNS)
def test_swapping_plans_mirrors_everything(columns: tuple[np.ndarray, np.ndarray]) -> None:
    """Plan against baseline is baseline against plan with the signs turned."""
    there, back = compare(*columns, "lower"), compare(*columns[::-1], "lower")
    assert (there is None) == (back is None)
    if there is None or back is None:
        return
    assert (there.wins, there.losses, there.ties) == (back.losses, back.wins, back.ties)
    assert there.wins + there.losses + there.ties == there.n
    opposite = {"better": "worse", "worse": "better", "indistinguishable": "indistinguishable"}
    assert back.verdict == opposite[there.verdict]
    assert there.diff_median == pytest.approx(-back.diff_median)


def test_common_nights_shrink_the_variance_of_the_difference() -> None:
    """VT15: Var(difference | common random numbers) < Var(difference | independent nights)."""
    n = 400
    nights = Draws(1, 0).u32("night", child_keys(1, n)) / 2**32 * 300
    own = [Draws(1, 0).u32(p, child_keys(1, n)) / 2**32 * 30 for p in ("early", "late")]
    other_nights = Draws(2, 0).u32("night", child_keys(1, n)) / 2**32 * 300
    common = compare(nights + own[0], nights + own[1] + 10, "lower")
    independent = compare(nights + own[0], other_nights + own[1] + 10, "lower")
    assert common is not None
    assert independent is not None
    assert common.variance_ratio is not None
    assert common.variance_ratio < 0.05
    assert independent.variance_ratio == pytest.approx(1.0, abs=0.15)
    assert common.verdict == "better"


def test_ratio_of_totals_by_hand() -> None:
    """Proportional columns have one ratio in every resample; nothing over nothing is 1."""
    ratio, interval = ratio_of_totals(column(10, 20, 30), column(1, 2, 3))
    assert ratio == pytest.approx(10)
    assert (interval.low, interval.high) == pytest.approx((10, 10))
    assert ratio_of_totals(column(0, 0), column(0, 0))[0] == 1.0
    assert ratio_of_totals(column(5, 1), column(0, 0))[0] == INF
    assert ratio_of_totals(column(0, 0), column(5, 1))[0] == 0.0


def test_ratio_interval_is_reproducible_and_open_when_the_baseline_is_rare() -> None:
    """The bootstrap is keyed: same interval every time; a rarely positive base leaves it open."""
    plan, baseline = column(*range(50)), column(*[0] * 48, 3, 4)
    first, second = ratio_of_totals(plan, baseline), ratio_of_totals(plan, baseline)
    assert first == second
    assert first[0] in first[1]
    assert first[1].high == INF


@pytest.mark.parametrize("bad", [-1.0, INF, math.nan])
def test_ratio_refuses_what_is_no_amount(bad: float) -> None:
    """Totals are sums of finite amounts ≥ 0."""
    with pytest.raises(ValueError, match="finite"):
        ratio_of_totals(column(1, bad), column(1, 1))


def test_ratio_interval_covers() -> None:
    """Over 200 synthetic experiments the 95 % interval holds the true ratio about as promised."""
    n, true_ratio, hits = 100, 12.0, 0
    for experiment in range(200):
        draws, keys = Draws(15, experiment), child_keys(1, n)
        base = -np.log((draws.u32("base", keys) + 0.5) / 2**32)
        noise = -np.log((draws.u32("noise", keys) + 0.5) / 2**32)
        hits += true_ratio in ratio_of_totals(true_ratio * (base + noise) / 2, base)[1]
    assert 0.90 <= hits / 200 <= 0.99
