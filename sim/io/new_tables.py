"""A raw table as other tools write it: CSV, the first filled sheet of a workbook, or GIS points."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from sim.io.csv_table import LARGEST_BYTES, read_csv_table
from sim.io.headers import plain
from sim.io.raw_table import MOST_COLUMNS, Cell, RawTable
from sim.io.xlsx_table import read_workbook
from sim.schema.problems import InputError, Problem

CSV_ENDINGS = (".csv", ".csv.gz", ".txt")
POINT_ENDINGS = (".geojson", ".gpkg", ".shp")
TABLE_ENDINGS = (*CSV_ENDINGS, ".xlsx", *POINT_ENDINGS)
POSITIONS = (
    *("x", "lon", "lng", "longitude", "经度", "easting", "east", "东坐标", "x_m"),
    *("y", "lat", "latitude", "纬度", "northing", "north", "北坐标", "y_m"),
)
"""Headings that may hold a position; in a GIS file the geometry counts instead of them."""


def raw_table(path: Path) -> RawTable:
    """Header and rows of a raw table.

    GIS points get the columns ``x`` and ``y`` in the system of the file; of areas a point inside.

    Raises:
        InputError: every problem found; the table has no rows.
    """
    if not path.is_file():
        raise InputError([Problem("file.missing", path.name)])
    name = path.name.lower()
    if not name.endswith(TABLE_ENDINGS):
        allowed = ", ".join(TABLE_ENDINGS)
        raise InputError([Problem("new.unknown_format", path.name, allowed=allowed)])
    if name.endswith(POINT_ENDINGS):
        table = _points(path)
    elif name.endswith(".xlsx"):
        table = _sheet(path)
    else:
        table = _csv(path)
    if any(problem.severity == "error" for problem in table.problems):
        raise InputError(table.problems)
    if not table.rows:
        raise InputError([Problem("table.no_rows", path.name, found=path.name)])
    return table


def _csv(path: Path) -> RawTable:
    try:
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                data = packed.read(LARGEST_BYTES + 1)
        else:
            data = path.read_bytes()
    except (OSError, EOFError, zlib.error) as error:
        raise InputError([Problem("file.unreadable", path.name, found=str(error))]) from error
    return read_csv_table(data, "settlements", path.name)


def _sheet(path: Path) -> RawTable:
    """The first sheet with rows under a header."""
    tables, problems = read_workbook(path.read_bytes(), path.name, None)
    if not tables:
        raise InputError(problems)
    return next((table for table in tables if table.rows), tables[0])


def _points(path: Path) -> RawTable:
    import pyogrio  # here, because it loads pandas where that is installed

    try:
        meta, _, geometry, columns = pyogrio.raw.read(path, force_2d=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise InputError([Problem("file.unreadable", path.name, found=str(error))]) from error
    table = RawTable("settlements", path.name)
    if geometry is None:
        raise InputError([Problem("new.no_geometry", path.name)])
    shapes = shapely.point_on_surface(shapely.from_wkb(geometry))
    found = zip(meta["fields"], columns, strict=True)
    kept = [(name, column) for name, column in found if plain(str(name)) not in POSITIONS]
    kept = kept[: MOST_COLUMNS - 2]
    table.header = [*(str(name) for name, _ in kept), "x", "y"]
    for row, (east, north) in enumerate(
        zip(shapely.get_x(shapes).tolist(), shapely.get_y(shapes).tolist(), strict=True)
    ):
        cells = [_cell(column[row]) for _, column in kept]
        if not table.take(row + 1, [*cells, _number(east), _number(north)]):
            break
    return table


def own_system(path: Path) -> str | None:
    """The coordinate system a GIS file of points states, None where it states none."""
    import pyogrio

    if not path.name.lower().endswith(POINT_ENDINGS):
        return None
    found = pyogrio.read_info(path)["crs"]
    return str(found) if found else None


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return _number(float(value))
    return str(value)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value
