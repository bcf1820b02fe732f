"""Lists of forces and supplies: totals reconcile between tables, with the run and the stock."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sim.clock import MS_PER_HOUR
from sim.experiment.store import RunFolder
from sim.log import Kind
from sim.report.blocks import Grid
from sim.report.book import Book
from sim.report.chapters.forces import forces_chapter
from sim.report.lists.collect import checks, night_of, working_lists
from sim.report.table import Table, both
from sim.texts.report import Lang


@pytest.fixture(scope="module")
def night(supplied_run: RunFolder) -> Any:
    """The lists of one night with their checks."""
    book = Book.open(supplied_run.path)
    plan = book.plans[0]
    found = night_of(book, plan, 0)
    assert found is not None
    lists = working_lists(book, found)
    proof = checks(found, book.scored.tables[plan], lists, both((plan, plan)))
    return SimpleNamespace(night=found, lists={one.key: one for one in lists}, proof=proof)


def cells(table: Table, key: str) -> list[Any]:
    """A column of a table."""
    at = [column.key for column in table.columns].index(key)
    return [row[at] for row in table.rows]


def test_supplies_reconcile(night: Any) -> None:
    """Item by item: what was at the start is left, used or on the road; the stock is that of the
    gap table; what was used and sent is what the log says."""
    table, gap = night.lists["supply_balance"], night.lists["supplies"]
    assert table.rows
    stock = dict(zip(cells(gap, "item"), cells(gap, "stock"), strict=True))
    for item in ("饮用水", "棉被"):
        mine = [k for k, name in enumerate(cells(table, "item")) if name == item]
        start, got, sent, used, left = (
            sum(cells(table, key)[k] for k in mine)
            for key in ("at_start", "received_goods", "sent_goods", "used_goods", "left_goods")
        )
        assert start == stock[item]
        assert start == pytest.approx(left + used + sent - got)
    log = night.night.facts.log
    at = [column.key for column in table.columns]
    for key, kind in (("used_goods", Kind.SUPPLY_USED), ("sent_goods", Kind.SUPPLY_SENT)):
        total = sum(row[at.index(key)] for row in table.totals)
        assert total == pytest.approx(log.of(kind)["value"].sum() / 1000)
    assert min(cells(table, "left_goods")) >= 0


def test_every_check_agrees(night: Any) -> None:
    """The sheet of checks has the line of the goods, and every line says yes."""
    assert any("物资收支表" in str(row[0]) for row in night.proof.rows)
    assert all(mine == theirs for _, mine, theirs, _ in night.proof.rows)


def test_what_is_lacking_is_no_less_than_the_measure(night: Any) -> None:
    """Nobody is short without lacking some item, and nobody longer than that item lacks."""
    short = night.night.facts.log.of(Kind.SUPPLY_SHORT)["value"].sum() / MS_PER_HOUR
    table = night.lists["supply_balance"]
    lacked = sum(cells(table, "lacked_person_h"))
    assert short <= lacked + 1e-9
    assert short > 0


def test_no_team_is_ready_after_it_was_sent(night: Any) -> None:
    """力量部署表: called, ready and first sent come in this order."""
    table = night.lists["deployment"]
    clocks = zip(
        *(cells(table, f"{key}_clock") for key in ("called", "ready", "first_used")), strict=True
    )
    known = [[one for one in row if one is not None] for row in clocks]
    assert any(len(row) == 3 for row in known)
    assert all(row == sorted(row) for row in known)


def test_every_team_has_a_line(night: Any) -> None:
    """力量部署表: a line per team, boats as in the table, sent as often as the log says."""
    table, world = night.lists["deployment"], night.night.world
    assert cells(table, "team") == [team.row.name for team in world.teams]
    log = night.night.facts.log
    sent = len(log.of(Kind.TEAM_SENT)) + len(log.of(Kind.TEAM_DISPATCH))
    assert table.total_of("times_sent") == sent
    assert table.total_of("people_fetched") == log.of(Kind.BOAT_TRIP)["value"].sum()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_word_has_the_teams_and_the_goods(night: Any, supplied_run: RunFolder, lang: Lang) -> None:
    """力量部署表, both 物资缺口表 and the sums of 物资收支表 stand in the report as they do in the
    lists, cell for cell of the columns shown."""
    blocks = forces_chapter(Book.open(supplied_run.path), lang)
    grids = {block.title: block for block in blocks if isinstance(block, Grid)}
    for key in ("deployment", "supplies", "supplies_townships", "supply_balance"):
        table = night.lists[key]
        grid = grids[table.title[lang]]
        heads = table.heads(lang)
        at = [heads.index(head) for head in grid.heads]
        rows = list(table.texts(lang))
        wanted = rows[-len(table.totals) :] if key == "supply_balance" else rows
        assert [list(row) for row in grid.rows] == [[row[k] for k in at] for row in wanted]


def test_a_report_without_teams_and_goods_has_no_chapter_of_them(bare_run: RunFolder) -> None:
    """A scenario with neither says nothing of them."""
    assert forces_chapter(Book.open(bare_run.path), "zh") == []
