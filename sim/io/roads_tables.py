"""Roads as two tables, nodes.csv and edges.csv (also .csv.gz) → road network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import shapely

from sim.clock import NO_LEVEL
from sim.io.crs import to_work
from sim.io.crs_checks import Layer, check_coordinates
from sim.io.raw_table import RawTable
from sim.io.roads_osm_tags import COACH_WIDTH_MM
from sim.io.roads_ways import ImportReport, RoadFile, RoadProperties, Vertices, Way, network_of_ways
from sim.io.tables import Table, read_table
from sim.roads.defaults import read_defaults
from sim.roads.network import COACH_NO, COACH_UNKNOWN, COACH_YES, Network
from sim.schema.problems import InputError, Problem
from sim.schema.roads import EdgeRow, NodeRow

OTHER_NAMES = {
    "node_id": "id", "lon": "x", "lat": "y", "u": "from_node", "v": "to_node",
    "highway": "road_class", "maxspeed_kmh": "speed_kmh", "capacity_vph": "capacity_pcu_h",
}  # fmt: skip
"""Headings of tables made by common tools → ours."""


def read_road_tables(
    nodes: RawTable, edges: RawTable, source: RoadFile, foreign: bool = False
) -> tuple[Network, ImportReport]:
    """Network of two tables.

    Without a column oneway, rows are two-way roads; but where pairs of nodes are listed in both
    directions, every row is one direction, which is said. foreign: the tables come from another
    tool; headings of OTHER_NAMES are understood, and columns without use are left out with a note.

    Raises:
        InputError: every problem of both tables.
    """
    notes = [*adopt(nodes, NodeRow), *adopt(edges, EdgeRow)] if foreign else []
    (node_table, problems), (edge_table, more) = read_table(nodes), read_table(edges)
    rows = cast("tuple[EdgeRow, ...]", edge_table.rows)
    problems += more
    problems += _check_nodes(node_table, source.layer_crs) + _check_edges(node_table, edge_table)
    if not rows and not any(problem.severity == "error" for problem in problems):
        problems.append(Problem("roads.empty", edges.file, found=0, allowed="≥ 1"))
    if any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    if "oneway" not in edges.header and (pairs := _opposite_pairs(rows)):
        rows = tuple(row.model_copy(update={"oneway": True}) for row in rows)
        notes.append(Problem("roads.directed_rows", edges.file, found=pairs, severity="warning"))
    vertices, bends = _vertices(node_table, edge_table, source)
    row_of = {name: i for i, name in enumerate(vertices.ids[: len(node_table.rows)])}
    ids = _way_ids(rows)
    ways = [
        Way(
            ids[i], [row_of[r.from_node], *bends[i], row_of[r.to_node]], True, not r.oneway, road(r)
        )
        for i, r in enumerate(rows)
    ]
    notes += _too_short(ways, vertices, edge_table)
    network, report = network_of_ways(ways, vertices, source, {})
    return network, replace(report, problems=(*problems, *notes, *report.problems))


def road(row: EdgeRow) -> RoadProperties:
    """Properties of a table row; an unknown road class counts as a village road."""
    defaults = read_defaults("road_classes.csv")
    known = f"{row.road_class}.speed_kmh" in defaults
    cls = row.road_class if known else "road"
    speed = round((row.speed_kmh or defaults[f"{cls}.speed_kmh"]) * 10)
    lanes = row.lanes or int(defaults[f"{cls}.lanes"])
    width = _scaled(row.width_m)
    coach_ok = COACH_UNKNOWN if row.coach_ok is None else COACH_YES if row.coach_ok else COACH_NO
    if row.coach_ok is None and (0 < width < COACH_WIDTH_MM or cls == "track"):
        coach_ok = COACH_NO
    return RoadProperties(
        speed_kmh_x10=(speed, speed),
        lanes=(lanes, lanes),
        capacity_pcu_h=round(row.capacity_pcu_h or 0),
        width_mm=width,
        height_limit_mm=_scaled(row.height_limit_m),
        weight_limit_kg=_scaled(row.weight_limit_t),
        coach_ok=coach_ok,
        bridge=row.bridge or row.low_water_bridge,
        low_water_bridge=row.low_water_bridge,
        deck_mm=_level(row.deck_m),
        passing_place_m=row.passing_place_m or 0,
        length_mm=_scaled(row.length_m),
        name=row.name,
        road_class=row.road_class,
        speed_assumed=row.speed_kmh is None,
        lanes_assumed=row.lanes is None,
    )


def adopt(table: RawTable, model: type[NodeRow] | type[EdgeRow]) -> list[Problem]:
    """Rename headings of other tools and leave out columns without use, with a note each."""
    table.header = [
        OTHER_NAMES[h] if h in OTHER_NAMES and OTHER_NAMES[h] not in table.header else h
        for h in table.header
    ]
    keep = [i for i, heading in enumerate(table.header) if heading in model.model_fields]
    ignored = [heading for heading in table.header if heading not in model.model_fields]
    table.header = [table.header[i] for i in keep]
    table.rows = [(n, [cells[i] for i in keep if i < len(cells)]) for n, cells in table.rows]
    return [
        Problem("roads.column_ignored", table.file, table.header_row, heading, severity="warning")
        for heading in ignored
    ]


def _check_nodes(table: Table, crs: str) -> list[Problem]:
    rows = cast("tuple[NodeRow, ...]", table.rows)
    x, y = (np.array([getattr(row, axis) for row in rows], dtype=np.float64) for axis in "xy")
    problems = _twice([row.id for row in rows], table)
    return problems + check_coordinates(Layer(x, y, crs, table.file, table.numbers))


def _check_edges(nodes: Table, edges: Table) -> list[Problem]:
    known = {row.id for row in cast("tuple[NodeRow, ...]", nodes.rows)}
    rows = cast("tuple[EdgeRow, ...]", edges.rows)
    return _twice([row.id for row in rows], edges) + [
        Problem("roads.unknown_node", edges.file, number, field, node, nodes.file)
        for number, row in zip(edges.numbers, rows, strict=True)
        for field, node in (("from_node", row.from_node), ("to_node", row.to_node))
        if node not in known
    ]


def _twice(ids: Sequence[str | None], table: Table) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for number, name in zip(table.numbers, ids, strict=True):
        if name is not None and first.setdefault(name, number) != number:
            problems.append(
                Problem("roads.duplicate_id", table.file, number, "id", name, first[name])
            )
    return problems


def _opposite_pairs(rows: Sequence[EdgeRow]) -> int:
    """Number of node pairs that are listed in both directions."""
    listed = {(row.from_node, row.to_node) for row in rows}
    return sum((b, a) in listed for a, b in listed if a < b)


def _way_ids(rows: Sequence[EdgeRow]) -> list[str]:
    """Ids of the rows; made up from the two nodes where none is given, numbered if repeated."""
    taken = Counter(row.id for row in rows if row.id is not None)
    ids = []
    for row in rows:
        name = row.id or f"{row.from_node}>{row.to_node}"
        if row.id is None:
            taken[name] += 1
            name = name if taken[name] == 1 else f"{name}#{taken[name]}"
        ids.append(name)
    return ids


def _vertices(nodes: Table, edges: Table, source: RoadFile) -> tuple[Vertices, list[list[int]]]:
    """Nodes first, then the bends of the courses; and the rows of the bends of every edge.

    Raises:
        InputError: a course is no line.
    """
    rows = cast("tuple[NodeRow, ...]", nodes.rows)
    points: list[tuple[float, float]] = [(row.x, row.y) for row in rows]
    bends: list[list[int]] = []
    problems = []
    for number, edge in zip(edges.numbers, cast("tuple[EdgeRow, ...]", edges.rows), strict=True):
        inner = _inner_points(edge.wkt)
        if inner is None:
            problems.append(
                Problem("roads.bad_course", edges.file, number, "wkt", edge.wkt[:40], "LINESTRING")
            )
        bends.append(list(range(len(points), len(points) + len(inner or []))))
        points += inner or []
    if problems:
        raise InputError(problems)
    xy = np.array(points, dtype=np.float64)
    x, y = to_work(xy[:, 0], xy[:, 1], source.layer_crs, source.work_crs)
    z = np.full(len(x), NO_LEVEL, dtype=np.int64)
    z[: len(rows)] = [_level(row.elevation_m) for row in rows]
    ids = [row.id for row in rows] + [""] * (len(x) - len(rows))
    signal = np.zeros(len(x), dtype=np.bool_)
    signal[: len(rows)] = [row.signal for row in rows]
    return Vertices(ids, x, y, z if (z != NO_LEVEL).any() else None, signal), bends


def _inner_points(wkt: str) -> list[tuple[float, float]] | None:
    """Points of a course between its ends, which are the nodes; None if it is no line."""
    if not wkt:
        return []
    line = shapely.from_wkt(wkt, on_invalid="ignore")
    if line is None or line.geom_type != "LineString" or line.is_empty:
        return None
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(line)[1:-1]]


def _too_short(ways: Sequence[Way], vertices: Vertices, table: Table) -> list[Problem]:
    """A note for every stated length below the straight line (by more than 5 % and 10 m)."""
    notes = []
    for number, way in zip(table.numbers, ways, strict=True):
        a, b = way.vertices[0], way.vertices[-1]
        line_m = float(np.hypot(vertices.x[a] - vertices.x[b], vertices.y[a] - vertices.y[b]))
        stated_m = way.road.length_mm / 1000
        if 0 < stated_m < 0.95 * line_m - 10:
            notes.append(
                Problem(
                    "roads.shorter_than_straight",
                    table.file,
                    number,
                    "length_m",
                    f"{stated_m:g} m",
                    f"≥ {line_m:.0f} m",
                    "warning",
                )
            )
    return notes


def _level(metres: float | None) -> int:
    return NO_LEVEL if metres is None else round(metres * 1000)


def _scaled(value: float | None) -> int:
    """Metres to mm, tonnes to kg; 0 for a blank."""
    return 0 if value is None else round(value * 1000)
