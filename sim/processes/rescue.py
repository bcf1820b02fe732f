"""Boats for those cut off: incidents, muster, launch, run, pick-up, landing, and on to a shelter.

A team drives to the road node nearest to the incident that it can still reach, launches there and
runs its boats between the houses and that landing. Every boat is a process of its own.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import simpy

from sim.clock import NEVER
from sim.engine import Engine
from sim.log import Kind, TeamStatus
from sim.processes.water import dry_again_ms
from sim.roads.network import Network
from sim.roads.passability import vehicle_classes
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.schema.plan import Rescue as RescueSpec
from sim.state import Process
from sim.states import Flag, Mode, State
from sim.world import Team

LANDING_REACH_M = 5_000.0
"""Boats are launched at most this far from the people, straight (judgement: 50 min one way)."""

PERSONS_PER_BOAT = 12
"""A further boat is sent when more than two loads per boat already sent are waiting."""

NEWS_MS = 5 * 60_000
"""Teams standing by are told of new incidents at most this often."""

ASK_AGAIN_MS = 10 * 60_000
"""Pause before a team that found the road flooded looks for another way."""


@dataclass
class Site:
    """People waiting for a boat around one place; ``node`` is its road node."""

    place: int
    node: int
    waiting: list[tuple[int, int]] = field(default_factory=list)
    persons: int = 0
    boats_sent: int = 0


class Rescue:
    """Incidents and the teams that answer them."""

    def __init__(self, engine: Engine, spec: RescueSpec) -> None:
        self.engine, self.spec = engine, spec
        self.sites: dict[tuple[int, int], Site] = {}
        self.open_sites: dict[tuple[int, int], Site] = {}
        self._in_vain: dict[int, int] = {}
        self.first_incident = engine.run.env.event()
        self.news = engine.run.env.event()
        self._news_due, self._last_news = False, -NEWS_MS
        self._dig_ms: dict[int, int] = {}
        self._afloat = any(layer.scale.is_water for layer in engine.run.view.layers)
        self._landing_order: dict[int, np.ndarray] = {}
        self._landings: dict[bytes, dict[int, int]] = {}
        self.vehicle = vehicle_classes()["high_clearance"]
        self.car = vehicle_classes()["car"]

    # -- incidents ----------------------------------------------------------------------------

    def strand(self, party: int, place: int) -> None:
        """A party cannot leave by itself any more and asks for help; or its house has hit it."""
        strikes, now = self.engine.run.view.strikes, self.engine.run.now
        if strikes is not None and strikes.at_ms[party] == now:
            dies = int(strikes.dies_ms[party])
            if dies == now:
                self.engine.run.flag(party, Flag.HARMED, place)
                return
            self._dig_ms[party] = int(strikes.dig_ms[party])
            self.engine.run.at(dies, self._dies, party, place)
        self._add(party, place, int(self.engine.run.world.places.node[place]))

    def strand_on_road(self, party: int, place: int, node: int, edge: int = -1) -> None:
        """A car stands near a road node: in the water on an edge, or cut off from its home."""
        self._add(party, place, node, edge)

    def _add(self, party: int, place: int, node: int, edge: int = -1) -> None:
        run = self.engine.run
        run.flag(party, Flag.STRANDED, place)
        site = self.sites.setdefault((place, node), Site(place, node))
        if not site.waiting:
            persons = int(run.world.parties.size[party])
            run.log.add(run.now, Kind.INCIDENT, place, place, persons)
            self.open_sites[place, node] = site
            self._in_vain.clear()
        site.waiting.append((run.now, party))
        site.persons += int(run.world.parties.size[party])
        buried = party in self._dig_ms
        dry = NEVER if buried else dry_again_ms(self.engine, party, place, edge)
        if dry <= run.world.horizon_ms:
            run.at(dry, self._water_gone, party, site)
        if not self.first_incident.triggered:
            self.first_incident.succeed()
        if not self._news_due:
            self._news_due = True
            run.at(max(run.now, self._last_news + NEWS_MS), self._spread_news)

    def _water_gone(self, party: int, site: Site) -> None:
        """The water went down before a boat came: one fewer to fetch."""
        if self._waits_no_more(party, site):
            self.engine.second_ways.water_gone(party, site.place)

    def _dies(self, party: int, place: int) -> None:
        """Nobody has freed a buried family in time."""
        node = int(self.engine.run.world.places.node[place])
        if self._waits_no_more(party, self.sites[place, node]):
            self.engine.run.flag(party, Flag.HARMED, place)

    def _waits_no_more(self, party: int, site: Site) -> bool:
        """Take a party off the list of a site; whether it was still on it."""
        left = [item for item in site.waiting if item[1] != party]
        if len(left) == len(site.waiting):
            return False
        site.waiting = left
        site.persons -= int(self.engine.run.world.parties.size[party])
        if not left:
            self.open_sites.pop((site.place, site.node), None)
        return True

    def _spread_news(self) -> None:
        """Teams that stand by hear of new incidents, at most every few minutes."""
        self._news_due, self._last_news = False, self.engine.run.now
        if not any(self._needs(site) for site in self.open_sites.values()):
            return
        self.news.succeed()
        self.news = self.engine.run.env.event()

    # -- teams --------------------------------------------------------------------------------

    def play(self, number: int, team: Team) -> Process:
        """Muster the team, then send its boats out one by one."""
        run = self.engine.run
        yield self._call()
        place = run.plan.team_place.get(team.id, team.station_place)
        run.log.add(run.now, Kind.TEAM, number, place, int(TeamStatus.CALLED))
        given = team.row.ready_min
        muster = run.draw("rescue/muster", run.world.behaviour.muster, team.key)
        yield run.timeout(muster if given is None else round(given * 60_000))
        run.log.add(run.now, Kind.TEAM, number, place, int(TeamStatus.READY))
        for boat in range(team.row.boats):
            run.start(self._boat(number, team, boat, place))

    def _call(self) -> simpy.Event:
        run = self.engine.run
        early = {"prepare": run.first_prepare, "move": run.first_move}.get(self.spec.call_on)
        return self.first_incident if early is None else early | self.first_incident

    def _boat(self, number: int, team: Team, boat: int, place: int) -> Process:
        """One boat: a site, as many trips as it takes, the next site; rest after a shift."""
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        node, key, trips = int(run.world.places.node[place]), team.key + boat, 0
        shift_ends, stood_by_since = run.now + behaviour.shift_ms, run.now
        while True:
            if run.is_night(run.now) and not team.row.night_ok:
                yield run.timeout(run.next_morning(run.now) - run.now)
            if run.now >= shift_ends:
                # standing by is rest: a crew called early is fresh when the water comes
                if tired := max(0, behaviour.rest_ms - (run.now - stood_by_since)):
                    run.log.add(run.now, Kind.TEAM, number, place, int(TeamStatus.RESTING))
                    yield run.timeout(tired)
                shift_ends = run.now + behaviour.shift_ms
            found = self._choose(node)
            if found is None:
                yield self.news | run.timeout(self._patience())
                continue
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
            if arrival.status != Trip.ARRIVED:
                # the water is ahead of the news: ask again a little later
                yield run.timeout(ASK_AGAIN_MS)

    def _patience(self) -> int:
        """Ask again when the known roads change; wait for news otherwise."""
        run = self.engine.run
        change = run.view.router.next_change(run.now)
        if any(self._held(site) for site in self.open_sites.values()):
            step = run.world.hazard.step_ms  # the wind may drop at any step
            change = min(change, (run.now // step + 1) * step)
        return max(1, min(change, run.world.horizon_ms + 1) - run.now)

    def _choose(self, node: int) -> tuple[Site, int, int] | None:
        """The site a free boat goes to, its landing node, and how many it chose among."""
        run = self.engine.run
        open_sites = [s for s in self.open_sites.values() if self._needs(s)]
        if not open_sites or self._in_vain.get(node) == run.now:
            return None
        times = run.view.router.times_from(node, self.vehicle, run.now)
        open_nodes = times < NEVER
        known = self._landings.setdefault(open_nodes.tobytes(), {})
        rated = []
        for site in open_sites:
            if site.node not in known:
                known[site.node] = self._landing(site, open_nodes)
            landing = known[site.node]
            if landing < 0:
                continue
            reach = int(times[landing]) + self._run_ms(site, landing)
            first = -site.persons if self.spec.rule == "largest" else reach
            rated.append((first, reach, site.place, site, landing))
        if not rated:
            # the next boat that asks here at this moment would find nothing either
            self._in_vain[node] = run.now
            return None
        _, _, _, site, landing = min(rated, key=lambda item: item[:3])
        return site, landing, len(rated)

    def _needs(self, site: Site) -> bool:
        """More people than the boats already sent can take in two trips each."""
        return site.persons > PERSONS_PER_BOAT * site.boats_sent and not self._held(site)

    def _held(self, site: Site) -> bool:
        """Whether boats have to stay ashore there now: too much wind."""
        run = self.engine.run
        return self._afloat and run.view.stands_still(
            "boat", site.place, run.now, run.world.hazard.step_ms
        )

    def _landing(self, site: Site, open_nodes: np.ndarray) -> int:
        """Nearest road node to the site that can still be reached, -1 for none within reach."""
        near = self._near(site.node)
        reachable = open_nodes[near]
        return int(near[np.argmax(reachable)]) if reachable.any() else -1

    def _near(self, node: int) -> np.ndarray:
        if node not in self._landing_order:
            roads = self.engine.run.world.roads
            if isinstance(roads, Network):
                dx, dy = roads.node_x - roads.node_x[node], roads.node_y - roads.node_y[node]
                square = np.round(dx * dx + dy * dy)
                within = int((square <= LANDING_REACH_M**2).sum())
                self._landing_order[node] = np.argsort(square, kind="stable")[:within]
            else:
                self._landing_order[node] = np.array([node])
        return self._landing_order[node]

    def _run_ms(self, site: Site, landing: int) -> int:
        """Time of one run between landing and houses: on the water, or on foot without any."""
        run = self.engine.run
        fetch = run.world.behaviour.spec.fetch
        roads = run.world.roads
        if not isinstance(roads, Network):
            return round(fetch.boat_run_min * 60_000)
        dx = float(roads.node_x[landing] - roads.node_x[site.node])
        dy = float(roads.node_y[landing] - roads.node_y[site.node])
        metres = float(np.hypot(dx, dy)) + float(run.world.places.snap_m[site.place])
        on_foot = vehicle_classes()["on_foot"].max_speed_kmh_x10 / 10
        kmh = fetch.boat_speed_kmh if self._afloat else min(fetch.boat_speed_kmh, on_foot)
        hours = metres * fetch.boat_detour / 1000 / kmh
        return max(round(hours * 3_600_000), round(fetch.boat_run_min * 60_000))

    # -- trips --------------------------------------------------------------------------------

    def _shuttle(
        self, number: int, team: Team, key: int, trips: int, site: Site, landing: int
    ) -> Generator[simpy.Event, Any, int]:
        """Run to the houses, take families aboard, back to the landing; until nobody waits."""
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        run_ms = self._run_ms(site, landing)
        first = True
        while site.waiting and not self._held(site):
            factor = behaviour.spec.fetch.night_factor if run.is_night(run.now) else 1.0
            if not first or behaviour.spec.fetch.outward_run:
                yield run.timeout(round(run_ms * factor))
            first = False
            aboard = self._take(site, team.row.persons_per_trip)
            if not aboard:
                break
            took = run.draw("rescue/load", behaviour.load_fixed, key, trips)
            for since, party in aboard:
                run.waited(Kind.WAIT_BOAT, party, site.place, since)
                run.log.add(run.now, Kind.BOARDED, party, site.place, number)
                self._ready_to_board(party)
                run.move(party, State.ABOARD_BOAT, site.place)
                took += run.minutes.fetch[party] + self._dig_ms.get(party, 0)
            yield run.timeout(round(took * factor))
            yield run.timeout(round(run_ms * factor))
            yield run.timeout(run.draw("rescue/unload", behaviour.unload, key, trips))
            persons = sum(int(run.world.parties.size[p]) for _, p in aboard)
            run.log.add(run.now, Kind.BOAT_TRIP, number, site.place, persons)
            self._land([p for _, p in aboard], site, landing)
            trips += 1
        return trips

    def _ready_to_board(self, party: int) -> None:
        """What the party was doing when the water came decides from which state it boards."""
        people, now = self.engine.run.people, self.engine.run.now
        if people.state[party] == State.AT_HOME and people.decided[party] <= now:
            people.state[party] = State.PREPARING

    def _take(self, site: Site, seats: int) -> list[tuple[int, int]]:
        """Families that fit, longest wait first; a family larger than the boat goes in parts."""
        sizes = self.engine.run.world.parties.size
        taken, left = [], []
        room = seats
        for item in site.waiting:
            size = min(int(sizes[item[1]]), seats)
            if size <= room:
                taken.append(item)
                room -= size
            else:
                left.append(item)
        site.waiting = left
        if not left:
            self.open_sites.pop((site.place, site.node), None)
        site.persons -= sum(int(sizes[party]) for _, party in taken)
        return taken

    def _mode(self, party: int) -> Mode:
        """By boat; out of rubble, and where there is no water, carried to a vehicle."""
        return Mode.BOAT if self._afloat and party not in self._dig_ms else Mode.AMBULANCE

    def _land(self, parties: list[int], site: Site, landing: int) -> None:
        """Ashore: on to the nearest open shelter by road, or safe on dry ground there."""
        run, shelters = self.engine.run, self.engine.shelters
        for party in parties:
            run.flag(party, Flag.RESCUED, site.place)
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


def begin(engine: Engine) -> None:
    """Put the rescue in place; without a rescue section incidents are only counted."""
    run, spec = engine.run, engine.run.plan.spec.rescue
    engine.rescue = Rescue(engine, spec or RescueSpec())
    if spec is None:
        return
    for number, team in enumerate(run.world.teams):
        if not team.row.skills:  # teams with skills answer emergencies: sim.processes.forces
            run.start(engine.rescue.play(number, team))
