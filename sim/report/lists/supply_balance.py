"""物资收支表: of one night, what every store and shelter had, got, gave away, used and lacked.

A store holds what it had and got less what left it, a shelter what was handed over to it less what
was used there. So the columns of an item reconcile between stores and shelters, and with the stock
that the scenario's tables name.
"""

from __future__ import annotations

from sim.clock import MS_PER_HOUR
from sim.io.supply_standards import MILLI
from sim.report.lists.goods import goods_of
from sim.report.lists.night import Night, make_table, word
from sim.report.table import Cell, Table

COLUMNS = (
    "supply_place", "supply_level", "item", "item_unit", "at_start", "received_goods",
    "sent_goods", "used_goods", "left_goods", "lacked_person_h",
)  # fmt: skip
SUMMED = (
    *("at_start", "received_goods", "sent_goods", "used_goods", "left_goods"),
    "lacked_person_h",
)


def supply_balance(night: Night) -> Table:
    """A row per item and place that ever had or lacked it; none where no supplies were played.

    Returns:
        A row of totals per item: start = left + used + under way.
    """
    values, goods = {"number": night.number}, goods_of(night)
    if goods is None:
        return make_table("supply_balance", COLUMNS, (), values)
    rows: list[tuple[Cell, ...]] = []
    for key in goods.places():
        item, place = key
        moved = [of.get(key, 0) for of in (goods.start, goods.got, goods.sent, goods.used)]
        left = moved[0] + moved[1] - moved[2] - moved[3]
        rows.append(
            (
                night.place(place),
                level_of(night, place),
                *goods.kinds[item],
                *(amount / MILLI for amount in (*moved, left)),
                goods.lacked.get(key, 0) / MS_PER_HOUR,
            )
        )
    return make_table("supply_balance", COLUMNS, rows, values, SUMMED, ("item", "item_unit"))


def level_of(night: Night, place: int) -> Cell:
    """Whether a place is a county store, a township's or a shelter."""
    world = night.world
    store = place - world.store_place
    if not 0 <= store < len(world.stores):
        return word("level_shelter")
    return word("level_town" if world.stores[store].parent else "level_county")
