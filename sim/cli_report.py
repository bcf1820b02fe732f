"""``yuyan report``: the documents of a run for the office: HTML, Word, Excel."""

from __future__ import annotations

from pathlib import Path

from sim.report.book import Book
from sim.schema.problems import InputError, Problem
from sim.texts.cli_messages import message
from sim.texts.errors import Lang


def report(run: Path, html: Path | None, docx: Path | None, xlsx: Path | None, lang: Lang) -> None:
    """Write every document asked for.

    Raises:
        InputError: none was asked for, no such run, or no font for the figures.
        OSError: a file cannot be written.
    """
    if html is None and docx is None and xlsx is None:
        raise InputError([Problem("report.no_format", "--html / --docx / --xlsx")])
    book = Book.open(run)
    # the writers load matplotlib, python-docx and openpyxl only when they are needed
    if html is not None:
        from sim.report.html import write_html

        write_html(book, html, lang)
        print(message("report.written", lang, file=html))
    if docx is not None:
        from sim.report.word import write_word

        write_word(book, docx, lang)
        print(message("report.written", lang, file=docx))
    if xlsx is not None:
        from sim.report.excel import write_xlsx

        write_xlsx(book, xlsx, lang)
        print(message("report.written", lang, file=xlsx))
