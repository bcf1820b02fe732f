"""The roads of a new scenario: copied under the contract's names, and where coaches may stop."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.io.crs import to_lonlat, to_work
from sim.io.layers import FloatArray
from sim.io.roads_minutes import MinutesReport
from sim.io.roads_osm import OSM_ENDINGS
from sim.io.roads_read import read_roads
from sim.io.roads_vector import VECTOR_ENDINGS
from sim.io.roads_ways import ImportReport, RoadFile
from sim.io.snap import snap
from sim.roads.components import label_components
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import COACH_UNKNOWN, COACH_YES, Network, subnetwork
from sim.roads.passability import allowed_edges, speed_table, vehicle_classes
from sim.roads.routing import edge_costs, tree_to
from sim.schema.problems import InputError, Problem

FAST_ROADS = ("motorway", "motorway_link", "trunk", "trunk_link")
EXIT_ROADS = ("motorway", "trunk", "primary", "secondary", "tertiary")
EDGE_SHARE = 0.08
"""A road end this near to the edge of the map (share of its smaller side) leaves the map."""

APART_SHARE = 0.2
"""Exits lie at least this share of the smaller side apart."""

MOST_EXITS = 8
COMPASS = ("E", "NE", "N", "NW", "W", "SW", "S", "SE")

Bool = NDArray[np.bool_]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Exit:
    """A road that leaves the map: node row and name."""

    node: int
    name: str


class Ground:
    """A road network with the questions a new scenario asks of it."""

    def __init__(self, network: Network, work_crs: str) -> None:
        self.network, self.work_crs = network, work_crs
        coach = allowed_edges(network, vehicle_classes()["coach"])
        passable = subnetwork(network, coach, np.ones(network.n_nodes, dtype=np.bool_))
        self.coach_nodes: Bool = label_components(passable, strong=True) == 0
        self.coach_nodes &= np.bincount(passable.edge_from, minlength=network.n_nodes) > 0
        if not self.coach_nodes.any():
            raise InputError([Problem("new.no_coach_road", "roads.*")])
        rank = {name: k for k, name in enumerate(EXIT_ROADS)}
        self._rank = np.full(network.n_nodes, len(EXIT_ROADS), dtype=np.int64)
        fast = np.zeros(network.n_nodes, dtype=np.bool_)
        for edge, cls in enumerate(network.road_class):
            ends = [int(network.edge_from[edge]), int(network.edge_to[edge])]
            own = rank.get(cls.removesuffix("_link"), len(EXIT_ROADS))
            self._rank[ends] = np.minimum(self._rank[ends], own)
            fast[ends] |= cls in FAST_ROADS
        self.stops: Bool = self.coach_nodes & ~fast
        if not self.stops.any():
            self.stops = self.coach_nodes

    def work(self, lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
        """WGS 84 in the working system."""
        return to_work(lon, lat, "EPSG:4326", self.work_crs)

    def nearest_stop(self, x: FloatArray, y: FloatArray) -> Rows:
        """Node rows nearest to points where a coach can halt."""
        return snap(x, y, self.network, self.stops)[0].astype(np.int64)

    def nearest_reached(self, x: FloatArray, y: FloatArray) -> Rows:
        """Node rows nearest to points that a coach can enter and leave."""
        return snap(x, y, self.network, self.coach_nodes)[0].astype(np.int64)

    def lonlat(self, nodes: Sequence[int] | Rows) -> tuple[FloatArray, FloatArray]:
        """WGS 84 positions of nodes."""
        rows = np.asarray(nodes, dtype=np.int64)
        return to_lonlat(self.network.node_x[rows], self.network.node_y[rows], self.work_crs)

    def exits(self, depth_mm: NDArray[np.int32]) -> list[Exit]:
        """Main roads near the edge of the map, dry at the maximum, well apart.

        depth_mm: greatest depth at every node. The best road class first, then the outermost.
        """
        x, y = self.network.node_x, self.network.node_y
        box = (x.min(), x.max(), y.min(), y.max())
        smaller = min(box[1] - box[0], box[3] - box[2])
        inward = np.minimum.reduce([x - box[0], box[1] - x, y - box[2], box[3] - y])
        able = self.coach_nodes & (depth_mm == 0) & (inward <= EDGE_SHARE * smaller)
        able &= self._rank < len(EXIT_ROADS)
        rows = np.flatnonzero(able)
        chosen: list[int] = []
        for node in rows[np.lexsort((rows, np.rint(inward[rows]), self._rank[rows]))].tolist():
            gaps = [np.hypot(x[node] - x[other], y[node] - y[other]) for other in chosen]
            if all(gap >= APART_SHARE * smaller for gap in gaps):
                chosen.append(node)
        middle = ((box[0] + box[1]) / 2, (box[2] + box[3]) / 2)
        return [Exit(node, self._exit_name(node, middle)) for node in chosen[:MOST_EXITS]]

    def _exit_name(self, node: int, middle: tuple[float, float]) -> str:
        net = self.network
        turn = np.arctan2(net.node_y[node] - middle[1], net.node_x[node] - middle[0])
        side = COMPASS[round(float(turn) / (np.pi / 4)) % 8]
        edges = net.out_edge[net.out_start[node] : net.out_start[node + 1]].tolist()
        edges.sort(key=lambda edge: (net.road_class[edge] not in EXIT_ROADS, edge))
        names = [net.names[edge] for edge in edges if net.names[edge]]
        return f"{names[0] if names else net.road_class[edges[0]]} ({side})"

    def nearest_exit(self, nodes: Rows, exits: Sequence[Exit]) -> Rows:
        """Row of the exit reached first by car from every node; -1 where none is."""
        car = vehicle_classes()["car"]
        cost = edge_costs(self.network, speed_table(car), allowed=allowed_edges(self.network, car))
        away = np.stack([tree_to(self.network, item.node, cost).dist_ms[nodes] for item in exits])
        best: Rows = np.argmin(away, axis=0)
        return np.where(away.min(axis=0) < NEVER, best, -1)


def copy_roads(source: Path, folder: Path, crs: tuple[str, str]) -> tuple[Ground, str]:
    """Roads of any kind into the folder, and the coordinate system they have there.

    Tables of other tools are written anew in our columns. crs: of the roads, and the working one.

    Raises:
        InputError: every problem of the file.
    """
    if not source.is_file():
        raise InputError([Problem("file.missing", source.name)])
    roads_crs, work_crs = crs
    try:
        roads, report = read_roads(source, RoadFile(source.name, roads_crs, work_crs), foreign=True)
    except ValueError as error:
        raise InputError([Problem("roads.unreadable", source.name, found=str(error))]) from error
    if not isinstance(roads, Network) or not isinstance(report, ImportReport):
        problem = Problem("new.unknown_format", source.name, allowed="--minutes")
        raise InputError([problem])
    name = source.name.lower()
    ending = next((e for e in (*OSM_ENDINGS, *VECTOR_ENDINGS) if name.endswith(e)), None)
    if ending is None:
        _write_tables(roads, folder, work_crs)
        return Ground(roads, work_crs), "EPSG:4326"
    ending = ".osm.pbf" if ending == ".pbf" else ending
    shutil.copyfile(source, folder / f"roads{ending}")
    for beside in (".dbf", ".shx", ".prj", ".cpg"):
        if ending == ".shp" and source.with_suffix(beside).is_file():
            shutil.copyfile(source.with_suffix(beside), folder / f"roads{beside}")
    return Ground(roads, work_crs), roads_crs


def copy_minutes(source: Path, folder: Path) -> MinutesMatrix:
    """A travel-time matrix into the folder.

    Raises:
        InputError: every problem of the file.
    """
    if not source.is_file():
        raise InputError([Problem("file.missing", source.name)])
    packed = source.name.lower().endswith(".gz")
    target = folder / ("minutes.csv.gz" if packed else "minutes.csv")
    shutil.copyfile(source, target)
    matrix, report = read_roads(target, RoadFile(target.name, "", ""))
    if not isinstance(matrix, MinutesMatrix) or not isinstance(report, MinutesReport):
        raise InputError([Problem("new.unknown_format", source.name, allowed="minutes.csv")])
    return matrix


def _write_tables(network: Network, folder: Path, work_crs: str) -> None:
    """nodes.csv and edges.csv in WGS 84, one row per direction; straight between the nodes."""
    lon, lat = to_lonlat(network.node_x, network.node_y, work_crs)
    x, y = np.round(lon, 7), np.round(lat, 7)
    with (folder / "nodes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "x", "y"])
        writer.writerows(zip(network.node_ids, x.tolist(), y.tolist(), strict=True))
    heads = [
        "id", "from_node", "to_node", "oneway", "length_m", "speed_kmh", "lanes",
        "capacity_pcu_h", "width_m", "height_limit_m", "weight_limit_t", "coach_ok", "bridge",
        "low_water_bridge", "name", "road_class",
    ]  # fmt: skip
    with (folder / "edges.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(_edge(network, edge) for edge in range(network.n_edges))


def _edge(network: Network, edge: int) -> list[object]:
    def metres(value: int) -> object:
        return value / 1000 if value else ""

    coach = int(network.coach_ok[edge])
    return [
        network.edge_ids[edge],
        network.node_ids[network.edge_from[edge]],
        network.node_ids[network.edge_to[edge]],
        "yes",
        int(network.length_mm[edge]) / 1000,
        int(network.speed_kmh_x10[edge]) / 10,
        int(network.lanes[edge]),
        int(network.capacity_pcu_h[edge]) or "",
        metres(int(network.width_mm[edge])),
        metres(int(network.height_limit_mm[edge])),
        metres(int(network.weight_limit_kg[edge])),
        "" if coach == COACH_UNKNOWN else "yes" if coach == COACH_YES else "no",
        "yes" if network.bridge[edge] else "no",
        "yes" if network.low_water_bridge[edge] else "no",
        network.names[edge],
        network.road_class[edge],
    ]
