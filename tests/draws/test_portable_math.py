"""Functions from basic operations only, against the C library's."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from scipy import special

from sim import portable_math as pm


def test_log_and_exp() -> None:
    """Relative error below 1e-15 over the whole range that tables use."""
    powers = np.linspace(-690, 690, 200_001)
    assert np.abs(pm.exp(powers) / np.exp(powers) - 1).max() < 1e-15
    numbers = np.exp(powers)
    away = np.abs(powers) > 1e-6
    assert np.abs(pm.log(numbers)[away] / np.log(numbers)[away] - 1).max() < 1e-15
    near = 1.0 + np.linspace(-0.4, 0.6, 10_001)
    assert np.abs(pm.log(near) - np.log(near)).max() < 2e-16
    assert pm.log(np.array([1.0]))[0] == 0.0
    assert pm.exp(np.array([0.0]))[0] == 1.0


def test_normal_quantile_and_share() -> None:
    """The normal's quantiles and shares, far into both tails."""
    shares = np.concatenate([np.logspace(-10.5, -0.32, 5_000), 1 - np.logspace(-10, -0.32, 5_000)])
    assert np.abs(pm.normal_quantile(shares) / special.ndtri(shares) - 1).max() < 1e-13
    for z in np.linspace(-11.9, 11.9, 120):
        assert pm.normal_share_below(float(z)) == pytest.approx(special.ndtr(z), rel=1e-13)
    assert (pm.normal_share_below(-13.0), pm.normal_share_below(13.0)) == (0.0, 1.0)


@pytest.mark.parametrize(("a", "b"), [(2.0, 38.0), (0.05, 3.0), (300.0, 200.0), (9000.0, 20.0)])
def test_beta(a: float, b: float) -> None:
    """ln B and the share below x."""
    if b.is_integer():  # then B(a, b) = (b−1)! / (a (a+1) … (a+b−1)), exactly
        fraction = math.factorial(int(b) - 1) / math.prod(Fraction(a) + k for k in range(int(b)))
        exact = (Decimal(fraction.numerator) / Decimal(fraction.denominator)).ln()
        assert pm.log_beta(a, b) == pytest.approx(float(exact), rel=1e-15)
    assert pm.log_beta(a, b) == pytest.approx(float(special.betaln(a, b)), rel=1e-11)
    x = np.linspace(0.001, 0.999, 999)
    assert np.abs(pm.beta_share_below(x, 1 - x, a, b) - special.betainc(a, b, x)).max() < 1e-11


def test_a_wrong_guess_of_the_beta_quantile_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor whose library errs by one step up or down ends at the same table."""
    shares = np.arange(1, 4096) / 4096
    right = pm.beta_quantile(shares, 2.0, 38.0, 10**9)
    for error in (-1e-9, 1e-9):
        monkeypatch.setattr(
            pm, "betaincinv", lambda a, b, p, e=error: special.betaincinv(a, b, p) + e
        )
        assert np.array_equal(pm.beta_quantile(shares, 2.0, 38.0, 10**9), right)
