"""结论: what the rehearsal says, in plain words first, then targets, means, gaps, doubt."""

from __future__ import annotations

import streamlit as st

from dashboard import parts
from dashboard.app_pages.answer_more import latest_button, sides
from dashboard.app_pages.answer_parts import (
    headline_figures,
    mode_bars,
    other_gaps,
    targets_table,
)
from dashboard.app_pages.presets import more_presets, presets
from dashboard.frame import Frame
from dashboard.store import gaps_of
from sim.report.answer import best_lines, boat_lines, notes, plan_line
from sim.report.book import Book
from sim.report.fetched import speaks_of_boats
from sim.texts.report import say


def page(frame: Frame) -> None:
    """Draw the page."""
    book = frame.book()
    if book is None or frame.run is None:
        presets(frame)
        return
    scored, lang = book.scored, frame.lang
    plan = frame.plan(scored)
    score, start = scored.scores[plan], book.clock_start
    gaps = gaps_of(frame.run, plan, lang)
    first = plan_line(score, book.name(plan, lang), start, lang)
    more = frame.join(best_lines(scored, lang))
    played = say(
        "answer.played", lang, plans=len(book.plans), n=scored.n, seed=book.document["seed"]
    )
    parts.show(
        parts.element(
            "div",
            parts.text("p", first, "yy-first")
            + (parts.text("p", more) if more else "")
            + parts.text("p", played, "yy-small"),
            "yy-hero",
        ),
        parts.figures(headline_figures(score, start, lang)),
    )
    _warnings(frame, book)
    parts.show(parts.section(frame.say("answer.targets")), targets_table(score, start, lang))
    parts.show(parts.lines(notes(scored, lang), "yy-notes"))
    left, right = st.columns([3, 2], gap="large")
    with left:
        parts.show(
            parts.section(
                frame.say("answer.modes" if speaks_of_boats(scored) else "answer.modes_land"),
                frame.say("answer.modes_note"),
            ),
            mode_bars(scored, plan, lang),
            parts.lines(boat_lines(scored, lang), "yy-notes"),
        )
    with right:
        parts.show(
            parts.section(frame.say("answer.lacking")),
            parts.lines((*gaps.lacking, *other_gaps(score, lang))),
            parts.section(frame.say("answer.latest")),
            parts.lines(gaps.latest),
        )
        if not gaps.has_latest:
            latest_button(frame, book, plan)
    sides(frame, book, plan)
    more_presets(frame)


def _warnings(frame: Frame, book: Book) -> None:
    if book.document["scenario"].get("roads_estimated"):
        st.warning(frame.say("estimated"))
