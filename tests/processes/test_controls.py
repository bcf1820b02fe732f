"""Roads closed by order: private cars go round, the fleet is let through."""

from __future__ import annotations

from pathlib import Path

import pytest
from hamlet import at_min, bus, depot, go, on_roads, shelter, stop, village
from kit import Played, Row

from sim.log import Kind
from sim.states import Mode

NODES = {"v": 0, "s": 6_000, "u": 9_000}
EDGES: list[Row] = [
    {"id": "ford", "from_node": "v", "to_node": "s", "low_water_bridge": True},
    {"id": "long", "from_node": "v", "to_node": "u", "length_m": 15_000},
    {"id": "back", "from_node": "u", "to_node": "s"},
]
"""v to s over the ford 6 minutes, round by u 15 + 3 minutes."""


def play_closed(folder: Path, controls: Row | None, when: Row | None = None) -> Played:
    """Two persons by own car and two by bus, all bound for s; ordered at 0 unless stated."""
    home = village(share_relatives=0.5, share_coach=0.5)
    tiny = on_roads(
        NODES, EDGES, settlements=[home], assembly_points=[stop()], shelters=[shelter()],
        depots=[depot(node="v")], vehicles=[bus()],
        exits=[{"id": "E", "name": "亲戚家", "kind": "relatives", "node": "s"}],
    )  # fmt: skip
    plan = {"fleet": {}, **({"controls": controls} if controls else {})}
    return go(tiny, folder, {**plan, **({"when": when} if when else {})})


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
