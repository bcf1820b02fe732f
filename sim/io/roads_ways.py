"""Roads as a map draws them (lines with properties) → a network of junctions and directed edges.

Lines are split where they share a vertex with another line; a crossing without a shared vertex is
a bridge or an error of the map, and is not joined. What was assumed is counted for the report.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.clock import NO_LEVEL
from sim.roads.components import Dropped, keep_main
from sim.roads.courses import Polylines, course_length_mm
from sim.roads.network import (
    COACH_UNKNOWN,
    Edges,
    Network,
    Nodes,
    build_network,
)
from sim.schema.problems import InputError, Problem

SMALL_SHARE = 0.02
"""A dropped share of the length above which the planner is warned and not only told."""


@dataclass(frozen=True)
class RoadFile:
    """What is needed to read roads: name shown in messages, both systems, what to keep."""

    file: str
    layer_crs: str
    work_crs: str
    keep_all: bool = False


@dataclass(frozen=True)
class RoadProperties:
    """Properties of a road as stored in the network; the pairs are (forward, backward).

    length_mm: length of an undivided road where somebody measured it, 0 to take that of the line.
    """

    speed_kmh_x10: tuple[int, int]
    lanes: tuple[int, int] = (1, 1)
    capacity_pcu_h: int = 0
    width_mm: int = 0
    height_limit_mm: int = 0
    weight_limit_kg: int = 0
    coach_ok: int = COACH_UNKNOWN
    bridge: bool = False
    low_water_bridge: bool = False
    deck_mm: int = NO_LEVEL
    passing_place_m: int = 0
    length_mm: int = 0
    name: str = ""
    road_class: str = ""
    speed_assumed: bool = False
    lanes_assumed: bool = False


@dataclass(frozen=True)
class Way:
    """A line of the map: vertex rows in order, open directions, properties."""

    id: str
    vertices: Sequence[int]
    forward: bool
    backward: bool
    road: RoadProperties


@dataclass(frozen=True)
class ImportReport:
    """What was read, assumed and left out; lengths in km of directed edges.

    skipped counts lines that are no road for vehicles, by reason. speed_assumed, lanes_assumed
    and coach_unknown count directed edges of the network.
    """

    file: str
    ways: int
    nodes: int
    edges: int
    length_km: float
    one_way_edges: int
    bridges: int
    dropped: Dropped
    skipped: dict[str, int] = field(default_factory=dict)
    speed_assumed: int = 0
    lanes_assumed: int = 0
    coach_unknown: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Vertices:
    """Vertices of all lines in the working system; ids name those that become nodes.

    z_mm: level of the road there, NO_LEVEL unknown; None when no level is known at all. signal:
    whether there are traffic lights; None when nobody said.
    """

    ids: Sequence[str]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    z_mm: NDArray[np.int64] | None = None
    signal: NDArray[np.bool_] | None = None


def network_of_ways(
    ways: Sequence[Way], vertices: Vertices, source: RoadFile, skipped: Mapping[str, int]
) -> tuple[Network, ImportReport]:
    """Split the lines at shared vertices, build the network, keep its main part, report.

    An edge has the id of its way, followed by .0, .1, ... where the way was split, and by a minus
    sign when it runs against the line.

    Raises:
        InputError: no road for vehicles is left.
    """
    sides = _sides(_split(ways, len(vertices.x)))
    if not sides:
        raise InputError([Problem("roads.empty", source.file, found=0, allowed="≥ 1")])
    node_rows = sorted({end for side in sides for end in (side.part[0], side.part[-1])})
    node_of = {vertex: row for row, vertex in enumerate(node_rows)}
    z, signal = vertices.z_mm, vertices.signal
    nodes = Nodes(
        tuple(vertices.ids[v] for v in node_rows),
        vertices.x[node_rows],
        vertices.y[node_rows],
        None if z is None else z[node_rows],
        None if signal is None else signal[node_rows],
    )
    order = np.concatenate([np.asarray(side.part, dtype=np.int64) for side in sides])
    start = np.concatenate([[0], np.cumsum([len(side.part) for side in sides])]).astype(np.int64)
    course = Polylines(start, vertices.x[order], vertices.y[order])
    network = build_network(nodes, _columns(sides, node_of, course), course)
    # a share above 1 keeps the largest piece alone
    network, dropped = keep_main(network, min_node_share=0.0 if source.keep_all else 2.0)
    road_of = {side.edge_id: side.way.road for side in sides}
    roads = [road_of[edge] for edge in network.edge_ids]
    return network, ImportReport(
        file=source.file,
        ways=len(ways),
        nodes=network.n_nodes,
        edges=network.n_edges,
        length_km=network.length_km,
        one_way_edges=count_one_way(network),
        bridges=int(network.bridge.sum()),
        dropped=dropped,
        skipped=dict(skipped),
        speed_assumed=sum(road.speed_assumed for road in roads),
        lanes_assumed=sum(road.lanes_assumed for road in roads),
        coach_unknown=int((network.coach_ok == COACH_UNKNOWN).sum()),
        problems=dropped_problems(network, dropped, source.file),
    )


def count_one_way(network: Network) -> int:
    """Directed edges without a partner in the other direction between the same two nodes."""
    pairs = Counter(zip(network.edge_from.tolist(), network.edge_to.tolist(), strict=True))
    return sum(max(n - pairs.get((b, a), 0), 0) for (a, b), n in pairs.items() if a != b)


def dropped_problems(network: Network, dropped: Dropped, file: str) -> tuple[Problem, ...]:
    """A warning when a noticeable part of the roads hangs together with nothing else."""
    total = network.length_km + dropped.length_km
    if dropped.length_km <= SMALL_SHARE * total:
        return ()
    found = f"{dropped.components}: {dropped.nodes}, {dropped.length_km:.1f} km"
    allowed = f"≤ {SMALL_SHARE * total:.1f} km"
    return (Problem("roads.dropped", file, found=found, allowed=allowed, severity="warning"),)


@dataclass(frozen=True, slots=True)
class _Side:
    """A directed edge to be: its way, id, vertices in driving order, and the direction."""

    way: Way
    edge_id: str
    part: Sequence[int]
    ahead: bool


def _split(ways: Sequence[Way], n_vertices: int) -> list[tuple[Way, list[Sequence[int]]]]:
    """Parts of every way between vertices that another way (or the same one again) uses too."""
    used = np.zeros(n_vertices, dtype=np.int64)
    for way in ways:
        np.add.at(used, np.asarray(way.vertices), 1)
    split: list[tuple[Way, list[Sequence[int]]]] = []
    for way in ways:
        parts, begin, last = [], 0, len(way.vertices) - 1
        for i in range(1, last + 1):
            if used[way.vertices[i]] > 1 or i == last:
                parts.append(way.vertices[begin : i + 1])
                begin = i
        split.append((way, parts))
    return split


def _sides(split: Sequence[tuple[Way, list[Sequence[int]]]]) -> list[_Side]:
    sides: list[_Side] = []
    for way, parts in split:
        for k, part in enumerate(parts):
            name = way.id if len(parts) == 1 else f"{way.id}.{k}"
            if way.forward:
                sides.append(_Side(way, name, part, True))
            if way.backward:
                sides.append(_Side(way, f"{name}-", part[::-1], False))
    return sides


def _columns(sides: Sequence[_Side], node_of: Mapping[int, int], course: Polylines) -> Edges:
    roads = [side.way.road for side in sides]
    against = [0 if side.ahead else 1 for side in sides]
    pairs = list(zip(roads, against, strict=True))
    measured = course_length_mm(course)
    given = np.array([road.length_mm for road in roads], np.int64)
    return Edges(
        ids=tuple(side.edge_id for side in sides),
        from_node=np.array([node_of[side.part[0]] for side in sides], np.int32),
        to_node=np.array([node_of[side.part[-1]] for side in sides], np.int32),
        speed_kmh_x10=np.array([road.speed_kmh_x10[k] for road, k in pairs], np.int32),
        length_mm=np.where(given > 0, given, measured),
        lanes=np.array([road.lanes[k] for road, k in pairs], np.int16),
        capacity_pcu_h=np.array([road.capacity_pcu_h for road in roads], np.int32),
        width_mm=np.array([road.width_mm for road in roads], np.int32),
        height_limit_mm=np.array([road.height_limit_mm for road in roads], np.int32),
        weight_limit_kg=np.array([road.weight_limit_kg for road in roads], np.int32),
        coach_ok=np.array([road.coach_ok for road in roads], np.int8),
        bridge=np.array([road.bridge for road in roads], np.bool_),
        low_water_bridge=np.array([road.low_water_bridge for road in roads], np.bool_),
        deck_mm=np.array([road.deck_mm for road in roads], np.int64),
        passing_place_m=np.array([road.passing_place_m for road in roads], np.int32),
        names=tuple(road.name for road in roads),
        road_class=tuple(road.road_class for road in roads),
    )
