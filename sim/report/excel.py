"""``yuyan report --xlsx``: which sheets the workbook of a run has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sim.drill.spread import spread_of
from sim.measures.actions import CURVE
from sim.report.book import Book
from sim.report.excel_sheet import columns_sheet, write_tables
from sim.report.lists.collect import checks, night_of, working_lists
from sim.report.lists.injects import injects
from sim.report.lists.night import make_table
from sim.report.result_tables import plan_name, result_tables
from sim.report.table import Both, Cell, Table, both
from sim.texts.labels import FOOTER
from sim.texts.list_notes import TITLES
from sim.texts.list_results import ABOUT
from sim.texts.report import Lang

WHICH = ("median", "worst")


def write_xlsx(book: Book, path: Path, lang: Lang) -> None:
    """Write the workbook of a run: lists of the best plan's median replication.

    Raises:
        OSError: the file cannot be written.
    """
    write_tables(sheets(book), path, lang, book.title(lang))


def sheets(book: Book) -> list[Table]:
    """All tables in the order of the workbook; without the scenario only the results."""
    plan = book.best
    night = night_of(book, plan, "median")
    results = result_tables(book)
    lists = [] if night is None else working_lists(book, night)
    proof = []
    if night is not None:
        proof = [checks(night, book.scored.tables[plan], lists, plan_name(book, plan))]
    drills, timed = drill_sheets(book, plan)
    found = [*proof, *results, *lists, *drills]
    cover = about(book, plan, lists=bool(lists), times=timed or not drills)
    explained = make_table("columns", ("sheet", "column", "meaning"), (), {})
    return [cover, *found, columns_sheet(found, explained)]


def drill_sheets(book: Book, plan: str) -> tuple[list[Table], bool]:
    """Inject lists of the median and worst replication, and whether they have simulated times."""
    nights = [(which, night_of(book, plan, which)) for which in WHICH]
    if all(night is None for _, night in nights):
        return [], False
    spread = spread_of(book.curves(plan).get(CURVE))
    found = [
        replace(injects(night, spread, which), title=both(TITLES[f"drill_{which}"]))
        for which, night in nights
        if night is not None
    ]
    return found, spread is not None


def about(book: Book, plan: str, lists: bool, times: bool) -> Table:
    """The cover: what was run, what the lists are drawn from, how to tell it is the same run."""
    document, scored = book.document, book.scored
    scenario = document["scenario"]
    number = book.replication(plan, "median")
    entries: list[tuple[str, Cell]] = [
        ("scenario", both((book.title("zh"), book.title("en")))),
        ("clock_start", book.clock_start.strftime("%Y-%m-%d %H:%M")),
        ("plans", _plans(book)),
        ("replications", f"{scored.n} / {scored.wanted}"),
        ("seed", str(document["seed"])),
        ("input_hash", str(scenario["input_hash"])),
        ("log_hash", str(document["log_sha256"] or "—")),
        ("version", str(document["versions"]["yuyan"])),
        ("created", str(document["created"])),
        ("lists_of", _lists_of(book, plan, number)),
    ]
    entries += [] if lists else [("lists", both(ABOUT["no_lists"]))]
    entries += [] if times else [("times", both(ABOUT["no_times"]))]
    rows = [(both(ABOUT[key]), value) for key, value in entries]
    return make_table("about", ("key", "value"), rows, {"footer": FOOTER})


def _plans(book: Book) -> Both:
    names = [plan_name(book, plan) for plan in book.plans]
    return {
        "zh": "；".join(one["zh"] for one in names),
        "en": "; ".join(one["en"] for one in names),
    }


def _lists_of(book: Book, plan: str, number: int | None) -> Both:
    name = plan_name(book, plan)
    return {key: f"{name[key]} · {'—' if number is None else number}" for key in ("zh", "en")}
