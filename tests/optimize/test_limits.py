"""What no placement beats, worked out by hand for teams, coaches and stocks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hamlet import Water, go, on_roads
from kit import EAST, NORTH, Tiny

from sim.clock import MS_PER_HOUR, MS_PER_MIN
from sim.log import Kind
from sim.measures.facts import Facts
from sim.optimize.preposition.cost import cost
from sim.optimize.preposition.kinds import KINDS
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.units import Posts
from sim.optimize.preposition.waits import emergency_wait_h
from sim.plan import compile_plan
from sim.run import run_once
from sim.world import World

ORDER = {"when": {"rules": [{"signal": "clock", "at": "08:00", "action": "move"}]}}


def setting_of(world: World, kind: str, posts: tuple[str, ...]) -> Setting:
    """A setting with these candidate posts and no other."""
    plan, of = compile_plan(world, "go"), KINDS[kind]
    places = tuple(world.places.ids.index(name) for name in posts)
    return Setting(world, plan, of, of.units(world, plan), Posts(places))


def limit(setting: Setting) -> tuple[float, Facts]:
    """The limit of the plan's own night 0 under seed 1, and what happened."""
    facts = Facts(setting.world, run_once(setting.world, setting.plan, 1, 0))
    return setting.kind.limit(setting).of(facts, 1), facts


def emergencies(skill: str) -> Tiny:
    """All people at A; the one team, with some skill, 20 minutes away at B."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [{"id": "V", "name": "村", "node": "a", "zone": "Z", "resident": 1000}],
        "assembly_points": [{"id": "P", "name": "口", "node": "a", "zone": "Z"}],
        "shelters": [{"id": "S", "name": "点", "node": "a", "capacity": 5000}],
        "stations": [{"id": "F", "name": "站", "node": "b"}],
        "emergencies": [
            {"id": "HEART", "name": "心脏病", "per_day": 200, "needs": "medical:1", "work_min": 10}
        ],
        "teams": [{"id": "T", "name": "队", "station": "F", "boats": 0, "skills": skill}],
    }  # fmt: skip
    return Tiny(tables=tables, minutes=[("a", "b", 20), ("b", "a", 20)], horizon_min=600)


def test_the_first_team_has_to_come_from_somewhere(tmp_path: Path) -> None:
    """Nobody is at A before 20 minutes after the first call; after that a team may be there. So
    calls wait, all together, for what is left of those 20 minutes when they come."""
    world = emergencies("medical:1").build(tmp_path, {"go": ORDER | {"rescue": {}}})
    least, facts = limit(setting_of(world, "teams", ("F",)))
    told = facts.of(Kind.EMERGENCY)["t"].astype(np.int64)
    assert len(told) > 2
    left = np.maximum(told[0] + 20 * MS_PER_MIN - told, 0)
    assert least == pytest.approx(left.sum() / MS_PER_HOUR)
    near, _ = limit(setting_of(world, "teams", ("F", "P")))
    assert near == 0, "a post at A itself"


def test_who_cannot_help_is_not_awaited(tmp_path: Path) -> None:
    """The only team can dig, and all calls are medical: nobody comes, everybody waits to the
    end, and no placement changes that."""
    world = emergencies("digger:1").build(tmp_path, {"go": ORDER | {"rescue": {}}})
    least, facts = limit(setting_of(world, "teams", ("F", "P")))
    told = facts.of(Kind.EMERGENCY)["t"].astype(np.int64)
    assert least == pytest.approx((facts.horizon_ms - told).sum() / MS_PER_HOUR)


def test_nobody_comes_before_the_road_is_open(tmp_path: Path) -> None:
    """The only road from the station is under water for the first two hours: whoever calls from the
    village waits until then at least, and ten minutes where the road is dry. What is played is no
    quicker, call by call."""
    tables = emergencies("medical:1").tables
    at = {"b": 0, "a": 10_000}
    roads = [{"id": name, "from_node": name[0], "to_node": name[1]} for name in ("ab", "ba")]
    tiny = on_roads(at, roads, horizon_min=600, **(tables | {"depots": [], "vehicles": []}))
    wet = [(0, 2000), (120, 0)]
    run = go(tiny, tmp_path, ORDER | {"rescue": {}}, water=Water(edges={"ab": wet, "ba": wet}))
    plan, kind = run.plan, KINDS["teams"]
    station = (run.world.places.ids.index("F"),)
    setting = Setting(run.world, plan, kind, kind.units(run.world, plan), Posts(station))
    facts = Facts(run.world, run.log)
    told = facts.of(Kind.EMERGENCY)["t"].astype(np.int64)
    first = max(int(told[0]) + 10 * MS_PER_MIN, 120 * MS_PER_MIN)
    assert told[0] < 110 * MS_PER_MIN
    least = kind.limit(setting).of(facts, 1)
    assert least == pytest.approx(np.maximum(first - told, 0).sum() / MS_PER_HOUR)
    assert least <= emergency_wait_h(facts)


@pytest.mark.parametrize(("wet", "left"), [(40, 8), (75, 0)])
def test_a_bus_has_to_come_and_to_get_out(wet: int, left: int, tmp_path: Path) -> None:
    """Called at 0, from the nearest post 30 minutes to the stop and 15 on to the shelter: out at 45
    at the soonest. Water cuts the village off before that, or after it, when the bus from the
    plan's own depot, 90 minutes away, is too late all the same."""
    at = {"d": 0, "e": 40_000, "v": 60_000, "s": 70_000}

    def there(node: str) -> dict[str, float]:
        return {"x": EAST + at[node], "y": NORTH}

    tables: dict[str, list[dict[str, Any]]] = {
        "nodes": [{"id": name, **there(name)} for name in at],
        "edges": [
            {"id": f"{a}{b}", "from_node": a, "to_node": b, "speed_kmh": 40, "width_m": 7}
            for a, b in ("de", "ev", "vs")
        ],
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "zone": "Z", "resident": 8, "share_coach": 1, **there("v")}
        ],
        "assembly_points": [{"id": "P", "name": "口", "zone": "Z", **there("v")}],
        "shelters": [{"id": "S", "name": "点", "capacity": 100, **there("s")}],
        "depots": [{"id": name, "name": name, **there(name.lower())} for name in "DE"],
        "vehicles": [{"id": "C", "class": "coach", "seats": 40, "depot": "D"}],
    }  # fmt: skip
    rows = [f"{place},{t},{m}\n" for place in "VP" for t, m in ((0, 0), (wet - 5, 0), (wet, 2))]
    depths = "place,minute,depth_m\n" + "".join(rows)
    flood = {
        "kind": "recorded_depth",
        "data": {"form": "places", "file": "hazard/depths.csv", "starts_at": "08:00"},
    }
    tiny = Tiny(tables=tables, hazard=flood, files={"hazard/depths.csv": depths})
    world = tiny.build(tmp_path, {"go": ORDER | {"fleet": {}}})
    found, facts = limit(setting_of(world, "coaches", ("D", "E")))
    assert facts.persons(~facts.out_at_cutoff) == 8, "what is played: the bus is too late"
    assert found == left


def stocked(tmp_path: Path, item: tuple[str, str, int]) -> World:
    """100 people walk into a shelter at the very place; the store stands 300 minutes away."""
    name, unit, stock = item
    quiet = {"approve_min": 0, "pick_min": 0, "load_min": 0, "hand_over_min": 0}
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "node": "a", "zone": "Z", "resident": 100,
             "share_coach": 0, "share_village_shelter": 1, "village_shelter": "S"}
        ],
        "shelters": [{"id": "S", "name": "点", "node": "a", "capacity": 200, "kind": "village"}],
        "assembly_points": [{"id": "P", "name": "口", "node": "a", "zone": "Z"}],
        "stores": [{"id": "W", "name": "库", "node": "b"}],
        "items": [{"id": "W1", "store": "W", "name": name, "stock": stock, "unit": unit}],
    }  # fmt: skip
    ways = [("a", "b", 300), ("b", "a", 300)]
    tiny = Tiny(tables=tables, minutes=ways, horizon_min=1440)
    return tiny.build(tmp_path, {"go": ORDER | {"supplies": quiet}})


def test_the_first_load_takes_its_time(tmp_path: Path) -> None:
    """Asked for after a quarter of an hour, the water is there 300 minutes later: the five whole
    hours before that are short for 100 people wherever else the stock might have lain; from the
    shelter's own place nothing need be short."""
    world = stocked(tmp_path, ("饮用水", "升", 5000))
    least, facts = limit(setting_of(world, "supplies", ("W",)))
    played = facts.of(Kind.SUPPLY_SHORT)["value"].sum() / MS_PER_HOUR
    assert least == pytest.approx(500) and played == pytest.approx(525)
    assert limit(setting_of(world, "supplies", ("W", "S")))[0] == 0


def test_no_more_is_lent_than_there_is(tmp_path: Path) -> None:
    """60 beds in the county for 100 people: 40 go without all day, from the first quarter of an
    hour on, wherever the beds are."""
    world = stocked(tmp_path, ("棉被", "床", 60))
    least, facts = limit(setting_of(world, "supplies", ("S",)))
    played = facts.of(Kind.SUPPLY_SHORT)["value"].sum() / MS_PER_HOUR
    assert least == pytest.approx(40 * 24, rel=0.02) and least <= played


def test_what_it_takes_to_be_there(tmp_path: Path) -> None:
    """Two trucks' worth of stock: there, back, there again, 300 minutes each; at home nothing."""
    world = stocked(tmp_path, ("棉被", "床", 480))
    setting = setting_of(world, "supplies", ("W", "S"))
    away, home = cost(setting, (1,)), cost(setting, (0,))
    assert (home.away, home.drive_h, home.longest_min) == (0, 0, 0)
    assert away.away == 1 and away.longest_min == 300
    assert away.drive_h == pytest.approx(3 * 300 / 60)
