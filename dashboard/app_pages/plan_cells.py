"""Numbers of one plan as cells of a table, the same in every table of the dashboard."""

from __future__ import annotations

import math
from datetime import datetime
from html import escape

from dashboard import parts
from sim.measures.scorecard import PlanScore
from sim.report.words import amount, percent, share_interval, value_text
from sim.texts.report import Lang, say


def share_cell(score: PlanScore, measure: str, lang: Lang) -> str:
    found = score.measures.get(measure)
    if found is None:
        return escape(say("word.unknown", lang))
    bounds = share_interval(found.ci95, lang) if found.ci95 else ""
    mean = escape(percent(found.mean, lang))
    return f"<b>{mean}</b><br><small>{escape(bounds)}</small>"


def mean_cell(score: PlanScore, measure: str, lang: Lang) -> str:
    found = score.measures.get(measure)
    return amount(found.mean if found else None, lang)


def typical_bad_cell(score: PlanScore, measure: str, start: datetime, lang: Lang) -> str:
    found = score.measures.get(measure)
    if found is None:
        return say("word.unknown", lang)
    if found.p50 == found.p90 == math.inf:
        return say("word.never", lang)
    typical, bad = (value_text(measure, v, start, lang) for v in (found.p50, found.p90))
    return f"{typical} | {bad}"


def lights_cell(score: PlanScore, lang: Lang) -> str:
    """One small light per target; the words come up under the mouse."""
    made = []
    for target in score.targets:
        lamp = target.light
        name = target.text["en"] if lang == "en" and target.text.get("en") else target.text["zh"]
        words = f"{name}：{say(f'target.{lamp.colour}', lang)} {lamp.n_met}/{lamp.n_judged}"
        made.append(parts.small_chip(lamp.colour, words))
    return f'<span class="yy-lights">{"".join(made)}</span>'
