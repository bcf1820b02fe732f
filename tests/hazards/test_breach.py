"""Breach and polder: closed forms, mass to the litre, and Tuanzhou's width."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.hazards.breach import Breach, Polder, fill, front_ms, polder_of, weir_l_s

MIN, HOUR = 60_000, 3_600_000
OPEN = Breach(0, np.array([0]), np.array([10_000]), 30_000)
DEEP = Polder((0, 40_000), (0, 4 * 10**14))


def test_weir_by_hand() -> None:
    """10 m wide, 4 m above the sill: 1.7 · 10 · 4^1.5 = 136 m³/s; level waters: nothing."""
    assert weir_l_s(10_000, 4000, -500) == 136_000
    assert weir_l_s(10_000, 4000, 4000) == 0 and weir_l_s(10_000, -1, -5) == 0


def test_drowned_weir() -> None:
    """Half the head behind it: Villemonte (1 − 0.5^1.5)^0.385 = 0.8448 of the free flow."""
    share = (1 - 0.5**1.5) ** 0.385
    assert weir_l_s(10_000, 4000, 2000) == pytest.approx(136_000 * share, rel=1e-5)


def test_free_inflow_is_rate_times_time() -> None:
    """A steady river over a steady width into a deep polder: 136 m³/s for ten hours, exactly."""
    filling = fill(OPEN, DEEP, np.full(61, 34_000), 10 * MIN)
    assert filling.inflow_l[60] == 136_000 * 36_000


def test_growing_width() -> None:
    """Tuanzhou: 10 m, 100 m after 72 min, 226 m at the end; half way between two entries 55 m."""
    since = np.array([0, 72, 312, 1032]) * MIN
    breach = Breach(HOUR, since, np.array([10, 100, 150, 226]) * 1000, 30_000)
    at = np.array([HOUR - 1, HOUR, HOUR + 36 * MIN, HOUR + 72 * MIN, 99 * HOUR])
    assert breach.width_at(at).tolist() == [0, 10_000, 55_000, 100_000, 226_000]


def tuanzhou(step_ms: int) -> np.ndarray:
    """47 km² of polder at 26–28 m, a river at 33.5 m, the breach scoured down to the ground."""
    polder = polder_of(np.array([26.0, 28.0, 36.0]), np.array([4.7, 47.0, 47.0]))
    since = np.array([0, 72, 312, 1032]) * MIN
    breach = Breach(0, since, np.array([10, 100, 150, 226]) * 1000, 26_000)
    n = 30 * HOUR // step_ms + 1
    return fill(breach, polder, np.full(n, 33_500), step_ms).level_mm


def test_half_the_step_changes_little() -> None:
    """The moment at which nine tenths of the final depth are reached moves by less than 2 %."""
    when = []
    for step in (10 * MIN, 5 * MIN):
        level = tuanzhou(step)
        wanted = 26_000 + (level[-1] - 26_000) * 9 // 10
        when.append(int(np.argmax(level >= wanted)) * step)
    assert when[1] == pytest.approx(when[0], rel=0.02)


def test_tuanzhou_fills_as_reported() -> None:
    """Press, 2024: roofs of one storey (3 m) under water 7 h after the breach, both waters within
    0.1 m of each other after 17 h. With the reported widths: 3.0 m at 7 h, level after 20 h."""
    level = tuanzhou(10 * MIN)
    assert level[42] - 26_000 == pytest.approx(3000, abs=200)
    assert 15 <= int(np.argmax(level >= 33_400)) / 6 <= 22
    assert level[-1] == 33_500


def test_equal_waters_stay() -> None:
    """A polder already as high as the river takes nothing; one that stands higher runs out."""
    start = DEEP.volume_at(34_000)
    assert (fill(OPEN, DEEP, np.full(9, 34_000), 10 * MIN, start).volume_l == start).all()
    small = Polder((0, 40_000), (0, 4 * 10**10))
    high = fill(OPEN, small, np.full(99, 32_000), 10 * MIN, small.volume_at(34_000))
    assert high.volume_l[-1] < high.volume_l[0] and high.level_mm[-1] >= 32_000


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.integers(28_000, 38_000), min_size=2, max_size=12),
    st.integers(1_000, 300_000),
    st.integers(25_000, 33_000),
)
def test_never_above_the_river(outer: list[int], width: int, sill: int) -> None:
    """An empty polder never rises above the highest river seen, and its volume is its inflow."""
    polder = polder_of(np.array([24.0, 30.0, 40.0]), np.array([0.2, 1.0, 1.0]))
    breach = Breach(0, np.array([0, HOUR]), np.array([0, width]), sill)
    filling = fill(breach, polder, np.array(outer), 30 * MIN)
    assert (filling.level_mm <= np.maximum.accumulate(outer) + 1).all()
    assert (filling.volume_l == filling.inflow_l).all() and (filling.volume_l >= 0).all()
    back = [polder.volume_at(int(level)) for level in filling.level_mm]
    assert np.abs(np.array(back) - filling.volume_l).max() <= 1_000_000  # one millimetre of 1 km²


def test_front() -> None:
    """A front of 500 m/h needs six hours for 3 km."""
    assert front_ms(np.array([3000.0]), 500.0).tolist() == [6 * HOUR]
