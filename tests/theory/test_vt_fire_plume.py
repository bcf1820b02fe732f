"""VT17 (Gaussian plume) and VT20 (王正非's factors) of the verification tests."""

from __future__ import annotations

import numpy as np
import pytest

from sim.hazards.fire_rates import base_rate_m_per_min, slope_factor, wind_factor
from sim.hazards.fire_spread import FireGround, FireWeather, burn
from sim.hazards.plume import Air, Release, concentration_ug_m3, widths

SIDE = 101
MIDDLE = SIDE // 2


@pytest.mark.parametrize(
    ("stability", "wind", "mg_m3"), [("D", 3.0, 36.6568), ("F", 2.0, 339.0626)]
)
def test_vt17_gaussian_plume(stability: str, wind: float, mg_m3: float) -> None:
    """VT17: 1 kg/s at the ground, 1,000 m downwind over open country, within 0.1 %."""
    air = Air(0, 1, wind, 270.0, stability)
    release = Release(0.0, 0.0, 1000.0)
    found = concentration_ug_m3(release, air, np.array([1000.0]), np.array([0.0]))
    assert found[0] / 1000 == pytest.approx(mg_m3, rel=1e-3)


def test_vt17_widths() -> None:
    """VT17: σy and σz at 1,000 m in classes D and F."""
    x = np.array([1000.0])
    assert [w[0] for w in widths(x, "D")] == pytest.approx([76.277, 37.947], rel=1e-4)
    assert [w[0] for w in widths(x, "F")] == pytest.approx([38.1385, 12.3077], rel=1e-4)


def test_vt20_factors() -> None:
    """VT20: Kw at 5 m/s ahead, Ks at ±20°, R0 at 25 °C and Beaufort 3, within 0.1 %."""
    assert wind_factor(5.0, np.array([1.0]))[0] == pytest.approx(2.4388, rel=1e-3)
    slope = slope_factor(np.tan(np.deg2rad([20.0, -20.0])))
    assert slope.tolist() == pytest.approx([2.8593, 0.3497], rel=1e-3)
    assert base_rate_m_per_min(25.0, 3.0) == pytest.approx(1.194, rel=1e-3)


def test_vt20_front_on_the_grid() -> None:
    """VT20 on the map: a head fire with 5 m/s of wind up a 20° slope runs at R0 · Kw · Ks."""
    cell = 50.0
    rise = np.tan(np.deg2rad(20.0)) * cell * np.arange(SIDE)
    ground = FireGround(cell, np.ones((SIDE, SIDE)), np.tile(rise, (SIDE, 1)))
    weather = FireWeather(np.array([0]), np.array([1.194]), np.array([5.0]), np.array([270.0]))
    start = np.array([MIDDLE * SIDE + MIDDLE]), np.array([0])
    at = burn(ground, weather, start)
    minutes = (at[MIDDLE, -1] - at[MIDDLE, MIDDLE]) / 60_000
    assert (SIDE - 1 - MIDDLE) * cell / minutes == pytest.approx(1.194 * 2.4388 * 2.8593, rel=1e-3)
