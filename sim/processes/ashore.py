"""People who are fetched: aboard, ashore, and on to a shelter by road."""

from __future__ import annotations

import simpy

from sim.engine import Engine
from sim.log import Kind
from sim.processes import injuries
from sim.processes.force_units import district_of, townships
from sim.processes.stranded import Site
from sim.roads.passability import vehicle_classes
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.states import Flag, Mode, State


class Ashore:
    """What becomes of those whom boats and teams bring out."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.run = engine, engine.run
        self.car = vehicle_classes()["car"]
        self.afloat = any(layer.scale.is_water for layer in engine.run.view.layers)
        self._townships = townships(engine.run.world)

    def district(self, place: int) -> int:
        """Number of the township of a place at which people wait, -1 for none."""
        return district_of(self.run.world, self._townships, place)

    def dug_out(self, party: int, team: int) -> None:
        """A team has freed a buried party: on to a shelter, if it lives."""
        found = self.engine.stranded.unburied(party)
        if found is None:
            return
        site, since = found
        self.board([(since, party)], site, team)
        self.land([party], site, site.node)

    def board(self, families: list[tuple[int, int]], site: Site, team: int) -> int:
        """Families, each with the moment since when it waited, step in; how long that takes."""
        run, took = self.run, 0
        for since, party in families:
            run.waited(Kind.WAIT_BOAT, party, site.place, since)
            run.log.add(run.now, Kind.BOARDED, party, site.place, team)
            self._ready_to_board(party)
            run.move(party, State.ABOARD_BOAT, site.place)
            took += run.minutes.fetch[party] + self.engine.stranded.dig_ms.get(party, 0)
        return took

    def _ready_to_board(self, party: int) -> None:
        """What the party was doing when the water came decides from which state it boards."""
        people, now = self.engine.run.people, self.engine.run.now
        if people.state[party] == State.AT_HOME and people.decided[party] <= now:
            people.state[party] = State.PREPARING

    def _mode(self, party: int) -> Mode:
        """By boat; out of rubble, and where there is no water, brought out by the team itself."""
        by_boat = self.afloat and party not in self.engine.stranded.dig_ms
        return Mode.BOAT if by_boat else Mode.TEAM

    def land(self, parties: list[int], site: Site, landing: int) -> None:
        """Ashore: on to the nearest open shelter by road, or safe on dry ground there."""
        run, shelters = self.engine.run, self.engine.shelters
        for party in parties:
            run.flag(party, Flag.RESCUED, site.place)
            if party in self.engine.stranded.dig_ms:
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
