"""The bounds of one run: from its World, its draws and the demand that was really carried.

Every bound is a moment (ms from clock_start) before which the people concerned cannot all have
been head-counted. Names are ``<group>_<limit>``; groups are bus, minibus, ambulance (who came out
by these), boat, desk (everybody who registered at a shelter) and own (own ways out).
"""

from __future__ import annotations

from sim.bounds.other_groups import boats_out, desks, own_ways
from sim.bounds.own_roads import OwnRoads
from sim.bounds.problem import BusProblem
from sim.bounds.road_limits import RoadLimit, road_limits
from sim.bounds.run_facts import GroupBounds, RunFacts, run_facts
from sim.bounds.travel import DryTimes
from sim.bounds.vehicle_groups import VEHICLE_MODES, VehicleGroups
from sim.log import RunLog
from sim.plan import Plan
from sim.roads.passability import vehicle_classes
from sim.world import World


class Limits:
    """Computes bounds of runs of one World; keeps the dry route trees between runs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.vehicles = VehicleGroups(world)
        self.car = DryTimes(world.roads, [vehicle_classes()["car"]])
        self.own_roads = OwnRoads(world, self.car)

    def groups(self, plan: Plan, log: RunLog, seed: int) -> dict[str, GroupBounds]:
        """Bounds and achieved moments of every group that has people."""
        return self.of(run_facts(self.world, plan, log, seed))

    def of(self, run: RunFacts) -> dict[str, GroupBounds]:
        """The same from facts already read."""
        found = {group: self.vehicles.bounds(group, run) for group in VEHICLE_MODES}
        own = own_ways(run, self.car, self.own_roads)
        found |= {"boat": boats_out(run), "desk": desks(run), "own": own}
        return {group: bounds for group, bounds in found.items() if bounds is not None}

    def road_limits(self, plan: Plan, log: RunLog, seed: int) -> list[RoadLimit]:
        """Most cars that the roads of this night could let out, for every destination."""
        return road_limits(run_facts(self.world, plan, log, seed), self.car)

    def bus_problem(self, group: str, plan: Plan, log: RunLog, seed: int) -> BusProblem | None:
        """The arrays of a vehicle group, for the exact bound; None when it carried nobody."""
        return self.vehicles.problem(group, run_facts(self.world, plan, log, seed))
