"""Small roads with queues: links from a few numbers, a supply, trees, and a county-free kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from arc_kit import arc_network

from sim.roads.network import Network
from sim.roads.passability import speed_table, vehicle_classes
from sim.roads.queues import Departures, Ended, Queues, Supply, headway, route_row
from sim.roads.routing import Water, edge_costs, tree_to

CAR = speed_table(vehicle_classes()["car"])
COACH = speed_table(vehicle_classes()["coach"])
HOUR, SECOND = 3_600_000, 1_000
PLENTY = 32_767


def roads(arcs: Sequence[tuple[int, int]], length_m: int = 1000, kmh: int = 36) -> Network:
    """Links of equal length; 36 km/h is 10 m/s, so 1 km takes 100 s."""
    return arc_network(1 + max(map(max, arcs)), arcs, length_m, kmh)


def chain(n: int) -> Network:
    """n links of 1 km one after the other, 100 s each."""
    return roads([(i, i + 1) for i in range(n)])


def supply(
    network: Network, pcu_h: object = 1800, storage: object = PLENTY, wave_s: object = 0
) -> Supply:
    """The same for all links, or a list of one number each."""
    m = network.n_edges
    return Supply(
        np.broadcast_to(headway(pcu_h), m).copy(),  # type: ignore[arg-type]
        np.broadcast_to(np.asarray(storage, np.int32), m).copy(),
        np.broadcast_to(np.asarray(wave_s, np.int32) * SECOND, m).copy(),
    )


def open_roads(
    network: Network,
    held: Supply,
    targets: Sequence[int] = (-1,),
    water: Water | None = None,
) -> Queues:
    """Queues with a tree towards each target node (-1: the last node); cars and coaches."""
    cost = edge_costs(network, CAR)
    trees = [route_row(tree_to(network, t % network.n_nodes, cost)) for t in targets]
    return Queues(network, held, np.stack(trees), [CAR, COACH], water, with_use=True)


def at_once(n: int, origin: int = 0) -> Departures:
    """n cars that want to leave a node at time 0."""
    return Departures(np.zeros(n, np.int64), origin)


def play(queues: Queues, until: int = 100 * HOUR) -> Ended:
    """Everything that ends by a time."""
    return queues.advance(until)
