"""Every measure of one plan with its statistics, as ``--json`` gives them."""

from __future__ import annotations

import math
from collections.abc import Callable

from sim.measures.catalogue import MEASURES, info_of
from sim.measures.intervals import Interval
from sim.report.blocks import Grid
from sim.report.book import Book
from sim.report.fetched import worth_telling
from sim.report.words import ON_THE_CLOCK, percent, value_text
from sim.texts.book import book_text
from sim.texts.report import Lang, label, say, unit_label


def measures_grid(book: Book, plan: str, lang: Lang) -> Grid:
    """A row per measure: mean with interval, P50, P90, share of the nights in which it came."""
    score = book.score(plan)
    known = [name for name in MEASURES if name in score.measures]
    known += [name for name in score.measures if name not in MEASURES]
    unknown, rows = say("word.unknown", lang), []
    for name in worth_telling(book.scored, known):
        found = score.measures[name]

        def shown(value: float | None, measure: str = name) -> str:
            if value is None or math.isnan(value):
                return unknown
            return value_text(measure, value, book.clock_start, lang)

        unit = "" if name in ON_THE_CLOCK else unit_label(info_of(name).unit, lang)
        reached = unknown if found.reached_share is None else percent(found.reached_share, lang)
        rows.append(
            (
                label(name, lang),
                unit,
                shown(found.mean),
                _interval(found.ci95, shown, unknown),
                shown(found.p50),
                shown(found.p90),
                reached,
            )
        )
    keys = ("measure", "unit", "mean", "ci", "p50", "p90_value", "reached")
    return Grid(
        book_text("measures.title", lang, plan=book.name(plan, lang)),
        tuple(book_text(f"head.{key}", lang) for key in keys),
        tuple(rows),
        forms=("text", "text", *("number",) * 5),
        note=say("note.intervals", lang),
        widths=(3.4, 1.1, 1.6, 2.6, 1.6, 1.6, 1.2),
    )


def _interval(interval: Interval | None, shown: Callable[[float], str], unknown: str) -> str:
    if interval is None or not all(map(math.isfinite, (interval.low, interval.high))):
        return unknown
    return f"{shown(interval.low)}～{shown(interval.high)}"
