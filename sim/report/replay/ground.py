"""What does not change while a night is played: roads as lines, places, rivers, names.

Positions are whole decimetres east and north of the south-west corner, so that they fit small
arrays on the page; both directions of a road are one line.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.io.crs import to_work
from sim.report.replay.pack import pack
from sim.report.replay.road_lines import Lines, no_lines, road_lines, road_ranks
from sim.roads.network import Network
from sim.schema.base import Name
from sim.schema.hazard_kinds import watercourses
from sim.texts.report import Lang
from sim.world import World
from sim.world_tables import work_xy

Int64 = NDArray[np.int64]
Float = NDArray[np.float64]

NAMED_SHELTERS = 12
"""Larger shelters whose names are always tried first on the map."""


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
        return no_lines() if self.roads is None else road_lines(self.roads)

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
        ranks = lines.edge if self.roads is None else road_ranks(self.roads, lines)
        x, y = self.dm(lines.x, lines.y)
        east, north = self.dm(self.east, self.north)
        return {
            "lines": {"start": pack(lines.start, "u4"), "x": pack(x, "i4"), "y": pack(y, "i4"),
                      "rank": pack(ranks, "u1")},
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

    @cached_property
    def rivers(self) -> list[River]:
        """Rivers and streams along which a flood runs, alone or as a part of the danger."""
        spec, crs = self.world.spec.hazard, self.world.spec.crs.hazard
        work = self.world.folder.work_crs
        found = []
        for river in watercourses(spec):
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
