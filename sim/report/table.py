"""A table of a report in both languages: the one shape that screens, Word, HTML and Excel read.

Lists and reports make tables, writers only lay them out; so a number is the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sim.texts.labels import Label
from sim.texts.report import Lang, say, unit_label

Both = Mapping[str, str]
"""A text in both languages: ``{"zh": …, "en": …}``."""


@dataclass(frozen=True)
class Share:
    """A share 0–1 in a column whose other rows are amounts."""

    value: float


Cell = str | int | float | datetime | Both | Share | None
"""What stands in a table: names and ids as they are, numbers in the column's unit, a moment of the
scenario as date and time, words in both languages, None where nobody knows."""

Form = Literal["text", "count", "number", "share", "clock"]

CLOCK_FORMAT = "%m-%d %H:%M"
"""Date and clock: a night goes past midnight, and ``03:20`` alone would be a riddle."""


def both(label: Label) -> Both:
    """A text of the catalogue in both languages."""
    return {"zh": label[0], "en": label[1]}


def no_text() -> Both:
    """Nothing to say, in both languages."""
    return both(("", ""))


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        unit: key of ``sim.texts.labels.UNITS`` ("persons", "min" …); empty without a unit.
        form: how its cells are written: share 0–1 as a percentage, clock as date and time.
        meaning: what it says in the field and where it comes from.
        key: its name in the code, the same in every language.
    """

    label: Both
    unit: str = ""
    form: Form = "text"
    meaning: Both = field(default_factory=no_text)
    key: str = ""

    def head(self, lang: Lang) -> str:
        """Label with the unit: ``人数（人）``."""
        unit = unit_label(self.unit, lang) if self.unit else ""
        if not unit:
            return self.label[lang]
        return f"{self.label[lang]}（{unit}）" if lang == "zh" else f"{self.label[lang]} ({unit})"


@dataclass(frozen=True)
class Table:
    """Rows under columns, with a title, a note and, where it makes sense, rows of totals.

    Attributes:
        key: short name, also of its sheet ("tasks", "dispatch" …).
        totals: the last rows, as many cells as columns: one, or one per item where the column
            holds litres and beds.
        stamp: words that stand on every printed page (演练; 模拟数据 …).
    """

    key: str
    title: Both
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Both = field(default_factory=no_text)
    totals: tuple[tuple[Cell, ...], ...] = ()
    stamp: Both = field(default_factory=no_text)

    def __post_init__(self) -> None:
        for row in (*self.rows, *self.totals):
            if len(row) != len(self.columns):
                raise ValueError(f"{self.key}: {len(row)} cells under {len(self.columns)} columns")

    def total_of(self, key: str) -> float:
        """The total of a column by its key; 0 for a table without rows.

        Raises:
            ValueError: no such column, or one without a total, or with one per item.
        """
        at = [column.key for column in self.columns].index(key)
        if not self.totals:
            return 0.0
        cell = self.totals[0][at]
        if len(self.totals) > 1 or not isinstance(cell, int | float):
            raise ValueError(f"{self.key}: {key} has no total")
        return float(cell)

    def heads(self, lang: Lang) -> list[str]:
        """Column heads with units."""
        return [column.head(lang) for column in self.columns]

    def texts(self, lang: Lang) -> Iterator[list[str]]:
        """All rows, the totals last, as texts for paper and screen (nothing is escaped)."""
        for row in (*self.rows, *self.totals):
            yield [
                cell_text(cell, column.form, lang)
                for cell, column in zip(row, self.columns, strict=True)
            ]


def cell_text(cell: Cell, form: Form, lang: Lang) -> str:
    """One cell as a text: ``1,204``, ``93.5%``, ``06-19 03:20``; unknown is said, never 0.

    An infinite number is a time that is never reached, as in the scorecard.
    """
    if cell is None:
        return say("word.unknown", lang) if form != "text" else ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return cell.strftime(CLOCK_FORMAT)
    if isinstance(cell, Mapping):
        return cell[lang]
    if isinstance(cell, Share):
        return cell_text(cell.value, "share", lang)
    if not math.isfinite(cell):
        return say("word.never" if cell > 0 else "word.unknown", lang)
    if form == "share":
        return f"{cell * 100:.1f}%"
    if form == "count" or cell == round(cell):
        return f"{cell:,.0f}"
    return f"{cell:,.1f}" if abs(cell) >= 1 else f"{cell:.3g}"
