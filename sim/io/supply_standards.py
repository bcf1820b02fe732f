"""What one person in a shelter needs, from the shipped table, for the process that supplies it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sim.schema.tables import ItemRow

MILLI = 1000
"""Amounts are whole thousandths of an item's unit."""


@dataclass(frozen=True)
class SupplyStandard:
    """Thousandths of a unit per person: once for things that are lent, per day for food."""

    milli: int
    per_day: bool


def supplied(items: Iterable[ItemRow]) -> list[tuple[str, str]]:
    """(item, unit) of everything in stock for which there is a standard; a log names its rows."""
    return sorted({(row.name, row.unit) for row in items} & supply_standards().keys())


@cache
def supply_standards() -> dict[tuple[str, str], SupplyStandard]:
    """(item, unit) to its standard."""
    text = (files("sim") / "defaults" / "supplies.csv").read_text(encoding="utf-8")
    return {
        (row["item"], row["unit"]): SupplyStandard(
            round(float(row["per_person"]) * MILLI), row["per_day"] == "yes"
        )
        for row in csv.DictReader(io.StringIO(text))
    }
