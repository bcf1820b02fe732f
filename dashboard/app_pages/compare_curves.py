"""Parts of the comparison that are drawn against the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard import parts
from dashboard.charts import (
    Row,
    band_rows,
    curves,
    draw,
    epoch_ms,
    last_change,
    stroke_of_cut_off,
    stroke_of_plan,
)
from dashboard.frame import Frame
from sim.clock import MS_PER_MIN, clock_text
from sim.experiment.scored import ScoredRun
from sim.measures.curves import NAMES
from sim.measures.observed import Overlay
from sim.report.book import Book
from sim.report.cutoffs import people_cut_off
from sim.texts.report import say

Counts = NDArray[np.int64]


def curves_part(frame: Frame, book: Book, scored: ScoredRun) -> None:
    """People told, gone, out, head-counted against the clock, a band per plan, the cut-offs."""
    names = [name for name in NAMES if name in book.curves(book.plans[0])]
    if not names:
        st.info(frame.say("curves.none"))
        return
    left, right = st.columns([2, 3])
    with left:
        which = st.segmented_control(
            frame.say("curves.which"),
            names,
            default="out" if "out" in names else names[0],
            required=True,
            format_func=lambda name: frame.say(f"curve.{name}"),
            key="curve",
        )
    with right:
        plans = _plans(frame, book, scored)
    _draw(frame, book, {plan: book.curves(plan)[which or "out"] for plan in plans}, cut=True)
    parts.show(parts.text("p", frame.say("curves.tip"), "yy-tip"))


def _plans(frame: Frame, book: Book, scored: ScoredRun) -> list[str]:
    """The plans to draw: at first the baseline and the best one, so that bands stay readable."""
    first = list(dict.fromkeys((scored.baseline, book.best)))
    picked = st.pills(
        frame.say("curves.plans"),
        list(book.plans),
        selection_mode="multi",
        wrap=True,
        default=first,
        format_func=lambda plan: parts.plain(book.name(plan, frame.lang)),
        key=f"curve-plans-{frame.run_key}-{scored.baseline}",
    )
    return [plan for plan in book.plans if plan in picked] or first


def _draw(
    frame: Frame,
    book: Book,
    lines: Mapping[str, Counts],
    cut: bool = False,
    observed: Sequence[Row] = (),
) -> None:
    """Curves by plan under their legend; ``cut``: with the people whose road is cut."""
    keys = ("people", "clock", "typical", "low", "high", "observed")
    words = {key: frame.say(f"curves.{key}") for key in keys}
    shown = {
        stroke_of_plan(book.plans.index(plan), book.name(plan, frame.lang)): counts
        for plan, counts in lines.items()
    }
    last = last_change(shown.values())
    gone = people_cut_off(book) if cut else None
    if gone is not None:
        shown[stroke_of_cut_off(frame.say("curves.cut"))] = gone
    elif cut and book.scenario_missing is not None:
        st.caption(frame.say("curves.no_cut"))
    rows = [
        row
        for stroke, counts in shown.items()
        for row in band_rows(counts, book.clock_start, stroke.name, last)
    ]
    parts.show(parts.line_legend(shown))
    draw(curves(rows, list(shown), words, observed), frame.say("curves.tip"))


def observed_part(frame: Frame, book: Book, scored: ScoredRun) -> None:
    """The real night laid over the simulated band."""
    plan = frame.plan(scored)
    found = book.scored.observed.get(plan, ())
    if not found:
        st.info(frame.say("observed.none"))
        return
    kinds = list(dict.fromkeys(one.curve for one in found))
    kind = st.selectbox(
        frame.say("observed.what"), kinds, format_func=lambda one: _what(one, frame), key="observed"
    )
    mine = [one for one in found if one.curve == kind]
    seen = [_seen(one, book, frame) for one in mine]
    _draw(frame, book, {plan: book.curves(plan)[kind]}, observed=seen)
    inside = sum(one.inside for one in found)
    name = book.name(plan, frame.lang)
    summary = say("observed.summary", frame.lang, plan=name, n=len(found), inside=inside)
    parts.show(parts.text("p", summary, "yy-strong"), _observed_table(mine, frame))


def _what(curve: str, frame: Frame) -> str:
    kind, _, township = curve.partition(":")
    return f"{township or say('observed.whole', frame.lang)} {say(f'observed.{kind}', frame.lang)}"


def _seen(one: Overlay, book: Book, frame: Frame) -> Row:
    return {
        "t": epoch_ms(book.clock_start, one.minute),
        "seen": one.observed,
        "clock": clock_text(book.clock_start, round(one.minute * MS_PER_MIN)),
        "what": _what(one.curve, frame),
    }


def _observed_table(found: Sequence[Overlay], frame: Frame) -> str:
    lang = frame.lang
    heads = [say(f"head.{key}", lang) for key in ("time", "observed", "band", "inside")]
    rows = [
        (
            one.time,
            f"{one.observed:,}",
            f"{one.p05:,.0f}～{one.p95:,.0f} ({one.p50:,.0f})",
            say("word.yes" if one.inside else "word.no", lang),
        )
        for one in found
    ]
    return parts.table(heads, rows, numbers=(1, 2), css="yy-narrow")
