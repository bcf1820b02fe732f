"""People missing at a roll call as incidents: teams look for them, and send them after the others.

Without a kind of emergency for it, or without a rescue section, nobody looks: they stay where they
are, and count as unreached or stranded.
"""

from __future__ import annotations

from collections.abc import Callable

from sim.engine import Engine
from sim.processes.cases import Case, Cases
from sim.states import State


class Missing:
    """Every missing party is an incident of its own, at the site where it was last seen."""

    def __init__(self, engine: Engine, cases: Cases, report: Callable[[Case], None]) -> None:
        self.engine, self.cases, self.report = engine, cases, report
        kinds = engine.run.world.emergencies
        self._kind = next((k for k, kind in enumerate(kinds) if kind.arises == "missing"), -1)

    def begin(self) -> None:
        """From now on who is missing is told to the desk."""
        if self._kind >= 0 and self.engine.run.plan.spec.rescue is not None:
            self.engine.musters.told_missing = self._known

    def _known(self, home: int, party: int, known_ms: int) -> None:
        """The roll call is over and somebody has not answered."""
        run = self.engine.run
        key = int(run.world.parties.key[party])
        told = known_ms + self.cases.report_ms(self._kind, key, 0)
        run.at(told, self._reports, home, party, key)

    def _reports(self, home: int, party: int, key: int) -> None:
        node = int(self.engine.run.world.places.node[home])
        self.report(
            Case(
                *(self._kind, key, 0, home, home, lambda: node),
                work_ms=self.cases.work_ms(self._kind, key, 0),
                ended=lambda team: self._found(home, party),
            )
        )

    def _found(self, home: int, party: int) -> None:
        """A team has found them: they follow the others, unless the danger was there first."""
        if self.engine.run.people.state[party] == State.AT_HOME:
            self.engine.residents.found(home, party)
