"""A whole scenario from raw files: accepted, complete, the same every time, nothing left behind."""

from __future__ import annotations

import csv
import itertools
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from sim.io.new_scenario import NewOptions, RawFiles, new_scenario
from sim.io.scenario_folder import load_scenario
from sim.measures.measure import measure_run
from sim.plan import compile_plan
from sim.run import run_once
from sim.schema.problems import InputError
from sim.texts.new_scenario import ASSUMPTIONS
from sim.world_build import build_world
from sim.world_checks import check_world

EAST, NORTH = 500_000.0, 3_300_000.0
"""Corner of a square of 4 × 4 km in EPSG:4547; its western half lies under 2 m of water."""

CRS = {"people": "EPSG:4547", "shelters": "EPSG:4547", "roads": "EPSG:4547", "hazard": "EPSG:4547"}


def write(path: Path, head: str, rows: list[str]) -> Path:
    """A small CSV."""
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def raw(tmp_path: Path) -> RawFiles:
    """A grid of county roads, a river in the west, six cells of people, seven buildings."""
    place = tmp_path / "raw"
    place.mkdir()
    ids = {(i, j): f"n{i}{j}" for i in range(5) for j in range(5)}
    write(
        place / "nodes.csv",
        "node_id,x,y",
        [f"{name},{EAST + 1000 * i},{NORTH + 1000 * j}" for (i, j), name in ids.items()],
    )
    links = [
        (ids[i, j], ids[i + a, j + b])
        for (i, j), (a, b) in itertools.product(ids, ((1, 0), (0, 1)))
        if (i + a, j + b) in ids
    ]
    both = [*links, *((b, a) for a, b in links)]
    write(place / "edges.csv", "u,v,highway,name", [f"{u},{v},secondary,县道" for u, v in both])
    cells = [(300, 1000), (600, 1100), (900, 2900), (1800, 2000), (3000, 1000), (3600, 3000)]
    write(
        place / "people.csv",
        "cell,place,x,y,population",
        [f"K{k},河口,{EAST + x},{NORTH + y},{300.5 + k}" for k, (x, y) in enumerate(cells)],
    )
    write(
        place / "buildings.csv",
        "kind,name,x,y,building_footprint_m2",
        [
            f"school,一中,{EAST + 3000},{NORTH + 2000},900",
            f"school,河边小学,{EAST + 500},{NORTH + 1000},900",
            f"fuel,加油站,{EAST + 3100},{NORTH + 2000},300",
            f"school,坡上小学,{EAST + 3300},{NORTH + 1000},",
            f"bus_station,客运站,{EAST + 2000},{NORTH + 1000},0",
            f"hospital,县医院,{EAST + 3500},{NORTH + 2500},600",
            f"fire_station,消防站,{EAST + 3000},{NORTH + 3000},0",
        ],
    )
    depth = np.zeros((80, 80), np.float32)
    depth[:, :44] = 2.0
    depth[:, 2] = 4.0
    with rasterio.open(
        place / "depth.tif", "w", driver="GTiff", width=80, height=80, count=1, dtype="float32",
        crs="EPSG:4547", transform=Affine(50.625, 0, EAST - 25, 0, -50.625, NORTH + 4025),
    ) as dataset:  # fmt: skip
        dataset.write(depth, 1)
    return RawFiles(
        place / "people.csv", place / "buildings.csv", place / "edges.csv", None,
        place / "depth.tif",
    )  # fmt: skip


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """Rows of a table of the new folder."""
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def refused(folder: Path, files: RawFiles, crs: dict[str, str]) -> list[str]:
    """Codes of the problems; nothing may be left behind."""
    existed = folder.exists() and list(folder.iterdir())
    with pytest.raises(InputError) as caught:
        new_scenario(folder, files, crs)
    assert existed or not folder.exists() or not list(folder.iterdir())
    return [problem.code for problem in caught.value.problems]


def test_the_folder_is_accepted_and_plays(raw: RawFiles, tmp_path: Path) -> None:
    """No errors, no shelter in the water, and the three plans move people out."""
    made = new_scenario(tmp_path / "s", raw, CRS)
    folder = load_scenario(made.folder)
    world = build_world(folder)
    assert check_world(world) == []
    assert world.people_at_risk == made.people_at_risk
    assert sorted(folder.plans) == ["order_02h", "order_06h", "order_12h"]
    plan = compile_plan(world, "order_12h")
    share = [
        measure_run(world, plan, run_once(world, plan, 1, k))["out_before_cutoff_share"]
        for k in range(3)
    ]
    assert min(share) > 0.7


def test_who_moves_and_who_stays(raw: RawFiles, tmp_path: Path) -> None:
    """All people are kept; those whose middle is under water are on the list, others are not."""
    made = new_scenario(tmp_path / "s", raw, CRS)
    homes = table(made.folder, "settlements")
    assert made.people == sum(int(row["resident"]) for row in homes) == 1818
    listed = {row["id"] for row in homes if row["zone"]}
    assert listed == {"K0", "K1", "K2", "K3"}
    zones = {row["id"]: row["zone"] for row in homes}
    assert zones["K0"] != zones["K2"] and len(table(made.folder, "assembly_points")) == len(
        table(made.folder, "zones")
    )


def test_buildings_are_used_or_left_out_with_the_reason(raw: RawFiles, tmp_path: Path) -> None:
    """3 m² a person; wet, unsuitable and unmeasured buildings are listed with why."""
    made = new_scenario(tmp_path / "s", raw, CRS)
    shelters = {
        row["name"]: (row["kind"], row["capacity"]) for row in table(made.folder, "shelters")
    }
    assert shelters == {"一中": ("larger", "300"), "县医院": ("hospital", "200")}
    reasons = {row["name"]: row["reason"] for row in table(made.folder, "notes/left_out")}
    assert "stands in water" in reasons["河边小学"] and "not a kind" in reasons["加油站"]
    assert "no floor area" in reasons["坡上小学"]
    assert table(made.folder, "depots")[0]["name"] == "客运站"
    assert table(made.folder, "stations")[0]["name"] == "消防站"


def test_exits_are_dry_and_at_the_edge(raw: RawFiles, tmp_path: Path) -> None:
    """The surplus leaves by main roads at the dry eastern edge; homes know the nearest one."""
    made = new_scenario(tmp_path / "s", raw, CRS)
    exits = {row["id"]: row for row in table(made.folder, "exits")}
    assert exits and all(row["node"][1] in "34" for row in exits.values())
    used = {row["relatives_to"] for row in table(made.folder, "settlements") if row["zone"]}
    assert used <= set(exits) and "" not in used
    assert any(item.key == "surplus" for item in made.assumptions)


def test_every_assumption_is_written_in_both_languages(raw: RawFiles, tmp_path: Path) -> None:
    """scenario.yaml and notes/assumptions.md hold every sentence; no value is missing in one."""
    made = new_scenario(tmp_path / "s", raw, CRS)
    spec = load_scenario(made.folder).spec
    page = (made.folder / "notes" / "assumptions.md").read_text(encoding="utf-8")
    assert spec.assumptions == tuple(item.both for item in made.assumptions)
    for item in made.assumptions:
        assert item.text("zh") in page and item.text("en") in page
        assert "{" not in item.both and item.key in ASSUMPTIONS
    for key in ("at_risk", "shelter_floor", "exits", "spread", "fleet", "boats", "ways_out"):
        assert any(item.key == key for item in made.assumptions)


def test_the_same_files_give_the_same_folder(raw: RawFiles, tmp_path: Path) -> None:
    """Byte for byte; only the name of the folder differs."""
    first = new_scenario(tmp_path / "a" / "s", raw, CRS).folder
    second = new_scenario(tmp_path / "b" / "s", raw, CRS).folder
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(p.relative_to(second) for p in second.rglob("*") if p.is_file())
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_stated_values_replace_assumed_ones(raw: RawFiles, tmp_path: Path) -> None:
    """A known head-count and a known breach are taken as stated, and said to be."""
    options = NewOptions(people_total=2000, spread_from=((EAST, NORTH + 2000),))
    made = new_scenario(tmp_path / "s", raw, CRS, options)
    assert made.people == 2000
    hazard = load_scenario(made.folder).spec.hazard
    assert hazard.data.spread_from == ((EAST, NORTH + 2000),)
    assert {"people_given", "spread_given"} <= {item.key for item in made.assumptions}


def test_the_water_comes_in_at_the_deepest_places(raw: RawFiles, tmp_path: Path) -> None:
    """Without a stated breach the points lie on the river in the far west of the map."""
    made = new_scenario(tmp_path / "s", raw, CRS)
    points = load_scenario(made.folder).spec.hazard.data.spread_from
    assert all(abs(x - (EAST - 25 + 2.5 * 50.625)) < 1 for x, _ in points)


def test_polygons_with_times_serve_as_well(raw: RawFiles, tmp_path: Path) -> None:
    """Flooded areas instead of a raster: the same people move, the same building is wet."""
    corners = [[EAST, NORTH], [EAST + 2200, NORTH], [EAST + 2200, NORTH + 4000]]
    corners += [[EAST, NORTH + 4000], [EAST, NORTH]]
    area = {
        "type": "Feature",
        "properties": {"depth_m": 2.0, "from_min": 0, "to_min": 900},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    path = tmp_path / "areas.geojson"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "crs": crs, "features": [area]}), encoding="utf-8"
    )
    made = new_scenario(tmp_path / "s", replace(raw, hazard=path), CRS)
    assert check_world(build_world(load_scenario(made.folder))) == []
    assert {r["id"] for r in table(made.folder, "settlements") if r["zone"]} == {
        "K0", "K1", "K2", "K3",
    }  # fmt: skip
    assert {row["name"] for row in table(made.folder, "shelters")} == {"一中", "县医院"}


def test_without_a_hazard_everybody_moves_by_the_clock(raw: RawFiles, tmp_path: Path) -> None:
    """No layer: all on the list, plans at clock times, nothing wet."""
    made = new_scenario(tmp_path / "s", replace(raw, hazard=None), CRS)
    folder = load_scenario(made.folder)
    assert made.people_at_risk == made.people and folder.spec.hazard.kind == "none"
    assert sorted(folder.plans) == ["order_0800", "order_1000", "order_1400"]


def test_without_roads_straight_lines_stand_in(raw: RawFiles, tmp_path: Path) -> None:
    """No roads: estimated, said so, no exits, everybody by coach."""
    made = new_scenario(tmp_path / "s", replace(raw, roads=None), CRS)
    folder = load_scenario(made.folder)
    assert folder.roads_estimated and "exits" not in folder.tables
    # places keep their positions, so the water finds them without roads
    world = build_world(folder)
    member = world.hazard.member(1)
    wet = {world.places.ids[row] for row in np.flatnonzero(member.place_row >= 0)}
    assert {"K0", "K1", "K2", "K3"} <= wet and "K4" not in wet
    assert {"straight", "no_exits", "ways_coach"} <= {item.key for item in made.assumptions}


def test_a_matrix_needs_nodes_only(raw: RawFiles, tmp_path: Path) -> None:
    """Travel minutes: a zone per place, the depot at the place nobody lives at."""
    people = write(tmp_path / "p.csv", "node,name_zh,evacuees", ["1,甲乡,700", "2,乙乡,300"])
    shelters = write(tmp_path / "s.csv", "node,capacity", ["8,2000"])
    minutes = write(
        tmp_path / "m.csv", "from_node,to_node,minutes",
        ["9,1,10", "9,2,20", "1,8,15", "2,8,25", "8,1,15", "8,2,25"],
    )  # fmt: skip
    files = RawFiles(people, shelters, None, minutes, None)
    made = new_scenario(tmp_path / "s", files, {})
    world = build_world(load_scenario(made.folder))
    assert world.people_at_risk == 1000 and table(made.folder, "depots")[0]["node"] == "9"
    measures = measure_run(
        world, plan := compile_plan(world, "order_0800"), run_once(world, plan, 1, 0)
    )
    assert measures["moved_by_bus"] > 800
    wet = replace(files, hazard=raw.hazard)
    assert set(refused(tmp_path / "t", wet, CRS)) == {"new.column_missing"}
    assert set(refused(tmp_path / "t", wet, {"hazard": "EPSG:4547"})) == {"new.no_positions"}
    shelters.write_text("node,capacity\n77,2000\n", encoding="utf-8")
    assert refused(tmp_path / "t", files, {}) == ["new.unknown_node"]


def test_unusable_requests_are_refused_and_leave_nothing(raw: RawFiles, tmp_path: Path) -> None:
    """A folder in use, both kinds of roads, unknown layers, files that cannot serve."""
    used = tmp_path / "used"
    used.mkdir()
    (used / "mine.txt").write_text("keep me", encoding="utf-8")
    assert refused(used, raw, CRS) == ["new.not_empty"]
    assert (used / "mine.txt").read_text(encoding="utf-8") == "keep me"
    new = tmp_path / "new"
    assert refused(new, replace(raw, minutes=raw.roads), CRS) == ["new.roads_and_minutes"]
    assert refused(new, raw, {**CRS, "roda": "EPSG:4547"}) == ["new.unknown_layer"]
    assert refused(new, raw, {k: v for k, v in CRS.items() if k != "roads"}) == ["new.crs_missing"]
    assert refused(new, replace(raw, hazard=tmp_path / "no.tif"), CRS) == ["file.missing"]
    assert refused(new, replace(raw, hazard=raw.people), CRS) == ["new.unknown_format"]
    assert refused(new, replace(raw, roads=raw.people), CRS) != []
    # people far away from the water: the coordinate system is the first thing to look at
    assert refused(new, raw, {**CRS, "people": "EPSG:4548"}) == ["new.nobody_at_risk"]


def test_no_dry_building_is_an_error(raw: RawFiles, tmp_path: Path) -> None:
    """Every building wet or unsuitable: said with how many of each."""
    wet = write(
        tmp_path / "wet.csv", "kind,x,y,capacity",
        [f"school,{EAST + 500},{NORTH + 1000},90", f"fuel,{EAST + 3000},{NORTH + 1000},90"],
    )  # fmt: skip
    assert refused(tmp_path / "new", replace(raw, shelters=wet), CRS) == ["new.no_shelter"]
    bare = write(tmp_path / "bare.csv", "kind,x,y", [f"school,{EAST + 500},{NORTH + 1000}"])
    assert refused(tmp_path / "new", replace(raw, shelters=bare), CRS) == ["new.column_missing"]
