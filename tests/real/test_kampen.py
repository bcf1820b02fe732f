"""Kampen (NL): real roads, people, buildings and depths become a scenario that can be judged."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.io.new_scenario import NewScenario, RawFiles, new_scenario
from sim.io.scenario_folder import load_scenario
from sim.measures.measure import measure_run
from sim.plan import compile_plan
from sim.run import run_once
from sim.world import World
from sim.world_build import build_world
from sim.world_checks import check_world

pytestmark = pytest.mark.real

CRS = {
    "roads": "EPSG:4326", "people": "EPSG:4326", "shelters": "EPSG:4326", "hazard": "EPSG:28992",
}  # fmt: skip
REPLICATIONS = 8
LARGEST_MB = 600


@pytest.fixture(scope="module")
def raw(shared_dir: Path) -> RawFiles:
    """The raw files as they were handed to us."""
    data = shared_dir / "data" / "kampen_flood"
    return RawFiles(
        people=data / "population_250m.csv",
        shelters=data / "facilities.csv",
        roads=data / "kampen.osm.pbf",
        hazard=data / "inundation_map_m_epsg28992.tif",
    )


@pytest.fixture(scope="module")
def made(raw: RawFiles, tmp_path_factory: pytest.TempPathFactory) -> NewScenario:
    """The scenario made from them."""
    return new_scenario(tmp_path_factory.mktemp("kampen") / "kampen", raw, CRS)


@pytest.fixture(scope="module")
def world(made: NewScenario) -> World:
    """Its World: the folder has passed every check of the loader."""
    return build_world(load_scenario(made.folder))


@pytest.fixture(scope="module")
def measured(world: World) -> dict[str, list[dict[str, float]]]:
    """Measures of every plan over the same nights."""
    found = {}
    for plan_id in sorted(world.folder.plans):
        plan = compile_plan(world, plan_id)
        found[plan_id] = [
            measure_run(world, plan, run_once(world, plan, 1, k)) for k in range(REPLICATIONS)
        ]
    return found


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """A table of the folder."""
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def mean(measured: dict[str, list[dict[str, float]]], plan: str, name: str) -> float:
    """Mean of a measure over the nights."""
    return float(np.mean([night[name] for night in measured[plan]]))


def test_the_folder_passes_every_check(made: NewScenario, world: World) -> None:
    """No error anywhere; no shelter stands in the water in any member of the hazard."""
    assert check_world(world) == []
    assert not [p for p in load_scenario(made.folder).warnings if p.severity == "error"]


def test_everybody_is_counted(made: NewScenario, world: World) -> None:
    """50,060 whole people, 31,469 ± 1 % of them where the maximum is a metre or more."""
    assert made.people == sum(int(row["resident"]) for row in rows(made.folder, "settlements"))
    assert made.people == 50_060
    assert world.people_at_risk == pytest.approx(31_469, rel=0.01)


def test_shelters_stand_on_dry_floor(made: NewScenario, raw: RawFiles) -> None:
    """About 18,400 places; every wet building is left out, with the reason beside it."""
    assert made.shelter_places == pytest.approx(18_400, rel=0.02)
    with raw.shelters.open(encoding="utf-8") as file:
        buildings = list(csv.DictReader(file))
    out = rows(made.folder, "notes/left_out")
    assert len(out) + len(rows(made.folder, "shelters")) == len(buildings)
    assert all(row["reason"] for row in out)
    left_out = {int(row["row"]) for row in out}
    wet = {i + 2 for i, row in enumerate(buildings) if float(row["depth_m"]) > 0}
    assert wet <= left_out
    assert any("stands in water" in row["reason"] for row in out)


def test_the_surplus_has_stated_exits(made: NewScenario, world: World) -> None:
    """More people than places: the exits are named, dry in every member, and used."""
    said = {item.key: item for item in made.assumptions}
    assert "surplus" in said and "exits" in said and len(world.exits) >= 3
    places = range(world.exit_place, world.exit_place + len(world.exits))
    for k in range(0, len(world.hazard.weights), 4):
        member = world.hazard.member(k)
        assert all(member.place_row[place] < 0 for place in places)


def test_earlier_orders_bring_more_people_out(
    measured: dict[str, list[dict[str, float]]],
) -> None:
    """Paired means over the same nights: 12 h beats 6 h (or equals it) beats 2 h by far."""
    out = {plan: mean(measured, plan, "out_before_cutoff_share") for plan in measured}
    caught = {plan: mean(measured, plan, "caught_by_hazard") for plan in measured}
    assert out["order_12h"] >= out["order_06h"] - 0.002 > out["order_02h"] + 0.1
    assert caught["order_12h"] <= caught["order_06h"] * 1.02 < caught["order_02h"] / 2
    # everybody but those who refuse is out in time when the order comes early
    assert out["order_12h"] > 0.9


def test_late_orders_are_paid_in_boats(measured: dict[str, list[dict[str, float]]]) -> None:
    """多坐大巴少划冲锋舟: the late order needs more boats and fills fewer coaches."""
    assert mean(measured, "order_02h", "moved_by_boat") > 1.5 * mean(
        measured, "order_12h", "moved_by_boat"
    )
    assert mean(measured, "order_12h", "moved_by_bus") > 1.2 * mean(
        measured, "order_02h", "moved_by_bus"
    )


def test_the_surplus_leaves_the_map(measured: dict[str, list[dict[str, float]]]) -> None:
    """Shelters take no more than their places; the rest of those moved leaves by the exits."""
    for nights in measured.values():
        for night in nights:
            assert night["sheltered"] <= 18_233
    moved = mean(measured, "order_12h", "moved_by_car") + mean(
        measured, "order_12h", "moved_by_bus"
    )
    assert moved - mean(measured, "order_12h", "sheltered") > 13_000


def test_the_import_fits_an_office_computer(raw: RawFiles, tmp_path: Path) -> None:
    """`yuyan new` on the .osm.pbf stays below 600 MB in a process of its own."""
    if not Path("/proc/self/status").exists():
        pytest.skip("needs the peak memory that Linux keeps per program")
    # VmHWM, because ru_maxrss of a child begins with the memory of its parent
    code = """
import sys
from sim.cli import main
status = main(sys.argv[1:])
line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print("peak", int(line.split()[1]) // 1024, file=sys.stderr)
sys.exit(status)
"""
    files = ["--roads", raw.roads, "--people", raw.people, "--shelters", raw.shelters]
    files += ["--hazard", raw.hazard]
    systems = [part for layer, name in CRS.items() for part in ("--crs", f"{layer}={name}")]
    command = [sys.executable, "-c", code, "new", tmp_path / "k", *files, *systems, "--lang", "en"]
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "31,469" in done.stdout and "50,060" in done.stdout
    assert int(done.stderr.split("peak")[-1]) < LARGEST_MB
