"""Which plan is better, and is the difference real? Pair by pair over the same nights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.experiment.store import RunFolder
from sim.measures.catalogue import COMPARED, info_of
from sim.measures.paired import Paired, compare
from sim.measures.result_table import ResultTable
from sim.measures.scorecard import number, pair
from sim.schema.problems import InputError, Problem


@dataclass(frozen=True)
class Comparison:
    """A plan against the baseline on one measure."""

    plan: str
    baseline: str
    measure: str
    result: Paired


@dataclass(frozen=True)
class Difference:
    """An entry in which two plans are written differently; None where it is left out."""

    field: str
    plan: object
    baseline: object


def choose_baseline(run: RunFolder, wanted: str | None) -> str:
    """The baseline asked for, or the first plan.

    Raises:
        InputError: the run has no such plan.
    """
    if wanted is None:
        return run.plans[0]
    if wanted not in run.plans:
        raise InputError(
            [Problem("run.no_plan", str(run.path), found=wanted, allowed=", ".join(run.plans))]
        )
    return wanted


def compare_plans(tables: Mapping[str, ResultTable], baseline: str) -> list[Comparison]:
    """All plans against the baseline on every measure both have, the most telling first."""
    found = []
    for plan, table in tables.items():
        if plan == baseline:
            continue
        for measure in COMPARED:
            better = info_of(measure).better
            if better is None:
                continue
            result = compare(table.of(measure), tables[baseline].of(measure), better)
            if result is not None:
                found.append(Comparison(plan, baseline, measure, result))
    return found


def comparison_json(one: Comparison) -> dict[str, Any]:
    """A comparison as in formats.md; without a mean difference the pairs decide."""
    result = one.result
    return {
        "plan": one.plan,
        "baseline": one.baseline,
        "measure": one.measure,
        "n": result.n,
        "diff_mean": number(result.diff_mean),
        "ci95": pair(result.ci95),
        "diff_median": number(result.diff_median),
        "p_better": number(result.p_better),
        "p_better_ci95": pair(result.p_better_ci95),
        "verdict": result.verdict,
    }


def what_differs(plan: Any, baseline: Any) -> list[Difference]:
    """Entries in which two plans differ, flattened to paths like ``fleet.rule``.

    Names and notes are left out: they do not change what is played.
    """
    ours, theirs = dict(_flat(plan)), dict(_flat(baseline))
    return [
        Difference(field, ours.get(field), theirs.get(field))
        for field in dict.fromkeys((*ours, *theirs))
        if ours.get(field) != theirs.get(field) and field.split(".")[0] not in ("name", "note")
    ]


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        for index, inner in enumerate(value, start=1):
            yield from _flat(inner, f"{path}[{index}]")
    else:
        empty = value is None or (isinstance(value, Mapping | Sequence) and not value)
        yield path, None if empty and value != "" else value
