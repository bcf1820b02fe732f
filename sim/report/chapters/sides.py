"""乐观、基准、悲观: the same plan under several inputs, side by side."""

from __future__ import annotations

from sim.measures.catalogue import HEADLINES
from sim.report.blocks import Block, Grid, Text
from sim.report.book import Book
from sim.report.words import percent, share_interval, value_text
from sim.texts.book import book_text
from sim.texts.report import Lang, label, say

TIMES = ("order_clock_min", "t90_clock_min")
FILES_NAMED = 4


def sides(book: Book, lang: Lang) -> list[Block]:
    """A row per run; without other runs it is said that nothing was played."""
    if not book.beside:
        return [Text(book_text("sides.missing", lang))]
    plan = book.best
    heads = (
        book_text("head.run", lang),
        book_text("head.n", lang),
        *(label(name, lang) for name in (*HEADLINES, *TIMES)),
        book_text("head.lights", lang),
        book_text("head.inputs", lang),
    )
    first = _row(book, book, plan, book_text("sides.this", lang), lang)
    rows = (first, *(_row(book, one, plan, _name(one, lang), lang) for one in book.beside))
    how = book_text("sides.how", lang, plan=book.name(plan, lang))
    return [
        Text(how),
        Grid(
            book_text("sec.sides", lang),
            heads,
            rows,
            forms=("text", *("number",) * 6, "text"),
            note=book_text("scores.note", lang),
            widths=(2.2, 0.9, 2, 2, 2, 2, 1.1, 2.4),
        ),
    ]


def _name(book: Book, lang: Lang) -> str:
    return f"{book.title(lang)} · {book.run.path.name}"


def _row(book: Book, other: Book, plan: str, name: str, lang: Lang) -> tuple[str, ...]:
    unknown = say("word.unknown", lang)
    if plan not in other.plans:
        gap = book_text("sides.no_plan", lang)
        return (name, str(other.scored.n), *(unknown for _ in range(5)), gap)
    score = other.score(plan)
    cells = []
    for measure in HEADLINES:
        found = score.measures.get(measure)
        bounds = share_interval(found.ci95, lang) if found and found.ci95 else ""
        mean = unknown if found is None else percent(found.mean, lang)
        cells.append(f"{mean} ({bounds})" if bounds else mean)
    for measure in TIMES:
        found = score.measures.get(measure)
        ends = (found.p50, found.p90) if found is not None else ()
        texts = [value_text(measure, value, other.clock_start, lang) for value in ends]
        cells.append(" | ".join(texts) or unknown)
    met = sum(target.light.colour == "met" for target in score.targets)
    lights = f"{met}/{len(score.targets)}" if score.targets else unknown
    differs = "" if other is book else _inputs(book, other, lang)
    return (name, str(other.scored.n), *cells, lights, differs)


def _inputs(book: Book, other: Book, lang: Lang) -> str:
    """Names of the input files in which two runs differ, or which side their values are on."""
    side = other.document["scenario"].get("inputs", "base")
    if side != book.document["scenario"].get("inputs", "base"):
        return say(f"inputs.{side}", lang)
    ours, theirs = book.document["inputs"], other.document["inputs"]
    files = [f for f in sorted({*ours, *theirs}) if ours.get(f) != theirs.get(f)]
    if not files:
        return book_text("sides.same", lang)
    comma = "、" if lang == "zh" else ", "
    more = "" if len(files) <= FILES_NAMED else f" … ({len(files)})"
    return comma.join(files[:FILES_NAMED]) + more
