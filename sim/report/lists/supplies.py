"""物资缺口表: what people in shelters need against the county's stock.

Supply runs are not in it: this is persons in shelters times a standard, nothing more.

Standards per person are a shipped table (``sim/defaults/supplies.csv``) with source and
confidence; an item without a standard is marked 数据不足, never 0.
"""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from sim.measures.intervals import quantile
from sim.measures.result_table import ResultTable
from sim.report.lists.night import make_table, word
from sim.report.table import Both, Cell, Table, both
from sim.schema.base import Row
from sim.schema.tables import ItemRow, StoreRow
from sim.texts.labels import CONFIDENCE

COLUMNS = (
    "item", "item_unit", "stock_county", "stock_town", "stock", "per_person", "need_p50",
    "gap_p50", "need_p90", "gap_p90", "source", "confidence",
)  # fmt: skip
DAYS = 3
"""Days that consumables must last (judgement: until supply runs are regular)."""


@dataclass(frozen=True)
class Standard:
    """What one person in a shelter needs of an item, in its unit; per day for consumables."""

    per_person: float
    per_day: bool
    source: Both
    confidence: str

    def for_days(self, days: int) -> float:
        """Amount per person for a stay of some days."""
        return self.per_person * (days if self.per_day else 1)


@cache
def standards() -> dict[tuple[str, str], Standard]:
    """(item, unit) to its standard, from the shipped table."""
    data = (files("sim") / "defaults" / "supplies.csv").read_text(encoding="utf-8")
    return {
        (row["item"], row["unit"]): Standard(
            float(row["per_person"]),
            row["per_day"] == "yes",
            both((row["source_zh"], row["source_en"])),
            row["confidence"],
        )
        for row in csv.DictReader(io.StringIO(data, newline=""))
    }


def items_wanted(items: Iterable[Row]) -> list[tuple[str, str]]:
    """(item, unit) of all that is in stock anywhere, then of the standards that nobody stocks."""
    stocked = list(dict.fromkeys((row.name, row.unit) for row in items if isinstance(row, ItemRow)))
    named = {name for name, _ in stocked}
    by_item = dict(reversed(standards()))
    return stocked + [(item, unit) for item, unit in by_item.items() if item not in named][::-1]


def supplies(
    items: Iterable[Row], stores: Iterable[Row], table: ResultTable, days: int = DAYS
) -> Table:
    """A row per item in stock anywhere, and per item of the standards that nobody stocks.

    Args:
        items, stores: rows of items.csv and stores.csv.
        table: results of a plan over all replications: persons in shelters at the end.
    """
    sheltered = table.of("sheltered")
    sheltered = sheltered[~np.isnan(sheltered)]
    known = sheltered.size > 0
    people = [math.ceil(quantile(sheltered, share)) if known else None for share in (0.5, 0.9)]
    items = tuple(items)
    in_town = {row.id for row in stores if isinstance(row, StoreRow) and row.parent}
    stock: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in items:
        if isinstance(row, ItemRow):
            stock[row.name, row.unit][row.store in in_town] += row.stock
    rows = [_row(key, stock[key], people, days) for key in items_wanted(items)]
    values = {
        "days": days,
        "n": table.n,
        "p50": "—" if people[0] is None else people[0],
        "p90": "—" if people[1] is None else people[1],
    }
    return make_table("supplies", COLUMNS, rows, values)


def _row(
    key: tuple[str, str], by_level: list[int], people: list[int | None], days: int
) -> tuple[Cell, ...]:
    stock = sum(by_level)
    standard = standards().get(key)
    if standard is None:
        missing = word("no_data")
        return (*key, *by_level, stock, *[missing] * 5, word("no_standard"), "")
    each = standard.for_days(days)
    cells: list[Cell] = [*key, *by_level, stock, each]
    for persons in people:
        need = None if persons is None else math.ceil(persons * each - 1e-9)
        cells += [need, None if need is None else max(0, need - stock)]
    return (*cells, standard.source, both(CONFIDENCE[standard.confidence]))
