"""Two levels of stores: the township's serves the shelter, the county's fills it up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.clock import MS_PER_HOUR, MS_PER_MIN
from sim.engine import Engine
from sim.log import Kind, RunLog, TruckStatus
from sim.plan import compile_plan
from sim.run import run_once
from sim.world import World

sys.path.insert(0, str(Path(__file__).parents[1] / "theory"))
from kit import Tiny

QUIET = {"approve_min": 0, "pick_min": 0, "load_min": 0, "hand_over_min": 0}


def county(tmp_path: Path, town: int, top: int, **supplies: object) -> World:
    """100 people in a shelter; the town's store is 10 min away, the county's 60 from both."""
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
        "stores": [
            {"id": "C", "name": "县库", "node": "c"},
            {"id": "T", "name": "镇库", "node": "t", "parent": "C"},
        ],
        "items": [
            {"id": "C1", "store": "C", "name": "饮用水", "stock": top, "unit": "升"},
            {"id": "T1", "store": "T", "name": "饮用水", "stock": town, "unit": "升"},
        ],
    }  # fmt: skip
    links = {("a", "t"): 10, ("a", "c"): 60, ("t", "c"): 60}
    minutes = [(x, y, m) for (a, b), m in links.items() for x, y in ((a, b), (b, a))]
    tiny = Tiny(tables=tables, minutes=minutes, horizon_min=2880)
    return tiny.build(tmp_path, {"go": {"supplies": QUIET | supplies}})


def play(world: World) -> tuple[RunLog, Engine]:
    """One night, and the engine that played it."""
    seen: list[Engine] = []
    return run_once(world, compile_plan(world, "go"), 1, 0, seen.append), seen[0]


def loads(world: World, log: RunLog) -> list[tuple[int, str, int]]:
    """(minute, place, litres) of everything that left a store."""
    names = world.places.names
    return [
        (t // MS_PER_MIN, names[place], value // 1000)
        for t, _, _, place, value in log.of(Kind.SUPPLY_SENT).tolist()
    ]


def test_the_town_serves_and_the_county_fills_up(tmp_path: Path) -> None:
    """At 15 min the shelter asks for a day's 300 L, the town sends them; left with 200 of the 300
    of its threshold, it asks for two days' 600 and gets the 400 that are lacking."""
    world = county(tmp_path, town=500, top=9000)
    log, _ = play(world)
    assert loads(world, log)[:2] == [(15, "镇库", 300), (30, "县库", 400)]
    arrived = log.of(Kind.SUPPLY_ARRIVED)
    assert (arrived["t"][:2] // MS_PER_MIN).tolist() == [25, 90]
    # from then on the town is never empty, and nobody is short but before the first truck
    assert log.of(Kind.SUPPLY_SHORT)["t"].tolist() == [MS_PER_HOUR]


def test_the_county_sends_itself_what_the_town_lacks(tmp_path: Path) -> None:
    """The town has 100 of 300 L: the rest comes from the county at once, not by way of the town."""
    world = county(tmp_path, town=100, top=9000)
    sent = loads(world, play(world)[0])
    assert sent[:2] == [(15, "镇库", 100), (15, "县库", 200)]


def test_an_empty_county_is_not_asked_for_ever(tmp_path: Path) -> None:
    """What no store has any more is not asked for: the requests end with the stock."""
    log, engine = play(county(tmp_path, town=100, top=100))
    assert engine.supplies.stock.held[:2].sum() == 0
    assert log.of(Kind.SUPPLY_ASKED)["t"].max() < 2 * MS_PER_HOUR


def test_a_truck_is_in_one_place(tmp_path: Path) -> None:
    """Every truck loads, goes, hands over, comes back and stands, in this order."""
    log, _ = play(county(tmp_path, 500, 9000, truck_persons=40, trucks=2))
    rows = log.of(Kind.SUPPLY_TRUCK)
    turn = [
        TruckStatus.LOADING, TruckStatus.SENT, TruckStatus.UNLOADING, TruckStatus.BACK,
        TruckStatus.STANDS,
    ]  # fmt: skip
    assert len(np.unique(rows["who"])) > 2
    for truck in np.unique(rows["who"]).tolist():
        seen = rows["value"][rows["who"] == truck].tolist()
        assert seen == [int(turn[k % 5]) for k in range(len(seen))], truck


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["push", "pull", "threshold"]),
    st.integers(0, 900),
    st.integers(0, 3000),
    st.integers(10, 300),
)
def test_a_whole_night_conserves_supplies(
    tmp_path: Path, rule: str, town: int, top: int, load: int
) -> None:
    """Whatever the rule and the stocks: what was there is in a store, on a truck, in the shelter
    or used; and by the log the shelter holds what was handed over to it less what was used."""
    folder = tmp_path / f"{rule}-{town}-{top}-{load}"
    log, engine = play(county(folder, town, top, rule=rule, truck_persons=load))
    stock = engine.supplies.stock
    assert stock.total().tolist() == [(town + top) * 1000]
    sent, handed_over, used = (
        log.of(kind) for kind in (Kind.SUPPLY_SENT, Kind.SUPPLY_ARRIVED, Kind.SUPPLY_USED)
    )
    at_shelter = handed_over["place"] == engine.run.world.shelter_place
    assert int(used["value"].sum()) == int(stock.used.sum())
    inside = int(handed_over["value"][at_shelter].sum()) - int(used["value"].sum())
    assert inside == int(stock.shelter.sum())
    under_way = int(sent["value"].sum()) - int(handed_over["value"].sum())
    assert 0 <= under_way <= int(stock.coming.sum())  # what is being loaded counts as coming
