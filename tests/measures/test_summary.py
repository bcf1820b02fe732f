"""The scorecard's statistics of one measure."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sim.clock import NEVER
from sim.measures.summary import minutes_or_never, summarise


def test_by_hand() -> None:
    """1 … 100: mean, quantiles and their order-statistic intervals."""
    result = summarise(np.arange(1.0, 101.0), "amount")
    assert result is not None
    assert (result.n, result.mean, result.p05, result.p50, result.p90, result.p95) == (
        100, 50.5, 5.5, 50.5, 90.5, 95.5,
    )  # fmt: skip
    assert (result.p50_ci95.low, result.p50_ci95.high) == (40, 61)
    assert (result.p90_ci95.low, result.p90_ci95.high) == (84, 96)
    assert result.sd == pytest.approx(29.0115, abs=1e-4)
    assert result.ci95 is not None
    assert result.ci95.high - 50.5 == pytest.approx(1.98422 * 2.90115, abs=1e-3)
    assert result.reached_share is None


def test_p95_needs_59_runs() -> None:
    """58 replications give no P95, 59 do."""
    few, enough = summarise(np.arange(58.0), "amount"), summarise(np.arange(59.0), "amount")
    assert few is not None
    assert enough is not None
    assert (few.p95, few.p95_ci95) == (None, None)
    assert enough.p95 == 56.0


def test_times_not_reached_have_no_mean() -> None:
    """Censored times: no mean, the share reached, +∞ where a quantile falls among them."""
    result = summarise(np.array([1.0, 2.0, 3.0, math.inf]), "time")
    assert result is not None
    assert (result.mean, result.sd, result.ci95) == (None, None, None)
    assert (result.reached_share, result.p50, result.p90) == (0.75, 2.5, math.inf)
    all_reached = summarise(np.array([1.0, 2.0]), "time")
    assert all_reached is not None
    assert (all_reached.reached_share, all_reached.mean) == (1.0, 1.5)


def test_absent_is_never_zero() -> None:
    """NaN is left out and counted; a measure that never exists has no summary."""
    result = summarise(np.array([4.0, math.nan, 6.0]), "amount")
    assert result is not None
    assert (result.n, result.n_absent, result.mean) == (2, 1, 5.0)
    assert summarise(np.array([math.nan, math.nan]), "amount") is None
    assert summarise(np.array([]), "amount") is None


def test_one_replication_has_no_spread() -> None:
    """A single run gives its value and no interval."""
    result = summarise(np.array([4.0]), "amount")
    assert result is not None
    assert (result.mean, result.sd, result.ci95, result.p50) == (4.0, None, None, 4.0)


def test_shares_have_intervals_inside_zero_and_one() -> None:
    """The t interval of a share is cut at 0 and 1."""
    result = summarise(np.array([1.0, 1.0, 0.9]), "share")
    assert result is not None
    assert result.ci95 is not None
    assert result.ci95.high == 1.0


def test_no_mean_of_persons_is_below_zero() -> None:
    """Nine calm nights and a bad one: the interval of an amount begins at 0; a margin may not."""
    nights = np.array([0.0] * 9 + [900.0])
    amount, margin = summarise(nights, "amount"), summarise(nights, "time")
    assert amount is not None and amount.ci95 is not None
    assert margin is not None and margin.ci95 is not None
    assert amount.ci95.low == 0.0 and margin.ci95.low < 0.0
    assert amount.ci95.high == margin.ci95.high > 90.0


@pytest.mark.parametrize(
    ("values", "kind"), [([math.inf], "amount"), ([math.inf], "share"), ([1.2], "share")]
)
def test_values_that_do_not_fit_their_kind(values: list[float], kind: str) -> None:
    """An infinite amount or a share above 1 is a bug upstream."""
    with pytest.raises(ValueError, match=r"infinite|shares"):
        summarise(np.array(values), kind)  # type: ignore[arg-type]


def test_minutes_or_never() -> None:
    """NEVER becomes +∞ minutes."""
    assert minutes_or_never(np.array([90_000, NEVER], dtype=np.int64)).tolist() == [1.5, math.inf]


@given(
    hnp.arrays(np.float64, st.integers(1, 120), elements=st.floats(0, 1e6) | st.just(math.inf)),
)
def test_quantiles_rise_and_lie_in_their_intervals(values: np.ndarray) -> None:
    """P05 ≤ P50 ≤ P90 ≤ P95, each inside its interval."""
    result = summarise(values, "time")
    assert result is not None
    assert result.p05 <= result.p50 <= result.p90
    assert result.p50 in result.p50_ci95
    assert result.p90 in result.p90_ci95
    if result.p95 is not None and result.p95_ci95 is not None:
        assert result.p90 <= result.p95
        assert result.p95 in result.p95_ci95
