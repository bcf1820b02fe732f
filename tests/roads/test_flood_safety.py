"""Hazard classes and stability limits; VT12 of the verification tests."""

from __future__ import annotations

import pytest

from sim.roads.flood_safety import hazard_class, stability_limits

AT_AND_BEYOND = [
    (300, 1000, 1), (301, 0, 2), (150, 2000, 1), (151, 2000, 2), (0, 2000, 1), (0, 2001, 5),
    (500, 1200, 2), (500, 1201, 4), (501, 0, 3), (300, 2000, 2), (301, 2000, 4),
    (1200, 500, 3), (1201, 0, 4), (600, 1000, 3), (600, 1001, 4),
    (2000, 500, 4), (2001, 0, 5), (500, 2000, 4), (501, 2000, 5), (1000, 1001, 5),
    (4000, 1000, 5), (4001, 0, 6), (1000, 4000, 5), (1000, 4001, 6), (2000, 2001, 6),
]  # fmt: skip


@pytest.mark.parametrize(("depth", "velocity", "expected"), AT_AND_BEYOND)
def test_vt12_hazard_class(depth: int, velocity: int, expected: int) -> None:
    """VT12: H1 to H6 change exactly beyond the published depth, velocity and product."""
    assert hazard_class(depth, velocity) == expected


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("small_car", (300, 3000, 300_000)),
        ("large_car", (400, 3000, 450_000)),
        ("four_wheel_drive", (500, 3000, 600_000)),
        ("child", (500, 3000, 400_000)),
        ("adult", (1200, 3000, 600_000)),
        ("low_clearance_best", (1200, 4500, 800_000)),
        ("high_clearance_best", (1500, 6000, 1_200_000)),
    ],
)
def test_vt12_stability(name: str, limits: tuple[int, int, int]) -> None:
    """VT12: stable at the limit, unstable one unit beyond depth, velocity or their product."""
    stability = stability_limits(name)
    depth, velocity, product = limits
    assert not stability.exceeded(depth, 0) and stability.exceeded(depth + 1, 0)
    assert not stability.exceeded(0, velocity) and stability.exceeded(0, velocity + 1)
    assert not stability.exceeded(depth, product // depth)
    assert stability.exceeded(depth, product // depth + 1)
