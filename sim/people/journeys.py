"""Own ways out: upstairs, high ground, relatives by car, on foot, or to the assembly point."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.draws import sample
from sim.engine import Engine
from sim.log import Kind
from sim.roads.passability import vehicle_classes
from sim.roads.routing import Trip
from sim.states import Flag, Mode, State, Way
from sim.traffic import Arrival, CarGroup

Int64 = NDArray[np.int64]


class Journeys:
    """Sends parties off when they are ready; ``ready`` is before the water stops them."""

    def __init__(self, engine: Engine) -> None:
        self.engine, run = engine, engine.run
        parties = run.world.parties
        self.willing = sample(
            run.draws, "drive/willing", run.world.behaviour.willing, parties.key, parties.key
        ).astype(np.int32)
        self.car = vehicle_classes()["car"]

    def leave(self, parties: Int64, ready: Int64) -> None:
        """Each party takes its planned way out at its ready time."""
        run = self.engine.run
        rows, people = run.world.parties, run.people
        people.leave[parties] = ready
        ways = rows.way[parties]
        for way, go in (
            (Way.IN_PLACE, self._in_place),
            (Way.RELATIVES, self._by_car),
            (Way.VILLAGE_SHELTER, self._on_foot),
            (Way.COACH, self._to_assembly),
            (Way.AMBULANCE, self._wait_at_home),
        ):
            mine = ways == way
            if mine.any():
                go(parties[mine], ready[mine])

    def _in_place(self, parties: Int64, ready: Int64) -> None:
        """Up the stairs, or on foot to high ground."""
        run = self.engine.run
        rows, people = run.world.parties, run.people
        up = rows.safe_floor[parties]
        walk = run.world.homes.high_ground_ms[rows.home[parties]]
        safe = np.where(up, ready, ready + np.maximum(walk, 0))
        people.leave_state[parties] = np.where(up, State.SAFE_IN_PLACE, State.WALKING)
        places = rows.home[parties]
        mode = int(Mode.IN_PLACE)
        run.log.add_many(safe, Kind.STATE, parties, places, int(State.SAFE_IN_PLACE))
        run.log.add_many(safe, Kind.OUT, parties, places, mode)
        run.log.add_many(safe, Kind.REGISTERED, parties, places, 0)

    def _by_car(self, parties: Int64, ready: Int64) -> None:
        run = self.engine.run
        world, rows = run.world, run.world.parties
        run.people.leave_state[parties] = State.DRIVING
        for home in np.unique(rows.home[parties]).tolist():
            exit_row = int(world.homes.exit[home])
            if exit_row < 0:
                continue
            mine = rows.home[parties] == home
            target = world.exit_place + exit_row
            group = CarGroup(
                parties[mine], ready[mine], self.willing[parties[mine]],
                int(world.places.node[home]), int(world.places.node[target]), self.car,
            )  # fmt: skip
            self.engine.traffic.submit(group, self._car_arrived)

    def _car_arrived(self, party: int, arrival: Arrival) -> None:
        """Arrived, blocked at a node, or stalled in the water."""
        run, world = self.engine.run, self.engine.run.world
        home = int(world.parties.home[party])
        place = world.exit_place + int(world.homes.exit[home])
        run.people.state[party] = State.DRIVING
        if arrival.caught_ms < NEVER:
            run.log.add(min(arrival.caught_ms, run.now), Kind.EXPOSED, party, arrival.edge, 1)
        if arrival.status == Trip.ARRIVED:
            if arrival.caught_ms < NEVER:
                run.log.add(run.now, Kind.EXPOSED_END, party, place)
            kind = world.exits[int(world.homes.exit[home])].kind
            run.move(party, State.EXITED if kind == "exit" else State.WITH_RELATIVES, place)
            run.out(party, Mode.OWN_CAR, place)
            run.log.add(run.now, Kind.REGISTERED, party, place)
            if kind == "relatives":
                self.engine.returns.consider(party, place)
        elif arrival.status == Trip.STALLED:
            self.engine.rescue.strand_on_road(party, home, arrival.node)
        else:
            run.flag(party, Flag.CUT_OFF, home)
            target = int(world.places.node[place])
            self.engine.traffic.again(party, arrival.node, target, self.car, self._car_arrived)

    def _on_foot(self, parties: Int64, ready: Int64) -> None:
        run = self.engine.run
        world, rows = run.world, run.world.parties
        run.people.leave_state[parties] = State.WALKING
        for party, at in zip(parties.tolist(), ready.tolist(), strict=True):
            home = int(rows.home[party])
            shelter = int(world.homes.village_shelter[home])
            if shelter < 0:
                run.people.leave[party], run.people.leave_state[party] = NEVER, -1
                continue
            length = int(world.homes.shelter_mm[home])
            arrival = int(self.engine.traffic.walk(np.array([party]), np.array([at]), length)[0])
            run.at(
                arrival,
                partial(self.engine.shelters.arrive_on_foot, party, shelter),
            )

    def _to_assembly(self, parties: Int64, ready: Int64) -> None:
        run = self.engine.run
        world, rows, people = run.world, run.world.parties, run.people
        people.leave_state[parties] = State.WALKING
        for home in np.unique(rows.home[parties]).tolist():
            mine = parties[rows.home[parties] == home]
            pickup = int(world.homes.assembly[home])
            if pickup < 0:
                people.leave[mine], people.leave_state[mine] = NEVER, -1
                continue
            place = world.assembly_place + pickup
            length = int(world.homes.assembly_mm[home])
            arrivals = self.engine.traffic.walk(mine, people.leave[mine], length)
            run.log.add_many(arrivals, Kind.STATE, mine, place, int(State.AT_ASSEMBLY))
            for party, at in zip(mine.tolist(), arrivals.tolist(), strict=True):
                self.engine.fleet.will_wait(pickup, party, at, int(people.decided[party]))

    def _wait_at_home(self, parties: Int64, ready: Int64) -> None:
        """Those who must be carried wait at home for an ambulance."""
        run = self.engine.run
        run.people.leave_state[parties] = State.AT_ASSEMBLY
        for party, at in zip(parties.tolist(), ready.tolist(), strict=True):
            home = int(run.world.parties.home[party])
            pickup = self.engine.fleet.patient_pickup[home]
            self.engine.fleet.will_wait(pickup, party, at, int(run.people.decided[party]))
