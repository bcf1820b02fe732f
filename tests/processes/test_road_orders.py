"""Orders and crashes on roads that queue: counted, tidal, led along a route, lost lanes, lights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hamlet import at_min, bus, depot, on_roads, shelter, stop, village, zone
from kit import Played, Row, Tiny, play
from valley import CARS, FREE_MIN, HEADWAY_MIN, cars_out, valley

from sim.draws import Draws, sample_one, stable_key
from sim.draws_tables import compile_number
from sim.io.scenario_folder import load_scenario
from sim.log import Kind
from sim.report.event_table import EventTable
from sim.schema.distribution_kinds import Exponential
from sim.schema.problems import InputError
from sim.states import Mode

LAST = FREE_MIN + (CARS - 1) * HEADWAY_MIN
"""Minute at which the last car of the valley is out when nothing happens."""
THROUGH = 6.5


def closures(*items: Row) -> Row:
    """The controls of a plan."""
    return {"closures": list(items)}


def test_a_road_closed_twice_opens_with_the_second_release(tmp_path: Path) -> None:
    """Closed for 4 and for 10 minutes from the order on: nobody passes before the tenth."""
    both = closures({"edges": ["b"], "for_min": 4}, {"edges": ["b"], "for_min": 10})
    run = valley(tmp_path, controls=both)
    assert sorted(run.log.of(Kind.CLOSURE)["value"].tolist()) == [0, 0, 1, 1]
    assert cars_out(run)[0] > 10


def test_lanes_are_turned_once_and_given_back_once(tmp_path: Path) -> None:
    """A second contraflow on the same road adds no third lane; ending it takes none away."""
    whole = {"kind": "contraflow", "edges": ["a", "b"]}
    once = valley(tmp_path / "once", controls=closures(whole))
    twice = valley(tmp_path / "twice", controls=closures(whole, {**whole, "for_min": 3}))
    assert cars_out(twice) == cars_out(once)


def test_police_factors_on_one_road_multiply_while_both_hold(tmp_path: Path) -> None:
    """Half and a quarter: an eighth of the flow for four minutes, then half for two."""
    half = {"kind": "police", "edges": ["a", "b"], "capacity_factor": 0.5, "for_min": 6}
    quarter = {**half, "capacity_factor": 0.25, "for_min": 4}
    out = cars_out(valley(tmp_path, controls=closures(half, quarter)))
    assert out[-1] == pytest.approx(LAST + 4 * 7 / 8 + 2 / 2, abs=0.25)


# -- tidal ---------------------------------------------------------------------------------------

TIDE: Row = {"kind": "tidal", "edges": ["a", "b"], "out_min": 2, "back_min": 3}


def test_a_tidal_road_lets_both_lanes_out_in_windows(tmp_path: Path) -> None:
    """Two minutes at twice the flow are 114 cars; then 3 minutes for the way back, and twice the
    6.5 minutes it takes to clear the road: the next ones set out 18 minutes after the first."""
    run = valley(tmp_path, controls=closures(TIDE))
    waves = np.array(cars_out(run)) - FREE_MIN
    turns = waves // 18
    assert np.bincount(turns.astype(int)).tolist() == pytest.approx([114, 114, 72], abs=1)
    assert (waves % 18).max() <= 2 + 1e-6
    assert np.diff(waves[:100]) == pytest.approx(HEADWAY_MIN / 2, abs=1e-3)
    tides = run.log.of(Kind.TIDE)
    first = (tides["t"][:3] / 60_000).tolist(), tides["value"][:3].tolist()
    assert first == ([0, 8.5, 18], [1, 0, 1])


def test_a_bus_comes_back_in_the_window_for_the_way_back(tmp_path: Path) -> None:
    """From the shelter to the village against the stream: it waits 8.5 minutes, drives 6.5, and its
    riders leave with the next outward window."""
    shares = {"share_relatives": 0.0, "share_coach": 1.0}
    tiny = on_roads(
        {"v": 0, "m": 500, "s": 6_500},
        [{"id": "a", "from_node": "v", "to_node": "m"},
         {"id": "b", "from_node": "m", "to_node": "s"}],
        settlements=[village(persons=2, household_size=1, **shares)],
        zones=[zone()], assembly_points=[stop()], shelters=[shelter()],
        depots=[depot(node="s")], vehicles=[bus()],
    )  # fmt: skip
    tiny.traffic = {"queues": True, "rain": False, "night_capacity_share": 1}
    plan = {"fleet": {}, "controls": closures({**TIDE, "on": "clock", "at": "08:00"})}
    run = play(tiny.build(tmp_path, {"go": plan}), "go")
    (out, _) = at_min(run, Kind.OUT, int(Mode.COACH))
    assert out == pytest.approx(18 + THROUGH, abs=0.1)


# -- crashes -------------------------------------------------------------------------------------


def crash(**what: object) -> list[Row]:
    """One crash on the first edge a minute after the order."""
    return [{"at": "08:01", "edge": "a", "for_min": 6, **what}]


def test_a_crash_leaves_a_quarter_of_the_only_lane(tmp_path: Path) -> None:
    """Six minutes at a quarter of the flow cost four and a half minutes of flow."""
    run = valley(tmp_path, accidents=crash())
    (row,) = run.log.of(Kind.CRASH)
    assert (row["t"], row["place"], row["value"]) == (60_000, 1, 360_000)
    assert cars_out(run)[-1] == pytest.approx(LAST + 4.5, abs=0.15)


def test_a_crash_on_all_lanes_holds_everybody(tmp_path: Path) -> None:
    """Nobody passes for six minutes, and everybody afterwards; nobody turns back."""
    out = cars_out(valley(tmp_path, accidents=crash(lanes=2)))
    assert len(out) == CARS
    assert out[-1] == pytest.approx(LAST + 6, abs=0.1)


def test_crashes_and_turning_tides_can_be_read(tmp_path: Path) -> None:
    """A replay names the road, what happens there and for how long."""
    run = valley(tmp_path, controls=closures({**TIDE, "for_min": 20}), accidents=crash())
    lines = {
        (event.clock, event.event, event.who, event.place, event.detail)
        for event in EventTable(run.world, "en").events(run.log)
        if event.kind in ("CRASH", "TIDE")
    }
    assert ("08:01:00", "crash takes lanes", "road a", "", "6.0 min") in lines
    assert ("08:08:30", "tidal road changes direction", "road a", "", "the way back") in lines


def test_crashes_by_chance_come_with_the_distance_driven(tmp_path: Path) -> None:
    """300 cars drive 1,800 km on edge b; at a thousand crashes in a million km the first comes at
    the first look after the drawn distance, and lasts as long under any plan."""
    distance = compile_number(Exponential(dist="exponential", mean=1e6), 1)
    lasted = set()
    for name, controls in (
        ("plain", None), ("police", closures({"kind": "police", "edges": ["a", "b"]})),
    ):  # fmt: skip
        run = valley(tmp_path / name, controls=controls, accidents_per_million_km=1000)
        rows = run.log.of(Kind.CRASH)
        assert (rows["t"] % 600_000 == 0).all()
        for edge, km in (("a", 150), ("b", 1_800)):
            first = sample_one(Draws(1, 0), "crash/distance", distance, (stable_key(edge), 0))
            row = run.world.roads.edge_ids.index(edge)
            mine = rows[rows["who"] == row]
            assert bool(len(mine)) == (first <= km * 1000)
            if len(mine):
                driven = sum(minute <= mine["t"][0] / 60_000 for minute in cars_out(run)) * 6_000
                assert first <= driven
                lasted.add((edge, int(mine["value"][0])))
    assert len(lasted) == len({edge for edge, _ in lasted})


# -- lights and police ---------------------------------------------------------------------------


@pytest.mark.parametrize(("police", "share"), [(False, 0.45), (True, 0.45 * 1.6)])
def test_police_replace_the_lights(police: bool, share: float, tmp_path: Path) -> None:
    """A road to traffic lights has its share of green; directed by police, 1.6 times that."""
    controls = closures({"kind": "police", "edges": ["a"]}) if police else None
    out = cars_out(valley(tmp_path, controls=controls, lights=True))
    assert out[-1] == pytest.approx(FREE_MIN + (CARS - 1) * HEADWAY_MIN / share, abs=0.1)


# -- given ways out ------------------------------------------------------------------------------

AROUND: list[Row] = [
    {"id": "ford", "from_node": "v", "to_node": "s"},
    {"id": "long", "from_node": "v", "to_node": "u", "length_m": 15_000},
    {"id": "back", "from_node": "u", "to_node": "s"},
]
"""v to s by the ford 6 minutes, round by u 15 + 3 minutes."""


def two_villages() -> Tiny:
    """Two persons of zone Z and two of zone Y drive from v to s."""
    shares = {"share_relatives": 1.0, "share_coach": 0.0}
    tiny = on_roads(
        {"v": 0, "s": 6_000, "u": 9_000}, AROUND,
        settlements=[village(persons=2, **shares), village("W", persons=2, zone="Y", **shares)],
        zones=[zone(), zone("Y")], shelters=[shelter()], assembly_points=[stop()],
        exits=[{"id": "E", "name": "亲戚家", "kind": "relatives", "node": "s"}],
        depots=[depot(node="v")], vehicles=[bus()],
    )  # fmt: skip
    tiny.traffic = {"queues": True, "rain": False, "night_capacity_share": 1}
    return tiny


def led(folder: Path, controls: Row) -> Played:
    """The two villages under some controls."""
    return play(two_villages().build(folder, {"go": {"controls": controls}}), "go")


LED: Row = {"zones": ["Z"], "edges": ["long", "back"]}


def test_a_zone_is_led_along_its_route(tmp_path: Path) -> None:
    """Zone Z is sent round by u although the ford is open; zone Y goes as it likes."""
    out = sorted(cars_out(led(tmp_path, {"routes": [LED]})))
    assert out == pytest.approx([6, 6, 18, 18], abs=0.1)


def test_nobody_is_led_into_a_closed_road(tmp_path: Path) -> None:
    """With the route closed by order its zone goes as it likes."""
    controls = {"routes": [LED], **closures({"edges": ["long"], "on": "clock", "at": "08:00"})}
    assert cars_out(led(tmp_path, controls))[-1] == pytest.approx(6, abs=0.2)


# -- what check says -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("controls", "code"),
    [
        ({"routes": [{"edges": ["long", "ford"]}]}, "plan.edges_apart"),
        ({"routes": [{"edges": ["lang"]}]}, "ref.unknown"),
        ({"routes": [LED, {"edges": ["ford"]}]}, "plan.two_routes"),
        ({"routes": [{"zones": ["Q"], "edges": ["ford"]}]}, "ref.unknown"),
        (closures({"kind": "tidal", "edges": ["long", "ford"]}), "plan.edges_apart"),
        (closures({"kind": "tidal", "low_water_bridges": True}), "plan.closes_nothing"),
        (closures({"kind": "tidal", "edges": ["one"]}), "plan.one_way_edge"),
    ],
)
def test_controls_that_cannot_be_are_named(controls: Row, code: str, tmp_path: Path) -> None:
    """Unknown edges and zones, edges that do not follow each other, two routes for one zone."""
    tiny = two_villages()
    one_way = {"id": "one", "from_node": "v", "to_node": "u", "oneway": "yes", "length_m": 9_500}
    tiny.tables["edges"] = [*tiny.tables["edges"], {"speed_kmh": 60, **one_way}]
    rows = [{"oneway": "no", "length_m": "", **row} for row in tiny.tables["edges"]]
    tiny.tables["edges"] = rows
    with pytest.raises(InputError) as caught:
        load_scenario(tiny.write(tmp_path, {"go": {"controls": controls}}))
    assert code in {problem.code for problem in caught.value.problems}


def test_a_crash_on_no_road_is_named(tmp_path: Path) -> None:
    """The edge of a given crash must exist; without queues crashes change nothing."""
    tiny = two_villages()
    tiny.traffic = {"accidents": [{"at": "08:10", "edge": "fort", "for_min": 5}]}
    with pytest.raises(InputError) as caught:
        load_scenario(tiny.write(tmp_path / "wrong", {"go": {}}))
    (problem,) = [p for p in caught.value.problems if p.severity == "error"]
    assert (problem.code, problem.allowed) == ("ref.unknown", "ford, ford-")
    tiny.traffic = {"queues": False, "accidents_per_million_km": 1}
    notes = load_scenario(tiny.write(tmp_path / "free", {"go": {}})).warnings
    assert "traffic.no_queues" in {note.code for note in notes}
