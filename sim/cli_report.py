"""``yuyan report``: the documents of a run for the office: HTML, Word, Excel, inject list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from sim.report.book import Book
from sim.schema.problems import InputError, Problem
from sim.texts.cli_messages import message
from sim.texts.errors import Lang

NIGHTS = ("median", "worst")


@dataclass(frozen=True)
class Files:
    """Where to write what; None for what is not asked for."""

    html: Path | None = None
    docx: Path | None = None
    xlsx: Path | None = None
    drill: Path | None = None


def report(
    run: Path,
    files: Files,
    night: tuple[str | None, str],
    lang: Lang,
    beside: Sequence[Path] = (),
) -> None:
    """Write every document asked for.

    Args:
        night: plan (None for the best one) and replication (``median``, ``worst`` or a number)
            that working lists and the inject list are drawn from.
        beside: runs with optimistic and pessimistic inputs, shown beside this one.

    Raises:
        InputError: none was asked for, no such run, plan or replication, no font for the figures.
        OSError: a file cannot be written.
    """
    if not any(astuple(files)):
        asked = "--html / --docx / --xlsx / --drill"
        raise InputError([Problem("report.no_format", asked)])
    book = Book.open(run, beside=beside)
    plan, which = _chosen(book, *night)
    # the writers load matplotlib, python-docx and openpyxl only when they are needed
    if files.html is not None:
        from sim.report.html import write_html

        write_html(book, files.html, lang)
        print(message("report.written", lang, file=files.html))
    if files.docx is not None:
        from sim.report.word import write_word

        write_word(book, files.docx, lang)
        print(message("report.written", lang, file=files.docx))
    if files.xlsx is not None:
        from sim.report.excel import write_xlsx

        write_xlsx(book, files.xlsx, lang, plan, which)
        print(message("report.written", lang, file=files.xlsx))
    if files.drill is not None:
        from sim.report.drill_word import write_drill

        write_drill(book, files.drill, lang, plan, which)
        print(message("report.written", lang, file=files.drill))


def _chosen(book: Book, plan: str | None, replication: str) -> tuple[str, str | int]:
    """The plan and replication meant.

    Raises:
        InputError: the run has no such plan or replication.
    """
    run = str(book.run.path)
    if plan is not None and plan not in book.plans:
        known = ", ".join(book.plans)
        raise InputError([Problem("run.no_plan", run, found=plan, allowed=known)])
    if replication in NIGHTS:
        return plan or book.best, replication
    if not replication.isdecimal() or int(replication) >= book.scored.n:
        allowed = f"0 … {book.scored.n - 1}, median, worst"
        raise InputError([Problem("run.no_replication", run, found=replication, allowed=allowed)])
    return plan or book.best, int(replication)
