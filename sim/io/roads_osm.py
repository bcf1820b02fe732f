"""OpenStreetMap extracts (.osm, .osm.gz, .osm.bz2, .osm.pbf) → road network."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import osmium

from sim.io.crs import to_work
from sim.io.roads_osm_tags import directions, properties, why_not_a_road
from sim.io.roads_ways import ImportReport, RoadFile, Vertices, Way, network_of_ways
from sim.roads.network import Network
from sim.schema.problems import InputError, Problem

OSM_ENDINGS = (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf")


def read_osm(path: Path, source: RoadFile) -> tuple[Network, ImportReport]:
    """Roads for vehicles of an extract.

    Coordinates of OpenStreetMap are WGS-84, unless source.layer_crs says that the file was drawn
    on a shifted map. Ways cut by the edge of the extract keep what lies inside.

    Raises:
        InputError: the file cannot be read as OpenStreetMap, or holds no road.
    """
    try:
        raw, skipped = _read_ways(path)
        location = _read_nodes(path, raw)
    except (RuntimeError, OSError) as error:
        raise InputError([Problem("roads.unreadable", source.file, found=str(error))]) from error
    ids = sorted(location)
    row = {node: i for i, node in enumerate(ids)}
    ways = []
    for way_id, refs, tags in raw:
        road = properties(tags)
        forward, backward = directions(tags)
        inside = _inside_parts(refs, row)
        if inside != [[row.get(ref, -1) for ref in refs]]:
            skipped["cut_at_border"] = skipped.get("cut_at_border", 0) + 1
        for k, part in enumerate(inside):
            ways.append(Way(f"{way_id}" + (f"_{k}" if k else ""), part, forward, backward, road))
    lonlat = np.array([location[node] for node in ids], dtype=np.float64).reshape(-1, 2)
    if not len(ids):
        raise InputError([Problem("roads.empty", source.file, found=0, allowed="≥ 1")])
    x, y = to_work(lonlat[:, 0], lonlat[:, 1], source.layer_crs, source.work_crs)
    return network_of_ways(ways, Vertices([str(i) for i in ids], x, y), source, skipped)


RawWay = tuple[int, list[int], dict[str, str]]


def _read_ways(path: Path) -> tuple[list[RawWay], dict[str, int]]:
    """Roads with their node ids and tags, and how many lines are none, by reason."""
    roads: list[RawWay] = []
    skipped: Counter[str] = Counter()
    lines = osmium.FileProcessor(str(path), osmium.osm.WAY)
    for way in lines.with_filter(osmium.filter.KeyFilter("highway")):
        if not isinstance(way, osmium.osm.Way):
            continue
        tags = {tag.k: tag.v for tag in way.tags}
        reason = why_not_a_road(tags)
        if reason is not None:
            skipped[reason] += 1
            continue
        refs = [node.ref for node in way.nodes]
        refs = [ref for i, ref in enumerate(refs) if i == 0 or ref != refs[i - 1]]
        if len(refs) < 2:
            skipped["single_point"] += 1
            continue
        roads.append((way.id, refs, tags))
    roads.sort(key=lambda road: road[0])
    return roads, dict(sorted(skipped.items()))


def _read_nodes(path: Path, roads: list[RawWay]) -> dict[int, tuple[float, float]]:
    """Longitude and latitude of every node a road uses and the file holds.

    A plain set of ids: the library's own filter keeps one bit for every id up to the largest,
    nearly a gigabyte for today's ids however small the extract.
    """
    needed = {ref for _, refs, _ in roads for ref in refs}
    return {
        node.id: (node.location.lon, node.location.lat)
        for node in osmium.FileProcessor(str(path), osmium.osm.NODE)
        if node.id in needed and isinstance(node, osmium.osm.Node) and node.location.valid()
    }


def _inside_parts(refs: list[int], row: dict[int, int]) -> list[list[int]]:
    """Stretches of a way whose nodes are in the file, as vertex rows, at least two each."""
    parts: list[list[int]] = [[]]
    for ref in refs:
        if ref in row:
            parts[-1].append(row[ref])
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if len(part) > 1]
