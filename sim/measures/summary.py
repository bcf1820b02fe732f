"""One measure over all replications: what the scorecard prints.

Times not reached are right-censored: +∞ in quantiles, no mean, and the share that was reached.
Replications in which a measure does not exist (NaN) are left out and counted; they are never 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.measures.intervals import (
    P95_MINIMUM,
    Interval,
    mean_interval,
    quantile,
    quantile_interval,
)

Floats = NDArray[np.float64]
Kind = Literal["amount", "share", "time"]
"""``time`` may be censored; ``share`` lies between 0 and 1, so does its interval."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Statistics of one measure of one plan.

    Attributes:
        n: replications that have the measure; ``n_absent``: those that do not.
        mean, sd, ci95: of all n, with the t interval of the mean; None when a time was not
            reached (sd and ci95 also with a single replication).
        p05, p50, p90: quantiles, +∞ when they fall among times not reached.
        p50_ci95, p90_ci95: order-statistic intervals; an end is infinite when runs are too few.
        p95, p95_ci95: None below 59 replications (Wilks).
        reached_share: for times, the share of the n that was reached; else None.
    """

    n: int
    n_absent: int
    mean: float | None
    sd: float | None
    ci95: Interval | None
    p05: float
    p50: float
    p50_ci95: Interval
    p90: float
    p90_ci95: Interval
    p95: float | None
    p95_ci95: Interval | None
    reached_share: float | None


def minutes_or_never(times_ms: NDArray[np.int64]) -> Floats:
    """Times of a run in minutes, with +∞ for those that did not come."""
    return np.where(times_ms >= NEVER, math.inf, times_ms / MS_PER_MIN)


def summarise(values: Floats, kind: Kind) -> Summary | None:
    """Statistics of a measure over replications.

    Args:
        values: one float64 per replication in the measure's unit; NaN where it does not exist,
            +∞ (times only) where it was not reached.

    Returns:
        None when no replication has the measure.

    Raises:
        ValueError: an amount or share is infinite, or a share lies outside 0 … 1.
    """
    present = values[~np.isnan(values)]
    if present.size == 0:
        return None
    _check(present, kind)
    n = present.size
    reached = np.isfinite(present)
    has_mean = bool(reached.all())
    enough = n >= P95_MINIMUM
    return Summary(
        n=n,
        n_absent=values.size - n,
        mean=float(present.mean()) if has_mean else None,
        sd=float(present.std(ddof=1)) if has_mean and n > 1 else None,
        ci95=_mean_ci(present, kind) if has_mean and n > 1 else None,
        p05=quantile(present, 0.05),
        p50=quantile(present, 0.50),
        p50_ci95=quantile_interval(present, 0.50),
        p90=quantile(present, 0.90),
        p90_ci95=quantile_interval(present, 0.90),
        p95=quantile(present, 0.95) if enough else None,
        p95_ci95=quantile_interval(present, 0.95) if enough else None,
        reached_share=float(reached.mean()) if kind == "time" else None,
    )


def _check(present: Floats, kind: Kind) -> None:
    if kind != "time" and not np.isfinite(present).all():
        raise ValueError(f"a measure of kind {kind} cannot be infinite")
    if kind == "share" and not ((present >= 0.0) & (present <= 1.0)).all():
        raise ValueError(f"shares must lie in 0 … 1, found {present.min()} … {present.max()}")


def _mean_ci(present: Floats, kind: Kind) -> Interval:
    """Student's interval, cut at what the measure can be: no mean of persons is below 0."""
    interval = mean_interval(present)
    if kind == "time":
        return interval
    low = interval.low if present.min() < 0.0 else max(0.0, interval.low)
    return Interval(low, min(1.0, interval.high) if kind == "share" else interval.high)
