"""Working lists: totals are those of the run, words in both languages, empty nights too."""

from __future__ import annotations

import math
from collections import Counter
from datetime import datetime
from itertools import pairwise

import numpy as np
import pytest

from sim.experiment.scored import run_json
from sim.experiment.store import RunFolder
from sim.measures.result_table import ResultTable
from sim.report.book import Book
from sim.report.lists.collect import checks, night_of, working_lists
from sim.report.lists.dispatch import dispatch
from sim.report.lists.injects import injects
from sim.report.lists.night import Night
from sim.report.lists.progress import progress
from sim.report.lists.reception import reception, shelters
from sim.report.lists.special import group_of, special
from sim.report.lists.supplies import standards, supplies
from sim.report.lists.tasks import tasks
from sim.report.result_tables import plan_name, result_tables
from sim.report.table import Cell, Share, Table
from sim.schema.tables import ItemRow, StoreRow

NEEDS = {"none": 0, "wheelchair": 1, "ambulance": 2}
KEYS = (
    "tasks", "dispatch", "shelters", "reception", "special", "progress", "progress_townships",
    "supplies", "supplies_townships", "supply_balance", "deployment",
)  # fmt: skip


@pytest.fixture(scope="module", params=("median", "worst"))
def night(request: pytest.FixtureRequest, whole_book: Book) -> Night:
    """The median and worst replication of the best plan."""
    found = night_of(whole_book, whole_book.best, request.param)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def lists(whole_book: Book, night: Night) -> dict[str, Table]:
    """Its working lists by key."""
    return {table.key: table for table in working_lists(whole_book, night)}


def column(table: Table, key: str) -> list[Cell]:
    """Cells of a column."""
    at = [one.key for one in table.columns].index(key)
    return [row[at] for row in table.rows]


def numbers(table: Table, key: str) -> list[float]:
    """Numbers of a column, other cells left out."""
    return [float(cell) for cell in column(table, key) if isinstance(cell, int | float)]


def test_all_lists_are_there(lists: dict[str, Table]) -> None:
    """The eight lists a township takes home, in their order."""
    assert tuple(lists) == KEYS


def test_totals_reconcile_with_the_run(
    whole_book: Book, night: Night, lists: dict[str, Table]
) -> None:
    """Every check says yes: persons at risk, delivered, sheltered, received, special groups."""
    plan = night.plan.id
    table = whole_book.scored.tables[plan]
    proof = checks(night, table, list(lists.values()), plan_name(whole_book, plan))
    assert len(proof.rows) == 5 + len(lists["supplies_townships"].totals) > 5
    assert [cell["zh"] for cell in column(proof, "agrees")] == ["是"] * len(proof.rows)  # type: ignore[index,call-overload]


def test_tasks_sum_to_people_at_risk(whole_book: Book, lists: dict[str, Table]) -> None:
    """The rows of the task list add up to people_at_risk of ``--json``, by way out too."""
    table = lists["tasks"]
    json = {plan["plan"]: plan for plan in run_json(whole_book.scored)["plans"]}
    people = json[whole_book.best]["measures"]["people_at_risk"]["mean"]
    ways = ("in_place", "relatives", "village_shelter", "coach", "ambulance")
    assert sum(numbers(table, "persons")) == people == table.total_of("persons")
    assert sum(table.total_of(way) for way in ways) == people
    assert table.total_of("out") + table.total_of("not_out") == people


def test_out_is_that_of_the_measures(
    whole_book: Book, night: Night, lists: dict[str, Table]
) -> None:
    """Out plus not out are everybody; out holds all who are safe out or safe in place."""
    values = whole_book.scored.tables[night.plan.id]
    safe = sum(values.of(name)[night.number] for name in ("safe_out", "safe_in_place"))
    assert lists["tasks"].total_of("out") >= safe


def test_moments_of_a_trip_are_in_order(night: Night) -> None:
    """A vehicle leaves, is there, has loaded, arrives and is free in this order, stop by stop."""
    table = dispatch(night)
    keys = ("leave_clock", "at_pickup_clock", "loaded_clock", "arrive_clock", "free_clock")
    for cells in zip(*(column(table, key) for key in keys), strict=True):
        known = [cell for cell in cells if isinstance(cell, datetime)]
        assert len(known) >= 3
        assert all(before <= after for before, after in pairwise(known))
    assert table.rows


def test_reception_adds_up(night: Night) -> None:
    """Arrivals by hour and village sum to what each shelter received, running totals to it."""
    hourly, whole = reception(night), shelters(night)
    arrived: Counter[str] = Counter()
    for name, persons, running in zip(
        *(column(hourly, key) for key in ("shelter", "arrived", "running")), strict=True
    ):
        arrived[str(name)] += int(persons)  # type: ignore[arg-type,call-overload]
        assert arrived[str(name)] == running
    received = zip(column(whole, "shelter"), numbers(whole, "received"), strict=True)
    assert {name: persons for name, persons in received if persons} == dict(arrived)


def test_one_to_one_names_nobody(night: Night) -> None:
    """Ids only, each once; every person has a helper; groups are those the parties were made of."""
    table = special(night)
    ids = column(table, "person")
    assert len(set(ids)) == len(ids) == int(night.world.parties.special.sum())
    assert all(column(table, "helper"))
    for party, group in group_of(night.world).items():
        assert NEEDS[group.needs] == night.world.parties.needs[party]
        assert night.world.parties.special[party]


def test_progress_is_the_band_of_all_nights(whole_book: Book, night: Night) -> None:
    """P10 ≤ P50 ≤ P90 at every hour; the last row holds the end of the curves."""
    curves = whole_book.curves(night.plan.id)
    table = progress(curves, whole_book.clock_start, night.world.people_at_risk)
    bands = [numbers(table, f"told_{level}") for level in ("p10", "p50", "p90")]
    assert all(low <= mid <= high for low, mid, high in zip(*bands, strict=True))
    assert bands[2][-1] == max(curves["told"][:, -1])
    clocks = column(table, "clock")
    assert all(isinstance(one, datetime) and one.minute == 0 for one in clocks)
    assert clocks == sorted(clocks)  # type: ignore[type-var]


def test_progress_between_grid_points() -> None:
    """A clock that starts at a quarter past is read between the half hours, in a straight line."""
    curves = {name: np.array([[0, 100, 100, 100]]) for name in ("told", "left", "out")}
    curves["registered"] = np.array([[0, 0, 100, 100]])
    table = progress(curves, datetime(2025, 6, 1, 8, 15), 100)
    assert column(table, "clock") == [datetime(2025, 6, 1, 9)]
    assert column(table, "out_p50n") == [100.0]
    assert column(table, "counted_p50") == [50.0]  # half way between 30 and 60 minutes


def test_supplies_by_hand() -> None:
    """Persons in shelters × standard − stock, never below 0; no standard is no data, not 0."""
    sheltered = np.array([10.0, 20.0, 30.0])
    table = ResultTable("p", 3, {"sheltered": sheltered}, np.zeros(3, np.int64), ("",) * 3)
    stores = [StoreRow(id="W", name="县库"), StoreRow(id="T", name="镇库", parent="W")]
    items = [
        ItemRow(id="1", store="W", name="棉被", stock=15, unit="床"),
        ItemRow(id="2", store="T", name="棉被", stock=2, unit="床"),
        ItemRow(id="3", store="W", name="发电机", stock=1, unit="台"),
    ]
    found = supplies(items, stores, table, days=2)
    rows = {row[0]: row for row in found.rows}
    assert rows["棉被"][2:10] == (15, 2, 17, 1.0, 20, 3, 30, 13)  # P50 20, P90 30 persons
    assert rows["发电机"][6]["zh"] == "数据不足"  # type: ignore[index,call-overload]
    water = rows["饮用水"]
    assert water[4] == 0 and water[5] == 2 * standards()["饮用水", "升"].per_person


def test_supplies_without_anybody_sheltered() -> None:
    """A run that cannot say how many are sheltered needs an unknown amount, not 0."""
    table = ResultTable("p", 1, {}, np.zeros(1, np.int64), ("",))
    found = supplies((), (), table)
    assert found.rows and {row[6] for row in found.rows} == {None}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_languages(lists: dict[str, Table], lang: str) -> None:
    """Every head, title, note and cell is there in the language; no place-holder is left."""
    for table in lists.values():
        assert table.title[lang] and table.note[lang]
        assert "{" not in table.note[lang] and all(table.heads(lang))  # type: ignore[arg-type]
        for cells in table.texts(lang):  # type: ignore[arg-type]
            assert len(cells) == len(table.columns)
    assert lists["tasks"].heads("zh") != lists["tasks"].heads("en")


def test_hostile_names_stay_letters(lists: dict[str, Table], hostile_names: dict[str, str]) -> None:
    """Names come out of the lists exactly as a planner wrote them; writers make them harmless."""
    shown = {cell for table in lists.values() for cells in table.texts("zh") for cell in cells}
    assert hostile_names["河边组"] in shown
    assert hostile_names["溪口组"] in shown


@pytest.mark.parametrize("run", ["bare_run", "unordered_run"])
def test_nights_without_a_transfer(run: str, request: pytest.FixtureRequest) -> None:
    """A night without water, and one in which nobody orders anything, still give all lists."""
    folder: RunFolder = request.getfixturevalue(run)
    book = Book.open(folder.path)
    for which in ("median", "worst", 0):
        night = night_of(book, book.best, which)
        if night is None:
            continue
        found = working_lists(book, night)
        assert [table.key for table in found] == list(KEYS)
        injects(night, None)
        table = book.scored.tables[night.plan.id]
        proof = checks(night, table, found, plan_name(book, book.best))
        assert {cell["en"] for cell in column(proof, "agrees")} == {"yes"}  # type: ignore[index,call-overload]


def test_a_list_of_nobody_has_no_totals(night: Night) -> None:
    """An empty list is empty: no totals row, and its total is 0."""
    empty = dispatch(night)
    bare = Table(empty.key, empty.title, empty.columns, ())
    assert bare.total_of("boarded") == 0.0
    with pytest.raises(ValueError, match="no total"):
        empty.total_of("vehicle")


def test_unordered_zones_count_no_minutes(unordered_run: RunFolder) -> None:
    """Without an order there is nothing to count minutes from: unknown, not 0 and not never."""
    book = Book.open(unordered_run.path)
    night = night_of(book, book.best, 0) or night_of(book, book.best, "median")
    assert night is not None
    table = tasks(night, book.scored.tables[book.best])
    zones = [row for row in table.rows if row[16] is None]
    assert zones and all(row[17:20] == (None, None, None) for row in zones)


def test_results_equal_json(whole_book: Book) -> None:
    """Means and quantiles of the sheet of measures are the numbers of ``--json``."""
    json = {plan["plan"]: plan for plan in run_json(whole_book.scored)["plans"]}
    by_name = {plan["name"]["zh"]: plan for plan in json.values()}
    measures = next(table for table in result_tables(whole_book) if table.key == "measures")
    compared = 0
    for row in measures.rows:
        wanted = by_name[row[0]["zh"]]["measures"][row[2]]  # type: ignore[index,call-overload]
        for cell, key in ((row[4], "mean"), (row[7], "p50"), (row[8], "p90")):
            value = cell.value if isinstance(cell, Share) else cell
            if isinstance(value, float) and math.isinf(value):
                value = None  # JSON knows no infinity
            assert value == wanted[key]
            compared += 1
    assert compared == 3 * sum(len(plan["measures"]) for plan in json.values())
