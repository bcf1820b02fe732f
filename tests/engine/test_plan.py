"""A plan in terms of the World: names resolved, sections left out, selections."""

from __future__ import annotations

from pathlib import Path

import pytest
from hamlet import bus, depot, hamlet, on_roads, shelter, stop, village, zone
from kit import Row

from sim.clock import MS_PER_MIN
from sim.plan import compile_plan, select_zones
from sim.schema.plan_when import Selection
from sim.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Three zones, two stops, two shelters, three coaches; a full plan and an empty one."""
    full: Row = {
        "where": {"shelter_rule": "planned", "planned": {"Q": "T"}, "open": ["T"]},
        "fleet": {
            "call_at": "09:30", "staged": {"C-2": "Q"}, "fixed": {"C-3": "C"}, "rule": "fixed",
        },
        "when": {
            "rules": [{"signal": "clock", "at": "08:00", "action": "move", "tags": ["支流"]}],
            "shift_min": 12.5,
        },
        "targets": [
            {"id": "T1", "name": {"zh": "按时"}, "milestone": "out", "townships": ["甲"],
             "deadline": {"after_order_min": 60}}
        ],
    }  # fmt: skip
    tiny = hamlet(
        zones=[
            zone("A", township="甲", tag="支流"), zone("B", township="甲", tag="干流"),
            zone("C", township="乙", tag="支流"),
        ],
        settlements=[village("V" + z, zone=z) for z in "ABC"],
        assembly_points=[stop(zone="A"), stop("Q", zone="B"), stop("R", zone="C")],
        shelters=[shelter(), shelter("T")], vehicles=[bus(count=3)],
    )  # fmt: skip
    return tiny.build(tmp_path_factory.mktemp("plan"), {"full": full, "empty": {}})


@pytest.mark.parametrize(
    ("selection", "zones"),
    [
        ({}, [0, 1, 2]),
        ({"zones": ["B", "C"]}, [1, 2]),
        ({"townships": ["甲"]}, [0, 1]),
        ({"tags": ["支流"]}, [0, 2]),
        ({"tags": ["支流"], "townships": ["甲"]}, [0]),
        ({"zones": ["B"], "tags": ["支流"]}, []),
    ],
)
def test_a_selection_means_zones_that_fit_everything_stated(
    selection: Row, zones: list[int], world: World
) -> None:
    """Nothing stated means all."""
    assert select_zones(world, Selection(**selection)).tolist() == zones


def test_names_become_rows(world: World) -> None:
    """Stops, shelters, vehicles, zones and targets by their rows."""
    plan = compile_plan(world, "full")
    assert plan.planned_shelter == {1: 1}
    assert plan.open_shelters.tolist() == [False, True]
    assert plan.staged_place == {"C-2": world.assembly_place + 1}
    assert plan.fixed_zone == {"C-3": 2}
    assert [zones.tolist() for zones in plan.rule_zones] == [[0, 2]]
    assert [zones.tolist() for zones in plan.target_zones] == [[0, 1]]
    assert plan.fleet_at_ms == 90 * MS_PER_MIN
    assert plan.shift_ms == 12.5 * MS_PER_MIN


def test_what_is_left_out_is_not_done(world: World) -> None:
    """No organisation beyond the broadcast, nobody special at prepare, no guards, all shelters."""
    plan = compile_plan(world, "empty")
    assert not plan.organise.door_knocking and plan.organise.broadcast
    assert plan.whom.prepare_moves == ()
    assert not plan.manage.guards
    assert plan.open_shelters.all() and plan.planned_shelter == {}
    assert plan.fleet_at_ms is None and plan.closures == () and plan.targets == ()


def test_a_what_if_takes_the_place_of_the_folders_plan(world: World) -> None:
    """A changed specification under the same name."""
    spec = world.folder.plans["full"]
    later = spec.model_copy(update={"when": spec.when.model_copy(update={"shift_min": 30.0})})
    assert compile_plan(world, "full", later).shift_ms == 30 * MS_PER_MIN
    assert compile_plan(world, "full").shift_ms == 12.5 * MS_PER_MIN


def test_closures_name_their_edges_and_zones(tmp_path: Path) -> None:
    """Low-water bridges and named edges, both directions of a bridge."""
    edges: list[Row] = [
        {"id": "ford", "from_node": "v", "to_node": "s", "low_water_bridge": True},
        {"id": "road", "from_node": "v", "to_node": "s"},
    ]
    plan: Row = {
        "controls": {
            "closures": [
                {"low_water_bridges": True, "on": "clock", "at": "10:00"},
                {"edges": ["road"], "on": "move", "zones": ["Z"]},
            ]
        }
    }
    tiny = on_roads({"v": 0, "s": 5_000}, edges, depots=[depot(node="s")])
    world = tiny.build(tmp_path, {"go": plan})
    first, second = compile_plan(world, "go").closures
    ids = world.roads.edge_ids  # type: ignore[union-attr]
    assert [ids[e] for e in first.edges] == ["ford", "ford-"]
    assert first.at_ms == 120 * MS_PER_MIN
    assert "road" in [ids[e] for e in second.edges]
    assert second.zones.tolist() == [0]
