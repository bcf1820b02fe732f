"""三、方案比较: scorecard, how people left, what the plans differ in, the real night."""

from __future__ import annotations

from sim.experiment.compare import what_differs
from sim.measures.catalogue import COMPARED, HEADLINES
from sim.report.answer import HEADLINE
from sim.report.blocks import Block, Grid, Heading, Text, Tone
from sim.report.book import Book
from sim.report.chapters.measures import measures_grid
from sim.report.comparison_tables import comparison_words
from sim.report.fetched import worth_telling
from sim.report.figures.bars import differences, modes
from sim.report.figures.observed import observed
from sim.report.losers import zone_changes
from sim.report.plan_words import difference_rows
from sim.report.words import (
    ON_THE_CLOCK,
    difference_text,
    interval_text,
    measured,
    percent,
    share_interval,
    value_text,
)
from sim.texts.book import book_text
from sim.texts.report import Lang, label, say

TIMES = ("order_clock_min", "t50_clock_min", "t90_clock_min", "t100_clock_min", "t90_margin_min")
COUNTS = (
    *("moved_by_bus", "moved_by_boat", "moved_by_team"),
    *("safe_in_place", "unreached", "stranded"),
)
LOSERS = 12
VERDICTS: dict[str, Tone] = {"better": "good", "worse": "bad", "indistinguishable": "plain"}


def compare_chapter(book: Book, lang: Lang) -> list[Block]:
    """Everything that tells plans apart; with one plan only its own numbers."""
    blocks: list[Block] = [
        Heading(1, book_text("ch.compare", lang)),
        Heading(2, book_text("sec.scores", lang)),
        _scores(book, lang),
        measures_grid(book, book.best, lang),
        Heading(2, book_text("sec.modes", lang)),
    ]
    picture = modes(book, lang)
    blocks += [] if picture is None else [picture]
    blocks.append(Heading(2, book_text("sec.paired", lang)))
    if len(book.plans) < 2:
        blocks.append(Text(book_text("compare.only", lang)))
    else:
        picture = differences(book, lang)
        blocks += [] if picture is None else [picture]
        blocks += [_paired(book, lang), Heading(2, book_text("sec.differs", lang))]
        blocks += _differs(book, lang)
        blocks += _losers(book, lang)
    return blocks + _observed(book, lang)


def _scores(book: Book, lang: Lang) -> Grid:
    """A column per plan: headline shares, times, people."""
    rows = []
    for measure in worth_telling(book.scored, (*HEADLINES, *TIMES, *COUNTS)):
        found = [book.score(plan).measures.get(measure) for plan in book.plans]
        if any(found):
            cells = tuple(_score_cell(book, plan, measure, lang) for plan in book.plans)
            on_clock = measure in (*ON_THE_CLOCK, *HEADLINES)
            name = label(measure, lang) if on_clock else measured(measure, lang)
            rows.append((name, *cells))
    places = [book.score(plan).worst_place for plan in book.plans]
    unknown = say("word.unknown", lang)
    named = tuple(place[1] if place else unknown for place in places)
    rows.append((say("head.worst_place", lang), *named))
    heads = (book_text("head.measure", lang), *(book.name(plan, lang) for plan in book.plans))
    note = book_text("scores.note", lang)
    return Grid(say("table.scores", lang), heads, tuple(rows), note=note)


def _score_cell(book: Book, plan: str, measure: str, lang: Lang) -> str:
    found = book.score(plan).measures.get(measure)
    if found is None:
        return say("word.unknown", lang)
    if measure in HEADLINES:
        mean = percent(found.mean, lang)
        bounds = share_interval(found.ci95, lang)
        return f"{mean}（{bounds}）" if lang == "zh" else f"{mean} ({bounds})"
    if measure in COUNTS:
        return value_text(measure, found.mean, book.clock_start, lang)
    bad = book.low_decile(plan, measure) if measure == "t90_margin_min" else found.p90
    ends = [value_text(measure, value, book.clock_start, lang) for value in (found.p50, bad)]
    return ends[0] if ends[0] == ends[1] == say("word.never", lang) else " | ".join(ends)


def _paired(book: Book, lang: Lang) -> Grid:
    """A row per measure, a column per other plan."""
    others = [plan for plan in book.plans if plan != book.scored.baseline]
    rows: list[tuple[str, ...]] = []
    tones: dict[tuple[int, int], Tone] = {}
    for measure in COMPARED:
        found = [book.scored.comparison(plan, measure) for plan in others]
        if not any(one is not None and one.result.ties < one.result.n for one in found):
            continue
        for column, one in enumerate(found, start=1):
            if one is not None:
                tones[len(rows), column] = VERDICTS[one.result.verdict]
        cells = ("\n".join(comparison_words(one, lang)) for one in found)
        rows.append((measured(measure, lang), *cells))
    baseline = book.name(book.scored.baseline, lang)
    heads = (say("head.compared", lang), *(book.name(plan, lang) for plan in others))
    title = say("table.comparison", lang, baseline=baseline)
    return Grid(title, heads, tuple(rows), note=say("note.intervals", lang), tones=tones)


def _differs(book: Book, lang: Lang) -> list[Block]:
    plans, baseline = book.document["plans"], book.scored.baseline
    base_name = book.name(baseline, lang)
    blocks: list[Block] = []
    for plan in book.plans:
        if plan == baseline:
            continue
        values = {"plan": book.name(plan, lang), "baseline": base_name}
        found = what_differs(plans[plan], plans[baseline])
        if not found:
            blocks.append(Text(say("differs.nothing", lang, **values)))
            continue
        rows = tuple(difference_rows(found, lang))
        heads = (say("head.entry", lang), values["plan"], base_name)
        blocks.append(Grid(say("table.differs", lang, **values), heads, rows, widths=(3, 4, 4)))
    return blocks


def _losers(book: Book, lang: Lang) -> list[Block]:
    """Zones that are worse off under the best plan than under the baseline."""
    plan, baseline = book.best, book.scored.baseline
    if plan == baseline:
        return []
    values = {"plan": book.name(plan, lang), "baseline": book.name(baseline, lang)}
    head = Heading(2, book_text("sec.losers", lang))
    found = [one for one in zone_changes(book.scored, plan) if (one.result.diff_mean or 0.0) < 0.0]
    if not found:
        return [head, Text(book_text("losers.none", lang, **values))]
    rows = tuple(
        (
            one.name,
            percent(one.baseline_share, lang),
            percent(one.share, lang),
            f"{difference_text(HEADLINE, one.result.diff_mean, lang)} "
            f"({interval_text(HEADLINE, one.result.ci95, lang)})",
            f"{one.result.losses}/{one.result.n}",
        )
        for one in found[:LOSERS]
    )
    heads = (
        book_text("head.zone", lang),
        book_text("head.share_of", lang, plan=values["baseline"]),
        book_text("head.share_of", lang, plan=values["plan"]),
        book_text("head.change", lang),
        book_text("head.nights", lang),
    )
    return [
        head,
        Text(book_text("losers.some", lang, n=len(found))),
        Grid(
            book_text("losers.title", lang, **values),
            heads,
            rows,
            forms=("text", *("number",) * 4),
            widths=(2.4, 2, 2, 3, 1.4),
        ),
    ]


def _observed(book: Book, lang: Lang) -> list[Block]:
    """The real night over the band of every plan, where the scenario has one."""
    if not any(book.scored.observed.values()):
        return []
    blocks: list[Block] = [Heading(2, book_text("sec.observed", lang))]
    for plan, found in book.scored.observed.items():
        picture = observed(book, plan, lang)
        blocks += [] if picture is None else [picture]
        name = book.name(plan, lang)
        rows = []
        for one in found:
            kind, _, township = one.curve.partition(":")
            place = township or say("observed.whole", lang)
            band = f"{one.p05:,.0f}～{one.p95:,.0f} ({one.p50:,.0f})"
            inside = say("word.yes" if one.inside else "word.no", lang)
            what = f"{place} {say(f'observed.{kind}', lang)}"
            rows.append((one.time, what, f"{one.observed:,}", band, inside))
        heads = tuple(
            say(f"head.{key}", lang) for key in ("time", "what", "observed", "band", "inside")
        )
        inside_count = sum(one.inside for one in found)
        note = say("observed.summary", lang, plan=name, n=len(found), inside=inside_count)
        title = say("table.observed", lang, plan=name)
        blocks.append(Grid(title, heads, tuple(rows), note=note))
    return blocks
