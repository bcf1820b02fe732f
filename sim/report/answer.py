"""The answer in plain words that every page starts with."""

from __future__ import annotations

import math
from datetime import datetime

from sim.clock import parse_clock_start
from sim.experiment.compare import Comparison
from sim.experiment.scored import ScoredRun
from sim.measures.intervals import P95_MINIMUM
from sim.measures.paired import compare
from sim.measures.scorecard import PlanScore
from sim.report.fetched import speaks_of_boats
from sim.report.target_words import target_line
from sim.report.words import amount, clock, percent, points, share_interval
from sim.texts.report import Lang, say

HEADLINE = "out_before_cutoff_share"


def answer(scored: ScoredRun, lang: Lang) -> list[str]:
    """The whole answer, one sentence or line per entry, the most important first."""
    return plan_answer(scored, lang) + target_lines(scored, best_plan(scored), lang)


def plan_answer(scored: ScoredRun, lang: Lang) -> list[str]:
    """The answer without the targets: what was played, the best plan, boats, plan by plan."""
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
        lines.append(plan_line(score, scored.plan_name(plan, lang), start, lang))
    return lines


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
    head = say("target.of_plan", lang, plan=scored.plan_name(plan, lang))
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
        "answer.plan" if "t90_margin_min" in score.measures else "answer.plan_uncut",
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
            plan=scored.plan_name(best, lang),
            share=percent(scored.scores[best].measures[HEADLINE].mean, lang),
        )
    ]
    if result is None or result.diff_mean is None or result.ci95 is None:
        return lines
    real = result.verdict == "better"
    figures = (result.diff_mean, result.ci95.low, result.ci95.high)
    gain, low, high = (points(x).lstrip("+") if real else points(x) for x in figures)
    if points(result.diff_mean) == "0.0":
        return [*lines, say("answer.best_nil", lang, other=scored.plan_name(second, lang))]
    return [
        *lines,
        say(
            "answer.best_real" if real else "answer.best_tied",
            lang,
            other=scored.plan_name(second, lang),
            points=gain,
            low=low,
            high=high,
            wins=result.wins,
            n=result.n,
        ),
    ]


def boat_lines(scored: ScoredRun, lang: Lang) -> list[str]:
    """多坐大巴车走、少划冲锋舟救: people by bus and by boat, or by teams, under every plan."""
    way = "boat" if speaks_of_boats(scored) else "team"
    parts = []
    for plan, score in scored.scores.items():
        bus, fetched = score.measures.get("moved_by_bus"), score.measures.get(f"moved_by_{way}")
        if bus is None or fetched is None:
            continue
        parts.append(
            say(
                f"answer.{way}_plan",
                lang,
                plan=scored.plan_name(plan, lang),
                bus=amount(bus.mean, lang),
                fetched=amount(fetched.mean, lang),
            )
        )
    if not parts:
        return []
    lines = [say(f"answer.{way}", lang, list=("，" if lang == "zh" else "; ").join(parts))]
    fewest = _fewest_boats(scored)
    if fewest is not None and fewest.result.ci95 is not None:
        interval = fewest.result.ci95
        lines.append(
            say(
                "answer.boat_fewer",
                lang,
                baseline=scored.plan_name(scored.baseline, lang),
                plan=scored.plan_name(fewest.plan, lang),
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
