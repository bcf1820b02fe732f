"""The report as a Word document (also for WPS): A4, headings 一、（一）, 仿宋 and 黑体."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from sim.report.blocks import (
    Block,
    Bullets,
    Grid,
    Heading,
    PageBreak,
    Picture,
    Questions,
    Text,
    Tone,
)
from sim.report.book import Book
from sim.report.chapters import document
from sim.report.numbering import numbered
from sim.report.word_style import (
    COLOURS,
    HEI,
    SONG,
    TABLE_TEXT,
    WIDE_CM,
    cell_margins,
    keep_whole,
    prepare,
    repeat_head,
    set_font,
    set_widths,
    shade,
)
from sim.texts.report import Lang

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold; a name may bring them from a damaged file."""
GRID_PT, NOTE_PT, LEAD_PT = 8.5, 9.0, 13.0
QUESTIONS_PT = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
"""Sizes tried for the page for the meeting: the largest with which it stays one page."""
CHINESE_LINE, LATIN_LINE = 1.37, 1.25
"""Height of a line over the size of its letters, at our spacing."""
QUESTIONS_CM, QUESTIONS_SHARES = 20.8, (1.3, 5.6)
"""Height left for the questions below the title, and the widths of the two columns."""


def write_word(book: Book, path: Path, lang: Lang) -> None:
    """Write the whole report of a run as ``.docx``.

    Raises:
        InputError: no font with Chinese glyphs for the figures.
        OSError: the file cannot be written.
    """
    word = docx.Document()
    prepare(word, lang)
    properties = word.core_properties
    properties.title, properties.author = clean(book.title(lang))[:255], "Yuyan 预演"
    properties.comments = ""
    made = datetime.fromisoformat(book.document["created"])
    properties.created = properties.modified = made
    _Writer(word).write(numbered(document(book, lang), lang))
    data = io.BytesIO()
    word.save(data)
    path.write_bytes(data.getvalue())


def clean(text: str) -> str:
    """The text without characters that a document cannot hold."""
    return NOT_XML.sub("", text)


class _Writer:
    """Lays blocks out, one after another."""

    def __init__(self, word: Document) -> None:
        self.word = word
        self._new_page = False

    def write(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            match block:
                case Heading(level, text):
                    style = "Title" if level == 0 else f"Heading {level}"
                    heading = self.word.add_paragraph(clean(text), style=style)
                    heading.paragraph_format.page_break_before = self._new_page
                    self._new_page = False
                case Text(text, tone):
                    self._text(text, tone)
                case Bullets(lines, tone):
                    for line in lines:
                        self._bullet(line, tone)
                case Questions(rows):
                    self._questions(rows)
                case Picture():
                    self._picture(block)
                case Grid():
                    self._grid(block)
                case PageBreak():
                    self._new_page = True  # an empty paragraph would cost a line

    def _text(self, text: str, tone: Tone) -> Any:
        paragraph = self.word.add_paragraph()
        if tone == "note":
            paragraph.paragraph_format.space_before = Pt(2)
            _run(paragraph, text, NOTE_PT, SONG, tone)
        elif tone == "lead":
            _run(paragraph, text, LEAD_PT, HEI, tone)
        else:
            paragraph.paragraph_format.first_line_indent = Pt(24)
            _run(paragraph, text, None, None, tone)
        return paragraph

    def _bullet(self, line: str, tone: Tone) -> None:
        paragraph = self.word.add_paragraph(style="List Bullet")
        small = tone == "note"
        _run(paragraph, line, NOTE_PT if small else None, SONG if small else None, tone)

    def _questions(self, rows: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
        table = self.word.add_table(rows=0, cols=2, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        cell_margins(table, 0.18, 0.05)
        size = _fitting(rows)
        for question, answer in rows:
            row = table.add_row()
            keep_whole(row)
            shade(row.cells[0], "DCE6F1")
            _fill(row.cells[0], question, size, HEI)
            first, *more = answer
            _fill(row.cells[1], first, size, HEI)  # the answer itself
            for line in more:
                paragraph = row.cells[1].add_paragraph(style=TABLE_TEXT)
                _run(paragraph, line, size, SONG)
        set_widths(table, QUESTIONS_SHARES)

    def _picture(self, block: Picture) -> None:
        paragraph = self.word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        wide = Cm(min(block.wide_cm, WIDE_CM))
        shape: Any = paragraph.add_run().add_picture(io.BytesIO(block.png), width=wide)
        shape._inline.docPr.set("descr", clean(block.caption))
        caption = self.word.add_paragraph(clean(block.caption), style="Caption")
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._text(block.reading, "note")

    def _grid(self, block: Grid) -> None:
        caption = self.word.add_paragraph(clean(block.title), style="Caption")
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        table = self.word.add_table(rows=1, cols=len(block.heads), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        cell_margins(table)
        forms = block.forms or ("text",) * len(block.heads)
        for cell, head in zip(table.rows[0].cells, block.heads, strict=True):
            shade(cell, "E6EDF4")
            _fill(cell, head, GRID_PT, HEI)
        repeat_head(table.rows[0])
        for number, texts in enumerate(block.rows):
            row = table.add_row()
            keep_whole(row)
            cells = row.cells  # asked once: python-docx counts them anew each time
            for k, text in enumerate(texts):
                paragraph = _fill(cells[k], text, GRID_PT, SONG, block.tones.get((number, k)))
                if forms[k] != "text":
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        set_widths(table, block.widths or _widths(block))
        if block.note:
            self._text(block.note, "note")
        else:
            self.word.add_paragraph(style=TABLE_TEXT)


def _fitting(rows: tuple[tuple[str, tuple[str, ...]], ...]) -> float:
    """Size of the letters with which the questions stay on their page (letters are square)."""
    wide_cm = WIDE_CM * QUESTIONS_SHARES[1] / sum(QUESTIONS_SHARES) - 0.4
    for size in QUESTIONS_PT:
        letter_cm = Pt(size).cm
        letters = wide_cm / letter_cm - 1  # one is lost where a line may not begin with a comma
        high = sum(
            ceil(_length(line) / 2 / letters) * (CHINESE_LINE if _is_chinese(line) else LATIN_LINE)
            for _, answer in rows
            for line in answer
        )
        if high * letter_cm + 0.12 * len(rows) <= QUESTIONS_CM:
            return size
    return QUESTIONS_PT[-1]


def _is_chinese(text: str) -> bool:
    return any(ord(letter) > 0x2E80 for letter in text)


def _widths(block: Grid) -> tuple[float, ...]:
    """Shares of the page by the length of the texts, so that short columns stay narrow."""
    columns = list(zip(block.heads, *block.rows, strict=True))
    found = [min(24.0, max(6.0, max(_length(text) for text in column))) for column in columns]
    if len(found) > 2:  # beside the first, columns are plans: all the same
        found[1:] = [max(found[1:])] * (len(found) - 1)
    return tuple(found)


def _length(text: str) -> float:
    """Length of the longest line; a Chinese character counts two."""
    return max(sum(2.0 if ord(c) > 0x2E80 else 1.0 for c in line) for line in text.split("\n"))


def _fill(cell: Any, text: str, size: float, font: str, tone: Tone | None = None) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.style = TABLE_TEXT
    _run(paragraph, text, size, font, tone)
    return paragraph


def _run(
    paragraph: Any, text: str, size: float | None, font: str | None, tone: Tone | None = None
) -> None:
    run = paragraph.add_run(clean(text))
    if font is not None:
        set_font(run._r.get_or_add_rPr(), font)
    if size is not None:
        run.font.size = Pt(size)
    colour = COLOURS[tone] if tone else None
    if colour is not None:
        run.font.color.rgb = colour
        run.font.bold = tone in ("good", "bad", "doubt")
