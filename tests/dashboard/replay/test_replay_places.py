"""Where things are drawn: on the roads, from the place of departure to that of arrival."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from replay_kit import Replayed

from sim.log import Kind
from sim.report.replay.pack import unpack
from sim.report.replay.road_lines import BEND_M
from sim.roads.network import Network


def _ways(night: Replayed) -> list[np.ndarray]:
    """Vertices of every way as the page joins them, decimetres."""
    ways, lines = night.night["ways"], night.map["map"]["lines"]
    start, coded = unpack(ways["start"]), unpack(ways["line"])
    first, x, y = unpack(lines["start"]), unpack(lines["x"]), unpack(lines["y"])
    found = []
    for a, b in pairwise(start.tolist()):
        parts = []
        for code in coded[a:b].tolist():
            rows = slice(int(first[code >> 1]), int(first[(code >> 1) + 1]))
            part = np.column_stack([x[rows], y[rows]]).astype(np.int64)
            parts.append(part[::-1] if code & 1 else part)
        found.append(parts)
    return found


def test_ways_are_unbroken(yunling_night: Replayed) -> None:
    """Each line of a way begins where the one before it ended: nobody jumps."""
    for parts in _ways(yunling_night):
        for before, after in pairwise(parts):
            assert (before[-1] == after[0]).all()


def test_drives_begin_and_end_where_the_mover_stands(yunling_night: Replayed) -> None:
    """A segment on a way starts at its first point and ends at its last."""
    ways = _ways(yunling_night)
    for name in ("vehicles", "boats"):
        names = ("way", "x", "y", "x1", "y1")
        way, x, y, x1, y1 = (yunling_night.column(name, c) for c in names)
        driven = np.flatnonzero(way >= 0)
        assert len(driven)
        for row in driven.tolist():
            parts = ways[int(way[row])]
            assert tuple(parts[0][0]) == (x[row], y[row])
            assert tuple(parts[-1][-1]) == (x1[row], y1[row])


def test_positions_lie_on_roads(yunling_night: Replayed) -> None:
    """Points along the ways at five moments are on a road of the scenario, bends aside."""
    roads = yunling_night.player.world.roads
    assert isinstance(roads, Network)
    courses = [
        shapely.linestrings(
            np.column_stack([
                roads.sample_x[roads.sample_start[e] : roads.sample_start[e + 1]],
                roads.sample_y[roads.sample_start[e] : roads.sample_start[e + 1]],
            ])
        )
        for e in range(roads.n_edges)
    ]  # fmt: skip
    tree = shapely.STRtree(courses)
    corner = np.array(yunling_night.ground.corner)
    points = []
    for parts in _ways(yunling_night)[::7]:
        line = shapely.linestrings(np.concatenate(parts) / 10 + corner)
        points += [
            shapely.line_interpolate_point(line, s, normalized=True) for s in (0.1, 0.5, 0.9)
        ]
    away = [float(courses[int(tree.nearest(p))].distance(p)) for p in points]
    assert max(away) <= BEND_M + 0.2


def test_shares_of_time_grow_along_a_way(yunling_night: Replayed) -> None:
    """On a way time only goes on, and the way ends when its time is over."""
    ways = yunling_night.night["ways"]
    start, share = unpack(ways["start"]).tolist(), unpack(ways["share"]).astype(np.int64)
    for a, b in pairwise(start):
        assert (np.diff(share[a:b]) >= 0).all()
        assert share[b - 1] == 65_535


def test_vehicles_arrive_when_the_log_says(yunling_night: Replayed) -> None:
    """Every arrival (a KM record of some length) is the end of a drive on the map."""
    ends = set()
    start, t1, way = (yunling_night.column("vehicles", c) for c in ("start", "t1", "way"))
    for vehicle in range(len(start) - 1):
        rows = np.arange(start[vehicle], start[vehicle + 1])
        ends |= {(vehicle, int(t1[row])) for row in rows if way[row] >= 0}
    arrivals = {
        (who, t) for t, _, who, _, metres in yunling_night.log.of(Kind.KM).tolist() if metres > 0
    }
    assert arrivals <= ends
