"""The answer in plain words that every page starts with."""

from __future__ import annotations

import math
from datetime import datetime

from sim.clock import parse_clock_start
from sim.experiment.compare import Comparison
from sim.experiment.scored import ScoredRun
from sim.measures.intervals import P95_MINIMUM
from sim.measures.paired import compare
from sim.measures.scorecard import PlanScore, TargetScore
from sim.report.words import amount, clock, percent, points, share_interval
from sim.texts.report import Lang, say

HEADLINE = "out_before_cutoff_share"


def plan_name(scored: ScoredRun, plan: str, lang: Lang) -> str:
    """A plan's name in the language asked for."""
    name = scored.scores[plan].name
    return name["en"] if lang == "en" and name.get("en") else name["zh"]


def answer(scored: ScoredRun, lang: Lang) -> list[str]:
    """The whole answer, one sentence or line per entry, the most important first."""
    document = scored.run.document
    lines = [
        say(
            "answer.played",
            lang,
            plans=len(scored.scores),
            n=scored.n,
            seed=document["seed"],
        )
    ]
    if scored.n < scored.wanted:
        lines.append(say("answer.unfinished", lang, wanted=scored.wanted, n=scored.n))
    lines += best_lines(scored, lang)
    lines += boat_lines(scored, lang)
    start = parse_clock_start(document["scenario"]["clock_start"])
    for plan, score in scored.scores.items():
        lines.append(plan_line(score, plan_name(scored, plan, lang), start, lang))
    return lines + target_lines(scored, best_plan(scored), lang)


def best_plan(scored: ScoredRun) -> str:
    """The plan with most people out before the cut-off; the baseline where none can tell."""
    return next(iter(ranked_plans(scored)), scored.baseline)


def ranked_plans(scored: ScoredRun) -> list[str]:
    """Plans by their mean share of people out before the cut-off, highest first."""
    means = {
        plan: score.measures[HEADLINE].mean or 0.0
        for plan, score in scored.scores.items()
        if HEADLINE in score.measures
    }
    return sorted(means, key=lambda plan: -means[plan])


def target_lines(scored: ScoredRun, plan: str, lang: Lang) -> list[str]:
    """Every target of one plan in a sentence."""
    start = parse_clock_start(scored.run.document["scenario"]["clock_start"])
    score = scored.scores[plan]
    if not score.targets:
        return []
    head = say("target.of_plan", lang, plan=plan_name(scored, plan, lang))
    return [head, *(f"  {target_line(target, start, lang)}" for target in score.targets)]


def notes(scored: ScoredRun, lang: Lang) -> list[str]:
    """What stands below every table: what the intervals do not contain."""
    few = [say("note.few_runs", lang)] if scored.n < P95_MINIMUM else []
    return [say("note.intervals", lang), *few, say("note.simulated", lang)]


def plan_line(score: PlanScore, name: str, clock_start: datetime, lang: Lang) -> str:
    """One sentence about a plan; parts the scenario cannot give are left out."""
    out, rescued = score.measures.get(HEADLINE), score.measures.get("rescued_share")
    people, t90 = score.measures.get("people_at_risk"), score.measures.get("t90_clock_min")
    unknown = say("word.unknown", lang)
    time = ""
    if t90 is not None:
        key = "answer.plan_time" + ("_never" if math.isinf(t90.p90) else "")
        time = say(key, lang, clock=clock(t90.p90, clock_start, lang))
    place = score.worst_place
    return say(
        "answer.plan",
        lang,
        plan=name,
        people=amount(people.p50, lang) if people else unknown,
        out=_share(out.mean, out.ci95, lang) if out else unknown,
        rescued=_share(rescued.mean, rescued.ci95, lang) if rescued else unknown,
        time=time,
        place=say("answer.plan_place", lang, place=place[1]) if place else "",
    )


def _share(mean: float | None, interval: object, lang: Lang) -> str:
    text = percent(mean, lang)
    if interval is None:
        return text
    bounds = share_interval(interval, lang)  # type: ignore[arg-type]
    return f"{text}（95% 区间 {bounds}）" if lang == "zh" else f"{text} (95 % CI {bounds})"


def best_lines(scored: ScoredRun, lang: Lang) -> list[str]:
    """Which plan gets most people out before the cut-off, and whether that is real."""
    ranked = ranked_plans(scored)
    if len(ranked) < 2:
        return []
    best, second = ranked[0], ranked[1]
    result = compare(scored.tables[best].of(HEADLINE), scored.tables[second].of(HEADLINE), "higher")
    lines = [
        say(
            "answer.best",
            lang,
            plan=plan_name(scored, best, lang),
            share=percent(scored.scores[best].measures[HEADLINE].mean, lang),
        )
    ]
    if result is None or result.diff_mean is None or result.ci95 is None:
        return lines
    real = result.verdict == "better"
    figures = (result.diff_mean, result.ci95.low, result.ci95.high)
    gain, low, high = (points(x).lstrip("+") if real else points(x) for x in figures)
    if points(result.diff_mean) == "0.0":
        return [*lines, say("answer.best_nil", lang, other=plan_name(scored, second, lang))]
    return [
        *lines,
        say(
            "answer.best_real" if real else "answer.best_tied",
            lang,
            other=plan_name(scored, second, lang),
            points=gain,
            low=low,
            high=high,
            wins=round(100 * result.p_better),
        ),
    ]


def boat_lines(scored: ScoredRun, lang: Lang) -> list[str]:
    """多坐大巴车走、少划冲锋舟救: people by bus and by boat under every plan."""
    parts = []
    for plan, score in scored.scores.items():
        bus, boat = score.measures.get("moved_by_bus"), score.measures.get("moved_by_boat")
        if bus is None or boat is None:
            continue
        parts.append(
            say(
                "answer.boat_plan",
                lang,
                plan=plan_name(scored, plan, lang),
                bus=amount(bus.mean, lang),
                boat=amount(boat.mean, lang),
            )
        )
    if not parts:
        return []
    lines = [say("answer.boat", lang, list=("，" if lang == "zh" else "; ").join(parts))]
    fewest = _fewest_boats(scored)
    if fewest is not None and fewest.result.ci95 is not None:
        interval = fewest.result.ci95
        lines.append(
            say(
                "answer.boat_fewer",
                lang,
                baseline=plan_name(scored, scored.baseline, lang),
                plan=plan_name(scored, fewest.plan, lang),
                fewer=amount(-(fewest.result.diff_mean or 0.0), lang),
                low=amount(-interval.high, lang),
                high=amount(-interval.low, lang),
            )
        )
    return lines


def _fewest_boats(scored: ScoredRun) -> Comparison | None:
    """The plan that spares most people the boat against the baseline, if that is real."""
    better = [
        one
        for one in scored.comparisons
        if one.measure == "moved_by_boat" and one.result.verdict == "better"
    ]
    return min(better, key=lambda one: one.result.diff_mean or 0.0, default=None)


def target_line(target: TargetScore, clock_start: datetime, lang: Lang) -> str:
    """``【达标】…：100 次预演，97 次按时；十次里九次 85 分钟内完成``."""
    lamp = target.light
    text = target.text["en"] if lang == "en" and target.text.get("en") else target.text["zh"]
    colour = say(f"target.{lamp.colour}", lang)
    if lamp.n_judged == 0:
        return say("target.none_judged", lang, light=colour, text=text)
    return say(
        "target.line",
        lang,
        light=colour,
        text=text,
        judged=lamp.n_judged,
        met=lamp.n_met,
        time=_target_time(target, clock_start, lang),
        required=percent(target.required, lang),
        lower=percent(lamp.lower, lang),
        upper=percent(lamp.upper, lang),
        more=_target_more(target, clock_start, lang),
    )


def _target_time(target: TargetScore, clock_start: datetime, lang: Lang) -> str:
    """When nine in ten were through, in the terms of the target's own deadline."""
    if target.time is None:
        return ""
    if math.isinf(target.time.p90):
        return say("target.time_never", lang)
    kind = target.counted_from
    if kind == "hazard":
        kind = "before" if target.time.p90 <= 0 else "after"
    moment = _moment(target, target.time.p90, clock_start, lang)
    return say(f"target.time_{kind}", lang, moment=moment)


def _moment(target: TargetScore, minute: float, clock_start: datetime, lang: Lang) -> str:
    """Minutes of a target in words: after the order, before or after the hazard, or a clock time.

    Rounded to the later minute, because a promise must not be shortened by rounding.
    """
    if target.counted_from == "clock":
        return say("moment.clock", lang, clock=clock(minute, clock_start, lang))
    whole = math.ceil(minute - 1e-9)
    if target.counted_from == "order":
        return say("moment.order", lang, minutes=f"{whole:,}")
    return say("moment.before" if whole <= 0 else "moment.after", lang, minutes=f"{abs(whole):,}")


def _target_more(target: TargetScore, clock_start: datetime, lang: Lang) -> str:
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
