"""When boat crews cannot be had: at night, after a shift, and once they have stood down 撤收."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import simpy

from sim.clock import MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.forces.units import Status
from sim.log import Kind, TeamStatus
from sim.schema.plan_forces import Rescue as RescueSpec
from sim.state import Run
from sim.world import Team

if TYPE_CHECKING:
    from sim.processes.boats import Boat, Boats

LOOK_AGAIN_MS = 30 * MS_PER_MIN
"""Pause before a crew that is still needed nearby thinks of going home again (judgement)."""


class BoatRest:
    """Rest of all boat crews; standing by is rest: a crew called early is fresh when the water
    comes."""

    def __init__(self, boats: Boats, spec: RescueSpec) -> None:
        self.boats, self.run = boats, boats.run
        hours = spec.stand_down_h
        self._stand_down_ms = NEVER if hours is None else round(hours * MS_PER_HOUR)

    def begins(self, boat: Boat) -> None:
        """A crew has mustered: its shift begins."""
        boat.idle_since = self.run.now
        boat.shift_ends = self.run.now + self.run.world.behaviour.shift_ms

    def night_bound(self, boat: Boat) -> bool:
        """Whether a crew may not set out because it is night."""
        return not boat.team.row.night_ok and self.run.is_night(self.run.now)

    def rests(self, boat: Boat) -> bool:
        """Whether a crew with nothing to do rests from now on; it stands by again by itself."""
        run, behaviour, until = self.run, self.run.world.behaviour, self.run.now
        if self.night_bound(boat):
            until = run.next_morning(run.now)
        elif run.now >= boat.shift_ends:
            until += max(0, behaviour.rest_ms - (run.now - boat.idle_since))
            boat.shift_ends = until + behaviour.shift_ms
            if until > run.now:
                self._log(boat, TeamStatus.RESTING)
        if until == run.now:
            return False
        run.at(until, self.boats.stand_by, boat, boat.node)
        return True

    def stands_by(self, boat: Boat) -> None:
        """A crew is free: look at it again when its shift ends, night falls or it may go home."""
        run = self.run
        if boat.busy:
            return
        at = boat.shift_ends
        if not boat.team.row.night_ok:
            at = min(at, run.next_morning(run.now) - MS_PER_DAY // 2)
        if not boat.home and self._stand_down_ms < NEVER:
            at = min(at, boat.idle_since + self._stand_down_ms)
        if at <= run.now:
            at = run.now + LOOK_AGAIN_MS
        run.at(at, self._look, boat, boat.unit.trip)

    def _look(self, boat: Boat, trip: int) -> None:
        run, unit = self.run, boat.unit
        if unit.trip != trip or unit.status is not Status.FREE or boat.busy:
            return
        idle = run.now - boat.idle_since >= self._stand_down_ms
        if self.night_bound(boat) or run.now >= boat.shift_ends:
            self.boats.desk.withdraw(unit, boat.node, run.now)
            self.boats.stand_by(boat, boat.node)
        elif idle and not boat.home and not self.boats.engine.stranded.open:
            self._go_home(boat)
        else:
            self.stands_by(boat)

    def _go_home(self, boat: Boat) -> None:
        """Nobody has called for long: back to the station."""
        boat.homeward = True
        station = int(self.run.world.places.node[boat.team.station_place])
        if boat.node == station:
            self.arrived(boat)
            self.stands_by(boat)
        else:
            self.boats.desk.assign_post(boat.unit, station, self.run.now)

    def arrived(self, boat: Boat) -> None:
        """A crew that went home is there: it musters again when it is called."""
        station = int(self.run.world.places.node[boat.team.station_place])
        if boat.homeward and boat.node == station:
            boat.homeward, boat.home = False, True
            boat.unit.turnout_ms = muster_ms(self.run, boat.team)
            self._log(boat, TeamStatus.DONE)

    def musters(self, boat: Boat) -> Generator[simpy.Event, Any, None]:
        """Until a crew that has been sent can set out."""
        run = self.run
        if boat.home:
            self._log(boat, TeamStatus.CALLED)
        yield run.timeout(boat.unit.set_out_ms - run.now)
        if boat.home:
            self._log(boat, TeamStatus.READY)
            boat.home, boat.unit.turnout_ms = False, 0
            self.begins(boat)

    def _log(self, boat: Boat, status: TeamStatus) -> None:
        log, team = self.run.log, boat.team
        log.add(self.run.now, Kind.TEAM, boat.number, team.station_place, int(status))


def muster_ms(run: Run, team: Team) -> int:
    """From the call to a crew that is ready: as the team states it, else drawn by its key."""
    given = team.row.ready_min
    if given is not None:
        return round(given * MS_PER_MIN)
    return run.draw("rescue/muster", run.world.behaviour.muster, team.key)
