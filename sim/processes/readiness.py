"""How soon a team's wheels turn: by day, by night, and once a warning is out."""

from __future__ import annotations

from collections.abc import Sequence

import simpy

from sim.clock import MS_PER_DAY, minutes
from sim.forces.units import Unit
from sim.state import Run
from sim.world import Team


class Readiness:
    """Keeps the turn-out time of every unit as the hour and the alert say."""

    def __init__(self, run: Run, teams: Sequence[Team], units: Sequence[Unit]) -> None:
        self.run, self._alert = run, False
        self._changing = [
            (unit, unit.turnout_ms, team)
            for unit, team in zip(units, teams, strict=True)
            if team.row.ready_night_min is not None or team.row.ready_alert_min is not None
        ]

    def begin(self) -> None:
        """Look at the clock now, at every dusk and dawn, and at the first warning."""
        if self._changing:
            self.run.first_prepare.callbacks.append(self._warned)
            self._look()

    def _warned(self, event: simpy.Event) -> None:
        self._alert = True
        self._set()

    def _look(self) -> None:
        run, half_day = self.run, MS_PER_DAY // 2
        self._set()
        dawn = run.next_morning(run.now + 1)
        run.at(dawn if run.is_night(run.now) else dawn - half_day, self._look)

    def _set(self) -> None:
        """A crew that stands by under a warning is ready as soon by night as by day."""
        night = self.run.is_night(self.run.now)
        for unit, by_day, team in self._changing:
            row, ready = team.row, by_day
            if night and row.ready_night_min is not None:
                ready = minutes(row.ready_night_min)
            if self._alert and row.ready_alert_min is not None:
                ready = minutes(row.ready_alert_min)
            unit.turnout_ms = ready
