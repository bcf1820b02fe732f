"""Which of two plans is better, when both met the same nights.

Replication k of both plans shares its hazard, households and delays (common random numbers), so
the difference is taken pair by pair; much of the randomness cancels. Times that were not reached
are +∞: such pairs tell who was better, but have no mean difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.draws import Draws
from sim.measures.intervals import (
    CONFIDENCE,
    Interval,
    exact_share,
    mean_interval,
    quantile,
    quantile_interval,
)

Floats = NDArray[np.float64]
Better = Literal["lower", "higher"]
Verdict = Literal["better", "worse", "indistinguishable"]

_RESAMPLES = 4_000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Paired:
    """Plan minus baseline over the replications both have.

    Attributes:
        n: pairs compared; ``n_absent``: pairs left out because one has no value.
        diff_mean, ci95: mean difference with its t interval; None when a time was not reached.
        diff_median, median_ci95: median difference with its order-statistic interval.
        wins, losses, ties: pairs in which the plan was better, worse, equal.
        p_better, p_better_ci95: share of pairs in which it was strictly better, exact interval.
        verdict: by the mean difference, or, with times not reached, by the pairs that differ.
        variance_ratio: variance of the difference over that of independent nights; below 1 the
            common random numbers have paid. None when nothing varies or a time was not reached.
    """

    n: int
    n_absent: int
    diff_mean: float | None
    ci95: Interval | None
    diff_median: float
    median_ci95: Interval
    wins: int
    losses: int
    ties: int
    p_better: float
    p_better_ci95: Interval
    verdict: Verdict
    variance_ratio: float | None


def compare(plan: Floats, baseline: Floats, better: Better) -> Paired | None:
    """Compare a plan with the baseline on one measure.

    Args:
        plan, baseline: float64 with one value per replication, same order; NaN where the measure
            does not exist, +∞ for a time that was not reached.
        better: whether lower or higher values are better.

    Returns:
        None when no replication has both values.

    Raises:
        ValueError: the columns differ in length.
    """
    if plan.shape != baseline.shape:
        raise ValueError(f"{plan.shape} and {baseline.shape} replications cannot be paired")
    present = ~(np.isnan(plan) | np.isnan(baseline))
    a, b = baseline[present], plan[present]
    if a.size == 0:
        return None
    difference = np.zeros_like(a)  # both not reached: nobody was better
    np.subtract(b, a, out=difference, where=a != b)
    gain = difference if better == "higher" else -difference
    wins, losses = int((gain > 0).sum()), int((gain < 0).sum())
    finite = bool(np.isfinite(a).all() and np.isfinite(b).all())
    mean_ci = mean_interval(difference) if finite else None
    return Paired(
        n=a.size,
        n_absent=int((~present).sum()),
        diff_mean=float(difference.mean()) if finite else None,
        ci95=mean_ci,
        diff_median=_median(difference),
        median_ci95=quantile_interval(difference, 0.5),
        wins=wins,
        losses=losses,
        ties=a.size - wins - losses,
        p_better=wins / a.size,
        p_better_ci95=exact_share(wins, a.size),
        verdict=_by_signs(wins, losses) if mean_ci is None else _by_mean(mean_ci, better),
        variance_ratio=_variance_ratio(a, b) if finite else None,
    )


def _median(difference: Floats) -> float:
    """Median difference; between −∞ and +∞ it is 0, because neither side prevails."""
    ordered = np.sort(difference)
    middle = ordered[(ordered.size - 1) // 2 : ordered.size // 2 + 1]
    if np.isinf(middle).any() and middle[0] != middle[-1] and np.isinf(middle).all():
        return 0.0
    return quantile(difference, 0.5)


def _by_mean(interval: Interval, better: Better) -> Verdict:
    if interval.low > 0.0:
        return "better" if better == "higher" else "worse"
    if interval.high < 0.0:
        return "better" if better == "lower" else "worse"
    return "indistinguishable"


def _by_signs(wins: int, losses: int) -> Verdict:
    """Sign test on the pairs that differ: does one side win more than half of them?"""
    if wins + losses == 0:
        return "indistinguishable"
    interval = exact_share(wins, wins + losses)
    if interval.low > 0.5:
        return "better"
    return "worse" if interval.high < 0.5 else "indistinguishable"


def _variance_ratio(a: Floats, b: Floats) -> float | None:
    if a.size < 2:
        return None
    independent = float(a.var(ddof=1) + b.var(ddof=1))
    return float((b - a).var(ddof=1)) / independent if independent > 0.0 else None


def ratio_of_totals(
    plan: Floats, baseline: Floats, confidence: float = CONFIDENCE
) -> tuple[float, Interval]:
    """Total of the plan over total of the baseline, with a paired bootstrap interval.

    Whole replications are resampled, so both columns keep their common nights; the resampling is
    keyed and gives the same interval every time. 0 / 0 counts as 1, more than nothing as +∞.

    Raises:
        ValueError: columns differ in length, are empty, or hold negative or infinite amounts.
    """
    if plan.shape != baseline.shape or plan.size == 0:
        raise ValueError(f"{plan.shape} and {baseline.shape} replications cannot be paired")
    both = np.stack([plan, baseline])
    if not (np.isfinite(both).all() and (both >= 0).all()):
        raise ValueError("a ratio of totals needs finite amounts ≥ 0")
    n = plan.size
    ratios = np.empty(_RESAMPLES)
    rows = max(1, _CHUNK // n)
    for first in range(0, _RESAMPLES, rows):
        last = min(first + rows, _RESAMPLES)
        chosen = _resamples(first, last, n)
        ratios[first:last] = _ratio(plan[chosen].sum(axis=1), baseline[chosen].sum(axis=1))
    tail = (1.0 - confidence) / 2.0
    low, high = np.quantile(ratios, [tail, 1.0 - tail], method="inverted_cdf")
    return float(_ratio(plan.sum(), baseline.sum())), Interval(float(low), float(high))


def _resamples(first: int, last: int, n: int) -> NDArray[np.int64]:
    """Rows of n replication numbers drawn with replacement; row r is the same whoever asks."""
    keys = np.arange(first * n, last * n, dtype=np.uint64)
    draws = Draws(0, 0).u32("measures/bootstrap", keys).astype(np.int64)
    return ((draws * n) >> 32).reshape(last - first, n)


def _ratio(over: Floats, under: Floats) -> Floats:
    over, under = np.asarray(over), np.asarray(under)
    without = np.where(over > 0.0, np.inf, 1.0)
    return np.where(under > 0.0, over / np.where(under > 0.0, under, 1.0), without)
