"""Xingguo County 2019: published times under the source's assumptions, and what boarding adds."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from xingguo import CONVOYS, PUBLISHED_H, hours, real_folder, source_folder

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def data(shared_dir: Path) -> Path:
    """The source's tables."""
    return shared_dir / "data" / "xingguo_2019_bus"


@pytest.fixture(scope="module")
def source_h(data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, float]:
    """Hours under the source's assumptions with the nearest next trip, per number of convoys."""
    found = {}
    for convoys in CONVOYS:
        folder = tmp_path_factory.mktemp("xingguo") / f"convoys{convoys}"
        found[convoys] = hours(source_folder(data, folder, convoys), ["nearest"])["nearest"]
    return found


@pytest.mark.parametrize("convoys", CONVOYS)
def test_nearest_next_trip_gives_the_published_hours(
    source_h: dict[int, float], convoys: int
) -> None:
    """Without loading time our engine is within 3 % of the published range of the same rule."""
    low, high = PUBLISHED_H[convoys]
    assert 0.97 * low <= source_h[convoys] <= 1.03 * high


def test_every_further_convoy_gains_less(source_h: dict[int, float]) -> None:
    """Hours gained per further convoy fall over 10, 40, 80, 120 convoys."""
    gains = [
        (source_h[few] - source_h[many]) / (many - few) for few, many in itertools.pairwise(CONVOYS)
    ]
    assert gains[0] > gains[1] > gains[2] > 0


@pytest.mark.parametrize("convoys", [10, 120])
def test_boarding_takes_time(
    data: Path, tmp_path: Path, source_h: dict[int, float], convoys: int
) -> None:
    """With real boarding everybody still gets out, later than in the source's ideal world."""
    found = hours(real_folder(data, tmp_path / "xingguo", convoys))
    assert all(source_h[convoys] < value < 48 for value in found.values())
    # a rule that sees the queues never costs much against the nearest next trip
    assert found["largest"] < 1.15 * found["nearest"]
