"""Boats for those cut off: incidents, muster, launch, run, pick-up, landing, and on to a shelter.

A team drives to the road node nearest to the incident that it can still reach, launches there and
runs its boats between the houses and that landing. Every boat is a process of its own.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy

from sim.clock import MS_PER_HOUR, NEVER
from sim.engine import Engine
from sim.log import Kind, TeamStatus
from sim.processes import injuries
from sim.processes.boat_choice import BoatChoice, Found
from sim.processes.requests import Requests
from sim.processes.stranded import Site, Stranded
from sim.roads.passability import vehicle_classes
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.schema.plan_forces import Rescue as RescueSpec
from sim.state import Process
from sim.states import Flag, Mode, State
from sim.world import Team

Steps = Generator[simpy.Event, Any, None]

GIVE_WAY_MS = 60_000
"""A boat that leaves a site to a nearer one looks again so much later, whether that one went."""

ASK_AGAIN_MS = 10 * 60_000
"""Pause before a team that found the road flooded looks for another way."""


class Rescue:
    """The teams with boats that fetch the stranded."""

    def __init__(self, engine: Engine, spec: RescueSpec) -> None:
        self.engine, self.spec = engine, spec
        self.vehicle = vehicle_classes()["high_clearance"]
        self.stranded = Stranded(engine, lambda site: self.choice.needs(site))
        self.choice = BoatChoice(engine, spec.rule, self.stranded, self.vehicle)
        hours = spec.stand_down_h
        self._stand_down_ms = NEVER if hours is None else round(hours * MS_PER_HOUR)
        self.car = vehicle_classes()["car"]

    # -- teams --------------------------------------------------------------------------------

    def play(self, number: int, team: Team) -> Process:
        """Muster the team, move it up to its post, then send its boats out one by one.

        A team that is called only when people are cut off has waited at its post all along.
        """
        run = self.engine.run
        here = run.env.event()
        if Requests(run, self.spec, self.stranded.first).when_here(team, lambda: _happens(here)):
            yield here
        yield self._call()
        place = run.plan.team_place.get(team.id, team.station_place)
        node = int(run.world.places.node[place])
        moves_up = self.spec.call_on != "incident" and place != team.station_place
        yield from self._muster(number, team, -1 if moves_up else node)
        if moves_up:
            # where the road is cut on the way it goes on from there
            station = int(run.world.places.node[team.station_place])
            drive: Drive = yield self.engine.traffic.drive(self.vehicle, station, node)
            node = drive.node
            run.log.add(run.now, Kind.TEAM, number, place, int(TeamStatus.AT_POST))
        self.choice.stands_by(node, team.row.boats)
        for boat in range(team.row.boats):
            run.start(self._boat(number, team, boat, (place, node)))

    def _muster(self, number: int, team: Team, node: int) -> Steps:
        """From the call to a team that is ready; where it will be then, -1 for not yet known."""
        run, place = self.engine.run, team.station_place
        run.log.add(run.now, Kind.TEAM, number, place, int(TeamStatus.CALLED))
        given = team.row.ready_min
        muster = run.draw("rescue/muster", run.world.behaviour.muster, team.key)
        muster = muster if given is None else round(given * 60_000)
        expected = (run.now + muster, node)
        if node >= 0:
            self.choice.expected.append(expected)
        yield run.timeout(muster)
        if node >= 0:
            self.choice.expected.remove(expected)
        run.log.add(run.now, Kind.TEAM, number, place, int(TeamStatus.READY))

    def _call(self) -> simpy.Event:
        run = self.engine.run
        early = {"prepare": run.first_prepare, "move": run.first_move}.get(self.spec.call_on)
        first = self.stranded.first
        return first if early is None else early | first

    def _boat(self, number: int, team: Team, boat: int, post: tuple[int, int]) -> Process:
        """One boat: a site, as many trips as it takes, the next site; rest after a shift, home
        when nobody has called for long. Post: place and node where it begins."""
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        (place, node), key, trips = post, team.key + boat, 0
        shift_ends, stood_by_since = run.now + behaviour.shift_ms, run.now
        while True:
            self.choice.leaves(node)
            if run.is_night(run.now) and not team.row.night_ok:
                yield run.timeout(run.next_morning(run.now) - run.now)
            if run.now >= shift_ends:
                # standing by is rest: a crew called early is fresh when the water comes
                if tired := max(0, behaviour.rest_ms - (run.now - stood_by_since)):
                    run.log.add(run.now, Kind.TEAM, number, place, int(TeamStatus.RESTING))
                    yield run.timeout(tired)
                shift_ends = run.now + behaviour.shift_ms
            self.choice.stands_by(node)
            found = yield from self._find(node)
            if found is None:
                idle_until = stood_by_since + self._stand_down_ms
                if run.now < idle_until or self.stranded.open:
                    left = idle_until - run.now if run.now < idle_until else NEVER
                    yield self.stranded.news | run.timeout(min(left, self._patience()))
                else:
                    node = yield from self._home(number, team, node)
                    stood_by_since = run.now
                continue
            self.choice.leaves(node)
            site, landing, candidates = found
            run.log.add(run.now, Kind.TEAM_DISPATCH, number, site.place, candidates)
            site.boats_sent += 1
            arrival = yield self.engine.traffic.drive(self.vehicle, node, landing)
            node = arrival.node
            if arrival.status == Trip.ARRIVED:
                yield run.timeout(run.draw("rescue/launch", behaviour.launch, key, trips))
                run.log.add(run.now, Kind.TEAM, number, site.place, int(TeamStatus.LAUNCHED))
                trips = yield from self._shuttle(number, team, key, trips, site, landing)
            site.boats_sent -= 1
            stood_by_since = run.now
            self.choice.stands_by(node)
            if arrival.status != Trip.ARRIVED:
                # the water is ahead of the news: ask again a little later
                yield run.timeout(ASK_AGAIN_MS)

    def _find(self, node: int) -> Generator[simpy.Event, Any, Found | None]:
        """A site for a boat that stands by at a node; what a nearer boat could take, a little
        later and only if that one went elsewhere."""
        found = self.choice.best(node, gives_way=True)
        if found is None and self.choice.left_to_others:
            yield self.engine.run.timeout(GIVE_WAY_MS)
            found = self.choice.best(node, gives_way=False)
        return found

    def _home(self, number: int, team: Team, node: int) -> Generator[simpy.Event, Any, int]:
        """Stand down 撤收: back to the station until somebody calls, and muster again; the node
        at which the boat stands by then."""
        run = self.engine.run
        self.choice.leaves(node)
        station = int(run.world.places.node[team.station_place])
        if node != station:
            drive: Drive = yield self.engine.traffic.drive(self.vehicle, node, station)
            node = drive.node
        run.log.add(run.now, Kind.TEAM, number, team.station_place, int(TeamStatus.DONE))
        while not self.stranded.open:
            yield self.stranded.news
        yield from self._muster(number, team, node)
        self.choice.stands_by(node)
        return node

    def _patience(self) -> int:
        """Ask again when the known roads change; wait for news otherwise."""
        run = self.engine.run
        change = run.view.router.next_change(run.now)
        if any(self.choice.held(site) for site in self.stranded.open.values()):
            step = run.world.hazard.step_ms  # the wind may drop at any step
            change = min(change, (run.now // step + 1) * step)
        return max(1, min(change, run.world.horizon_ms + 1) - run.now)

    # -- trips --------------------------------------------------------------------------------

    def _shuttle(
        self, number: int, team: Team, key: int, trips: int, site: Site, landing: int
    ) -> Generator[simpy.Event, Any, int]:
        """Run to the houses, take families aboard, back to the landing; until nobody waits."""
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        run_ms = self.choice.landings.run_ms(site, landing)
        first = True
        while site.waiting and not self.choice.held(site):
            factor = behaviour.spec.fetch.night_factor if run.is_night(run.now) else 1.0
            if not first or behaviour.spec.fetch.outward_run:
                yield run.timeout(round(run_ms * factor))
            first = False
            aboard = self.stranded.take(site, team.row.persons_per_trip)
            if not aboard:
                break
            took = run.draw("rescue/load", behaviour.load_fixed, key, trips)
            for since, party in aboard:
                run.waited(Kind.WAIT_BOAT, party, site.place, since)
                run.log.add(run.now, Kind.BOARDED, party, site.place, number)
                self._ready_to_board(party)
                run.move(party, State.ABOARD_BOAT, site.place)
                took += run.minutes.fetch[party] + self.stranded.dig_ms.get(party, 0)
            yield run.timeout(round(took * factor))
            yield run.timeout(round(run_ms * factor))
            yield run.timeout(run.draw("rescue/unload", behaviour.unload, key, trips))
            persons = sum(int(run.world.parties.size[p]) for _, p in aboard)
            run.log.add(run.now, Kind.BOAT_TRIP, number, site.place, persons)
            self._land([p for _, p in aboard], site, landing)
            trips += 1
        return trips

    def dug_out(self, party: int, team: int) -> None:
        """A team has freed a buried party: on to a shelter, if it lives."""
        found, run = self.stranded.unburied(party), self.engine.run
        if found is None:
            return
        site, since = found
        run.waited(Kind.WAIT_BOAT, party, site.place, since)
        run.log.add(run.now, Kind.BOARDED, party, site.place, team)
        self._ready_to_board(party)
        run.move(party, State.ABOARD_BOAT, site.place)
        self._land([party], site, site.node)

    def _ready_to_board(self, party: int) -> None:
        """What the party was doing when the water came decides from which state it boards."""
        people, now = self.engine.run.people, self.engine.run.now
        if people.state[party] == State.AT_HOME and people.decided[party] <= now:
            people.state[party] = State.PREPARING

    def _mode(self, party: int) -> Mode:
        """By boat; out of rubble, and where there is no water, brought out by the team itself."""
        by_boat = self.choice.landings.afloat and party not in self.stranded.dig_ms
        return Mode.BOAT if by_boat else Mode.TEAM

    def _land(self, parties: list[int], site: Site, landing: int) -> None:
        """Ashore: on to the nearest open shelter by road, or safe on dry ground there."""
        run, shelters = self.engine.run, self.engine.shelters
        for party in parties:
            run.flag(party, Flag.RESCUED, site.place)
            if party in self.stranded.dig_ms:
                injuries.dug_out(self.engine, party, site.place)
        persons = sum(int(run.world.parties.size[party]) for party in parties)
        target = shelters.nearest_with_room(landing, self.car, persons)
        if target < 0:
            self._on_dry_ground(parties, site.place)
            return
        shelters.reserve(target, persons)
        drive = self.engine.traffic.drive(self.car, landing, int(shelters.nodes[target]))

        def there(event: simpy.Event) -> None:
            ended: Drive = event.value  # type: ignore[assignment]
            if ended.status == Trip.ARRIVED:
                self._at_shelter(parties, target)
            else:
                shelters.release(target, persons)
                self._on_dry_ground(parties, site.place)

        drive.callbacks.append(there)

    def _on_dry_ground(self, parties: list[int], place: int) -> None:
        """No shelter can be reached from the landing: safe, and counted there."""
        run = self.engine.run
        for party in parties:
            run.move(party, State.EXITED, place)
            run.out(party, self._mode(party), place)
            run.log.add(run.now, Kind.REGISTERED, party, place)

    def _at_shelter(self, parties: list[int], target: int) -> None:
        shelters = self.engine.shelters
        for party in parties:
            self.engine.run.out(party, self._mode(party), shelters.place(target))
            shelters.arrive_by_vehicle(party, target)


def _happens(event: simpy.Event) -> None:
    event.succeed()


def begin(engine: Engine) -> None:
    """Put the rescue in place; without a rescue section incidents are only counted."""
    run, spec = engine.run, engine.run.plan.spec.rescue
    rescue = Rescue(engine, spec or RescueSpec())
    engine.rescue, engine.stranded = rescue, rescue.stranded
    if spec is None:
        return
    for number, team in enumerate(run.world.teams):
        if not team.row.skills:  # teams with skills answer emergencies: sim.processes.forces
            run.start(rescue.play(number, team))
