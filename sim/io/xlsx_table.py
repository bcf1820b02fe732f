"""``tables.xlsx`` → one RawTable per sheet, without trusting the file.

A workbook is a zip of XML written by many programs and, on the way, by people. Sizes are judged
before anything is unpacked; formulas, error cells, dates and merged cells become findings, because
what they show on the screen is not what a program reads.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from sim.io.raw_table import MOST_COLUMNS, BadCell, Cell, RawTable
from sim.io.text_files import MEGABYTE
from sim.schema.problems import Problem

LARGEST_BYTES = 50 * MEGABYTE
LARGEST_UNPACKED = 400 * MEGABYTE
LARGEST_RATIO = 300
MOST_SHEETS = 100
MOST_WIDE_ROWS = 1000
"""Rows with empty formatted cells far to the right; more of them are an attack or a slip."""

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ParseError, InvalidFileException,
    KeyError, ValueError, TypeError, IndexError, AttributeError, AssertionError,
    NotImplementedError, OverflowError, RecursionError, RuntimeError, LookupError,
)  # fmt: skip
"""What openpyxl and zipfile raise on damaged or foreign workbooks."""

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Za-z0-9:]{1,20})"')


def read_workbook(
    data: bytes, file: str, sheets: dict[str, str] | None
) -> tuple[list[RawTable], list[Problem]]:
    """Tables of a workbook.

    Args:
        data: bytes of the .xlsx file.
        file: its name as the planner knows it.
        sheets: accepted sheet title (lower case) → table name; an empty name is skipped silently.
            None: a foreign workbook, every sheet is a table of settlements.
    """
    problem = _too_large(data, file)
    if problem is not None:
        return [], [problem]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # e.g. validation extensions that openpyxl drops
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            return _tables(book, data, file, sheets)
    except UNREADABLE as error:
        return [], [Problem("xlsx.unreadable", file, found=type(error).__name__)]


def _too_large(data: bytes, file: str) -> Problem | None:
    if len(data) > LARGEST_BYTES:
        found, allowed = f"{len(data) / MEGABYTE:.0f} MB", f"≤ {LARGEST_BYTES // MEGABYTE} MB"
        return Problem("file.too_large", file, found=found, allowed=allowed)
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # OLE container: old .xls or a password
        return Problem("xlsx.old_or_locked", file)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            doctype = any(_has_doctype(archive, part) for part in archive.infolist())
    except UNREADABLE as error:
        return Problem("xlsx.unreadable", file, found=type(error).__name__)
    if unpacked > LARGEST_UNPACKED or unpacked > LARGEST_RATIO * len(data) + MEGABYTE:
        found = f"{unpacked / MEGABYTE:.0f} MB"
        allowed = f"≤ {LARGEST_UNPACKED // MEGABYTE} MB, ≤ {LARGEST_RATIO}:1"
        return Problem("xlsx.bomb", file, found=found, allowed=allowed)
    return Problem("xlsx.unreadable", file, found="DOCTYPE") if doctype else None


def _has_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """XML of a workbook never declares entities; a file that does is an attack."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(part) as stream:
        return b"<!" in stream.read(2048).replace(b"<!--", b"")


def _tables(
    book: Any, data: bytes, file: str, sheets: dict[str, str] | None
) -> tuple[list[RawTable], list[Problem]]:
    tables: list[RawTable] = []
    problems: list[Problem] = []
    if len(book.worksheets) > MOST_SHEETS:
        found = len(book.worksheets)
        return [], [Problem("xlsx.sheets", file, found=found, allowed=f"≤ {MOST_SHEETS}")]
    if not book.worksheets:
        return [], [Problem("xlsx.unreadable", file, found=0)]
    for sheet in book.worksheets:
        title = str(sheet.title).strip()
        name = "settlements" if sheets is None else sheets.get(title.lower())
        if sheets is not None and name is None:
            allowed = ", ".join(dict.fromkeys(key for key in sheets.values() if key))
            problems.append(
                Problem("table.unknown", f"{file}/{title}", None, None, title, allowed, "warning")
            )
        elif name:
            table = _sheet(sheet, RawTable(name, f"{file}/{title}"))
            table.problems.extend(_merged(data, sheet, table.file))
            tables.append(table)
    book.close()
    return tables, problems


def _sheet(sheet: Any, table: RawTable) -> RawTable:
    sheet.reset_dimensions()  # written wrongly by several programs
    wide_rows = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):  # missing rows come as empty ones
        beyond = row[MOST_COLUMNS:]
        wide_rows += bool(beyond)
        if wide_rows > MOST_WIDE_ROWS or any(cell.value is not None for cell in beyond):
            wide = Problem("table.too_wide", table.file, number, allowed=f"≤ {MOST_COLUMNS}")
            table.problems.append(wide)
            break
        if not table.take(number, [_cell(cell) for cell in row[:MOST_COLUMNS]]):
            break
    if not table.header:
        table.problems.append(Problem("file.empty", table.file))
    return table


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        return BadCell("xlsx.formula", str(getattr(value, "text", value)))
    if cell.data_type == "e":
        return BadCell("xlsx.error_cell", str(value))
    if isinstance(value, datetime.time) and not value.second and not value.microsecond:
        return value.strftime("%H:%M")  # a time of day means one thing only
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        return BadCell("xlsx.date", str(value))
    if isinstance(value, (str, bool, int, float)):
        return value
    return str(value)


def _merged(data: bytes, sheet: Any, file: str) -> Iterator[Problem]:
    """Merged areas: only their first cell has a value, the others would read as empty."""
    path = str(sheet._worksheet_path).lstrip("/")
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as stream:
        tail = b""
        seen: set[str] = set()
        while chunk := stream.read(MEGABYTE):
            for match in _MERGED.finditer(tail + chunk):
                area = match.group(1).decode("ascii")
                if area not in seen:
                    seen.add(area)
                    first = re.search(r"\d+", area)
                    yield Problem("xlsx.merged", file, int(first.group()) if first else None, area)
            tail = chunk[-100:]
