"""Tables as sheets of a workbook.

Every table becomes a sheet with title, note and heads with units; the panes are frozen below the
heads, pages are landscape with the heads repeated. Text stays text, whatever it begins with.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sim.report.table import Cell, Column, Form, Share, Table, cell_text
from sim.texts.list_notes import TITLES
from sim.texts.report import Lang

NUMBER_FORMATS: dict[Form, str] = {
    "text": "General",
    "count": "#,##0_ ",
    "number": "#,##0.00_ ",
    "share": "0.0%_ ",
    "clock": "mm-dd hh:mm_ ",
}
"""Each ends with a gap (``_ ``), so that a number does not touch the text beside it."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
HEAD_ROW = 3
NARROWEST, WIDEST = 7, 44
WRAPPED, BESIDE_SENTENCES, SENTENCE = 22, 15, 48
"""Widths in Latin letters: of a column that wraps in a table with many columns, of one that
stands beside sentences, and of the sentences."""

LONG = 60
MANY_COLUMNS = 12
A3_FROM = 190
"""Tables wider than this many letters are set on A3: on A4 nobody could read them."""

A4, A3 = 9, 8
LINE = 16.5
SLACK = 1.12
"""Texts run a little wider than their letters say, and words break early."""
WIDTH_ROWS = 400
"""Rows looked at for the width of a column; a county has thousands of the same kind."""

NEAT_ROWS = 500
"""Cells are aligned one by one in sheets up to this length; in long lists it takes too long."""

LONGEST_TEXT = 32_000
"""Characters of a cell (the format ends at 32,767)."""

_HEAD = PatternFill("solid", fgColor="DDE7F0")
_TEXT = Alignment(wrap_text=True, vertical="top")
_NUMBER = Alignment(horizontal="right", vertical="top")
_THIN = Side(style="thin", color="BBBBBB")
_TOTAL = Border(top=Side(style="thin", color="000000"))
_FRAME = Border(bottom=_THIN)


def write_tables(tables: Sequence[Table], path: Path, lang: Lang, title: str = "") -> None:
    """Write tables as sheets of one workbook, in their order.

    Raises:
        OSError: the file cannot be written.
    """
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = clean(title), "Yuyan"
    used: set[str] = set()
    for table in tables:
        sheet = book.create_sheet(_sheet_name(table, lang, used))
        _fill(sheet, table, lang)
    if not tables:
        book.create_sheet(TITLES["about"][0 if lang == "zh" else 1])
    book.save(path)


def clean(text: str) -> str:
    """A text without the control characters that no sheet can hold."""
    shown: str = ILLEGAL_CHARACTERS_RE.sub("�", text)[:LONGEST_TEXT]
    return shown


def _sheet_name(table: Table, lang: Lang, used: set[str]) -> str:
    """Title of the table, short and unique, without the characters sheets forbid."""
    name = "".join("·" if char in "[]:*?/\\'" else char for char in clean(table.title[lang]))[:28]
    number = 2
    shown = name
    while shown.lower() in used:
        shown, number = f"{name} {number}", number + 1
    used.add(shown.lower())
    return shown


def _fill(sheet: Worksheet, table: Table, lang: Lang) -> None:
    last = get_column_letter(max(1, len(table.columns)))
    _put_text(sheet["A1"], table.title[lang])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells(f"A1:{last}1")
    sheet.row_dimensions[1].height = 1.5 * LINE
    _put_text(sheet["A2"], table.note[lang])
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells(f"A2:{last}2")
    for number, head in enumerate(table.heads(lang), start=1):
        cell = sheet.cell(HEAD_ROW, number)
        _put_text(cell, "\n".join(_head_lines(head)))
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _FRAME
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    widths = _widths(table, lang)
    for row, cells in enumerate(table.rows, start=HEAD_ROW + 1):
        _put_row(sheet, row, cells, table.columns, lang)
        if len(table.rows) <= NEAT_ROWS:
            _make_neat(sheet, row, table.columns, widths)
    for row, cells in enumerate(table.totals, start=HEAD_ROW + 1 + len(table.rows)):
        _put_row(sheet, row, cells, table.columns, lang)
        for number in range(1, len(table.columns) + 1):
            sheet.cell(row, number).font = Font(bold=True)
            sheet.cell(row, number).border = _TOTAL
    _lay_out(sheet, table, widths, lang)


def _make_neat(
    sheet: Worksheet, row: int, columns: Sequence[Column], widths: Sequence[float]
) -> None:
    """Texts wrap, everything stands at the top, and the row is as high as its longest text."""
    lines = 1
    for number, (column, width) in enumerate(zip(columns, widths, strict=True), start=1):
        cell = sheet.cell(row, number)
        cell.alignment = _TEXT if column.form == "text" else _NUMBER
        length = _length(cell.value) if isinstance(cell.value, str) else 0
        if length + 1 > width:
            lines = max(lines, math.ceil(length * SLACK / width))
    sheet.row_dimensions[row].height = LINE * lines + 1


def _put_row(
    sheet: Worksheet, row: int, cells: Sequence[Cell], columns: Sequence[Column], lang: Lang
) -> None:
    for number, (value, column) in enumerate(zip(cells, columns, strict=True), start=1):
        put(sheet.cell(row, number), value, column.form, lang)


def put(cell: SheetCell, value: Cell, form: Form, lang: Lang) -> None:
    """One value: numbers and moments as such, everything else as text.

    Unknown and never reached are words, so that no sum takes them for 0.
    """
    if isinstance(value, Share):
        value, form = value.value, "share"
    if isinstance(value, datetime):
        cell.value, cell.number_format = value, NUMBER_FORMATS["clock"]
        return
    if isinstance(value, int | float) and math.isfinite(value):
        whole = form == "number" and value == round(value)
        cell.value, cell.number_format = value, NUMBER_FORMATS["count" if whole else form]
        return
    _put_text(cell, cell_text(value, form, lang))


def _put_text(cell: SheetCell, text: str) -> None:
    """Text that stays text, also when it begins like a formula and is edited again."""
    cell.value = clean(text) or None
    if cell.value is not None:
        cell.data_type = "s"
        if text.startswith(FORMULA_STARTS):
            cell.quotePrefix = True


def _lay_out(sheet: Worksheet, table: Table, widths: Sequence[float], lang: Lang) -> None:
    """Widths, frozen panes, filter, and pages that print."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    wide = max(30.0, sum(widths))
    sheet.row_dimensions[2].height = LINE * max(
        1, math.ceil(_length(table.note[lang]) * SLACK / wide)
    )
    most = max((len(_head_lines(head)) for head in table.heads(lang)), default=1)
    sheet.row_dimensions[HEAD_ROW].height = LINE * most + 4
    last = get_column_letter(max(1, len(table.columns)))
    sheet.freeze_panes = f"B{HEAD_ROW + 1}"
    if table.rows:
        sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{HEAD_ROW + len(table.rows)}"
    sheet.print_title_rows = f"1:{HEAD_ROW}"
    sheet.print_options.gridLines = True
    page = sheet.page_setup
    page.orientation, page.paperSize = "landscape", A3 if sum(widths) > A3_FROM else A4
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    # without a text there must be no code for it either, or the sheet cannot be read again
    sheet.oddHeader.center.text = _plain(table.stamp[lang]) or None
    sheet.oddFooter.left.text = _plain(table.title[lang]) or None
    sheet.oddFooter.right.text = "&P / &N"


def _plain(text: str) -> str:
    """Text of a page header, where ``&`` would begin a code."""
    return clean(text).replace("&", "&&")[:200]


def _widths(table: Table, lang: Lang) -> list[float]:
    """Width of every column by its texts; long ones wrap where rows are made higher for them."""
    found = [max(map(_length, _head_lines(head))) + 2.0 for head in table.heads(lang)]
    shown = table.rows[:WIDTH_ROWS] + table.totals
    for cells in shown:
        for i, (value, column) in enumerate(zip(cells, table.columns, strict=True)):
            found[i] = max(found[i], _length(cell_text(value, column.form, lang)) + 2.5)
    wraps = len(table.rows) <= NEAT_ROWS and len(table.columns) > MANY_COLUMNS
    narrow = BESIDE_SENTENCES if max(found, default=0) > LONG else WRAPPED
    most = [SENTENCE if width > LONG else narrow if wraps else WIDEST for width in found]
    return [min(max(width, NARROWEST), top) for width, top in zip(found, most, strict=True)]


def _head_lines(head: str) -> list[str]:
    """A head with its brackets and its unit on lines of their own."""
    return [part.strip() for part in re.sub("(?<!^)(（| \\()", r"\n\1", head).split("\n")]


def _length(text: str) -> float:
    """Width of a text in Latin letters; a Chinese one counts twice."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def columns_sheet(tables: Iterable[Table], explained: Table) -> Table:
    """The sheet that says what every column means."""
    rows = [
        (table.title, _head(column), column.meaning) for table in tables for column in table.columns
    ]
    return replace(explained, rows=tuple(rows))


def _head(column: Column) -> Mapping[str, str]:
    return {"zh": column.head("zh"), "en": column.head("en")}
