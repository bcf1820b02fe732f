"""Parts of the comparison that are tables of words and numbers."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from dashboard import parts
from dashboard.app_pages.plan_cells import lights_cell, mean_cell, share_cell, typical_bad_cell
from dashboard.frame import Frame
from sim.experiment.compare import Comparison, what_differs
from sim.experiment.scored import ScoredRun
from sim.measures.catalogue import COMPARED, HEADLINES
from sim.report.book import Book
from sim.report.comparison_tables import DECISIVE, comparison_words
from sim.report.fetched import worth_telling
from sim.report.plan_words import difference_rows
from sim.report.words import (
    difference_unit,
    percent,
    share_interval,
)
from sim.texts.report import Lang, label, say

TIMES = ("order_clock_min", "t90_clock_min")
MEANS = ("moved_by_bus", "moved_by_boat", "stranded")


def overview(scored: ScoredRun, start: datetime, frame: Frame) -> str:
    """A row per plan: shares with intervals, people by coach and by boat, times, lights."""
    lang, scores = frame.lang, scored.scores.values()
    shares = [m for m in HEADLINES if any(m in s.measures for s in scores)]
    means = [m for m in worth_telling(scored, MEANS) if any(m in s.measures for s in scores)]
    times = [m for m in TIMES if any(m in s.measures for s in scores)]
    heads = [
        say("head.plan", lang),
        *(label(m, lang) for m in (*shares, *means)),
        *(frame.say("compare.typical_bad", what=label(m, lang)) for m in times),
        frame.say("compare.lights"),
    ]
    rows = []
    for plan, score in scored.scores.items():
        name = f"<b>{escape(scored.plan_name(plan, lang))}</b>"
        if plan == scored.baseline and len(scored.scores) > 1:
            name += f' <span class="yy-tag">{escape(frame.say("compare.is_baseline"))}</span>'
        cells = [name, *(share_cell(score, m, lang) for m in shares)]
        cells += [escape(mean_cell(score, m, lang)) for m in means]
        cells += [escape(typical_bad_cell(score, m, start, lang)) for m in times]
        rows.append([*cells, lights_cell(score, lang)])
    numbers = range(1, 1 + len(shares) + len(means))
    return parts.raw_table(heads, rows, numbers)


def pairs_part(frame: Frame, book: Book, scored: ScoredRun) -> None:
    """Differences from the baseline within the same nights."""
    parts.show(parts.text("p", frame.say("pairs.tip"), "yy-tip"))
    whole = st.toggle(frame.say("pairs.all"), key="pairs-all")
    others = [plan for plan in scored.scores if plan != scored.baseline]
    lang = frame.lang
    heads = [say("head.compared", lang), *(scored.plan_name(plan, lang) for plan in others)]
    rows = []
    for measure in worth_telling(scored, COMPARED if whole else DECISIVE):
        found = [scored.comparison(plan, measure) for plan in others]
        if any(one is not None for one in found):
            rows.append([_measured(measure, lang), *(_pair(one, frame) for one in found)])
    parts.show(parts.raw_table(heads, rows))


def _measured(measure: str, lang: Lang) -> str:
    unit = difference_unit(measure, lang)
    small = f"<br><small>{escape(unit)}</small>" if unit else ""
    return f"<b>{escape(label(measure, lang))}</b>{small}"


def _pair(one: Comparison | None, frame: Frame) -> str:
    if one is None:
        return escape(say("word.unknown", frame.lang))
    figures, *verdict = comparison_words(one, frame.lang)
    p = frame.say(
        "pairs.p_better",
        p=percent(one.result.p_better, frame.lang),
        bounds=share_interval(one.result.p_better_ci95, frame.lang),
    )
    words = "".join(parts.verdict(one.result.verdict, line) for line in verdict)
    return f"{escape(figures)}<br>{words}<br><small>{escape(p)}</small>"


def inputs_part(frame: Frame, book: Book, scored: ScoredRun) -> None:
    """What another plan does differently from the baseline, entry by entry."""
    plans, lang = book.document["plans"], frame.lang
    parts.show(parts.text("p", frame.say("inputs.tip"), "yy-tip"))
    plan = frame.other(scored)
    name, base = (scored.plan_name(one, lang) for one in (plan, scored.baseline))
    found = list(difference_rows(what_differs(plans[plan], plans[scored.baseline]), lang))
    if not found:
        parts.show(parts.text("p", say("differs.nothing", lang, plan=name, baseline=base)))
        return
    heads = (say("head.entry", lang), name, base)
    parts.show(parts.table(heads, found))
