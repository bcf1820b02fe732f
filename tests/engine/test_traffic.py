"""The one door for movement: walking, vehicles of the fleet, own cars in rounds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hamlet import Steps, Water, depot, flooded, on_roads, village
from hypothesis import given
from hypothesis import strategies as st
from kit import Row

from sim.cars import Arrivals, CarGroup
from sim.draws import Draws
from sim.log import Kind
from sim.plan import compile_plan
from sim.roads.routing import Trip
from sim.state import Run
from sim.traffic import PATIENCE_MS, ROUND_MS, Traffic

MIN = 60_000
EDGES: list[Row] = [
    {"id": "a", "from_node": "v", "to_node": "m"},
    {"id": "b", "from_node": "m", "to_node": "e"},
    {"id": "c", "from_node": "v", "to_node": "e", "length_m": 30_000},
]


class Door:
    """A run with nothing but traffic, and the arrivals it hands back."""

    def __init__(
        self, folder: Path, wet: Steps = ((0, 0),), edges: int = 3, queues: bool = True
    ) -> None:
        tiny = on_roads(
            {"v": 0, "m": 5_000, "e": 10_000}, EDGES[:edges], settlements=[village(persons=9)],
            shelters=[], depots=[depot(node="m")], vehicles=[],
            exits=[{"id": "E", "name": "外县", "node": "e"}],
        )  # fmt: skip
        tiny.traffic = {"queues": queues, "night_capacity_share": 1}
        water = Water(edges={"b": wet, "b-": wet})
        world = flooded(tiny.build(folder, {"go": {}}), water)
        self.run = Run(world, compile_plan(world, "go"), Draws(1, 0), world.statics.views.view(0))
        self.traffic = Traffic(self.run)
        self.traffic.on_arrival = self._note
        self.node = {name: i for i, name in enumerate(world.roads.node_ids)}
        self.arrived: list[tuple[int, float, Trip, str]] = []
        self.heard: list[float] = []

    def _note(self, arrivals: Arrivals) -> None:
        names = list(self.node)
        for i, party in enumerate(arrivals.parties.tolist()):
            status = Trip(int(arrivals.ends.status[i]))
            minute = float(arrivals.ends.time_ms[i]) / MIN
            self.arrived.append((party, minute, status, names[int(arrivals.ends.node[i])]))
            self.heard.append(self.run.now / MIN)

    def submit(self, parties: list[int], minutes: list[float], willing_mm: int = 300) -> None:
        """Cars from v to e."""
        n = len(parties)
        self.traffic.submit(
            CarGroup(
                np.array(parties),
                np.array([round(m * MIN) for m in minutes]),
                np.full(n, willing_mm, np.int32),
                np.full(n, self.node["v"]),
                np.full(n, self.node["e"]),
            )
        )


HEADWAY_MIN = 60 / 1700
"""Between two cars on a two-lane road at 60 km/h (sim/defaults/traffic.csv)."""


@pytest.fixture(params=[True, False], ids=["queues", "free"])
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Door:
    """Dry roads: 10 km at 60 km/h from v to e, with and without queues."""
    return Door(tmp_path, queues=request.param)


def test_cars_arrive_at_their_exact_times_and_are_heard_of_in_rounds(door: Door) -> None:
    """Left at 1 and 7.5: ten minutes later there; the news comes at the end of a round."""
    door.submit([3, 5], [1, 7.5])
    door.run.until(60 * MIN)
    assert [(p, t) for p, t, _, _ in door.arrived] == [(3, 11), (5, 17.5)]
    assert all(minute % (ROUND_MS // MIN) == 0 for minute in door.heard)


def test_who_is_called_off_does_not_leave(door: Door) -> None:
    """Of three who will leave at 30 one is called off and leaves at 5 instead."""
    door.submit([1, 2, 3], [30, 30, 30])
    door.traffic.call_off(np.array([2]))
    door.submit([2], [5])
    door.run.until(90 * MIN)
    queues = door.run.world.spec.traffic.queues
    arrived = sorted((t, p) for p, t, _, _ in door.arrived)
    assert [p for _, p in arrived] == [2, 1, 3]
    assert [t for t, _ in arrived] == pytest.approx([15, 40, 40 + queues * HEADWAY_MIN], abs=1e-4)


def test_closed_edges_are_avoided_by_cars_and_not_by_the_fleet(door: Door) -> None:
    """With b closed a car goes round, 30 km; the fleet is let through, 10 km."""
    edges = door.run.world.roads.edge_ids  # type: ignore[union-attr]
    door.traffic.close(np.array([edges.index("b")]))
    door.submit([1], [0])
    coach = door.traffic.drive(door.traffic.car, door.node["v"], door.node["e"])
    door.run.until(60 * MIN)
    assert door.arrived[0][1] == 30
    assert coach.value.time_ms == 10 * MIN and coach.value.metres == 10_000


def test_a_car_meets_water_that_was_not_known_when_it_left(tmp_path: Path) -> None:
    """Known dry at 0; at 5 it stands at m before 90 cm and is blocked there."""
    door = Door(tmp_path, [(0, 0), (0, 0), (10, 900)])
    door.submit([1], [6])
    door.run.until(20 * MIN)
    assert door.arrived == [(1, 11, Trip.BLOCKED, "m")]


def test_a_car_takes_the_way_that_is_known_to_be_free(tmp_path: Path) -> None:
    """b is known to be flooded since 30: who leaves at 40 goes round."""
    door = Door(tmp_path, [(30, 900)])
    door.submit([1], [40])
    door.run.until(120 * MIN)
    assert door.arrived == [(1, 70, Trip.ARRIVED, "e")]


def test_waiting_cars_go_on_when_the_road_is_known_to_be_open(tmp_path: Path) -> None:
    """There is no other way. Known to be flooded at 30, dry again at 40, known at 60: there at 65,
    after an hour at m."""
    door = Door(tmp_path, [(10, 900), (40, 0)], edges=2)
    door.traffic.wait_for_road(4, door.node["m"], door.node["e"])
    door.run.until(120 * MIN)
    assert door.arrived == [(4, 65, Trip.ARRIVED, "e")]
    waits = door.run.finish().of(Kind.WAIT_ROAD)
    assert waits["value"].tolist() == [60 * MIN]


def test_cars_that_have_waited_long_enough_give_up(tmp_path: Path) -> None:
    """The road stays flooded: they come back at the end of their patience, still at m."""
    door = Door(tmp_path, [(0, 900)], edges=2)
    door.traffic.wait_for_road(4, door.node["m"], door.node["e"])
    door.run.until(300 * MIN)
    assert door.arrived == [(4, PATIENCE_MS / MIN, Trip.NO_ROUTE, "m")]


@given(pace=st.integers(300, 3000), length=st.integers(0, 5_000_000), depart=st.integers(0, 10**8))
def test_walking_takes_length_over_pace_rounded_up(pace: int, length: int, depart: int) -> None:
    """Never faster than the pace, and less than a millisecond slower."""
    traffic = object.__new__(Traffic)
    traffic._pace = [pace]
    took = traffic.walk(0, depart, length) - depart
    assert took * pace >= length * 1000 > (took - 1) * pace or took == length == 0
