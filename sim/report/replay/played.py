"""The log of any replication of a run: kept, or played again and checked against its hash."""

from __future__ import annotations

from sim.experiment.kept import checked
from sim.log import RunLog
from sim.report.book import Book
from sim.run import run_once


def log_of(book: Book, plan: str, number: int) -> RunLog | None:
    """What happened in one replication; None when the scenario cannot be read again.

    Raises:
        ReproductionError: played again it is another night (another program or machine).
    """
    compiled, world = book.plan(plan), book.world
    if compiled is None or world is None:
        return None
    kept = book.log(plan, number)
    if kept is not None:
        return kept
    log = run_once(world, compiled, int(book.document["seed"]), number)
    return checked(log, book.scored.tables[plan].log_sha256[number], plan)
