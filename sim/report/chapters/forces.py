"""力量和物资: where the teams stood and what they did, what shelters need, got and lacked."""

from __future__ import annotations

from sim.report.blocks import Block, Grid, Heading, Text
from sim.report.book import Book
from sim.report.lists.collect import night_of
from sim.report.lists.deployment import deployment
from sim.report.lists.night import Night
from sim.report.lists.supplies import supplies
from sim.report.lists.supplies_townships import supplies_townships
from sim.report.lists.supply_balance import supply_balance
from sim.report.one_page import missing
from sim.report.table import Table, cell_text
from sim.texts.book import book_text
from sim.texts.report import Lang

ROWS = 60
"""A longer table is cut here; the workbook has it whole."""
TEAMS = (
    "team", "post", "team_vehicle", "skills", "boats", "called_clock", "ready_clock",
    "first_used_clock", "times_sent", "people_fetched",
)  # fmt: skip
SHORT = (
    *("item", "item_unit", "stock_county", "stock_town", "stock", "per_person"),
    *("need_p50", "gap_p50", "need_p90", "gap_p90"),
)
TOWNS = (
    *("township", "item", "item_unit", "persons_in_shelters", "need_goods", "received_goods"),
    *("gap_goods", "lacked_person_h"),
)
MAY_BE_NONE = ("boats", "people_fetched")
WIDTHS = {"team": 2.6, "post": 2.2, "skills": 1.8, "township": 1.8, "item": 1.6, "item_unit": 0.9}
"""Shares of the width of a page; 1.3 for all other columns."""
BALANCE = (
    *("item", "item_unit", "at_start", "received_goods", "sent_goods", "used_goods"),
    *("left_goods", "lacked_person_h"),
)


def forces_chapter(book: Book, lang: Lang) -> list[Block]:
    """Of the median replication of the best plan; nothing where there are neither teams nor goods.

    A scenario folder that is gone cannot tell, and that is said.
    """
    head = Heading(1, book_text("ch.forces", lang))
    if book.world is None:
        return [head, Text(missing(book, lang) or "")]
    if not (book.world.teams or book.world.items or book.world.stores):
        return []
    night = night_of(book, book.best, "median")
    if night is None:
        return [head, Text(book_text("late.no_log", lang))]
    values = {"plan": book.name(book.best, lang), "number": night.number}
    blocks: list[Block] = [head, Text(book_text("forces.how", lang, **values))]
    blocks += _teams(night, lang)
    if book.world.items or book.world.stores:
        blocks += _goods(book, night, lang)
    return blocks


def _teams(night: Night, lang: Lang) -> list[Block]:
    return _section(deployment(night), TEAMS, lang) if night.world.teams else []


def _goods(book: Book, night: Night, lang: Lang) -> list[Block]:
    items, stores = (night.world.folder.tables.get(name, ()) for name in ("items", "stores"))
    short = supplies(items, stores, book.scored.tables[book.best])
    balance = supply_balance(night)
    # of hundreds of stores and shelters only the sums; in the order of the columns shown
    sums = Table(balance.key, balance.title, balance.columns, balance.totals, balance.note)
    blocks = _section(short, SHORT, lang) + _section(supplies_townships(night), TOWNS, lang)
    return blocks + (_section(sums, BALANCE, lang) if sums.rows else [])


def _section(table: Table, keys: tuple[str, ...], lang: Lang) -> list[Block]:
    """A heading, the table with some of its columns and its totals, and its note."""
    columns = [column.key for column in table.columns]
    at = [columns.index(key) for key in keys if _tells(table, columns.index(key))]
    shown = [*table.rows[:ROWS], *table.totals]
    rows = tuple(tuple(cell_text(row[k], table.columns[k].form, lang) for k in at) for row in shown)
    left_out = len(table.rows) - ROWS
    cut = book_text("forces.cut", lang, n=left_out) if left_out > 0 else ""
    title = table.title[lang]
    grid = Grid(
        title,
        tuple(table.columns[k].head(lang) for k in at),
        rows,
        forms=tuple(table.columns[k].form for k in at),
        note=table.note[lang] + cut,
        widths=tuple(WIDTHS.get(table.columns[k].key, 1.3) for k in at),
    )
    return [Heading(2, title), grid]


def _tells(table: Table, at: int) -> bool:
    """Whether a column is worth its place on paper: of boats and people fetched, any at all."""
    return table.columns[at].key not in MAY_BE_NONE or any(row[at] for row in table.rows)
