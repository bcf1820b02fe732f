"""Bounds of whole runs: never beaten, computed from the same night, an alarm that rings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bus_instances import as_world, in_loads
from kit import Played, Tiny, play
from test_vt_monotone import one_road
from test_vt_shuttle import shuttle

from sim.bounds.check import BoundViolatedError, bounds_for_run, check_bounds, efficiency_of
from sim.bounds.fleet_exact import fleet_work_exact
from sim.bounds.of_run import Limits
from sim.bounds.run_facts import run_facts
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_MIN
from sim.io.scenario_folder import load_scenario
from sim.log import Kind
from sim.roads.matrix_router import MatrixRouter
from sim.roads.network import Network
from sim.roads.passability import VehicleClass, vehicle_classes
from sim.roads.router import DryRouter, RoadRouter, Router
from sim.roads.routing import Trip
from sim.world import World
from sim.world_build import build_world

FACTORS_Q16 = (65536, 60000, 48123, 91750)


@pytest.fixture
def tiny(tiny_folder: Path) -> World:
    """Two villages, a flood, buses, boats, cars, stairs, an ambulance."""
    return build_world(load_scenario(tiny_folder))


def _bounds(run: Played, seed: int = 1) -> dict[str, float]:
    return bounds_for_run(Limits(run.world), run.plan, run.log, seed)


def _efficiency(run: Played, seed: int = 1) -> dict[str, float]:
    return efficiency_of(Limits(run.world), run_facts(run.world, run.plan, run.log, seed))


def test_no_replication_beats_a_bound(tiny: World) -> None:
    """Fifteen nights of both plans: every group is head-counted at or after each of its bounds,
    every group that has people has bounds, and efficiency is between 0 and 1."""
    limits, groups = Limits(tiny), set()
    for plan in tiny.folder.plans:
        for replication in range(15):
            run = play(tiny, plan, 7, replication)
            found = limits.groups(run.plan, run.log, 7)
            check_bounds(found, plan, replication)
            groups |= set(found)
            efficiency = _efficiency(run, 7).get("efficiency", 0.0)
            assert 0 <= efficiency <= 1
    assert groups >= {"bus", "ambulance", "boat", "desk", "own"}


@pytest.mark.parametrize(("buses", "bays", "minutes"), [(1, 1, 630), (5, 5, 110), (5, 1, 180)])
def test_the_bounds_of_vt07_are_its_time(
    buses: int, bays: int, minutes: int, tmp_path: Path
) -> None:
    """From the log of the deterministic shuttle the largest bound is the exact time: efficiency
    1 within a millisecond."""
    world = shuttle(buses, bays).build(tmp_path, {"go": {"fleet": {}}})
    run = play(world, "go")
    assert max(_bounds(run).values()) == minutes * MS_PER_MIN
    measures = _efficiency(run)
    assert measures == {"efficiency": 1.0}


def test_a_run_below_its_bound_raises_and_names_everything(tmp_path: Path) -> None:
    """The log of a shuttle with its last hour cut down by a minute is faster than physics."""
    world = shuttle(1, 1).build(tmp_path, {"go": {"fleet": {}}})
    run = play(world, "go")
    records = run.log.records.copy()
    counted = records["kind"] == Kind.REGISTERED
    late = counted & (records["t"] == records["t"][counted].max())
    records["t"][late] -= MS_PER_MIN
    forged = Played(world, run.plan, replace(run.log, records=records))
    with pytest.raises(BoundViolatedError, match=r"plan go, replication 0: bus .* bound"):
        _bounds(forged)


def test_efficiency_is_absent_when_somebody_stays_behind(tmp_path: Path) -> None:
    """Without a fleet nobody is carried: there is no T100 to compare with."""
    world = shuttle(1, 1).build(tmp_path, {"go": {}})
    run = play(world, "go")
    assert _efficiency(run) == {}


def test_bounds_move_with_the_draws_of_their_night(tmp_path: Path) -> None:
    """Nights with slower roads and later drivers have later bounds, and never above their run."""
    world = one_road(10).build(tmp_path, {"go": {"fleet": {}}})
    found = []
    for replication in range(8):
        run = play(world, "go", 1, replication)
        found.append(max(_bounds(run).values()))
    assert len(set(found)) == 8


def test_the_exact_work_of_a_run_lies_between_quick_bound_and_run(tmp_path: Path) -> None:
    """On request the transport problem of a run is solved: not below the quick relaxation taken
    over everybody, not above what the run needed."""
    instance = {
        "buses_per_depot": [2], "bus_capacity": 45, "demand": [100, 60], "handling": 5,
        "shelter_capacity": [90, 90], "dist_depot_pickup": [[5, 9]],
        "dist_pickup_shelter": [[10, 25], [12, 14]],
    }  # fmt: skip
    world = as_world(instance).build(tmp_path, {"go": {"fleet": {}}})
    run = play(world, "go")
    problem = Limits(world).bus_problem("bus", run.plan, run.log, 1)
    assert problem is not None
    work = fleet_work_exact(problem)
    assert _bounds(run)["bus_work"] <= work.ends <= run.log.of(Kind.REGISTERED)["t"].max()
    assert in_loads(instance)["demand"] == [3, 2]


@pytest.mark.parametrize("factor", FACTORS_Q16)
def test_no_drive_on_roads_is_faster_than_the_dry_times(tiny: World, factor: int) -> None:
    """From everywhere to everywhere, dry, at any speed of the day: the bound is not above the
    engine's drive, and below it by no more than a millisecond per link."""
    roads = tiny.roads
    assert isinstance(roads, Network)
    router = RoadRouter(DryRouter(roads), None, 600_000)
    for name in ("car", "minibus", "ambulance"):
        vehicle = vehicle_classes()[name]
        slack = _slack_ms(router, DryTimes(roads, [vehicle]), (roads.n_nodes, vehicle, factor))
        assert min(slack) >= 0 and max(slack) <= roads.n_nodes


@pytest.mark.parametrize("factor", FACTORS_Q16)
def test_no_drive_on_a_matrix_is_faster_than_its_closure(factor: int, tmp_path: Path) -> None:
    """Direct minutes are never below the shortest chain of links, which may be shorter."""
    minutes = [("a", "b", 60), ("a", "c", 10), ("c", "b", 20), ("b", "a", 1), ("c", "a", 0)]
    base = shuttle(1, 1)
    tiny = Tiny(base.tables, [*minutes, ("a", "s", 20), ("s", "a", 20)], base.behaviour)
    matrix = tiny.build(tmp_path, {"go": {"fleet": {}}}).roads
    assert not isinstance(matrix, Network)
    dry, coach = DryTimes(matrix, []), vehicle_classes()["coach"]
    assert min(_slack_ms(MatrixRouter(matrix), dry, (matrix.n_nodes, coach, factor))) >= 0
    a, b = matrix.row["a"], matrix.row["b"]
    assert at_speed(dry.from_node(a), 65536)[b] == 30 * MS_PER_MIN


def _slack_ms(router: Router, dry: DryTimes, case: tuple[int, VehicleClass, int]) -> list[int]:
    """Drive minus bound for all pairs of nodes with a way, in both readings of the bound."""
    n, vehicle, factor = case
    slack = []
    for origin in range(n):
        least = at_speed(dry.from_node(origin), factor)
        for target in range(n):
            drive = router.drive_one(origin, target, vehicle, 0, factor)
            assert at_speed(dry.to_node(target), factor)[origin] == least[target]
            if drive.status == Trip.ARRIVED:
                slack.append(drive.time_ms - int(least[target]))
    return slack
