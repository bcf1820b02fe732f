"""Villages pasted from Excel: appended to the table of a scenario, judged as ``yuyan check`` does.

Every cell stays text until the checks have read it; a text that looks like a formula stays text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl

from dashboard.scenario_copies import stage
from dashboard.village_heights import estimated, known_heights
from sim.experiment.store import replace_file
from sim.io.crs import SHIFTED, gcj_to_bd, is_lonlat, parse_crs, to_lonlat, to_work, wgs_to_gcj
from sim.io.csv_table import read_csv_table
from sim.io.folder_tables import WORKBOOK, sheet_names
from sim.io.headers import headings, plain
from sim.io.raw_table import cell_text
from sim.io.scenario_folder import ScenarioFolder, load_scenario
from sim.schema.problems import InputError, Problem
from sim.world_build import build_world

COLUMNS = ("name", "township", "zone", "x", "y", "resident", "elevation_m", "id", "organiser")
"""Columns of the pasted table, in this order."""

FILE = "settlements.csv"
FORMULA = ("=", "+", "-", "@")
Rows = list[dict[str, str]]


def filled(rows: Sequence[dict[str, object]]) -> Rows:
    """The rows in which something stands, every cell as text."""
    texts = [
        {c: "" if row.get(c) is None else str(row[c]).strip() for c in COLUMNS} for row in rows
    ]
    return [row for row in texts if any(row.values())]


def finished(rows: Rows, base: ScenarioFolder, crs: str) -> Rows:
    """Rows as they will be appended: ids given, zones by id, heights and positions as the table's.

    A row without a height gets that of the nearest village, if the scenario states heights at all.
    """
    zones = {str(zone.name): zone.id for zone in base.tables.get("zones", ())}
    used = {str(row.id) for row in base.tables.get("settlements", ())} | {r["id"] for r in rows}
    heights = known_heights(base)
    made: Rows = []
    number = 1
    for row in rows:
        fresh = dict(row)
        if not fresh["id"]:
            while f"N{number:02d}" in used:
                number += 1
            fresh["id"] = f"N{number:02d}"
            used.add(fresh["id"])
        fresh["zone"] = zones.get(fresh["zone"], fresh["zone"])
        fresh["x"], fresh["y"] = _position(fresh["x"], fresh["y"], crs, base.spec.crs.tables)
        near = heights.nearest(fresh["x"], fresh["y"])
        if not fresh["elevation_m"] and near is not None:
            fresh["elevation_m"] = f"{near[0]:.2f}"
        made.append(fresh)
    return made


def _position(x: str, y: str, crs: str, wanted: str) -> tuple[str, str]:
    """A position in the system of the table; what is no number is left for the checks to name."""
    source, target = parse_crs(crs), parse_crs(wanted)
    try:
        here = float(x), float(y)
    except ValueError:
        return x, y
    both_degrees = {source, target} <= {"EPSG:4326", "EPSG:4490"}
    if source == target or both_degrees or not np.isfinite(here).all():
        return x, y
    if is_lonlat(source) and (abs(here[0]) > 180 or abs(here[1]) > 90):
        return x, y
    lon, lat = to_lonlat([here[0]], [here[1]], source)
    if target in SHIFTED:
        lon, lat = wgs_to_gcj(lon, lat)
        lon, lat = gcj_to_bd(lon, lat) if target == "BD-09" else (lon, lat)
    elif not is_lonlat(target):
        east, north = to_work(lon, lat, "EPSG:4326", target)
        return f"{east[0]:.2f}", f"{north[0]:.2f}"
    return f"{lon[0]:.7f}", f"{lat[0]:.7f}"


def append(folder: Path, rows: Rows) -> int:
    """Append rows to the settlements of a folder; the row number of the first one.

    Raises:
        InputError: the table cannot be read.
    """
    path = folder / FILE
    if path.is_file():
        return _append_csv(path, rows)
    return _append_sheet(folder / WORKBOOK, rows)


def _append_csv(path: Path, rows: Rows) -> int:
    table = read_csv_table(path.read_bytes(), "settlements", path.name)
    if not table.header:
        raise InputError(table.problems)
    header = list(table.header)
    at = _columns(header)
    header += [column for column in COLUMNS if column not in at]
    at = _columns(header)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for _, cells in table.rows:
        writer.writerow([cell_text(cell) for cell in cells] + [""] * (len(header) - len(cells)))
    for row in rows:
        cells_of = dict.fromkeys(range(len(header)), "")
        cells_of |= {at[column]: value for column, value in row.items()}
        writer.writerow(cells_of.values())
    replace_file(path, text.getvalue())
    return len(table.rows) + 2


def _append_sheet(path: Path, rows: Rows) -> int:
    """Append to the sheet of the workbook; cells that look like formulas are written as text."""
    book = openpyxl.load_workbook(path, keep_links=False)
    known = sheet_names()
    sheet = next(s for s in book.worksheets if known.get(s.title.strip().lower()) == "settlements")
    header = [str(cell.value or "") for cell in sheet[1]]
    at = _columns(header)
    for column in COLUMNS:
        if column not in at:
            at[column] = len(at)
            sheet.cell(1, at[column] + 1, column)
    last = max((r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value), default=1)
    for k, row in enumerate(rows, start=last + 1):
        for column, value in row.items():
            cell = sheet.cell(k, at[column] + 1, value or None)
            if value:
                cell.data_type = "s"
    book.save(path)
    return last + 1


def _columns(header: list[str]) -> dict[str, int]:
    """Column of the contract → its place in a header."""
    known = headings("settlements")
    found = [known.get(plain(heading)) for heading in header]
    return {name: k for k, name in reversed(list(enumerate(found))) if name}


def judge(base: ScenarioFolder, place: Path, rows: Rows, crs: str, file: str) -> list[Problem]:
    """What the checks say about these rows: rows numbered from 1, as the pasted table shows them.

    Args:
        base: the scenario they are for; place: folder for the copy they are tried on.
        file: what the pasted table is called.
    """
    trial = stage(base.path, place)
    first = append(trial, finished(rows, base, crs))
    try:
        folder = load_scenario(trial)
        build_world(folder)  # the hazard has its say too: a run must not be the first to find out
        problems: Sequence[Problem] = folder.warnings
    except InputError as error:
        problems = error.problems
    known = {(p.code, p.file, p.row, p.field, str(p.found)) for p in base.warnings}
    low = [row for row in rows if not row["elevation_m"]]
    unstated = [_position(row["x"], row["y"], crs, base.spec.crs.tables) for row in low]
    found = [*_formulas(rows, file), *estimated(unstated, known_heights(base), file)]
    for problem in problems:
        if (problem.code, problem.file, problem.row, problem.field, str(problem.found)) in known:
            continue
        own = problem.file in (FILE, f"{WORKBOOK}/settlements") or "settlements" in problem.file
        if own and problem.row is not None and problem.row >= first:
            problem = replace(problem, file=file, row=problem.row - first + 1)
        found.append(problem)
    return sorted(found, key=lambda one: (one.severity != "error", one.row or 0))


def _formulas(rows: Rows, file: str) -> list[Problem]:
    return [
        Problem("paste.formula", file, number, column, row[column], severity="warning")
        for number, row in enumerate(rows, start=1)
        for column in ("name", "township", "organiser")
        if row[column].startswith(FORMULA)
    ]
