"""Any replication of a run: its kept log, or played again and checked against its hash."""

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


def played(book: Book, plan: str, number: int, roads: bool) -> Played | None:
    """A replication; None when the scenario cannot be read again.

    Without ``roads`` a kept log is enough. The queues on the roads are in no log: for them the
    night is played again, and a kept log serves without them when this program would play another.

    Raises:
        ReproductionError: another night, and its log was not kept.
    """
    compiled, world = book.plan(plan), book.world
    if compiled is None or world is None:
        return None
    kept = book.log(plan, number)
    if kept is not None and not roads:
        return Played(kept, None)
    watch = RoadWatch()
    log = run_once(world, compiled, int(book.document["seed"]), number, watch)
    try:
        checked(log, book.scored.tables[plan].log_sha256[number], plan)
    except ReproductionError:
        if kept is None:
            raise
        return Played(kept, None)
    return Played(log, watch.use)
