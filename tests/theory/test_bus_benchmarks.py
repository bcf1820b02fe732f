"""The 56 stored bus-evacuation instances: bounds reproduced, sequences replayed, rules judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from bus_instances import (
    RULES,
    Instance,
    as_problem,
    as_world,
    in_loads,
    read_instances,
    replay_plan,
    rule_plan,
)
from kit import Played, play

from sim.bounds.buses import bays, farthest, rounds
from sim.bounds.check import bounds_for_run
from sim.bounds.fleet_exact import fleet_work_exact
from sim.bounds.fleet_work import fleet_work_quick
from sim.bounds.of_run import Limits
from sim.clock import MS_PER_MIN
from sim.log import Kind
from sim.world import World

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def instances(shared_dir: Path) -> list[Instance]:
    """All of them."""
    found = read_instances(shared_dir)
    assert len(found) == 56
    return found


@pytest.fixture(scope="module")
def worlds(instances: list[Instance], tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    """Every instance as a world with the stored sequence and every rule as plans."""
    return {one["name"]: _world(one, tmp_path_factory.mktemp("bus")) for one in instances}


@pytest.fixture(scope="module")
def load_worlds(
    instances: list[Instance], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, World]:
    """The same with one-seat buses and a party per bus load."""
    return {
        one["name"]: _world({**in_loads(one), "solution": []}, tmp_path_factory.mktemp("loads"))
        for one in instances
    }


def _world(instance: Instance, folder: Path) -> World:
    plans = {rule: rule_plan(instance, rule) for rule in RULES}
    if instance["solution"]:
        plans["stored"] = replay_plan(instance)
    return as_world(instance).build(folder, plans)


def _minute_by_bus(run: Played) -> dict[str, float]:
    """Minute at which each vehicle reached its last shelter."""
    rows = run.log.of(Kind.OUT)
    bus = dict(
        zip(*(run.log.of(Kind.BOARDED)[name].tolist() for name in ("who", "value")), strict=True)
    )
    last: dict[str, float] = {}
    for party, t in zip(rows["who"].tolist(), rows["t"].tolist(), strict=True):
        vehicle = run.world.vehicles[bus[party]].id
        last[vehicle] = max(last.get(vehicle, 0.0), t / MS_PER_MIN)
    return last


def test_the_bounds_of_all_instances_are_reproduced_exactly(instances: list[Instance]) -> None:
    """Farthest pick-up, fleet work (its value and per bus) and rounds equal the stored numbers."""
    for one in instances:
        problem, stored = as_problem(one), one["bounds"]
        work = fleet_work_exact(problem)
        assert farthest(problem) == stored["lb_farthest"], one["name"]
        assert rounds(problem) == stored["lb_rounds"], one["name"]
        assert work.ends == stored["lb_work"], one["name"]
        assert work.work == pytest.approx(stored["fleet_work"], abs=1e-6), one["name"]
        assert int(problem.trips.sum()) == stored["loads"], one["name"]


def test_the_quick_bounds_are_never_above_the_proven_optimum(instances: list[Instance]) -> None:
    """The relaxation of the fleet work lies below the exact one, and all below the optimum."""
    for one in instances:
        problem = as_problem(one)
        assert fleet_work_quick(problem) <= fleet_work_exact(problem).ends, one["name"]
        assert max(bays(problem), fleet_work_quick(problem)) <= one["best"], one["name"]


def test_55_stored_sequences_replay_to_the_minute(
    instances: list[Instance], worlds: dict[str, World]
) -> None:
    """Through the whole engine every bus of every stored sequence ends at its stored minute."""
    proven = [one for one in instances if one["status"] == "OPTIMAL"]
    assert len(proven) == 55
    for one in proven:
        run = play(worlds[one["name"]], "stored")
        assert run.registered() == sum(one["demand"]), one["name"]
        stored = sorted(bus["time"] for bus in one["solution"] if bus["sequence"])
        assert sorted(_minute_by_bus(run).values()) == stored, one["name"]
        assert run.last_min(Kind.OUT) == one["optimum"], one["name"]


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_beats_a_bound_when_places_are_counted_in_bus_loads(
    rule: str, instances: list[Instance], load_worlds: dict[str, World]
) -> None:
    """As the instances mean it: on all 56 everybody is carried, no bound and no optimum beaten."""
    for one in instances:
        run = play(load_worlds[one["name"]], rule)
        assert run.registered() == sum(in_loads(one)["demand"]), one["name"]
        limits = {name: one["bounds"][name] for name in ("lb_farthest", "lb_work", "lb_rounds")}
        _not_below(run, limits | {"optimum": one["optimum"] or 0}, one["name"])


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_beats_a_bound_when_places_are_counted_in_persons(
    rule: str, instances: list[Instance], worlds: dict[str, World]
) -> None:
    """With real seats a shelter may take one more half-empty bus, so the stored optimum is no
    limit (M-3-2-2-3-h0 ends at 108 of 109 min); the bounds for persons are, on all 56."""
    for one in instances:
        run = play(worlds[one["name"]], rule)
        assert run.registered() == sum(one["demand"]), one["name"]
        problem = as_problem(one, whole_loads=False)
        limits = {
            "farthest": farthest(problem),
            "rounds": rounds(problem),
            "bays": bays(problem),
            "quick": fleet_work_quick(problem),
            "exact": fleet_work_exact(problem).ends,
        }
        _not_below(run, limits, one["name"])
        # what every measured run is held against; raises when it is beaten
        assert bounds_for_run(Limits(run.world), run.plan, run.log, 1)["bus_farthest"] > 0


def _not_below(run: Played, limits: dict[str, int], name: str) -> None:
    for limit, minute in limits.items():
        assert run.last_min(Kind.OUT) >= minute, (name, limit)
