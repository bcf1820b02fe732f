"""What roads can hold and carry fits together: storage, waves and capacity of one diagram."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from arc_kit import arc_network
from hypothesis import given, settings
from hypothesis import strategies as st
from queue_kit import CAR, HOUR, at_once, play

from sim.roads.capacity import capacity_pcu_h, road_supply
from sim.roads.network import Network
from sim.roads.queues import Queues, route_row
from sim.roads.routing import edge_costs, tree_to


def street(lengths_m: list[int], kmh: int = 40, lanes: int = 1) -> Network:
    """Links one after the other."""
    n = len(lengths_m)
    return arc_network(n + 1, [(i, i + 1) for i in range(n)], lengths_m, kmh, lanes)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.integers(1, 3000), min_size=1, max_size=20),
    st.integers(5, 120),
    st.integers(1, 3),
)
def test_places_are_those_of_the_jam_density(lengths: list[int], kmh: int, lanes: int) -> None:
    """At most one place more than length x jam density, and never too few to carry the capacity."""
    network = street(lengths, kmh, lanes)
    supply, capacity = road_supply(network), capacity_pcu_h(network)
    jam = network.length_mm / 1e6 * 99.4 * lanes
    free_ms = network.length_mm * 36 / network.speed_kmh_x10
    carried = supply.storage_pcu * 3.6e6 / (free_ms + supply.wave_ms)
    assert (carried >= capacity * 0.999).all()
    slow = capacity / kmh < 0.9 * 99.4 * lanes
    assert (np.abs(supply.storage_pcu - jam)[slow] <= 1.2).all()


@pytest.mark.parametrize("piece_m", [7, 14, 35, 61, 200])
def test_a_street_in_pieces_carries_its_capacity(piece_m: int) -> None:
    """However short the links into which a map cuts a street, it carries what its class does."""
    network = street([piece_m] * 20)
    tree = tree_to(network, 20, edge_costs(network, CAR))
    queues = Queues(network, road_supply(network), route_row(tree)[None, :], [CAR])
    queues.add(at_once(1126))
    time_ms = play(queues).time_ms
    assert time_ms[-1] - time_ms[0] <= HOUR * 1.001  # 1,125 pcu/h at 40 km/h


def test_a_stated_capacity_goes_before_the_assumed_one() -> None:
    """600 pcu/h as the map says; where it says nothing, 1,125 by speed, and the storage of both."""
    stated = street([500, 500])
    column = np.array([600, 0], np.int32)
    network = replace(stated, capacity_pcu_h=column)
    assert capacity_pcu_h(network).tolist() == [600, 1125]
    assert road_supply(network).headway_q10.tolist() == [6_144_000, 3_276_800]


def test_who_is_held_goes_on_one_after_another() -> None:
    """Held for ten minutes before the second of two links: the first car passes then, the others
    one headway apart; a hold for less than is left changes nothing."""
    network = street([500, 500])
    tree = tree_to(network, 2, edge_costs(network, CAR))
    queues = Queues(network, road_supply(network), route_row(tree)[None, :], [CAR])
    queues.add(at_once(4))
    queues.hold([1], 600_000)
    queues.hold([1], 300_000)
    time_ms = play(queues).time_ms
    expected = 600_000 + 45_000 + np.arange(4) * 3_200
    assert time_ms.tolist() == expected.tolist()
