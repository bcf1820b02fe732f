"""When teams rest: after a whole shift, and through the night where they may not work then."""

from __future__ import annotations

from collections.abc import Sequence

from sim.clock import NEVER
from sim.forces.units import Unit
from sim.state import Run
from sim.world import Team


class Rest:
    """How long each team has been on duty."""

    def __init__(self, run: Run, teams: Sequence[Team]) -> None:
        self.run, self._teams = run, teams
        self._on_duty_since = [NEVER] * len(teams)

    def sent(self, unit: Unit, now: int) -> None:
        """A team is sent: its shift has begun by now."""
        self._on_duty_since[unit.row] = min(self._on_duty_since[unit.row], now)

    def until_ms(self, unit: Unit) -> int:
        """Until when a team rests that could rest now; now if it need not. A rest begins here."""
        run, behaviour = self.run, self.run.world.behaviour
        until = run.now
        if run.now - self._on_duty_since[unit.row] >= behaviour.shift_ms:
            until += behaviour.rest_ms
        if not self._teams[unit.row].row.night_ok and run.is_night(until):
            until = run.next_morning(until)
        if until > run.now:
            self._on_duty_since[unit.row] = NEVER
        return until
