"""Crews on their way over blocked roads: what lies in it comes first, then what lies behind it.

Roads are known by the half-hourly news; a crew before a slide sees it. So whoever is stopped by a
block reports it, and stays to clear it if he can, wherever he was sent; and who has cleared one
waits there, until the others know of it, for the one behind.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.clock import NEVER
from sim.forces.desk import Desk
from sim.forces.incidents import Incident
from sim.forces.units import Unit
from sim.processes.cases import Case, Cases
from sim.processes.road_blocks import ASKED_FOR, RoadBlocks
from sim.roads.router import Drive


@dataclass(frozen=True)
class Clearing:
    """The blocked roads of a run as its crews meet them."""

    desk: Desk
    cases: Cases
    blocks: RoadBlocks

    def of_its_way(self, unit: Unit, stopped: Drive) -> bool:
        """A crew stands before a blocked road and says so; whether it stays and clears it."""
        now, number = self.cases.run.now, self.blocks.met(stopped.edge, stopped.node)
        if number < 0:
            return False
        incident = self.desk.incidents[number]
        if not incident.anybody_there:
            call = incident.call
            seen = self.cases.right(call) or self.cases.reached_from_elsewhere(call)
            if seen is not None:
                self.desk.amend(incident, seen, now)
        return self.desk.meets(unit, incident, now)

    def waits_for_news(self, unit: Unit, done: Case) -> bool:
        """Whether a crew that has cleared a road waits there: more lies behind, and nobody knows
        yet that the way there is free. Else it would drive home in between."""
        if not self._of_roads(done):
            return False
        asks = list(self.desk.open.first(unit.bits))
        behind = any(self._of_roads(self.cases.all[incident.call.row]) for incident in asks)
        return behind and not any(self._reaches(unit, incident) for incident in asks)

    def _of_roads(self, case: Case) -> bool:
        return self.cases.kinds[case.kind].arises in ASKED_FOR.values()

    def _reaches(self, unit: Unit, incident: Incident) -> bool:
        """Whether the roads as known lead from where a crew stands to an incident."""
        times = self.desk.travel.to(incident.call.place, self.cases.run.now)[unit.kind]
        return times[unit.node] < NEVER
