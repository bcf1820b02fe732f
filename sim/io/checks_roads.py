"""Places against roads: near enough, in the right system, and joined to somewhere safe."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.io.checked import Checked, near
from sim.io.crs_checks import Layer, check_far, check_gcj02
from sim.io.snap import SnapLimits, snap, snap_problems
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import Network
from sim.roads.passability import allowed_edges, vehicle_classes
from sim.roads.routing import reaches_any
from sim.schema.problems import Problem
from sim.schema.tables import AssemblyPointRow, PlaceRow, ShelterRow

ON_ROADS = (
    "settlements", "facilities", "assembly_points", "shelters", "exits", "depots", "stations",
)  # fmt: skip
BUSES = ("coach", "minibus")

Int32 = NDArray[np.int32]


def check_roads(folder: Checked) -> list[Problem]:
    """Distances, coordinate systems, node names, and ways from assembly points to safety."""
    problems = list(_nodes(folder))
    if isinstance(folder.roads, MinutesMatrix):
        if not any(problem.severity == "error" for problem in problems):
            problems += _matrix_reach(folder, folder.roads)
        return problems
    if isinstance(folder.roads, Network) and folder.roads.n_edges:
        far = list(_positions(folder, folder.roads))
        problems += far
        if not any(problem.severity == "error" for problem in problems):
            problems += _network_reach(folder, folder.roads)
    return problems


def _nodes(folder: Checked) -> Iterator[Problem]:
    """Node names exist; with a matrix every place needs one."""
    assert folder.roads is not None
    known = set(folder.roads.node_ids)
    matrix = isinstance(folder.roads, MinutesMatrix)
    for table in ON_ROADS:
        for number, row in folder.rows(table, PlaceRow):
            file = folder.file(table)
            if row.node and row.node not in known:
                allowed = near(row.node, known)
                yield Problem("ref.unknown_node", file, number, "node", row.node, allowed)
            elif matrix and not row.node:
                yield Problem("field.missing", file, number, "node")


def _positions(folder: Checked, network: Network) -> Iterator[Problem]:
    limits = SnapLimits(folder.spec.roads.snap_warn_m, folder.spec.roads.snap_max_m)
    try:
        for part in folder.layers:
            far = check_far(part.layer, network, folder.work_crs)
            yield from far
            if part.table in ON_ROADS:
                skipped = {problem.row for problem in far} | _with_node(folder, part.table)
                x, y = part.work(folder.work_crs)
                _, distance = snap(x, y, network)
                rows = list(part.layer.rows)
                keep = [i for i, row in enumerate(rows) if row not in skipped]
                kept_rows = [rows[i] for i in keep]
                yield from snap_problems(distance[keep], limits, part.layer.file, kept_rows)
        if folder.layers:
            yield from check_gcj02(_together(folder), network, folder.work_crs)
    except ValueError:  # a point that the working system cannot express
        file, crs = folder.source.file, folder.spec.crs.tables
        yield Problem("crs.outside_work", file, None, "crs.tables", crs, folder.work_crs)


def _with_node(folder: Checked, table: str) -> set[int | None]:
    return {number for number, row in folder.rows(table, PlaceRow) if row.node}


def _together(folder: Checked) -> Layer:
    """All places as one layer: their system is declared once, for all tables."""
    layers = [part.layer for part in folder.layers if part.table in ON_ROADS] or [
        folder.layers[0].layer
    ]
    x, y = (np.concatenate([getattr(layer, axis) for layer in layers]) for axis in ("x", "y"))
    rows = [row for layer in layers for row in layer.rows]
    return Layer(x, y, folder.spec.crs.tables, folder.source.file, rows)


def _node_rows(folder: Checked, table: str, network: Network) -> tuple[list[int], Int32]:
    """Spreadsheet rows of a table's places and the road node each belongs to."""
    by_id = {name: i for i, name in enumerate(network.node_ids)}
    rows = list(folder.rows(table, PlaceRow))
    node = np.array([by_id.get(row.node, -1) for _, row in rows], dtype=np.int32)
    part = next((part for part in folder.layers if part.table == table), None)
    if part is not None:
        snapped, _ = snap(*part.work(folder.work_crs), network)
        index = np.array(part.index, dtype=np.int64)
        loose = node[index] < 0
        node[index[loose]] = snapped[loose]
    return [number for number, _ in rows], node


def _network_reach(folder: Checked, network: Network) -> Iterator[Problem]:
    """Assembly points from which no bus, or no road at all, leads to a shelter or exit."""
    goals = np.zeros(network.n_nodes, dtype=np.bool_)
    for table in ("shelters", "exits"):
        _, node = _node_rows(folder, table, network)
        goals[node[node >= 0]] = True
    numbers, waiting = _node_rows(folder, "assembly_points", network)
    if not goals.any() or not numbers:
        return
    classes = vehicle_classes()
    anything = reaches_any(network, goals, np.ones(network.n_edges, dtype=np.bool_))
    bus = {
        name: reaches_any(network, goals, allowed_edges(network, classes[name])) for name in BUSES
    }
    file = folder.file("assembly_points")
    rows = [row for _, row in folder.rows("assembly_points", AssemblyPointRow)]
    for number, row, node in zip(numbers, rows, waiting.tolist(), strict=True):
        if node < 0:
            continue
        if not anything[node]:
            yield Problem("place.cut_off", file, number, "x, y", row.id)
        elif not bus["minibus"][node] and not bus["coach"][node]:
            yield Problem("place.no_bus_road", file, number, "x, y", row.id, None, "warning")
        elif not bus["coach"][node] and not row.transfer_to:
            yield Problem("place.no_coach_road", file, number, "x, y", row.id, None, "warning")
    yield from _vehicles_reach(folder, network, waiting)


def _vehicles_reach(folder: Checked, network: Network, waiting: Int32) -> Iterator[Problem]:
    """Depots from which no assembly point can be reached."""
    goals = np.zeros(network.n_nodes, dtype=np.bool_)
    goals[waiting[waiting >= 0]] = True
    reach = reaches_any(network, goals, np.ones(network.n_edges, dtype=np.bool_))
    numbers, node = _node_rows(folder, "depots", network)
    for number, at in zip(numbers, node.tolist(), strict=True):
        if at >= 0 and not reach[at]:
            yield Problem("place.depot_cut_off", folder.file("depots"), number, "x, y")


def _matrix_reach(folder: Checked, matrix: MinutesMatrix) -> Iterator[Problem]:
    """With a matrix only direct links exist."""
    goals = [
        matrix.row[row.node]
        for table, model in (("shelters", ShelterRow), ("exits", PlaceRow))
        for _, row in folder.rows(table, model)
    ]
    for number, row in folder.rows("assembly_points", PlaceRow):
        if goals and (matrix.ms[matrix.row[row.node], goals] >= NEVER).all():
            yield Problem("place.cut_off", folder.file("assembly_points"), number, "node", row.id)
