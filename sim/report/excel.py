"""``yuyan report --xlsx``: which sheets the workbook of a run has."""

from __future__ import annotations

from pathlib import Path

from sim.measures.actions import CURVE
from sim.report.book import Book
from sim.report.excel_sheet import columns_sheet, write_tables
from sim.report.lists.collect import checks, drill_sheet, night_of, working_lists
from sim.report.lists.night import make_table
from sim.report.result_tables import plan_name, result_tables
from sim.report.table import Both, Cell, Table, both
from sim.texts.labels import FOOTER
from sim.texts.list_results import ABOUT
from sim.texts.report import Lang

WHICH: tuple[str | int, ...] = ("median", "worst")


def write_xlsx(
    book: Book, path: Path, lang: Lang, plan: str | None = None, which: str | int = "median"
) -> None:
    """Write the workbook of a run.

    Args:
        plan: whose lists and injects; the best plan when not given.
        which: replication the lists are of: ``median``, ``worst`` or a number.

    Raises:
        OSError: the file cannot be written.
    """
    write_tables(sheets(book, plan, which), path, lang, book.title(lang))


def sheets(book: Book, plan: str | None = None, which: str | int = "median") -> list[Table]:
    """All tables in the order of the workbook; without the scenario only the results."""
    plan = plan or book.best
    night = night_of(book, plan, which)
    lists = [] if night is None else working_lists(book, night)
    proof = []
    if night is not None:
        proof = [checks(night, book.scored.tables[plan], lists, plan_name(book, plan))]
    known = [book.replication(plan, one) for one in WHICH]
    chosen = () if which in WHICH or which in known else (which,)
    drills = [
        drill for one in (*WHICH, *chosen) if (drill := drill_sheet(book, plan, one)) is not None
    ]
    found = [*proof, *result_tables(book), *lists, *drills]
    explained = make_table("columns", ("sheet", "column", "meaning"), (), {})
    cover = about(book, plan, book.replication(plan, which), lists, drills)
    return [cover, *found, columns_sheet(found, explained)]


def about(
    book: Book, plan: str, number: int | None, lists: list[Table], drills: list[Table]
) -> Table:
    """The cover: what was run, what the lists are drawn from, how to tell it is the same run."""
    document, scored = book.document, book.scored
    scenario = document["scenario"]
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
    if drills and CURVE not in book.curves(plan):
        entries.append(("times", both(ABOUT["no_times"])))
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
