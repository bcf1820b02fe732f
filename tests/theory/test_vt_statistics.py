"""Verification tests VT04 (departure curve) and VT16 (coverage of intervals)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.draws import Draws, child_keys, sample, stable_key
from sim.draws_tables import compile_minutes
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
