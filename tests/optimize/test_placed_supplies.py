"""Stocks are placed beforehand: a shelter 40 minutes from its store, worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from kit import Tiny

from sim.log import Kind
from sim.measures.measure import measure_run
from sim.optimize.preposition.find import Question, find_preposition
from sim.optimize.preposition.kinds import KINDS
from sim.plan import compile_plan
from sim.run import run_once
from sim.schema.problems import InputError
from sim.world import World

QUIET = {"approve_min": 0, "pick_min": 0, "load_min": 0, "hand_over_min": 0}


def county(tmp_path: Path, **supplies: object) -> World:
    """100 people walk into a shelter at the very place; the store stands 300 min away by truck, a
    depot beside the shelter."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "node": "a", "zone": "Z", "resident": 100,
             "share_coach": 0, "share_village_shelter": 1, "village_shelter": "S"}
        ],
        "shelters": [
            {"id": "S", "name": "点", "node": "a", "capacity": 200, "kind": "village"}
        ],
        "assembly_points": [{"id": "P", "name": "口", "node": "a", "zone": "Z"}],
        "depots": [{"id": "D", "name": "场", "node": "c"}],
        "stores": [{"id": "W", "name": "库", "node": "b"}],
        "items": [
            {"id": "W1", "store": "W", "name": "饮用水", "stock": 5000, "unit": "升"},
            {"id": "W2", "store": "W", "name": "发电机", "stock": 2, "unit": "台"},
        ],
    }  # fmt: skip
    far, near = (("a", "b", 300), ("b", "a", 300)), (("a", "c", 10), ("c", "a", 10))
    minutes = [*far, *near, ("b", "c", 310), ("c", "b", 310)]
    tiny = Tiny(tables=tables, minutes=minutes, horizon_min=2880)
    return tiny.build(tmp_path, {"go": {"supplies": QUIET | supplies}, "none": {}})


def short_h(world: World) -> float:
    """Person-hours without enough."""
    plan = compile_plan(world, "go")
    return measure_run(world, plan, run_once(world, plan, 1, 0))["supplies_short_person_h"]


def test_a_staged_stock_is_there_sooner(tmp_path: Path) -> None:
    """People ask at the first look, after a quarter of an hour without: 300 min later the water is
    there, or 10 when it waits at the depot, in time for the next quarter."""
    assert short_h(county(tmp_path / "far")) == pytest.approx(100 * 315 / 60)
    assert short_h(county(tmp_path / "near", staged={"W": "D"})) == pytest.approx(100 * 15 / 60)


def test_the_stock_goes_where_the_shelter_is(tmp_path: Path) -> None:
    """The store is the one unit, its own place and the depot are its posts, and it moves to the
    depot; a store with half as much again saves nothing, because nothing ran out."""
    world = county(tmp_path)
    plan = compile_plan(world, "go")
    asked = Question("supplies", posts=("D",), search_nights=1, certify_nights=2, one_more=True)
    found = find_preposition(world, plan, asked)
    ids = world.places.ids
    assert [unit.id for unit in found.setting.units] == ["W"]
    places = found.setting.places(found.winner.placement)
    assert {unit: ids[row] for unit, row in places.items()} == {"W": "D"}
    paired = found.verdict.paired["own", "supplies_short_person_h"]
    assert paired.diff_mean == pytest.approx(-100 * 300 / 60)
    stock = next(one for one in found.more if one.what == "larger")
    assert stock.paired is not None and stock.paired.diff_mean == 0
    assert found.staffed == pytest.approx(100 * 15 / 60)


def test_a_further_store_has_its_own_stock(tmp_path: Path) -> None:
    """A copy of the store holds as much again, under its own name, and can be placed."""
    world = county(tmp_path)
    kind, plan = KINDS["supplies"], compile_plan(world, "go")
    more = kind.further(world, "W", 1)
    first, copy = kind.units(more, plan)
    assert first.capacity == copy.capacity == 5000 and copy.home == first.home
    staged = kind.staged(plan, {copy.id: copy.home})
    sent = run_once(more, staged, 1, 0).of(Kind.SUPPLY_SENT)
    assert len(sent), "played with both stores"


def test_without_supplies_there_is_nothing_to_place(tmp_path: Path) -> None:
    """A plan without a section of supplies, and a stock staged at no place, are errors."""
    world = county(tmp_path / "a")
    with pytest.raises(InputError, match="no_units"):
        find_preposition(world, compile_plan(world, "none"), Question("supplies"))
    with pytest.raises(InputError) as caught:
        county(tmp_path / "b", staged={"W": "nowhere"})
    assert "ref.unknown" in {problem.code for problem in caught.value.problems}
