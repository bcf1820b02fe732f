"""Supplies: the ledger adds up, and a shelter far from its store waits as long as it must."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clock import MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN
from sim.engine import Engine
from sim.log import Kind, RunLog
from sim.measures.measure import measure_run
from sim.plan import compile_plan
from sim.processes.stock import Needs, Stock
from sim.run import run_once
from sim.world import World

sys.path.insert(0, str(Path(__file__).parents[1] / "theory"))
from kit import Tiny

NEEDS = Needs(("水", "被"), np.array([3000, 1000]), np.array([True, False]))
"""Three litres per person and day, and a quilt."""


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 1), st.integers(0, 4), st.integers(0, 400_000), st.integers(0, 400_000)
        ),
        max_size=25,
    ),
    st.integers(1, MS_PER_DAY),
)
def test_nothing_appears_or_vanishes(steps: list[tuple[int, int, int, int]], ms: int) -> None:
    """Whatever is loaded, handed over (to a store or a shelter) and used in whatever order: the
    total of every item stays, and nowhere is less than nothing."""
    stock = Stock(np.array([[500_000, 90_000], [0, 300_000]]), 3, NEEDS)
    total = stock.total().tolist()
    for store, holder, water, quilts in steps:
        amounts = stock.load(store, holder, np.array([water, quilts]))
        if water % 2:
            stock.hand_over(holder, amounts)
        stock.use([water % 7, quilts % 50, 3], ms)
        assert stock.total().tolist() == total
        for part in (stock.held, stock.coming, stock.used):
            assert (part >= 0).all()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 500), st.lists(st.integers(1, 90), min_size=1, max_size=30))
def test_steps_of_any_length_add_up(persons: int, minutes: list[int]) -> None:
    """Used in many steps or in one: the same to a thousandth of a litre."""
    plenty = np.array([[10**9, 10**9]])
    many, one = Stock(plenty, 1, NEEDS), Stock(plenty, 1, NEEDS)
    for stock in (many, one):
        stock.hand_over(1, stock.load(0, 1, np.array([10**9, 10**9])))
    for step in minutes:
        assert not many.use([persons], step * MS_PER_MIN).any()
    one.use([persons], sum(minutes) * MS_PER_MIN)
    assert many.used.tolist() == one.used.tolist()
    assert one.used[0, 0] == 3000 * persons * sum(minutes) // 1440


def test_more_than_is_coming_cannot_be_handed_over() -> None:
    """Goods that no truck carries do not arrive."""
    stock = Stock(np.array([[5000, 0]]), 1, NEEDS)
    with pytest.raises(ValueError, match="amounts"):
        stock.hand_over(1, np.array([1, 0]))


def test_what_is_needed() -> None:
    """Ten persons for twelve hours: 15 L of water, rounded up to a thousandth, and ten quilts."""
    assert NEEDS.for_persons(10, 12).tolist() == [15_000, 10_000]


QUIET = {"approve_min": 0, "pick_min": 0, "load_min": 0, "hand_over_min": 0}


def county(tmp_path: Path, water: int = 5000, **supplies: object) -> World:
    """100 people walk into a shelter at the very place; the store stands 40 min away by truck."""
    tables: dict[str, Any] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {
                "id": "V", "name": "村", "node": "a", "zone": "Z", "resident": 100,
                "share_coach": 0, "share_village_shelter": 1, "village_shelter": "S",
            }
        ],
        "shelters": [
            {"id": "S", "name": "安置点", "node": "a", "capacity": 200, "kind": "village"}
        ],
        "assembly_points": [{"id": "P", "name": "集合点", "node": "a", "zone": "Z"}],
        "stores": [{"id": "W", "name": "库", "node": "b"}],
        "items": [
            {"id": "W1", "store": "W", "name": "饮用水", "stock": water, "unit": "升"},
            {"id": "W2", "store": "W", "name": "发电机", "stock": 2, "unit": "台"},
        ],
    }  # fmt: skip
    minutes = [("a", "b", 40), ("b", "a", 40)]
    tiny = Tiny(tables=tables, minutes=minutes, horizon_min=2880)
    return tiny.build(tmp_path, {"go": {"supplies": QUIET | supplies}, "none": {}})


def play(world: World, plan: str = "go") -> tuple[RunLog, Engine]:
    """One night, and the engine that played it."""
    seen: list[Engine] = []
    return run_once(world, compile_plan(world, plan), 1, 0, seen.append), seen[0]


def test_short_until_the_first_truck(tmp_path: Path) -> None:
    """Everybody is there at minute 0; the shelter asks at 15, the truck is there at 55: three and
    a part of a fourth quarter of an hour count as short, 100 persons each, told by the hour."""
    world = county(tmp_path)
    log, engine = play(world)
    arrived = log.of(Kind.SUPPLY_ARRIVED)
    assert arrived["t"][0] == 55 * MS_PER_MIN
    short = log.of(Kind.SUPPLY_SHORT)
    assert (short["t"] // MS_PER_MIN).tolist() == [60]
    found = measure_run(world, compile_plan(world, "go"), log)
    assert found["supplies_short_person_h"] == 75
    assert engine.supplies.stock.total().tolist() == [5_000_000]


def test_what_is_used_is_what_people_need(tmp_path: Path) -> None:
    """100 persons and 3 L a day from the first truck on: two days less the first 45 min."""
    log, _ = play(county(tmp_path))
    used = int(log.of(Kind.SUPPLY_USED)["value"].sum())
    assert used == 100 * 3000 * (2880 - 45) // 1440


def test_below_the_threshold_they_ask_again(tmp_path: Path) -> None:
    """Deliveries last 24 h and are asked for at 12 h: nobody is short after the first one."""
    log, _ = play(county(tmp_path))
    assert len(log.of(Kind.SUPPLY_ARRIVED)) >= 3
    assert log.of(Kind.SUPPLY_SHORT)["t"].max() == MS_PER_HOUR


def test_pull_asks_when_something_is_lacking(tmp_path: Path) -> None:
    """A shelter that asks only when it has run out is short at every delivery."""
    waiting, _ = play(county(tmp_path, rule="pull", cover_h=6, approve_min=60))
    assert log_hours(waiting) > 4
    assert waiting.of(Kind.SUPPLY_SHORT)["t"].max() > 6 * MS_PER_HOUR


def log_hours(log: RunLog) -> float:
    """Hours of 100 persons in which something was lacking."""
    return float(log.of(Kind.SUPPLY_SHORT)["value"].sum()) / MS_PER_HOUR / 100


def test_push_sends_at_the_order(tmp_path: Path) -> None:
    """Sent with the order at minute 0 for half of 200 places: there at 40, once and not again."""
    log, _ = play(county(tmp_path, rule="push", cover_h=48))
    assert log.of(Kind.SUPPLY_ARRIVED)["t"].tolist() == [40 * MS_PER_MIN]
    assert log_hours(log) == 0.5


def test_an_empty_store_is_felt(tmp_path: Path) -> None:
    """100 L last eight hours; afterwards everybody is short until the end, and nothing vanishes."""
    log, engine = play(county(tmp_path, water=100))
    assert int(log.of(Kind.SUPPLY_USED)["value"].sum()) <= 100_000
    assert log_hours(log) > 30
    assert engine.supplies.stock.total().tolist() == [100_000]


def test_one_truck_after_the_other(tmp_path: Path) -> None:
    """Loads for 20 persons each with one truck: five trips of 80 min one after the other; with
    five trucks and five bays all arrive together."""
    one, _ = play(county(tmp_path, truck_persons=20, cover_h=48))
    five, _ = play(county(tmp_path / "5", truck_persons=20, cover_h=48, trucks=5, bays=5))
    first = (one.of(Kind.SUPPLY_ARRIVED)["t"][:5] // MS_PER_MIN).tolist()
    assert first == [55, 135, 215, 295, 375]
    assert (five.of(Kind.SUPPLY_ARRIVED)["t"][:5] // MS_PER_MIN).tolist() == [55] * 5


def test_without_the_section_nothing_is_simulated(tmp_path: Path) -> None:
    """No record and no measure: unknown is not 0."""
    world = county(tmp_path)
    log, _ = play(world, "none")
    kinds = (Kind.SUPPLY_SENT, Kind.SUPPLY_ARRIVED, Kind.SUPPLY_USED, Kind.SUPPLY_SHORT)
    assert all(not len(log.of(kind)) for kind in kinds)
    found = measure_run(world, compile_plan(world, "none"), log)
    assert "supplies_short_person_h" not in found
