"""When the planned way out fails: cut stops, closed roads, and water that goes down again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit import EAST, NORTH, Played, Tiny, play, wet_from

from sim.clock import MS_PER_MIN
from sim.log import Kind
from sim.measures.measure import measure_run
from sim.states import Mode, State

TOO_LATE = {"signal": "clock", "at": "07:00", "action": "move"}


def village(shares: dict[str, float], wet_at: str, places: int = 50) -> Tiny:
    """Forty people 5 km from town; the middle of the only road is 2 m deep from a clock time on.
    The village shelter stands 600 m from the homes, which stay dry."""
    tables: dict[str, list[dict[str, Any]]] = {
        "zones": [{"id": "Z", "name": "片区"}],
        "settlements": [
            {"id": "V", "name": "村", "x": EAST, "y": NORTH, "zone": "Z", "resident": 40,
             "village_shelter": "N", "relatives_to": "E", **shares}
        ],
        "assembly_points": [{"id": "P", "name": "集合点", "x": EAST, "y": NORTH, "zone": "Z"}],
        "shelters": [
            {"id": "N", "name": "村安置点", "x": EAST, "y": NORTH + 600, "kind": "village",
             "capacity": places, "desks": 10},
            {"id": "S", "name": "镇安置点", "x": EAST + 5000, "y": NORTH, "kind": "larger",
             "capacity": 500, "desks": 10},
        ],
        "exits": [{"id": "E", "name": "镇上", "kind": "relatives", "x": EAST + 5000, "y": NORTH}],
        "nodes": [
            {"id": "a", "x": EAST, "y": NORTH}, {"id": "n", "x": EAST, "y": NORTH + 600},
            {"id": "b", "x": EAST + 2500, "y": NORTH}, {"id": "c", "x": EAST + 5000, "y": NORTH},
        ],
        "edges": [
            {"id": "e1", "from_node": "a", "to_node": "b", "speed_kmh": 40},
            {"id": "e2", "from_node": "b", "to_node": "c", "speed_kmh": 40},
        ],
    }  # fmt: skip
    return Tiny(tables=tables, **wet_from(wet_at, 1000, 4000, 200, depth_m=2.0))


def by_mode(run: Played) -> dict[Mode, int]:
    """Persons out by every mode."""
    rows = run.log.of(Kind.OUT)
    size = run.world.parties.size
    return {
        mode: int(size[rows["who"][rows["value"] == mode]].sum())
        for mode in Mode
        if (rows["value"] == mode).any()
    }


def test_people_at_a_cut_off_stop_walk_to_the_village_shelter(tmp_path: Path) -> None:
    """The road is cut from the first minute, the stop is dry: after an hour the organiser sends
    all forty on foot, and nobody waits for a bus that cannot come."""
    world = village({"share_coach": 1}, "08:00").build(tmp_path, {"go": {"fleet": {}}})
    run = play(world, "go")
    assert by_mode(run) == {Mode.ON_FOOT: 40}
    first = run.log.of(Kind.OUT)["t"].min() / MS_PER_MIN
    assert 60 < first <= 60 + 60 + 15
    assert run.registered() == 40


def test_only_places_that_nobody_is_planned_for_are_given_away(tmp_path: Path) -> None:
    """With 30 places, 20 of them planned for those who walk anyway, ten more find room; the other
    ten keep waiting, and nobody who was planned for is turned away."""
    shares = {"share_coach": 0.5, "share_village_shelter": 0.5}
    world = village(shares, "08:00", places=30).build(tmp_path, {"go": {"fleet": {}}})
    run = play(world, "go")
    assert by_mode(run) == {Mode.ON_FOOT: 30}
    assert len(run.log.of(Kind.NO_PLACE)) == 0


def test_families_whose_road_is_cut_go_on_foot(tmp_path: Path) -> None:
    """No road to the relatives and none to a larger shelter: at once on foot, not for ever home."""
    world = village({"share_relatives": 1}, "08:00").build(tmp_path, {"go": {}})
    run = play(world, "go")
    assert by_mode(run) == {Mode.ON_FOOT: 40}
    assert run.last_min(Kind.OUT) < 30


def test_an_open_road_needs_no_second_way(tmp_path: Path) -> None:
    """With the water a day later everybody goes as planned."""
    world = village({"share_relatives": 1}, "20:00").build(tmp_path, {"go": {}})
    assert by_mode(play(world, "go")) == {Mode.OWN_CAR: 40}


def test_fallen_water_needs_no_boat(tmp_path: Path) -> None:
    """Homes a metre deep from minute 60 to 190 and no boat before minute 600: at 190 the people
    walk out by themselves; they were trapped and exposed, but not fetched by boat."""
    scenario = village({"share_coach": 1}, "08:00")
    scenario.hazard = {
        "kind": "recorded_depth",
        "data": {"form": "places", "file": "hazard/depths.csv", "starts_at": "08:00"},
    }
    scenario.files = {
        "hazard/depths.csv": "place,minute,depth_m\nV,0,0\nV,60,1\nV,180,1\nV,190,0\n"
    }
    scenario.tables["stations"] = [{"id": "F", "name": "驻地", "x": EAST + 5000, "y": NORTH}]
    scenario.tables["teams"] = [
        {"id": "T", "name": "队伍", "station": "F", "persons_per_trip": 8, "ready_min": 600}
    ]
    world = scenario.build(tmp_path, {"go": {"when": {"rules": [TOO_LATE]}, "rescue": {}}})
    run = play(world, "go")
    found = measure_run(run.world, run.plan, run.log)
    assert by_mode(run) == {Mode.ON_FOOT: 40}
    assert found["caught_by_hazard"] == 40 and found["rescued_share"] == 0
    walking = run.log.of(Kind.STATE)
    assert set(walking["t"][walking["value"] == State.WALKING]) == {190 * MS_PER_MIN}
