"""A judged target in one sentence: its light, its time, what is lacking, who is late."""

from __future__ import annotations

import math
from datetime import datetime

from sim.measures.scorecard import TargetScore
from sim.report.words import amount, clock, percent
from sim.texts.report import Lang, say, unit_label


def target_line(target: TargetScore, clock_start: datetime, lang: Lang) -> str:
    """``【达标】…：100 次预演，97 次按时；十次里九次 85 分钟内完成``."""
    lamp = target.light
    text = target.text["en"] if lang == "en" and target.text.get("en") else target.text["zh"]
    colour = say(f"target.{lamp.colour}", lang)
    if lamp.n_judged == 0:
        key = "target.none_judged" if target.measure is None else "target.none_known"
        return say(key, lang, light=colour, text=text)
    return say(
        "target.line_amount" if target.counted_from == "amount" else "target.line",
        lang,
        light=colour,
        text=text,
        judged=lamp.n_judged,
        met=lamp.n_met,
        time=target_time(target, clock_start, lang),
        required=percent(target.required, lang),
        lower=percent(lamp.lower, lang),
        upper=percent(lamp.upper, lang),
        more=target_more(target, clock_start, lang),
    )


def target_time(target: TargetScore, clock_start: datetime, lang: Lang) -> str:
    """When nine in ten were through, in the terms of the target's own deadline."""
    if target.time is None:
        return ""
    if math.isinf(target.time.p90):
        return say("target.time_never", lang)
    kind = target.counted_from
    if kind == "amount":
        most = amount_with_unit(target.time.p90, target.unit, lang)
        return say("target.time_amount", lang, amount=most)
    if kind == "hazard":
        kind = "before" if target.time.p90 <= 0 else "after"
    moment = _moment(target, target.time.p90, clock_start, lang)
    return say(f"target.time_{kind}", lang, moment=moment)


def amount_with_unit(value: float | None, unit: str, lang: Lang) -> str:
    """``320 人·小时``: an amount and what it is counted in."""
    return f"{amount(value, lang)} {unit_label(unit, lang)}".rstrip()


def _moment(target: TargetScore, minute: float, clock_start: datetime, lang: Lang) -> str:
    """Minutes of a target in words: after the order, before or after the hazard, or a clock time.

    Rounded to the later minute, because a promise must not be shortened by rounding.
    """
    if target.counted_from == "clock":
        return say("moment.clock", lang, clock=clock(minute, clock_start, lang))
    whole = math.ceil(minute - 1e-9)
    if target.counted_from in ("order", "report"):
        return say(f"moment.{target.counted_from}", lang, minutes=f"{whole:,}")
    key = "moment.onset" if whole == 0 else "moment.before" if whole < 0 else "moment.after"
    return say(key, lang, minutes=f"{abs(whole):,}")


def target_more(target: TargetScore, clock_start: datetime, lang: Lang) -> str:
    """How many more runs, the physical limit, what is lacking, who is late; may be empty."""
    lamp, parts = target.light, []
    if lamp.colour == "undecided":
        key = "target.too_close" if lamp.further_runs is None else "target.more_runs"
        parts.append(say(key, lang, n=lamp.further_runs))
    limit, deadline = target.limit_min, target.deadline_min
    if lamp.colour == "impossible" and limit is not None and deadline is not None:
        early, late = (_moment(target, m, clock_start, lang) for m in (limit, deadline))
        parts.append(say("target.limit", lang, limit=early, deadline=late))
    if lamp.colour == "impossible" and target.vehicles_short:
        parts.append(say("target.lacking", lang, n=target.vehicles_short))
    if lamp.colour != "met" and target.worst_zone is not None:
        parts.append(say("target.worst", lang, place=target.worst_zone[1]))
    return "".join(parts)
