"""Fire on a grid against closed forms, and what stops or carries it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import NEVER
from sim.draws import Draws
from sim.hazards.fire_rates import base_rate_by_humidity_m_per_min
from sim.hazards.fire_spread import (
    Brands,
    Fight,
    FireGround,
    FireWeather,
    burn,
    burnt_permille,
)

MIN = 60_000


def flat(side: int = 61, cell_m: float = 50.0) -> FireGround:
    return FireGround(cell_m, np.ones((side, side)), np.zeros((side, side)))


def calm(rate: float = 1.0, wind: float = 0.0, wind_from: float = 270.0) -> FireWeather:
    return FireWeather(np.array([0]), np.array([rate]), np.array([wind]), np.array([wind_from]))


def middle(ground: FireGround) -> tuple[np.ndarray, np.ndarray]:
    rows, cols = ground.fuel.shape
    return np.array([rows // 2 * cols + cols // 2]), np.array([0])


def test_circle_without_wind() -> None:
    """Without wind or slope the front is a circle of radius R t, at most 3 % late anywhere."""
    ground = flat()
    minutes = burn(ground, calm(), middle(ground)) / MIN
    row, col = np.mgrid[0:61, 0:61] - 30
    distance = np.sqrt(row**2 + col**2) * 50.0
    away = distance > 0
    late = minutes[away] / distance[away]
    assert late.min() >= 1 - 1e-4 and late.max() < 1.03
    assert minutes[30, 60] == pytest.approx(1500.0, rel=1e-6)


def test_head_flank_and_back() -> None:
    """With wind the axis runs at R0 Kw, the back at R0 / Kw: arrival by hand."""
    ground = flat()
    minutes = burn(ground, calm(1.0, 5.0), middle(ground)) / MIN
    kw = 2.438785086657941
    assert minutes[30, 60] == pytest.approx(1500 / kw, rel=1e-4)
    assert minutes[30, 0] == pytest.approx(1500 * kw, rel=1e-4)


def test_wind_shift_while_burning() -> None:
    """10 m/min for 60 min, then 2 m/min: 700 m are reached at minute 110, between two cells."""
    ground = FireGround(100.0, np.ones((3, 21)), np.zeros((3, 21)))
    two = np.zeros(2)
    weather = FireWeather(np.array([0, 60 * MIN]), np.array([10.0, 2.0]), two, two)
    at = burn(ground, weather, (np.array([21]), np.array([0])))
    assert at[1, 6] == 60 * MIN and at[1, 7] == 110 * MIN


def test_finer_cells_change_little() -> None:
    """Half the cell changes the moment at which 90 % of a slope has burnt by less than 2 %."""
    times = []
    for side, cell in ((41, 50.0), (81, 25.0)):
        row, col = np.mgrid[0:side, 0:side] * cell
        ground = FireGround(cell, np.ones((side, side)), 0.2 * row + 0.1 * col)
        times.append(np.percentile(burn(ground, calm(2.0, 3.0, 225.0), middle(ground)), 90))
    assert times[1] == pytest.approx(times[0], rel=0.02)


def test_firebreak_holds_and_an_unfinished_one_does_not() -> None:
    """A line of closed cells across the grid saves everything behind it; closed too late, nothing.

    The line also runs diagonally, joined side by side.
    """
    ground = flat(41)
    start = np.array([20 * 41 + 5]), np.array([0])
    for diagonal in (False, True):
        closed = np.full((41, 41), NEVER, np.int64)
        rows = np.arange(41)
        shift = rows // 3 if diagonal else rows * 0
        closed[rows, 20 + shift] = 0
        closed[rows, np.minimum(21 + shift, 40)] = 0
        at = burn(ground, calm(), start, Fight(closed))
        behind = np.arange(41)[None, :] > (21 + shift)[:, None]
        assert (at[behind] == NEVER).all() and (at[:, :20] < NEVER).all()
        late = burn(ground, calm(), start, Fight(np.where(closed == 0, NEVER - 1, closed)))
        assert (late < NEVER).all()


def test_no_fuel_no_fire() -> None:
    """Cells without fuel never burn, and a start on one lights nothing."""
    ground = FireGround(50.0, np.zeros((5, 5)), np.zeros((5, 5)))
    assert (burn(ground, calm(), middle(ground)) == NEVER).all()
    assert burnt_permille(burn(flat(5), calm(), middle(flat(5))), np.zeros((5, 5)), NEVER) == 0


def test_brands_jump_a_break() -> None:
    """With brands downwind the fire crosses a break it could not cross before, the same way twice;
    they never delay any cell."""
    ground = flat(61)
    fuel = ground.fuel.copy()
    fuel[:, 40:42] = 0
    ground = FireGround(50.0, fuel, ground.elevation_m)
    weather = calm(5.0, 8.0)
    without = burn(ground, weather, middle(ground))
    thrown = Brands(share_at_10_m_s=0.3, mean_m=250.0), Draws(3, 0)
    one = burn(ground, weather, middle(ground), None, thrown)
    again = burn(ground, weather, middle(ground), None, thrown)
    assert (without[:, 42:] == NEVER).all() and (one[:, 42:] < NEVER).any()
    assert (one <= without).all() and (one == again).all()


def test_burnt_share() -> None:
    """Nine of 25 cells burnt are 360 ‰."""
    at = np.full((5, 5), NEVER)
    at[1:4, 1:4] = 7
    assert burnt_permille(at, np.ones((5, 5)), 7) == 360 and burnt_permille(at, at, 6) == 0


def test_humidity_form() -> None:
    """1.0372 · exp(−0.057 · 30) = 0.1876 m/min."""
    assert base_rate_by_humidity_m_per_min(30.0) == pytest.approx(0.18759, rel=1e-3)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**20), st.floats(0.0, 12.0), st.floats(0.0, 359.0))
def test_later_start_is_the_same_fire_later(seed: int, wind: float, heading: float) -> None:
    """Under steady weather a start an hour later shifts every arrival by exactly an hour."""
    fuel = np.random.default_rng(seed).choice([0.0, 0.6, 1.0, 1.6], (15, 15))
    fuel[7, 7] = 1.0
    ground = FireGround(50.0, fuel, np.zeros((15, 15)))
    cell = np.array([7 * 15 + 7])
    at = burn(ground, calm(1.0, wind, heading), (cell, np.array([0])))
    later = burn(ground, calm(1.0, wind, heading), (cell, np.array([60 * MIN])))
    burnt = at < NEVER
    assert (burnt == (later < NEVER)).all() and (later[burnt] == at[burnt] + 60 * MIN).all()
