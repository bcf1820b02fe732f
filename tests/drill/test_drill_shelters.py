"""Shelters in a drill: one that fails reports once, with its reason and whoever is inside."""

from __future__ import annotations

from pathlib import Path

from test_moving_on import NO_POWER, minutes, played, two_halls

from sim.clock import MS_PER_MIN
from sim.drill.scene import Scene
from sim.drill.shelters import failed_shelters
from sim.log import Kind
from sim.measures.facts import Facts


def test_a_shelter_without_power_reports_those_inside(tmp_path: Path) -> None:
    """Power goes at 60, the reserve lasts two hours: at 180 the four people inside must move on."""
    run = played(two_halls(outages=[NO_POWER]), tmp_path)
    assert minutes(run.log, Kind.SHELTER_FAILED) == [180]
    (inject,) = failed_shelters(Scene(Facts(run.world, run.log), run.plan))
    assert (inject.at_ms, inject.values["people"]) == (180 * MS_PER_MIN, 4)
    zh, en = inject.text()
    assert "停电" in zh and "4 人" in zh and "no power" in en


def test_nothing_is_said_of_shelters_that_hold(tmp_path: Path) -> None:
    """A night in which nothing fails has no such inject."""
    run = played(two_halls(), tmp_path)
    assert not list(failed_shelters(Scene(Facts(run.world, run.log), run.plan)))
