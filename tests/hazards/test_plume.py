"""The plume: mass, arrival, wind shift, heavy gas, houses, protective zones."""

from __future__ import annotations

import numpy as np
import pytest

from sim.hazards.plume import (
    Air,
    Release,
    concentration_ug_m3,
    heavy_widths,
    in_protective_zone,
    indoors,
    over_time_ug_m3,
    reach_m,
    widths,
)

MIN = 60_000
WEST = Air(0, 60 * MIN, 3.0, 270.0, "D")
CHLORINE = Release(0.0, 0.0, 1000.0, density_ratio=2.5)


@pytest.mark.parametrize("release", [Release(0.0, 0.0, 1000.0), CHLORINE])
def test_mass_goes_through_every_section(release: Release) -> None:
    """Concentration times wind over a whole section is the rate of release, heavy gas or not."""
    x = np.full(4001, 800.0)
    y = np.arange(-2000, 2001, dtype=np.float64)
    ground = concentration_ug_m3(release, WEST, x, y).astype(np.float64)
    both = heavy_widths(x[:1], widths(x[:1], "D"), release, WEST)
    height = both[1][0] * np.sqrt(np.pi / 2)  # a half-normal column above the ground
    assert ground.sum() * 1e-6 * height * 3.0 == pytest.approx(1000.0, rel=1e-3)


def test_heavy_gas_is_broader_and_not_stronger_on_the_axis() -> None:
    """The correction widens the cloud and leaves the concentration on the axis as it was."""
    x, y = np.array([300.0, 300.0]), np.array([0.0, 90.0])
    light = concentration_ug_m3(Release(0.0, 0.0, 1000.0), WEST, x, y)
    heavy = concentration_ug_m3(CHLORINE, WEST, x, y)
    assert heavy[0] == pytest.approx(light[0], rel=1e-6) and heavy[1] > 2 * light[1]


def test_nothing_upwind() -> None:
    """Upwind of the source there is nothing."""
    points = np.array([-1.0, -500.0, 0.0]), np.zeros(3)
    assert concentration_ug_m3(CHLORINE, WEST, *points).tolist() == [0, 0, 0]


def test_plume_comes_after_the_travel_time_and_leaves_after_the_shift() -> None:
    """900 m at 3 m/s: there from minute 5, gone 5 min after the wind shifted at minute 60."""
    south = Air(60 * MIN, 240 * MIN, 3.0, 180.0, "D")
    at = np.arange(0, 240, dtype=np.int64) * MIN
    points = np.array([900.0, 0.0]), np.array([0.0, 900.0])
    release = Release(0.0, 0.0, 1000.0)
    east, north = over_time_ug_m3(release, (WEST, south), points, at, (0, 240 * MIN))
    assert np.flatnonzero(east)[[0, -1]].tolist() == [5, 64]
    assert np.flatnonzero(north)[[0, -1]].tolist() == [65, 239]
    assert len(set(east[east > 0].tolist())) == 1


def test_stopped_release_leaves_nothing_behind() -> None:
    """A release of 20 min is 20 min over every point, however far."""
    at = np.arange(0, 120, dtype=np.int64) * MIN
    points = np.array([540.0, 5400.0]), np.zeros(2)
    found = over_time_ug_m3(Release(0.0, 0.0, 1e5), (WEST,), points, at, (0, 20 * MIN))
    assert (found > 0).sum(axis=1).tolist() == [20, 20]


def test_half_the_step_changes_no_hour_of_exposure() -> None:
    """Dose outside and inside changes by less than 2 % when the step is halved."""
    doses = []
    for step in (2 * MIN, MIN):
        at = np.arange(0, 180 * MIN, step, dtype=np.int64)
        out = over_time_ug_m3(
            CHLORINE, (WEST,), (np.array([1500.0]), np.array([20.0])), at, (0, 60 * MIN)
        )
        inside = indoors(out, 0.5, step)
        doses.append((out.sum() * step, inside.sum() * step))
    assert doses[1] == pytest.approx(doses[0], rel=0.02)


def test_reach_falls_with_the_limit_and_grows_with_stable_air() -> None:
    """At 36.66 mg/m³ class D at 3 m/s ends at 1,000 m (VT17 read backwards); F reaches farther."""
    release = Release(0.0, 0.0, 1000.0)
    assert reach_m(release, WEST, 36_657) == pytest.approx(1000, abs=1)
    assert reach_m(release, Air(0, 1, 2.0, 270.0, "F"), 36_657) > 3000
    assert reach_m(release, WEST, 10**12) == 0


def test_closed_house_lags_and_then_holds_the_gas() -> None:
    """One air change in an hour: after an hour inside 63.2 % of outside, an hour later 23.3 %."""
    outside = np.concatenate([np.full(60, 10**6), np.zeros(60, np.int64)])[None, :]
    inside = indoors(outside, 1.0, MIN)[0]
    assert inside[59] == pytest.approx(632_121, abs=2)
    assert inside[119] == pytest.approx(632_121 * np.exp(-1), abs=2)


def test_protective_zones() -> None:
    """A circle about the source and a square downwind, half to either side."""
    x = np.array([50.0, -50.0, 900.0, 900.0, 1100.0, -200.0])
    y = np.array([0.0, 0.0, 400.0, 600.0, 0.0, 0.0])
    circle, square = in_protective_zone((0.0, 0.0), 270.0, (100.0, 1000.0), (x, y))
    assert circle.tolist() == [True, True, False, False, False, False]
    assert square.tolist() == [True, False, True, False, False, False]
