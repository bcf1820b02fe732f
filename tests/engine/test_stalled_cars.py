"""Cars that stall on a narrow road: the fleet hears of it when it stands before it, not later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hamlet import Steps, Water, depot, flooded, on_roads, village
from kit import Row

from sim.cars import CarGroup
from sim.draws import Draws
from sim.plan import compile_plan
from sim.roads.passability import vehicle_classes
from sim.roads.router import Drive
from sim.roads.routing import Trip
from sim.state import Run
from sim.traffic import Traffic

MIN = 60_000
NODES = {"v": 0, "m": 5_000, "e": 6_500}
EDGES: list[Row] = [
    {"id": "a", "from_node": "v", "to_node": "m"},
    {"id": "b", "from_node": "m", "to_node": "e", "width_m": 3.5, "passing_place_m": 300},
]
TO_M_MIN, TO_E_MIN = 5, 6.5
"""Five kilometres, then one and a half on the narrow road, at 60 km/h."""
DEEP_MM = 320
"""A car stops at 300 mm, a coach at 350 mm."""
CLEARING_MIN = 60
"""From when the road is passable again until a stalled car is pushed aside."""


class Told(NamedTuple):
    """What a coach was told, and at which minute."""

    minute: float
    drive: Drive


class NarrowRoad:
    """A run with nothing but traffic; the narrow road is deep for cars from time to time."""

    def __init__(self, folder: Path, wet: Steps) -> None:
        tiny = on_roads(
            NODES, EDGES, settlements=[village(persons=9)], shelters=[], vehicles=[],
            depots=[depot(node="m")], exits=[{"id": "E", "name": "外县", "node": "e"}],
        )  # fmt: skip
        tiny.traffic = {"queues": True, "rain": False, "night_capacity_share": 1}
        world = flooded(tiny.build(folder, {"go": {}}), Water(edges={"b": wet, "b-": wet}))
        self.run = Run(world, compile_plan(world, "go"), Draws(1, 0), world.statics.views.view(0))
        self.traffic = Traffic(self.run)
        self.traffic.on_arrival = lambda arrivals: self.cars_end.extend(arrivals.ends.status)
        self.node = {name: i for i, name in enumerate(world.roads.node_ids)}
        self.told: list[Told] = []
        self.cars_end: list[int] = []

    def cars(self, *minutes: float) -> None:
        """Cars that drive into any water set out from v to e."""
        n = len(minutes)
        depart = np.array([round(minute * MIN) for minute in minutes])
        ends = (np.full(n, self.node[name]) for name in ("v", "e"))
        self.traffic.submit(CarGroup(np.arange(n), depart, np.full(n, 999, np.int32), *ends))

    def coach(self, minute: float) -> None:
        """A coach sets out from v to e, whatever it hears of cars."""

        def drives() -> Iterator[Any]:
            yield self.run.timeout(round(minute * MIN) - self.run.now)
            coach = vehicle_classes()["coach"]
            drive = yield self.traffic.drive(coach, self.node["v"], self.node["e"])
            self.told.append(Told(self.run.now / MIN, drive))

        self.run.start(drives())  # type: ignore[arg-type]

    def stands_before_it(self, minute: float) -> None:
        """The coach that set out at a minute is told of the stalled car when it gets to m."""
        self.coach(minute)
        at_m = minute + TO_M_MIN
        self.run.until(round(at_m * MIN) - 1)
        assert not self.told
        self.run.until(round(at_m * MIN))
        told, drive = self.told.pop()
        assert told == drive.time_ms / MIN == at_m
        assert (drive.status, drive.node) == (Trip.BLOCKED, self.node["m"])

    def gets_through(self, minute: float) -> None:
        """The coach that set out at a minute drives on as on an empty road."""
        self.coach(minute)
        self.run.until(round((minute + TO_E_MIN) * MIN))
        told, drive = self.told.pop()
        assert told == drive.time_ms / MIN == minute + TO_E_MIN
        assert drive.status == Trip.ARRIVED


@pytest.mark.parametrize("minute", [32, 70], ids=["in the water", "the water is gone"])
def test_a_coach_before_a_stalled_car_hears_of_it_when_it_gets_there(
    tmp_path: Path, minute: float
) -> None:
    """The coach stands water that stops a car; behind the car it stops at the very moment."""
    road = NarrowRoad(tmp_path, [(0, 0), (10, DEEP_MM), (50, 0)])
    road.cars(6)
    road.stands_before_it(minute)


def test_a_coach_without_a_stalled_car_before_it_drives_through(tmp_path: Path) -> None:
    """The same water and no car: the coach arrives, slowed down by the water only."""
    road = NarrowRoad(tmp_path, [(0, 0), (10, DEEP_MM), (50, 0)])
    road.gets_through(70)


TWO_WAVES = [(0, 0), (10, DEEP_MM), (40, 0), (50, DEEP_MM), (70, 0)]
"""A car that enters the narrow road at minute 11 stalls at 32, one that enters at 31 at 52."""


def test_a_narrow_road_is_shut_until_its_last_stalled_car_is_cleared(tmp_path: Path) -> None:
    """The first car is pushed aside at minute 100, 60 minutes after its water; but the road opens
    with the second one, at 130."""
    road = NarrowRoad(tmp_path, TWO_WAVES)
    road.cars(6, 26)
    road.stands_before_it(40 + CLEARING_MIN + 1)
    road.stands_before_it(70 + CLEARING_MIN - TO_M_MIN - 0.001)
    road.gets_through(70 + CLEARING_MIN + 1)
    assert road.cars_end == [Trip.STALLED] * 2


def test_a_narrow_road_opens_when_its_only_stalled_car_is_cleared(tmp_path: Path) -> None:
    """The first of those cars alone: shut until minute 100, open from then on."""
    road = NarrowRoad(tmp_path, TWO_WAVES)
    road.cars(6)
    road.stands_before_it(40 + CLEARING_MIN - TO_M_MIN - 0.001)
    road.gets_through(40 + CLEARING_MIN + 1)
    assert road.cars_end == [Trip.STALLED]
