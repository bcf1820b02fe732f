"""The park: plans act on announced areas, and a rule on an area that never comes is an error."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from around_kit import SCENARIOS, world

from sim.io.scenario_folder import load_scenario
from sim.log import Kind
from sim.plan import compile_plan
from sim.report.replay.areas import area_layer
from sim.report.replay.ground import Ground
from sim.report.replay.pack import unpack
from sim.run import run_once
from sim.schema.problems import InputError

PARK = "yunling_park"


@pytest.mark.parametrize("night", [0, 4])
def test_zones_move_when_their_area_is_announced(night: int) -> None:
    """Each zone with a home inside an area is ordered after its first announcement, the square of
    the turned wind included; all others stay."""
    here = world(PARK)
    log = run_once(here, compile_plan(here, "d_by_area"), 1, night)
    member = here.hazard.member(log.member)
    announced: dict[int, int] = {}
    for area in member.signals.areas:
        for place in area.places[area.places < len(here.homes.zone)].tolist():
            zone = int(here.homes.zone[place])
            announced[zone] = min(area.from_ms, announced.get(zone, area.from_ms))
    seen = {int(row["who"]): int(row["t"]) for row in log.of(Kind.TRIGGER)[::-1]}
    assert seen == announced and 0 < len(seen) < len(here.zones.rows)
    assert set(log.of(Kind.ORDER_MOVE)["who"].tolist()) == set(announced)


def test_an_area_that_is_never_announced_is_an_error(tmp_path: Path) -> None:
    """Without a square in the hazard section the rule on it can never fire: the check says so."""
    copy = tmp_path / PARK
    shutil.copytree(SCENARIOS / PARK, copy)
    yaml = copy / "scenario.yaml"
    text = yaml.read_text(encoding="utf-8").replace("protective_m: 3000", "protective_m: 0")
    yaml.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(copy)
    found = [(problem.code, problem.file) for problem in caught.value.problems]
    assert ("rule.no_area", "plans/d_by_area.yaml") in found


def test_the_map_draws_the_areas_that_hold() -> None:
    """At every moment the areas shown are those in force, each in the class of its kind; outlines
    are those announced, in decimetres."""
    here = world(PARK)
    ground = Ground(here)
    areas = here.hazard.member(3).signals.areas
    layer = area_layer(ground, areas)
    start, t, v = (unpack(layer["series"][name]).astype(int) for name in ("start", "t", "v"))
    codes = ("", "isolation", "protective")
    assert {area.code for area in areas} == {"isolation", "protective"} and len(areas) > 2
    for row, area in enumerate(areas):
        own = slice(start[row], start[row + 1])
        for now in (0, area.from_ms - 1, area.from_ms, area.until_ms - 1, area.until_ms):
            shown = codes[v[own][np.searchsorted(t[own], now, side="right") - 1]]
            assert shown == (area.code if area.from_ms <= now < area.until_ms else "")
    x = unpack(layer["shapes"]["x"])
    assert len(x) == sum(len(area.x) for area in areas)
    assert (x == np.concatenate([ground.dm(area.x, area.y)[0] for area in areas])).all()
