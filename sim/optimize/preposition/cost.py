"""What it takes to bring units to where they wait: driving, and how long before they must leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.units import Placement
from sim.roads.network import Network
from sim.roads.passability import allowed_edges, speed_table
from sim.roads.routing import edge_costs, tree_from


@dataclass(frozen=True)
class Cost:
    """Units that wait elsewhere than at home; hours of driving of all of them, stocks by the
    truckload and the empty way back between; minutes of the longest way, on dry roads."""

    away: int
    drive_h: float
    longest_min: float


def cost(setting: Setting, placement: Placement) -> Cost:
    """Of a placement."""
    world, places = setting.world, setting.places(placement)
    away, driven, longest = 0, 0, 0
    for unit in setting.units:
        there = _drive_ms(setting, unit.home, places[unit.id])
        if places[unit.id] != unit.home and there < NEVER:
            loads = setting.kind.loads(world, setting.plan, unit.id)
            away += 1
            driven += (2 * loads - 1) * there
            longest = max(longest, there)
    return Cost(away, driven / MS_PER_HOUR, longest / MS_PER_MIN)


def _drive_ms(setting: Setting, home: int, place: int) -> int:
    world, vehicle = setting.world, setting.kind.vehicle(setting.world)
    start, end = (int(world.places.node[row]) for row in (home, place))
    if not isinstance(world.roads, Network):
        return int(np.where(start == end, 0, world.roads.ms[start, end]))
    costs = edge_costs(
        world.roads, speed_table(vehicle), allowed=allowed_edges(world.roads, vehicle)
    )
    return int(tree_from(world.roads, start, costs).dist_ms[end])
