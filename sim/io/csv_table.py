"""A CSV file → RawTable: encoding and delimiter recognised, odd rows named."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from sim.io.headers import headings, plain
from sim.io.raw_table import MOST_ROAD_ROWS, MOST_ROWS, RawTable
from sim.io.text_files import MEGABYTE, decode
from sim.schema.problems import InputError, Problem
from sim.schema.roads import ROAD_TABLES

LARGEST_BYTES = 50 * MEGABYTE
DELIMITERS = (",", "\t", ";", "，")


def read_csv_table(data: bytes, name: str, file: str) -> RawTable:
    """Header and rows of one CSV file; never raises on any content."""
    table = RawTable(name, file, most_rows=MOST_ROAD_ROWS if name in ROAD_TABLES else MOST_ROWS)
    if len(data) > LARGEST_BYTES:
        found, allowed = f"{len(data) / MEGABYTE:.0f} MB", f"≤ {LARGEST_BYTES // MEGABYTE} MB"
        table.problems.append(Problem("file.too_large", file, found=found, allowed=allowed))
        return table
    text, notes = decode(data, file)
    table.problems.extend(notes)
    if text is None:
        return table
    if not text.strip():
        table.problems.append(Problem("file.empty", file))
        return table
    for number, cells in records(text, _delimiter(text, headings(name)), file, table.problems):
        if not table.take(number, [*cells]):
            break
    if not table.header and not table.problems:
        table.problems.append(Problem("file.empty", file))
    return table


def _delimiter(text: str, known: dict[str, str]) -> str:
    """The delimiter under which most headings of the first filled line are known ones."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def score(delimiter: str) -> tuple[int, int]:
        cells = first.split(delimiter)
        return sum(plain(cell.strip('"')) in known for cell in cells), len(cells)

    return max(DELIMITERS, key=score)


def records(
    text: str, delimiter: str, file: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Rows of a file with their spreadsheet number; a cell may hold line breaks.

    What cannot be read ends the rows and is added to ``problems``.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem("table.quotes", file, number, found=str(error)))
            return


def named_rows(
    text: str, file: str, columns: Iterable[str], problems: list[Problem]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Filled rows below a header that must hold some columns, as heading → stripped cell.

    Raises:
        InputError: a column is missing, or the header cannot be read.
    """
    lines = records(text, ",", file, problems)
    header = [cell.strip() for cell in next(lines, (1, list[str]()))[1]]
    for name in columns:
        if name not in header:
            allowed = ", ".join(header)
            problems.append(Problem("hazard.field_missing", file, 1, name, None, allowed))
    if problems:
        raise InputError(problems)
    return (
        (number, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
        for number, cells in lines
        if any(cell.strip() for cell in cells)
    )
