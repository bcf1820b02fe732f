"""How fast a forest fire spreads: 王正非's factors, R = R0 · Kφ · Kw · Ks.

R0 is the rate on flat ground without wind, Kφ the fuel, Kw the wind and Ks the slope along the
direction of spread. Every function here gives floats for tables; ``fire_spread`` turns them into
whole millimetres per hour before anything is compared.

Sources: 王正非 (1983, 1992) for the product, Kw and Ks; 毛贤敏 (1993) for R0; the fuel table and
all exponents as in the parameter library ``hazards`` (secondary sources, medium confidence).
Honest limits: surface fire in one fuel layer; no crown-fire transition; the published slope term
has data to about 60°, here it is held at 45°; observed rates are 0.01–0.22 m/s on the surface and
0.12–2.25 m/s in crowns (王明玉 2010, 北京西山), so rates are capped at the last.
"""

from __future__ import annotations

import numpy as np

from sim.hazards.base import FloatArray
from sim.portable_math import exp, log

WIND_PER_M_S = 0.1783
SLOPE_FACTOR, SLOPE_POWER = 3.533, 1.2
STEEPEST = 1.0
"""Tangent of the slope beyond which Ks does not grow any more (45°; judgement)."""
FASTEST_M_PER_MIN = 135.0
"""2.25 m/s, the fastest crown fire of 王明玉 2010."""


def base_rate_m_per_min(temperature_c: float, beaufort: float) -> float:
    """R0 after 毛贤敏: 0.053 T + 0.048 W − 0.275, never below 0; VT20 gives 1.194 at 25 °C, W 3."""
    return max(0.053 * temperature_c + 0.048 * beaufort - 0.275, 0.0)


def base_rate_by_humidity_m_per_min(relative_humidity: float) -> float:
    """R0 by the humidity of the air in percent: 1.0372 · exp(−0.057 RH), the other form in use."""
    return float(1.0372 * exp(np.array([-0.057 * relative_humidity]))[0])


def wind_factor(wind_m_s: float, cosine: FloatArray) -> FloatArray:
    """Kw = exp(0.1783 V cos θ), θ between the wind's heading and the direction of spread.

    Held beyond 45 m/s, where the cap on the rate has long taken over.
    """
    return exp(np.clip(WIND_PER_M_S * wind_m_s * cosine, -8.0, 8.0))


def slope_factor(tangent: FloatArray) -> FloatArray:
    """Ks = exp(±3.533 tan(φ)^1.2): plus uphill, minus downhill; ``tangent`` rise over run."""
    steep = np.minimum(np.abs(tangent), STEEPEST)
    power = np.where(steep > 0, exp(SLOPE_POWER * log(np.where(steep > 0, steep, 1.0))), 0.0)
    return exp(np.sign(tangent) * SLOPE_FACTOR * power)
