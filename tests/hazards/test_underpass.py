"""Underpasses fill in minutes, by the closed form, and empty by their pumps."""

from __future__ import annotations

import numpy as np
import pytest

from sim.hazards.underpass import Hollow, fill_mm, minutes_to, wedge

MIN = 60_000
DEPTH, VOLUME = wedge(120.0, 16.0, 4.5)
DIP = Hollow(30_000, 0.9, 150, DEPTH, VOLUME)


def test_wedge_volume() -> None:
    """A dip of 120 × 16 m, 4.5 m deep holds half its box, and a quarter of that at half depth."""
    assert VOLUME[-1] == 120 * 16 * 4500 // 2
    assert np.interp(2250, DEPTH, VOLUME) == pytest.approx(VOLUME[-1] / 4, rel=1e-3)


@pytest.mark.parametrize("rain_mm_h", [60, 90, 150])
def test_minutes_by_the_closed_form(rain_mm_h: int) -> None:
    """Steady rain: 0.27 m (a car stalls) after volume ÷ (inflow − pumps), to the minute."""
    rain = np.full(240, rain_mm_h * 10 // 60)
    depth = fill_mm(DIP, rain, MIN)
    expected = minutes_to(DIP, 270, rain_mm_h)
    assert abs(int(np.argmax(depth >= 270)) + 1 - expected) <= 1
    assert expected < 10


def test_half_the_step_changes_nothing_by_more_than_a_step() -> None:
    """Under steady rain depth at a moment is the same for steps of 10 and of 5 minutes."""
    slow = fill_mm(DIP, np.full(12, 100), 10 * MIN)
    quick = fill_mm(DIP, np.full(24, 50), 5 * MIN)
    assert slow.tolist() == quick[1::2].tolist()


def test_pumps_that_keep_up_and_pumps_that_drown() -> None:
    """Rain below the pumps' rate leaves it dry; pumps that drown leave the water standing."""
    assert minutes_to(DIP, 100, 15.0) == float("inf")
    assert fill_mm(DIP, np.full(60, 2), MIN).max() == 0
    storm = np.concatenate([np.full(60, 30), np.zeros(600, np.int64)])
    drowning = Hollow(30_000, 0.9, 150, DEPTH, VOLUME, fails_at_mm=1000)
    assert fill_mm(DIP, storm, MIN)[-1] == 0
    assert fill_mm(drowning, storm, MIN)[-1] == fill_mm(drowning, storm, MIN).max() > 1000


def test_never_deeper_than_it_is() -> None:
    """A flood of rain fills it to the brim and no further."""
    assert fill_mm(DIP, np.full(300, 500), MIN).max() == 4500
