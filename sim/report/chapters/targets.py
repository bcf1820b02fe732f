"""二、时限目标: lights of every plan, and every target of the best plan with its numbers."""

from __future__ import annotations

import math

from sim.clock import clock_text
from sim.measures.scorecard import TargetScore
from sim.report.blocks import Block, Bullets, Grid, Heading, Text, Tone
from sim.report.book import Book
from sim.report.figures.bars import lights, target_name
from sim.report.target_words import amount_with_unit, target_line
from sim.report.words import percent
from sim.texts.book import book_text
from sim.texts.report import Lang, say

TONES: dict[str, Tone] = {
    "met": "good",
    "missed": "bad",
    "impossible": "bad",
    "undecided": "doubt",
}


def targets_chapter(book: Book, lang: Lang) -> list[Block]:
    """Lights decided by intervals; a plan without targets says so."""
    blocks: list[Block] = [Heading(1, book_text("ch.targets", lang))]
    if not any(book.score(plan).targets for plan in book.plans):
        return [*blocks, Text(book_text("targets.none", lang))]
    blocks += [Heading(2, book_text("sec.lights", lang)), _overview(book, lang)]
    plan = book.best
    score = book.score(plan)
    if not score.targets:
        return blocks
    name = book.name(plan, lang)
    blocks.append(Heading(2, book_text("sec.lights_of", lang, plan=name)))
    picture = lights(book, plan, lang)
    blocks += [] if picture is None else [picture]
    lines = [target_line(target, book.clock_start, lang) for target in score.targets]
    blocks += [Bullets(tuple(lines)), _details(book, score.targets, lang)]
    faultless = [t for t in score.targets if t.light.n_judged == t.light.n_met > 0]
    if faultless:
        lamp = faultless[0].light
        rate = percent(1.0 - lamp.lower, lang)
        blocks.append(Text(book_text("targets.zero", lang, n=lamp.n_judged, rate=rate), "note"))
    return blocks


def _overview(book: Book, lang: Lang) -> Grid:
    """A row per target, a column per plan."""
    by_plan = {plan: {t.id: t for t in book.score(plan).targets} for plan in book.plans}
    ids = list(dict.fromkeys(key for targets in by_plan.values() for key in targets))
    rows, tones = [], {}
    for row, key in enumerate(ids):
        first = next(targets[key] for targets in by_plan.values() if key in targets)
        cells = [target_name(first, lang)]
        for column, targets in enumerate(by_plan.values(), start=1):
            target = targets.get(key)
            cells.append(_cell(target, lang))
            if target is not None and target.light.n_judged:
                tones[row, column] = TONES[target.light.colour]
        rows.append(tuple(cells))
    heads = (book_text("head.target", lang), *(book.name(plan, lang) for plan in book.plans))
    note = book_text("targets.rule", lang)
    return Grid(say("table.targets", lang), heads, tuple(rows), note=note, tones=tones)


def _cell(target: TargetScore | None, lang: Lang) -> str:
    if target is None:
        return say("word.unknown", lang)
    lamp = target.light
    colour = say(f"target.{lamp.colour}", lang)
    return say("target.cell", lang, light=colour, met=lamp.n_met, judged=lamp.n_judged)


def _details(book: Book, targets: tuple[TargetScore, ...], lang: Lang) -> Grid:
    keys = ("target", "light", "met", "required", "bounds", "deadline", "p90", "limit", "short")
    rows, tones = [], {}
    for row, target in enumerate(targets):
        lamp = target.light
        rows.append(
            (
                target_name(target, lang),
                say(f"target.{lamp.colour}", lang),
                f"{lamp.n_met}/{lamp.n_judged}",
                percent(target.required, lang),
                f"{percent(lamp.lower, lang)}～{percent(lamp.upper, lang)}",
                _limit(target, target.at_most if target.measure else target.deadline_min, lang),
                _limit(target, target.time.p90 if target.time else None, lang),
                _minutes(target.limit_min, lang),
                say("word.unknown", lang)
                if target.vehicles_short is None
                else f"{target.vehicles_short:,}",
            )
        )
        tones[row, 1] = TONES[lamp.colour]
    kinds = list(dict.fromkeys(target.counted_from for target in targets))
    start = clock_text(book.clock_start, 0)
    comma = "、" if lang == "zh" else ", "
    counted = comma.join(book_text(f"counted.{kind}", lang, clock=start) for kind in kinds)
    return Grid(
        book_text("sec.lights_of", lang, plan=book.name(book.best, lang)),
        tuple(book_text(f"head.{key}", lang) for key in keys),
        tuple(rows),
        forms=("text", "text", "number", "number", "number", *("number",) * 4),
        note=book_text("targets.minutes", lang, counted=counted),
        widths=(3.6, 1.4, 1.1, 1.1, 1.7, 1.2, 1.3, 1.3, 1.3),
        tones=tones,
    )


def _limit(target: TargetScore, value: float | None, lang: Lang) -> str:
    """Minutes, or an amount with its unit."""
    if target.counted_from == "amount" and value is not None:
        return amount_with_unit(value, target.unit, lang)
    return _minutes(value, lang)


def _minutes(value: float | None, lang: Lang) -> str:
    """Minutes rounded to the later one; negative before the hazard."""
    if value is None or math.isnan(value):
        return say("word.unknown", lang)
    return say("word.never", lang) if math.isinf(value) else f"{math.ceil(value - 1e-9):,}"
