"""一、结论: the answer in words, the course of the transfer, what stands beside the base case."""

from __future__ import annotations

from sim.report.answer import notes, plan_answer
from sim.report.blocks import Block, Bullets, Heading
from sim.report.book import Book
from sim.report.chapters.sides import sides
from sim.report.figures.clearance import all_plans, clearance
from sim.texts.book import book_text
from sim.texts.report import Lang


def answer_chapter(book: Book, lang: Lang) -> list[Block]:
    """What the terminal says (targets have a chapter of their own), then the curves."""
    blocks: list[Block] = [
        Heading(1, book_text("ch.answer", lang)),
        Heading(2, book_text("sec.words", lang)),
        Bullets(tuple(plan_answer(book.scored, lang))),
        Heading(2, book_text("sec.process", lang)),
    ]
    for picture in (clearance(book, book.best, lang), all_plans(book, lang)):
        if picture is not None:
            blocks.append(picture)
    blocks.append(Heading(2, book_text("sec.sides", lang)))
    blocks += sides(book, lang)
    blocks.append(Bullets(tuple(notes(book.scored, lang)), "note"))
    return blocks
