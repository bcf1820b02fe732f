"""exp, log, normal and beta functions that give the same bits on every processor.

The C libraries' exp and log, and SIMD variants of them, differ in the last bit between processors,
and one such bit, rounded to a millisecond, could reorder two events. Here arrays only meet
+ − × ÷ and sqrt, which IEEE 754 rounds correctly everywhere, and single numbers that need more
care go through ``decimal``, which is integer arithmetic. Used to build quantile tables once per
world, never per draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

Floats = NDArray[np.float64]

_LN2_HIGH = 0.6931471803691238  # the leading 33 bits, so that k·_LN2_HIGH is exact
_LN2_LOW = 1.9082149292705877e-10
_TWO_PI = Decimal("6.28318530717958647692528676655900576839433879875021164194988918461563281")
_LOG_TERMS = tuple(2.0 / (2 * k + 1) for k in range(13))
_EXP_TERMS = tuple(float(1 / Decimal(np.prod(range(1, k + 1), dtype=object))) for k in range(15))

# fmt: off
# Wichura (1988), algorithm AS 241 (PPND16), relative error about 1e-16.
_MIDDLE_TOP = (3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427,
               13731.693765509461125, 45921.953931549871457, 67265.770927008700853,
               33430.575583588128105, 2509.0809287301226727)
_MIDDLE_BOTTOM = (1.0, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
                  21213.794301586595867, 39307.895800092710610, 28729.085735721942674,
                  5226.4952788528545610)
_TAIL_TOP = (1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
             3.64784832476320460504, 1.27045825245236838258, 0.241780725177450611770,
             0.0227238449892691845833, 7.74545014278341407640e-4)
_TAIL_BOTTOM = (1.0, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
                0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4,
                1.05075007164441684324e-9)
# fmt: on


def _polynomial(coefficients: Sequence[float], x: Floats) -> Floats:
    """Horner's rule, constant term first; one rounded operation at a time."""
    total = np.full_like(x, coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        total = total * x + coefficient
    return total


def log(x: Floats) -> Floats:
    """Natural logarithm of positive numbers, relative error below 1e-15."""
    mantissa, exponent = np.frexp(np.asarray(x, dtype=np.float64))
    small = mantissa < 0.7071067811865476
    mantissa = np.where(small, mantissa * 2.0, mantissa)
    power = exponent.astype(np.float64) - small
    s = (mantissa - 1.0) / (mantissa + 1.0)
    series = s * _polynomial(_LOG_TERMS, s * s)
    return np.asarray(power * _LN2_HIGH + (series + power * _LN2_LOW))


def exp(x: Floats) -> Floats:
    """Exponential of numbers between −700 and 700, relative error below 1e-15."""
    x = np.asarray(x, dtype=np.float64)
    power = np.rint(x / 0.6931471805599453)
    rest = (x - power * _LN2_HIGH) - power * _LN2_LOW
    return np.asarray(np.ldexp(_polynomial(_EXP_TERMS, rest), power.astype(np.int32)))


def normal_quantile(p: Floats) -> Floats:
    """Standard normal value below which a share p lies; p within 2e-11 and 1 − 2e-11."""
    p = np.asarray(p, dtype=np.float64)
    centred = p - 0.5
    middle = 0.180625 - centred * centred
    near = centred * _polynomial(_MIDDLE_TOP, middle) / _polynomial(_MIDDLE_BOTTOM, middle)
    tail = np.sqrt(-log(np.minimum(p, 1.0 - p))) - 1.6
    far = _polynomial(_TAIL_TOP, tail) / _polynomial(_TAIL_BOTTOM, tail)
    return np.where(middle >= 0.0, near, np.where(centred < 0.0, -far, far))


@lru_cache(maxsize=1024)
def normal_share_below(z: float) -> float:
    """Share of a standard normal below z, relative error below 1e-14 for |z| ≤ 12; 0 or 1 beyond.

    Marsaglia's series (2004) with 80 decimal digits, so cancellation in the tail is harmless.
    """
    if abs(z) > 12.0:
        return 0.0 if z < 0.0 else 1.0
    with localcontext() as context:
        context.prec = 80
        x = Decimal(z)
        term = total = x
        k = 3
        while abs(term) > Decimal("1e-60"):
            term = term * x * x / k
            total += term
            k += 2
        density = (-x * x / 2).exp() / _TWO_PI.sqrt()
        return float(Decimal("0.5") + total * density)


def _log_gamma(x: Decimal) -> Decimal:
    """ln Γ(x) by Stirling's series, shifted to arguments above 40."""
    product = Decimal(1)
    while x < 40:
        product *= x
        x += 1
    series = Decimal(0)
    for bottom, power in ((12, 1), (-360, 3), (1260, 5), (-1680, 7), (1188, 9)):
        series += 1 / (bottom * x**power)
    half_log_tau = Decimal("0.91893853320467274178032973640561763986")
    return (x - Decimal("0.5")) * x.ln() - x + half_log_tau + series - product.ln()


@lru_cache(maxsize=1024)
def log_beta(a: float, b: float) -> float:
    """ln B(a, b) for positive a and b."""
    with localcontext() as context:
        context.prec = 40
        first, second = Decimal(a), Decimal(b)
        return float(_log_gamma(first) + _log_gamma(second) - _log_gamma(first + second))


def _beta_fraction(x: Floats, a: float, b: float) -> Floats:
    """Lentz's continued fraction of the incomplete beta function, for x below its mean."""
    tiny = 1e-300
    c = np.ones_like(x)
    d = 1.0 / (1.0 - (a + b) * x / (a + 1.0))
    result = d.copy()
    for m in range(1, 400):
        for numerator in (
            m * (b - m) / ((a + 2 * m - 1.0) * (a + 2 * m)) * x,
            -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1.0)) * x,
        ):
            bottom = 1.0 + numerator * d
            d = 1.0 / np.where(np.abs(bottom) < tiny, tiny, bottom)
            top = 1.0 + numerator / c
            c = np.where(np.abs(top) < tiny, tiny, top)
            result = result * (c * d)
        if bool(np.all(np.abs(c * d - 1.0) < 1e-15)):
            break
    return result


def beta_share_below(x: Floats, rest: Floats, a: float, b: float) -> Floats:
    """Share of a beta(a, b) below x, where rest = 1 − x is given too, to be exact near 1."""
    shape = exp(np.maximum(a * log(x) + b * log(rest) - log_beta(a, b), -700.0))
    lower = x < (a + 1.0) / (a + b + 2.0)
    # Each side is evaluated where its fraction converges; the other is the complement.
    left = shape * _beta_fraction(np.where(lower, x, 0.0), a, b) / a
    right = shape * _beta_fraction(np.where(lower, 0.0, rest), b, a) / b
    return np.where(lower, left, 1.0 - right)


def beta_quantile(p: Floats, a: float, b: float, steps: int) -> NDArray[np.int64]:
    """Quantiles of a beta(a, b) in whole steps of 1/steps, for shares p strictly inside 0 and 1.

    scipy's inverse gives a first guess that may be one step off between processors; the portable
    distribution function then decides which step holds the quantile.
    """
    guess = np.clip(np.floor(betaincinv(a, b, p) * steps + 0.5), 0, steps).astype(np.int64)

    def share_below_half_step(step: NDArray[np.int64]) -> Floats:
        twice = np.clip(2 * step + 1, 1, 2 * steps - 1).astype(np.float64)
        return beta_share_below(twice / (2.0 * steps), (2.0 * steps - twice) / (2.0 * steps), a, b)

    too_high = (guess > 0) & (share_below_half_step(guess - 1) >= p)
    too_low = (guess < steps) & (share_below_half_step(guess) < p)
    step = too_high.astype(np.int64) - (too_low & ~too_high).astype(np.int64)
    return np.asarray(guess - step)
