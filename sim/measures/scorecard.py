"""From the stored numbers of a plan to its scorecard: lights, shares, times, each with its doubt.

Shapes for ``--json`` are made here too; their names are the measures' names and do not change.
A number that was not reached (+∞) is ``null`` there, because JSON knows no infinity.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.measures.catalogue import info_of, is_headline_name
from sim.measures.intervals import Interval
from sim.measures.result_table import ResultTable, hash_of_hashes
from sim.measures.summary import Summary, summarise
from sim.measures.targets_light import Light, light

Floats = NDArray[np.float64]
DIGITS = 6
"""Significant digits of numbers in JSON beyond which there is only noise of the last bit."""


@dataclass(frozen=True)
class TargetScore:
    """One timing target of a plan, judged.

    Attributes:
        text: name in zh and en.
        share: share of people that must reach the milestone.
        light: the colour with its counts and bounds.
        counted_from: ``order`` (minutes after it), ``hazard`` (minutes, negative before it) or
            ``clock`` (minutes from clock_start): what times and deadline are counted from.
            Of a response target ``report`` (minutes after each report) or ``amount`` (no time).
        time: minutes until the share was reached, over the judged runs; None when not measured.
        deadline_min: the deadline in the same minutes (median over runs), None when unknown.
        limit_min: physical lower limit in the same minutes (median), None when unknown.
        vehicles_short: vehicles lacking at least (median where any are), None when unknown.
        worst_zone: (id, name) of the zone that most often decided it.
        measure, at_most, unit: of a response target, the measure that is judged, its limit and
            unit; ``time`` then summarises the measure in that unit.
    """

    id: str
    text: Mapping[str, str]
    share: float
    required: float
    light: Light
    counted_from: str
    time: Summary | None
    deadline_min: float | None
    limit_min: float | None
    vehicles_short: int | None
    worst_zone: tuple[str, str] | None
    measure: str | None = None
    at_most: float | None = None
    unit: str = "min"


@dataclass(frozen=True)
class PlanScore:
    """Everything the scorecard says about one plan."""

    plan: str
    name: Mapping[str, str]
    n: int
    median: int | None
    worst: int | None
    measures: Mapping[str, Summary]
    targets: tuple[TargetScore, ...]
    worst_place: tuple[str, str] | None
    log_sha256: str


def score_plan(
    table: ResultTable,
    spec: Mapping[str, Any],
    zones: Sequence[Sequence[str]],
    kept: Mapping[str, int],
) -> PlanScore:
    """The scorecard of one plan from its table of results.

    Args:
        spec: the plan as JSON, as run.json keeps it.
        zones: (id, name) of every zone by row.
        kept: numbers of the ``median`` and ``worst`` replication.
    """
    measures = {}
    for name in sorted(filter(is_headline_name, table.values)):
        summary = summarise(table.values[name], info_of(name).kind)
        if summary is not None:
            measures[name] = summary
    return PlanScore(
        plan=table.plan,
        name=spec["name"],
        n=table.n,
        median=kept.get("median"),
        worst=kept.get("worst"),
        measures=measures,
        targets=(
            *(_score_target(table, target, zones) for target in spec.get("targets", ())),
            *(_score_response(table, target) for target in spec.get("response_targets", ())),
        ),
        worst_place=_least_margin(table, zones),
        log_sha256=hash_of_hashes(table.log_sha256),
    )


def _score_target(
    table: ResultTable, target: Mapping[str, Any], zones: Sequence[Sequence[str]]
) -> TargetScore:
    key = f"target:{target['id']}"
    outcome, required = table.of(key), float(target["probability"])
    judged = ~np.isnan(outcome)
    deadline, limit = table.of(f"{key}:deadline_min"), table.of(f"{key}:limit_min")
    possible = judged & ~(limit > deadline)
    n_judged = int(judged.sum())
    # Impossible: even if every run the physical limit allows had been met, the light stays red.
    best_case = light(n_judged, int(possible.sum()), required)
    return TargetScore(
        id=str(target["id"]),
        text=target["name"],
        share=float(target["share"]),
        required=required,
        light=light(n_judged, int((outcome == 1.0).sum()), required, best_case.colour == "missed"),
        counted_from=_reference(target["deadline"]),
        time=summarise(np.where(judged, table.of(f"{key}:min"), np.nan), "time"),
        deadline_min=_median(deadline),
        limit_min=_median(limit),
        vehicles_short=_lacking(table.of(f"{key}:vehicles_short")[judged]),
        worst_zone=_most_frequent(table.of(f"{key}:worst")[judged], zones),
    )


def _score_response(table: ResultTable, target: Mapping[str, Any]) -> TargetScore:
    key, required, measure = f"target:{target['id']}", target["probability"], target["measure"]
    outcome, at_most, info = table.of(key), float(target["at_most"]), info_of(measure)
    timed = info.kind == "time"
    n_judged, n_met = int((~np.isnan(outcome)).sum()), int((outcome == 1.0).sum())
    return TargetScore(
        id=str(target["id"]),
        text=target["name"],
        share=1.0,
        required=float(required),
        light=light(n_judged, n_met, float(required)),
        counted_from="report" if timed else "amount",
        time=summarise(table.of(f"{key}:value"), info.kind),
        deadline_min=at_most if timed else None,
        limit_min=None,
        vehicles_short=None,
        worst_zone=None,
        measure=measure,
        at_most=at_most,
        unit=info.unit,
    )


def _reference(deadline: Mapping[str, Any]) -> str:
    """What a deadline is counted from."""
    if deadline.get("after_order_min") is not None:
        return "order"
    return "hazard" if deadline.get("before_hazard_h") is not None else "clock"


def _median(values: Floats) -> float | None:
    known = values[~np.isnan(values)]
    return float(np.sort(known)[(known.size - 1) // 2]) if known.size else None


def _lacking(short: Floats) -> int | None:
    """Median of the vehicles lacking in the replications that lack any; 0 when none does.

    None when unknown, and when in most of those no number of vehicles would help.
    """
    known = short[~np.isnan(short)]
    if known.size == 0:
        return None
    lacking = int(_median(known[known > 0]) or 0)
    return lacking if lacking < NEVER else None


def _most_frequent(rows: Floats, zones: Sequence[Sequence[str]]) -> tuple[str, str] | None:
    """The zone named most often; ties go to the first row."""
    known = rows[~np.isnan(rows)].astype(np.int64)
    known = known[(known >= 0) & (known < len(zones))]
    if known.size == 0:
        return None
    zone = zones[int(np.bincount(known).argmax())]
    return str(zone[0]), str(zone[1])


def _least_margin(table: ResultTable, zones: Sequence[Sequence[str]]) -> tuple[str, str] | None:
    """The zone most often last: least time left between its T90 and its cut-off."""
    found = [
        (row, table.values[f"zone:{zone[0]}:t90_margin_min"])
        for row, zone in enumerate(zones)
        if f"zone:{zone[0]}:t90_margin_min" in table.values
    ]
    if not found:
        return None
    margins = np.stack([values for _, values in found])
    unknown = np.isnan(margins)
    margins[unknown] = math.inf
    known = ~unknown.all(axis=0)
    least = np.array([row for row, _ in found])[margins.argmin(axis=0)]
    return _most_frequent(least[known].astype(np.float64), zones)


def number(value: float | None) -> float | None:
    """A number fit for JSON: null for unknown and for not reached, no noise digits."""
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{DIGITS}g}") if abs(value) < 10**DIGITS else round(value, 1)


def pair(interval: Interval | None) -> list[float | None] | None:
    """An interval for JSON; null at an end means the runs do not bound that side."""
    return None if interval is None else [number(interval.low), number(interval.high)]


def summary_json(name: str, summary: Summary) -> dict[str, Any]:
    """Statistics of a measure as in formats.md, with counts of runs beside them."""
    return {
        "unit": info_of(name).unit,
        "n": summary.n,
        "mean": number(summary.mean),
        "sd": number(summary.sd),
        "ci95": pair(summary.ci95),
        "p05": number(summary.p05),
        "p50": number(summary.p50),
        "p50_ci95": pair(summary.p50_ci95),
        "p90": number(summary.p90),
        "p90_ci95": pair(summary.p90_ci95),
        "p95": number(summary.p95),
        "reached_share": number(summary.reached_share),
    }


def target_json(target: TargetScore) -> dict[str, Any]:
    """A judged target as in formats.md, with the bounds on which the light rests."""
    lamp, time = target.light, target.time
    return {
        "id": target.id,
        "text": dict(target.text),
        "deadline_min": number(target.deadline_min),
        "counted_from": target.counted_from,
        "share": target.share,
        "required_probability": target.required,
        "n_judged": lamp.n_judged,
        "n_met": lamp.n_met,
        "p_meet": number(lamp.p_meet),
        "ci95": pair(lamp.ci95),
        "p_meet_lower95": number(lamp.lower),
        "p_meet_upper95": number(lamp.upper),
        "p50": number(time.p50) if time else None,
        "p90": number(time.p90) if time else None,
        "p90_ci95": pair(time.p90_ci95) if time else None,
        "p95": number(time.p95) if time else None,
        "reached_share": number(time.reached_share) if time else None,
        "light": lamp.colour,
        "further_runs": lamp.further_runs,
        "worst_place": target.worst_zone[0] if target.worst_zone else None,
        "limit_min": number(target.limit_min),
        "vehicles_short": target.vehicles_short,
        "measure": target.measure,
        "at_most": number(target.at_most),
        "unit": target.unit,
    }


def plan_json(score: PlanScore) -> dict[str, Any]:
    """A plan's scorecard as in formats.md."""
    return {
        "plan": score.plan,
        "name": dict(score.name),
        "replications": score.n,
        "median_replication": score.median,
        "worst_replication": score.worst,
        "worst_place": score.worst_place[0] if score.worst_place else None,
        "measures": {name: summary_json(name, one) for name, one in score.measures.items()},
        "targets": [target_json(target) for target in score.targets],
        "log_sha256": score.log_sha256,
    }
