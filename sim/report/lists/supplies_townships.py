"""分乡镇物资缺口表: of one night, what the people in each township's shelters need and got.

Persons are those of 安置点接收总表 less the ones in hospital; what was received and lacked is of
shelters in 物资收支表. Needs are the standards of 物资缺口表.
"""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.io.supply_standards import MILLI
from sim.report.lists.goods import goods_of, summed
from sim.report.lists.night import Night, make_table, word
from sim.report.lists.reception import Received
from sim.report.lists.supplies import DAYS, items_wanted, standards
from sim.report.table import Cell, Table

COLUMNS = (
    "township", "item", "item_unit", "persons_in_shelters", "need_goods", "received_goods",
    "gap_goods", "lacked_person_h",
)  # fmt: skip
SUMMED = COLUMNS[3:]


def supplies_townships(night: Night, days: int = DAYS) -> Table:
    """A row per township that shelters anybody and item with a standard.

    Returns:
        A row of totals per item. What was received and lacked is unknown, and so is the gap,
        where no supplies were played.
    """
    people, known = _sheltered(night), standards()
    goods = goods_of(night)
    town = _townships(night)
    number = {} if goods is None else {kind: k for k, kind in enumerate(goods.kinds)}
    got = {} if goods is None else summed(goods.got, town)
    lacked = {} if goods is None else summed(goods.lacked, town)
    items = items_wanted(night.world.folder.tables.get("items", ()))
    rows: list[tuple[Cell, ...]] = []
    for name in sorted({name for _, name in (*got, *lacked)} | people.keys()):
        for kind in (one for one in items if one in known):
            need = math.ceil(people[name] * known[kind].for_days(days) - 1e-9)
            key = (number.get(kind, -1), name)
            came = None if goods is None else got.get(key, 0) / MILLI
            rows.append(
                (
                    *(name or word("no_township"), *kind, people[name], need, came),
                    None if came is None else max(0.0, need - came),
                    None if goods is None else lacked.get(key, 0) / MS_PER_HOUR,
                )
            )
    values = {"number": night.number, "days": days}
    return make_table("supplies_townships", COLUMNS, rows, values, SUMMED, ("item", "item_unit"))


def _sheltered(night: Night) -> dict[str, int]:
    """Persons in the shelters of every township at the end, hospitals left out."""
    town, here = _townships(night), Received(night)
    found: dict[str, int] = defaultdict(int)
    in_shelter = ~here.at_hospital()
    for place in np.unique(here.place[in_shelter]).tolist():
        found[town[place]] += here.persons(np.flatnonzero(in_shelter & (here.place == place)))
    return found


def _townships(night: Night) -> dict[int, str]:
    """Township of every shelter by its place."""
    world = night.world
    return {world.shelter_place + k: row.township for k, row in enumerate(world.shelters)}
