"""Reservoir release: routing keeps volume and delays by K; a notice warns when acknowledged."""

from __future__ import annotations

import numpy as np
import pytest

from sim.clock import MS_PER_HOUR, NEVER
from sim.hazards.release import Gates, Notice, muskingum

STEP = MS_PER_HOUR // 6
HOURS = np.arange(72 * 6) / 6


def pulse(step: int = STEP) -> np.ndarray:
    """Gates that open within an hour to 3,000 m³/s for six hours, over 100 m³/s."""
    at = np.array([4, 5, 11, 12]) * MS_PER_HOUR
    flow = np.array([100, 3000, 3000, 100]) * 1000
    return Gates(at, flow).over(np.arange(72 * MS_PER_HOUR // step) * step)


def test_gates_between_their_times() -> None:
    """Half way through the opening half of the rise is let out; before and after the ends hold."""
    flow = pulse()
    assert flow[27] == 1_550_000 and flow[0] == flow[-1] == 100_000


@pytest.mark.parametrize("weight", [0.0, 0.2, 0.45])
def test_volume_is_kept_and_the_flood_comes_k_later(weight: float) -> None:
    """The centre of the flood moves by the travel time, its volume stays, its peak only falls."""
    came, went = pulse() - 100_000, muskingum(pulse(), 5.0, weight, STEP) - 100_000
    assert went.sum() == pytest.approx(came.sum(), rel=1e-3)
    later = (went * HOURS).sum() / went.sum() - (came * HOURS).sum() / came.sum()
    assert later == pytest.approx(5.0, rel=0.02)
    assert went.max() <= came.max() and went.min() >= -1


def test_linear_reservoir() -> None:
    """With X = 0 one reach is a linear reservoir: a step of inflow gives 1 − e^(−t/K)."""
    flow = muskingum(np.append([0], np.full(60, 10**6)), 5.0, 0.0, STEP)
    hours = np.arange(1, 61) / 6 - 1 / 12  # the step rises in a straight line over one interval
    assert flow[12:] / 10**6 == pytest.approx(1 - np.exp(-hours[11:] / 5), rel=5e-3)


def test_half_the_step_changes_little() -> None:
    """Peak and the time to nine tenths of the volume move by less than 2 %."""
    peaks, times = [], []
    for step in (STEP, STEP // 2):
        flow = muskingum(pulse(step), 5.0, 0.2, step) - 100_000
        running = np.cumsum(flow)
        peaks.append(int(flow.max()))
        times.append(int(np.argmax(running >= 0.9 * running[-1])) * step)
    assert peaks[1] == pytest.approx(peaks[0], rel=0.02)
    assert times[1] == pytest.approx(times[0], rel=0.02)


def test_notice_counts_when_acknowledged() -> None:
    """Sent at 2 h, acknowledged at 3 h, gates at 5 h: known from 3 h, two hours of lead."""
    hours = np.arange(0, 10, dtype=np.int64) * MS_PER_HOUR
    notice = Notice(2 * MS_PER_HOUR, 3 * MS_PER_HOUR, 5 * MS_PER_HOUR)
    expected = notice.expected_ms(hours, MS_PER_HOUR)
    assert notice.lead_ms == 2 * MS_PER_HOUR
    assert (expected[:3] == NEVER).all() and (expected[3:] == 6 * MS_PER_HOUR).all()


def test_notice_nobody_acknowledged() -> None:
    """Nobody answered: no lead, and nothing is known until the water is there."""
    hours = np.arange(0, 10, dtype=np.int64) * MS_PER_HOUR
    silent = Notice(2 * MS_PER_HOUR, NEVER, 5 * MS_PER_HOUR)
    assert silent.lead_ms == 0
    expected = silent.expected_ms(hours, MS_PER_HOUR)
    assert (expected[:6] == NEVER).all() and expected[6] == 6 * MS_PER_HOUR


def test_impossible_routing() -> None:
    """A weight above one half, or no travel time, is an error that names the value."""
    with pytest.raises(ValueError, match=r"weight\(=0.6\)"):
        muskingum(pulse(), 5.0, 0.6, STEP)
    with pytest.raises(ValueError, match="travel_h"):
        muskingum(pulse(), 0.0, 0.2, STEP)
