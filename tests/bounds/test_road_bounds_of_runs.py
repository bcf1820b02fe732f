"""Roads in whole runs: never beaten, tight where one road is full, quiet where nothing queues."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from kit import EAST, NORTH, Played, Tiny, play, wet_from

from sim.bounds.check import BoundViolatedError, bounds_for_run
from sim.bounds.of_run import Limits
from sim.bounds.road_headways import least_headways
from sim.bounds.road_limits import RoadLimit
from sim.bounds.road_steps import RoadFlow
from sim.clock import MS_PER_MIN, NEVER
from sim.io.scenario_folder import load_scenario
from sim.log import Kind
from sim.measures.limits import limit_measures
from sim.measures.measure import measure_facts, read_log
from sim.plan import compile_plan
from sim.states import Way
from sim.world import World
from sim.world_build import build_world

HOUSEHOLDS = 600
LAST_MS = 599 * 4_000 + 240_000


def valley(queues: bool = True, wet_at: str | None = None) -> Tiny:
    """600 households with a car each, 2 km to the exit at 30 km/h (4 min) by one road that takes
    900 cars an hour: the last one enters 599 x 4 s after the first. The middle of the road is 2 m
    deep from a clock time on."""
    east = EAST + 2000
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "x": EAST, "y": NORTH, "zone": "Z", "resident": HOUSEHOLDS,
             "share_relatives": 1}
        ],
        "exits": [{"id": "E", "name": "县界", "kind": "exit", "x": east, "y": NORTH}],
        "nodes": [{"id": "a", "x": EAST, "y": NORTH}, {"id": "b", "x": east, "y": NORTH}],
        "edges": [{"id": "e", "from_node": "a", "to_node": "b", "speed_kmh": 30}],
    }  # fmt: skip
    water = {} if wet_at is None else wet_from(wet_at, 500, 1500, 200, depth_m=2.0)
    return Tiny(tables=tables, traffic={"queues": queues}, **water)


def _limits(run: Played) -> list[RoadLimit]:
    return Limits(run.world).road_limits(run.plan, run.log, 1)


def _came_ms(run: Played, place: int) -> np.ndarray:
    """Moments at which own cars came to a place for the first time, sorted."""
    rows = run.log.of(Kind.REGISTERED)
    party, first = np.unique(rows["who"], return_index=True)
    by_car = run.world.parties.way[party] == Way.RELATIVES
    return np.sort(rows["t"][first][by_car & (rows["place"][first] == place)])


def test_one_full_road_is_as_long_as_its_bound(tmp_path: Path) -> None:
    """The run ends within a headway of both bounds: the line across the road to the millisecond,
    the flow to its step."""
    run = play(valley().build(tmp_path, {"go": {}}), "go")
    done = int(run.log.of(Kind.REGISTERED)["t"].max())
    found = bounds_for_run(Limits(run.world), run.plan, run.log, 1)
    assert found["own_ways"] == 240_000
    assert found["own_roads"] == LAST_MS - 1
    assert LAST_MS - 1 <= done <= LAST_MS + 4_000
    (limit,) = _limits(run)
    assert limit.cars == limit.out == HOUSEHOLDS
    assert done - 2 * limit.flow.step_ms < limit.done_ms <= done


@pytest.mark.parametrize(("kind", "factor"), [("police", 1.5), ("contraflow", 2.0)])
def test_controls_that_raise_the_capacity_lower_the_bound(
    kind: str, factor: float, tmp_path: Path
) -> None:
    """Police let half as many more pass; the lanes of the other direction at most as many again.
    The run is faster than without, and not below its bound."""
    control = {"kind": kind, "edges": ["e"], "capacity_factor": 1.5, "on": "move"}
    world = valley().build(tmp_path, {"go": {"controls": {"closures": [control]}}})
    run = play(world, "go")
    found = bounds_for_run(Limits(world), run.plan, run.log, 1)
    done = int(run.log.of(Kind.REGISTERED)["t"].max())
    assert found["own_roads"] == pytest.approx(240_000 + 599 * 4_000 / factor, abs=5)
    assert found["own_roads"] <= done < LAST_MS - 5 * MS_PER_MIN
    (limit,) = _limits(run)
    assert limit.done_ms <= done


@pytest.mark.parametrize(
    ("controls", "factor"),
    [
        ([("police", 1.2), ("police", 1.5)], 1.8),
        ([("police", 0.5)], 1.0),
        ([("close", 1.2)], 1.0),
        ([("contraflow", 1.2), ("police", 1.5)], 3.0),
        ([("tidal", 1.2)], 2.0),
    ],
)
def test_the_least_headway_is_under_all_controls_that_raise_the_capacity(
    controls: list[tuple[str, float]], factor: float, tmp_path: Path
) -> None:
    """900 an hour are 4 s apart; factors on one road multiply, lower ones do not count, and only
    the edge that was named changes."""
    closures = [{"kind": kind, "edges": ["e"], "capacity_factor": f} for kind, f in controls]
    world = valley().build(tmp_path, {"go": {"controls": {"closures": closures}}})
    headway = least_headways(world, compile_plan(world, "go"))
    assert sorted(headway.tolist()) == sorted([int(4_096_000 / factor), 4_096_000])


def test_without_queues_roads_have_no_bound(tmp_path: Path) -> None:
    """In free flow everybody is there after four minutes: no line and no flow is spoken of."""
    run = play(valley(queues=False).build(tmp_path, {"go": {}}), "go")
    assert run.log.of(Kind.REGISTERED)["t"].max() == 240_000
    assert "own_roads" not in bounds_for_run(Limits(run.world), run.plan, run.log, 1)
    assert _limits(run) == []


def test_a_run_through_a_full_road_too_fast_is_found_out(tmp_path: Path) -> None:
    """A log in which the last car comes a minute sooner than the road serves is refused."""
    run = play(valley().build(tmp_path, {"go": {}}), "go")
    records = run.log.records.copy()
    late = (records["kind"] == Kind.REGISTERED) & (records["t"] > LAST_MS - MS_PER_MIN)
    records["t"][late] = LAST_MS - MS_PER_MIN
    forged = replace(run.log, records=records)
    with pytest.raises(BoundViolatedError, match="bound roads"):
        bounds_for_run(Limits(run.world), run.plan, forged, 1)


def test_out_before_the_cut_off_and_latest_order(tmp_path: Path) -> None:
    """The road is cut at minute 30: 450 cars have entered it (one in 4 s) and come; the flow finds
    so many with steps of a minute, and with its own longer ones less than a step's more. To bring
    300 out the order could have come up to 10 minutes later."""
    world = valley(wet_at="08:30").build(tmp_path, {"go": {}})
    run = play(world, "go")
    (limit,) = _limits(run)
    came = len(_came_ms(run, limit.place))
    assert 450 - 1 <= came <= limit.out < 450 + 75
    assert limit.done_ms == NEVER
    flow = RoadFlow(limit.flow.thinned, limit.flow.closures, world.horizon_ms, MS_PER_MIN)
    assert flow.out_by(limit.leavers, world.horizon_ms) == 450
    assert flow.latest_ms(limit.leavers, world.horizon_ms, 300) == 11 * MS_PER_MIN - 1
    later = limit.latest_order_ms(300, world.horizon_ms)
    assert 10 * MS_PER_MIN <= later < 20 * MS_PER_MIN
    assert limit.latest_order_ms(limit.out + 1, world.horizon_ms) < 0


@pytest.fixture
def tiny(tiny_folder: Path) -> World:
    """Two villages, a flood, buses, boats, cars on roads with queues."""
    world = build_world(load_scenario(tiny_folder))
    assert world.spec.traffic.queues
    return world


def test_no_night_lets_out_more_than_its_roads(tiny: World) -> None:
    """Twelve nights of both plans: at every moment at most so many cars came to each place as the
    flow lets there, and all of them not before its end."""
    limits = Limits(tiny)
    for plan in tiny.folder.plans:
        for replication in range(12):
            _check_night(limits, play(tiny, plan, 7, replication), 7)


def _check_night(limits: Limits, run: Played, seed: int) -> None:
    bounds_for_run(limits, run.plan, run.log, seed)
    for limit in limits.road_limits(run.plan, run.log, seed):
        came = _came_ms(run, limit.place)
        step = np.minimum(came // limit.flow.step_ms, len(limit.curve) - 1)
        assert (np.arange(1, len(came) + 1) <= limit.curve[step]).all()
        if len(came) == limit.cars:
            assert came[-1] >= limit.done_ms


def test_a_target_the_roads_cannot_meet_is_impossible(tmp_path: Path) -> None:
    """Everybody out 20 minutes after the order: one car in 4 s and 4 minutes of road make it 43.9
    for all 600, and 21.9 for 270 of them; the run itself needs no less."""
    target = {"id": "T", "name": {"zh": "转出"}, "milestone": "out", "share": 1.0,
              "deadline": {"after_order_min": 20}}  # fmt: skip
    targets = [target, target | {"id": "H", "share": 0.45}]
    run = play(valley().build(tmp_path, {"go": {"targets": targets}}), "go")
    facts = read_log(run.world, run.log)
    found = limit_measures(Limits(run.world), facts, run.plan, 1)
    measured = measure_facts(facts, run.plan)
    for name, cars in (("T", 600), ("H", 270)):
        least = (240_000 + (cars - 1) * 4_000 - 1) / MS_PER_MIN
        assert found[f"target:{name}:limit_min"] == pytest.approx(least, abs=1e-9)
        assert least <= measured[f"target:{name}:min"] <= least + 0.1


@pytest.mark.slow
@pytest.mark.parametrize("plan", ["b_early", "a_late_boats"])
def test_no_night_of_a_county_lets_out_more_than_its_roads(plan: str) -> None:
    """Three nights of the shipped county with all its private cars: below no bound, and to no
    place more cars by any moment than the largest flow brings there."""
    scenario = Path(__file__).parents[2] / "scenarios" / "yunling_stress"
    world = build_world(load_scenario(scenario))
    limits = Limits(world)
    assert len(limits.own_roads.cuts) >= 3
    for replication in range(3):
        _check_night(limits, play(world, plan, 3, replication), 3)
