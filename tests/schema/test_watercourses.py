"""Rivers to draw: of a flood, of the parts of a compound, of what a typhoon drives."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.io.scenario_folder import load_scenario
from sim.schema.hazard_kinds import watercourses

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("yunling_flash", ["QX", "HB"]),
        ("yunling_gully", ["QX", "HB"]),
        ("yunling_polder", []),
        ("yunling_coast", []),
    ],
)
def test_streams_are_found_wherever_they_stand(name: str, ids: list[str]) -> None:
    """A flood's own streams, and those of a part; none where there are none."""
    assert [river.id for river in watercourses(load_scenario(SCENARIOS / name).spec.hazard)] == ids
