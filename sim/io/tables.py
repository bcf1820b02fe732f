"""Raw tables → rows of the schema, every cell judged, every problem named.

Two steps for each cell: what a spreadsheet does to values is undone (full-width digits, whole
numbers as 12.0, codes as numbers, 是/否), then the row model of ``sim.schema.tables`` decides.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import ValidationError

from sim.io.headers import column_name, understand
from sim.io.raw_table import BadCell, Cell, RawTable, cell_text, is_blank
from sim.io.validation import findings
from sim.schema.base import Row
from sim.schema.problems import Problem
from sim.schema.tables import ROW_MODELS
from sim.texts.labels import CHOICES

Kind = Literal["text", "number", "yes_no"]
_YES_NO = {"是": True, "否": False, "有": True, "无": False, "能": True, "不能": False}
_NOT_FINITE = re.compile(r"[-+]?(nan|inf|infinity)", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """The good rows of one table and where each of them stands.

    Attributes:
        name: key of ``ROW_MODELS``.
        file: what the planner calls it, for later findings.
        rows: validated rows in file order.
        numbers: spreadsheet row number of each row.
        ids: every id that stands in the file, in rows with errors too, so that a slip in one
            row does not make all references to it look wrong.
    """

    name: str
    file: str
    rows: tuple[Row, ...]
    numbers: tuple[int, ...]
    ids: frozenset[str] = frozenset()


def read_table(raw: RawTable) -> tuple[Table, list[Problem]]:
    """Validate a raw table; rows with errors are left out and every error is returned."""
    problems = list(raw.problems)
    if not raw.header:
        return Table(raw.name, raw.file, (), ()), problems
    columns, header_problems = understand(raw)
    problems.extend(header_problems)
    rows: list[Row] = []
    numbers: list[int] = []
    absent = {item.field for item in header_problems if item.code == "table.column_missing"}
    if any(columns):
        for number, cells in raw.rows:
            row, found = _row(raw, columns, number, cells)
            problems.extend(item for item in found if item.field not in absent)
            if row is not None:
                rows.append(row)
                numbers.append(number)
        if not raw.rows and not problems:
            problems.append(Problem("table.empty", raw.file, severity="warning"))
    return Table(raw.name, raw.file, tuple(rows), tuple(numbers), _ids(raw, columns)), problems


def _ids(raw: RawTable, columns: list[str | None]) -> frozenset[str]:
    if "id" not in columns:
        return frozenset()
    at = columns.index("id")
    return frozenset(cell_text(cells[at]) for _, cells in raw.rows if len(cells) > at)


def _row(
    raw: RawTable, columns: list[str | None], number: int, cells: list[Cell]
) -> tuple[Row | None, list[Problem]]:
    model = ROW_MODELS[raw.name]
    if len(cells) > len(columns):
        found, allowed = len(cells), f"≤ {len(columns)}"
        return None, [Problem("table.ragged", raw.file, number, None, found, allowed)]
    kinds = _kinds(raw.name)
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for column, cell in zip(columns, cells, strict=False):
        if column is None or is_blank(cell):
            continue
        value, code = _value(cell, kinds[column])
        if column in _choices(raw.name):
            value = _choices(raw.name)[column].get(str(value), value)
        if code is None:
            values[column] = value
        else:
            problems.append(Problem(code, raw.file, number, column, value))
    bad = {problem.field for problem in problems}
    try:
        row = model.model_validate(values)
    except ValidationError as error:
        found_here = findings(model, error, values)
        problems.extend(_as_problems(found_here, raw.file, number, bad))
        return None, problems
    return (None if problems else row), problems


def _as_problems(
    found: list[tuple[Any, str, object, object]], file: str, number: int, bad: set[str | None]
) -> Iterator[Problem]:
    """Findings of a row, without those that only follow from a cell already named."""
    for path, code, what, allowed in found:
        field = str(path[0]) if path else None
        if field not in bad:
            yield Problem(code, file, number, field, what, allowed)


def _value(cell: Cell, kind: Kind) -> tuple[object, str | None]:
    """The value of a cell for a kind of column, or what it shows and a code."""
    if isinstance(cell, BadCell):
        return cell.found, cell.code
    if kind == "text":
        return cell_text(cell), None
    text = unicodedata.normalize("NFKC", cell_text(cell))
    if kind == "yes_no":
        return (cell if isinstance(cell, bool) else _YES_NO.get(text, text)), None
    if isinstance(cell, bool):
        return text, "number.not_a_number"
    if isinstance(cell, (int, float)):
        return (cell, None) if math.isfinite(cell) else (text, "number.not_finite")
    if _NOT_FINITE.fullmatch(text):
        return text, "number.not_finite"
    if text.endswith(("%", "‰")):
        return text, "number.percent"
    return text, None


@cache
def _choices(table: str) -> dict[str, dict[str, str]]:
    """Column name → Chinese word → value, for columns with a list of values."""
    model = ROW_MODELS[table]
    return {
        column_name(model, name): {CHOICES[value][0]: value for value in values if value in CHOICES}
        for name, field in model.model_fields.items()
        if (values := _literals(field.annotation))
    }


def _literals(annotation: Any) -> tuple[str, ...]:
    """The values of ``Literal[...]``, or nothing."""
    return get_args(annotation) if get_origin(annotation) is Literal else ()


@cache
def _kinds(table: str) -> dict[str, Kind]:
    """Column name → what its cells hold."""
    model = ROW_MODELS[table]
    return {
        column_name(model, name): _kind(field.annotation)
        for name, field in model.model_fields.items()
    }


def _kind(annotation: Any) -> Kind:
    if annotation is bool:
        return "yes_no"
    if annotation in (int, float):
        return "number"
    if get_origin(annotation) is Literal:
        return "text"
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0])
    inside = {_kind(part) for part in get_args(annotation) if part is not type(None)}
    return inside.pop() if len(inside) == 1 else "text"
