"""Road tables: two-way rows, courses, levels, and every mistake with its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.clock import NO_LEVEL
from sim.io.csv_table import read_csv_table
from sim.io.roads_read import find_roads, read_roads
from sim.io.roads_tables import read_road_tables
from sim.io.roads_ways import ImportReport, RoadFile
from sim.roads.network import Network
from sim.schema.problems import InputError, Problem

SOURCE = RoadFile("edges.csv", "EPSG:4549", "EPSG:4549")
NODES = "id,x,y,elevation_m\nA,500000,3320000,10\nB,501000,3320000,12.5\nC,501000,3321000,\n"


def read(edges: str, nodes: str = NODES, foreign: bool = False) -> tuple[Network, ImportReport]:
    """Network of two tables as text."""
    return read_road_tables(
        read_csv_table(nodes.encode(), "nodes", "nodes.csv"),
        read_csv_table(edges.encode(), "edges", "edges.csv"),
        SOURCE,
        foreign,
    )


def problems_of(edges: str, nodes: str = NODES) -> list[Problem]:
    """Problems of tables that cannot be used."""
    with pytest.raises(InputError) as caught:
        read(edges, nodes)
    return list(caught.value.problems)


def test_rows_are_two_way_roads_unless_marked() -> None:
    """A row is an edge each way with its own id; oneway leaves the first alone."""
    network, report = read(
        "id,from_node,to_node,oneway,speed_kmh,width_m,weight_limit_t,coach_ok,name\n"
        "e1,A,B,否,40,3.5,10,,县道\ne2,B,C,是,30,2.8,,,\ne3,C,A,no,,7,,yes,\n"
    )
    assert network.edge_ids == ("e1", "e1-", "e2", "e3", "e3-")
    assert network.length_mm[:2].tolist() == [1_000_000, 1_000_000]
    assert network.speed_kmh_x10.tolist() == [400, 400, 300, 300, 300]
    assert network.width_mm.tolist() == [3500, 3500, 2800, 7000, 7000]
    assert network.weight_limit_kg.tolist() == [10_000, 10_000, 0, 0, 0]
    assert network.coach_ok.tolist() == [-1, -1, 0, 1, 1]
    assert report.speed_assumed == 2 and report.one_way_edges == 1


def test_levels_length_and_deck() -> None:
    """Node levels are taken over, unknown ones stay unknown; a stated length and deck hold."""
    network, _ = read(
        "id,from_node,to_node,length_m,low_water_bridge,deck_m\ne1,A,B,1500.5,yes,9.25\ne2,B,C,,,\n"
    )
    assert network.node_z_mm is not None
    assert network.node_z_mm.tolist() == [10_000, 12_500, NO_LEVEL]
    assert network.length_mm.tolist() == [1_500_500, 1_500_500, 1_000_000, 1_000_000]
    assert network.bridge.tolist() == [True, True, False, False]
    first = slice(network.sample_start[0], network.sample_start[1])
    assert set(network.sample_z_mm[first]) == {9_250}


def test_course_is_sampled() -> None:
    """A LINESTRING between the nodes gives length and sample points; its ends are the nodes."""
    network, _ = read(
        'from_node,to_node,wkt\nA,B,"LINESTRING (500000 3320000, 500500 3320500, 501000 3320000)"\n'
        "A,B,\nB,C,\n"
    )
    assert network.edge_ids == ("A>B", "A>B-", "A>B#2", "A>B#2-", "B>C", "B>C-")
    assert network.length_mm[0] == 1_414_214 and network.n_nodes == 3
    first = slice(network.sample_start[0], network.sample_start[1])
    assert network.sample_y[first].max() == pytest.approx(3_320_500, abs=36)


def test_opposite_rows_without_oneway_are_directions() -> None:
    """Tables of directed edges are not doubled; that it was so understood is said."""
    network, report = read("from_node,to_node\nA,B\nB,A\nB,C\n")
    assert network.edge_ids == ("A>B", "B>A", "B>C")
    assert [p.code for p in report.problems] == ["roads.directed_rows"]


def test_tables_of_other_tools() -> None:
    """With foreign, u/v and lon/lat headings work and useless columns are named; else refused."""
    nodes = "node_id,lon,lat,colour\n1,500000,3320000,red\n2,501000,3320000,\n"
    edges = "u,v,highway,maxspeed_kmh,capacity_vph\n1,2,tertiary,60,900\n"
    network, report = read(edges, nodes, foreign=True)
    assert network.speed_kmh_x10.tolist() == [600, 600] and network.road_class[0] == "tertiary"
    assert network.capacity_pcu_h.tolist() == [900, 900]
    assert [(p.code, p.field) for p in report.problems] == [("roads.column_ignored", "colour")]
    assert problems_of(edges, nodes)


def test_every_mistake_has_its_row() -> None:
    """Unknown nodes, doubled ids, bad courses, wrong values: all at once, with file and row."""
    found = problems_of(
        "id,from_node,to_node,speed_kmh\ne1,A,B,40\ne1,B,C,-3\ne3,A,X,40\ne1,A,C,40\n",
        NODES + "A,500000,3320000,\n",
    )
    shown = {(p.code, p.file, p.row, p.field) for p in found}
    assert shown == {
        ("number.out_of_range", "edges.csv", 3, "speed_kmh"),
        ("roads.unknown_node", "edges.csv", 4, "to_node"),
        ("roads.duplicate_id", "edges.csv", 5, "id"),
        ("roads.duplicate_id", "nodes.csv", 5, "id"),
    }
    (course,) = problems_of("from_node,to_node,wkt\nA,B,POINT (1 2)\n")
    assert (course.code, course.row) == ("roads.bad_course", 2)


def test_kilometres_in_a_column_of_metres_are_noticed() -> None:
    """A road of 1.2 m between nodes 1 km apart is shown with both numbers."""
    _, report = read("from_node,to_node,length_m\nA,B,1.2\nB,C,1100\n")
    (note,) = report.problems
    assert (note.code, note.row, note.severity) == ("roads.shorter_than_straight", 2, "warning")


def test_degrees_in_a_metric_layer() -> None:
    """Nodes in degrees although metres are declared are an error in each row."""
    nodes = "id,x,y\nA,119.9,30.1\nB,119.8,30.2\n"
    found = problems_of("from_node,to_node\nA,B\n", nodes)
    assert [(p.code, p.row) for p in found] == [
        ("crs.degrees_not_metres", 2),
        ("crs.degrees_not_metres", 3),
    ]


def test_the_road_file_of_a_folder(tmp_path: Path) -> None:
    """One road file is found by its name; none or two are problems that name what is wanted."""
    with pytest.raises(InputError) as caught:
        find_roads(tmp_path)
    assert caught.value.problems[0].code == "roads.missing"
    (tmp_path / "nodes.csv").write_text(NODES)
    (tmp_path / "edges.csv").write_text("from_node,to_node\nA,B\n")
    assert find_roads(tmp_path).name == "edges.csv"
    network, _ = read_roads(tmp_path / "edges.csv", SOURCE)
    assert isinstance(network, Network) and network.n_edges == 2
    (tmp_path / "roads.gpkg").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        find_roads(tmp_path)
    assert caught.value.problems[0].code == "roads.several"
    (tmp_path / "nodes.csv").unlink()
    with pytest.raises(InputError) as caught:
        read_roads(tmp_path / "edges.csv", SOURCE)
    assert caught.value.problems[0].file == "nodes.csv"
    (tmp_path / "edges.csv.gz").write_bytes(b"\x1f\x8bbroken")
    (tmp_path / "nodes.csv").write_text(NODES)
    with pytest.raises(InputError) as caught:
        read_roads(tmp_path / "edges.csv.gz", SOURCE)
    assert caught.value.problems[0].code == "file.unreadable"
    with pytest.raises(InputError) as caught:
        read_roads(tmp_path / "roads.dwg", SOURCE)
    assert caught.value.problems[0].code == "roads.unknown_format"
