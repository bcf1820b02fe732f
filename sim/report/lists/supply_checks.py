"""That the tables of supplies agree with one another, item by item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.report.table import Both, Cell, Table, both
from sim.texts.list_results import CHECKS

Numbers = dict[tuple[str, str], dict[str, float]]
"""(item, unit) → numbers by column."""


def goods_checks(lists: Mapping[str, Table], in_shelters: float) -> list[tuple[Both, float, float]]:
    """What is checked, and the two numbers that must be the same.

    Args:
        in_shelters: persons in shelters at the end of the same night.
    """
    balance = totals_by_item(lists["supply_balance"])
    stock = _numbers(lists["supplies"], lists["supplies"].rows)
    towns = totals_by_item(lists["supplies_townships"])
    found: list[tuple[Both, float, float]] = []
    for kind, of in towns.items():
        found.append(_check("goods_people", kind, of["persons_in_shelters"], in_shelters))
    for kind, of in balance.items():
        under_way = of["sent_goods"] - of["received_goods"]
        kept = of["left_goods"] + of["used_goods"] + under_way
        found.append(_check("goods", kind, kept, of["at_start"]))
        found.append(_check("goods_stock", kind, stock[kind]["stock"], of["at_start"]))
        if kind in towns:
            lacked = towns[kind]["lacked_person_h"]
            found.append(_check("goods_lacked", kind, lacked, of["lacked_person_h"]))
    return found


def _check(
    key: str, kind: tuple[str, str], mine: float, theirs: float
) -> tuple[Both, float, float]:
    zh, en = (text.format(item=kind[0], unit=kind[1]) for text in CHECKS[key])
    return both((zh, en)), round(mine, 3), round(theirs, 3)


def totals_by_item(table: Table) -> Numbers:
    """The rows of totals of a table of supplies."""
    return _numbers(table, table.totals)


def _numbers(table: Table, rows: Iterable[tuple[Cell, ...]]) -> Numbers:
    keys = [column.key for column in table.columns]
    found: Numbers = {}
    for cells in rows:
        row = dict(zip(keys, cells, strict=True))
        kind = str(row["item"]), str(row["item_unit"])
        found[kind] = {k: float(v) for k, v in row.items() if isinstance(v, int | float)}
    return found
