"""演练导调单 as a Word document: an overview, then a slip to hand out for every inject.

Landscape pages, each marked 演练 at the top; the measured time and the remarks are filled in by
hand.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from sim.report.book import Book
from sim.report.lists.collect import drill_sheet
from sim.report.table import Table, cell_text
from sim.report.word import clean
from sim.report.word_style import (
    HEI,
    SONG,
    TABLE_TEXT,
    cell_margins,
    keep_whole,
    prepare,
    repeat_head,
    shade,
    small_run,
)
from sim.schema.problems import InputError, Problem
from sim.texts.drill import MARK
from sim.texts.list_notes import WORDS
from sim.texts.report import Lang

OVERVIEW = ("number", "drill_clock", "scenario_clock", "place", "sender", "receiver", "text")
OVERVIEW_CM = (1.2, 1.7, 2.7, 3.4, 3.4, 3.6, 9.4)
SLIP = (
    (("number", "drill_clock", "scenario_clock"), ("place", "sender", "receiver")),
    (("text",), ()),
    (("expected",), ()),
    (("owner", "target", "timed"), ("p10", "p50", "p90")),
    (("scope", "mode"), ("measured", "observer")),
)
"""Rows of a slip: columns of the inject list on its left and its right half."""

SLIP_CM = (3.0, 9.6, 3.4, 9.4)
RED = RGBColor(0xB0, 0x2A, 0x2A)


def write_drill(
    book: Book, path: Path, lang: Lang, plan: str | None = None, which: str | int = "median"
) -> None:
    """Write the inject list of one replication for the people who run the drill.

    Args:
        plan: the best plan when not given; which: ``median``, ``worst`` or a number.

    Raises:
        InputError: the replication cannot be read or played again.
        OSError: the file cannot be written.
    """
    chosen = plan or book.best
    table = drill_sheet(book, chosen, which)
    if table is None:
        raise InputError([Problem("report.no_night", str(book.run.path), found=f"{which}")])
    word = docx.Document()
    prepare(word, lang)
    _landscape(word, table, lang)
    word.add_paragraph(clean(table.title[lang]), style="Title")
    word.add_paragraph(clean(f"{book.title(lang)} · {book.name(chosen, lang)}"))
    small_run(word.add_paragraph(), clean(table.note[lang]), 10)
    _overview(word, table, lang)
    for row in table.rows:
        _slip(word, table, row, lang)
    data = io.BytesIO()
    word.save(data)
    path.write_bytes(data.getvalue())


def _landscape(word: Any, table: Table, lang: Lang) -> None:
    """A4 across, with the mark on every page."""
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.1)
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    mark = MARK[0 if lang == "zh" else 1]
    run = small_run(header, f"{mark}  {mark}  {mark}", 16, HEI)
    run.font.color.rgb, run.font.bold = RED, True
    word.core_properties.title = clean(table.title[lang])[:255]
    word.core_properties.author, word.core_properties.comments = "Yuyan 预演", ""


def _overview(word: Any, table: Table, lang: Lang) -> None:
    """All injects in order, one line each."""
    at = [[column.key for column in table.columns].index(key) for key in OVERVIEW]
    sheet = _table(word, 1, OVERVIEW_CM)
    for cell, k in zip(sheet.rows[0].cells, at, strict=True):
        _put(cell, table.columns[k].head(lang), HEI, "E6EDF4")
    repeat_head(sheet.rows[0])
    for row in table.rows:
        line = sheet.add_row()
        keep_whole(line)
        for cell, k in zip(line.cells, at, strict=True):
            _put(cell, cell_text(row[k], table.columns[k].form, lang))
    _set_cm(sheet, OVERVIEW_CM)


def _slip(word: Any, table: Table, row: tuple[Any, ...], lang: Lang) -> None:
    """One inject to be cut out: who to whom, what, what is expected, times, blanks to fill in."""
    keys = [column.key for column in table.columns]

    def said(key: str) -> str:
        k = keys.index(key)
        text = cell_text(row[k], table.columns[k].form, lang)
        return text or ("________" if key in ("measured", "observer") else WORDS["none"][0])

    def head(key: str) -> str:
        return table.columns[keys.index(key)].head(lang)

    gap = word.add_paragraph(style=TABLE_TEXT)
    gap.paragraph_format.space_before = Pt(10)
    gap.paragraph_format.keep_with_next = True
    slip = _table(word, 0, SLIP_CM)
    for left, right in SLIP:
        if not right:
            line = slip.add_row()
            keep_whole(line)
            _put(line.cells[0], head(left[0]), HEI, "F3F3F3")
            _put(line.cells[1].merge(line.cells[3]), said(left[0]), size=11)
            continue
        for i in range(max(len(left), len(right))):
            line = slip.add_row()
            keep_whole(line)
            for at, names in ((0, left), (2, right)):
                if i < len(names):
                    _put(line.cells[at], head(names[i]), HEI, "F3F3F3")
                    _put(line.cells[at + 1], said(names[i]))
    for line in slip.rows[:-1]:  # a slip is not torn by the end of a page
        for cell in line.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
    _set_cm(slip, SLIP_CM)


def _table(word: Any, rows: int, widths: tuple[float, ...]) -> Any:
    table = word.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.autofit = False
    cell_margins(table)
    return table


def _set_cm(table: Any, widths: tuple[float, ...]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for line in table.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Cm(width)


def _put(cell: Any, text: str, font: str = SONG, colour: str = "", size: float = 9.5) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = TABLE_TEXT
    small_run(paragraph, clean(text), size, font)
    if colour:
        shade(cell, colour)
