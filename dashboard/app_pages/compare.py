"""比较: which plan is better, is it real, what was done differently, who pays for it."""

from __future__ import annotations

import streamlit as st

from dashboard import parts
from dashboard.app_pages.compare_curves import curves_part, observed_part
from dashboard.app_pages.compare_expert import expert_part
from dashboard.app_pages.compare_who import late_part, losers_part
from dashboard.app_pages.compare_words import inputs_part, overview, pairs_part
from dashboard.choice import choose, chosen
from dashboard.frame import Frame
from dashboard.store import scored_against
from sim.experiment.scored import ScoredRun
from sim.report.answer import best_lines, notes
from sim.report.book import Book

PARTS = {
    "pairs": pairs_part,
    "curves": curves_part,
    "inputs": inputs_part,
    "losers": losers_part,
    "late": late_part,
    "observed": observed_part,
    "expert": expert_part,
}
ALONE = ("curves", "late", "observed", "expert")
"""Parts that make sense with a single plan."""


def page(frame: Frame) -> None:
    """Draw the page."""
    book = frame.book()
    if book is None or frame.run is None:
        return
    several = len(book.plans) > 1
    scored = scored_against(frame.run, _baseline(frame, book)) if several else book.scored
    if several:
        first = parts.text("p", frame.join(best_lines(scored, frame.lang)), "yy-first")
        parts.show(parts.element("div", first, "yy-hero"))
    else:
        st.info(frame.say("compare.one"))
    tip = frame.say("compare.table_tip", n=scored.n)
    parts.show(
        parts.section(frame.say("compare.table"), tip), overview(scored, book.clock_start, frame)
    )
    _part(frame, book, scored, several)
    parts.show(parts.lines(notes(scored, frame.lang), "yy-notes"))


def _baseline(frame: Frame, book: Book) -> str:
    plans = list(book.plans)
    baseline = chosen("base", plans, book.scored.baseline)
    picked = st.segmented_control(
        frame.say("baseline.choose"),
        plans,
        default=baseline,
        required=True,
        format_func=lambda plan: parts.plain(book.name(plan, frame.lang)),
        key=f"base-{frame.run_key}",
    )
    choose("base", picked or baseline)
    return picked or baseline


def _part(frame: Frame, book: Book, scored: ScoredRun, several: bool) -> None:
    names = [name for name in PARTS if several or name in ALONE]
    now = chosen("part", names, names[0])
    picked = st.segmented_control(
        frame.say("compare.part"),
        names,
        default=now,
        required=True,
        format_func=lambda name: frame.say(f"part.{name}"),
        label_visibility="collapsed",
        key="compare-part",
    )
    choose("part", picked or now)
    PARTS[picked or now](frame, book, scored)
