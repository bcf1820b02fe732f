"""Raw tables of points as other tools write them: headings recognised, positions in WGS 84."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.io.crs import choose_work_crs, is_lonlat, parse_crs, to_lonlat
from sim.io.crs_checks import Layer, check_coordinates, check_own_system
from sim.io.headers import plain
from sim.io.layers import FloatArray
from sim.io.new_tables import own_system, raw_table
from sim.io.raw_table import BadCell, RawTable, cell_text
from sim.schema.problems import InputError, Problem

CRS_ALLOWED = "EPSG:<code>, CGCS2000, WGS-84, GCJ-02, BD-09"
LON = ("lon", "lng", "longitude", "经度", "x")
LAT = ("lat", "latitude", "纬度", "y")
EAST = ("x", "easting", "east", "东坐标", "x_m")
NORTH = ("y", "northing", "north", "北坐标", "y_m")
NODE = ("node", "node_id", "节点", "路网节点编号")
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "cell", "cell_id", "code", "osm_id", "编号", "代码"),
    "name": ("name", "name_zh", "village", "名称", "村", "社区"),
    "place": ("place", "township", "town", "district", "乡镇", "街道", "地名"),
}
"""Headings of text columns, the first one found is used."""


@dataclass(frozen=True)
class RawPoints:
    """Rows of a raw table with their positions.

    Attributes:
        file: name of the file; numbers: spreadsheet row of every row.
        lon, lat: WGS 84 degrees, NaN where a row names only a node.
        node: node of a travel-time matrix, '' where none is named.
    """

    file: str
    numbers: tuple[int, ...]
    lon: FloatArray
    lat: FloatArray
    node: tuple[str, ...]
    table: RawTable

    def __len__(self) -> int:
        return len(self.numbers)

    def texts(self, headings: tuple[str, ...]) -> list[str] | None:
        """Cells of the first column with one of these headings; None without such a column."""
        at = _column(self.table, headings)
        if at is None:
            return None
        return [cell_text(row[at]) if at < len(row) else "" for _, row in self.table.rows]

    def amounts(self, headings: tuple[str, ...]) -> FloatArray | None:
        """Numbers ≥ 0 of a column, NaN where blank; None without such a column.

        Raises:
            InputError: every cell that is no such number.
        """
        texts = self.texts(headings)
        if texts is None:
            return None
        return _numbers(self.table, _column(self.table, headings) or 0, texts, "≥ 0")


def read_points(path: Path, crs: str | None, layer: str, by_node: bool = False) -> RawPoints:
    """A raw table (CSV, workbook, GIS points) with positions in ``crs``.

    Args:
        path: the file.
        crs: its coordinate system.
        layer: ``people`` or ``shelters``, as ``--crs`` calls it.
        by_node: rows name nodes of a travel-time matrix; positions are read if a system is given.

    Raises:
        InputError: every problem found.
    """
    table = raw_table(path)
    numbers = tuple(number for number, _ in table.rows)
    node = ("",) * len(numbers)
    if by_node:
        node = tuple(_nodes(table))
        if not crs:
            nowhere = np.full(len(node), np.nan)
            return RawPoints(path.name, numbers, nowhere, nowhere, node, table)
    x, y, name = _positions(table, crs, layer)
    found = check_coordinates(Layer(x, y, name, path.name, numbers))
    own = check_own_system(own_system(path), name, path.name)
    found += [problem for problem in own if problem.severity == "error"]
    if found:
        raise InputError(found)
    lon, lat = to_lonlat(x, y, name)
    return RawPoints(path.name, numbers, lon, lat, node, table)


def _nodes(table: RawTable) -> list[str]:
    at = _column(table, NODE)
    if at is None:
        row, heads = table.header_row, ", ".join(NODE)
        raise InputError([Problem("new.column_missing", table.file, row, NODE[0], None, heads)])
    return [cell_text(row[at]) if at < len(row) else "" for _, row in table.rows]


def check_positions(*tables: RawPoints) -> None:
    """Every row has a position: without one no depth can be read for it.

    Raises:
        InputError: the tables that name only nodes.
    """
    problems = [
        Problem("new.no_positions", points.file, allowed="--crs people=…, shelters=…")
        for points in tables
        if np.isnan(points.lon).any()
    ]
    if problems:
        raise InputError(problems)


def check_nodes(known: Sequence[str], *tables: RawPoints) -> None:
    """Every row names a place of the travel-time matrix.

    Raises:
        InputError: the rows that do not.
    """
    names = set(known)
    problems = [
        Problem("new.unknown_node", points.file, points.numbers[i], "node", name or "?")
        for points in tables
        for i, name in enumerate(points.node)
        if name not in names
    ]
    if problems:
        raise InputError(problems)


def work_crs_of(people: RawPoints) -> str:
    """Metric system of the middle of the people; '' when they name only nodes."""
    if np.isnan(people.lon).any():
        return ""
    try:
        return choose_work_crs(float(np.mean(people.lon)), float(np.mean(people.lat)))
    except ValueError as error:
        problem = Problem("crs.out_of_range", people.file, found=str(error), allowed="±180, ±90")
        raise InputError([problem]) from error


def stated_crs(crs: Mapping[str, str], layer: str, file: str, default: str = "") -> str:
    """The coordinate system stated for a layer.

    Raises:
        InputError: none is stated, or there is no such system.
    """
    name = crs.get(layer, default)
    if not name:
        raise InputError([Problem("new.crs_missing", file, allowed=f"{layer}=EPSG:…")])
    try:
        return parse_crs(name)
    except ValueError as error:
        problem = Problem("new.crs_unknown", file, None, f"--crs {layer}", name, CRS_ALLOWED)
        raise InputError([problem]) from error


def _column(table: RawTable, headings: tuple[str, ...]) -> int | None:
    """Position of the first heading of the list that the table has."""
    present = [plain(heading) for heading in table.header]
    return next((present.index(plain(name)) for name in headings if plain(name) in present), None)


def _positions(table: RawTable, crs: str | None, layer: str) -> tuple[FloatArray, FloatArray, str]:
    name = stated_crs({layer: crs or ""}, layer, table.file)
    pairs = (LON, LAT) if is_lonlat(name) else (EAST, NORTH)
    at = [_column(table, headings) for headings in pairs]
    missing = [
        Problem(
            "new.column_missing", table.file, table.header_row, names[0], None, ", ".join(names)
        )
        for names, column in zip(pairs, at, strict=True)
        if column is None
    ]
    if missing:
        raise InputError(missing)
    values = []
    problems: list[Problem] = []
    for column in at:
        cells = [cell_text(row[column]) if column < len(row) else "" for _, row in table.rows]  # type: ignore[operator,index]
        try:
            values.append(_numbers(table, column or 0, cells, "", blank=False))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return values[0], values[1], name


def _numbers(
    table: RawTable, column: int, cells: list[str], allowed: str, blank: bool = True
) -> FloatArray:
    """Numbers of a column; blanks are NaN where allowed."""
    values = np.full(len(cells), np.nan)
    problems = []
    for i, text in enumerate(cells):
        if not text and blank:
            continue
        try:
            values[i] = float(text)
        except ValueError:
            values[i] = math.nan
        if not math.isfinite(values[i]) or (allowed and values[i] < 0):
            (number, row), heading = table.rows[i], table.header[column]
            cell = row[column] if column < len(row) else None
            code = cell.code if isinstance(cell, BadCell) else "new.bad_number"
            problems.append(Problem(code, table.file, number, heading, text, allowed or "0.0"))
    if problems:
        raise InputError(problems)
    return values
