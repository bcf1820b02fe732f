"""What is wrong with an input: one record per problem, collected and shown all at once.

Errors are codes here; the sentences in Chinese and English live in ``sim.texts``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend (error) or to know (warning) in a planner's file.

    Attributes:
        code: key of the sentence in the texts catalogue, e.g. ``number.out_of_range``.
        file: file name inside the scenario folder, as the planner knows it.
        row: row as a spreadsheet numbers it (the header is row 1); None for the whole file.
        field: column or key path, e.g. ``population`` or ``fleet.hold_min``.
        found: what stands there.
        allowed: what may stand there, as a value or a short language-neutral rule (``≥ 0``).
        severity: an error stops the work; a warning is reported and the work goes on.
    """

    code: str
    file: str
    row: int | None = None
    field: str | None = None
    found: object = None
    allowed: object = None
    severity: Severity = "error"


class InputError(Exception):
    """The input cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        first = self.problems[0] if self.problems else None
        super().__init__(f"{len(self.problems)} problem(s); first: {first}")
