"""Boat teams that stand by: they leave work to nearer ones, move up, and go home when idle."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from sim.clock import MS_PER_MIN
from sim.log import Kind, RunLog, TeamStatus
from sim.plan import compile_plan
from sim.run import run_once

sys.path.insert(0, str(Path(__file__).parents[1] / "theory"))
from kit import Tiny

LATE_MIN = 300
"""When the water comes: 2 m at once."""


def night(tmp_path: Path, teams: list[dict[str, Any]], **rescue: object) -> RunLog:
    """8 persons at V in the water from 300 min on; F is 40 min away, N 10 min; a clock rule calls
    the teams at 08:00 (0 min)."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [{"id": "V", "name": "村", "node": "v", "zone": "Z", "resident": 8}],
        "assembly_points": [{"id": "P", "name": "口", "node": "v", "zone": "Z"}],
        "shelters": [{"id": "S", "name": "点", "node": "s", "capacity": 100}],
        "stations": [
            {"id": "F", "name": "远", "node": "f"}, {"id": "N", "name": "近", "node": "n"}
        ],
        "teams": [
            {"id": f"T{k}", "name": "队", "boats": 1, "persons_per_trip": 8, **team}
            for k, team in enumerate(teams)
        ],
    }  # fmt: skip
    ways = [("f", "v", 40), ("n", "v", 10), ("f", "n", 30), ("v", "s", 1)]
    minutes = ways + [(b, a, m) for a, b, m in ways]
    rows = "".join(f"{p},0,0\n{p},{LATE_MIN - 1},0\n{p},{LATE_MIN},2\n" for p in "VP")
    tiny = Tiny(
        tables=tables, minutes=minutes, horizon_min=1440,
        hazard={
            "kind": "recorded_depth",
            "data": {"form": "places", "file": "hazard/depths.csv", "starts_at": "08:00"},
        },
        files={"hazard/depths.csv": "place,minute,depth_m\n" + rows},
    )  # fmt: skip
    when = {"rules": [{"signal": "clock", "at": "08:00", "action": "prepare"}]}
    world = tiny.build(tmp_path, {"go": {"when": when, "rescue": {"call_on": "prepare", **rescue}}})
    return run_once(world, compile_plan(world, "go"), 1, 0)


def first_min(log: RunLog, status: TeamStatus, team: int = 0) -> float:
    """Minute of the first record of a status of a team."""
    rows = log.of(Kind.TEAM)
    rows = rows[(rows["value"] == status) & (rows["who"] == team)]
    return float(rows["t"][0]) / MS_PER_MIN


def cut_off_min(log: RunLog) -> float:
    """Minute at which somebody called."""
    return float(log.of(Kind.INCIDENT)["t"][0]) / MS_PER_MIN


def test_the_nearer_boat_goes(tmp_path: Path) -> None:
    """The far team stands first in the table; the near one is sent, 10 minutes away."""
    log = night(tmp_path, [{"station": "F"}, {"station": "N"}])
    assert set(log.of(Kind.TEAM_DISPATCH)["who"].tolist()) == {1}
    assert first_min(log, TeamStatus.LAUNCHED, 1) == pytest.approx(cut_off_min(log) + 10)


def test_a_team_moves_up_when_it_is_called(tmp_path: Path) -> None:
    """From F to N it takes 30 minutes, from the call on; then it is 10 minutes from V."""
    log = night(tmp_path, [{"station": "F"}], staged={"T0": "N"})
    assert first_min(log, TeamStatus.AT_POST) == 30
    assert first_min(log, TeamStatus.LAUNCHED) == pytest.approx(cut_off_min(log) + 10)


def test_an_idle_team_stands_down(tmp_path: Path) -> None:
    """Nobody calls for two hours: it is home 30 minutes later. When people call after all it
    musters again, 25 minutes, and is at V 40 minutes after that."""
    log = night(tmp_path, [{"station": "F", "ready_min": 25}], staged={"T0": "N"}, stand_down_h=2)
    assert first_min(log, TeamStatus.DONE) == 25 + 30 + 120 + 30
    assert first_min(log, TeamStatus.LAUNCHED) == pytest.approx(cut_off_min(log) + 25 + 40)
