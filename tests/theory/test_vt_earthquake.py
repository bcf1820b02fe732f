"""VT22 and the closed forms of an earthquake: intensity, rubble, aftershocks."""

from __future__ import annotations

import numpy as np
import pytest

from sim.hazards.shaking import (
    LANE_M,
    aftershock_hours,
    aftershock_magnitudes,
    debris_width_m,
    falling_share,
    intensity,
    left_m,
    share_at,
)
from sim.schema.base import Name
from sim.schema.hazard_quake import Aftershocks, Attenuation, BuildingClass

LAW = Attenuation()


def test_vt22_debris() -> None:
    """18 m houses on both sides block a road of 12 m; 6 m houses 2 m back on one side leave 10."""
    assert debris_width_m(18) == 12.0
    assert left_m(12, 2 * debris_width_m(18)) < LANE_M
    assert debris_width_m(6, setback_m=2) == 2.0
    assert left_m(12, debris_width_m(6, setback_m=2)) == 10.0 >= LANE_M


@pytest.mark.parametrize(
    ("height", "parallel", "share"),
    [
        (24, True, 2 / 3), (54, True, 0.5), (100, True, 0.5), (160, True, 0.4), (250, True, 0.3),
        (39, True, (2 / 3 + 0.5) / 2), (24, False, 0.5), (54, False, 0.3), (100, False, 0.25),
        (160, False, 0.2), (250, False, 0.15),
    ],
)  # fmt: skip
def test_width_of_rubble(height: float, parallel: bool, share: float) -> None:
    """The table after GB 51143, and half way between two of its rows."""
    assert debris_width_m(height, parallel=parallel) == pytest.approx(share * height)


def test_wenchuan_by_the_published_relation() -> None:
    """The worked example that goes with it: M 8.0 gives about 9, 8, 7, 6 at 25, 50, 100, 200 km,
    and 10.56 at the epicentre."""
    felt = intensity(LAW, 8.0, np.array([25.0, 50.0, 100.0, 200.0]))
    assert np.rint(felt).tolist() == [9, 8, 7, 6]
    assert intensity(LAW, 8.0, np.array([0.0]))[0] == pytest.approx(10.56)


def test_intensity_falls_with_distance_and_grows_with_size() -> None:
    """Everywhere, and never above the epicentral one."""
    away = np.linspace(0, 300, 200)
    small, large = intensity(LAW, 6.0, away), intensity(LAW, 7.0, away)
    assert (np.diff(small) <= 0).all() and (large > small).all()
    assert small.max() <= LAW.d + LAW.e * 6.0 + 1e-12


def test_aftershocks_follow_omori_and_bath() -> None:
    """Half of them by c(√(1 + T/c) − 1); the largest 1.2 below; medians by Gutenberg–Richter."""
    spec = Aftershocks(number=5)
    assert aftershock_hours(spec, np.array([0.0, 0.5, 1.0])) == pytest.approx(
        [0, 0.1 * (np.sqrt(721) - 1), 72]
    )
    sizes = aftershock_magnitudes(spec, 7.0, np.array([0.5]))
    assert sizes == pytest.approx([5.8, 5.8 - np.log10(2) / 0.9])


def test_shares_by_intensity() -> None:
    """Interpolated between the rows; houses of several makes add up by their shares."""
    half = BuildingClass(name=Name(zh="甲"), share=0.5, falls=((7, 0.0), (9, 0.4)))
    other = BuildingClass(name=Name(zh="乙"), share=0.5, falls=((7, 0.0), (9, 0.8)))
    felt = np.array([5.0, 7.0, 8.0, 9.0, 12.0])
    assert share_at(half.falls, felt) == pytest.approx([0, 0, 0.2, 0.4, 0.4])
    assert falling_share((half, other), felt) == pytest.approx([0, 0, 0.3, 0.6, 0.6])
