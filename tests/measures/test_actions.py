"""How long answers took in one night, worked out by hand, and how they are kept."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_night import NIGHT
from small_county import A1, Z1, Z2, County, log_of

from sim.measures.actions import (
    BY_ZONE,
    OF_COUNTY,
    action_minutes,
    action_times,
    unpack_times,
)
from sim.measures.facts import Facts


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The night of the small county, with what actions read besides."""
    world: Any = County().world()
    world.parties.needs = np.zeros(6, np.int8)
    world.assembly_place, world.assembly_zone = A1, np.array([Z1, Z2])
    return Facts(world, log_of(NIGHT))


BY_HAND = {
    "order_move": (30, math.nan),  # triggered at 30, signed at 60; Z2 acted by itself
    "order_prepare": (math.nan, math.nan),
    "told": (40, 30),  # 13 of 14 told at 100 after 60; 6 of 6 at 120 after 90
    "told_by_hand": (math.nan, math.nan),
    "patients": (math.nan, math.nan),
    "first_vehicle": (30, math.inf),  # first at A1 at 90, coach leaves at 120; none comes to A2
    "after_cutoff": (120, math.nan),  # cut at 180, the five left behind are out at 300
    "boat": (50, math.nan),  # call at 200, boat launched at 250
    "headcount": (250, math.inf),  # 13 of 14 counted at 310 after 60; 4 of 6 never
}


@pytest.mark.parametrize("action", BY_HAND)
def test_zones_by_hand(facts: Facts, action: str) -> None:
    """Every action of the night takes the minutes worked out by hand, zone by zone."""
    np.testing.assert_array_equal(action_minutes(facts)[action], BY_HAND[action])


def test_county_by_hand(facts: Facts) -> None:
    """Who went back is never safe again; 16 of 20 counted are too few; no vehicle was called."""
    found = {name: float(action_minutes(facts)[name][0]) for name in OF_COUNTY}
    assert found["back_again"] == math.inf
    assert found["headcount_county"] == math.inf
    for name in ("fleet_ready", "sent_on", "rerouted", "repaired"):
        assert math.isnan(found[name])


def test_every_action_has_its_row(facts: Facts) -> None:
    """Zone actions have a value per zone, county actions one; nothing else is there."""
    found = action_minutes(facts)
    assert set(found) == {*BY_ZONE, *OF_COUNTY}
    assert {len(found[name]) for name in BY_ZONE} == {2}
    assert {len(found[name]) for name in OF_COUNTY} == {1}


def test_kept_times_come_back(facts: Facts) -> None:
    """What is stored as whole milliseconds is read as the same minutes, unknown and never too."""
    unpacked = unpack_times(np.stack([action_times(facts)] * 3))
    for name, minutes in action_minutes(facts).items():
        np.testing.assert_allclose(unpacked[name][2], minutes, atol=1e-5)


@given(st.integers(1, 5), st.integers(1, 4))
def test_any_number_of_zones(zones: int, nights: int) -> None:
    """Stored lines are cut into zones and county whatever the number of zones."""
    columns = len(BY_ZONE) * zones + len(OF_COUNTY)
    lines = np.arange(nights * columns, dtype=np.int64).reshape(nights, columns) * 60_000
    found = unpack_times(lines)
    assert all(found[name].shape == (nights, zones) for name in BY_ZONE)
    assert found[OF_COUNTY[-1]][0, 0] == columns - 1
