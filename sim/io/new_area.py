"""Clearing a drawn area: who lives in it, and by which roads it is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from sim.io.new_hazard import Point
from sim.io.new_people import Homes
from sim.io.new_roads import EXIT_ROADS, Exit, Ground
from sim.schema.problems import InputError, Problem

MOST_EXITS = 20
EXITS_APART_M = 200.0
"""Two ways out nearer than this count as one: their queues are the same junction's."""

Bool = NDArray[np.bool_]


class Area:
    """A ring of longitude and latitude (WGS 84) that is to be cleared."""

    def __init__(self, ring: Sequence[Point]) -> None:
        if len(set(ring)) < 3:
            raise InputError([Problem("area.too_few", "area", found=len(set(ring)), allowed="≥ 3")])
        shape = shapely.Polygon(ring)
        if not shape.is_valid or shape.area == 0:
            raise InputError([Problem("area.crossed", "area")])
        self.shape = shape
        shapely.prepare(self.shape)

    def holds(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Bool:
        """Which points lie inside."""
        inside: Bool = shapely.contains_xy(self.shape, lon, lat)
        return inside

    def homes(self, homes: Homes) -> Homes:
        """The homes inside.

        Raises:
            InputError: nobody lives there.
        """
        rows = np.flatnonzero(self.holds(homes.lon, homes.lat))
        if not len(rows):
            raise InputError([Problem("area.nobody", "area")])
        return replace(
            homes,
            ids=tuple(homes.ids[i] for i in rows),
            names=tuple(homes.names[i] for i in rows),
            towns=tuple(homes.towns[i] for i in rows),
            persons=homes.persons[rows],
            lon=homes.lon[rows],
            lat=homes.lat[rows],
            node=tuple(homes.node[i] for i in rows),
        )

    def exits(self, ground: Ground) -> list[Exit]:
        """First junctions outside the area on roads that lead out of it, the main ones first.

        Raises:
            InputError: no road on which a coach can go leads out.
        """
        net = ground.network
        inside = self.holds(*ground.lonlat(np.arange(net.n_nodes)))
        out = inside[net.edge_from] & ~inside[net.edge_to]
        out &= ground.coach_nodes[net.edge_from] & ground.coach_nodes[net.edge_to]
        rank = {name: k for k, name in enumerate(EXIT_ROADS)}
        edges = sorted(
            np.flatnonzero(out).tolist(),
            key=lambda e: (rank.get(net.road_class[e].removesuffix("_link"), len(rank)), e),
        )
        chosen: list[Exit] = []
        for edge in edges:
            node = int(net.edge_to[edge])
            gaps = [
                np.hypot(
                    net.node_x[node] - net.node_x[e.node], net.node_y[node] - net.node_y[e.node]
                )
                for e in chosen
            ]
            if all(gap >= EXITS_APART_M for gap in gaps):
                name = net.names[edge] or net.road_class[edge] or net.edge_ids[edge]
                chosen.append(Exit(node, f"{name} ({len(chosen) + 1})"))
        if not chosen:
            raise InputError([Problem("area.no_way_out", "area")])
        return chosen[:MOST_EXITS]
