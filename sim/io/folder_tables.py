"""All tables of a scenario folder: CSV files and the sheets of tables.xlsx together."""

from __future__ import annotations

import difflib

from sim.io.csv_table import read_csv_table
from sim.io.folder_files import FolderFiles
from sim.io.raw_table import RawTable
from sim.io.tables import Table, read_table
from sim.io.xlsx_table import read_workbook
from sim.schema.problems import Problem
from sim.schema.roads import ROAD_TABLES
from sim.schema.tables import TABLES
from sim.texts.labels import EXAMPLES, EXPLANATION, TABLE_NAMES

WORKBOOK = "tables.xlsx"
REQUIRED = ("zones", "settlements")


def sheet_names() -> dict[str, str]:
    """Accepted sheet title (lower case) → table name; explanation sheets map to nothing."""
    names = {table: table for table in TABLES}
    names |= {TABLE_NAMES[table][0]: table for table in TABLES}
    return names | {name.lower(): "" for name in (*EXPLANATION, *EXAMPLES)}


def read_tables(files: FolderFiles) -> tuple[dict[str, Table], list[Problem]]:
    """Every table of the folder, and all their problems."""
    raws, problems = _raw_tables(files)
    tables: dict[str, Table] = {}
    for raw in raws:
        if _left_empty(raw):
            continue
        if raw.name in tables:
            other = tables[raw.name].file
            problems.append(Problem("table.twice", raw.file, found=other))
            continue
        tables[raw.name], found = read_table(raw)
        problems.extend(p for p in found if p.code != "table.empty" or raw.name not in REQUIRED)
    for name in REQUIRED:
        if name not in tables:
            problems.append(Problem("table.missing", f"{name}.csv", found=name))
        elif not tables[name].ids:
            problems.append(Problem("table.no_rows", tables[name].file, found=name))
    return tables, problems


def _left_empty(raw: RawTable) -> bool:
    """A sheet of the template that nobody filled in is no table, unless it is a required one."""
    in_workbook = raw.file.startswith(f"{WORKBOOK}/")
    return in_workbook and raw.name not in REQUIRED and not raw.rows and bool(raw.header)


def _raw_tables(files: FolderFiles) -> tuple[list[RawTable], list[Problem]]:
    raws: list[RawTable] = []
    problems: list[Problem] = []
    for name in files.names():
        stem, dot, ending = name.lower().rpartition(".")
        if name.lower() == WORKBOOK:
            data = files.read(name)
            if data is not None:
                sheets, found = read_workbook(data, name, sheet_names())
                raws.extend(sheets)
                problems.extend(found)
        elif ending == "csv" and stem in TABLES:
            data = files.read(name)
            if data is not None:
                raws.append(read_csv_table(data, stem, name))
        elif dot and _looks_like_input(stem, ending):
            allowed = ", ".join(difflib.get_close_matches(stem, TABLES, n=2)) or None
            problems.append(Problem("file.unknown", name, allowed=allowed, severity="warning"))
    return raws, problems


def _looks_like_input(stem: str, ending: str) -> bool:
    """A table or workbook under a name that nobody reads; notes and scripts are left in peace."""
    known = {*ROAD_TABLES, "roads", "scenario"}
    return ending in ("csv", "xlsx", "xls", "xlsm", "et") and stem not in known
