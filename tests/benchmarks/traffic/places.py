"""Real roads: the town of Kampen with its demand, and the Auckland network."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from cases import CAR_SPACE_M, Case, FloatArray, IntArray, Roads, follow, towards
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

REACTION_S = 1.6
"""Gives lanes of 15, 30, 50 and 80 km/h about 1,060, 1,440, 1,680 and 1,860 cars an hour."""


class Ends(NamedTuple):
    """Where links begin and end, and between which places."""

    x: FloatArray
    y: FloatArray
    start: IntArray
    end: IntArray


def make_roads(ends: Ends, length_m: FloatArray, speed_kmh: FloatArray, lanes: IntArray) -> Roads:
    """Links of given length, speed and lanes; very short ones made longer.

    A time-stepping peer needs one step even for the shortest link, so none is shorter than that.
    """
    length = np.maximum(length_m, speed_kmh / 3.6 * REACTION_S)
    return Roads(
        ends.x,
        ends.y,
        ends.start,
        ends.end,
        length,
        np.rint(length * 3600 / speed_kmh).astype(np.int64),
        np.maximum(np.ceil(length * lanes / CAR_SPACE_M), 2 * lanes).astype(np.int64),
        lanes,
        REACTION_S,
    )


def largest_strong(n_nodes: int, start: IntArray, end: IntArray) -> NDArray[np.bool_]:
    """Nodes of the largest part in which everybody can drive everywhere."""
    graph = csr_array((np.ones(len(start)), (start, end)), shape=(n_nodes, n_nodes))
    _, label = connected_components(graph, directed=True, connection="strong")
    return label == np.bincount(label).argmax()


def read_gz(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kampen_roads(folder: Path) -> tuple[Roads, list[bool]]:
    """Drivable roads of Kampen, parallel ways joined into the quickest, and who is a main road."""
    nodes = [n for n in read_gz(folder / "nodes.csv.gz") if n["in_scc"] == "1"]
    row = {n["node_id"]: i for i, n in enumerate(nodes)}
    best: dict[tuple[int, int], tuple[float, float, int, bool]] = {}
    for edge in read_gz(folder / "edges.csv.gz"):
        u, v = row.get(edge["u"]), row.get(edge["v"])
        if u is None or v is None or u == v:
            continue
        speed = float(edge["maxspeed_kmh"])
        lanes = max(1, int(edge["lanes"] or 1) // 2)
        main = edge["highway"].split("_")[0] in ("trunk", "primary", "secondary", "tertiary")
        found = (float(edge["length_m"]), speed, lanes, main)
        if (u, v) not in best or found[0] / speed < best[u, v][0] / best[u, v][1]:
            best[u, v] = found
    pairs = np.array(list(best), np.int64)
    data = np.array(list(best.values()))
    ends = Ends(
        np.array([float(n["x"]) for n in nodes]),
        np.array([float(n["y"]) for n in nodes]),
        pairs[:, 0],
        pairs[:, 1],
    )
    roads = make_roads(ends, data[:, 0], data[:, 1], data[:, 2].astype(np.int64))
    return roads, data[:, 3].astype(bool).tolist()


def with_exits(roads: Roads, doors: list[int]) -> tuple[Roads, list[int]]:
    """An exit node behind each door, on a wide link, so that the road to the door is the limit."""
    n = len(doors)
    at = np.array(doors, np.int64)
    ends = Ends(
        np.concatenate([roads.x, roads.x[at] + 50.0]),
        np.concatenate([roads.y, roads.y[at] + 50.0]),
        at,
        roads.n_nodes + np.arange(n),
    )
    stub = make_roads(ends, np.full(n, 100.0), np.full(n, 80.0), np.full(n, 2, np.int64))
    joined = [
        np.concatenate([getattr(roads, name), getattr(stub, name)])
        for name in ("start", "end", "length_m", "free_ms", "storage", "lanes")
    ]
    return Roads(ends.x, ends.y, *joined, REACTION_S), ends.end.tolist()


def kampen(shared: Path, cars: int = 10_000, hours: float = 3.0, exits: int = 6) -> Case:
    """Cars from where people live in Kampen to a handful of main roads out of the map.

    Origins are drawn by population, departures from a symmetric triangle over the hours, exits by
    how much farther they are than the nearest (a factor e for 5 minutes). Routes are the quickest
    on empty roads.
    """
    folder = shared / "data" / "kampen_flood"
    roads, main = kampen_roads(folder)
    middle_x, middle_y = np.median(roads.x), np.median(roads.y)
    on_main = np.unique(roads.end[np.flatnonzero(main)])
    angle = np.arctan2(roads.y[on_main] - middle_y, roads.x[on_main] - middle_x)
    away = np.hypot(roads.x[on_main] - middle_x, roads.y[on_main] - middle_y)
    sector = np.floor((angle + np.pi) / (2 * np.pi) * exits).astype(int) % exits
    doors = [
        int(on_main[np.flatnonzero(sector == s)[away[sector == s].argmax()]]) for s in range(exits)
    ]
    roads, out = with_exits(roads, doors)
    cells = read_csv(folder / "population_250m.csv")
    people = np.array([float(c["population"]) for c in cells])
    rng = np.random.default_rng(5)
    place = rng.choice(len(cells), cars, p=people / people.sum())
    cx = np.array([float(c["x"]) for c in cells])[place] + rng.uniform(-125, 125, cars)
    cy = np.array([float(c["y"]) for c in cells])[place] + rng.uniform(-125, 125, cars)
    inner = roads.n_nodes - exits
    origin = cKDTree(np.column_stack([roads.x[:inner], roads.y[:inner]])).query(
        np.column_stack([cx, cy])
    )[1]
    depart = (rng.triangular(0, 0.5, 1, cars) * hours * 3_600_000).astype(np.int64)
    trees = [towards(roads, [node]) for node in out]
    minutes = np.array([drive_ms(roads, tree) for tree in trees])[:, origin] / 60_000
    weight = np.exp(-(minutes - minutes.min(axis=0)) / 5.0)
    pick = (weight.cumsum(axis=0) / weight.sum(axis=0) < rng.random(cars)).sum(axis=0)
    trips = follow(roads, trees, pick, origin.astype(np.int64), depart)
    return Case("Kampen", roads, trips)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def drive_ms(roads: Roads, step: IntArray) -> FloatArray:
    """Free driving time from every node along a next-link tree; inf where it leads nowhere."""
    time = np.where(step < 0, 0.0, np.inf)
    has = np.flatnonzero(step >= 0)
    ahead = roads.end[step[has]]
    cost = roads.free_ms[step[has]]
    for _ in range(roads.n_nodes):
        new = time[ahead] + cost
        if np.array_equal(new, time[has]):
            break
        time[has] = new
    return time


def auckland_roads(shared: Path) -> Roads:
    """The Auckland network of the ambulance study: 54,371 nodes, times of ordinary vehicles.

    The file has no road classes: two lanes from 75 km/h, else one.
    """
    path = shared / "data" / "auckland_ems" / "travel__roads__roads.zip"
    with zipfile.ZipFile(path) as file:
        arcs = table(file, "arcs.csv", "arcs,")
        nodes = table(file, "nodes.csv", "nodes,")
    lon, lat = nodes[:, 1], nodes[:, 2]
    metres = 111_320.0
    ends = Ends(
        (lon - lon.mean()) * metres * np.cos(np.radians(lat.mean())),
        (lat - lat.mean()) * metres,
        arcs[:, 1].astype(np.int64) - 1,
        arcs[:, 2].astype(np.int64) - 1,
    )
    length_m = arcs[:, 3] * 1000
    speed = np.clip(length_m / np.maximum(arcs[:, 5] * 86_400, 0.1) * 3.6, 10, 110)
    return compact(make_roads(ends, length_m, speed, np.where(speed >= 75, 2, 1)))


def table(file: zipfile.ZipFile, name: str, mark: str) -> FloatArray:
    """The numbers of one table of a JEMSS file: after the mark and its heading."""
    lines = file.read(name).decode().splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith(mark)) + 2
    columns = 6 if mark == "arcs," else 4
    text = "\n".join(line for line in lines[first:] if line.strip(", "))
    return np.loadtxt(io.StringIO(text), delimiter=",", usecols=range(columns))


def compact(roads: Roads) -> Roads:
    """The largest strongly connected part, loops and slower parallel links left out, nodes along
    a space-filling curve so that neighbours in the town are neighbours in memory."""
    inside = largest_strong(roads.n_nodes, roads.start, roads.end)
    keep = inside[roads.start] & inside[roads.end] & (roads.start != roads.end)
    rows = np.flatnonzero(keep)
    order = np.lexsort((roads.free_ms[rows], roads.end[rows], roads.start[rows]))
    rows = rows[order]
    pair = roads.start[rows] * roads.n_nodes + roads.end[rows]
    rows = rows[np.concatenate([[True], pair[1:] != pair[:-1]])]
    nodes = np.flatnonzero(inside)
    nodes = nodes[np.argsort(morton(roads.x[nodes], roads.y[nodes]), kind="stable")]
    new = np.full(roads.n_nodes, -1, np.int64)
    new[nodes] = np.arange(len(nodes))
    start, end = new[roads.start[rows]], new[roads.end[rows]]
    by_start = np.lexsort((end, start))
    rows, start, end = rows[by_start], start[by_start], end[by_start]
    columns = [getattr(roads, name)[rows] for name in ("length_m", "free_ms", "storage", "lanes")]
    return Roads(roads.x[nodes], roads.y[nodes], start, end, *columns, roads.reaction_s)


def morton(x: FloatArray, y: FloatArray) -> IntArray:
    """Place along a Z-order curve of 2^16 cells a side."""
    code = np.zeros(len(x), np.int64)
    side = max(np.ptp(x), np.ptp(y), 1e-9)
    ix = ((x - x.min()) / side * 65_535).astype(np.int64)
    iy = ((y - y.min()) / side * 65_535).astype(np.int64)
    for bit in range(16):
        code |= ((ix >> bit) & 1) << (2 * bit) | ((iy >> bit) & 1) << (2 * bit + 1)
    return code
