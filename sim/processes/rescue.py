"""Teams with boats: asked for, called, mustered, moved up; from then on the desk sends their boats.

See ``sim.processes.boats`` for what a boat does when it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator

import simpy

from sim.clock import minutes
from sim.engine import Engine
from sim.forces.field import Manner
from sim.forces.first import First, earliest, largest, nearest, worst
from sim.forces.relocation import Stays
from sim.forces.units import UnitSpec
from sim.log import Kind, TeamStatus
from sim.processes.ashore import Ashore
from sim.processes.boat_rest import muster_ms
from sim.processes.boats import Boats
from sim.processes.force_manner import Manners
from sim.processes.force_units import townships
from sim.processes.requests import Requests
from sim.processes.stranded import Stranded
from sim.processes.water_travel import WaterTravel
from sim.roads.passability import vehicle_classes
from sim.roads.router import Drive
from sim.schema.plan_forces import Rescue as RescueSpec
from sim.state import Process
from sim.world import Team

FIRST: dict[str, First] = {
    "nearest": nearest, "largest": largest, "worst": worst, "earliest": earliest,
}  # fmt: skip


class Rescue:
    """The teams with boats that fetch the stranded."""

    def __init__(self, engine: Engine, spec: RescueSpec) -> None:
        self.engine, self.run, self.spec = engine, engine.run, spec
        self.vehicle = vehicle_classes()["high_clearance"]
        self.ashore = Ashore(engine)
        self.stranded = Stranded(engine)
        teams = enumerate(engine.run.world.teams)
        # teams with skills answer emergencies: sim.processes.forces
        self.teams = [(k, team) for k, team in teams if not team.row.skills]
        travel = WaterTravel(engine, self.vehicle, self.stranded.sites)
        self.boats = Boats(self.ashore, self._crews(), travel, self._manner(travel), spec)

    def _crews(self) -> Iterator[tuple[int, Team, UnitSpec]]:
        """Every boat with the number of its team, and as a unit at its team's station."""
        numbers, world = townships(self.run.world), self.run.world
        of_station = {station.id: station.township for station in world.stations}
        for number, team in self.teams:
            post = int(world.places.node[team.station_place])
            district = numbers.get(of_station[team.row.station], -1)
            unit = UnitSpec((1,), post, district=district, aid_ms=minutes(self.spec.aid_min))
            for _ in range(team.row.boats):
                yield number, team, unit

    def _manner(self, travel: WaterTravel) -> Manner:
        """The plan's rule for all teams; boats wait where they are, at the last landing."""
        places = self.run.world.places
        posts = [int(places.node[team.station_place]) for _, team in self.teams]
        manners = Manners(self.run, self.spec, travel, self.vehicle, posts)
        return Manner(manners.rule(), Stays(), turns=False, first=FIRST[self.spec.rule])

    def begin(self) -> None:
        """Teams wait to be called; the desk is told of everybody who is cut off."""
        self.stranded.listener = self.boats
        for number, team in self.teams:
            self.run.start(self._play(number, team))
        if self.boats.desk.rule.every_ms:
            self.boats.match()

    def _play(self, number: int, team: Team) -> Process:
        """Muster the team and move it up to its post.

        A team that is called only when people are cut off has waited at its post all along.
        """
        run, here = self.run, self.run.env.event()
        if Requests(run, self.spec, self.stranded.first).when_here(team, lambda: _happens(here)):
            yield here
        yield self._call()
        place = run.plan.team_place.get(team.id, team.station_place)
        node = int(run.world.places.node[place])
        run.log.add(run.now, Kind.TEAM, number, team.station_place, int(TeamStatus.CALLED))
        yield run.timeout(muster_ms(run, team))
        run.log.add(run.now, Kind.TEAM, number, team.station_place, int(TeamStatus.READY))
        if self.spec.call_on != "incident" and place != team.station_place:
            # where the road is cut on the way it goes on from there
            station = int(run.world.places.node[team.station_place])
            drive: Drive = yield self.engine.traffic.drive(self.vehicle, station, node)
            node = drive.node
            run.log.add(run.now, Kind.TEAM, number, place, int(TeamStatus.AT_POST))
        self.boats.ready(number, node)

    def _call(self) -> simpy.Event:
        run = self.run
        early = {"prepare": run.first_prepare, "move": run.first_move}.get(self.spec.call_on)
        first = self.stranded.first
        return first if early is None else early | first


def _happens(event: simpy.Event) -> None:
    event.succeed()


def begin(engine: Engine) -> None:
    """Put the rescue in place; without a rescue section incidents are only counted."""
    spec = engine.run.plan.spec.rescue
    rescue = Rescue(engine, spec or RescueSpec())
    engine.rescue, engine.stranded = rescue, rescue.stranded
    if spec is not None and rescue.boats.boats:
        rescue.begin()
