"""Supplies of one night from the log alone: what every place had, got, gave away, used, lacked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.io.supply_standards import MILLI, supplied
from sim.log import Kind
from sim.report.lists.night import Night

Amounts = dict[tuple[int, int], int]
"""(item, place) → thousandths of its unit, or person-ms."""


@dataclass(frozen=True)
class Goods:
    """A night's goods; ``kinds`` are (item, unit) by the item's number in the log."""

    kinds: list[tuple[str, str]]
    start: Amounts
    got: Amounts
    sent: Amounts
    used: Amounts
    lacked: Amounts

    def places(self) -> list[tuple[int, int]]:
        """Every (item, place) that ever had or lacked anything, in order."""
        return sorted({*self.start, *self.got, *self.sent, *self.used, *self.lacked})


def summed(amounts: Amounts, town: Mapping[int, str]) -> dict[tuple[int, str], int]:
    """An amount by item and township, of the places that have one."""
    found: dict[tuple[int, str], int] = defaultdict(int)
    for (item, place), amount in amounts.items():
        if place in town:
            found[item, town[place]] += amount
    return found


def goods_of(night: Night) -> Goods | None:
    """The goods of a night; None where no supplies were played."""
    if night.plan.spec.supplies is None or not night.world.stores:
        return None
    kinds = supplied(night.world.items)
    moved = (Kind.SUPPLY_ARRIVED, Kind.SUPPLY_SENT, Kind.SUPPLY_USED, Kind.SUPPLY_LACKED)
    return Goods(kinds, _at_start(night, kinds), *(_of(night, kind) for kind in moved))


def _at_start(night: Night, kinds: list[tuple[str, str]]) -> Amounts:
    world = night.world
    store = {row.id: world.shelter_place + k for k, row in enumerate(world.shelters)}
    store |= {row.id: world.store_place + k for k, row in enumerate(world.stores)}
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
