"""Verification tests VT04 (departure curve) and VT16 (coverage of intervals)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.draws import Draws, child_keys, sample, stable_key
from sim.draws_tables import compile_minutes
from sim.measures.intervals import (
    exact_share,
    mean_interval,
    quantile_interval,
    wilks_minimum,
    wilson_share,
)
from sim.schema import distributions as d

N = 10_000
KS_5_PERCENT = 0.0136


def departures(spec: d.AnyDistribution) -> np.ndarray:
    """Departure minutes of 10,000 households of one replication."""
    keys = child_keys(stable_key("VT04"), N)
    return sample(Draws(4, 0), "household/departure", compile_minutes(spec), keys, 0) / 60_000


def user_curve(t: np.ndarray) -> np.ndarray:
    """Cumulative share of the user table below, straight lines between its points."""
    return np.interp(t, [0, 15, 40, 120], [0, 0.2, 0.7, 1])


CURVES = {
    "rayleigh": (d.Rayleigh(sigma=60), stats.rayleigh(scale=60).cdf),
    "weibull": (d.WeibullCdf(a=0.0085, b=1.2), lambda t: 1 - np.exp(-0.0085 * t**1.2)),
    "lognormal": (
        d.Lognormal(median=20, p90=60),
        stats.lognorm(np.log(3) / stats.norm.ppf(0.9), scale=20).cdf,
    ),
    "table": (d.Table(times=(0, 15, 40, 120), shares=(0, 0.2, 0.7, 1)), user_curve),
}


def test_vt04_rayleigh_median_and_p90() -> None:
    """Rayleigh with σ = 60 min: median 70.64 and P90 128.76 min, in table and sample."""
    table = compile_minutes(d.Rayleigh(sigma=60)).table
    assert table.at_one(2**31) / 60_000 == pytest.approx(70.64, abs=0.01)
    assert table.at_one(round(0.9 * 2**32)) / 60_000 == pytest.approx(128.76, abs=0.01)
    drawn = departures(d.Rayleigh(sigma=60))
    assert np.median(drawn) == pytest.approx(70.64, rel=0.03)
    assert np.quantile(drawn, 0.9) == pytest.approx(128.76, rel=0.03)


@pytest.mark.parametrize("name", CURVES)
def test_vt04_departure_curves(name: str) -> None:
    """10,000 draws lie within the 5 % Kolmogorov–Smirnov distance 0.0136 of the curve."""
    spec, cumulative = CURVES[name]
    assert stats.kstest(departures(spec), cumulative).statistic < KS_5_PERCENT


SERVICE_MIN = 1.0
LOAD = 0.5
CUSTOMERS = 100
RUNS = 100
MACRO = 200


def _exponential(draws: Draws, purpose: str, keys: np.ndarray) -> np.ndarray:
    return -np.log((draws.u32(purpose, keys) + 0.5) / 2**32)


def _queue_waits(experiment: int) -> np.ndarray:
    """Waits [runs, customers] in 100 M/M/1 queues that start in equilibrium (Lindley)."""
    draws, runs = Draws(16, experiment), child_keys(1, RUNS)
    gone = SERVICE_MIN / (1 - LOAD)  # P(wait > t) = load · exp(−t / gone)
    busy = draws.u32("busy", runs) / 2**32 < LOAD
    wait = np.where(busy, gone * _exponential(draws, "first", runs), 0.0)
    waits = [wait]
    for customer in range(1, CUSTOMERS):
        service = SERVICE_MIN * _exponential(draws, f"service {customer}", runs)
        gap = SERVICE_MIN / LOAD * _exponential(draws, f"gap {customer}", runs)
        wait = np.maximum(0.0, wait + service - gap)
        waits.append(wait)
    return np.stack(waits, axis=1)


@pytest.fixture(scope="module")
def queues() -> list[np.ndarray]:
    """200 experiments of 100 replications each."""
    return [_queue_waits(experiment) for experiment in range(MACRO)]


def test_vt16_mean_interval_covers(queues: list[np.ndarray]) -> None:
    """The 95 % t interval holds the true mean wait, load·gone = 1 min, in 0.92–0.98 of cases.

    It is 0.935 here and 0.934 over 2,000 experiments: mean waits are skewed (skewness 2).
    """
    true_mean = LOAD * SERVICE_MIN / (1 - LOAD)
    hits = sum(true_mean in mean_interval(waits.mean(axis=1)) for waits in queues)
    assert 0.92 <= hits / MACRO <= 0.98


def test_vt16_share_intervals_cover(queues: list[np.ndarray]) -> None:
    """Wilson and exact intervals of P(last wait > 1 min) = 0.5 e^-0.5; exact may cover more."""
    true_share = LOAD * np.exp(-(1 - LOAD) / SERVICE_MIN)
    late = [int((waits[:, -1] > 1.0).sum()) for waits in queues]
    wilson = sum(true_share in wilson_share(k, RUNS) for k in late) / MACRO
    exact = sum(true_share in exact_share(k, RUNS) for k in late) / MACRO
    assert 0.92 <= wilson <= 0.98
    assert exact >= 0.92
    assert exact >= wilson


@pytest.mark.parametrize("share", [0.75, 0.9])
def test_vt16_quantile_interval_covers(queues: list[np.ndarray], share: float) -> None:
    """The order-statistic interval holds the true quantile of the last wait."""
    gone = SERVICE_MIN / (1 - LOAD)
    true_quantile = gone * np.log(LOAD / (1 - share))
    hits = sum(true_quantile in quantile_interval(waits[:, -1], share) for waits in queues)
    assert 0.92 <= hits / MACRO <= 0.98


def test_vt16_wilks() -> None:
    """59 runs: the largest of them exceeds the P95 in at least 95 % of experiments."""
    assert wilks_minimum() == 59
    largest = [Draws(59, e).u32("run", child_keys(1, 59)).max() / 2**32 for e in range(2_000)]
    assert np.mean(np.array(largest) > 0.95) == pytest.approx(1 - 0.95**59, abs=0.02)
