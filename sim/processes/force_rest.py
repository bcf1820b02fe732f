"""When teams rest: after a shift, through the night where they may not work then, for fuel."""

from __future__ import annotations

from collections.abc import Sequence

from sim.clock import NEVER, minutes
from sim.forces.units import Unit
from sim.log import TeamStatus
from sim.roads.defaults import read_defaults
from sim.state import Run
from sim.world import Team


class Rest:
    """How long each team has been on duty, and how far it has driven since it had fuel."""

    def __init__(self, run: Run, teams: Sequence[Team]) -> None:
        self.run, self._teams = run, teams
        self._on_duty_since = [NEVER] * len(teams)
        self._driven_m = [0] * len(teams)
        values = read_defaults("forces.csv")
        self._refuel_ms = minutes(values["refuel_min"])
        self._relief_ms = minutes(values["relief_min"])
        share = values["refuel_share"]
        ranges = [team.row.range_km for team in teams]
        self._most_m = [NEVER if km is None else round(km * 1000 * share) for km in ranges]

    def sent(self, unit: Unit, now: int) -> None:
        """A team is sent: its shift has begun by now."""
        self._on_duty_since[unit.row] = min(self._on_duty_since[unit.row], now)

    def drove(self, unit: Unit, metres: int) -> None:
        """A team has driven so far."""
        self._driven_m[unit.row] += metres

    def needed(self, unit: Unit) -> tuple[int, TeamStatus]:
        """Until when a team that could rest now does, and why; now if it need not.

        The rest begins here; where another crew takes over, it is as long as the change takes.
        Whoever comes back finds the tank filled.
        """
        run, behaviour = self.run, self.run.world.behaviour
        until, why = run.now, TeamStatus.RESTING
        if run.now - self._on_duty_since[unit.row] >= behaviour.shift_ms:
            relieved = self._teams[unit.row].row.crews > 1
            until += self._relief_ms if relieved else behaviour.rest_ms
        if not self._teams[unit.row].row.night_ok and run.is_night(until):
            until = run.next_morning(until)
        if until > run.now:
            self._on_duty_since[unit.row] = NEVER
        elif self._driven_m[unit.row] >= self._most_m[unit.row]:
            until, why = run.now + self._refuel_ms, TeamStatus.REFUELLING
        if until > run.now:
            self._driven_m[unit.row] = 0
        return until, why
