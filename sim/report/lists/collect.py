"""All lists of one night together, and the proof that their totals are those of the run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from sim.drill.spread import spread_of
from sim.measures.actions import CURVE
from sim.measures.facts import Facts
from sim.measures.measure import read_log
from sim.measures.result_table import ResultTable
from sim.plan import Plan
from sim.report.book import Book
from sim.report.lists.deployment import deployment
from sim.report.lists.dispatch import dispatch
from sim.report.lists.injects import injects
from sim.report.lists.night import Night, make_table, word
from sim.report.lists.progress import progress, progress_townships
from sim.report.lists.reception import Received, reception, shelters
from sim.report.lists.special import special
from sim.report.lists.supplies import supplies
from sim.report.lists.supplies_townships import supplies_townships
from sim.report.lists.supply_balance import supply_balance
from sim.report.lists.supply_checks import goods_checks
from sim.report.lists.tasks import tasks
from sim.report.table import Both, Cell, Table, both
from sim.run import run_once
from sim.texts.list_notes import TITLES
from sim.texts.list_results import CHECKS

CHECK_COLUMNS = ("item_checked", "list_total", "run_value", "agrees")


def night_of(book: Book, plan: str, which: str | int) -> Night | None:
    """A replication of a plan ready for lists: ``median``, ``worst`` or a number.

    One whose log was not kept is played again and then kept. None when there is no such
    replication, the scenario folder has gone or changed, or it comes out differently now.
    """
    facts, compiled = book.facts(plan, which), book.plan(plan)
    if compiled is None:
        return None
    if facts is None:
        facts = _played(book, compiled, book.replication(plan, which))
    return None if facts is None else Night(compiled, facts)


def _played(book: Book, plan: Plan, number: int | None) -> Facts | None:
    """A replication played again, if its log is the one whose hash was stored."""
    world = book.world
    if world is None or number is None or not 0 <= number < book.scored.n:
        return None
    log = run_once(world, plan, int(book.document["seed"]), number)
    if log.sha256() != book.scored.tables[plan.id].log_sha256[number]:
        return None  # another version of the program: its night would not be that of the results
    with suppress(OSError):  # a full or read-only disk costs only the time again
        book.run.keep_log(plan.id, log)
    return read_log(world, log)


def working_lists(book: Book, night: Night) -> list[Table]:
    """The lists a township takes home, of one night; empty ones too."""
    plan = night.plan.id
    table, curves = book.scored.tables[plan], book.curves(plan)
    items, stores = (night.world.folder.tables.get(name, ()) for name in ("items", "stores"))
    people = night.world.people_at_risk
    return [
        tasks(night, table),
        dispatch(night),
        shelters(night),
        reception(night),
        special(night),
        progress(curves, night.world.clock_start, people),
        progress_townships(night),
        supplies(items, stores, table),
        supplies_townships(night),
        supply_balance(night),
        deployment(night),
    ]


def drill_sheet(book: Book, plan: str, which: str | int) -> Table | None:
    """The inject list of a replication with the times of all; None when it cannot be had."""
    night = night_of(book, plan, which)
    if night is None:
        return None
    table = injects(night, spread_of(book.curves(plan).get(CURVE)), which)
    key = which if isinstance(which, str) else "chosen"
    zh, en = TITLES[f"drill_{key}"]
    return replace(table, title=both((zh.format(n=which), en.format(n=which))))


def checks(night: Night, table: ResultTable, lists: Sequence[Table], plan: Both) -> Table:
    """Totals of the lists beside the measures of the same replication; all must agree."""
    by_key = {one.key: one for one in lists}
    value = {name: float(values[night.number]) for name, values in table.values.items()}

    def known(*names: str) -> float:
        return sum(value.get(name, math.nan) for name in names)

    received = Received(night)
    in_shelters = received.persons(np.arange(len(received.party))) - received.in_hospital()
    pairs = {
        "at_risk": (by_key["tasks"].total_of("persons"), known("people_at_risk")),
        "delivered": (
            by_key["dispatch"].total_of("delivered"),
            known("moved_by_bus", "moved_by_ambulance"),
        ),
        "sheltered": (float(in_shelters), known("sheltered")),
        "received": (
            by_key["reception"].total_of("arrived"),
            by_key["shelters"].total_of("received"),
        ),
        "special": (by_key["special"].total_of("size"), by_key["tasks"].total_of("special")),
    }
    said = [(both(CHECKS[key]), *pair) for key, pair in pairs.items()]
    said += goods_checks(by_key, float(in_shelters))
    rows: list[tuple[Cell, ...]] = [
        (what, mine, theirs, word("yes" if mine == theirs else "no")) for what, mine, theirs in said
    ]
    names = (plan["zh"], plan["en"])
    return make_table("checks", CHECK_COLUMNS, rows, {"plan": names, "number": night.number})
