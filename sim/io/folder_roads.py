"""The roads of a scenario folder, or straight lines where there are none (marked 估算)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from sim.io.coordinates import PlaceLayer
from sim.io.folder_files import FolderFiles
from sim.io.roads_minutes import MinutesReport
from sim.io.roads_osm import OSM_ENDINGS
from sim.io.roads_read import TABLE_ENDINGS, find_roads, read_roads
from sim.io.roads_vector import VECTOR_ENDINGS
from sim.io.roads_ways import ImportReport, RoadFile
from sim.io.tables import Table
from sim.roads.minutes import MinutesMatrix, straight_line_matrix
from sim.roads.network import Network
from sim.schema.problems import InputError, Problem
from sim.schema.scenario import ScenarioSpec

ESTIMATED_SPEED_KMH = 30.0
"""Speed on straight lines that stand in for roads (judgement: county and village roads mixed)."""

MOST_ESTIMATED = 3000
"""Places beyond which a full table of straight lines no longer fits an office computer."""

Roads = Network | MinutesMatrix
Report = ImportReport | MinutesReport


@dataclass(frozen=True)
class FolderRoads:
    """What was read: the roads, the importer's report, and the tables with their nodes."""

    roads: Roads
    report: Report | None
    tables: dict[str, Table]
    problems: tuple[Problem, ...]


def has_roads(files: FolderFiles) -> bool:
    """Whether the folder holds a road file at all."""
    return any(_is_road_file(name) for name in files.names())


def _is_road_file(name: str) -> bool:
    endings = (*OSM_ENDINGS, *VECTOR_ENDINGS)
    stems = tuple(f"{stem}{e}" for stem in ("edges", "minutes") for e in TABLE_ENDINGS)
    return name in stems or any(name == f"roads{ending}" for ending in endings)


def read_folder_roads(files: FolderFiles, spec: ScenarioSpec, work_crs: str) -> FolderRoads:
    """The network or matrix of the folder.

    Raises:
        InputError: every problem of the road files.
    """
    path = find_roads(files.root)
    _note_files(files)
    network = not path.name.startswith("minutes")
    if network and not work_crs:
        raise InputError([Problem("crs.work_unknown", "scenario.yaml", None, "crs.work")])
    source = RoadFile(
        path.name, spec.crs.roads, work_crs, keep_all=spec.roads.keep_components == "all"
    )
    try:
        roads, report = read_roads(path, source)
    except ValueError as error:  # coordinates that no system expresses
        problem = Problem("roads.unreadable", path.name, found=str(error))
        raise InputError([problem]) from error
    if spec.roads.kind == "minutes" and network:
        problem = Problem(
            "roads.kind", "scenario.yaml", None, "roads.kind", path.name, "minutes.csv"
        )
        raise InputError([problem])
    return FolderRoads(roads, report, {}, report.problems)


def _note_files(files: FolderFiles) -> None:
    """Every road file and its companions belong to the input hash and must be readable."""
    before = len(files.problems)
    for name in files.names():
        if name.startswith("roads.") or name.partition(".")[0] in ("nodes", "edges", "minutes"):
            files.path(name)
    if files.problems[before:]:
        raise InputError(files.problems[before:])


def straight_lines(
    tables: Mapping[str, Table], layers: list[PlaceLayer], spec: ScenarioSpec, work_crs: str
) -> FolderRoads:
    """Straight line × detour between all places, at one speed; every place is its own node.

    Raises:
        InputError: no place has coordinates, or there are too many places.
    """
    count = sum(len(part.index) for part in layers)
    if not count:
        raise InputError([Problem("roads.nothing", "roads.*")])
    if count > MOST_ESTIMATED:
        problem = Problem("roads.too_many_estimated", "roads.*", None, None, count, MOST_ESTIMATED)
        raise InputError([problem])
    ids: list[str] = []
    changed = dict(tables)
    for part in layers:
        table = tables[part.table]
        rows = list(table.rows)
        for i in part.index:
            node = f"{part.table}/{getattr(rows[i], 'id', i)}"
            rows[i] = rows[i].model_copy(update={"node": node})
            ids.append(node)
        changed[part.table] = replace(table, rows=tuple(rows))
    points = [part.work(work_crs) for part in layers]
    xy = np.column_stack([np.concatenate([p[axis] for p in points]) for axis in (0, 1)])
    matrix = straight_line_matrix(ids, xy, ESTIMATED_SPEED_KMH, spec.roads.missing_detour)
    note = Problem(
        "roads.estimated", "roads.*", found=f"× {spec.roads.missing_detour:g}",
        allowed=f"{ESTIMATED_SPEED_KMH:g} km/h", severity="warning",
    )  # fmt: skip
    return FolderRoads(matrix, None, changed, (note,))
