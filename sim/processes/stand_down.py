"""Stand-down 撤收 of teams with skills: back from their forward posts when nobody calls for long.

They can be sent from their stations as before; only boat crews muster anew (``boat_rest``).
"""

from __future__ import annotations

import simpy

from sim.clock import MS_PER_HOUR, MS_PER_MIN
from sim.forces.desk import Desk
from sim.forces.units import Status, Unit
from sim.state import Run

LOOK_AGAIN_MS = 30 * MS_PER_MIN
"""Pause before a team that would go home, while others still wait for help, thinks of it again."""


class StandDown:
    """Teams that stand idle at a post other than their station go home after some hours."""

    def __init__(self, run: Run, desk: Desk, hours: float | None) -> None:
        self.run, self.desk = run, desk
        self._idle_ms = None if hours is None else round(hours * MS_PER_HOUR)
        self._begun = False

    def begin(self, event: simpy.Event | None = None) -> None:
        """The teams are needed from now on: whoever is idle is so from this moment."""
        self._begun = True
        for unit in self.desk.units:
            if unit.status is Status.FREE:
                self.idle(unit)

    def idle(self, unit: Unit) -> None:
        """A team has nothing to do."""
        if self._idle_ms is not None and self._begun and unit.post != unit.spec.post:
            self.run.at(self.run.now + self._idle_ms, self._look, unit, unit.trip)

    def _look(self, unit: Unit, trip: int) -> None:
        if unit.trip != trip or unit.status is not Status.FREE:
            return
        if len(self.desk.open):
            self.run.at(self.run.now + LOOK_AGAIN_MS, self._look, unit, trip)
        else:
            self.desk.assign_post(unit, unit.spec.post, self.run.now)
