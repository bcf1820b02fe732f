"""一、结论: the answer in words, the course of the transfer, what stands beside the base case."""

from __future__ import annotations

from sim.report.answer import answer, notes
from sim.report.blocks import Block, Bullets, Heading, Text
from sim.report.book import Book
from sim.report.figures.clearance import all_plans, clearance
from sim.texts.book import book_text
from sim.texts.report import Lang


def answer_chapter(book: Book, lang: Lang) -> list[Block]:
    """What the terminal says, then the curves."""
    lines = [line for line in answer(book.scored, lang) if not line.startswith("  ")]
    # the targets have a chapter of their own; their head would stand alone here
    lines = lines[:-1] if book.score(book.best).targets else lines
    blocks: list[Block] = [
        Heading(1, book_text("ch.answer", lang)),
        Heading(2, book_text("sec.words", lang)),
        Bullets(tuple(lines)),
        Heading(2, book_text("sec.process", lang)),
    ]
    for picture in (clearance(book, book.best, lang), all_plans(book, lang)):
        if picture is not None:
            blocks.append(picture)
    blocks += [
        Heading(2, book_text("sec.sides", lang)),
        Text(book_text("sides.missing", lang)),
        Bullets(tuple(notes(book.scored, lang)), "note"),
    ]
    return blocks
