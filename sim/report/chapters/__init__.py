"""The report of a run, chapter by chapter, as blocks that Word and HTML lay out."""

from __future__ import annotations

from sim.report.blocks import Block, Heading, PageBreak, Questions, Text
from sim.report.book import Book
from sim.report.chapters.answer import answer_chapter
from sim.report.chapters.assumptions import assumptions_chapter
from sim.report.chapters.compare import compare_chapter
from sim.report.chapters.forces import forces_chapter
from sim.report.chapters.late import late_chapter
from sim.report.chapters.record import crosswalk_chapter, record_chapter
from sim.report.chapters.targets import targets_chapter
from sim.report.chapters.trust import trust_chapter
from sim.report.one_page import headline, one_page
from sim.texts.book import book_text
from sim.texts.report import Lang

CHAPTERS = (
    answer_chapter,
    targets_chapter,
    compare_chapter,
    late_chapter,
    forces_chapter,
    assumptions_chapter,
    trust_chapter,
    crosswalk_chapter,
    record_chapter,
)
"""In the order in which they are printed."""


def document(book: Book, lang: Lang) -> list[Block]:
    """The whole report: the page for the meeting first, then the chapters."""
    blocks = first_page(book, lang)
    blocks.append(PageBreak())
    for chapter in CHAPTERS:
        blocks += chapter(book, lang)
    return blocks


def first_page(book: Book, lang: Lang) -> list[Block]:
    """会议一页纸: title, the answer in two sentences, eight questions."""
    scored, document = book.scored, book.document
    line = book_text(
        "doc.line", lang, n=scored.n, seed=document["seed"], created=document["created"][:10]
    )
    blocks: list[Block] = [
        Heading(0, book_text("doc.title", lang, name=book.title(lang))),
        Text(line, "note"),
    ]
    if scored.n < scored.wanted:
        text = book_text("doc.unfinished", lang, wanted=scored.wanted, n=scored.n)
        blocks.append(Text(text, "bad"))
    first, *more = headline(book, lang)
    plan = book_text("page.plan", lang, plan=book.name(book.best, lang))
    blocks.append(Text(f"{first} {plan}" if lang == "en" else first + plan))
    blocks += [Text(line, "lead") for line in more]
    rows = tuple((one.question, one.answer) for one in one_page(book, lang))
    blocks.append(Questions(rows))
    return blocks
