"""Coaches and cars on the same road: queues, controls that change it, cars from off the lists."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hamlet import Water, at_min, bus, depot, flooded, on_roads, shelter, stop, village, zone
from kit import play
from valley import CARS, EDGES, FREE_MIN, HEADWAY_MIN, NODES, cars_out, valley

from sim.log import Kind
from sim.states import Mode


def test_cars_leave_one_headway_apart(tmp_path: Path) -> None:
    """The k-th car is out k headways after the first."""
    expected = FREE_MIN + np.arange(CARS) * HEADWAY_MIN
    assert cars_out(valley(tmp_path)) == pytest.approx(expected.tolist(), abs=1e-3)


def test_a_coach_stands_in_the_queue_of_the_cars(tmp_path: Path) -> None:
    """Boarding at once behind 300 cars: it arrives when they have set out, not at 6.5 minutes."""
    coach = at_min(valley(tmp_path, coach=True), Kind.OUT, int(Mode.COACH))
    assert min(coach) > FREE_MIN + 0.4 * CARS * HEADWAY_MIN


def test_contraflow_nearly_doubles_the_road(tmp_path: Path) -> None:
    """Both lanes outward but for a tenth kept for buses: 1.9 times the capacity."""
    controls = {"closures": [{"kind": "contraflow", "edges": ["a", "b"], "on": "move"}]}
    last = cars_out(valley(tmp_path, controls=controls))[-1]
    assert last == pytest.approx(FREE_MIN + (CARS - 1) * HEADWAY_MIN / 1.9, abs=0.05)


def test_a_lane_that_is_taken_is_given_back(tmp_path: Path) -> None:
    """Half the flow for six minutes, then as before: three minutes of flow are lost."""
    control = {"kind": "police", "edges": ["a", "b"], "capacity_factor": 0.5, "for_min": 6}
    out = cars_out(valley(tmp_path, controls={"closures": [control]}))
    assert out[-1] == pytest.approx(FREE_MIN + 3 + (CARS - 1) * HEADWAY_MIN, abs=0.05)


def test_a_road_that_is_released_is_used_again(tmp_path: Path) -> None:
    """Closed for ten minutes from the order on: by car once it is open again, and some on foot."""
    controls = {"closures": [{"edges": ["b"], "for_min": 10}]}
    run = valley(tmp_path, controls=controls)
    assert sorted(run.log.of(Kind.CLOSURE)["value"].tolist()) == [0, 1]
    assert cars_out(run)[0] > 10
    assert len(run.log.of(Kind.OUT)) == CARS


def test_ordinary_traffic_takes_its_share(tmp_path: Path) -> None:
    """Half of the capacity in use at every hour: twice the headway."""
    last = cars_out(valley(tmp_path, background_by_hour=[0.5] * 24))[-1]
    assert last == pytest.approx(FREE_MIN + (CARS - 1) * HEADWAY_MIN * 2, abs=0.1)


def test_shadow_cars_load_the_same_road(tmp_path: Path) -> None:
    """VT14: a fifth of 600 households off the lists leave too; those on the lists wait longer by
    as many headways as there are cars, and every car is accounted for."""
    run = valley(tmp_path, shadow_share=0.2)
    shadow = int(run.log.of(Kind.SHADOW)["value"].sum())
    assert shadow == int(run.log.of(Kind.SHADOW_ENDED)["value"].sum())
    half = 1.96 * (600 * 0.2 * 0.8) ** 0.5
    assert abs(shadow - 120) <= half
    alone = FREE_MIN + (CARS - 1) * HEADWAY_MIN
    assert alone < cars_out(run)[-1] <= alone + (shadow + 1) * HEADWAY_MIN


def test_the_water_still_stops_cars_in_a_queue(tmp_path: Path) -> None:
    """Nobody enters the flooded road after it is known and deep, queue or not."""
    shares = {"share_relatives": 1.0, "share_coach": 0.0}
    tiny = on_roads(
        NODES, EDGES, settlements=[village(persons=CARS, household_size=1, **shares)],
        zones=[zone()], assembly_points=[stop()], shelters=[shelter()],
        depots=[depot(node="v")], vehicles=[bus()],
        exits=[{"id": "E", "name": "亲戚家", "kind": "relatives", "node": "s"}],
    )  # fmt: skip
    tiny.traffic = {"queues": True, "night_capacity_share": 1}
    water = Water(edges={"b": [(0, 0), (10, 900)], "b-": [(0, 0), (10, 900)]})
    run = play(flooded(tiny.build(tmp_path, {"go": {"fleet": {}}}), water), "go")
    out = cars_out(run)
    assert 0 < len(out) < CARS
    assert max(out) <= 10 + 6 + 1e-3
