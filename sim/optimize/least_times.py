"""The least time from the order to a safe place: walk and drive, nobody waits for anybody.

Told and ready at once, a vehicle at the pick-up, dry and empty roads, the nearest place. No order
that leaves less time than this can succeed, whatever the plan.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bounds.travel import DryTimes, at_speed
from sim.clock import NEVER
from sim.plan import Plan
from sim.roads.passability import vehicle_classes
from sim.states import Way
from sim.world import World

Int64 = NDArray[np.int64]


class LeastTimes:
    """Walking time (ms) and driving time on a dry road (µs) of every party by its planned way."""

    def __init__(self, world: World, plan: Plan) -> None:
        self.world = world
        fleet = plan.spec.fleet
        # a given schedule may serve any shelter; the other rules drive to larger ones
        self._any_shelter = fleet is not None and fleet.rule == "schedule"
        parties, homes = world.parties, world.homes
        self._walk = np.zeros(len(parties), dtype=np.int64)
        self._drive = np.zeros(len(parties), dtype=np.int64)
        home = parties.home.astype(np.int64)
        node = world.places.node
        for way in Way:
            mine = np.flatnonzero(parties.way == way)
            at = home[mine]
            if way == Way.IN_PLACE:
                up = np.maximum(homes.high_ground_ms[at], 0)
                self._walk[mine] = np.where(parties.safe_floor[mine], 0, up)
            elif way == Way.VILLAGE_SHELTER:
                self._walk[mine] = self._paced(homes.shelter_mm[at], mine)
            elif way == Way.RELATIVES:
                self._drive[mine] = self._by_car(at)
            elif way == Way.COACH:
                self._walk[mine] = self._paced(homes.assembly_mm[at], mine)
                point = node[world.assembly_place + np.maximum(homes.assembly[at], 0)]
                self._drive[mine] = self._nearest(("coach", "minibus"), "larger")[point]
            else:
                self._drive[mine] = self._nearest(("ambulance",), "hospital")[node[at]]

    def of_night(self, speed_q16: int) -> Int64:
        """Least time of every party at the speed of the day, ms, NEVER without a way."""
        drive = at_speed(self._drive, speed_q16)
        return np.where((self._walk < NEVER) & (drive < NEVER), self._walk + drive, NEVER)

    def _paced(self, length_mm: Int64, parties: Int64) -> Int64:
        known = length_mm < NEVER
        pace = self.world.parties.walk_mm_s[parties]
        return np.where(known, -(-np.where(known, length_mm, 0) * 1000 // pace), NEVER)

    def _by_car(self, homes: Int64) -> Int64:
        world, node = self.world, self.world.places.node
        car = DryTimes(world.roads, [vehicle_classes()["car"]])
        exits = world.homes.exit[homes]
        took = np.full(len(homes), NEVER, dtype=np.int64)
        for row in np.unique(exits[exits >= 0]).tolist():
            mine = exits == row
            took[mine] = car.to_node(int(node[world.exit_place + row]))[node[homes[mine]]]
        return took

    def _nearest(self, classes: tuple[str, ...], kind: str) -> Int64:
        """Least time from every node to the nearest larger shelter, exit, or place of a kind."""
        world, known = self.world, vehicle_classes()
        dry = DryTimes(world.roads, [known[name] for name in classes])
        places = [world.exit_place + k for k, e in enumerate(world.exits) if e.kind == "exit"]
        places += [
            world.shelter_place + k
            for k, shelter in enumerate(world.shelters)
            if self._any_shelter or shelter.kind in ("larger", kind)
        ]
        least = np.full(world.roads.n_nodes, NEVER, dtype=np.int64)
        for place in places:
            np.minimum(least, dry.to_node(int(world.places.node[place])), out=least)
        return least
