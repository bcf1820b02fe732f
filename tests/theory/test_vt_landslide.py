"""VT18: rain from which slopes fail, against the published curves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hazards.rain_threshold import crossed_ms, threshold_mm_h, wet_factor
from sim.schema.hazard_landslide import RainThreshold

CAINE = RainThreshold()
GUZZETTI = RainThreshold(alpha=2.20, beta=0.44)
STEP_MS = 600_000


@pytest.mark.parametrize(
    ("curve", "duration_h", "expected"),
    [
        (CAINE, 1, 14.82), (CAINE, 10, 6.037), (CAINE, 24, 4.291),
        (GUZZETTI, 1, 2.200), (GUZZETTI, 10, 0.799), (GUZZETTI, 24, 0.543),
    ],
)  # fmt: skip
def test_vt18_thresholds(curve: RainThreshold, duration_h: float, expected: float) -> None:
    """Caine 1980 and Guzzetti et al. 2008 at 1, 10 and 24 h."""
    assert threshold_mm_h(curve, duration_h) == pytest.approx(expected, abs=1e-3)


def test_steady_rain_fails_when_its_duration_says_so() -> None:
    """6.1 mm/h is below Caine at 6 h (7.37) and above it at 12 h (5.62): 67.5 mm have fallen
    after 11.06 h, within the twelfth hour and not at its end."""
    rain = np.full(24 * 6, 10)
    rain[::6] = 11
    assert rain[:6].sum() == 61
    crossed = crossed_ms(CAINE, 1.0, rain, STEP_MS)
    assert crossed == pytest.approx(12 * 3_600_000 * 5.6235 / 6.1, abs=STEP_MS / 5)
    assert crossed_ms(CAINE, 1.0, rain[: 10 * 6], STEP_MS) is None


def test_soaked_ground_needs_less() -> None:
    """Half soaked is half the relief; more than soaked is no more."""
    assert [wet_factor(CAINE, mm) for mm in (0, 75, 150, 600)] == [1.0, 0.85, 0.7, 0.7]


@given(st.lists(st.integers(0, 120), min_size=1, max_size=200), st.integers(0, 80))
def test_more_rain_is_never_later(rain: list[int], more: int) -> None:
    """Adding rain anywhere brings the failure forward or leaves it."""
    before = crossed_ms(CAINE, 1.0, np.array(rain), STEP_MS)
    after = crossed_ms(CAINE, 1.0, np.array(rain) + more, STEP_MS)
    assert before is None or (after is not None and after <= before)


@given(st.lists(st.integers(0, 120), min_size=1, max_size=100))
def test_half_the_step_is_the_same_slope(rain: list[int]) -> None:
    """The same rain in steps half as long fails at the same moment; a coarse step can only hide a
    crossing that the rain takes back before its end, never invent one."""
    coarse = crossed_ms(CAINE, 1.0, np.array(rain) * 2, STEP_MS)
    fine = crossed_ms(CAINE, 1.0, np.repeat(rain, 2), STEP_MS // 2)
    if coarse is not None:
        assert fine is not None and coarse - 1 <= fine <= coarse
