"""The folder as a whole: its hash, its defaults, its roads, and references between files."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from sim.io.scenario_folder import load_scenario
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import Network
from sim.schema.tables import PlaceRow


def test_hash_follows_content_and_nothing_else(tiny_folder: Path, tmp_path: Path) -> None:
    """The same files elsewhere, or beside notes nobody reads, have the same hash; one changed
    character in any file that is read changes it."""
    first = load_scenario(tiny_folder).input_hash
    copy = tmp_path / "elsewhere" / "tiny"
    shutil.copytree(tiny_folder, copy)
    (copy / "README.md").write_text("notes")
    assert load_scenario(copy).input_hash == first
    for name in ("scenario.yaml", "vehicles.csv", "plans/late.yaml", "edges.csv", "nodes.csv",
                 "hazard/depths.csv"):  # fmt: skip
        path = copy / name
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n")
        assert load_scenario(copy).input_hash != first, name
        path.write_bytes(kept)
    assert load_scenario(copy).input_hash == first


def test_rows_know_their_place_in_the_spreadsheet(tiny_folder: Path) -> None:
    """Every row of every table keeps its row number; blank lines shift it as in the spreadsheet."""
    path = tiny_folder / "organisers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("O2", "\nO2"), encoding="utf-8")
    folder = load_scenario(tiny_folder)
    assert folder.rows["organisers"] == (2, 4)
    assert folder.files["organisers"] == "organisers.csv"
    for name, rows in folder.tables.items():
        assert len(rows) == len(folder.rows[name])


def test_defaults_used_are_told_apart_from_own_values(tiny_folder: Path) -> None:
    """A value the scenario gives is no default any more."""
    before = {item.name for item in load_scenario(tiny_folder).defaults_used}
    with (tiny_folder / "scenario.yaml").open("a", encoding="utf-8") as stream:
        stream.write("behaviour: {settle: {headcount_min: 2}}\n")
    folder = load_scenario(tiny_folder)
    assert before - {item.name for item in folder.defaults_used} == {"settle.headcount_min"}
    assert all(item.source and item.confidence for item in folder.defaults_used)


def test_without_roads_straight_lines_are_estimated(tiny_folder: Path) -> None:
    """From exit E1 to assembly point A2: straight line × 1.6 at 30 km/h, and marked as such."""
    (tiny_folder / "nodes.csv").unlink()
    (tiny_folder / "edges.csv").unlink()
    folder = load_scenario(tiny_folder)
    assert isinstance(folder.roads, MinutesMatrix) and folder.roads_estimated
    row = folder.roads.row
    took = folder.roads.ms[row["exits/E1"], row["assembly_points/A2"]]
    lon_m, lat_m = 0.0200 * 96_486, 0.0039 * 110_852  # metres per degree at 30° N
    assert abs(took / 60_000 - np.hypot(lon_m, lat_m) * 1.6 / 500) < 0.05
    for rows in folder.tables.values():
        for place in rows:
            if isinstance(place, PlaceRow):
                assert place.node in row


def test_a_travel_time_matrix_instead_of_roads(tiny_folder: Path) -> None:
    """minutes.csv is taken as the roads; places name their node; an unlinked one is an error."""
    (tiny_folder / "nodes.csv").unlink()
    (tiny_folder / "edges.csv").unlink()
    links = ["from_node,to_node,minutes"]
    nodes = ["V1", "V2", "V3", "F1", "A1", "A2", "S1", "S2", "H1", "E1", "D1", "ST1"]
    links += [f"{a},{b},5" for a in nodes for b in nodes if a != b]
    (tiny_folder / "minutes.csv").write_text("\n".join(links), encoding="utf-8")
    for table in ("settlements", "facilities", "assembly_points", "shelters", "exits", "depots",
                  "stations"):  # fmt: skip
        path = tiny_folder / f"{table}.csv"
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        text = [head + ",node", *(f"{line},{line.split(',')[0]}" for line in rows)]
        path.write_text("\n".join(text), encoding="utf-8")
    folder = load_scenario(tiny_folder)
    assert isinstance(folder.roads, MinutesMatrix) and not folder.roads_estimated
    assert folder.work_crs == "EPSG:4547"


def test_the_network_is_in_the_working_system(tiny_folder: Path) -> None:
    """Nodes of the tiny county lie about 965 m apart along the parallel."""
    folder = load_scenario(tiny_folder)
    assert isinstance(folder.roads, Network)
    gap = np.diff(np.sort(np.unique(np.round(folder.roads.node_x[:4]))))
    assert np.all(np.abs(gap - 965) < 2)


def test_a_matrix_needs_no_coordinates(tiny_folder: Path) -> None:
    """Places that name only a node of the matrix load; there is no working system then."""
    for name in ("nodes.csv", "edges.csv"):
        (tiny_folder / name).unlink()
    nodes = ["V1", "V2", "V3", "F1", "A1", "A2", "S1", "S2", "H1", "E1", "D1", "ST1", "G1", "R1"]
    links = [f"{a},{b},5" for a in nodes for b in nodes if a != b]
    text = "\n".join(["from_node,to_node,minutes", *links])
    (tiny_folder / "minutes.csv").write_text(text, encoding="utf-8")
    for path in tiny_folder.glob("*.csv"):
        head, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        if "x" in head:
            x = head.index("x")
            lines = [[*head[:x], "node", *head[x + 2 :]]]
            lines += [[*row[:x], row[0], *row[x + 2 :]] for row in rows]
            path.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    folder = load_scenario(tiny_folder)
    assert isinstance(folder.roads, MinutesMatrix)
    assert folder.work_crs == ""
