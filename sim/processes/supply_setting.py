"""What supplies of a scenario come down to: stock of the stores, needs, levels, trucks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.io.supply_standards import MILLI, supplied, supply_standards
from sim.processes.stock import Needs, Stock
from sim.schema.plan_forces import Supplies as SuppliesSpec
from sim.schema.tables import StoreRow
from sim.world import World

Int64 = NDArray[np.int64]


def stock_of(world: World) -> Stock:
    """The ledger at the beginning: items in stores and shelters for which there is a standard.

    An id that a store and a shelter share means the store.
    """
    known, kinds = supply_standards(), supplied(world.items)
    column = {kind: k for k, kind in enumerate(kinds)}
    holders = (*world.stores, *world.shelters)
    holder = {row.id: k for k, row in reversed(list(enumerate(holders)))}
    stock = np.zeros((len(holders), len(kinds)), dtype=np.int64)
    for row in world.items:
        if (row.name, row.unit) in column:
            stock[holder[row.store], column[row.name, row.unit]] += row.stock * MILLI
    needs = Needs(
        tuple(name for name, _ in kinds),
        np.array([known[kind].milli for kind in kinds], dtype=np.int64),
        np.array([known[kind].per_day for kind in kinds], dtype=np.bool_),
    )
    ledger = Stock(stock[: len(world.stores)], len(world.shelters), needs)
    ledger.shelter[:] = stock[len(world.stores) :]
    return ledger


def parents(stores: Sequence[StoreRow]) -> list[int]:
    """Row of the store that fills up each store; -1 for those of the county."""
    rows = {row.id: k for k, row in enumerate(stores)}
    return [rows.get(row.parent, -1) for row in stores]


def trucks_of(stores: Sequence[StoreRow], spec: SuppliesSpec) -> list[int]:
    """How many trucks every store has."""
    return [spec.trucks if row.trucks is None else row.trucks for row in stores]
