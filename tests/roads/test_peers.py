"""Our queues against other people's traffic simulators, on the same roads, demands and routes.

uxsim moves every car by Newell's car-following rule in time steps (deltan=1: each car on its own);
SUMO's mesoscopic mode is a queue model of its own; the SimPy agents are the same rules as ours
written as one process per car. Cases and players live in tests/benchmarks/traffic.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks" / "traffic"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench() -> Iterator[Any]:
    """Imports a module of the benchmark folder by name."""
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module
    sys.path.remove(str(FOLDER))


def peer(bench: Any, name: str, package: str) -> ModuleType:
    """A peer's player; the test is skipped where the peer is not installed."""
    if find_spec(package) is None:
        assert "CI" not in os.environ, f"CI compares with {package}"
        pytest.skip(f"{package} is not installed: pip install -e '.[peers]'")
    module: ModuleType = bench(name)
    return module


@pytest.fixture(params=["corridor", "grid", "Kampen"])
def case(request: pytest.FixtureRequest, bench: Any) -> Any:
    """A road with twice its capacity, a grid and a town with queues that spill back."""
    if request.param == "corridor":
        return bench("cases").corridor()
    if request.param == "grid":
        return bench("cases").g2k(20_000)
    shared = request.getfixturevalue("shared_dir")
    return bench("places").kampen(shared, 10_000)


@pytest.fixture(params=["grid", "Kampen"])
def light_case(request: pytest.FixtureRequest, bench: Any) -> Any:
    """The same roads with demand that no link is too small for."""
    if request.param == "grid":
        return bench("cases").g2k(8_000)
    shared = request.getfixturevalue("shared_dir")
    return bench("places").kampen(shared, 4_000)


def assert_close(ours: Any, theirs: Any, share: float) -> None:
    """All cars arrive in both; total travel time, T90 and clearance differ by at most a share."""
    assert ours.arrived == theirs.arrived
    for name in ("total_h", "t90_s", "clearance_s"):
        assert getattr(ours, name) == pytest.approx(getattr(theirs, name), rel=share), name


def test_agrees_with_uxsim(bench: Any, case: Any) -> None:
    """Travel time, T90 and clearance are uxsim's within 0.5 % (asked: 10 %), queues and all."""
    theirs = peer(bench, "peer_uxsim", "uxsim").play(case).figures(case)
    assert_close(bench("ours").play(case).figures(case), theirs, 0.005)


def test_agrees_with_sumo_below_saturation(bench: Any, light_case: Any) -> None:
    """Travel time, T90 and clearance are SUMO meso's within 1 % while no link is oversaturated."""
    theirs = peer(bench, "peer_sumo", "sumo").play(light_case).figures(light_case)
    assert_close(bench("ours").play(light_case).figures(light_case), theirs, 0.01)


def test_sumo_above_saturation_differs_by_its_jam_headways(bench: Any) -> None:
    """On a jammed grid SUMO's own jam headways cost 5 % and more; with equal ones it is ours."""
    sumo = peer(bench, "peer_sumo", "sumo")
    case = bench("cases").g2k(20_000)
    ours = bench("ours").play(case).figures(case)
    assert_close(ours, sumo.play(case, sumo.EVEN_JAM).figures(case), 0.005)
    assert sumo.play(case, sumo.SUMO_JAM).figures(case).total_h > 1.05 * ours.total_h


def test_agrees_with_simpy_agents(bench: Any, case: Any) -> None:
    """One SimPy process per car gives the same within 0.1 %: only ties at merges differ."""
    theirs = bench("peer_simpy").play(case).figures(case)
    assert_close(bench("ours").play(case).figures(case), theirs, 0.001)


def test_corridor_is_exact_to_a_tick(bench: Any) -> None:
    """A car a second into a road for one every two: car k arrives at 2 k s + the free time."""
    outcome = bench("ours").play(bench("cases").corridor(cars=500, links=10, gap_ms=1_000))
    assert outcome.arrive_ms.tolist() == [2_000 * k + 360_000 for k in range(500)]


def test_never_faster_than_the_roads_allow(bench: Any, case: Any) -> None:
    """Nobody beats the free time of the route, no exit lets out more than its capacity."""
    roads, trips = case.roads, case.trips
    arrive = bench("ours").play(case).arrive_ms
    free = np.add.reduceat(roads.free_ms[trips.route], trips.route_start[:-1])
    assert (arrive - trips.depart_ms >= free).all()
    last = trips.route[trips.route_start[1:] - 1]
    for link in np.unique(last).tolist():
        out = np.sort(arrive[last == link])
        least = np.arange(len(out)) * 1000.0 / roads.capacity_s[link]
        for first in range(0, len(out), 50):
            assert (out[first:] - out[first] >= least[: len(out) - first] - 1.0).all()
