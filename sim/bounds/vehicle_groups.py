"""Buses, minibuses and ambulances of a run as bus problems.

Group ``bus`` is everybody who came out by coach or minibus; ``minibus`` those of them from pick-ups
that no coach can reach, with the minibuses alone; ``ambulance`` the carried.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bounds import buses
from sim.bounds.carried import Carried, vehicles_that_came
from sim.bounds.fleet_work import fleet_work_quick
from sim.bounds.night import Night
from sim.bounds.problem import UNLIMITED, Buses, BusProblem, Times, Waiting
from sim.bounds.run_facts import GroupBounds, RunFacts
from sim.bounds.travel import DryTimes, at_speed
from sim.plan import Plan
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.router import sized
from sim.states import Mode
from sim.world import World

Int64 = NDArray[np.int64]
VEHICLE_MODES = {
    "bus": (Mode.COACH, Mode.MINIBUS),
    "minibus": (Mode.COACH, Mode.MINIBUS),
    "ambulance": (Mode.AMBULANCE,),
}


class VehicleGroups:
    """Makes the problems of runs of one World; keeps the dry route trees between runs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.times = {
            "bus": DryTimes(world.roads, _classes(world, ("coach", "minibus"))),
            "minibus": DryTimes(world.roads, _classes(world, ("minibus",))),
            "ambulance": DryTimes(world.roads, _classes(world, ("ambulance",))),
        }
        self._class = np.array([v.vehicle_class for v in world.vehicles], dtype=np.str_)
        self._seats = _usable_seats(world)
        places = len(world.places)
        self._bays = np.ones(places, dtype=np.int64)
        for row, point in enumerate(world.assembly_points):
            self._bays[world.assembly_place + row] = point.bays
        self._capacity = np.full(places, UNLIMITED, dtype=np.int64)
        for row, shelter in enumerate(world.shelters):
            self._capacity[world.shelter_place + row] = shelter.capacity
        points = world.statics.pickup_class
        self._minibus_only = {
            world.assembly_place + row
            for row, largest in enumerate(points)
            if largest is not None and largest.name == "minibus"
        }

    def bounds(self, group: str, run: RunFacts) -> GroupBounds | None:
        """Bounds of a vehicle group; None when it carried nobody."""
        problem = self.problem(group, run)
        if problem is None:
            return None
        parties = self._riders(group, run.carried)
        settle = self._least_settling(run.night, parties)
        limits = {
            "farthest": buses.farthest(problem),
            "rounds": buses.rounds(problem),
            "work": fleet_work_quick(problem),
            "bays": buses.bays(problem),
        }
        bounds = {name: moment + settle for name, moment in limits.items()}
        return GroupBounds(bounds, int(run.carried.registered[parties].max()))

    def _riders(self, group: str, carried: Carried) -> Int64:
        parties = carried.counted(*VEHICLE_MODES[group])
        if group == "minibus":
            places = np.array(sorted(self._minibus_only), dtype=np.int64)
            parties = parties[np.isin(carried.pickup_place[parties], places)]
        return parties

    def problem(self, group: str, run: RunFacts) -> BusProblem | None:
        """Riders of the group, since they stood at their pick-ups; None when there is nobody."""
        parties = self._riders(group, run.carried)
        carried = run.carried
        return self.problem_for(
            group, run, (parties, carried.pickup_place[parties], carried.assembled[parties])
        )

    def problem_for(
        self, group: str, run: RunFacts, people: tuple[Int64, Int64, Int64]
    ) -> BusProblem | None:
        """People (party rows, pick-up places, arrivals) for the vehicles that came in this run."""
        parties, place_of, arrival = people
        row, ready, place = vehicles_that_came(run.log)
        wanted = ("coach", "minibus") if group == "bus" else (group,)
        mine = np.flatnonzero(np.isin(self._class[row], wanted))
        if not len(parties) or not len(mine):
            return None
        starts, start = np.unique(place[mine], return_inverse=True)
        pickups, pickup = np.unique(place_of, return_inverse=True)
        targets = self._targets(group, run.plan)
        return BusProblem(
            buses=Buses(ready[mine], start.astype(np.int64), self._seats[row[mine]]),
            waiting=Waiting.sort(
                pickup.astype(np.int64),
                arrival,
                self.world.parties.size[parties].astype(np.int64),
                run.night.boarding(parties),
            ),
            bays=self._bays[pickups],
            capacity=self._capacity[targets],
            times=self._times(self.times[group], run.night, (starts, pickups, targets)),
            handling=run.night.handling,
        )

    def _times(self, dry: DryTimes, night: Night, places: tuple[Int64, Int64, Int64]) -> Times:
        starts, pickups, targets = (self.world.places.node[rows] for rows in places)
        first = np.array([dry.from_node(int(node))[pickups] for node in starts])
        back = np.array([dry.from_node(int(node))[pickups] for node in targets])
        load = np.array([dry.to_node(int(node))[pickups] for node in targets]).T
        return Times(*(at_speed(us, night.speed_q16) for us in (first, load, back)))

    def _targets(self, group: str, plan: Plan) -> Int64:
        """Places where vehicles let people off: open shelters, exits, points of transfer."""
        world, spec = self.world, plan.spec.fleet
        kinds = {"ambulance": ("hospital", "larger")}.get(group, ("larger",))
        given = spec is not None and spec.rule == "schedule"
        shelters = [
            world.shelter_place + row
            for row, shelter in enumerate(world.shelters)
            if given or (shelter.kind in kinds and plan.open_shelters[row])
        ]
        exits = [world.exit_place + k for k, e in enumerate(world.exits) if e.kind == "exit"]
        transfers: list[int] = []
        if group != "ambulance" and spec is not None and spec.feeders:
            points = np.unique(world.assembly_transfer[world.assembly_transfer >= 0])
            transfers = (world.assembly_place + points).tolist()
        return np.array(shelters + exits + transfers, dtype=np.int64)

    def _least_settling(self, night: Night, parties: Int64) -> int:
        """Least time from stepping off to the head-count; none where an exit may be the end."""
        if any(e.kind == "exit" for e in self.world.exits):
            return 0
        return int((night.registering(parties) + night.headcount(parties)).min())


def _usable_seats(world: World) -> Int64:
    """Seats people may take: all in an ambulance, the usable share in a bus."""
    use = world.behaviour.spec.drive.seat_use
    seats = [
        v.seats if v.vehicle_class == "ambulance" else max(1, round(v.seats * use))
        for v in world.vehicles
    ]
    return np.array(seats, dtype=np.int64)


def _classes(world: World, names: tuple[str, ...]) -> list[VehicleClass]:
    """Classes of the fleet's own vehicles of these names, with their sizes."""
    known = vehicle_classes()
    rows = {v.row for v in world.vehicles if v.vehicle_class in names}
    found = [sized(known[r.vehicle_class], r.width_m, r.height_m, r.weight_t) for r in rows]
    return sorted(set(found), key=lambda vehicle: vehicle.name)
