"""People under rubble and debris as incidents: teams that can search dig them out.

Without a kind of emergency for it they wait for the boat teams (``sim.processes.rescue``).
"""

from __future__ import annotations

from collections.abc import Callable

from sim.engine import Engine
from sim.processes.cases import Case, Cases


class Buried:
    """Every buried family is an incident of its own."""

    def __init__(self, engine: Engine, cases: Cases, report: Callable[[Case], None]) -> None:
        self.engine, self.cases, self.report = engine, cases, report
        kinds = engine.run.world.emergencies
        self._kind = next((k for k, kind in enumerate(kinds) if kind.arises == "buried"), -1)

    def begin(self) -> None:
        """From now on who is buried is told to the desk."""
        if self._kind >= 0 and self.engine.run.plan.spec.rescue is not None:
            self.engine.stranded.told_to_teams = self._happens

    def _happens(self, party: int) -> None:
        """A house has fallen on a family."""
        run = self.engine.run
        key = int(run.world.parties.key[party])
        told = run.now + self.cases.report_ms(self._kind, key, 0)
        run.at(told, self._reports, party, key)

    def _reports(self, party: int, key: int) -> None:
        run, parties = self.engine.run, self.engine.run.world.parties
        home = int(parties.home[party])
        node = int(run.world.places.node[home])
        work = self.engine.stranded.dig_ms[party]
        self.report(
            Case(
                *(self._kind, key, 0, home, home, lambda: node),
                work_ms=work,
                ended=lambda team: self.engine.rescue.ashore.dug_out(party, team),
            )
        )
