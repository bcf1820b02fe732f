"""One vehicle on one round: to the pick-up point, boarding, to the shelter, unloading."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from simpy import Event

from sim.clock import NEVER
from sim.engine import Engine
from sim.log import Kind, Reason, VehicleStatus
from sim.pickups import Pickup
from sim.roads.passability import VehicleClass
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.states import Mode, State
from sim.world import Vehicle

Steps = Generator[Event, Any, Any]
WHEELCHAIR = 1
EMPTY_HOLD_MS = 5 * 60_000
"""Least time a vehicle waits at a stop where people are announced but nobody is there yet."""

LONGEST_STAND_MS = 60 * 60_000
"""A vehicle with people aboard stands this long before cut roads, then asks again (judgement)."""

MODE_OF_CLASS = {"coach": Mode.COACH, "minibus": Mode.MINIBUS, "ambulance": Mode.AMBULANCE}


class VehicleTrip:
    """Where a vehicle stands, who is aboard, and how it does a round."""

    def __init__(
        self, engine: Engine, number: int, vehicle: Vehicle, vehicle_class: VehicleClass
    ) -> None:
        self.engine, self.number, self.vehicle = engine, number, vehicle
        self.vehicle_class = vehicle_class
        self.mode = MODE_OF_CLASS[vehicle.vehicle_class]
        usable = engine.run.world.behaviour.spec.drive.seat_use
        patients = vehicle.vehicle_class == "ambulance"
        self.gathers = not patients and engine.fleet.spec.min_people > 1
        self.seats = vehicle.seats if patients else max(1, round(vehicle.seats * usable))
        self.node, self.place, self.rounds = 0, 0, 0
        self.aboard: list[int] = []

    def stand_at(self, place: int) -> None:
        """The vehicle is at a place now."""
        self.place, self.node = place, int(self.engine.run.world.places.node[place])

    def serve(self, pickup: Pickup, assigned: int, shelter: int) -> Steps:
        """One round; ``assigned`` seats are promised to the pick-up until it has boarded.

        Returns whether the vehicle got to the pick-up point.
        """
        fleet = self.engine.fleet
        there = yield from self._stop(pickup, assigned, first=True)
        stops, circuit = 1, shelter < 0 and fleet.spec.max_stops > 1
        while circuit and self.aboard and stops < fleet.spec.max_stops:
            further = fleet.further_stop(self, self._free_seats())
            if further is None:
                break
            yield from self._stop(further[0], further[1], first=False)
            stops += 1
        self.rounds += 1
        if self.aboard:
            yield from self._deliver(pickup, shelter)
        return there

    def _stop(self, pickup: Pickup, assigned: int, first: bool) -> Generator[Event, Any, bool]:
        """Drive to a pick-up point and board; the promise of seats ends with it."""
        self.status(VehicleStatus.TO_PICKUP, pickup.place)
        there = yield from self.drive_to(pickup.place)
        if there:
            yield from self._board(pickup, first)
        self.engine.fleet.demand.promise(pickup.row, -assigned, self.engine.run.now)
        return bool(there)

    def _free_seats(self) -> int:
        return self.seats - sum(self.engine.fleet.sizes[p] for p in self.aboard)

    # -- on the road --------------------------------------------------------------------------

    def drive_to(self, place: int) -> Steps:
        """Drive to a place; False when no way is left and none opens within the wait."""
        run = self.engine.run
        target = int(run.world.places.node[place])
        while True:
            arrival: Drive = yield self.engine.traffic.drive(self.vehicle_class, self.node, target)
            self.node = arrival.node
            if arrival.caught_ms < NEVER:
                self._caught(arrival)
            if arrival.status == Trip.ARRIVED:
                self.place = place
                run.log.add(run.now, Kind.KM, self.number, place, arrival.metres)
                return True
            self.status(VehicleStatus.BLOCKED, place)
            if arrival.status == Trip.BLOCKED and self._has_way(target):
                continue
            if not self.aboard:
                # an empty vehicle is free again where it stands
                return False
            yield from self._wait_for_roads()
            return False

    def _has_way(self, target: int) -> bool:
        """Whether the roads as known next still lead there (known news may lag the water)."""
        run = self.engine.run
        times = run.view.router.times_to(target, self.vehicle_class, run.now)
        return bool(times[self.node] < NEVER) and not self._stuck()

    def _stuck(self) -> bool:
        """The known roads say yes, the water says no: wait for the next information."""
        stuck = getattr(self, "_last_block", None) == (self.node, self.engine.run.now)
        self._last_block = (self.node, self.engine.run.now)
        return stuck

    def _caught(self, arrival: Drive) -> None:
        run = self.engine.run
        self.status(VehicleStatus.CAUGHT, self.place)
        for party in self.aboard:
            run.log.add(min(arrival.caught_ms, run.now), Kind.EXPOSED, party, arrival.edge, 1)
            run.log.add(run.now, Kind.EXPOSED_END, party, self.place)

    # -- boarding -----------------------------------------------------------------------------

    def _board(self, pickup: Pickup, first: bool) -> Steps:
        """Take a bay, hold until full or the holding time is over, load, and leave the bay.

        With people aboard a vehicle does not hold: it takes those who are there.
        """
        run = self.engine.run
        self.status(VehicleStatus.AT_PICKUP, pickup.place)
        arrived = run.now
        turn = pickup.bays.turn()
        if turn is not None:
            yield turn
        run.waited(Kind.WAIT_BAY, self.number, pickup.place, arrived)
        begun = run.now
        if first:
            yield from self._hold(pickup, begun)
        run.waited(Kind.WAIT_FULL, self.number, pickup.place, begun)
        parties = self._choose(pickup)
        if parties:
            self._take(pickup, parties)
            yield run.timeout(self._loading_ms(parties))
        pickup.bays.leave()
        if not parties:
            return
        persons = sum(self.engine.fleet.sizes[p] for p in parties)
        run.log.add(run.now, Kind.LOADED, self.number, pickup.place, persons)

    def _hold(self, pickup: Pickup, begun: int) -> Steps:
        """Wait until the seats can be filled, nobody more is known to come, or patience ends."""
        run, fleet = self.engine.run, self.engine.fleet
        patience = round(fleet.spec.hold_min * 60_000)
        while True:
            waiting = sum(fleet.sizes[p] for p in pickup.waiting(run.now))
            # who was sent for people and finds nobody yet does not turn round at once
            limit = begun + (patience if waiting else max(patience, EMPTY_HOLD_MS))
            if run.now >= limit:
                return
            fleet.demand.update(run.now)
            known = int(fleet.demand.known[pickup.row])
            if waiting >= self.seats or (waiting > 0 and waiting >= known):
                return
            coming = min(pickup.next_arrival(run.now), pickup.next_report(run.now))
            if coming == NEVER and not known:
                return
            yield run.timeout(min(limit, coming) - run.now)

    def _choose(self, pickup: Pickup) -> list[int]:
        """Parties who board, longest wait first; one that does not fit may be skipped."""
        fleet = self.engine.fleet
        seats = self._free_seats()
        chairs = sum(fleet.needs[party] == WHEELCHAIR for party in self.aboard)
        places = max(0, self.vehicle.wheelchair_places - chairs)
        skips, chosen = fleet.spec.skip_parties, []
        for party in pickup.waiting(self.engine.run.now):
            size = fleet.sizes[party]
            chair = fleet.needs[party] == WHEELCHAIR and self.vehicle.wheelchair_places > 0
            if size <= seats and (not chair or places > 0):
                chosen.append(party)
                seats -= size
                places -= chair
            else:
                skips -= 1
                if skips < 0 or seats <= 0:
                    break
        return chosen

    def _take(self, pickup: Pickup, parties: list[int]) -> None:
        run, fleet = self.engine.run, self.engine.fleet
        since = {party: arrival for arrival, party in pickup.queue}
        pickup.remove(set(parties))
        for party in parties:
            if pickup.shelter < 0:
                run.people.state[party] = State.AT_ASSEMBLY
            else:
                self.engine.moving_on.leaves(party, self.mode)
            run.waited(Kind.WAIT_BUS, party, pickup.place, max(since[party], 0))
            run.log.add(run.now, Kind.BOARDED, party, pickup.place, self.number)
            run.move(party, State.ABOARD, pickup.place)
            fleet.demand.gone(pickup.row, fleet.sizes[party], run.now)
        self.aboard = self.aboard + parties

    def _loading_ms(self, parties: list[int]) -> int:
        """Fixed part, every person, and carrying those who cannot walk."""
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        fleet, key = self.engine.fleet, self.vehicle.key
        took = run.draw("board/fixed", behaviour.board_fixed, key, self.rounds)
        for party in parties:
            if fleet.needs[party]:
                took += run.minutes.carry[party]
            took += fleet.sizes[party] * run.minutes.board[party]
        return took

    # -- to the shelter -----------------------------------------------------------------------

    def _deliver(self, pickup: Pickup, shelter: int) -> Steps:
        """Drive to a shelter with room, find another when the road closes, unload."""
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        if run.draws.chance_one(
            "fleet/breakdown", self.vehicle.key, behaviour.breakdown_q32, self.rounds
        ):
            self.status(VehicleStatus.BROKEN, self.place)
            yield run.timeout(
                run.draw("fleet/repair", behaviour.repair, self.vehicle.key, self.rounds)
            )
        if self._is_feeder(pickup) and shelter < 0:
            yield from self._feed(self.engine.pickups[pickup.transfer])
            if not self.aboard:
                return
        shelters = self.engine.shelters
        while self.aboard:
            persons = sum(self.engine.fleet.sizes[p] for p in self.aboard)
            target = shelters.choose(self, pickup, persons, shelter)
            if target < 0:
                yield from self._wait_for_roads()
                if shelters.choose(self, pickup, persons, shelter) < 0:
                    self.aboard = self.engine.second_ways.leave_vehicle(
                        self.aboard, self.place, self.node
                    )
                continue
            shelters.reserve(target, persons)
            self.status(VehicleStatus.TO_SHELTER, shelters.place(target))
            arrived = yield from self.drive_to(shelters.place(target))
            if not arrived:
                shelters.release(target, persons)
                run.log.add(
                    run.now, Kind.DIVERTED, self.number, shelters.place(target), Reason.NO_ROUTE
                )
                shelter = -1
                continue
            if not shelters.is_open(target) and self._finds_another(pickup, target, persons):
                shelter = -1
                continue
            yield from self._unload(target)

    def _finds_another(self, pickup: Pickup, closed: int, persons: int) -> bool:
        """The shelter closed while people were on their way to it: whether they can go on."""
        run, shelters = self.engine.run, self.engine.shelters
        shelters.release(closed, persons)
        other = shelters.choose(self, pickup, persons, -1)
        # rather a hall without light or water than a full one's gate
        full = other >= 0 and shelters.room(other) < persons and not shelters.is_reached(closed)
        if other < 0 or full:
            shelters.reserve(closed, persons)
            return False
        place = shelters.place(other)
        run.log.add(run.now, Kind.DIVERTED, self.number, place, Reason.NOT_OPEN)
        return True

    def _wait_for_roads(self) -> Steps:
        """With people aboard: until the roads are known to have changed, an hour at most."""
        run = self.engine.run
        since, change = run.now, run.view.router.next_change(run.now)
        yield run.timeout(min(change - run.now, LONGEST_STAND_MS))
        run.waited(Kind.WAIT_ROAD, self.number, self.node, since)

    def _is_feeder(self, pickup: Pickup) -> bool:
        spec = self.engine.fleet.spec
        return (
            spec.feeders
            and pickup.transfer >= 0
            and not pickup.patients
            and self.vehicle.vehicle_class == "minibus"
            and pickup.bus_class == "minibus"
            and self.engine.pickups[pickup.transfer].bus_class == "coach"
        )

    def _feed(self, transfer: Pickup) -> Steps:
        """Bring people to the assembly point where coaches can fetch them."""
        run, fleet = self.engine.run, self.engine.fleet
        if int(run.view.place_wet_ms[transfer.place]) <= run.now:
            return
        arrived = yield from self.drive_to(transfer.place)
        if not arrived:
            return
        yield run.timeout(self._alighting_ms())
        for party in self.aboard:
            run.move(party, State.AT_ASSEMBLY, transfer.place)
            run.people.place[party] = transfer.place
            fleet.will_wait(transfer.row, party, run.now, run.now)
        self.aboard = []
        # the coach that waits there takes them, not the minibus that is needed up the valley
        fleet.dispatcher.offer_here(transfer.node)

    def _unload(self, target: int) -> Steps:
        """Take a bay at the shelter, let people off, hand them to the gate."""
        run, shelters = self.engine.run, self.engine.shelters
        place = shelters.place(target)
        self.status(VehicleStatus.AT_SHELTER, place)
        arrived = run.now
        for party in self.aboard:
            run.out(party, self.mode, place)
        turn = shelters.bays(target).turn()
        if turn is not None:
            yield turn
        run.waited(Kind.WAIT_BAY, self.number, place, arrived)
        yield run.timeout(self._alighting_ms())
        shelters.bays(target).leave()
        for party in self.aboard:
            shelters.arrive_by_vehicle(party, target)
        self.aboard = []
        self.status(VehicleStatus.UNLOADED, place)

    def _alighting_ms(self) -> int:
        run, behaviour = self.engine.run, self.engine.run.world.behaviour
        took = run.draw("alight/fixed", behaviour.alight_fixed, self.vehicle.key, self.rounds)
        for party in self.aboard:
            took += self.engine.fleet.sizes[party] * run.minutes.alight[party]
        return took

    def status(self, status: VehicleStatus, place: int) -> None:
        """Write down what the vehicle does, and where."""
        self.engine.run.log.add(self.engine.run.now, Kind.VEHICLE, self.number, place, int(status))
