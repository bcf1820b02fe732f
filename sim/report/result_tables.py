"""The numbers of a run as tables: measures, targets, comparisons, zones; those of ``--json``."""

from __future__ import annotations

import math

from sim.clock import NEVER
from sim.measures.catalogue import MEASURES, info_of
from sim.measures.scorecard import TargetScore, number
from sim.report.book import Book
from sim.report.lists.night import make_table, word
from sim.report.losers import zone_changes
from sim.report.table import Both, Cell, Share, Table, both
from sim.report.words import ON_THE_CLOCK
from sim.texts.labels import LIGHTS, UNITS, VERDICTS
from sim.texts.labels import MEASURES as MEASURE_LABELS
from sim.texts.report import ON_THE_CLOCK as CLOCK_LABELS

MEASURE_COLUMNS = (
    "plan", "measure", "measure_key", "unit", "mean", "low", "high", "p50_value", "p90_value",
    "reached",
)  # fmt: skip
TARGET_COLUMNS = (
    "plan", "target_name", "light", "judged", "met", "required", "lower", "upper", "deadline",
    "counted_from", "time_p50", "time_p90", "limit", "short", "zone", "at_most", "amount_p50",
    "amount_p90", "unit",
)  # fmt: skip
COMPARED_COLUMNS = (
    "plan", "baseline", "measure", "measure_key", "unit", "difference", "low", "high", "better",
    "verdict",
)  # fmt: skip
ZONE_COLUMNS = (
    "plan", "baseline", "zone", "zone_out", "zone_before", "difference", "better", "verdict",
)  # fmt: skip


def result_tables(book: Book) -> list[Table]:
    """All of them; those without rows are left out."""
    tables = [measures(book), targets(book), comparisons(book), zones(book)]
    return [table for table in tables if table.rows]


def measures(book: Book) -> Table:
    """A row per plan and measure."""
    rows: list[tuple[Cell, ...]] = []
    for plan, score in book.scored.scores.items():
        names = [name for name in MEASURES if name in score.measures]
        names += [name for name in score.measures if name not in MEASURES]
        for name in names:
            found = score.measures[name]
            ends = (found.ci95.low, found.ci95.high) if found.ci95 else (None, None)
            numbers = (found.mean, *ends, found.p50, found.p90)
            rows.append(
                (
                    *(plan_name(book, plan), _label(name), name, _unit(name)),
                    *(_value(name, value) for value in numbers),
                    found.reached_share,
                )
            )
    values = {"n": book.scored.n, "start": f"{book.clock_start:%Y-%m-%d %H:%M}"}
    return make_table("measures", MEASURE_COLUMNS, rows, values)


def targets(book: Book) -> Table:
    """A row per plan and target."""
    rows = [
        (plan_name(book, plan), *_target(target))
        for plan, score in book.scored.scores.items()
        for target in score.targets
    ]
    return make_table("targets", TARGET_COLUMNS, rows, {})


def _target(target: TargetScore) -> tuple[Cell, ...]:
    lamp, time = target.light, target.time
    nothing = (None, None)
    found = (time.p50, time.p90) if time else nothing
    amount = target.counted_from == "amount"
    return (
        both((target.text["zh"], target.text.get("en") or target.text["zh"])),
        both(LIGHTS[lamp.colour if lamp.n_judged else "not_judged"]),
        lamp.n_judged,
        lamp.n_met,
        target.required,
        lamp.lower,
        lamp.upper,
        target.deadline_min,
        word(f"counted_{target.counted_from}"),
        *(nothing if amount else found),
        target.limit_min,
        _short(target.vehicles_short),
        target.worst_zone[1] if target.worst_zone else "",
        target.at_most if amount else None,
        *(found if amount else nothing),
        both(UNITS.get(target.unit, (target.unit, target.unit))) if amount else "",
    )


def _short(vehicles: int | None) -> Cell:
    """Vehicles lacking; where no number of them would do, that is said."""
    return word("no_number") if vehicles is not None and vehicles >= NEVER else vehicles


def comparisons(book: Book) -> Table:
    """A row per plan and measure compared with the baseline."""
    rows: list[tuple[Cell, ...]] = []
    for one in book.scored.comparisons:
        result = one.result
        ends = (result.ci95.low, result.ci95.high) if result.ci95 else (None, None)
        rows.append(
            (
                plan_name(book, one.plan),
                plan_name(book, one.baseline),
                *(_label(one.measure), one.measure, _unit(one.measure)),
                *(_value(one.measure, value) for value in (result.diff_mean, *ends)),
                result.p_better,
                both(VERDICTS[result.verdict]),
            )
        )
    return make_table("comparisons", COMPARED_COLUMNS, rows, {})


def zones(book: Book) -> Table:
    """Every zone that does better or worse than under the baseline, plan by plan."""
    rows: list[tuple[Cell, ...]] = []
    for plan in book.plans:
        if plan == book.scored.baseline:
            continue
        for one in zone_changes(book.scored, plan):
            difference = one.result.diff_mean
            rows.append(
                (
                    plan_name(book, plan),
                    plan_name(book, book.scored.baseline),
                    *(one.name, one.share, one.baseline_share),
                    None if difference is None else Share(difference),
                    *(one.result.p_better, both(VERDICTS[one.result.verdict])),
                )
            )
    return make_table("zones", ZONE_COLUMNS, rows, {})


def plan_name(book: Book, plan: str) -> Both:
    """Name of a plan in both languages."""
    return both((book.name(plan, "zh"), book.name(plan, "en")))


def _label(name: str) -> Both:
    return both(CLOCK_LABELS.get(name) or MEASURE_LABELS.get(name, (name, name)))


def _unit(name: str) -> Both:
    if info_of(name).kind == "share":
        return both(("%", "%"))
    unit = info_of(name).unit
    zh, en = UNITS.get(unit, (unit, unit))
    if name in ON_THE_CLOCK:
        return both((f"{zh}（从开始）", f"{en} from start"))
    return both((zh, en))


def _value(name: str, value: float | None) -> Cell:
    """A number with the digits of ``--json``; +∞ stays, it is said in words."""
    if value is None or math.isnan(value):
        return None
    if math.isinf(value):
        return value
    if info_of(name).kind == "share":
        return Share(number(value) or 0.0)
    return number(value)
