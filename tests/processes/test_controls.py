"""Roads closed by order: private cars go round, the fleet is let through."""

from __future__ import annotations

from pathlib import Path

import pytest
from hamlet import Water, at_min, bus, depot, flooded, on_roads, shelter, stop, village
from kit import Played, Row, play

from sim.log import Kind
from sim.schema.plan import PlanSpec
from sim.schema.problems import InputError
from sim.states import Mode
from sim.world import World

NODES = {"v": 0, "s": 6_000, "u": 9_000}
EDGES: list[Row] = [
    {"id": "ford", "from_node": "v", "to_node": "s", "low_water_bridge": True},
    {"id": "long", "from_node": "v", "to_node": "u", "length_m": 15_000},
    {"id": "back", "from_node": "u", "to_node": "s"},
]
"""v to s over the ford 6 minutes, round by u 15 + 3 minutes."""


def play_closed(folder: Path, controls: Row | None, when: Row | None = None) -> Played:
    """Two persons by own car and two by bus, all bound for s; ordered at 0 unless stated."""
    plan = {"controls": controls} if controls else {}
    return play(at_ford({**plan, **({"when": when} if when else {})}, folder), "go")


def at_ford(plan: Row, folder: Path) -> World:
    """The world of the ford with one plan."""
    home = village(share_relatives=0.5, share_coach=0.5)
    tiny = on_roads(
        NODES, EDGES, settlements=[home], assembly_points=[stop()], shelters=[shelter()],
        depots=[depot(node="v")], vehicles=[bus()],
        exits=[{"id": "E", "name": "亲戚家", "kind": "relatives", "node": "s"}],
    )  # fmt: skip
    return tiny.build(folder, {"go": {"fleet": {}, **plan}})


def out(run: Played, mode: Mode) -> list[float]:
    """Minutes at which people were out by a mode."""
    return at_min(run, Kind.OUT, int(mode))


@pytest.mark.parametrize("closure", [{"low_water_bridges": True}, {"edges": ["ford", "ford-"]}])
def test_cars_go_round_while_the_fleet_passes(closure: Row, tmp_path: Path) -> None:
    """Closed with the order, by kind or by name: cars take 18 minutes, the bus 6."""
    assert out(play_closed(tmp_path / "open", None), Mode.OWN_CAR) == [6, 6]
    run = play_closed(tmp_path / "closed", {"closures": [{"on": "move", **closure}]})
    assert out(run, Mode.OWN_CAR) == [18, 18]
    assert out(run, Mode.COACH) == [6, 6]
    assert sorted(run.log.of(Kind.CLOSURE)["value"].tolist()) == [1, 1]


def test_a_closure_by_the_clock_spares_those_who_left_before(tmp_path: Path) -> None:
    """Closed at 09:00; who leaves at 08:00 passes, who leaves at 10:00 goes round."""
    controls = {"closures": [{"low_water_bridges": True, "on": "clock", "at": "09:00"}]}
    assert out(play_closed(tmp_path / "before", controls), Mode.OWN_CAR) == [6, 6]
    when = {"rules": [{"signal": "clock", "at": "10:00", "action": "move"}]}
    after = play_closed(tmp_path / "after", controls, when)
    assert out(after, Mode.OWN_CAR) == [138, 138]
    assert at_min(after, Kind.CLOSURE) == [60, 60]


def test_a_closure_on_the_prepare_order_comes_before_the_move(tmp_path: Path) -> None:
    """Prepare at 30 closes the ford, the move at 60 finds it closed."""
    when = {
        "rules": [
            {"signal": "clock", "at": "08:30", "action": "prepare"},
            {"signal": "clock", "at": "09:00", "action": "move"},
        ]
    }
    controls = {"closures": [{"low_water_bridges": True, "on": "prepare"}]}
    run = play_closed(tmp_path, controls, when)
    assert at_min(run, Kind.CLOSURE) == [30, 30]
    assert out(run, Mode.OWN_CAR) == [78, 78]


def test_a_closure_waits_for_the_order_of_its_zones(tmp_path: Path) -> None:
    """No order, no closure."""
    when = {"rules": [{"signal": "clock", "at": "+3 08:00", "action": "move"}]}
    controls = {"closures": [{"low_water_bridges": True, "on": "move"}]}
    assert not len(play_closed(tmp_path, controls, when).log.of(Kind.CLOSURE))


@pytest.mark.parametrize(
    ("order", "minutes"), [("08:00", 6), ("08:20", 20 + 18), ("08:50", 50 + 6), ("09:05", 65 + 18)]
)
def test_a_gate_is_shut_while_the_announced_area_lies_over_it(
    order: str, minutes: float, tmp_path: Path
) -> None:
    """The square lies over the ford from 10 to 40 and, after the wind has turned back, from 60 on;
    another one lies on the way round all the time, whose gate nobody named. Cars that leave at 0
    and 50 pass, those at 20 and 65 go round."""
    areas = (
        ("protective", 10, (), 40, (2_000, 4_000)), ("protective", 40, (), 60, (7_000, 8_000)),
        ("protective", 60, (), 600, (2_000, 4_000)), ("isolation", 0, (), 600, (2_000, 4_000)),
    )  # fmt: skip
    world = flooded(at_ford({}, tmp_path), Water(areas=areas))
    rules = [{"signal": "clock", "at": order, "action": "move"}]
    gate = {"edges": ["ford", "ford-"], "on": "protective"}
    given = world.folder.plans["go"].model_dump(exclude_unset=True)
    world.folder.plans["go"] = PlanSpec.model_validate(
        given | {"when": {"rules": rules}, "controls": {"closures": [gate]}}
    )
    run = play(world, "go")
    assert out(run, Mode.OWN_CAR) == [minutes, minutes]
    assert at_min(run, Kind.CLOSURE, 1) == [10, 10, 60, 60]
    assert at_min(run, Kind.CLOSURE, 0) == [40, 40, 600, 600]


def test_a_gate_on_an_area_that_is_never_announced_is_an_error(tmp_path: Path) -> None:
    """No such area in the hazard section: the gate would never shut."""
    with pytest.raises(InputError) as caught:
        play_closed(tmp_path, {"closures": [{"edges": ["ford"], "on": "isolation"}]})
    assert "rule.no_area" in [problem.code for problem in caught.value.problems]
