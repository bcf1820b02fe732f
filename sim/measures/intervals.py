"""How sure the runs make us: intervals of shares, quantiles and means.

A terminating simulation gives independent replications, so exact small-sample statistics apply:
binomial bounds for shares (Clopper and Pearson 1934), order statistics for quantiles (they also
hold for times that were not reached, +∞), Student's t for means. What no interval here contains
are errors of data and model; that doubt stands beside them in every report.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc, betaincinv, ndtri, stdtrit

Floats = NDArray[np.float64]

CONFIDENCE = 0.95
FURTHER_RUNS_AT_MOST = 100_000
"""Beyond this many runs a light counts as undecidable: the truth lies at the requirement."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``; an infinite end means the runs do not bound that side."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


UNBOUNDED = Interval(-math.inf, math.inf)


def _check_counts(met: float, n: float) -> None:
    if not 0 <= met <= n:
        raise ValueError(f"met(={met}) must lie between 0 and n(={n})")


def lower_bound(met: float, n: float, confidence: float = CONFIDENCE) -> float:
    """One-sided exact lower bound of a probability after ``met`` successes in ``n`` runs."""
    _check_counts(met, n)
    return 0.0 if met == 0 else float(betaincinv(met, n - met + 1.0, 1.0 - confidence))


def upper_bound(met: float, n: float, confidence: float = CONFIDENCE) -> float:
    """One-sided exact upper bound of a probability after ``met`` successes in ``n`` runs."""
    _check_counts(met, n)
    return 1.0 if met == n else float(betaincinv(met + 1.0, n - met, confidence))


def exact_share(met: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Two-sided Clopper–Pearson interval of a probability: never below its confidence."""
    one_sided = (1.0 + confidence) / 2.0
    return Interval(lower_bound(met, n, one_sided), upper_bound(met, n, one_sided))


def wilson_share(met: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Two-sided Wilson (1927) interval of a probability: narrower, right on average.

    Raises:
        ValueError: n is 0 or met does not lie between 0 and n.
    """
    _check_counts(met, n)
    if n == 0:
        raise ValueError("n(=0) must be ≥ 1")
    z2 = float(ndtri((1.0 + confidence) / 2.0)) ** 2
    share = met / n
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    # At 0 and n the ends are 0 and 1 exactly; rounding must not move them.
    return Interval(
        0.0 if met == 0 else max(0.0, centre - half), 1.0 if met == n else min(1.0, centre + half)
    )


def mean_interval(values: Floats, confidence: float = CONFIDENCE) -> Interval:
    """Student's t interval of the mean of independent replications.

    With very skewed measures it covers a little less than it says: 0.93 instead of 0.95 for
    100 runs of a measure with skewness 2 to 3.

    Raises:
        ValueError: no values, or one is not finite (a mean of times not reached does not exist).
    """
    if values.size == 0 or not np.isfinite(values).all():
        raise ValueError("a mean needs finite values")
    if values.size == 1:
        return UNBOUNDED
    mean, spread = float(values.mean()), float(values.std(ddof=1))
    half = _t_quantile(values.size - 1, confidence) * spread / math.sqrt(values.size)
    return Interval(mean - half, mean + half)


@lru_cache(maxsize=256)
def _t_quantile(freedom: int, confidence: float) -> float:
    return float(stdtrit(freedom, (1.0 + confidence) / 2.0))


def quantile(values: Floats, share: float) -> float:
    """Value that ``share`` of the runs do not exceed; the mean of two neighbours on a tie.

    ``values`` may hold +∞ (not reached): a quantile that falls among them is +∞.
    """
    if values.size == 0 or not 0.0 < share < 1.0 or np.isnan(values).any():
        raise ValueError(f"quantile {share} needs values without gaps and a share inside 0 and 1")
    ordered = np.sort(values)
    place = share * values.size
    if abs(place - round(place)) < 1e-9:
        rank = round(place)
        return float(ordered[rank - 1 : rank + 1].mean())
    return float(ordered[math.ceil(place) - 1])


def quantile_interval(values: Floats, share: float, confidence: float = CONFIDENCE) -> Interval:
    """Distribution-free interval of a quantile between two ordered values.

    Its confidence is at least the one asked for, exactly by the binomial distribution; an end
    is infinite when there are too few runs to bound that side.
    """
    low_rank, high_rank = quantile_ranks(values.size, share, confidence)
    ordered = np.sort(values)
    low = float(ordered[low_rank - 1]) if low_rank >= 1 else -math.inf
    high = float(ordered[high_rank - 1]) if high_rank <= values.size else math.inf
    return Interval(low, high)


@lru_cache(maxsize=1024)
def quantile_ranks(n: int, share: float, confidence: float = CONFIDENCE) -> tuple[int, int]:
    """Ranks (from 1) of the ordered values between which the quantile lies.

    0 and n + 1 stand for "no such value".
    """
    tail = (1.0 - confidence) / 2.0
    counts = np.arange(n + 1)  # of values below the quantile: binomial
    low_rank = int((bdtr(counts, n, share) <= tail).sum())
    high_rank = n + 2 - int((bdtrc(counts, n, share) <= tail).sum())
    return low_rank, high_rank


def wilks_minimum(share: float = 0.95, confidence: float = CONFIDENCE) -> int:
    """Fewest runs whose largest value bounds the ``share`` quantile (Wilks 1941): 59 for P95."""
    return math.ceil(math.log(1.0 - confidence) / math.log(share) - 1e-12)


P95_MINIMUM = wilks_minimum()
"""Fewer runs than this give no P95."""


def replications_to_decide(
    met: int, n: int, required: float, confidence: float = CONFIDENCE
) -> int | None:
    """Further runs after which a light would be decided, if they go like those so far.

    Returns:
        0 when it is decided already; None when no run was judged, or when the share lies so
        close to the requirement that 100,000 runs would not do.
    """
    _check_counts(met, n)
    if n == 0:
        return None

    def decided(runs: int) -> bool:
        likely = met if runs == n else met * runs / n
        return (
            lower_bound(likely, runs, confidence) >= required
            or upper_bound(likely, runs, confidence) < required
        )

    if decided(n):
        return 0
    if not decided(n + FURTHER_RUNS_AT_MOST):
        return None
    low, high = n, n + FURTHER_RUNS_AT_MOST
    while high - low > 1:  # bounds narrow steadily with runs, so bisection finds the first
        middle = (low + high) // 2
        low, high = (low, middle) if decided(middle) else (middle, high)
    return high - n
