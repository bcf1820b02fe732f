"""Clearing an area with roads and people alone: who, by which roads, and what cannot be."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from sim.io.new_scenario import NewOptions, NewScenario, RawFiles, new_scenario
from sim.io.scenario_folder import load_scenario
from sim.measures.measure import measure_run
from sim.plan import compile_plan
from sim.run import run_once
from sim.schema.problems import InputError
from sim.texts.new_scenario import ASSUMPTIONS
from sim.world_build import build_world

CRS = {"people": "EPSG:4326", "roads": "EPSG:4326"}
LON, LAT, STEP = 115.0, 30.0, 0.01
MIDDLE = ((115.005, 30.005), (115.025, 30.005), (115.025, 30.025), (115.005, 30.025))
"""Holds the junctions 1,1 to 2,2 of the grid below."""


@pytest.fixture
def raw(tmp_path: Path) -> RawFiles:
    """A grid of 4 × 4 junctions about a kilometre apart; 100 people at each."""
    spots = list(itertools.product(range(4), range(4)))
    nodes = [f"n{i}{j},{LON + STEP * i},{LAT + STEP * j}" for i, j in spots]
    links = [
        (f"n{i}{j}", f"n{i + a}{j + b}")
        for (i, j), (a, b) in itertools.product(spots, ((1, 0), (0, 1)))
        if i + a < 4 and j + b < 4
    ]
    edges = [f"{u},{v},secondary" for u, v in [*links, *((v, u) for u, v in links)]]
    people = [f"K{i}{j},村,{LON + STEP * i},{LAT + STEP * j},100" for i, j in spots]
    for name, lines in (
        ("nodes", ["node_id,x,y", *nodes]),
        ("edges", ["u,v,highway", *edges]),
        ("people", ["id,place,lon,lat,population", *people]),
    ):
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return RawFiles(tmp_path / "people.csv", roads=tmp_path / "edges.csv")


def made_from(raw: RawFiles, area: tuple[tuple[float, float], ...]) -> NewScenario:
    """The scenario that clears an area."""
    folder = raw.people.parent / "made"
    return new_scenario(folder, raw, CRS, NewOptions(area=area))


def test_only_the_area_moves_and_every_road_out_is_an_exit(raw: RawFiles) -> None:
    """Four of sixteen places move; eight roads cross the line, each ends at an exit outside."""
    made = made_from(raw, MIDDLE)
    assert (made.people, made.people_at_risk) == (400, 400)
    with (made.folder / "exits.csv").open(encoding="utf-8") as file:
        exits = {row["node"] for row in csv.DictReader(file)}
    assert exits == {"n01", "n02", "n31", "n32", "n10", "n20", "n13", "n23"}
    assert {one.key for one in made.assumptions} >= {"area", "area_exits", "no_shelters"}
    assert all(one.key in ASSUMPTIONS for one in made.assumptions)
    assert not (made.folder / "teams.csv").exists()


def test_the_scenario_is_an_ordinary_one_and_everybody_willing_leaves(raw: RawFiles) -> None:
    """The loader accepts it, the ordinary engine plays it, nobody is unaccounted for."""
    folder = load_scenario(made_from(raw, MIDDLE).folder)
    assert [p for p in folder.warnings if p.severity == "error"] == []
    world = build_world(folder)
    plan = compile_plan(world, "clear")
    found = measure_run(world, plan, run_once(world, plan, 1, 0))
    assert found["people_at_risk"] == 400
    assert found["moved_by_bus"] + found["moved_by_car"] + found["moved_on_foot"] > 300
    assert 180 < found["t50_clock_min"] <= found["t90_clock_min"]


@pytest.mark.parametrize(
    ("area", "code"),
    [
        (MIDDLE[:2], "area.too_few"),
        ((MIDDLE[0], MIDDLE[2], MIDDLE[1], MIDDLE[3]), "area.crossed"),
        (tuple((x + 1, y) for x, y in MIDDLE), "area.nobody"),
        (((114, 29), (116, 29), (116, 31), (114, 31)), "area.no_way_out"),
    ],
)
def test_areas_that_cannot_be_cleared(
    raw: RawFiles, area: tuple[tuple[float, float], ...], code: str
) -> None:
    """A line, a knot, an empty field and the whole map are refused; nothing is left behind."""
    with pytest.raises(InputError) as caught:
        made_from(raw, area)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not (raw.people.parent / "made").exists()


def test_without_shelters_and_roads_there_is_nowhere_to_go(raw: RawFiles) -> None:
    """People alone make no scenario."""
    with pytest.raises(InputError) as caught:
        new_scenario(raw.people.parent / "made", RawFiles(raw.people), CRS)
    assert [problem.code for problem in caught.value.problems] == ["new.nowhere"]
