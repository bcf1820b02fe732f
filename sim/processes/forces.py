"""Teams with skills answer emergencies: the desk decides, the roads carry, the log remembers.

Who drives is on the same roads as everybody (``traffic.drive``) and comes back as an arrival.
Teams under way drive to the end of their leg before they follow a new order. Boats for people cut
off by water are another matter: ``sim.processes.rescue``.
"""

from __future__ import annotations

from functools import partial

import simpy

from sim.clock import MS_PER_DAY, NEVER
from sim.engine import Engine
from sim.forces.desk import Desk
from sim.forces.field import Manner
from sim.forces.incidents import Call, Incident, Stage
from sim.forces.rules import Nearest
from sim.forces.units import Status, Unit
from sim.log import Kind, TeamStatus
from sim.processes.buried import Buried
from sim.processes.cases import Case, Cases
from sim.processes.clearing import Clearing
from sim.processes.emergencies import Emergencies
from sim.processes.force_manner import Manners
from sim.processes.force_rest import Rest
from sim.processes.force_units import Force
from sim.processes.hospitals import ASK_AGAIN_MS, Hospitals
from sim.processes.injuries import Injured
from sim.processes.missing import Missing
from sim.processes.moves import HELICOPTER, Moves
from sim.processes.readiness import Readiness
from sim.processes.requests import Requests
from sim.processes.road_blocks import RoadBlocks
from sim.processes.stand_down import StandDown
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.schema.plan_forces import Rescue as RescueSpec

CARRIERS = ("ambulance", HELICOPTER.name)
"""Vehicles that take patients to hospital."""

_STATUS = {
    Status.FREE: TeamStatus.AT_POST,
    Status.TO_SITE: TeamStatus.TO_SITE,
    Status.ON_SITE: TeamStatus.ON_SITE,
    Status.TO_POST: TeamStatus.DONE,
}


class Forces:
    """The desk of one run with its teams."""

    def __init__(self, engine: Engine, spec: RescueSpec | None) -> None:
        self.engine, self.run = engine, engine.run
        self.force = force = Force(self.run, spec)
        spec = spec or RescueSpec()
        self.cases = Cases(self.run, force.need)
        self.moves = Moves(engine, force.vehicles)
        self.desk = Desk(force.specs, self.moves, self._manner(spec), self)
        self._rolling: set[int] = set()
        self._wait_for_news: list[Unit] = []
        teams = [team for _, team in force.teams]
        self._rest = Rest(self.run, teams)
        self._hospitals = Hospitals(engine, self.moves, self._free_again)
        self._called = self.run.env.event()
        first = self.run.env.any_of([engine.stranded.first, self._called])
        self._requests = Requests(self.run, spec, first)
        self._readiness = Readiness(self.run, teams, self.desk.units)
        self.stand_down = StandDown(self.run, self.desk, spec.stand_down_h)
        first.callbacks.append(self.stand_down.begin)
        blocks = RoadBlocks(engine, self.cases, self.report)
        self._clearing = Clearing(self.desk, self.cases, blocks)

    def _manner(self, spec: RescueSpec) -> Manner:
        """As the plan says; the vehicle class of most teams counts for coverage."""
        force, run = self.force, self.run
        if not force.specs:
            return Manner(Nearest())
        kinds = [unit.kind for unit in force.specs if force.vehicles[unit.kind] is not HELICOPTER]
        if not kinds:
            return Manner(Nearest(), turns=False)
        most = max(kinds, key=lambda kind: (kinds.count(kind), -kind))
        forward = [int(run.world.places.node[p]) for p in run.plan.team_place.values()]
        posts = [unit.post for unit in force.specs] + forward
        manners = Manners(run, spec, self.moves, force.vehicles[most], posts)
        return manners.manner(force.capabilities)

    def begin(self) -> None:
        """Whoever is not at hand is asked for; from now on calls are taken."""
        for unit, (_, team) in zip(self.desk.units, self.force.teams, strict=True):
            if self._requests.when_here(team, partial(self._free_again, unit)):
                unit.status = Status.AWAY
                self._log_team(unit, TeamStatus.COMING)
        self._readiness.begin()
        Emergencies(self.engine, self.cases, self.report).begin()
        Buried(self.engine, self.cases, self.report).begin()
        Missing(self.engine, self.cases, self.report).begin()
        Injured(self.engine, self.cases, self.report).begin()
        self._clearing.blocks.begin(self._at_hand)
        self.roads_changed()
        if self.desk.rule.every_ms:
            self.match()

    # -- calls --------------------------------------------------------------------------------

    def report(self, case: Case) -> None:
        """The desk takes a call."""
        run = self.run
        run.log.add(run.now, Kind.EMERGENCY, len(self.cases.all), case.place, case.kind)
        everyday = run.world.emergencies[case.kind].arises == "daily"
        if not everyday and not self._called.triggered:
            self._called.succeed()
        self.desk.report(self.cases.told(case, self.force.district(case.home)), run.now)

    def _case(self, incident: Incident) -> Case:
        return self.cases.all[incident.call.row]

    def _at_hand(self, kind: int) -> list[int]:
        """See ``AtHand``."""
        need = self.force.need(self.run.world.emergencies[kind], True)
        able = [u for u in self.desk.units if any(u.bits & bit for _, _, bit in need.most)]
        idle = [unit for unit in able if unit.incident is None]
        return sorted({unit.node for unit in idle or able})

    def roads_changed(self) -> None:
        """Drivers have heard of the state of the roads: who could not be reached may be now."""
        run = self.run
        waited, self._wait_for_news = self._wait_for_news, []
        for unit in waited:
            self._free_again(unit)
        for incident in list(self.desk.open):
            elsewhere = self.cases.reached_from_elsewhere(incident.call)
            if elsewhere is not None and not incident.anybody_there:
                self.desk.amend(incident, elsewhere, run.now)
        if len(self.desk.open) and not self.desk.rule.every_ms:
            self.desk.review(run.now)
        change = run.view.router.next_change(run.now)
        if change <= run.world.horizon_ms:
            run.at(change, self.roads_changed)

    def match(self) -> None:
        """A batch is due: whoever waits is matched with whoever is free."""
        run = self.run
        if len(self.desk.open):
            self.desk.review(run.now)
        run.at(run.now + self.desk.rule.every_ms, self.match)

    def move_up(self, event: simpy.Event | None = None) -> None:
        """Teams leave for the posts that the plan gives them 前置."""
        run = self.run
        for unit, (_, team) in zip(self.desk.units, self.force.teams, strict=True):
            place = run.plan.team_place.get(team.id)
            if place is not None:
                self.desk.assign_post(unit, int(run.world.places.node[place]), run.now)
        if event is not None:
            self.stand_down.begin()

    # -- what the desk orders -----------------------------------------------------------------

    def drive(self, unit: Unit, now: int) -> None:
        """See Field; a team that rolls goes on from where its leg ends."""
        if unit.row not in self._rolling:
            self.run.at(unit.set_out_ms, self._set_out, unit, unit.trip)

    def _set_out(self, unit: Unit, trip: int) -> None:
        if trip == unit.trip and unit.row not in self._rolling:
            self._roll(unit, unit.node)

    def _roll(self, unit: Unit, origin: int) -> None:
        if origin == unit.target:
            self.desk.arrived(unit, unit.trip, self.run.now)
            return
        self._rolling.add(unit.row)
        drive = self.moves.drive(self.force.vehicles[unit.kind], origin, unit.target)
        drive.callbacks.append(partial(self._ended, unit))

    def _ended(self, unit: Unit, event: simpy.Event) -> None:
        """The leg is over; on to the target of today, if it has changed on the way."""
        ended: Drive = event.value  # type: ignore[assignment]
        run = self.run
        self._rolling.discard(unit.row)
        self._rest.drove(unit, ended.metres)
        if ended.status == Trip.ARRIVED:
            self._roll(unit, ended.node)
            return
        self._log_team(unit, TeamStatus.NO_WAY)
        self.desk.withdraw(unit, ended.node, run.now)
        if ended.status != Trip.BLOCKED or not self._clearing.of_its_way(unit, ended):
            run.at(run.now + ASK_AGAIN_MS, self._free_again, unit)

    def work(self, incident: Incident, now: int) -> None:
        """See Field."""
        end = now + incident.remaining_ms
        self.run.at(end, self._work_ends, incident, incident.turn)

    def _work_ends(self, incident: Incident, turn: int) -> None:
        self.desk.finished(incident, turn, self.run.now)

    def finds(self, unit: Unit, incident: Incident, now: int) -> Call | None:
        """See Field."""
        return self.cases.right(incident.call)

    def keeps(self, unit: Unit, incident: Incident, now: int) -> bool:
        """See Field: a patient goes to hospital, a crew at the end of its shift rests."""
        if unit.status is not Status.ON_SITE:
            return False
        vehicle, case = self.force.vehicles[unit.kind], self._case(incident)
        waits = case.patient and incident.ended_ms < NEVER and vehicle.name in CARRIERS
        if waits and self._hospitals.bring(unit, vehicle, unit.node):
            case.patient = False
            self._log_team(unit, TeamStatus.TO_HOSPITAL)
            return True
        if self._rests(unit):
            return True
        waits = self._clearing.waits_for_news(unit, case)
        if waits:
            self._wait_for_news.append(unit)
        return waits

    def _free_again(self, unit: Unit) -> None:
        """A team that was away can be sent again, unless it is tired."""
        if unit.status is Status.AWAY and not self._rests(unit):
            self.desk.available(unit, unit.node, self.run.now)

    # -- rest and night -----------------------------------------------------------------------

    def _rests(self, unit: Unit) -> bool:
        """Whether a team rests now."""
        until, why = self._rest.needed(unit)
        if until == self.run.now:
            return False
        self._log_team(unit, why)
        self.run.at(until, self._free_again, unit)
        return True

    def dusk(self) -> None:
        """Teams that may not work at night and have nothing to do rest until the morning."""
        run = self.run
        for unit, (_, team) in zip(self.desk.units, self.force.teams, strict=True):
            if not team.row.night_ok and unit.status is Status.FREE and self._rests(unit):
                self.desk.withdraw(unit, unit.node, run.now)
        run.at(run.next_morning(run.now) + MS_PER_DAY // 2, self.dusk)

    # -- the log ------------------------------------------------------------------------------

    def unit_changed(self, unit: Unit, now: int) -> None:
        """See Field: why a team was sent, and who else could have gone."""
        log, number = self.run.log, self.force.teams[unit.row][0]
        incident, decision = unit.incident, self.desk.decisions[-1:]
        if unit.status is Status.TO_SITE and incident is not None:
            self._rest.sent(unit, now)
            place = self._case(incident).place
            if decision and decision[0][:3] == (now, incident.call.row, unit.row):
                log.add(now, Kind.TEAM_SENT, number, place, incident.call.row)
                log.add(now, Kind.TEAM_REASON, number, place, int(decision[0].reason))
                for reach, row in decision[0].offers:
                    log.add(now, Kind.TEAM_CANDIDATE, self.force.teams[row][0], place, reach)
        if unit.status is Status.FREE:
            self.stand_down.idle(unit)
        if unit.status in _STATUS:
            self._log_team(unit, _STATUS[unit.status])

    def _log_team(self, unit: Unit, status: TeamStatus) -> None:
        number, team = self.force.teams[unit.row]
        incident = unit.incident
        place = team.station_place if incident is None else self._case(incident).place
        self.run.log.add(self.run.now, Kind.TEAM, number, place, int(status))

    def incident_changed(self, incident: Incident, stage: Stage, now: int) -> None:
        """See Field."""
        case = self._case(incident)
        self.run.log.add(now, Kind.EMERGENCY_STAGE, incident.call.row, case.place, int(stage))
        if stage is Stage.STARTED:
            case.begun = True
        elif stage is Stage.ENDED:
            team = min(row for row, there in incident.units.items() if there)
            case.ended(self.force.teams[team][0])


def begin(engine: Engine) -> None:
    """Emergencies from the scenario's table; without a rescue section nobody is sent."""
    run, spec = engine.run, engine.run.plan.spec.rescue
    if not run.world.emergencies:
        return
    forces = Forces(engine, spec)
    forces.begin()
    night_falls = run.next_morning(run.now) - MS_PER_DAY // 2
    run.at(night_falls, forces.dusk)  # at once if it is night
    early = {"prepare": run.first_prepare, "move": run.first_move}.get(spec.call_on if spec else "")
    if early is None:
        forces.move_up()
    else:
        early.callbacks.append(forces.move_up)
