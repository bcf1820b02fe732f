"""OpenStreetMap extracts: tags, splitting, directions, and what is left out."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.io.roads_osm import read_osm
from sim.io.roads_osm_tags import (
    directions,
    length_mm,
    properties,
    speed_kmh_x10,
    weight_kg,
    why_not_a_road,
)
from sim.io.roads_read import read_roads
from sim.io.roads_ways import ImportReport, RoadFile
from sim.roads.components import label_components
from sim.roads.network import Network
from sim.schema.problems import InputError

SOURCE = RoadFile("roads.osm", "EPSG:4326", "EPSG:4549")
NODES = {1: (119.99, 30.0), 2: (120.0, 30.0), 3: (120.01, 30.0), 4: (120.0, 30.01), 5: (120.1, 30)}


def osm(ways: dict[int, tuple[list[int], dict[str, str]]]) -> str:
    """A small extract with five nodes: 1-2-3 from west to east, 4 north of 2, 5 far off."""
    points = [f'<node id="{i}" lon="{lon}" lat="{lat}"/>' for i, (lon, lat) in NODES.items()]
    lines = []
    for way, (refs, tags) in ways.items():
        inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
        inner += "".join(f'<tag k="{k}" v="{v}"/>' for k, v in tags.items())
        lines.append(f'<way id="{way}">{inner}</way>')
    return f'<osm version="0.6">{"".join(points + lines)}</osm>'


def read(tmp_path: Path, ways: dict[int, tuple[list[int], dict[str, str]]]) -> Network:
    """The network of a small extract."""
    return report(tmp_path, ways)[0]


def report(
    tmp_path: Path, ways: dict[int, tuple[list[int], dict[str, str]]]
) -> tuple[Network, ImportReport]:
    """Network and report of a small extract."""
    path = tmp_path / "roads.osm"
    path.write_text(osm(ways), encoding="utf-8")
    return read_osm(path, SOURCE)


def test_split_at_shared_nodes(tmp_path: Path) -> None:
    """A street crossed by another is two edges in each direction; a bend alone splits nothing."""
    street = ([1, 2, 3], {"highway": "tertiary", "name": "人民路"})
    network = read(tmp_path, {10: street, 11: ([2, 4], {"highway": "residential"})})
    assert network.edge_ids == ("10.0", "10.0-", "10.1", "10.1-", "11", "11-")
    assert network.node_ids == ("1", "2", "3", "4")
    assert network.names[:2] == ("人民路", "人民路")
    assert network.length_mm[0] == pytest.approx(964_900, abs=300)
    alone = read(tmp_path, {10: street})
    assert alone.edge_ids == ("10", "10-") and alone.node_ids == ("1", "3")
    assert alone.length_mm[0] == network.length_mm[[0, 2]].sum()


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"oneway": "yes"}, ["1>3"]),
        ({"oneway": "-1"}, ["3>1"]),
        ({"junction": "roundabout"}, ["1>3"]),
        ({"junction": "roundabout", "oneway": "no"}, ["1>3", "3>1"]),
        ({"highway": "motorway"}, ["1>3"]),
        ({}, ["1>3", "3>1"]),
    ],
)
def test_one_way(tmp_path: Path, tags: dict[str, str], expected: list[str]) -> None:
    """One-way roads have edges in their direction only, signed or implied."""
    network = read(tmp_path, {10: ([1, 2, 3], {"highway": "primary", **tags})})
    ids = network.node_ids
    driven = [f"{ids[a]}>{ids[b]}" for a, b in zip(network.edge_from, network.edge_to, strict=True)]
    assert driven == expected


def test_pieces_and_lines_that_are_no_roads_are_counted(tmp_path: Path) -> None:
    """Footways, private roads and car parks are skipped by reason; a separate piece is dropped."""
    network, counts = report(
        tmp_path,
        {
            10: ([1, 2, 3], {"highway": "tertiary", "bridge": "yes"}),
            11: ([2, 4], {"highway": "footway"}),
            12: ([2, 4], {"highway": "service", "access": "private"}),
            13: ([2, 4], {"highway": "service", "service": "parking_aisle"}),
            14: ([2, 99], {"highway": "residential"}),
            15: ([4, 5], {"highway": "residential", "oneway": "yes"}),
        },
    )
    assert counts.skipped == {
        "closed_to_traffic": 1,
        "not_a_road": 1,
        "yard": 1,
        "cut_at_border": 1,
    }
    assert (counts.ways, counts.nodes, counts.edges, counts.bridges) == (2, 2, 2, 2)
    assert (counts.dropped.components, counts.dropped.nodes, counts.dropped.edges) == (1, 2, 1)
    assert [p.code for p in counts.problems] == ["roads.dropped"]
    assert counts.speed_assumed == 2 and counts.coach_unknown == 2
    assert network.n_edges == 2


def test_gz_and_broken_files(tmp_path: Path) -> None:
    """The packed extract reads the same; a file that is no map is a problem, not a crash."""
    text = osm({10: ([1, 2, 3], {"highway": "tertiary"})})
    (tmp_path / "roads.osm.gz").write_bytes(gzip.compress(text.encode()))
    network, _ = read_roads(tmp_path / "roads.osm.gz", SOURCE)
    assert isinstance(network, Network) and network.n_edges == 2
    for name, content in {
        "a.osm": b"<osm version='0.6'><node",
        "b.osm.pbf": b"no map",
        "c.osm": b"",
        "d.osm": b"<osm version='0.6'></osm>",
        "e.osm": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><osm version="0.6"><note>&a;</note></osm>',
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError) as caught:
            read_osm(tmp_path / name, SOURCE)
        assert caught.value.problems[0].code in ("roads.unreadable", "roads.empty")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50", 500), ("50 mph", 805), ("30 km/h", 300), ("RU:urban", 0), ("none", 0), ("", 0),
        ("50;30", 300), ("walk", 50), ("signals", 0), ("999", 0), ("12.5", 125), ("0", 0),
    ],
)  # fmt: skip
def test_maxspeed(text: str, expected: int) -> None:
    """Speeds in km/h and mph; anything else means that the default is taken."""
    assert speed_kmh_x10(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.5", 3500), ("3,5 m", 3500), ("350 cm", 3500), ("12'6\"", 3810), ("9'", 2743),
        ("default", 0), ("", 0), ("below_default", 0),
    ],
)  # fmt: skip
def test_lengths(text: str, expected: int) -> None:
    """Widths and heights in metres, centimetres, feet and inches."""
    assert length_mm(text) == expected


def test_weights() -> None:
    """Weight limits in tonnes unless they say kg; no number is no limit."""
    assert [weight_kg(t) for t in ("10", "7.5 t", "16000 kg", "none")] == [10000, 7500, 16000, 0]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "tertiary"}, -1),
        ({"highway": "tertiary", "width": "2.9"}, 0),
        ({"highway": "tertiary", "width": "0.3"}, -1),
        ({"highway": "track"}, 0),
        ({"highway": "secondary", "hgv": "no"}, -1),
        ({"highway": "unclassified", "hgv": "no"}, 0),
        ({"highway": "secondary", "bus": "no"}, 0),
        ({"highway": "residential", "psv": "yes"}, 1),
    ],
)
def test_coach_ok(tags: dict[str, str], expected: int) -> None:
    """Unknown unless narrow, a track or signed; a lorry ban on a main road says nothing."""
    assert properties(tags).coach_ok == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"lanes": "4"}, (2, 2)),
        ({"lanes": "3"}, (2, 1)),
        ({"lanes": "1"}, (1, 1)),
        ({"lanes": "3", "oneway": "yes"}, (3, 3)),
        ({"lanes": "3", "lanes:forward": "1"}, (1, 2)),
        ({"lanes": "many"}, (1, 1)),
    ],
)
def test_lanes_per_direction(tags: dict[str, str], expected: tuple[int, int]) -> None:
    """The tag counts both directions together; a one-way road has all of them."""
    assert properties({"highway": "tertiary", **tags}).lanes == expected


def test_limits_ford_and_directional_speed() -> None:
    """Height and weight limits, a low-water crossing, and a speed that differs by direction."""
    tags = {"highway": "tertiary", "maxheight": "3.2", "maxweight": "10", "ford": "yes"}
    road = properties({**tags, "maxspeed": "60", "maxspeed:backward": "30"})
    assert (road.height_limit_mm, road.weight_limit_kg) == (3200, 10_000)
    assert road.low_water_bridge and road.bridge and not road.speed_assumed
    assert road.speed_kmh_x10 == (600, 300)
    assert properties({"highway": "tertiary"}).speed_assumed


def test_access() -> None:
    """The most specific tag decides; buses let through keep a road in."""
    road = {"highway": "residential"}
    assert why_not_a_road({**road, "access": "no"}) == "closed_to_traffic"
    assert why_not_a_road({**road, "access": "no", "motor_vehicle": "yes"}) is None
    assert why_not_a_road({**road, "motor_vehicle": "no", "bus": "yes"}) is None
    assert why_not_a_road({"highway": "pedestrian"}) == "not_a_road"
    assert directions({"highway": "motorway_link"}) == (True, False)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["maxspeed", "lanes", "lanes:forward", "width", "maxheight", "maxweight"]),
        st.from_regex(
            r"[0-9]{0,30}[.,]?[0-9]{0,9} ?(m|t|kg|mph|'|ft|\|)?[0-9]{0,4}", fullmatch=True
        )
        | st.text(max_size=20),
    )
)
def test_no_tag_makes_an_impossible_road(tags: dict[str, str]) -> None:
    """Whatever somebody typed, the numbers fit the network and mean a road that can exist."""
    road = properties({"highway": "tertiary", **tags})
    assert all(10 <= speed <= 2000 for speed in road.speed_kmh_x10)
    assert all(1 <= lanes <= 12 for lanes in road.lanes)
    assert road.width_mm == 0 or 1500 <= road.width_mm <= 100_000
    assert 0 <= road.height_limit_mm <= 100_000 and 0 <= road.weight_limit_kg <= 500_000


@pytest.mark.real
def test_kampen_extract(shared_dir: Path) -> None:
    """Kampen: our own choice of roads, and the same length per kind as an independent cut (2 %).

    That cut (3,651 nodes, 8,235 directed edges, 691 km) keeps yards and roads closed to motor
    vehicles and leaves tracks out; here tracks stay (unfit for coaches), and yards and closed
    roads go, which also saves the junctions where they meet a street.
    """
    folder = shared_dir / "data" / "kampen_flood"
    source = RoadFile("kampen.osm.pbf", "EPSG:4326", "EPSG:28992")
    network, counts = read_osm(folder / "kampen.osm.pbf", source)
    reference, _ = read_roads(folder / "edges.csv.gz", source_of_tables(), foreign=True)
    assert isinstance(reference, Network)
    assert (reference.n_nodes, reference.n_edges) == (3651, 8235)
    assert reference.length_km == pytest.approx(691.04, abs=0.01)
    for kind in ("residential", "unclassified", "tertiary", "secondary", "primary", "trunk"):
        assert km(network, kind) == pytest.approx(km(reference, kind), rel=0.02), kind
    assert km(reference, "track") == 0 < km(network, "track")
    assert km(network, "service") < km(reference, "service")
    assert (counts.nodes, counts.edges) == (3250, 7271)
    assert counts.length_km == pytest.approx(674, rel=0.01)
    assert counts.dropped.components > 0
    assert (label_components(network) == 0).all()


@pytest.mark.real
def test_kampen_by_the_rules_of_the_independent_cut(
    shared_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With yards and closed roads kept and tracks left out, the independent counts come to 0.5 %.

    So splitting at shared nodes and keeping the largest piece do what they should.
    """

    def like_the_cut(tags: dict[str, str]) -> str | None:
        mine = {k: v for k, v in tags.items() if k not in ("service", "motor_vehicle", "vehicle")}
        return "track" if tags["highway"] == "track" else why_not_a_road(mine)

    monkeypatch.setattr("sim.io.roads_osm.why_not_a_road", like_the_cut)
    path = shared_dir / "data" / "kampen_flood" / "kampen.osm.pbf"
    _, counts = read_osm(path, RoadFile(path.name, "EPSG:4326", "EPSG:28992"))
    assert counts.nodes == pytest.approx(3651, rel=0.005)
    assert counts.edges == pytest.approx(8235, rel=0.005)
    assert counts.length_km == pytest.approx(691, rel=0.005)


def source_of_tables() -> RoadFile:
    """The Kampen tables hold x, y of the Dutch grid."""
    return RoadFile("edges.csv.gz", "EPSG:28992", "EPSG:28992")


def km(network: Network, kind: str) -> float:
    """Length of all edges of a class."""
    rows = [i for i, cls in enumerate(network.road_class) if cls == kind]
    return float(network.length_mm[rows].sum()) / 1e6


@pytest.mark.real
def test_shanghai_extract(shared_dir: Path) -> None:
    """Shanghai: with through nodes taken out, as many junctions as osmnx finds (3,813), to 5 %."""
    path = shared_dir / "data" / "china_osm_roads" / "shanghai_center.osm.gz"
    network, counts = read_osm(path, RoadFile(path.name, "EPSG:4326", "EPSG:4549"))
    neighbours: dict[int, set[int]] = {}
    for a, b in zip(network.edge_from.tolist(), network.edge_to.tolist(), strict=True):
        neighbours.setdefault(a, set()).add(b)
        neighbours.setdefault(b, set()).add(a)
    junctions = sum(len(others) != 2 for others in neighbours.values())
    assert junctions == pytest.approx(3813, rel=0.05)
    assert counts.one_way_edges > 0.3 * counts.edges
    assert "人民大道" in network.names
