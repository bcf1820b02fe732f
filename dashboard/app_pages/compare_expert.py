"""专家: regret over the ensemble, and every replication laid out."""

from __future__ import annotations

import math

import streamlit as st

from dashboard import parts
from dashboard.charts import draw, strips
from dashboard.frame import Frame
from sim.experiment.scored import ScoredRun
from sim.measures.catalogue import COMPARED, info_of
from sim.report.book import Book
from sim.report.fetched import worth_telling
from sim.report.regret import regrets
from sim.report.words import amount, difference_unit, percent
from sim.texts.report import label, say


def expert_part(frame: Frame, book: Book, scored: ScoredRun) -> None:
    """One measure, chosen by the reader: regret, spread, what pairing has saved."""
    told = worth_telling(scored, COMPARED)
    known = [m for m in told if any(m in t.values for t in scored.tables.values())]
    measure = st.selectbox(
        frame.say("expert.measure"),
        known,
        format_func=lambda one: label(one, frame.lang),
        key="expert-measure",
    )
    _regret(frame, scored, measure)
    _spread(frame, scored, measure)


def _regret(frame: Frame, scored: ScoredRun, measure: str) -> None:
    parts.show(parts.section(frame.say("expert.regret"), frame.say("expert.regret_tip")))
    found = regrets(scored, measure)
    if not found:
        st.info(frame.say("expert.no_regret"))
        return
    lang, share = frame.lang, info_of(measure).kind == "share"

    def written(value: float) -> str:
        return f"{100 * value:.1f}" if share else amount(value, lang)

    unit = difference_unit(measure, lang)
    heads = [say("head.plan", lang)]
    heads += [f"{frame.say(f'expert.{key}')} ({unit})" for key in ("mean", "p90", "most")]
    heads.append(frame.say("expert.best"))
    rows = [
        (
            scored.plan_name(one.plan, lang),
            *(written(value) for value in (one.mean, one.p90, one.most)),
            percent(one.best_share, lang),
        )
        for one in found
    ]
    parts.show(parts.table(heads, rows, numbers=(1, 2, 3, 4)), _pairing(frame, scored, measure))


def _pairing(frame: Frame, scored: ScoredRun, measure: str) -> str:
    ratios = [
        f"{scored.plan_name(one.plan, frame.lang)} {one.result.variance_ratio:.2f}"
        for one in scored.comparisons
        if one.measure == measure and one.result.variance_ratio is not None
    ]
    if not ratios:
        return ""
    comma = "，" if frame.lang == "zh" else "; "
    return parts.text("p", frame.say("expert.paired", ratio=comma.join(ratios)), "yy-tip")


def _spread(frame: Frame, scored: ScoredRun, measure: str) -> None:
    parts.show(parts.section(frame.say("expert.spread"), frame.say("expert.spread_tip")))
    names = {plan: scored.plan_name(plan, frame.lang) for plan in scored.scores}
    rows = [
        {"name": names[plan], "value": value}
        for plan, table in scored.tables.items()
        for value in table.of(measure).tolist()
        if math.isfinite(value)
    ]
    unit = difference_unit(measure, frame.lang)
    share = info_of(measure).kind == "share"
    title = label(measure, frame.lang) + ("" if share or not unit else f" ({unit})")
    draw(strips(rows, list(names.values()), title, share), title)
