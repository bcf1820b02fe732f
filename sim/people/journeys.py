"""Own ways out: upstairs, high ground, relatives by car, on foot, or to the assembly point."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.cars import Arrivals, CarGroup
from sim.clock import NEVER
from sim.draws import sample
from sim.engine import Engine
from sim.log import Kind
from sim.roads.routing import Trip
from sim.states import Flag, State, Way

Int64 = NDArray[np.int64]


_ARRIVED, _STALLED, _NO_ROUTE = int(Trip.ARRIVED), int(Trip.STALLED), int(Trip.NO_ROUTE)
_DRIVING, _WITH_RELATIVES = int(State.DRIVING), int(State.WITH_RELATIVES)
_RELATIVES, _COACH, _AMBULANCE = int(Way.RELATIVES), int(Way.COACH), int(Way.AMBULANCE)


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
        self._exit_state = np.where(is_exit, int(State.EXITED), _WITH_RELATIVES)
        self._send = (
            *(self._in_place, self._by_car, self._on_foot),
            *(self._to_assembly, self._wait_at_home, self._say_they_come),
        )

    def leave(self, home: int, parties: Int64, start: list[int]) -> None:
        """Parties of one home take their planned way out at ``people.leave``.

        They come sorted by ``Way``, with the start of each part; last those whom the water will
        overtake while they pack.
        """
        for send, (begin, end) in zip(self._send, pairwise(start), strict=True):
            if begin < end:
                send(home, parties[begin:end])

    def call_off(self, home: int, parties: Int64) -> set[int]:
        """Parties will not leave as planned but earlier; those whose plan stands are returned."""
        people, fleet = self.engine.run.people, self.engine.fleet
        rows, kept, by_car = self.engine.run.world.parties, set(), []
        for party in parties.tolist():
            pickup = self._pickup(home, party)
            if pickup >= 0 and not fleet.call_off(pickup, party, self._comes_at(party)):
                kept.add(party)
                continue
            if rows.way[party] == _RELATIVES:
                by_car.append(party)
            people.leave[party] = people.assembled[party] = people.safe_at[party] = NEVER
            people.leave_state[party] = -1
        if by_car:
            self.engine.traffic.call_off(np.array(by_car, dtype=np.int64))
        return kept

    def _pickup(self, home: int, party: int) -> int:
        """Pick-up row at which a party will wait, -1 for none."""
        way = self.engine.run.world.parties.way[party]
        if way == _COACH:
            return int(self.engine.run.assembly[home])
        return self.engine.fleet.patient_pickup[home] if way == _AMBULANCE else -1

    def _comes_at(self, party: int) -> int:
        """When a party will be at its pick-up point, NEVER if the water is faster."""
        people = self.engine.run.people
        carried = self.engine.run.world.parties.way[party] == _AMBULANCE
        return int(people.leave[party] if carried else people.assembled[party])

    def _say_they_come(self, home: int, parties: Int64) -> None:
        """Who will be overtaken by the water while packing asks for a vehicle all the same."""
        fleet, run = self.engine.fleet, self.engine.run
        for party in parties.tolist():
            pickup = self._pickup(home, party)
            if pickup >= 0:
                fleet.will_be_overtaken(pickup, party, int(run.people.decided[party]))

    def _in_place(self, home: int, parties: Int64) -> None:
        """Up the stairs, or on foot to high ground; logged with the columns at the end."""
        world, people = self.engine.run.world, self.engine.run.people
        walk = max(int(world.homes.high_ground_ms[home]), 0)
        walks = np.where(world.parties.safe_floor[parties], 0, walk)
        people.safe_at[parties] = people.leave[parties] + walks

    def _by_car(self, home: int, parties: Int64) -> None:
        world = self.engine.run.world
        exit_row = int(world.homes.exit[home])
        if exit_row < 0:
            self._stay(parties)
            return
        node = world.places.node
        group = CarGroup(
            parties=parties,
            depart_ms=self.engine.run.people.leave[parties],
            willing_mm=self.willing[parties],
            origin=np.full(len(parties), node[home]),
            target=np.full(len(parties), node[world.exit_place + exit_row]),
        )
        self.engine.traffic.submit(group)

    def _stay(self, parties: Int64) -> None:
        """There is nowhere to go this way: they stay at home."""
        people = self.engine.run.people
        people.leave[parties], people.leave_state[parties] = NEVER, -1

    def _cars_arrived(self, arrivals: Arrivals) -> None:
        """Arrived, blocked at a node, stalled in the water, or turning back."""
        run, ends = self.engine.run, arrivals.ends
        run.people.state[arrivals.parties] = _DRIVING
        self._log_caught(arrivals)
        arrived = ends.status == _ARRIVED
        arrived &= ~self.engine.second_ways.take_over(arrivals)
        if arrived.any():
            self._settle(arrivals.parties[arrived], ends.time_ms[arrived])
        for i in np.flatnonzero(ends.status != _ARRIVED).tolist():
            party, node = int(arrivals.parties[i]), int(ends.node[i])
            home = self.homes[party]
            if ends.status[i] == _STALLED:
                self.engine.stranded.strand_on_road(party, home, node, int(ends.edge[i]))
                continue
            run.flag(party, Flag.CUT_OFF, home)
            # whose road is known to be cut when he sets out does not wait on it
            if arrivals.gave_up or ends.status[i] == _NO_ROUTE:
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
            if ends.status[i] != _STALLED:
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
        if run.people.state[party] == _DRIVING and not run.has_flag(party, Flag.RETURNED):
            run.log.add(run.now, Kind.EXPOSED, party, edge, 1)

    def _settle(self, parties: Int64, times: Int64) -> None:
        """At the relatives', or out of the county: logged with the exact times."""
        people, home = self.engine.run.people, self.engine.run.world.parties.home[parties]
        place, state = self._exit_place[home], self._exit_state[home]
        people.state[parties], people.place[parties] = state, place
        people.settled.append((times, parties, place, state))
        stays = state == _WITH_RELATIVES
        self.engine.returns.consider_many(parties[stays], place[stays], times[stays])

    def _on_foot(self, home: int, parties: Int64) -> None:
        run, world = self.engine.run, self.engine.run.world
        shelter = int(world.homes.village_shelter[home])
        if shelter < 0:
            self._stay(parties)
            return
        arrivals = self._walk(parties, int(world.homes.shelter_mm[home]))
        decided = run.people.decided[parties]
        rows = zip(parties.tolist(), arrivals, decided.tolist(), strict=True)
        for party, arrival, known in rows:
            run.at(arrival, self._at_the_gate, party, shelter, known)

    def _walk(self, parties: Int64, length_mm: int) -> list[int]:
        """When parties of one home who leave at their times arrive on foot."""
        walk, leave = self.engine.traffic.walk, self.engine.run.people.leave[parties].tolist()
        return [walk(p, at, length_mm) for p, at in zip(parties.tolist(), leave, strict=True)]

    def _at_the_gate(self, party: int, shelter: int, decided: int) -> None:
        """There, unless they decided earlier than was planned and came before."""
        if self.engine.run.people.decided[party] == decided:
            self.engine.shelters.arrive_on_foot(party, shelter)

    def _to_assembly(self, home: int, parties: Int64) -> None:
        run = self.engine.run
        self.engine.musters.gather(home)
        pickup = int(run.assembly[home])
        if pickup < 0:
            self._stay(parties)
            return
        people = run.people
        if self._under_water(pickup):
            # nobody is sent to a stop that is known to be flooded
            for party, at in zip(parties.tolist(), people.leave[parties].tolist(), strict=True):
                run.at(at, self._without_stop, party, pickup, at)
            return
        arrivals = self._walk(parties, int(run.assembly_mm[home]))
        arrivals = self.engine.musters.counted(home, arrivals)
        people.assembled[parties] = arrivals
        self._will_wait(pickup, parties, arrivals)

    def _will_wait(self, pickup: int, parties: Int64, arrivals: list[int]) -> None:
        """Parties have decided to be at a pick-up point from their arrivals on."""
        will_wait, decided = self.engine.fleet.will_wait, self.engine.run.people.decided[parties]
        rows = zip(parties.tolist(), arrivals, decided.tolist(), strict=True)
        for party, arrival, known in rows:
            will_wait(pickup, party, arrival, known)

    def _under_water(self, pickup: int) -> bool:
        run = self.engine.run
        place = run.world.assembly_place + pickup
        return run.view.is_harmful(place, run.now, run.world.hazard.step_ms)

    def _without_stop(self, party: int, pickup: int, at: int) -> None:
        """Ready, but the stop was flooded: there if it is dry now, else on foot to a shelter, else
        at home."""
        people = self.engine.run.people
        if not self._under_water(pickup):
            length = int(self.engine.run.assembly_mm[self.homes[party]])
            arrival = self.engine.traffic.walk(party, at, length)
            people.assembled[party] = arrival
            self.engine.fleet.will_wait(pickup, party, arrival, at)
            return
        people.leave[party], people.leave_state[party] = NEVER, -1
        self.engine.second_ways.walk(party)

    def _wait_at_home(self, home: int, parties: Int64) -> None:
        """Those who must be carried wait at home for an ambulance."""
        pickup = self.engine.fleet.patient_pickup[home]
        self._will_wait(pickup, parties, self.engine.run.people.leave[parties].tolist())
