"""Plays calls through a desk on a matrix of times: queues, traces, benchmarks, check of sites.

No roads that close and no people; those are the run's. What is left is fast: one heap of whole
milliseconds, ends before calls at the same moment, equals in the order in which they were planned.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from heapq import heappop, heappush

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.clock import NEVER
from sim.forces.desk import Desk
from sim.forces.field import Manner
from sim.forces.incidents import Call, Incident, Stage
from sim.forces.travel import Travel
from sim.forces.units import Unit, UnitSpec

Watch = Callable[[Desk, int], None]
"""Looks at the desk after every event."""


class MatrixTravel:
    """Times between all nodes that never change.

    Args:
        times_ms: [n, n] from row to column, one matrix for each vehicle class or one for all.
    """

    def __init__(self, *times_ms: ArrayLike) -> None:
        columns = [np.asarray(times, dtype=np.int64).T.tolist() for times in times_ms]
        self._to: list[list[list[int]]] = [list(c) for c in zip(*columns, strict=True)]

    def to(self, place: int, now: int) -> Sequence[Sequence[int]]:
        """See Travel."""
        return self._to[place]


@contextmanager
def _nothing_is_rubbish() -> Iterator[None]:
    """Every incident and decision is kept: looking for rubbish among them took half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Player:
    """An agenda for one desk."""

    def __init__(
        self,
        specs: Sequence[UnitSpec],
        travel: Travel,
        manner: Manner,
        watch: Watch | None = None,
    ) -> None:
        self.desk = Desk(specs, travel, manner, self)
        self.watch = watch
        self._agenda: list[tuple[int, int, Unit | Incident | None, int]] = []
        self._planned = 0
        self._review_at = NEVER

    def play(self, calls: Iterable[Call], until_ms: int = NEVER) -> list[Incident]:
        """All calls, in order of time, and what became of each up to and including a moment.

        Raises:
            ValueError: a call is earlier than the one before it.
        """
        before, incidents = -NEVER, []
        with _nothing_is_rubbish():
            for call in calls:
                if call.at_ms < before:
                    raise ValueError(f"call {call.row} at {call.at_ms} ms comes after {before} ms")
                if call.at_ms > until_ms:
                    break
                before = call.at_ms
                self.run(before)
                incidents.append(self.desk.report(call, before))
                self._after(before)
            self.run(until_ms)
        return incidents

    def run(self, until_ms: int) -> None:
        """Play what is planned up to and including a moment."""
        agenda, desk = self._agenda, self.desk
        while agenda and agenda[0][0] <= until_ms:
            now, _, what, number = heappop(agenda)
            if isinstance(what, Unit):
                desk.arrived(what, number, now)
            elif what is not None:
                desk.finished(what, number, now)
            else:
                self._review_at, before = NEVER, len(desk.decisions)
                desk.review(now)
                if len(desk.decisions) == before:
                    continue  # nothing will come of the next batch either
            self._after(now)

    def _after(self, now: int) -> None:
        """After whatever may let an incident of a batch be served, plan the next batch."""
        desk = self.desk
        every = desk.rule.every_ms
        if every and desk.open and self._review_at == NEVER:
            self._review_at = (now // every + 1) * every
            self._plan(self._review_at, None, 0)
        if self.watch is not None:
            self.watch(desk, now)

    def _plan(self, at_ms: int, what: Unit | Incident | None, number: int) -> None:
        self._planned += 1
        heappush(self._agenda, (at_ms, self._planned, what, number))

    # -- what the desk orders -----------------------------------------------------------------

    def drive(self, unit: Unit, now: int) -> None:
        """See Field."""
        self._plan(unit.expected_ms, unit, unit.trip)

    def work(self, incident: Incident, now: int) -> None:
        """See Field."""
        self._plan(now + incident.remaining_ms, incident, incident.turn)

    def finds(self, unit: Unit, incident: Incident, now: int) -> Call | None:
        """Reports are right."""
        return None

    def keeps(self, unit: Unit, incident: Incident, now: int) -> bool:
        """Nobody is kept."""
        return False

    def unit_changed(self, unit: Unit, now: int) -> None:
        """Nothing is written."""

    def incident_changed(self, incident: Incident, stage: Stage, now: int) -> None:
        """Nothing is written."""


def responses_ms(incidents: Iterable[Incident]) -> NDArray[np.int64]:
    """From report to the first unit on site, ms, of all that were reached, in their order."""
    found = (incident.response_ms for incident in incidents)
    return np.array([ms for ms in found if ms < NEVER], dtype=np.int64)
