"""Second ways out: what people do when their road is cut, or when the water has gone down again.

A planned way can fail: a family's car finds no road, a bus stands before one. Then people walk to
the shelter of their own village, as long as it has room, or to one near by; families in a car try
the nearest shelter they can still reach first. Whoever was trapped by water that has gone down
again needs no boat any more: he walks to that shelter, too. Families with a car who are back at
home set out again when they hear that a way is open (``sim.processes.try_again``).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.cars import Arrivals, CarGroup
from sim.engine import Engine
from sim.processes.shelters import WALK_ON_DETOUR
from sim.processes.try_again import TryAgain
from sim.processes.water import go_up
from sim.roads.defaults import read_defaults
from sim.roads.network import Network
from sim.roads.passability import vehicle_classes
from sim.roads.router import RoadRouter
from sim.roads.routing import Trip
from sim.states import Flag, Mode, State, Way

WALK_REACH_MM = round(read_defaults("walking.csv")["walk_reach_m"] * 1000)
"""Farthest shelter people are sent to on foot when their own village's is full."""

CARRY_REACH_MM = round(read_defaults("walking.csv")["carry_reach_m"] * 1000)
"""Farthest shelter to which patients are carried on foot."""

Around = list[tuple[int, int]]
"""Shelters with the walk to each (mm)."""

# whole numbers, because numpy is slow to compare its numbers with enum members
_ARRIVED, _AMBULANCE = int(Trip.ARRIVED), int(Way.AMBULANCE)
_AT_HOME, _PREPARING, _DRIVING = int(State.AT_HOME), int(State.PREPARING), int(State.DRIVING)
_AT_ASSEMBLY, _AT_GATE = int(State.AT_ASSEMBLY), int(State.AT_GATE)


class SecondWays:
    """Sends people on when the planned way out has failed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._bound_for = np.full(len(engine.run.world.parties), -1, dtype=np.int64)
        self.classes = vehicle_classes()
        self._near: dict[int, Around] = engine.run.world.statics.walks_from_home
        self._passable_now: tuple[int, dict[int, Around]] = (-1, {})
        self._spare = self._places_beyond_plan()
        homes = engine.run.world.homes
        self._path_mm = np.where(homes.village_shelter >= 0, homes.shelter_mm, 0)
        self.again = TryAgain(engine)

    def _places_beyond_plan(self) -> list[int]:
        """Places of every shelter that nobody is planned to walk to."""
        world = self.engine.run.world
        spare = [row.capacity for row in world.shelters]
        walks = np.flatnonzero(world.parties.way == int(Way.VILLAGE_SHELTER))
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

    def drive_off(self, party: int) -> None:
        """A family at home gets into its car again; what it tried before no longer counts."""
        run, home = self.engine.run, int(self.engine.run.world.parties.home[party])
        self._bound_for[party] = -1
        if self._packs(party):
            run.people.state[party] = _PREPARING
        else:
            run.move(party, State.PREPARING, home)
        run.move(party, State.DRIVING, home)

    def tried_by_car(self, party: int) -> bool:
        """Whether a family has set out for a shelter by car before; once is enough."""
        return bool(self._bound_for[party] >= 0)

    def take_over(self, arrivals: Arrivals) -> NDArray[np.bool_]:
        """Which arrivals are families bound for a shelter; those who got there are at its gate."""
        run, shelters = self.engine.run, self.engine.shelters
        bound_for = self._bound_for[arrivals.parties]
        mine: NDArray[np.bool_] = bound_for >= 0
        for i in np.flatnonzero(mine).tolist():
            party, target = int(arrivals.parties[i]), int(bound_for[i])
            if arrivals.ends.status[i] == _ARRIVED:
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
            self.engine.stranded.strand_on_road(party, home, node)
            return
        if self.walk(party):
            return
        run.move(party, State.AT_HOME, home)
        run.people.back_home[party] = True
        if run.world.parties.safe_floor[party]:
            go_up(self.engine, party)
        else:
            self.again.wait(party)

    # -- on foot ------------------------------------------------------------------------------

    def walk(self, party: int) -> bool:
        """Set out on foot for a shelter with room; False when there is none near enough."""
        home = int(self.engine.run.world.parties.home[party])
        return self._walk_to_one_of(party, self._around_home(home), self._step_out)

    def _around_home(self, home: int) -> Around:
        """Shelters to which people of a home can walk now; neighbours ask at the same moment."""
        now, known = self._passable_now
        if now != self.engine.run.now:
            known = {}
            self._passable_now = (self.engine.run.now, known)
        if home not in known:
            if home not in self._near:
                self._near[home] = self._shelters_around(home)
            node = int(self.engine.run.world.places.node[home])
            known[home] = self._passable(node, self._near[home])
        return known[home]

    def _passable(self, node: int, around: Around) -> Around:
        """Shelters of a list that can be walked to now.

        To a village's own shelter there are paths that no map shows; anywhere else people need a
        road that is not under water, or they would walk through the flood.
        """
        run, shelters = self.engine.run, self.engine.shelters
        if all(shelters.kind[row] == "village" for row, _ in around):
            return around
        reached = run.view.router.reached_from([node], self.classes["on_foot"], run.now)
        return [
            (row, walk)
            for row, walk in around
            if shelters.kind[row] == "village" or reached[shelters.nodes[row]]
        ]

    def _walk_to_one_of(self, party: int, around: Around, step_out: Callable[[int], None]) -> bool:
        """To the first shelter of a list with room; who cannot walk is carried, not as far."""
        run, parties = self.engine.run, self.engine.run.world.parties
        home = int(parties.home[party])
        carried = parties.way[party] == _AMBULANCE
        for shelter, walk in around:
            too_far = carried and walk > max(CARRY_REACH_MM, self._planned_mm(home, shelter))
            if too_far or not self._has_place(shelter, party):
                continue
            self._spare[shelter] -= self.engine.fleet.sizes[party]
            step_out(party)
            # never quicker than the way that was planned
            length = max(walk, int(self._path_mm[home]))
            arrival = self.engine.traffic.walk(party, run.now, length)
            run.at(arrival, self.engine.shelters.arrive_on_foot, party, shelter)
            return True
        return False

    def _planned_mm(self, home: int, shelter: int) -> int:
        """The way to the own village's shelter is planned, however far it is."""
        homes = self.engine.run.world.homes
        return int(homes.shelter_mm[home]) if homes.village_shelter[home] == shelter else 0

    def _has_place(self, shelter: int, party: int) -> bool:
        """Whether an open shelter has places beyond those that others are planned to take."""
        shelters, size = self.engine.shelters, self.engine.fleet.sizes[party]
        room = min(shelters.room(shelter), self._spare[shelter])
        return room >= size and shelters.is_open(shelter) and shelters.kind[shelter] != "hospital"

    def _shelters_around(self, home: int) -> Around:
        """Shelters with the walk (mm), the own village's first, then the others by distance."""
        homes, places = self.engine.run.world.homes, self.engine.run.world.places
        own = int(homes.village_shelter[home])
        at = self.engine.shelters.places
        straight = np.hypot(places.x[at] - places.x[home], places.y[at] - places.y[home])
        near = self._by_distance(straight)
        found = [(own, int(homes.shelter_mm[home]))] if own >= 0 else []
        return found + [(row, walk) for row, walk in near if row != own]

    def _by_distance(self, straight_m: NDArray[np.float64]) -> Around:
        """Shelters within reach on foot with the walk (mm), nearest first; unknown left out."""
        walk = np.round(np.nan_to_num(straight_m, nan=np.inf) * 1000 * WALK_ON_DETOUR)
        near = np.flatnonzero(walk <= WALK_REACH_MM)
        near = near[np.lexsort((near, walk[near]))]
        return list(zip(near.tolist(), walk[near].astype(np.int64).tolist(), strict=True))

    def _shelters_around_node(self, node: int) -> Around:
        """Shelters near a road node by distance, with the walk (mm)."""
        roads, shelters = self.engine.run.world.roads, self.engine.shelters
        if not isinstance(roads, Network):
            return []
        nodes = shelters.nodes[: shelters.n]
        dx, dy = roads.node_x[nodes] - roads.node_x[node], roads.node_y[nodes] - roads.node_y[node]
        return self._by_distance(np.hypot(dx, dy))

    def _step_out(self, party: int) -> None:
        """From whatever the party was doing to walking."""
        run, people = self.engine.run, self.engine.run.people
        home = int(run.world.parties.home[party])
        if people.state[party] == _DRIVING:
            run.move(party, State.AT_HOME, home)
            people.back_home[party] = True
        if people.state[party] == _AT_HOME:
            if self._packs(party):
                people.state[party] = _PREPARING
            else:
                run.move(party, State.PREPARING, home)
        run.move(party, State.WALKING, int(people.place[party]))

    def _packs(self, party: int) -> bool:
        """Whether the log already says that the party prepares (written with the columns)."""
        run, people = self.engine.run, self.engine.run.people
        been_away = people.back_home[party] or run.has_flag(party, Flag.RETURNED)
        return bool(people.decided[party] <= run.now) and not been_away

    def leave_vehicle(self, aboard: list[int], place: int, node: int) -> list[int]:
        """People in a vehicle that stands before cut roads go on foot; who stays is returned.

        Where the hazard lets nobody on foot out either, they get off and wait to be fetched.
        """
        run, around = self.engine.run, self._passable(node, self._shelters_around_node(node))

        def step_off(party: int) -> None:
            run.move(party, State.AT_ASSEMBLY, place)
            run.move(party, State.WALKING, place)

        left = [p for p in aboard if not self._walk_to_one_of(p, around, step_off)]
        edge = self._held_by(node) if left else -1
        if edge < 0:
            return left
        for party in left:
            run.move(party, State.AT_ASSEMBLY, place)
            run.people.moved_on.discard(party)
            self.engine.stranded.strand_on_road(party, place, node, edge)
        return []

    def _held_by(self, node: int) -> int:
        """Of the roads that leave a node the one free soonest; -1 where one can be walked now."""
        roads, router, now = (
            self.engine.run.world.roads,
            self.engine.run.view.router,
            self.engine.run.now,
        )
        if not isinstance(roads, Network) or not isinstance(router, RoadRouter):
            return -1
        out = roads.out_edge[roads.out_start[node] : roads.out_start[node + 1]].tolist()
        free = [(router.free_again_ms(edge, self.classes["on_foot"], now), edge) for edge in out]
        soonest, edge = min(free, default=(now, -1))
        return edge if soonest > now else -1

    # -- when the water has gone down ---------------------------------------------------------

    def water_gone(self, party: int, place: int) -> None:
        """The water no longer holds the party: it is carried, walks, or stays where it is."""
        run, fleet = self.engine.run, self.engine.fleet
        home = int(run.world.parties.home[party])
        if run.people.state[party] == _AT_GATE:
            self.engine.moving_on.freed(party, place - run.world.shelter_place)
        elif run.world.parties.way[party] == _AMBULANCE:
            row = fleet.patient_pickup[home]
            self._wait_again(party, row, home)
        elif not self.walk(party):
            pickup = int(run.assembly[home])
            if run.people.state[party] == _AT_ASSEMBLY and pickup >= 0:
                self._wait_again(party, pickup, place)
            elif run.people.state[party] == _DRIVING:
                run.move(party, State.AT_HOME, home)
                run.people.back_home[party] = True
                self.again.wait(party)

    def _wait_again(self, party: int, pickup: int, place: int) -> None:
        run, people = self.engine.run, self.engine.run.people
        if people.state[party] != _AT_ASSEMBLY:
            if people.state[party] == _AT_HOME and not self._packs(party):
                run.move(party, State.PREPARING, place)
            people.state[party] = _PREPARING
            run.move(party, State.AT_ASSEMBLY, place)
        self.engine.fleet.will_wait(pickup, party, run.now, run.now)


def begin(engine: Engine) -> None:
    """Put the second ways in place."""
    engine.second_ways = SecondWays(engine)
