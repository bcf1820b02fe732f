"""Own ways out: upstairs, high ground, relatives by car, on foot, or to the assembly point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.draws import sample
from sim.engine import Engine
from sim.log import Kind
from sim.roads.routing import Trip
from sim.states import Flag, Mode, State, Way
from sim.traffic import Arrivals, CarGroup

Int64 = NDArray[np.int64]


Leaving = list[tuple[int, int]]
"""Parties with the time at which they leave (ms)."""

_LEAVE_STATE = np.zeros(len(Way), dtype=np.int8)
_LEAVE_STATE[[Way.IN_PLACE, Way.VILLAGE_SHELTER, Way.COACH]] = State.WALKING
_LEAVE_STATE[Way.RELATIVES] = State.DRIVING
_LEAVE_STATE[Way.AMBULANCE] = State.AT_ASSEMBLY


class Journeys:
    """Sends parties off when they are ready; ``ready`` is before the water stops them."""

    def __init__(self, engine: Engine) -> None:
        self.engine, run = engine, engine.run
        parties = run.world.parties
        self.willing = sample(
            run.draws, "drive/willing", run.world.behaviour.willing, parties.key, parties.key
        ).astype(np.int32)
        engine.traffic.on_arrival = self._cars_arrived
        self.homes: list[int] = parties.home.tolist()
        exits = run.world.homes.exit
        self._exit_place = run.world.exit_place + exits
        self.exit_place: list[int] = self._exit_place.tolist()
        is_exit = [e >= 0 and run.world.exits[e].kind == "exit" for e in exits.tolist()]
        self._exit_state = np.where(is_exit, int(State.EXITED), int(State.WITH_RELATIVES))
        stays = (parties.way == Way.IN_PLACE) & parties.safe_floor
        self.leave_state = np.where(stays, int(State.SAFE_IN_PLACE), _LEAVE_STATE[parties.way])

    def leave(self, home: int, parties: Int64, ready: Int64) -> None:
        """Parties of one home take their planned way out at their ready times."""
        run = self.engine.run
        rows, people = run.world.parties, run.people
        people.leave[parties] = ready
        people.leave_state[parties] = self.leave_state[parties]
        by_way: list[list[tuple[int, int]]] = [[] for _ in Way]
        for party, at, way in zip(
            parties.tolist(), ready.tolist(), rows.way[parties].tolist(), strict=True
        ):
            by_way[way].append((party, at))
        for way, go in (
            (Way.IN_PLACE, self._in_place),
            (Way.RELATIVES, self._by_car),
            (Way.VILLAGE_SHELTER, self._on_foot),
            (Way.COACH, self._to_assembly),
            (Way.AMBULANCE, self._wait_at_home),
        ):
            if by_way[way]:
                go(home, by_way[way])

    def call_off(self, home: int, parties: Int64) -> list[int]:
        """Parties will not leave as planned but earlier; those whose plan stands are returned."""
        people, fleet = self.engine.run.people, self.engine.fleet
        rows, kept, by_car = self.engine.run.world.parties, [], []
        for party in parties.tolist():
            pickup = self._pickup(home, party)
            if pickup >= 0 and not fleet.call_off(pickup, party, self._comes_at(party)):
                kept.append(party)
                continue
            if rows.way[party] == Way.RELATIVES:
                by_car.append(party)
            people.leave[party] = people.assembled[party] = people.safe_at[party] = NEVER
            people.leave_state[party] = -1
        if by_car:
            self.engine.traffic.call_off(np.array(by_car, dtype=np.int64))
        return kept

    def _pickup(self, home: int, party: int) -> int:
        """Pick-up row at which a party will wait, -1 for none."""
        way = self.engine.run.world.parties.way[party]
        if way == Way.COACH:
            return int(self.engine.run.world.homes.assembly[home])
        return self.engine.fleet.patient_pickup[home] if way == Way.AMBULANCE else -1

    def _comes_at(self, party: int) -> int:
        """When a party will be at its pick-up point, NEVER if the water is faster."""
        people = self.engine.run.people
        carried = self.engine.run.world.parties.way[party] == Way.AMBULANCE
        return int(people.leave[party] if carried else people.assembled[party])

    def say_they_come(self, home: int, parties: Int64) -> None:
        """Who will be overtaken by the water while packing asks for a vehicle all the same."""
        fleet, run = self.engine.fleet, self.engine.run
        for party in parties.tolist():
            pickup = self._pickup(home, party)
            if pickup >= 0:
                fleet.will_be_overtaken(pickup, party, int(run.people.decided[party]))

    def _in_place(self, home: int, leaving: Leaving) -> None:
        """Up the stairs, or on foot to high ground; logged with the columns at the end."""
        run = self.engine.run
        floors, walk = run.world.parties.safe_floor, int(run.world.homes.high_ground_ms[home])
        for party, at in leaving:
            run.people.safe_at[party] = at if floors[party] else at + max(walk, 0)

    def _by_car(self, home: int, leaving: Leaving) -> None:
        world = self.engine.run.world
        exit_row = int(world.homes.exit[home])
        parties = np.array([party for party, _ in leaving], dtype=np.int64)
        if exit_row < 0:
            self._stay(parties)
            return
        n = len(parties)
        target = int(world.places.node[world.exit_place + exit_row])
        group = CarGroup(
            parties=parties,
            depart_ms=np.array([at for _, at in leaving], dtype=np.int64),
            willing_mm=self.willing[parties],
            origin=np.full(n, int(world.places.node[home])),
            target=np.full(n, target),
        )
        self.engine.traffic.submit(group)

    def _stay(self, parties: Int64) -> None:
        """There is nowhere to go this way: they stay at home."""
        people = self.engine.run.people
        people.leave[parties], people.leave_state[parties] = NEVER, -1

    def _cars_arrived(self, arrivals: Arrivals) -> None:
        """Arrived, blocked at a node, stalled in the water, or turning back."""
        run, ends = self.engine.run, arrivals.ends
        run.people.state[arrivals.parties] = State.DRIVING
        self._log_caught(arrivals)
        arrived = ends.status == Trip.ARRIVED
        arrived &= ~self.engine.second_ways.take_over(arrivals)
        if arrived.any():
            self._settle(arrivals.parties[arrived], ends.time_ms[arrived])
        for i in np.flatnonzero(ends.status != Trip.ARRIVED).tolist():
            party, node = int(arrivals.parties[i]), int(ends.node[i])
            home = self.homes[party]
            if ends.status[i] == Trip.STALLED:
                self.engine.rescue.strand_on_road(party, home, node, int(ends.edge[i]))
                continue
            run.flag(party, Flag.CUT_OFF, home)
            # whose road is known to be cut when he sets out does not wait on it
            if arrivals.gave_up or ends.status[i] == Trip.NO_ROUTE:
                self.engine.second_ways.road_closed(party, node)
            elif self.engine.second_ways.tried_by_car(party):
                self.engine.second_ways.turn_back(party, node)
            else:
                self.engine.traffic.wait_for_road(party, node, int(arrivals.target[i]))

    def _log_caught(self, arrivals: Arrivals) -> None:
        """Cars with water at the harm level under them, until the end of that drive."""
        run, ends = self.engine.run, arrivals.ends
        for i in np.flatnonzero(ends.caught_ms < NEVER).tolist():
            party = int(arrivals.parties[i])
            edge, caught = int(ends.edge[i]), int(ends.caught_ms[i])
            if ends.status[i] != Trip.STALLED:
                home = self.homes[party]
                run.log.add(caught, Kind.EXPOSED, party, edge, 1)
                run.log.add(int(ends.time_ms[i]), Kind.EXPOSED_END, party, self.exit_place[home])
            elif caught <= run.now:
                run.log.add(caught, Kind.EXPOSED, party, edge, 1)
            else:
                run.at(caught, self._caught_in_car, party, edge)

    def _caught_in_car(self, party: int, edge: int) -> None:
        """The water rises to the harm level at a stalled car, if nobody has fetched them yet."""
        run = self.engine.run
        if run.people.state[party] == State.DRIVING and not run.has_flag(party, Flag.RETURNED):
            run.log.add(run.now, Kind.EXPOSED, party, edge, 1)

    def _settle(self, parties: Int64, times: Int64) -> None:
        """At the relatives', or out of the county: logged with the exact times."""
        run = self.engine.run
        home = run.world.parties.home[parties]
        place, state = self._exit_place[home], self._exit_state[home]
        run.people.state[parties], run.people.place[parties] = state, place
        run.log.add_many(times, Kind.STATE, parties, place, state)
        run.log.add_many(times, Kind.OUT, parties, place, int(Mode.OWN_CAR))
        run.log.add_many(times, Kind.REGISTERED, parties, place, 0)
        stays = state == State.WITH_RELATIVES
        self.engine.returns.consider_many(parties[stays], place[stays], times[stays])

    def _on_foot(self, home: int, leaving: Leaving) -> None:
        run, world = self.engine.run, self.engine.run.world
        shelter = int(world.homes.village_shelter[home])
        if shelter < 0:
            self._stay(np.array([party for party, _ in leaving]))
            return
        length = int(world.homes.shelter_mm[home])
        for party, at in leaving:
            arrival = self.engine.traffic.walk(party, at, length)
            decided = int(run.people.decided[party])
            run.at(arrival, self._at_the_gate, party, shelter, decided)

    def _at_the_gate(self, party: int, shelter: int, decided: int) -> None:
        """There, unless they decided earlier than was planned and came before."""
        if self.engine.run.people.decided[party] == decided:
            self.engine.shelters.arrive_on_foot(party, shelter)

    def _to_assembly(self, home: int, leaving: Leaving) -> None:
        run, world = self.engine.run, self.engine.run.world
        pickup = int(world.homes.assembly[home])
        if pickup < 0:
            self._stay(np.array([party for party, _ in leaving]))
            return
        known = run.people.decided
        if self._under_water(pickup):
            # nobody is sent to a stop that is known to be flooded
            for party, at in leaving:
                run.at(at, self._without_stop, party, pickup, at)
            return
        for party, at in leaving:
            self._walk_to_stop(party, pickup, at, int(known[party]))

    def _walk_to_stop(self, party: int, pickup: int, at: int, known_ms: int) -> None:
        length = int(self.engine.run.world.homes.assembly_mm[self.homes[party]])
        arrival = self.engine.traffic.walk(party, at, length)
        self.engine.run.people.assembled[party] = arrival
        self.engine.fleet.will_wait(pickup, party, arrival, known_ms)

    def _under_water(self, pickup: int) -> bool:
        run = self.engine.run
        place = run.world.assembly_place + pickup
        level = run.view.place_level_mm(place, run.now, run.world.hazard.step_ms)
        return level >= run.world.behaviour.spec.harm.exposed_mm

    def _without_stop(self, party: int, pickup: int, at: int) -> None:
        """Ready, but the stop was flooded: there if it is dry now, else on foot to a shelter, else
        at home."""
        people = self.engine.run.people
        if not self._under_water(pickup):
            self._walk_to_stop(party, pickup, at, at)
            return
        people.leave[party], people.leave_state[party] = NEVER, -1
        self.engine.second_ways.walk(party)

    def _wait_at_home(self, home: int, leaving: Leaving) -> None:
        """Those who must be carried wait at home for an ambulance."""
        pickup = self.engine.fleet.patient_pickup[home]
        decided = self.engine.run.people.decided
        for party, at in leaving:
            self.engine.fleet.will_wait(pickup, party, at, int(decided[party]))
