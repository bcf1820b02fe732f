"""Teams with skills answer emergencies: the desk decides, the roads carry, the log remembers.

Who drives is on the same roads as everybody (``traffic.drive``) and comes back as an arrival.
Teams under way drive to the end of their leg before they follow a new order. Boats for people cut
off by water are another matter: ``sim.processes.rescue``.
"""

from __future__ import annotations

from functools import partial

import simpy

from sim.clock import MS_PER_DAY, NEVER, minutes
from sim.engine import Engine
from sim.forces.capabilities import Capabilities
from sim.forces.desk import Desk
from sim.forces.field import Manner
from sim.forces.incidents import Call, Incident, Need, Stage
from sim.forces.on_roads import RoadTravel
from sim.forces.rules import Nearest
from sim.forces.teams import brings, unit_of, vehicles_of
from sim.forces.units import Status, Unit, UnitSpec
from sim.log import Kind, TeamStatus
from sim.processes.buried import Buried
from sim.processes.cases import Case, Cases
from sim.processes.emergencies import Emergencies
from sim.processes.force_manner import Manners
from sim.processes.force_rest import Rest
from sim.processes.hospitals import ASK_AGAIN_MS, Hospitals
from sim.processes.road_blocks import RoadBlocks
from sim.roads.passability import vehicle_classes
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.schema.forces import EmergencyRow, amounts_of
from sim.schema.plan import Rescue as RescueSpec
from sim.schema.tables import SettlementRow
from sim.world import Team, World

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
        world, called = self.run.world, spec is not None
        spec = spec or RescueSpec()
        self.teams = [(k, t) for k, t in enumerate(world.teams) if t.row.skills and called]
        rows = [team.row for _, team in self.teams]
        kinds = world.emergencies
        asked = {name for kind in kinds for name in amounts_of(kind.needs + ";" + kind.full)}
        self.capabilities = Capabilities(asked | {name for row in rows for name in brings(row)})
        self.cases = Cases(self.run, self._need)
        names = vehicles_of(rows)
        self.vehicles = [vehicle_classes()[name] for name in names]
        self.townships = _townships(world)
        units = [self._unit(team, names, spec.aid_min) for _, team in self.teams]
        travel = RoadTravel(self.run.view.router, self.vehicles)
        self.desk = Desk(units, travel, self._manner(spec, units, travel), self)
        self._rolling: set[int] = set()
        self._rest = Rest(self.run, [team for _, team in self.teams])
        self._hospitals = Hospitals(engine, self._free_again)

    def _unit(self, team: Team, vehicles: tuple[str, ...], aid_min: float) -> UnitSpec:
        """A team at its station; ready after its own minutes or a keyed muster."""
        run = self.run
        post = int(run.world.places.node[team.station_place])
        made = unit_of(team.row, post, self.capabilities, vehicles)
        stations = {row.id: row.township for row in run.world.stations}
        district = self.townships.get(stations[team.row.station], -1)
        ready = made.turnout_ms
        if team.row.ready_min is None:
            ready = run.draw("rescue/muster", run.world.behaviour.muster, team.key)
        return UnitSpec(made.gives, post, made.kind, district, ready, minutes(aid_min))

    def _manner(self, spec: RescueSpec, units: list[UnitSpec], travel: RoadTravel) -> Manner:
        """As the plan says; the vehicle class of most teams counts for coverage."""
        if not units:
            return Manner(Nearest())
        kinds, run = [unit.kind for unit in units], self.run
        most = max(kinds, key=lambda kind: (kinds.count(kind), -kind))
        forward = [int(run.world.places.node[p]) for p in run.plan.team_place.values()]
        posts = [unit.post for unit in units] + forward
        manners = Manners(run, spec, travel, self.vehicles[most], posts)
        return manners.manner(self.capabilities)

    # -- calls --------------------------------------------------------------------------------

    def _need(self, kind: EmergencyRow, whole: bool) -> Need:
        """What a kind asks for, or the minimum only."""
        minimum = amounts_of(kind.needs)
        return self.capabilities.need(minimum, amounts_of(kind.full) if whole else minimum)

    def report(self, case: Case) -> None:
        """The desk takes a call."""
        run = self.run
        run.log.add(run.now, Kind.EMERGENCY, len(self.cases.all), case.place, case.kind)
        district = _district(run.world, self.townships, case.home)
        self.desk.report(self.cases.told(case, district), run.now)

    def _case(self, incident: Incident) -> Case:
        return self.cases.all[incident.call.row]

    def roads_changed(self) -> None:
        """Drivers have heard of the state of the roads: who could not be reached may be now."""
        run = self.run
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

    @property
    def bases(self) -> tuple[int, ...]:
        """Nodes from which teams come."""
        return tuple(sorted({unit.spec.post for unit in self.desk.units}))

    def move_up(self, event: simpy.Event | None = None) -> None:
        """Teams leave for the posts that the plan gives them 前置."""
        run = self.run
        for unit, (_, team) in zip(self.desk.units, self.teams, strict=True):
            place = run.plan.team_place.get(team.id)
            if place is not None:
                self.desk.assign_post(unit, int(run.world.places.node[place]), run.now)

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
        drive = self.engine.traffic.drive(self.vehicles[unit.kind], origin, unit.target)
        drive.callbacks.append(partial(self._ended, unit))

    def _ended(self, unit: Unit, event: simpy.Event) -> None:
        """The leg is over; on to the target of today, if it has changed on the way."""
        ended: Drive = event.value  # type: ignore[assignment]
        run = self.run
        self._rolling.discard(unit.row)
        if ended.status == Trip.ARRIVED:
            self._roll(unit, ended.node)
            return
        self._log_team(unit, TeamStatus.NO_WAY)
        self.desk.withdraw(unit, ended.node, run.now)
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
        vehicle, case = self.vehicles[unit.kind], self._case(incident)
        waits = case.patient and incident.ended_ms < NEVER and vehicle.name == "ambulance"
        if waits and self._hospitals.bring(unit, vehicle, unit.node):
            case.patient = False
            self._log_team(unit, TeamStatus.TO_HOSPITAL)
            return True
        return self._rests(unit)

    def _free_again(self, unit: Unit) -> None:
        """A team that was away can be sent again, unless it is tired."""
        if unit.status is Status.AWAY and not self._rests(unit):
            self.desk.available(unit, unit.node, self.run.now)

    # -- rest and night -----------------------------------------------------------------------

    def _rests(self, unit: Unit) -> bool:
        """Whether a team rests now."""
        until = self._rest.until_ms(unit)
        if until == self.run.now:
            return False
        self._log_team(unit, TeamStatus.RESTING)
        self.run.at(until, self._free_again, unit)
        return True

    def dusk(self) -> None:
        """Teams that may not work at night and have nothing to do rest until the morning."""
        run = self.run
        for unit, (_, team) in zip(self.desk.units, self.teams, strict=True):
            if not team.row.night_ok and unit.status is Status.FREE and self._rests(unit):
                self.desk.withdraw(unit, unit.node, run.now)
        run.at(run.next_morning(run.now) + MS_PER_DAY // 2, self.dusk)

    # -- the log ------------------------------------------------------------------------------

    def unit_changed(self, unit: Unit, now: int) -> None:
        """See Field: why a team was sent, and who else could have gone."""
        log, number = self.run.log, self.teams[unit.row][0]
        incident, decision = unit.incident, self.desk.decisions[-1:]
        if unit.status is Status.TO_SITE and incident is not None:
            self._rest.sent(unit, now)
            place = self._case(incident).place
            if decision and decision[0][:3] == (now, incident.call.row, unit.row):
                log.add(now, Kind.TEAM_SENT, number, place, incident.call.row)
                log.add(now, Kind.TEAM_REASON, number, place, int(decision[0].reason))
                for reach, row in decision[0].offers:
                    log.add(now, Kind.TEAM_CANDIDATE, self.teams[row][0], place, reach)
        if unit.status in _STATUS:
            self._log_team(unit, _STATUS[unit.status])

    def _log_team(self, unit: Unit, status: TeamStatus) -> None:
        number, team = self.teams[unit.row]
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
            case.ended(self.teams[team][0])


def _townships(world: World) -> dict[str, int]:
    """A number for every township that has a station."""
    names = sorted({row.township for row in world.stations} - {""})
    return {name: k for k, name in enumerate(names)}


def _district(world: World, townships: dict[str, int], home: int) -> int:
    row = world.homes.rows[home] if home >= 0 else None
    return townships.get(row.township, -1) if isinstance(row, SettlementRow) else -1


def begin(engine: Engine) -> None:
    """Emergencies from the scenario's table; without a rescue section nobody is sent."""
    run, spec = engine.run, engine.run.plan.spec.rescue
    if not run.world.emergencies:
        return
    forces = Forces(engine, spec)
    Emergencies(engine, forces.cases, forces.report).begin()
    Buried(engine, forces.cases, forces.report).begin()
    RoadBlocks(engine, forces.cases, forces.report).begin(forces.bases)
    forces.roads_changed()
    if forces.desk.rule.every_ms:
        forces.match()
    night_falls = run.next_morning(run.now) - MS_PER_DAY // 2
    run.at(night_falls, forces.dusk)  # at once if it is night
    early = {"prepare": run.first_prepare, "move": run.first_move}.get(spec.call_on if spec else "")
    if early is None:
        forces.move_up()
    else:
        early.callbacks.append(forces.move_up)
