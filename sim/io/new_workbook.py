"""A scenario folder from the filled template: workbook or single tables, roads and water beside."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.io.coordinates import place_layers
from sim.io.crs import choose_work_crs, to_lonlat
from sim.io.folder_files import FolderFiles
from sim.io.folder_tables import WORKBOOK, read_tables
from sim.io.new_files import write_plans, write_scenario
from sim.io.new_hazard import new_hazard
from sim.io.new_plans import first_plans
from sim.io.new_points import stated_crs
from sim.io.new_roads import copy_minutes, copy_roads
from sim.io.new_scenario import CLOCK_START, HORIZON_MIN, WATER_AT
from sim.io.roads_osm import OSM_ENDINGS
from sim.schema.problems import InputError, Problem
from sim.schema.tables import TABLES
from sim.texts.labels import TABLE_NAMES
from sim.texts.new_scenario import Assumption


@dataclass(frozen=True)
class FilledTables:
    """What was filled in. tables: one workbook, or CSV files named after their table."""

    tables: Sequence[Path]
    roads: Path | None = None
    hazard: Path | None = None


def new_from_tables(
    folder: Path, files: FilledTables, crs: Mapping[str, str]
) -> tuple[Assumption, ...]:
    """Make the folder; what its tables say is judged by ``load_scenario`` afterwards.

    Args:
        folder: to be made; it must not exist.
        crs: coordinate systems of the layers ``tables``, ``roads``, ``hazard``.

    Raises:
        InputError: a file cannot be used; nothing is left behind.
    """
    folder.mkdir(parents=True)
    try:
        return _make(folder, files, crs)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _make(folder: Path, files: FilledTables, crs: Mapping[str, str]) -> tuple[Assumption, ...]:
    names = _table_files(files.tables)
    stated = stated_crs(crs, "tables", next(iter(names), WORKBOOK))
    for name, path in names.items():
        shutil.copyfile(path, folder / name)
    said: list[Assumption] = []
    roads_crs, kind = "EPSG:4326", "roads"
    if files.roads is None:
        said.append(Assumption("straight", {}))
    elif files.roads.name.startswith("minutes."):
        copy_minutes(files.roads, folder)
        said.append(Assumption("minutes", {"file": files.roads.name}))
        kind = "minutes"
    else:
        osm = "EPSG:4326" if files.roads.name.lower().endswith(OSM_ENDINGS) else ""
        roads_crs = stated_crs(crs, "roads", files.roads.name, osm)
        _, roads_crs = copy_roads(files.roads, folder, (roads_crs, _work_crs(folder, stated)))
        said.append(Assumption("roads", {"file": files.roads.name}))
    hazard = new_hazard(files.hazard, folder, crs, (WATER_AT, ()))
    said += hazard.assumptions
    with_water = files.hazard is not None
    said.append(
        Assumption("clock", {"start": CLOCK_START.replace("T", " "), "water": WATER_AT})
        if with_water
        else Assumption("clock_only", {})
    )
    said.append(Assumption("behaviour", {}))
    spec: dict[str, Any] = {
        "name": {"zh": folder.name, "en": folder.name},
        "clock_start": CLOCK_START,
        "horizon_min": HORIZON_MIN,
        "crs": {"tables": stated, "roads": roads_crs}
        | ({"hazard": hazard.crs} if hazard.crs else {}),
        "roads": {"kind": kind},
        "hazard": hazard.section,
        "behaviour": {},
        "sources": [path.name for path in (*files.tables, files.roads, files.hazard) if path],
    }
    write_scenario(folder, spec, said)
    write_plans(folder, first_plans(with_water))
    return tuple(said)


def _table_files(tables: Sequence[Path]) -> dict[str, Path]:
    """Name in the folder → file; a CSV may be named by its Chinese table name.

    Raises:
        InputError: no table at all, two workbooks, or names that are no table's.
    """
    known = {TABLE_NAMES[table][0]: table for table in TABLES} | {t: t for t in TABLES}
    found: dict[str, Path] = {}
    problems = []
    for path in tables:
        stem = path.stem.strip().lower()
        name = WORKBOOK if path.suffix.lower() == ".xlsx" else f"{known.get(stem, '')}.csv"
        if name == ".csv":
            problems.append(
                Problem("table.unknown", path.name, found=stem, allowed=", ".join(known))
            )
        elif name in found:
            problems.append(Problem("table.twice", path.name, found=found[name].name))
        found[name] = path
    if not tables:
        problems.append(Problem("file.missing", WORKBOOK))
    if problems:
        raise InputError(problems)
    return found


def _work_crs(folder: Path, stated: str) -> str:
    """Metric system of the middle of all places of the tables.

    Raises:
        InputError: every problem of the tables while none of them names a place.
    """
    tables, problems = read_tables(FolderFiles(folder))
    layers, found = place_layers(tables, stated)
    if found or not layers:
        raise InputError([*problems, *found] or [Problem("roads.nothing", "tables")])
    x = np.concatenate([part.layer.x for part in layers])
    y = np.concatenate([part.layer.y for part in layers])
    lon, lat = to_lonlat(x, y, stated)
    try:
        return choose_work_crs(float(np.median(lon)), float(np.median(lat)))
    except ValueError as error:
        problem = Problem("crs.outside_work", "tables", None, "crs.tables", stated)
        raise InputError([*problems, problem]) from error
