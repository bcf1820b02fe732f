"""Column headings: the field name of the contract, or its Chinese label.

The label is the beginning of the Chinese half of a field's description: of
``片区编号；空=不限 | zone ids`` it is 片区编号.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import cache

from sim.io.raw_table import RawTable, is_blank
from sim.schema.base import Row
from sim.schema.problems import Problem
from sim.schema.tables import ROW_MODELS


def column_name(model: type[Row], field: str) -> str:
    """The heading of a field in files: its alias where it has one (``class``)."""
    return model.model_fields[field].alias or field


def column_names(model: type[Row]) -> list[str]:
    """All headings of a table in the order of the schema, source and confidence last."""
    own = [name for name in model.model_fields if name not in Row.model_fields]
    return [column_name(model, name) for name in [*own, *Row.model_fields]]


def describe(model: type[Row], field: str) -> tuple[str, str]:
    """Chinese and English description of a field."""
    chinese, _, english = (model.model_fields[field].description or "").partition(" | ")
    return chinese.strip(), english.strip()


def label(model: type[Row], field: str) -> str:
    """The Chinese heading of a field; empty when its description gives none."""
    chinese = re.split(r"[\s；，（(：:;,]", describe(model, field)[0], maxsplit=1)[0]
    return chinese if re.search("[\u4e00-\u9fa5]", chinese) else ""


def plain(heading: str) -> str:
    """A heading without differences that nobody means: width, case, spaces, line breaks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", heading)).lower()


@cache
def headings(table: str) -> dict[str, str]:
    """Every accepted heading of a table (plain) → the column name of the contract."""
    model = ROW_MODELS[table]
    accepted: dict[str, str] = {}
    for field in model.model_fields:
        column = column_name(model, field)
        for heading in (label(model, field), describe(model, field)[0], column):
            if heading:
                accepted[plain(heading)] = column
    return accepted


def understand(table: RawTable) -> tuple[list[str | None], list[Problem]]:
    """The column name of every header cell (None: unknown), and what is wrong with the header."""
    accepted = headings(table.name)
    columns: list[str | None] = []
    problems: list[Problem] = []
    for position, heading in enumerate(table.header):
        column = accepted.get(plain(heading))
        if column is None:
            problems.extend(_unknown(table, position, heading))
        elif column in columns:
            problems.append(_note(table, "table.column_twice", heading, None))
            column = None
        columns.append(column)
    if table.header and not any(columns):
        names = ", ".join(column_names(ROW_MODELS[table.name])[:8])
        return columns, [_note(table, "table.header_unknown", None, names, table.header[0])]
    required = [
        column_name(ROW_MODELS[table.name], name)
        for name, field in ROW_MODELS[table.name].model_fields.items()
        if field.is_required()
    ]
    missing = [name for name in required if name not in columns]
    problems.extend(_note(table, "table.column_missing", name, None) for name in missing)
    return columns, problems


def _unknown(table: RawTable, position: int, heading: str) -> list[Problem]:
    if heading:
        near = difflib.get_close_matches(plain(heading), headings(table.name), n=2, cutoff=0.6)
        return [_note(table, "table.column_unknown", heading, ", ".join(near) or None)]
    if any(len(cells) > position and not is_blank(cells[position]) for _, cells in table.rows):
        return [_note(table, "table.column_unnamed", str(position + 1), None)]
    return []


def _note(
    table: RawTable, code: str, field: str | None, allowed: object, found: object = None
) -> Problem:
    return Problem(code, table.file, table.header_row, field, found, allowed)
