"""Where units should wait: the answer in words and as JSON."""

from __future__ import annotations

import math
from typing import Any

from rich.console import Console

from sim.measures.catalogue import info_of
from sim.measures.paired import Paired
from sim.measures.scorecard import number, pair
from sim.optimize.preposition.certify import Standing
from sim.optimize.preposition.find import ByLocation, Preposition
from sim.optimize.preposition.levels import Level
from sim.optimize.preposition.lost_roads import LostRoad
from sim.optimize.preposition.more import OneMore
from sim.optimize.preposition.units import Placement
from sim.report.preposition_tables import measure_words, tables
from sim.report.shelter_sites import grid
from sim.roads.network import Network
from sim.texts.preposition import PLACED, placed
from sim.texts.report import Lang

ROADS_IN_JSON = 20


def print_preposition(found: Preposition, console: Console, lang: Lang, most: int) -> None:
    """The answer in a terminal; ``most`` rows of every table."""
    plan, kind = found.setting.plan, found.setting.kind.name
    title = placed(
        "title", lang, plan=plan.spec.name.text(lang), units=placed(f"units.{kind}", lang)
    )
    console.print(title, style="bold")
    for line in sentences(found, lang):
        console.print(line)
    for table in tables(found):
        if table.rows:
            console.print(grid(table, lang, most))
    console.print(placed("note", lang), style="dim")


def sentences(found: Preposition, lang: Lang) -> list[str]:
    """How it was found, and the answer."""
    setting, question = found.setting, found.question
    higher = info_of(found.measure).better == "higher"
    lines = [
        placed(
            "how.more" if higher else "how", lang, n=len(setting.units),
            units=placed(f"units.{setting.kind.name}", lang), posts=len(setting.posts.places),
            nights=question.search_nights, runs=found.runs, fresh=found.verdict.nights,
            measure=measure_words(found.measure)[0 if lang == "zh" else 1],
        ),
        _answer(found, lang),
    ]  # fmt: skip
    if math.isfinite(found.limit):
        best = _standing(found, "winner").mean
        share = "100%" if best == 0 else f"{100 * found.limit / best:.0f}%"
        how = placed(f"limit.{found.setting.kind.name}", lang)
        lines.append(placed("limit", lang, limit=_text(found.limit), share=share, how=how))
    if math.isfinite(found.staffed):
        lines.append(_staffed(found, lang))
    lines += [_level(one, lang) for one in found.levels]
    lines.append(_location(found, lang))
    lines += [_one_more(found, one, lang) for one in found.more]
    if found.winner.placement == found.own:
        lines.append(placed("same", lang))
    return lines


def _staffed(found: Preposition, lang: Lang) -> str:
    """How much places alone can save at most, as the simulator sees it."""
    best, comma = _standing(found, "winner").mean, "、" if lang == "zh" else ", "
    return placed(
        "staffed", lang, most=found.at_each, units=comma.join(found.staffed_with),
        staffed=_text(found.staffed), gap=_text(abs(best - found.staffed)),
    )  # fmt: skip


def _level(one: Level, lang: Lang) -> str:
    """The placement called at a level of warning."""
    own, difference = placed("level.own", lang), ""
    if one.paired is not None:
        own = ""
        difference = placed(
            "level.other", lang, difference=_difference(one.paired),
            verdict=placed(f"verdict.{one.paired.verdict}", lang),
        )  # fmt: skip
    return placed(
        "level", lang, level=placed(f"level.{one.call_on}", lang), mean=_text(one.mean),
        hours=_text(one.standby_h), own=own, difference=difference,
    )  # fmt: skip


def _one_more(found: Preposition, one: OneMore, lang: Lang) -> str:
    """What one more unit or boat is worth."""
    setting = found.setting
    place = setting.world.places.names[setting.posts.places[one.post]]
    verdict = "indistinguishable" if one.paired is None else one.paired.verdict
    what = "stock" if one.what == "larger" and setting.kind.name == "supplies" else one.what
    return placed(
        f"more.{what}", lang, unit=one.unit, place=place,
        difference=_difference(one.paired), verdict=placed(f"verdict.{verdict}", lang),
    )  # fmt: skip


def _difference(paired: Paired | None) -> str:
    """Mean difference with its interval; a dash where the pairs decide."""
    if paired is None or paired.diff_mean is None or paired.ci95 is None:
        return "—"
    return f"{paired.diff_mean:+,.1f} [{paired.ci95.low:+,.1f}, {paired.ci95.high:+,.1f}]"


def _answer(found: Preposition, lang: Lang) -> str:
    own = _text(_standing(found, "own").mean)
    if found.winner.placement == found.own:
        tried = len(found.trials) + len(found.dropped)
        return placed("answer.own", lang, tried=tried, mean=own)
    paired = found.verdict.paired.get(("own", found.measure))
    verdict = "indistinguishable" if paired is None else paired.verdict
    return placed(
        "answer", lang, mean=_text(_standing(found, "winner").mean), own=own,
        seat=_text(_standing(found, "seat").mean), difference=_difference(paired),
        verdict=placed(f"verdict.{verdict}", lang),
    )  # fmt: skip


def _location(found: Preposition, lang: Lang) -> str:
    winner, own, seat = (found.location[name] for name in ("winner", "own", "seat"))
    if math.isnan(winner.nearest_min):
        return placed("calm", lang)
    return placed(
        "location", lang, winner=_text(winner.nearest_min), own=_text(own.nearest_min),
        seat=_text(seat.nearest_min), bound=_text(found.median_min),
        no_way=f"{100 * found.no_way:.0f}%", busy=f"{100 * winner.queue.mean_busy:.0f}%",
        all_busy=f"{100 * winner.queue.all_busy:.0f}%",
    )  # fmt: skip


def _standing(found: Preposition, name: str) -> Standing:
    return next(one for one in found.verdict.standings if one.name == name)


def _text(value: float) -> str:
    return f"{value:,.1f}" if math.isfinite(value) else "∞"


def as_document(found: Preposition) -> dict[str, Any]:
    """The answer as JSON; unknown and infinite numbers are null."""
    question, verdict = found.question, found.verdict
    return {
        "plan": found.setting.plan.id,
        "units": found.setting.kind.name,
        "sentences": {"zh": sentences(found, "zh"), "en": sentences(found, "en")},
        "measure": found.measure,
        "measure_words": dict(zip(("zh", "en"), measure_words(found.measure), strict=True)),
        "posts": [found.setting.world.places.ids[p] for p in found.setting.posts.places],
        "search": {
            "nights": question.search_nights, "runs": found.runs, "played": found.played,
            "tried": [
                {"from": trial.name, "loss": number(trial.loss), "nights": trial.nights}
                for trial in (*found.trials, *found.dropped)
            ],
        },
        "placements": {
            name: _places(found, at)
            for name, at in (
                ("winner", found.winner.placement), ("own", found.own), ("seat", found.seat)
            )
        },
        "found_by": found.winner.name,
        "fresh_nights": verdict.nights,
        "limit": number(found.limit),
        "every_post_staffed": number(found.staffed),
        "staffed_with": {"units": list(found.staffed_with), "at_each": found.at_each},
        "warning_levels": [
            {"call_on": one.call_on, "mean": number(one.mean), "standby_h": number(one.standby_h),
             "diff_mean": number(one.paired.diff_mean) if one.paired else None,
             "ci95": pair(one.paired.ci95) if one.paired else None,
             "verdict": one.paired.verdict if one.paired else None}
            for one in found.levels
        ],
        "standings": [_standing_json(found, one) for one in verdict.standings],
        "regret": [
            {"member": member, "nights": times,
             **{one.name: number(float(verdict.regret[k, column]))
                for k, one in enumerate(verdict.standings)}}
            for column, (member, times) in enumerate(
                zip(verdict.members, verdict.times, strict=True))
        ],
        "paired": [
            {"against": name, "measure": measure, "n": one.n, "diff_mean": number(one.diff_mean),
             "ci95": pair(one.ci95), "p_better": number(one.p_better), "verdict": one.verdict}
            for (name, measure), one in verdict.paired.items()
        ],
        "location": {
            "median_bound_min": number(found.median_min), "no_way": number(found.no_way),
            **{name: _location_json(one) for name, one in found.location.items()},
        },
        "one_more": [
            {"what": one.what, "unit": one.unit,
             "place": found.setting.world.places.ids[found.setting.posts.places[one.post]],
             "diff_mean": number(one.paired.diff_mean) if one.paired else None,
             "ci95": pair(one.paired.ci95) if one.paired else None,
             "verdict": one.paired.verdict if one.paired else None}
            for one in found.more
        ],
        "roads_lost": {
            "winner": _roads_json(found, found.lost), "own": _roads_json(found, found.lost_own)
        },
    }  # fmt: skip


def _places(found: Preposition, placement: Placement) -> dict[str, str]:
    ids = found.setting.world.places.ids
    return {unit: ids[place] for unit, place in found.setting.places(placement).items()}


def _standing_json(found: Preposition, one: Standing) -> dict[str, Any]:
    zh, en = PLACED[f"name.{one.name}"]
    takes = found.costs[one.name]
    return {
        "placement": one.name, "name": {"zh": zh, "en": en}, "mean": number(one.mean),
        "ci95": pair(one.interval), "cvar": number(one.cvar),
        "regret_mean": number(one.regret_mean), "regret_most": number(one.regret_most),
        "regret_member": one.regret_member, "standby_h": number(one.standby_h),
        "away": takes.away, "drive_h": number(takes.drive_h),
        "longest_drive_min": number(takes.longest_min),
    }  # fmt: skip


def _location_json(one: ByLocation) -> dict[str, Any]:
    return {
        "nearest_min": number(one.nearest_min), "with_busy_units_min": number(one.busy_min),
        "mean_busy": number(one.queue.mean_busy), "most_busy": number(one.queue.most_busy),
        "all_busy": number(one.queue.all_busy), "hypercube_exact": one.queue.exact,
    }  # fmt: skip


def _roads_json(found: Preposition, lost: tuple[LostRoad, ...]) -> list[dict[str, Any]]:
    roads = found.setting.world.roads
    if not isinstance(roads, Network):
        return []
    return [
        {"edge": roads.edge_ids[one.edge], "minutes": number(one.minutes),
         "with_all_roads_min": number(one.whole_min), "unreached": number(one.unreached)}
        for one in lost[:ROADS_IN_JSON]
    ]  # fmt: skip
