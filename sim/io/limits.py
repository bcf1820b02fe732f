"""A list of problems a planner can read: sorted by file and row, repetition cut short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sim.schema.problems import Problem

MOST_OF_A_KIND = 20


def tidy(problems: Iterable[Problem]) -> list[Problem]:
    """Errors first, then notes; by file and row; after 20 of a kind only their number."""
    unique = list(dict.fromkeys(_hashable(problem) for problem in problems))
    unique.sort(key=_order)
    count: Counter[tuple[str, str, str | None]] = Counter()
    kept: list[Problem] = []
    for problem in unique:
        kind = (problem.code, problem.file, problem.field)
        count[kind] += 1
        if count[kind] <= MOST_OF_A_KIND:
            kept.append(problem)
    for (code, file, field), number in count.items():
        if number > MOST_OF_A_KIND:
            severity = next(p.severity for p in unique if (p.code, p.file) == (code, file))
            rest = number - MOST_OF_A_KIND
            kept.append(Problem("problems.more", file, None, field, rest, code, severity))
    return sorted(kept, key=_order)


def _order(problem: Problem) -> tuple[bool, str, float, str]:
    row = float("inf") if problem.code == "problems.more" else problem.row or 0
    return problem.severity != "error", problem.file, row, problem.field or ""


def _hashable(problem: Problem) -> Problem:
    """The same problem with values that can be compared and printed."""
    plain = (str, int, float, type(None))
    found = problem.found if isinstance(problem.found, plain) else str(problem.found)
    allowed = problem.allowed if isinstance(problem.allowed, plain) else str(problem.allowed)
    return Problem(
        problem.code, problem.file, problem.row, problem.field, found, allowed, problem.severity
    )
