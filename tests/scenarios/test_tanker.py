"""A tanker accident: the leak lies on a road, which is shut for everybody about it."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from around_kit import SCENARIOS
from shapely import LineString, Point

from sim.clock import MS_PER_MIN, NEVER
from sim.io.scenario_folder import load_scenario
from sim.log import Kind
from sim.measures.conservation import check_log
from sim.plan import compile_plan
from sim.roads.network import Network
from sim.run import run_once
from sim.world import World
from sim.world_build import build_world

ISOLATION_M = 300
AT = (641_100.0, 3_022_700.0)
"""On the provincial road, half way between the park and the eastern junction."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The district of the park; what leaks stands on the road instead, and no one is in doubt."""
    copy = tmp_path_factory.mktemp("tanker") / "yunling_park"
    shutil.copytree(SCENARIOS / "yunling_park", copy)
    yaml = copy / "scenario.yaml"
    text = yaml.read_text(encoding="utf-8")
    for old, new in (
        ("isolation_m: 500", f"isolation_m: {ISOLATION_M}"),
        ("false_alarm_members: 6", "false_alarm_members: 0"),
        ("[640000.0, 3022000.0]", f"[{AT[0]}, {AT[1]}]"),
    ):
        assert old in text
        text = text.replace(old, new)
    yaml.write_text(text, encoding="utf-8")
    return build_world(load_scenario(copy))


def near(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Edges that touch the circle by their own line, and those well away from it."""
    roads, geometry = world.roads, []
    assert isinstance(roads, Network)
    for a, b in zip(roads.edge_from.tolist(), roads.edge_to.tolist(), strict=True):
        ends = [(roads.node_x[n], roads.node_y[n]) for n in (a, b)]
        geometry.append(LineString(ends).distance(Point(*AT)))
    away = np.array(geometry)
    return np.flatnonzero(away < ISOLATION_M - 60), np.flatnonzero(away > ISOLATION_M + 60)


def test_the_leak_lies_on_a_road(world: World) -> None:
    """The nearest road passes within ten metres of it."""
    roads = world.roads
    assert isinstance(roads, Network)
    lines = [
        LineString([(roads.node_x[a], roads.node_y[a]), (roads.node_x[b], roads.node_y[b])])
        for a, b in zip(roads.edge_from.tolist(), roads.edge_to.tolist(), strict=True)
    ]
    assert min(line.distance(Point(*AT)) for line in lines) < 10


def test_the_road_is_shut_for_everybody_within_the_circle(world: World) -> None:
    """From twenty minutes after the report until it has ended no vehicle and no walker passes an
    edge in the circle; edges away from it are shut by gas alone."""
    inside, outside = near(world)
    assert len(inside) and len(outside)
    member = world.hazard.member(3)
    circle = next(area for area in member.signals.areas if area.code == "isolation")
    step = world.hazard.step_ms
    begins, ends = circle.from_ms + 20 * MS_PER_MIN, circle.until_ms
    shut = range(-(-begins // step), ends // step)
    assert len(shut) > 2
    for edge in inside.tolist():
        levels = member.edge_levels[member.edge_row[edge]]
        for name in ("car", "minibus", "coach", "truck", "ambulance", "on_foot"):
            assert all(member.scale.stops(name, int(levels[k])) for k in shut)
        assert not member.scale.stops("car", int(levels[-1]))
    free = [edge for edge in outside.tolist() if member.edge_row[edge] < 0]
    assert free, "roads out of reach stay open"


@pytest.mark.parametrize("plan_id", ["a_all_out", "d_by_area"])
def test_people_are_told_after_the_report(world: World, plan_id: str) -> None:
    """Nobody is ordered before something is known; then hundreds of households hear of it, and all
    are accounted for although the road that most would take is shut."""
    log = run_once(world, compile_plan(world, plan_id), 1, 3)
    check_log(world, log)
    signals = world.hazard.member(log.member).signals
    known = int(np.argmax(signals.onset_forecast_ms < NEVER)) * world.hazard.step_ms
    orders, told = log.of(Kind.ORDER_MOVE)["t"], log.of(Kind.TOLD)["t"]
    assert len(orders) and orders.min() >= min(known, signals.areas[0].from_ms)
    assert len(told) > 100 and told.min() >= orders.min()
