"""Parts of the answer that the one-page summary shows too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from dashboard import parts
from sim.experiment.scored import ScoredRun
from sim.measures.intervals import Interval
from sim.measures.scorecard import PlanScore, TargetScore
from sim.measures.summary import Summary
from sim.report.target_words import target_line, target_more, target_time
from sim.report.words import amount, clock, percent, plain_minutes, share_interval
from sim.texts.dashboard import ui
from sim.texts.report import Lang, label, say

MODES = {
    "moved_by_bus": "bus",
    "moved_by_ambulance": "ambulance",
    "moved_by_car": "car",
    "moved_on_foot": "foot",
    "safe_in_place": "place",
    "moved_by_boat": "boat",
    "moved_by_team": "team",
    "unreached": "unreached",
    "stranded": "stranded",
    "harmed": "harmed",
}
"""Measures that sum to the people at risk → colour of their part of the bar."""


TARGET_HEADS = ("light", "target", "counts", "story")


def headline_figures(score: PlanScore, start: datetime, lang: Lang) -> Iterator[parts.Figure]:
    """The large numbers of a plan; those the scenario cannot give are left out."""
    for measure, tone in (("out_before_cutoff_share", "good"), ("rescued_share", "bad")):
        found = score.measures.get(measure)
        if found is not None:
            below = _interval(found.ci95, lang)
            yield parts.Figure(label(measure, lang), percent(found.mean, lang), below, tone)
    for measure in ("order_clock_min", "t90_clock_min", "t100_clock_min"):
        found = score.measures.get(measure)
        if found is not None:
            below = ui("answer.nine_in_ten", lang, p90=clock(found.p90, start, lang))
            yield parts.Figure(label(measure, lang), clock(found.p50, start, lang), below)


def _interval(interval: Interval | None, lang: Lang) -> str:
    if interval is None:
        return say("word.too_few", lang)
    return ui("answer.interval", lang, bounds=share_interval(interval, lang))


def targets_table(score: PlanScore, start: datetime, lang: Lang) -> str:
    """A row per target: its light, how often in time, what the runs show, the sentence."""
    if not score.targets:
        return parts.text("p", ui("answer.no_targets", lang), "yy-tip")
    rows = [_target_row(target, start, lang) for target in score.targets]
    return parts.raw_table([ui(f"targets.{key}", lang) for key in TARGET_HEADS], rows)


def _target_row(target: TargetScore, start: datetime, lang: Lang) -> list[str]:
    lamp = target.light
    name = target.text["en"] if lang == "en" and target.text.get("en") else target.text["zh"]
    key = "target.amounts" if target.counted_from == "amount" else "target.counts"
    counts = ui(key, lang, judged=lamp.n_judged, met=lamp.n_met)
    bounds = ui(
        "target.bounds",
        lang,
        low=percent(lamp.lower, lang),
        high=percent(lamp.upper, lang),
        required=percent(target.required, lang),
    )
    if lamp.n_met == lamp.n_judged > 0:
        rate = percent(1.0 - lamp.lower, lang)
        bounds += "；" if lang == "zh" else "; "
        bounds += ui("target.limit_zero", lang, n=lamp.n_judged, rate=rate)
    return [
        parts.chip(lamp.colour, say(f"target.{lamp.colour}", lang)),
        f"<b>{escape(name)}</b>",
        f"{escape(counts)}<br><small>{escape(bounds)}</small>",
        escape(_story(target, start, lang)),
    ]


def _story(target: TargetScore, start: datetime, lang: Lang) -> str:
    """When nine in ten were through, and what stands in the way."""
    if target.light.n_judged == 0:
        return target_line(target, start, lang)
    words = target_time(target, start, lang) + target_more(target, start, lang)
    return words.lstrip("；; ")


def mode_bars(scored: ScoredRun, strong: str, lang: Lang) -> str:
    """A bar per plan: by coach, ambulance, car, on foot, in place, boat; who did not leave."""
    rows = {}
    for plan, score in scored.scores.items():
        found = {m: score.measures[m] for m in MODES if m in score.measures}
        rows[scored.plan_name(plan, lang)] = [_slice(m, one, lang) for m, one in found.items()]
    return parts.bars(rows, lang, scored.plan_name(strong, lang))


def _slice(measure: str, found: Summary, lang: Lang) -> parts.Slice:
    size = found.mean or 0.0
    return parts.Slice(MODES[measure], label(measure, lang), size, amount(found.mean, lang))


def other_gaps(score: PlanScore, lang: Lang) -> Iterator[str]:
    """What else is lacking, beside the lines of the sheet for the meeting."""

    def mean(name: str) -> float | None:
        found = score.measures.get(name)
        return found.mean if found else None

    wait, use = mean("wait_for_bus_mean_min"), mean("bus_seat_use")
    if wait is not None:
        values = {"minutes": plain_minutes(wait, lang), "use": percent(use, lang)}
        yield ui("lack.wait", lang, **values)
    for name, key in (("shelter_overflow", "lack.shelter"), ("refused", "lack.refused")):
        value = mean(name)
        if value:
            yield ui(key, lang, n=amount(value, lang))
