"""可信到哪一步: verified, benchmarked, history-matched, not validated, each with its case."""

from __future__ import annotations

import numpy as np

from sim.report.blocks import Block, Bullets, Grid, Heading, Text
from sim.report.book import Book
from sim.texts.book import book_text
from sim.texts.labels import LINKS, word
from sim.texts.report import Lang, say


def trust_chapter(book: Book, lang: Lang) -> list[Block]:
    """What stands behind the numbers, and what does not."""
    return [
        Heading(1, book_text("ch.trust", lang)),
        Heading(2, book_text("sec.levels", lang)),
        _levels(book, lang),
        Heading(2, book_text("sec.not_in", lang)),
        Bullets(tuple(_not_in(book, lang))),
        Heading(2, book_text("sec.not_interval", lang)),
        Text(say("note.intervals", lang)),
        Bullets(tuple(_nights(book, lang))),
    ]


def _levels(book: Book, lang: Lang) -> Grid:
    def row(level: str, what: str, proof: str) -> tuple[str, str, str]:
        return (book_text(f"level.{level}", lang), what, book_text(proof, lang))

    name = book.title(lang)
    rows = [
        row("verified", book_text("verified.what", lang), "verified.proof"),
        row("benchmarked", book_text("benchmarked.buses", lang), "benchmarked.proof"),
        row("history", book_text("history.missed", lang), "history.proof"),
    ]
    found = book.scored.observed.get(book.best, ())
    if found:
        inside = sum(one.inside for one in found)
        values = {"n": len(found), "inside": inside, "plan": book.name(book.best, lang)}
        what = book_text("history.here", lang, name=name, **values)
        rows.append(row("history", what, "history.here_proof"))
    rows.append(row("not", book_text("not.here", lang, name=name), "not.proof"))
    heads = tuple(book_text(f"head.{key}", lang) for key in ("level", "what", "proof"))
    return Grid(book_text("sec.levels", lang), heads, tuple(rows), widths=(2, 7, 3))


def _not_in(book: Book, lang: Lang) -> list[str]:
    lines = [book_text(f"not_in.{key}", lang) for key in ("outages", "supplies", "harm", "hazards")]
    if book.folder is not None and not book.folder.spec.traffic.queues:
        lines.insert(0, book_text("not_in.queues", lang))
    comma = "、" if lang == "zh" else ", "
    unplayed: dict[str, list[str]] = {}
    for problem in book.document["scenario"].get("warnings", ()):
        if problem["code"] == "plan.not_simulated":
            plan = str(problem["file"]).removeprefix("plans/").removesuffix(".yaml")
            unplayed.setdefault(plan, []).append(word(LINKS, str(problem["found"]), lang))
    for plan, sections in unplayed.items():
        if plan in book.plans:
            values = {"plan": book.name(plan, lang), "sections": comma.join(sections)}
            lines.append(book_text("not_in.section", lang, **values))
    return lines


def _nights(book: Book, lang: Lang) -> list[str]:
    """In how many replications people met danger: never a number of victims as a headline."""
    lines = []
    for plan in book.plans:
        table = book.scored.tables[plan]
        counts = [
            int(np.nansum(table.of(measure) > 0)) for measure in ("caught_by_hazard", "stranded")
        ]
        if {"caught_by_hazard", "stranded"} <= table.values.keys():
            values = {"n": counts[0], "stranded": counts[1], "all": book.scored.n}
            lines.append(book_text("danger.nights", lang, plan=book.name(plan, lang), **values))
    return lines
