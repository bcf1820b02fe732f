"""物资收支表: of one night, what every store and shelter had, got, gave away, used and lacked.

From the log alone: a store holds what it had and got less what left it, a shelter what was handed
over to it less what was used there. So the columns of an item reconcile between stores and
shelters, and with the stock that the scenario's tables name.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.io.supply_standards import MILLI, supplied
from sim.log import Kind
from sim.report.lists.night import Night, make_table, word
from sim.report.table import Cell, Table

COLUMNS = (
    "item", "item_unit", "supply_place", "supply_level", "at_start", "received_goods",
    "sent_goods", "used_goods", "left_goods", "lacked_person_h",
)  # fmt: skip
Amounts = dict[tuple[int, int], int]
"""(item, place) → thousandths of its unit, or person-ms."""


def supply_balance(night: Night) -> Table:
    """A row per item and place that ever had or lacked it; none where no supplies were played.

    Returns:
        Totals over all items in their own units: start = left + used + under way.
    """
    world = night.world
    if night.plan.spec.supplies is None or not world.stores:
        return make_table("supply_balance", COLUMNS, (), {"number": night.number})
    kinds = supplied(world.items)
    start = _at_start(night, kinds)
    got, sent, used, lacked = (
        _of(night, kind)
        for kind in (
            Kind.SUPPLY_ARRIVED, Kind.SUPPLY_SENT, Kind.SUPPLY_USED, Kind.SUPPLY_LACKED
        )
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for item, place in sorted({*start, *got, *sent, *used, *lacked}):
        key = (item, place)
        moved = [table.get(key, 0) for table in (start, got, sent, used)]
        left = moved[0] + moved[1] - moved[2] - moved[3]
        rows.append(
            (
                *kinds[item],
                night.place(place),
                _level(night, place),
                *(amount / MILLI for amount in (*moved, left)),
                lacked.get(key, 0) / MS_PER_HOUR,
            )
        )
    summed = ("at_start", "received_goods", "sent_goods", "used_goods", "left_goods")
    return make_table("supply_balance", COLUMNS, rows, {"number": night.number}, summed)


def _at_start(night: Night, kinds: list[tuple[str, str]]) -> Amounts:
    world = night.world
    store = {row.id: world.store_place + k for k, row in enumerate(world.stores)}
    item_of = {kind: k for k, kind in enumerate(kinds)}
    found: Amounts = defaultdict(int)
    for row in world.items:
        if (row.name, row.unit) in item_of:
            found[item_of[row.name, row.unit], store[row.store]] += row.stock * MILLI
    return found


def _of(night: Night, kind: Kind) -> Amounts:
    """Sum of the values of a kind by item and place."""
    rows = night.facts.of(kind)
    keys = rows["who"].astype(np.int64) << 32 | rows["place"]
    found: Amounts = defaultdict(int)
    for key, value in zip(keys.tolist(), rows["value"].tolist(), strict=True):
        found[key >> 32, key & 0xFFFFFFFF] += value
    return found


def _level(night: Night, place: int) -> Cell:
    world = night.world
    store = place - world.store_place
    if not 0 <= store < len(world.stores):
        return word("level_shelter")
    return word("level_town" if world.stores[store].parent else "level_county")
