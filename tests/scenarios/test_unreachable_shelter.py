"""A shelter that no road leads to changes nothing, whatever the danger."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.io.scenario_folder import load_scenario
from sim.measures.measure import measure_run
from sim.plan import compile_plan
from sim.run import run_once
from sim.world_build import build_world

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def night(folder: Path, plan_id: str) -> dict[str, float]:
    """The measures of one night, without those of a shelter itself."""
    world = build_world(load_scenario(folder, [plan_id]))
    plan = compile_plan(world, plan_id)
    return measure_run(world, plan, run_once(world, plan, 1, 1))


def append(table: Path, **cells: object) -> None:
    """A row at the end of a table; columns that are not named stay empty."""
    head = table.read_text(encoding="utf-8").splitlines()[0].split(",")
    row = ",".join(str(cells.get(name, "")) for name in head)
    with table.open("a", encoding="utf-8") as file:
        file.write(row + "\n")


@pytest.mark.parametrize(
    ("name", "plan_id"),
    [
        pytest.param("yunling_fire", "c_staged", marks=pytest.mark.slow),
        ("yunling_park", "a_all_out"),
        ("yunling_polder", "b_on_leak"),
        ("yunling_flash", "b_rain"),
        ("yunling_streets", "c_below_first"),
        ("yunling_gully", "b_rain"),
    ],
)
def test_a_shelter_without_a_road_changes_nothing(tmp_path: Path, name: str, plan_id: str) -> None:
    """A roomy school 18 km off from which a one-way road comes, and none leads to it: every
    measure of the night is exactly what it was."""
    island = tmp_path / name
    shutil.copytree(SCENARIOS / name, island)
    first = (island / "nodes.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    at = {"x": float(first[1]) + 333.3, "y": float(first[2]) + 17777.7, "elevation_m": 400}
    append(island / "nodes.csv", id="N9999", **at)
    road = {"from_node": "N9999", "to_node": first[0], "oneway": "yes", "road_class": "tertiary"}
    append(island / "edges.csv", id="E9999", **road, length_m=900, speed_kmh=30, lanes=1, width_m=6)
    means = {"kind": "larger", "capacity": 9000, "desks": 9, "bays": 9}
    append(island / "shelters.csv", id="H99", name="孤岛中学", **at, **means)
    assert night(island, plan_id) == night(SCENARIOS / name, plan_id)
