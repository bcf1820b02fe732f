"""What the roads of one night could have let out at most, asked for by hand.

A maximum flow with the closures of the night's hazard member for every destination: 50 to 100 ms
each on a county. Too much for every replication; the lines of sim.bounds.own_roads stand beside
those.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.bounds.problem import Int64
from sim.bounds.road_flow import first_with
from sim.bounds.road_headways import least_headways
from sim.bounds.road_steps import Closures, Leavers, RoadFlow
from sim.bounds.road_thinning import RoadTimes, thin
from sim.bounds.run_facts import RunFacts
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import NEVER
from sim.hazards import Member
from sim.plan import Plan
from sim.processes.road_blocks import may_clear, without_debris
from sim.roads.hindrance import Hindrance
from sim.roads.network import Network
from sim.roads.passability import vehicle_classes
from sim.states import Way
from sim.world import World


@dataclass(frozen=True)
class RoadLimit:
    """Own cars bound for one place in one night.

    place: its row; leavers: cars that were ready to leave; flow: of the roads there; curve: most
    that can have come there by each step of the flow, int64[steps].
    """

    place: int
    leavers: Leavers
    flow: RoadFlow
    curve: Int64

    @property
    def cars(self) -> int:
        """Cars that were ready to leave."""
        return len(self.leavers.node)

    @property
    def out(self) -> int:
        """Most that can have come there within the horizon; the others are cut off."""
        return int(self.curve[-1])

    @property
    def done_ms(self) -> int:
        """Not all of them can be there before; NEVER when some are cut off whatever they do."""
        return self.flow.moment_ms(first_with(self.curve, self.cars))

    def latest_order_ms(self, number: int, horizon_ms: int) -> int:
        """How much later all orders may come, at most, for a number of cars to come there.

        Everybody then is ready as much later; negative when even this night's orders are too late.
        """
        return self.flow.latest_ms(self.leavers, horizon_ms, number)


def road_limits(run: RunFacts, car: DryTimes) -> list[RoadLimit]:
    """The limits of every destination of own cars in one run; none without a road network.

    Each destination has the roads to itself: cars bound elsewhere only make it later.
    """
    world = run.world
    roads = world.roads
    if not isinstance(roads, Network) or not world.spec.traffic.queues:
        return []
    least = np.maximum(at_speed(car.link_us, run.night.speed_q16), 1)
    times = RoadTimes(least, least_headways(world, run.plan))
    closures = car_closures(world, world.hazard.member(run.log.member), run.plan)
    closing, node = closures.edges(), world.places.node.astype(np.int64)
    place, home, ready_ms = _leavers(run)
    found = []
    for row in np.unique(place).tolist():
        mine = place == row
        leavers = Leavers(node[home[mine]], ready_ms[mine])
        thinned = thin(roads, times, (leavers.node, node[row : row + 1]), closing)
        flow = RoadFlow(thinned, closures, world.horizon_ms)
        found.append(RoadLimit(row, leavers, flow, flow.curve(leavers)))
    return found


def car_closures(world: World, member: Member, plan: Plan) -> Closures:
    """When a member's water closes roads to cars: those who go in all the same get stuck.

    What teams may clear closes nothing: nobody knows beforehand how soon they will.
    """
    car = vehicle_classes()["car"]
    layers = world.layers(member)
    if may_clear(world, plan):
        layers = tuple(without_debris(layer) for layer in layers)
    hindrance = Hindrance(layers, world.hazard.step_ms)
    closed = hindrance.of(car).hindrance >= car.depth_limit_mm
    return Closures(hindrance.edge_row, closed, world.hazard.step_ms)


def _leavers(run: RunFacts) -> tuple[Int64, Int64, Int64]:
    """Destination, home and moment of being ready of those who wanted to leave by car."""
    world, ready = run.world, run.carried.ready
    home = world.parties.home.astype(np.int64)
    exits = world.homes.exit[home]
    mine = np.flatnonzero((world.parties.way == Way.RELATIVES) & (ready < NEVER) & (exits >= 0))
    return world.exit_place + exits[mine].astype(np.int64), home[mine], ready[mine]
