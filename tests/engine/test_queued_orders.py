"""What orders and crashes leave of the capacity of a road, edge by edge."""

from __future__ import annotations

import numpy as np
import pytest

from sim.queued_orders import RoadOrders
from sim.roads.capacity import opposite_edges, road_supply
from sim.roads.network import Edges, Network, Nodes, build_network

OUT, BACK = 0, 1


def road(lanes: int, width_mm: int = 0) -> tuple[Network, RoadOrders]:
    """One road of a kilometre, an edge each way."""
    edges = Edges(
        ("out", "back"),
        np.array([0, 1], np.int32),
        np.array([1, 0], np.int32),
        np.array([600, 600], np.int32),
        lanes=np.full(2, lanes, np.int16),
        width_mm=np.full(2, width_mm, np.int32),
    )
    nodes = Nodes(("a", "b"), np.array([0.0, 1000.0]), np.zeros(2))
    network = build_network(nodes, edges)
    opposite = opposite_edges(network, np.ones(2, np.bool_)).astype(np.int64)
    return network, RoadOrders(network, road_supply(network), opposite)


@pytest.mark.parametrize(
    ("lanes", "lost", "share"),
    [(1, 1, 0.25), (2, 1, 0.35), (3, 1, 0.49), (3, 2, 0.17), (4, 2, 0.25), (6, 3, 0.13)],
)
def test_a_crash_leaves_less_than_the_lanes_that_are_free(
    lanes: int, lost: int, share: float
) -> None:
    """The shares of the manual; roads of more than four lanes count as four."""
    _, orders = road(lanes)
    orders.lose_lanes(OUT, lost)
    assert orders.share().tolist() == pytest.approx([share, 1])
    orders.lose_lanes(OUT, -lost)
    assert orders.share().tolist() == [1, 1]


def test_turned_lanes_and_what_is_left_for_buses() -> None:
    """Contraflow: 1.9 times outward and a tenth back; tidal: twice outward, the way back as it
    is; on a road of one lane there is no second lane to take."""
    out = np.array([OUT])
    _, wide = road(1)
    wide.count(wide.turned, out, True)
    assert wide.share().tolist() == pytest.approx([1.9, 0.1])
    wide.count(wide.turned, out, False)
    wide.count(wide.tidal, out, True)
    assert wide.share().tolist() == pytest.approx([2, 1])
    _, narrow = road(1, width_mm=4_000)
    narrow.count(narrow.turned, out, True)
    assert narrow.share().tolist() == [1, 1]


def test_the_first_of_two_orders_begins_and_the_last_ends() -> None:
    """count names the edges that change, not those on which something lies already."""
    _, orders = road(1)
    both = np.array([OUT, BACK])
    assert orders.count(orders.closed, both, True).tolist() == [OUT, BACK]
    assert orders.count(orders.closed, both[:1], True).tolist() == []
    assert orders.count(orders.closed, both, False).tolist() == [BACK]
    assert orders.count(orders.closed, both[:1], False).tolist() == [OUT]
