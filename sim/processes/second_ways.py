"""Second ways out: what people do when their road is cut, or when the water has gone down again.

A planned way can fail: no bus gets through to a stop that is dry, a family's car finds no road.
Then the organiser sends people on foot to the shelter of their own village, as long as it has
room; families in a car try the nearest shelter they can still reach. Whoever was trapped by water
that has gone down again needs no boat any more: he walks to that shelter, too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine import Engine
from sim.pickups import Pickup
from sim.processes.shelters import WALK_ON_DETOUR
from sim.processes.water import go_up
from sim.roads.passability import vehicle_classes
from sim.roads.routing import Trip
from sim.states import Flag, Mode, State, Way
from sim.traffic import Arrivals, CarGroup

ROAD_CUT_WAIT_MS = 60 * 60_000
"""People at a stop whose road is cut are sent on foot after this wait (judgement)."""

WALK_REACH_MM = 3_000_000
"""Farthest shelter people are sent to on foot when their own village's is full (judgement)."""

LOOKS = 8
"""So many times the organiser of a cut-off stop looks whether more people have come."""


class SecondWays:
    """Sends people on when the planned way out has failed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._bound_for: dict[int, int] = {}
        self.minibus = vehicle_classes()["minibus"]
        self._near: dict[int, list[tuple[int, int]]] = {}
        self._spare = self._places_beyond_plan()
        self.stops: dict[int, list[Pickup]] = {}
        for pickup in engine.pickups:
            if not pickup.patients:
                self.stops.setdefault(pickup.zone, []).append(pickup)

    def _places_beyond_plan(self) -> list[int]:
        """Places of every shelter that nobody is planned to walk to."""
        world = self.engine.run.world
        spare = [row.capacity for row in world.shelters]
        walks = np.flatnonzero(world.parties.way == Way.VILLAGE_SHELTER)
        shelter = world.homes.village_shelter[world.parties.home[walks]]
        planned = np.bincount(shelter[shelter >= 0], world.parties.size[walks][shelter >= 0])
        for row, persons in enumerate(planned.tolist()):
            spare[row] -= round(persons)
        return spare

    # -- by car elsewhere ---------------------------------------------------------------------

    def road_closed(self, party: int, node: int) -> None:
        """No road to the relatives: by car to a shelter that can be reached, else back."""
        run, shelters = self.engine.run, self.engine.shelters
        size = int(run.world.parties.size[party])
        target = shelters.nearest_larger(node, self.engine.traffic.car, size)
        if target < 0 or self.tried_by_car(party):
            self.turn_back(party, node)
            return
        shelters.reserve(target, size)
        self._bound_for[party] = target
        self.engine.traffic.submit(
            CarGroup(
                parties=np.array([party]),
                depart_ms=np.array([run.now]),
                willing_mm=np.zeros(1, dtype=np.int32),
                origin=np.array([node]),
                target=shelters.nodes[[target]],
            )
        )

    def tried_by_car(self, party: int) -> bool:
        """Whether a family has set out for a shelter by car before; once is enough."""
        return party in self._bound_for

    def take_over(self, arrivals: Arrivals) -> NDArray[np.bool_]:
        """Which arrivals are families bound for a shelter; those who got there are at its gate."""
        mine = np.zeros(len(arrivals.parties), dtype=np.bool_)
        if not self._bound_for:
            return mine
        run, shelters = self.engine.run, self.engine.shelters
        for i, party in enumerate(arrivals.parties.tolist()):
            target = self._bound_for.get(party, -1)
            if target < 0:
                continue
            mine[i] = True
            if arrivals.ends.status[i] == Trip.ARRIVED:
                run.out(party, Mode.OWN_CAR, shelters.place(target))
                shelters.arrive_by_vehicle(party, target)
            else:
                shelters.release(target, int(run.world.parties.size[party]))
        return mine

    def turn_back(self, party: int, node: int) -> None:
        """No way by car: on foot to the village shelter, upstairs, or home again.

        If the water has come to the home meanwhile, they wait for help where they are.
        """
        run, home = self.engine.run, int(self.engine.run.world.parties.home[party])
        if run.view.blocked_ms[party] <= run.now:
            self.engine.rescue.strand_on_road(party, home, node)
            return
        if self.walk(party):
            return
        run.move(party, State.AT_HOME, home)
        run.people.back_home[party] = True
        if run.world.parties.safe_floor[party]:
            go_up(self.engine, party)

    # -- on foot ------------------------------------------------------------------------------

    def walk(self, party: int) -> bool:
        """Set out on foot for the own village's shelter; False when there is none with room."""
        run, parties = self.engine.run, self.engine.run.world.parties
        home, size = int(parties.home[party]), int(parties.size[party])
        if parties.way[party] == Way.AMBULANCE:
            return False
        shelter, length = self._near_shelter(home, size)
        if shelter < 0:
            return False
        self._spare[shelter] -= size
        self._step_out(party, home)
        arrival = self.engine.traffic.walk(party, run.now, length)
        run.at(arrival, self.engine.shelters.arrive_on_foot, party, shelter)
        return True

    def _near_shelter(self, home: int, size: int) -> tuple[int, int]:
        """Shelter with places beyond those planned, and the walk (mm); -1 for none.

        The own village's first, then the nearest one within WALK_REACH_MM.
        """
        shelters = self.engine.shelters
        if home not in self._near:
            self._near[home] = self._shelters_around(home)
        for shelter, length in self._near[home]:
            room = min(shelters.room(shelter), self._spare[shelter])
            if room >= size and shelters.is_open(shelter) and shelters.kind[shelter] != "hospital":
                return shelter, length
        return -1, 0

    def _shelters_around(self, home: int) -> list[tuple[int, int]]:
        """Shelters with the walk (mm), the own village's first, then the others by distance."""
        homes, places = self.engine.run.world.homes, self.engine.run.world.places
        own, path = int(homes.village_shelter[home]), int(homes.shelter_mm[home])
        found = [(own, path)] if own >= 0 else []
        least = path if own >= 0 else 0
        others: list[tuple[int, int]] = []
        for row in range(self.engine.shelters.n):
            straight = places.straight_mm(home, self.engine.shelters.place(row))
            walk = round(straight * WALK_ON_DETOUR)
            if row != own and 0 < walk <= WALK_REACH_MM:
                # never quicker than the way that was planned
                others.append((max(walk, least), row))
        return found + [(row, walk) for walk, row in sorted(others)]

    def _step_out(self, party: int, home: int) -> None:
        """From whatever the party was doing to walking."""
        run, people = self.engine.run, self.engine.run.people
        if people.state[party] == State.DRIVING:
            run.move(party, State.AT_HOME, home)
            people.back_home[party] = True
        if people.state[party] == State.AT_HOME:
            if self._packs(party):
                people.state[party] = State.PREPARING
            else:
                run.move(party, State.PREPARING, home)
        run.move(party, State.WALKING, int(people.place[party]))

    def _packs(self, party: int) -> bool:
        """Whether the log already says that the party prepares (written with the columns)."""
        run, people = self.engine.run, self.engine.run.people
        been_away = people.back_home[party] or run.has_flag(party, Flag.RETURNED)
        return bool(people.decided[party] <= run.now) and not been_away

    # -- stops without a road -----------------------------------------------------------------

    def road_cut(self, zone: int) -> None:
        """The zone is cut off: its organiser waits a little, then sends on foot who is there."""
        run = self.engine.run
        if zone in self.stops:
            run.at(run.now + ROAD_CUT_WAIT_MS, self._leave_stops, zone, LOOKS)

    def _leave_stops(self, zone: int, looks: int) -> None:
        run = self.engine.run
        for pickup in self.stops[zone]:
            if pickup.queue and not self._has_road(pickup):
                self._send_on_foot(pickup)
        if looks > 1:
            run.at(run.now + ROAD_CUT_WAIT_MS, self._leave_stops, zone, looks - 1)

    def _has_road(self, pickup: Pickup) -> bool:
        return self.engine.shelters.has_road(pickup.node, self.minibus)

    def _send_on_foot(self, pickup: Pickup) -> None:
        """Those of the own village who wait; whoever was brought here by a feeder stays."""
        run, fleet = self.engine.run, self.engine.fleet
        people, homes = run.people, run.world.homes
        gone = set()
        for party in pickup.waiting(run.now):
            home = int(run.world.parties.home[party])
            if int(homes.assembly[home]) != pickup.row:
                continue
            people.state[party], people.place[party] = State.AT_ASSEMBLY, pickup.place
            if self.walk(party):
                gone.add(party)
                fleet.demand.known[pickup.row] -= fleet.sizes[party]
        if gone:
            pickup.remove(gone)

    # -- when the water has gone down ---------------------------------------------------------

    def water_gone(self, party: int, place: int) -> None:
        """The water no longer holds the party: it is carried, walks, or stays where it is."""
        run, fleet = self.engine.run, self.engine.fleet
        home = int(run.world.parties.home[party])
        if run.world.parties.way[party] == Way.AMBULANCE:
            row = fleet.patient_pickup[home]
            self._wait_again(party, row, home)
        elif not self.walk(party):
            pickup = int(run.world.homes.assembly[home])
            if run.people.state[party] == State.AT_ASSEMBLY and pickup >= 0:
                self._wait_again(party, pickup, place)
            elif run.people.state[party] == State.DRIVING:
                run.move(party, State.AT_HOME, home)
                run.people.back_home[party] = True

    def _wait_again(self, party: int, pickup: int, place: int) -> None:
        run, people = self.engine.run, self.engine.run.people
        if people.state[party] != State.AT_ASSEMBLY:
            if people.state[party] == State.AT_HOME and not self._packs(party):
                run.move(party, State.PREPARING, place)
            people.state[party] = State.PREPARING
            run.move(party, State.AT_ASSEMBLY, place)
        self.engine.fleet.will_wait(pickup, party, run.now, run.now)


def begin(engine: Engine) -> None:
    """Put the second ways in place."""
    engine.second_ways = SecondWays(engine)
