"""What does not change while a night is played: roads as lines, places, rivers, names.

Positions are whole decimetres east and north of the south-west corner, so that they fit small
arrays on the page; both directions of a road are one line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from sim.io.crs import to_work
from sim.report.replay.pack import narrowest, pack
from sim.roads.network import Network
from sim.schema.base import Name
from sim.schema.hazard import FlashFloodSpec, RiverFloodSpec, Watercourse
from sim.texts.report import Lang
from sim.world import World
from sim.world_build import work_xy

Int64 = NDArray[np.int64]
Float = NDArray[np.float64]

ROAD_RANKS = (
    ("motorway", "trunk", "primary"),
    ("secondary", "tertiary"),
)
"""Road classes by how they are drawn; everything else is a small road."""

BEND_M = 2.0
"""Points of a road that lie this close to the line through their neighbours are left out."""

NAMED_SHELTERS = 12
"""Larger shelters whose names are always tried first on the map."""


@dataclass(frozen=True)
class Lines:
    """Roads drawn once for both directions.

    Attributes:
        of_edge: line of every directed edge, int64[n_edges].
        reversed: whether the edge runs against its line, bool[n_edges].
        edge: the edge from which each line was made, int64[n_lines].
        start, x, y: vertices start[k] to start[k + 1] of line k, metres.
    """

    of_edge: Int64
    reversed: NDArray[np.bool_]
    edge: Int64
    start: Int64
    x: Float
    y: Float


class River(NamedTuple):
    """A river: id, name, course in decimetres from the corner."""

    id: str
    name: Name | None
    x: Int64
    y: Int64


class Ground:
    """The map under the night, made once per World.

    ``east``, ``north``: position of every place in metres; where nobody knows it, the road node
    it belongs to, and without roads a circle that stands for "somewhere".
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.roads = world.roads if isinstance(world.roads, Network) else None
        self.east, self.north = _positions(world)

    @cached_property
    def lines(self) -> Lines:
        """The roads; no line at all for a travel-time matrix."""
        if self.roads is None:
            row, point = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64)
            never = np.zeros(0, dtype=np.bool_)
            return Lines(row, never, row, np.zeros(1, dtype=np.int64), point, point)
        return _lines(self.roads)

    @cached_property
    def corner(self) -> tuple[float, float]:
        """South-west corner (m)."""
        x = np.concatenate([self.east, self.lines.x])
        y = np.concatenate([self.north, self.lines.y])
        return float(np.floor(x.min())), float(np.floor(y.min()))

    def dm(self, x: Float, y: Float) -> tuple[Int64, Int64]:
        """Metres as whole decimetres from the corner."""
        return (
            np.rint((x - self.corner[0]) * 10).astype(np.int64),
            np.rint((y - self.corner[1]) * 10).astype(np.int64),
        )

    def node_dm(self, nodes: Int64) -> tuple[Int64, Int64]:
        """Road nodes; without roads the first place of the node."""
        if self.roads is not None:
            return self.dm(self.roads.node_x[nodes], self.roads.node_y[nodes])
        first = {node: i for i, node in reversed(list(enumerate(self.world.places.node.tolist())))}
        rows = np.array([first.get(int(node), 0) for node in nodes], dtype=np.int64)
        return self.dm(self.east[rows], self.north[rows])

    def packed(self, lang: Lang) -> dict[str, Any]:
        """Roads, places and rivers for the page."""
        lines = self.lines
        x, y = self.dm(lines.x, lines.y)
        east, north = self.dm(self.east, self.north)
        return {
            "lines": {"start": pack(lines.start, "u4"), "x": pack(x, "i4"), "y": pack(y, "i4"),
                      "rank": pack(self._ranks(), "u1")},
            "places": {"x": pack(east, "i4"), "y": pack(north, "i4"),
                       "names": list(self.world.places.names)},
            "homes": pack(np.unique(self.world.parties.home), "u4"),
            "names": self._names(lang),
        }  # fmt: skip

    @cached_property
    def placed_gauges(self) -> Int64:
        """Rows of the river gauges whose position is known."""
        x, y = work_xy(self.world.folder, self.world.level_gauges)
        return np.flatnonzero(~np.isnan(x) & ~np.isnan(y))

    def gauge_points(self) -> dict[str, Any]:
        """Positions and names of those gauges."""
        rows, gauges = self.placed_gauges, self.world.level_gauges
        x, y = work_xy(self.world.folder, gauges)
        east, north = self.dm(x[rows], y[rows])
        names = [gauges[row].name or gauges[row].id for row in rows.tolist()]
        return {"x": pack(east, "i4"), "y": pack(north, "i4"), "names": names}

    def _ranks(self) -> Int64:
        """0 main road, 1 country road, 2 small road; per line."""
        if self.roads is None:
            return np.zeros(0, dtype=np.int64)
        rank = {name: r for r, names in enumerate(ROAD_RANKS) for name in names}
        classes = self.roads.road_class
        found = [rank.get(classes[e].removesuffix("_link"), 2) for e in self.lines.edge.tolist()]
        return np.array(found, dtype=np.int64)

    @cached_property
    def rivers(self) -> list[River]:
        """Rivers a parametric flood runs along."""
        spec, crs = self.world.spec.hazard, self.world.spec.crs.hazard
        work = self.world.folder.work_crs
        rivers: Sequence[Watercourse] = ()
        if isinstance(spec, RiverFloodSpec):
            rivers = spec.rivers
        elif isinstance(spec, FlashFloodSpec):
            rivers = spec.streams
        found = []
        for river in rivers:
            points = np.array(river.course, dtype=np.float64)
            x, y = self.dm(*to_work(points[:, 0], points[:, 1], crs or work, work))
            found.append(River(river.id, river.name, x, y))
        return found

    def river_shapes(self) -> dict[str, Any]:
        """Courses of the rivers for the page."""
        none = np.zeros(0, dtype=np.int64)
        return {
            "start": pack(np.cumsum([0, *(len(river.x) for river in self.rivers)]), "u4"),
            "x": pack(np.concatenate([none, *(river.x for river in self.rivers)]), "i4"),
            "y": pack(np.concatenate([none, *(river.y for river in self.rivers)]), "i4"),
        }

    def _names(self, lang: Lang) -> list[dict[str, Any]]:
        """Names to write on the map, the most important first: townships, rivers, shelters."""
        world = self.world
        of: dict[str, list[int]] = {}
        for home, row in enumerate(world.homes.rows):
            township = getattr(row, "township", "")
            if township:
                of.setdefault(township, []).append(home)
        x, y = self.dm(self.east, self.north)
        towns = sorted(of.items(), key=lambda item: -len(item[1]))
        names = [
            {"text": name, "x": int(np.median(x[rows])), "y": int(np.median(y[rows])), "rank": 0}
            for name, rows in towns
        ]
        for river in self.rivers:
            if river.name is not None:
                # where a river is joined names would crowd: a third of the way down is free
                at, text = len(river.x) // 3, river.name.text(lang)
                where = {"x": int(river.x[at]), "y": int(river.y[at])}
                names.append({"text": text, **where, "rank": 2})
        larger = [i for i, row in enumerate(world.shelters) if row.kind == "larger"]
        larger.sort(key=lambda i: -world.shelters[i].capacity)
        for place in (world.shelter_place + i for i in larger[:NAMED_SHELTERS]):
            text = world.places.names[place]
            names.append({"text": text, "x": int(x[place]), "y": int(y[place]), "rank": 1})
        return names


def line_kind(lines: Lines) -> str:
    """Type that holds a line number with its direction."""
    return narrowest(2 * len(lines.edge) + 1)


def _positions(world: World) -> tuple[Float, Float]:
    places = world.places
    east, north = places.x.copy(), places.y.copy()
    unknown = np.isnan(east) | np.isnan(north)
    if isinstance(world.roads, Network):
        node = places.node[unknown]
        east[unknown], north[unknown] = world.roads.node_x[node], world.roads.node_y[node]
    elif unknown.any():
        angle = 2 * np.pi * np.arange(int(unknown.sum())) / int(unknown.sum())
        known = ~unknown
        middle = (east[known].mean(), north[known].mean()) if known.any() else (0.0, 0.0)
        radius = max(1000.0, float(np.ptp(east[known])) if known.any() else 0.0)
        east[unknown] = middle[0] + radius * np.cos(angle)
        north[unknown] = middle[1] + radius * np.sin(angle)
    return east, north


def _lines(roads: Network) -> Lines:
    known: dict[tuple[int, int, int, float, float], int] = {}
    of_edge = np.zeros(roads.n_edges, dtype=np.int64)
    against = np.zeros(roads.n_edges, dtype=np.bool_)
    edges: list[int] = []
    ends = zip(roads.edge_from.tolist(), roads.edge_to.tolist(), strict=True)
    for edge, (a, b) in enumerate(ends):
        first, last = int(roads.sample_start[edge]), int(roads.sample_start[edge + 1]) - 1
        # two roads between the same junctions differ in their middle
        mid = (first + last) / 2
        low, high = int(np.floor(mid)), int(np.ceil(mid))
        x = round(float(roads.sample_x[low] + roads.sample_x[high]))
        y = round(float(roads.sample_y[low] + roads.sample_y[high]))
        key = (min(a, b), max(a, b), last - first, x, y)
        if key not in known:
            known[key] = len(edges)
            edges.append(edge)
        line = of_edge[edge] = known[key]
        against[edge] = edges[line] != edge and int(roads.edge_from[edges[line]]) != a
    start, xs, ys = [0], [], []
    for edge in edges:
        rows = slice(int(roads.sample_start[edge]), int(roads.sample_start[edge + 1]))
        course = np.column_stack([roads.sample_x[rows], roads.sample_y[rows]])
        bends = shapely.get_coordinates(shapely.simplify(shapely.linestrings(course), BEND_M))
        xs.append(bends[:, 0])
        ys.append(bends[:, 1])
        start.append(start[-1] + len(bends))
    joined = np.concatenate(xs), np.concatenate(ys)
    row = np.array(edges, dtype=np.int64)
    return Lines(of_edge, against, row, np.array(start, dtype=np.int64), *joined)
