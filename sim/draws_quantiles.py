"""Quantiles of the schema's continuous distributions at 4,097 equally spaced shares.

Computed once per distribution with ``portable_math`` only, so they are the same bits on every
processor. Where a distribution has no smallest or largest value, its outermost quantile stands
at half a cell, 1/8192 or 1 − 1/8192.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import portable_math
from sim.schema import distributions as d

CELLS = 4096
_HALF_CELL = 1 / 8192


def _shares(lowest_known: bool, highest_known: bool) -> NDArray[np.float64]:
    """The 4,097 shares; an end without a finite value moves in by half a cell."""
    shares = np.arange(CELLS + 1, dtype=np.float64) / CELLS
    if not lowest_known:
        shares[0] = _HALF_CELL
    if not highest_known:
        shares[-1] = 1.0 - _HALF_CELL
    return shares


def beta_steps(spec: d.Beta, unit: int) -> NDArray[np.int64]:
    """The 4,097 quantiles of a beta distribution in whole steps of 1/unit, int64."""
    inner = portable_math.beta_quantile(_shares(True, True)[1:-1], spec.a, spec.b, unit)
    return np.concatenate([[0], np.maximum.accumulate(inner), [unit]]).astype(np.int64)


def quantiles(spec: d.AnyDistribution, low: float, high: float) -> NDArray[np.float64]:
    """The 4,097 quantiles of a continuous distribution, float64 in the planner's unit."""
    match spec:
        case d.Lognormal():
            z = portable_math.normal_quantile(_shares(False, False))
            z90 = portable_math.normal_quantile(np.array([0.9]))
            spread = portable_math.log(np.array([spec.p90 / spec.median])) / z90
            return spec.median * portable_math.exp(spread * z)
        case d.Triangular():
            return _triangular(spec)
        case d.Uniform():
            return spec.low + (spec.high - spec.low) * _shares(True, True)
        case d.Exponential():
            return spec.mean * _waiting()
        case d.Rayleigh():
            return spec.sigma * np.sqrt(2.0 * _waiting())
        case d.WeibullCdf():
            times = np.zeros(CELLS + 1)
            logs = portable_math.log(_waiting()[1:] / spec.a) / spec.b
            times[1:] = portable_math.exp(np.clip(logs, -600.0, 600.0))
            return times
        case d.Normal():
            return _cut_normal(spec, low, high)
        case d.Table():
            return _curve(spec)
    raise TypeError(f"{spec.dist} has no quantiles")


def _waiting() -> NDArray[np.float64]:
    """Quantiles of the exponential with mean 1."""
    left = 1.0 - _shares(True, False)
    return np.maximum(-portable_math.log(left), 0.0)


def _triangular(spec: d.Triangular) -> NDArray[np.float64]:
    shares, span = _shares(True, True), spec.high - spec.low
    rising = spec.low + np.sqrt(shares * (span * (spec.mode - spec.low)))
    falling = spec.high - np.sqrt((1.0 - shares) * (span * (spec.high - spec.mode)))
    return np.where(shares * span <= spec.mode - spec.low, rising, falling)


def _cut_normal(spec: d.Normal, low: float, high: float) -> NDArray[np.float64]:
    """Normal between its cuts; computed from the nearer tail to keep its digits."""
    bottom = max(low, spec.low if spec.low is not None else low)
    top = min(high, spec.high if spec.high is not None else high)
    if bottom > spec.mean:  # mirror it: shares near 1 have lost the digits of the tail
        mirrored = d.Normal(mean=-spec.mean, sd=spec.sd, low=-top, high=-bottom)
        return -_cut_normal(mirrored, -high, -low)[::-1]
    first = portable_math.normal_share_below((bottom - spec.mean) / spec.sd)
    last = portable_math.normal_share_below((top - spec.mean) / spec.sd)
    half_cell = _HALF_CELL * (last - first)  # a cut that takes less than this is an open end
    shares = first + _shares(first >= half_cell, 1.0 - last >= half_cell) * (last - first)
    values = spec.mean + spec.sd * portable_math.normal_quantile(np.clip(shares, 2e-11, 1 - 2e-11))
    return np.clip(values, bottom, top)


def _curve(spec: d.Table) -> NDArray[np.float64]:
    """Inverse of the planner's cumulative curve."""
    shares, times = np.array(spec.shares), np.array(spec.times)
    wanted = _shares(True, True)
    right = np.clip(np.searchsorted(shares, wanted, side="left"), 1, len(shares) - 1)
    rise = shares[right] - shares[right - 1]
    part = np.clip((wanted - shares[right - 1]) / np.where(rise > 0.0, rise, 1.0), 0.0, 1.0)
    return np.asarray(times[right - 1] + part * (times[right] - times[right - 1]))
