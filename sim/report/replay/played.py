"""Any replication of a run, played again to look at its roads and checked against its hash."""

from __future__ import annotations

from typing import NamedTuple

from sim.experiment.kept import ReproductionError, checked
from sim.log import RunLog
from sim.report.book import Book
from sim.report.replay.traffic import RoadUse, RoadWatch
from sim.run import run_once


class Played(NamedTuple):
    """What happened in one replication; ``roads`` is None where nobody looked at them."""

    log: RunLog
    roads: RoadUse | None


def played(book: Book, plan: str, number: int) -> Played | None:
    """A replication; None when the scenario cannot be read again.

    It is played again, because the log does not hold the queues on the roads. A kept log still
    serves, without them, when this program would play another night.

    Raises:
        ReproductionError: another night, and its log was not kept.
    """
    compiled, world = book.plan(plan), book.world
    if compiled is None or world is None:
        return None
    watch, seed = RoadWatch(), int(book.document["seed"])
    log = run_once(world, compiled, seed, number, watch)
    try:
        checked(log, book.scored.tables[plan].log_sha256[number], plan)
    except ReproductionError:
        kept = book.log(plan, number)
        if kept is None:
            raise
        return Played(kept, None)
    return Played(log, watch.use)
