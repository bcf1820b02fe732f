"""Rain → discharge → stage: volume kept, the triangle's closed form, half the step."""

from __future__ import annotations

import numpy as np
import pytest

from sim.hazards.unit_hydrograph import (
    Catchment,
    discharge_l_s,
    effective_rain,
    manning_rating,
    ordinates,
)

MIN = 60_000
BARE = Catchment(10.0, 60.0, first_loss_mm=0.0, loss_mm_per_h=0.0)


def test_peak_of_a_short_burst() -> None:
    """SCS triangle: 10 mm in 5 min on 10 km² with Tp = 60 min peaks at 2 V / (8/3 Tp) = 20.8 m³/s.

    V = 100,000 m³; the peak stands Tp after the rain; a step's mean blunts it.
    """
    rain = np.zeros(100, np.int64)
    rain[0] = 100
    flow = discharge_l_s(BARE, rain, 5 * MIN)
    by_hand = 2 * 100_000 / (8 / 3 * 60 * 60)
    assert flow.max() / 1000 == pytest.approx(by_hand, rel=0.04)
    assert int(np.argmax(flow)) in (11, 12)


def test_volume_is_kept() -> None:
    """All that runs off passes the village: ordinates add up to one, litres to millimetres."""
    rain = np.zeros(200, np.int64)
    rain[3:40] = 37
    flow = discharge_l_s(BARE, rain, 10 * MIN)
    assert ordinates(BARE, 10 * MIN).sum() == 10**6
    assert flow.sum() * 600 / 1e5 / 10 == pytest.approx(rain.sum(), rel=1e-3)


def test_losses() -> None:
    """20 mm are kept at first, then 1 mm in each ten minutes: of 40 mm in an hour 17 run off."""
    catchment = Catchment(1.0, 30.0, 20.0, 6.0)
    rain = np.array([66, 67, 67, 67, 67, 66])  # 40 mm within an hour
    # Nothing for three steps; 26.7 mm have fallen after four: 6.7 − 1, then 6.7 − 1 and 6.6 − 1.
    assert effective_rain(catchment, rain, 10 * MIN).tolist() == [0, 0, 0, 57, 57, 56]


def test_half_the_step_changes_little() -> None:
    """Peak and time to nine tenths of the volume move by less than 2 % when the step is halved."""
    peaks, times = [], []
    for step, parts in ((10, 1), (5, 2)):
        rain = np.zeros(72 * parts, np.int64)
        rain[6 * parts : 18 * parts] = 120 // parts
        flow = discharge_l_s(Catchment(25.0, 90.0, 10.0, 4.0), rain, step * MIN)
        peaks.append(flow.max())
        running = np.cumsum(flow)
        times.append(float(np.interp(0.9 * running[-1], running, np.arange(len(flow)) + 1)) * step)
    assert peaks[1] == pytest.approx(peaks[0], rel=0.02)
    assert times[1] == pytest.approx(times[0], rel=0.02)


def test_no_rain_no_flow() -> None:
    """Without rain, and with rain below the losses, nothing runs off."""
    assert not discharge_l_s(BARE, np.zeros(30, np.int64), 10 * MIN).any()
    assert not discharge_l_s(Catchment(5.0, 30.0), np.full(30, 8), 10 * MIN).any()


def test_manning_rating() -> None:
    """20 m wide, 1 %, n 0.04, 2 m deep: 20 · 2^(5/3) · 0.1 / 0.04 = 158.7 m³/s, read both ways."""
    rating = manning_rating(20.0, 0.01, 0.04, 5.0)
    assert rating.discharge_l_s[20] == pytest.approx(158_740, rel=1e-4)
    assert rating.stage(rating.discharge_l_s[[0, 20, 50]]).tolist() == [0, 2000, 5000]
