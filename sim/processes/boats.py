"""Boats as units of a desk: it decides who goes where, they drive, launch and fetch people.

Every place where people wait is an incident 被困: it asks for a boat for every two loads of people,
is the more urgent while the hazard is at the harm level there, and ends when the last has been
taken aboard or the water lets them go. Every boat is a unit of its own, sent by the plan's rules.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import simpy

from sim.clock import MS_PER_MIN
from sim.forces.desk import Desk
from sim.forces.field import Manner
from sim.forces.incidents import Call, Incident, Need, Stage
from sim.forces.units import Status, Unit, UnitSpec
from sim.log import Kind, TeamStatus
from sim.processes.ashore import Ashore
from sim.processes.boat_rest import BoatRest
from sim.processes.stranded import Site
from sim.processes.water_travel import WaterTravel
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.schema.plan_forces import Rescue as RescueSpec
from sim.state import Process
from sim.world import Team

Steps = Generator[simpy.Event, Any, None]

PERSONS_PER_BOAT = 12
"""People cut off ask for a boat per so many persons, two loads of a common boat (judgement)."""

ASK_AGAIN_MS = 10 * MS_PER_MIN
"""Pause before a team that found the road flooded looks for another way (judgement)."""


@dataclass
class Boat:
    """One boat of a team.

    Attributes:
        number: of its team. key, trips: of its own draws. node: where it stands, or set out from.
        launched_at: landing at which it lies in the water, -1 for none.
        shift_ends, idle_since: moments, ms. home: it has stood down, and has to muster again.
    """

    unit: Unit
    number: int
    team: Team
    key: int
    node: int
    trips: int = 0
    launched_at: int = -1
    shift_ends: int = 0
    idle_since: int = 0
    homeward: bool = False
    home: bool = False
    busy: bool = False


class Boats:
    """All boats of a run and the desk that sends them."""

    def __init__(
        self, ashore: Ashore, crews: Iterable[tuple[int, Team, UnitSpec]], travel: WaterTravel,
        manner: Manner, spec: RescueSpec,
    ) -> None:  # fmt: skip
        self.engine, self.run, self.travel, self.ashore = ashore.engine, ashore.run, travel, ashore
        crews = list(crews)
        self.desk = Desk([spec for _, _, spec in crews], travel, manner, self)
        self.boats: list[Boat] = []
        afloat: dict[int, int] = {}
        for unit, (number, team, _) in zip(self.desk.units, crews, strict=True):
            unit.status = Status.AWAY
            rank = afloat[number] = afloat.get(number, -1) + 1
            self.boats.append(Boat(unit, number, team, team.key + rank, unit.post))
        self._rest = BoatRest(self, spec)
        self._sites: dict[int, Site] = {}
        self._look_at = -1
        self._mustered: list[Boat] = []

    # -- people cut off -----------------------------------------------------------------------

    def news(self) -> None:
        """Somebody new is cut off: the desk hears of every place, then sends whom it has."""
        for site in self.engine.stranded.open.values():
            self._tell(site)
        self._review()

    def fewer(self, site: Site) -> None:
        """Fewer wait at a site; with nobody left the incident is over."""
        run = self.run
        if site.opened_as not in self._sites:
            if not site.waiting:
                stage = int(Stage.CALLED_OFF)
                run.log.add(run.now, Kind.STRANDED_STAGE, site.opened_as, site.place, stage)
            return
        incident = self.desk.incidents[site.opened_as]
        if site.waiting:
            self._tell(site)
        elif incident.at_work:
            self.desk.finished(incident, incident.turn, run.now)
        else:
            self.desk.call_off(incident, run.now)

    def _tell(self, site: Site) -> None:
        """The desk knows who waits at a site now."""
        need = _need(-(-site.persons // PERSONS_PER_BOAT))
        urgency = 0 if self._grave(site) else 1
        if site.opened_as in self._sites:
            incident = self.desk.incidents[site.opened_as]
            call = replace(incident.call, need=need, priority=urgency, persons=site.persons)
            if call != incident.call and not incident.shut:
                self.desk.update(incident, call)
            return
        place = self.travel.place_of(site.number)
        district = self.ashore.district(site.place)
        call = Call(
            *(site.opened_as, self.run.now, place, 0, need, urgency, district), site.persons
        )
        self._sites[call.row] = site
        self.desk.note(call, self.run.now)

    def _grave(self, site: Site) -> bool:
        """People lie under rubble, or what has cut them off is at the harm level where they are."""
        run, dig_ms = self.run, self.engine.stranded.dig_ms
        if dig_ms and any(party in dig_ms for _, party in site.waiting):
            return True
        return run.view.is_harmful(site.place, run.now, run.world.hazard.step_ms)

    def _review(self) -> None:
        if len(self.desk.open) and not self.desk.rule.every_ms:
            self.desk.review(self.run.now)
        self._plan_look()

    def _plan_look(self) -> None:
        """Look again when the known roads change, and while the wind holds boats at every step."""
        run = self.run
        at = run.view.router.next_change(run.now)
        if any(self.travel.held(site) for site in self.engine.stranded.open.values()):
            step = run.world.hazard.step_ms
            at = min(at, (run.now // step + 1) * step)
        if at <= run.world.horizon_ms and not run.now < self._look_at <= at:
            self._look_at = at
            run.at(at, self._look, at)

    def _look(self, planned: int) -> None:
        if planned == self._look_at:
            for site in self.engine.stranded.open.values():
                if site.opened_as in self._sites:
                    self._tell(site)
            self._review()

    def match(self) -> None:
        """A batch is due: whoever waits is matched with whoever is free."""
        run = self.run
        if len(self.desk.open):
            self.desk.review(run.now)
        run.at(run.now + self.desk.rule.every_ms, self.match)

    # -- boats --------------------------------------------------------------------------------

    def ready(self, number: int, node: int) -> None:
        """A team has mustered: its boats can be sent from a node, as all that are ready now."""
        if not self._mustered:
            self.run.start(self._all_mustered())
        for boat in self.boats:
            if boat.number == number:
                self._rest.begins(boat)
                boat.node = node
                self._mustered.append(boat)

    def _all_mustered(self) -> Process:
        """Boats that became ready at one moment stand by together: the table has no say in it."""
        yield self.run.timeout(0)
        ready, self._mustered = self._mustered, []
        fresh = [(boat.unit, boat.node) for boat in ready if not self._rest.rests(boat)]
        self.desk.available_together(fresh, self.run.now)

    def stand_by(self, boat: Boat, node: int) -> None:
        """A boat that was away has nothing to do: the desk can have it, unless it rests."""
        boat.node = node
        if not self._rest.rests(boat):
            self.desk.available(boat.unit, node, self.run.now)

    def _go(self, boat: Boat) -> Process:
        """From order to order, until there is nothing more to do."""
        run, unit = self.run, boat.unit
        while True:
            if unit.set_out_ms > run.now:
                yield from self._rest.musters(boat)
            trip, incident = unit.trip, unit.incident
            if boat.node != unit.target:
                boat.launched_at = -1
                drive: Drive = yield self.engine.traffic.drive(
                    self.travel.vehicle, boat.node, unit.target
                )
                boat.node = drive.node
                if drive.status != Trip.ARRIVED:
                    # the water is ahead of the news: ask again a little later
                    self._done(boat, ASK_AGAIN_MS)
                    return
            if trip == unit.trip and incident is not None and unit.incident is incident:
                yield from self._serve(boat, incident)
            if unit.incident is None or unit.status is Status.ON_SITE:
                self._done(boat, 0)
                return

    def _serve(self, boat: Boat, incident: Incident) -> Steps:
        """At the landing: launch, and fetch whoever waits."""
        run, unit, trip = self.run, boat.unit, boat.unit.trip
        site = self._sites[incident.call.row]
        if boat.launched_at != boat.node:
            launch = run.world.behaviour.launch
            yield run.timeout(run.draw("rescue/launch", launch, boat.key, boat.trips))
            boat.launched_at = boat.node
        run.log.add(run.now, Kind.TEAM, boat.number, site.place, int(TeamStatus.LAUNCHED))
        if trip == unit.trip and unit.incident is incident:
            self.desk.arrived(unit, trip, run.now)
            yield from self._shuttle(boat, incident, site)

    def _shuttle(self, boat: Boat, incident: Incident, site: Site) -> Steps:
        """Run to the houses, take families aboard, back to the landing; until nobody waits."""
        run, behaviour, key = self.run, self.run.world.behaviour, boat.key
        run_ms, first = self.travel.landings.run_ms(site, boat.node), True
        while boat.unit.incident is incident and not self.travel.held(site):
            factor = behaviour.spec.fetch.night_factor if run.is_night(run.now) else 1.0
            if not first or behaviour.spec.fetch.outward_run:
                yield run.timeout(round(run_ms * factor))
            first = False
            aboard = self.engine.stranded.take(site, boat.team.row.persons_per_trip)
            if not aboard:
                break
            took = run.draw("rescue/load", behaviour.load_fixed, key, boat.trips)
            took += self.ashore.board(aboard, site, boat.number)
            yield run.timeout(round(took * factor))
            yield run.timeout(round(run_ms * factor))
            yield run.timeout(run.draw("rescue/unload", behaviour.unload, key, boat.trips))
            parties = [party for _, party in aboard]
            persons = sum(int(run.world.parties.size[party]) for party in parties)
            run.log.add(run.now, Kind.BOAT_TRIP, boat.number, site.place, persons)
            self.ashore.land(parties, site, boat.node)
            boat.trips += 1
        if site.waiting and site.opened_as not in self._sites:
            self._tell(site)  # somebody new calls from the same houses: the crew sees it

    def _done(self, boat: Boat, pause_ms: int) -> None:
        """A boat has nothing to do where it is, or cannot go on for a while."""
        run, unit = self.run, boat.unit
        boat.busy, boat.idle_since = False, run.now
        if unit.status is not Status.AWAY:
            self.desk.withdraw(unit, boat.node, run.now)
        self._plan_look()
        if pause_ms:
            run.at(run.now + pause_ms, self.stand_by, boat, boat.node)
        else:
            self._rest.arrived(boat)
            self.stand_by(boat, boat.node)

    # -- what the desk orders -----------------------------------------------------------------

    def drive(self, unit: Unit, now: int) -> None:
        """See Field; the road ends where the boat can be launched."""
        boat = self.boats[unit.row]
        if unit.incident is not None:
            site = self._sites[unit.incident.call.row]
            unit.target = self.travel.landing(site, unit.node)
            boat.homeward = False
        if not boat.busy:
            boat.busy = True
            self.run.start(self._go(boat))

    def work(self, incident: Incident, now: int) -> None:
        """See Field: it ends when nobody waits any more."""

    def finds(self, unit: Unit, incident: Incident, now: int) -> Call | None:
        """See Field: people who are cut off call themselves, and are where they say."""
        return None

    def keeps(self, unit: Unit, incident: Incident, now: int) -> bool:
        """See Field: a boat with people aboard lands them first; at night some go no farther."""
        return unit.status is Status.ON_SITE or self._rest.night_bound(self.boats[unit.row])

    def unit_changed(self, unit: Unit, now: int) -> None:
        """See Field: why a boat was sent, and which others could have gone."""
        log, boat, incident = self.run.log, self.boats[unit.row], unit.incident
        if unit.status is Status.FREE:
            self._rest.stands_by(boat)
        if unit.status is not Status.TO_SITE or incident is None or not self.desk.decisions:
            return
        decision, place = self.desk.decisions[-1], self._sites[incident.call.row].place
        if decision[:3] == (now, incident.call.row, unit.row):
            log.add(now, Kind.TEAM_DISPATCH, boat.number, place, len(decision.offers))
            log.add(now, Kind.TEAM_REASON, boat.number, place, int(decision.reason))
            for reach, row in decision.offers:
                log.add(now, Kind.TEAM_CANDIDATE, self.boats[row].number, place, reach)

    def incident_changed(self, incident: Incident, stage: Stage, now: int) -> None:
        """See Field."""
        site = self._sites[incident.call.row]
        self.run.log.add(now, Kind.STRANDED_STAGE, incident.call.row, site.place, int(stage))


@cache
def _need(boats: int) -> Need:
    """One boat to begin with, so many in all."""
    return Need((1,), (max(1, boats),))
