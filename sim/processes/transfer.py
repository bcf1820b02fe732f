"""Buses, minibuses and ambulances: called, dispatched, boarded, driven, unloaded, sent again."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Generator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from simpy import Event

from sim.bays import Bays
from sim.clock import MS_PER_MIN, NEVER
from sim.compiled import for_reading, sealed
from sim.dispatch_rules import DispatchRule, Offer, make_rule
from sim.draws import share_q32
from sim.engine import Engine
from sim.log import Kind, VehicleStatus
from sim.pickups import Demand, Pickup
from sim.processes.dispatch import Dispatcher
from sim.processes.force_units import spread_over
from sim.processes.offers import Reach, Stops, Urgency, Wanted, make_offer, wanted_stops
from sim.processes.vehicle import Steps, VehicleTrip
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.router import sized
from sim.schema.plan import Fleet as FleetSpec
from sim.schema.plan_forces import Rescue as RescueSpec
from sim.state import Process
from sim.states import Way
from sim.world import Vehicle

ASK_AGAIN_MS = 10 * 60_000
"""Pause before a vehicle that found the road flooded asks for another task."""

MORE_STOPS_MS = 15 * 60_000
"""A vehicle with seats left goes on to people who wait within this drive (judgement)."""


class Fleet:
    """All vehicles of a run, the pick-up points they serve, and who goes where."""

    def __init__(self, engine: Engine, spec: FleetSpec) -> None:
        self.engine, self.spec = engine, spec
        run = engine.run
        self.rule: DispatchRule = make_rule(spec.rule, run.plan.fixed_zone)
        self.pickups = _make_pickups(engine)
        homes = [p for p in self.pickups if p.patients and p.shelter < 0]
        self.patient_pickup = {p.place: p.row for p in homes}
        self.demand = Demand(len(self.pickups))
        self.overtaken: dict[int, int] = {}
        self.on_duty: dict[int, VehicleTrip] = {}
        self.sizes: list[int] = run.world.parties.size.tolist()
        self.needs: list[int] = run.world.parties.needs.tolist()
        self.stops = self._stops()
        self.gather_ms = round(spec.gather_min * MS_PER_MIN)
        by_slack, n_zones = spec.rule == "slack", len(run.world.zones.rows)
        leads = run.world.statics.planning_lead_ms if by_slack else np.zeros(n_zones, np.int64)
        self._lead_ms = for_reading(leads)
        self.dispatcher = Dispatcher(self)
        self._served = {
            "coach": self._rows(lambda p: not p.patients and p.bus_class == "coach"),
            "minibus": self._rows(lambda p: not p.patients and p.bus_class != ""),
            "ambulance": self._rows(lambda p: p.patients),
        }

    def kinds_for(self, pickup: Pickup) -> tuple[str, ...]:
        """Kinds of vehicles that serve a pick-up point."""
        if pickup.patients:
            return ("ambulance",)
        return ("coach", "minibus") if pickup.bus_class == "coach" else ("minibus",)

    def _stops(self) -> Stops:
        """All pick-up points as offers read them."""
        node = np.array([p.node for p in self.pickups], dtype=np.int64)
        zone = np.array([p.zone for p in self.pickups], dtype=np.int64)
        to_shelter_ms = self.engine.run.world.statics.to_shelter_ms(node)
        return sealed(Stops(node, zone, to_shelter_ms, self._fed_stops()))

    def _fed_stops(self) -> NDArray[np.bool_]:
        """Stops to which feeders bring people: minibuses needed elsewhere leave them to coaches."""
        fed = np.zeros(len(self.pickups), dtype=np.bool_)
        coaches = any(v.vehicle_class == "coach" for v in self.engine.run.world.vehicles)
        for pickup in self.pickups:
            if pickup.transfer >= 0 and self.spec.feeders and coaches:
                fed[pickup.transfer] = self.pickups[pickup.transfer].bus_class == "coach"
        return fed

    def _rows(self, wanted: Callable[[Pickup], bool]) -> NDArray[np.int64]:
        return np.array([p.row for p in self.pickups if wanted(p)], dtype=np.int64)

    # -- demand -------------------------------------------------------------------------------

    def will_wait(self, pickup: int, party: int, arrival_ms: int, known_ms: int) -> None:
        """A party has decided (at known_ms) to be at a pick-up point from arrival_ms on."""
        self.pickups[pickup].add(arrival_ms, party, known_ms)
        self.demand.announce(known_ms, pickup, self.sizes[party])
        self.dispatcher.expect(known_ms)

    def will_be_overtaken(self, pickup: int, party: int, known_ms: int) -> None:
        """A party says at known_ms that it will come; nobody knows that the water is faster."""
        insort(self.pickups[pickup].reports, known_ms)
        self.demand.announce(known_ms, pickup, self.sizes[party])
        self.dispatcher.expect(known_ms)
        self.overtaken[party] = pickup

    def call_off(self, pickup: int, party: int, arrival_ms: int) -> bool:
        """A party that has not reported yet will come at another time; False if it stays so."""
        stop, known = self.pickups[pickup], int(self.engine.run.people.decided[party])
        if arrival_ms < NEVER:
            if (arrival_ms, party) not in stop.queue:
                return False
            stop.queue.remove((arrival_ms, party))
        elif self.overtaken.pop(party, -1) < 0:
            return False
        stop.reports.remove(known)
        self.demand.recall(known, pickup, self.sizes[party])
        return True

    def not_coming(self, party: int) -> None:
        """The water has come to a party that said it would come to a pick-up point."""
        pickup = self.overtaken.pop(party, -1)
        if pickup >= 0:
            self.demand.gone(pickup, self.sizes[party], self.engine.run.now)

    def close(self, pickup: int) -> None:
        """A flooded stop: nobody is reported there any more."""
        now, decided = self.engine.run.now, self.engine.run.people.decided
        self.demand.close(pickup, now)
        for party in [p for p, row in self.overtaken.items() if row == pickup]:
            if decided[party] <= now:
                self.not_coming(party)
            else:
                del self.overtaken[party]

    def wanting(self, trip: VehicleTrip, gather: bool = True) -> NDArray[np.int64]:
        """Pick-up points that want a vehicle of this class now, wherever it stands."""
        # one vehicle for several families, unless they have waited long enough
        min_people = self.spec.min_people if trip.gathers and gather else 1
        rows = self._served[trip.vehicle.vehicle_class]
        return wanted_stops(rows, self.demand, min_people, self.engine.run.now - self.gather_ms)

    def offer(self, trip: VehicleTrip) -> Offer | None:
        """Pick-up points with unserved demand that this vehicle can reach now, if any."""
        run = self.engine.run
        wanted = self.wanting(trip)
        if not len(wanted):
            return None
        times = run.view.router.times_from(trip.node, trip.vehicle_class, run.now)
        return self._offer(trip, wanted, times, NEVER)

    def _offer(
        self, trip: VehicleTrip, wanted: NDArray[np.int64], times: NDArray[np.int64], within_ms: int
    ) -> Offer | None:
        run = self.engine.run
        reach = Reach(within_ms, trip.vehicle.vehicle_class == "minibus")
        urgency = Urgency(run.prepare_ms, run.move_ms, self._lead_ms, run.now)
        demand = Wanted(wanted, self.demand.known, self.demand.assigned)
        return make_offer(demand, self.stops, urgency, times, reach)

    def further_stop(self, trip: VehicleTrip, seats: int) -> tuple[Pickup, int] | None:
        """A pick-up point near by where people stand and wait, for a vehicle with seats left.

        The seats are promised to it; None when there is none within MORE_STOPS_MS.
        """
        run, node, vehicle = self.engine.run, trip.node, trip.vehicle_class
        wanted = self.wanting(trip, gather=False) if seats > 0 else ()
        if not len(wanted):
            return None
        least = run.view.router.dry_times_from(node, vehicle)[self.stops.node[wanted]]
        near = [row for row in wanted[least <= MORE_STOPS_MS].tolist() if self._fits(row, seats)]
        if not near:
            return None
        times = run.view.router.times_near(node, vehicle, run.now, MORE_STOPS_MS)
        offer = self._offer(trip, np.array(near, dtype=np.int64), times, MORE_STOPS_MS)
        if offer is None:
            return None
        row = int(offer.pickup[np.lexsort((offer.pickup, offer.drive_ms))[0]])
        self.demand.promise(row, seats, run.now)
        return self.pickups[row], seats

    def _fits(self, row: int, seats: int) -> bool:
        """Whether people wait at a stop now, and the first of them fit."""
        waiting = self.pickups[row].waiting(self.engine.run.now)
        return bool(waiting) and self.sizes[waiting[0]] <= seats

    # -- one vehicle --------------------------------------------------------------------------

    def play(self, number: int, vehicle: Vehicle) -> Process:
        """The shift of one vehicle."""
        run, plan = self.engine.run, self.engine.run.plan
        trip = VehicleTrip(self.engine, number, vehicle, self._class_of(vehicle))
        called, behaviour = self._call(), run.world.behaviour
        forward = vehicle.id in plan.staged_place and self.spec.staged_on != "start"
        if forward:
            trip.stand_at(vehicle.depot_place)
            there = yield from self._moves_up(trip, called)
            if not there:
                return
        yield called
        if not forward:
            trip.stand_at(plan.staged_place.get(vehicle.id, vehicle.depot_place))
            trip.status(VehicleStatus.CALLED, trip.place)
            if not self._turns_up(vehicle):
                trip.status(VehicleStatus.NO_SHOW, trip.place)
                return
        staged = vehicle.id in plan.staged_place
        mobilise = behaviour.mobilise_staged if staged else behaviour.mobilise
        purpose = "fleet/mobilise-staged" if staged else "fleet/mobilise"
        yield run.timeout(run.draw(purpose, mobilise, vehicle.key))
        trip.status(VehicleStatus.AVAILABLE, trip.place)
        if self.spec.rule == "schedule":
            yield from self._play_schedule(vehicle, trip)
            return
        while True:
            self.on_duty[number] = trip
            yield from self._shift(number, trip)
            del self.on_duty[number]
            run.log.add(run.now, Kind.VEHICLE, number, trip.place, int(VehicleStatus.RELEASED))
            yield run.timeout(behaviour.driver_rest_ms)
            run.log.add(run.now, Kind.VEHICLE, number, trip.place, int(VehicleStatus.AVAILABLE))

    def _call(self) -> Event:
        """The fleet is called."""
        run = self.engine.run
        if run.plan.fleet_at_ms is not None:
            return run.timeout(run.plan.fleet_at_ms)
        return run.first_prepare if self.spec.call_on == "prepare" else run.first_move

    def _moves_up(self, trip: VehicleTrip, called: Event) -> Generator[Event, Any, bool]:
        """前出: from the depot to its post at a level of warning, or when the fleet is called if
        that comes first; where the roads end it waits there. Whether the driver came."""
        run, vehicle = self.engine.run, trip.vehicle
        level = run.first_prepare if self.spec.staged_on == "prepare" else run.first_move
        yield run.env.any_of([level, called])
        trip.status(VehicleStatus.CALLED, trip.place)
        if not self._turns_up(vehicle):
            trip.status(VehicleStatus.NO_SHOW, trip.place)
            return False
        yield run.timeout(run.draw("fleet/mobilise", run.world.behaviour.mobilise, vehicle.key))
        post = run.plan.staged_place[vehicle.id]
        trip.status(VehicleStatus.MOVES_UP, post)
        yield from trip.drive_to(post)
        return True

    def _shift(self, number: int, trip: VehicleTrip) -> Steps:
        """Task after task until the driver's hours are over; a round begun is finished.

        Standing by is rest: a driver called early is fresh when people come.
        """
        run = self.engine.run
        end = run.now + run.world.behaviour.driver_ms
        while run.now < end:
            since = run.now
            task = self.dispatcher.ask(number, trip)
            if not task.triggered:
                yield task
                run.waited(Kind.WAIT_TASK, number, trip.place, since)
                end += run.now - since
            given: tuple[int, int] = task.value  # type: ignore[assignment]
            row, persons = given
            there = yield from trip.serve(self.pickups[row], persons, -1)
            if not there:
                # the water is ahead of the news: ask again when there may be other news
                yield run.timeout(ASK_AGAIN_MS)

    def _play_schedule(self, vehicle: Vehicle, trip: VehicleTrip) -> Process:
        for pickup, shelter in self.engine.run.plan.schedule.get(vehicle.id, ()):
            self.demand.promise(pickup, trip.seats, self.engine.run.now)
            yield from trip.serve(self.pickups[pickup], trip.seats, shelter)

    def _turns_up(self, vehicle: Vehicle) -> bool:
        run = self.engine.run
        drive = run.world.behaviour.spec.drive
        night = run.is_night(run.now)
        share = vehicle.row.driver_turnup_share
        if share is None:
            share = drive.turnup_night if night else drive.turnup_day
        return run.draws.chance_one("fleet/turnup", vehicle.key, share_q32(share))

    def _class_of(self, vehicle: Vehicle) -> VehicleClass:
        row = vehicle.row
        return sized(
            vehicle_classes()[vehicle.vehicle_class], row.width_m, row.height_m, row.weight_t
        )


def _make_pickups(engine: Engine) -> list[Pickup]:
    """Assembly points first (same rows), then the homes with people who must be carried."""
    run, world = engine.run, engine.run.world
    pickups = []
    for row, (point, largest) in enumerate(
        zip(world.assembly_points, engine.run.world.statics.pickup_class, strict=True)
    ):
        place = world.assembly_place + row
        pickups.append(
            Pickup(
                row,
                place,
                int(world.places.node[place]),
                int(world.assembly_zone[row]),
                Bays(run.env, point.bays),
                False,
                largest.name if largest else "",
                int(world.assembly_transfer[row]),
            )
        )
    carried = np.unique(world.parties.home[world.parties.way == Way.AMBULANCE])
    for home in carried.tolist():
        pickups.append(
            Pickup(
                len(pickups),
                home,
                int(world.places.node[home]),
                int(world.homes.zone[home]),
                Bays(run.env, 1),
                True,
                "ambulance",
            )
        )
    engine.pickups = pickups + _doors(engine, len(pickups))
    return engine.pickups


def _doors(engine: Engine, first: int) -> list[Pickup]:
    """Doors of the shelters whose people may have to move on: for buses, and for ambulances."""
    run, world = engine.run, engine.run.world
    doors: list[Pickup] = []
    for shelter in sorted({failure.shelter for failure in engine.failures}):
        place = world.shelter_place + shelter
        node, bays = int(world.places.node[place]), Bays(run.env, world.shelters[shelter].bays)
        largest = world.statics.bus_to_shelter(shelter)
        for patients, bus in ((False, largest), (True, "ambulance")):
            row = first + len(doors)
            doors.append(Pickup(row, place, node, -1, bays, patients, bus, shelter=shelter))
    return doors


def begin(engine: Engine) -> None:
    """Put the fleet in place; without a fleet section nobody comes, and people wait."""
    run = engine.run
    spec = run.plan.spec.fleet
    engine.fleet = Fleet(engine, spec or FleetSpec())
    if spec is None:
        return
    kept = _kept_for_everyday(engine)
    for number, vehicle in enumerate(run.world.vehicles):
        if number not in kept:
            run.start(engine.fleet.play(number, vehicle))


def _kept_for_everyday(engine: Engine) -> set[int]:
    """Ambulances that stay with everyday calls, as among the teams; none in a scenario that knows
    of no everyday calls."""
    world, rescue = engine.run.world, engine.run.plan.spec.rescue or RescueSpec()
    if all(kind.arises != "daily" for kind in world.emergencies):
        return set()
    rows = [k for k, v in enumerate(world.vehicles) if v.vehicle_class == "ambulance"]
    return spread_over(rows, rescue.daily_duty_share)
