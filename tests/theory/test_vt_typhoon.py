"""VT19 and the closed forms of a typhoon: Holland's wind, Coriolis, rain, tide."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.holland import Vortex, coriolis, rain_mm_h, sine, tide_m, wind_m_s

FIFTY = np.array([50.0])


def test_vt19_peak() -> None:
    """B 1.5, 50 hPa, 1.15 kg/m³: 48.98 m/s at R max without Coriolis."""
    assert wind_m_s(Vortex(40, 1.5), FIFTY, np.array([40.0]))[0] == pytest.approx(48.98, rel=1e-3)


@pytest.mark.parametrize("shape", [1.0, 1.3, 2.0])
def test_the_strongest_wind_is_at_the_radius(shape: float) -> None:
    """√(B Δp / (ρ e)), and less on both sides."""
    vortex = Vortex(35, shape)
    away = np.linspace(1, 400, 4000)
    wind = wind_m_s(vortex, FIFTY, away)
    assert wind.max() == pytest.approx(math.sqrt(shape * 5000 / 1.15 / math.e), rel=1e-5)
    assert away[int(np.argmax(wind))] == pytest.approx(35, abs=0.2)


@given(st.floats(0, 90), st.floats(1, 100), st.floats(0.8, 2.5), st.floats(1, 600))
def test_against_the_formula_written_out(
    deficit: float, radius: float, shape: float, away: float
) -> None:
    """Holland 1980 with Coriolis, by the library's exponentials."""
    f = coriolis(28)
    found = wind_m_s(Vortex(radius, shape, 1.15, f), np.array([deficit]), np.array([away]))[0]
    x = (radius / away) ** shape
    turn = away * 1000 * f / 2
    expected = math.sqrt(shape * deficit * 100 / 1.15 * x * math.exp(-min(x, 700)) + turn**2) - turn
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_no_deficit_no_wind() -> None:
    """Exactly none."""
    assert not wind_m_s(Vortex(40, 1.5), np.zeros(3), np.array([1.0, 40, 300])).any()


def test_coriolis_and_sine() -> None:
    """2 Ω at the pole, half of it at 30°; the sine holds everywhere."""
    assert coriolis(90) == pytest.approx(1.4584e-4, rel=1e-4)
    assert coriolis(30) == pytest.approx(coriolis(90) / 2)
    angle = np.linspace(-20, 20, 999)
    assert np.abs(sine(angle) - np.sin(angle)).max() < 1e-9


def test_rain_by_distance() -> None:
    """A third in the eye, all at the ring, 37 % one fading length beyond."""
    rain = rain_mm_h(30, 50, 120, np.array([0.0, 50, 170]))
    assert rain == pytest.approx([10, 30, 30 / math.e])


def test_tide() -> None:
    """High now, low half a period later, high again after 12.42 h."""
    assert tide_m(2.0, np.array([0.0, 6.21, 12.42])) == pytest.approx([2, -2, 2], abs=1e-8)
