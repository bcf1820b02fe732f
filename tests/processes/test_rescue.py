"""Boats: when teams are called, where they launch, day and night, shifts, and where people land."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hamlet import Water, at_min, depot, go, on_roads, shelter, village, zone
from kit import Played, Row

from sim.log import Kind, TeamStatus
from sim.states import Flag, Mode

NODES = {"v": 0, "m": 1_000, "s": 4_000, "t": 10_000}
EDGES: list[Row] = [
    {"id": "vm", "from_node": "v", "to_node": "m"},
    {"id": "ms", "from_node": "m", "to_node": "s"},
    {"id": "st", "from_node": "s", "to_node": "t"},
]
NEVER_ORDERED: Row = {"rules": [{"signal": "clock", "at": "+2 00:00", "action": "move"}]}


def wet_at(minute: int) -> Water:
    """The village and its road are two metres deep from a minute on; junction m stays dry."""
    deep = [(minute, 2000)]
    return Water(places={"V": deep, "F1": deep}, edges={"vm": deep, "vm-": deep})


def caught(
    folder: Path, minute: int = 60, rescue: Row | None = None, behaviour: Row | None = None,
    **tables: list[Row],
) -> Played:  # fmt: skip
    """Four persons without an order are caught; a team at t, 9 km from the landing at m; the boat
    needs a minute for the kilometre from m to the houses, loads 5 and unloads 3 minutes."""
    base: dict[str, list[Row]] = {
        "settlements": [village()],
        "shelters": [shelter()],
        "stations": [{"id": "F", "name": "驻地", "node": "t"}],
        "teams": [{"id": "T", "name": "队伍", "station": "F", "persons_per_trip": 2}],
        "depots": [depot(node="s")],
    }
    handling = {"fetch.load_fixed_min": 5, "fetch.unload_min": 3}
    tiny = on_roads(NODES, EDGES, handling | (behaviour or {}), 2880, **(base | tables))
    return go(tiny, folder, {"when": NEVER_ORDERED, "rescue": rescue or {}}, wet_at(minute))


def teams(run: Played, status: TeamStatus) -> list[float]:
    """Minutes at which teams had a status."""
    return at_min(run, Kind.TEAM, int(status))


def test_a_rescue_by_hand(tmp_path: Path) -> None:
    """Called at 60 with the first incident; 9 minutes by road; each trip runs out 1, loads 5, runs
    back 1, unloads 3: landed at 79 and 89, 3 minutes by car to the shelter."""
    run = caught(tmp_path)
    assert teams(run, TeamStatus.CALLED) == teams(run, TeamStatus.READY) == [60]
    assert teams(run, TeamStatus.LAUNCHED) == [69]
    assert at_min(run, Kind.BOAT_TRIP) == [79, 89]
    assert at_min(run, Kind.OUT) == [82, 82, 92, 92]
    assert set(run.log.of(Kind.OUT)["value"].tolist()) == {Mode.BOAT}
    assert run.persons_at("S") == 4
    assert at_min(run, Kind.FLAG, Flag.RESCUED) == [79, 79, 89, 89]
    assert (run.log.of(Kind.WAIT_BOAT)["value"] // 60_000).tolist() == [10, 10, 20, 20]


def test_muster_and_launch_take_their_time(tmp_path: Path) -> None:
    """Muster 40, launch 15; a team that states its readiness (7) takes that instead."""
    slow = {"fetch.muster_min": 40, "fetch.launch_min": 15}
    run = caught(tmp_path / "a", behaviour=slow)
    assert at_min(run, Kind.BOAT_TRIP)[0] == 79 + 40 + 15
    ready = [{"id": "T", "name": "队伍", "station": "F", "persons_per_trip": 2, "ready_min": 7}]
    run = caught(tmp_path / "b", behaviour=slow, teams=ready)
    assert at_min(run, Kind.BOAT_TRIP)[0] == 79 + 7 + 15


@pytest.mark.parametrize(("call", "minute"), [("prepare", 20), ("move", 40), ("incident", 60)])
def test_teams_are_called_by_an_order_or_by_the_first_incident(
    call: str, minute: int, tmp_path: Path
) -> None:
    """Another zone is told to prepare at 20 and to move at 40; the water comes at 60."""
    rules = [
        {"signal": "clock", "at": at, "action": action, "zones": ["Y"]}
        for at, action in (("08:20", "prepare"), ("08:40", "move"))
    ]
    tiny = on_roads(
        NODES, EDGES, zones=[zone(), zone("Y")], depots=[], vehicles=[],
        settlements=[village(), village("W", 1, "s", zone="Y", share_relatives=1)],
        exits=[{"id": "E", "name": "外县", "node": "t"}],
        stations=[{"id": "F", "name": "驻地", "node": "t"}],
        teams=[{"id": "T", "name": "队伍", "station": "F"}],
    )  # fmt: skip
    plan = {"when": {"rules": rules}, "rescue": {"call_on": call}}
    assert teams(go(tiny, tmp_path, plan, wet_at(60)), TeamStatus.CALLED) == [minute]


def test_a_staged_team_is_nearer(tmp_path: Path) -> None:
    """Waiting at the shelter, 3 km from the landing instead of 9: six minutes earlier."""
    assert at_min(caught(tmp_path, rescue={"staged": {"T": "S"}}), Kind.BOAT_TRIP)[0] == 73


@pytest.mark.parametrize(("night_ok", "first"), [(True, 750 + 19), (False, 1380 + 19)])
def test_a_team_that_may_not_work_at_night_waits_for_seven(
    night_ok: bool, first: float, tmp_path: Path
) -> None:
    """The water comes at 20:30 (750): a night team sets out at once, the other at 07:00 (1380)."""
    team = {"id": "T", "name": "队伍", "station": "F", "persons_per_trip": 2, "night_ok": night_ok}
    assert at_min(caught(tmp_path, 750, teams=[team]), Kind.BOAT_TRIP)[0] == first


def test_boats_are_slower_at_night(tmp_path: Path) -> None:
    """Runs and loading take twice as long in the dark: 9 + 2 + 10 + 2 + 3 minutes."""
    run = caught(tmp_path, 750, behaviour={"fetch.night_factor": 2})
    assert at_min(run, Kind.BOAT_TRIP)[0] == 750 + 26


def test_a_team_ahead_of_the_news_asks_again(tmp_path: Path) -> None:
    """The water comes at 70, the next news of the roads at 90: the team drives for the village, is
    stopped at m at 79, hears nothing new at 89, and at 99 that it has to launch there."""
    run = caught(tmp_path, 70)
    assert at_min(run, Kind.TEAM_DISPATCH) == [70, 89, 99]
    assert at_min(run, Kind.BOAT_TRIP)[0] == 99 + 10


def test_without_a_rescue_section_nobody_is_fetched(tmp_path: Path) -> None:
    """Incidents are counted, teams stay."""
    tiny = on_roads(
        NODES, EDGES, settlements=[village()], depots=[depot(node="s")],
        stations=[{"id": "F", "name": "驻地", "node": "t"}],
        teams=[{"id": "T", "name": "队伍", "station": "F"}],
    )  # fmt: skip
    run = go(tiny, tmp_path, {"when": NEVER_ORDERED}, wet_at(60))
    assert at_min(run, Kind.INCIDENT) == [60]
    assert not len(run.log.of(Kind.TEAM))


def two_sites(folder: Path, rule: str, later: int = 60) -> Played:
    """Two persons near the landing (V) and four farther away (W), one boat for six."""
    nodes = {"v": 0, "m": 1_000, "w": 3_000, "t": 10_000}
    edges: list[Row] = [
        {"id": "vm", "from_node": "v", "to_node": "m"},
        {"id": "mw", "from_node": "m", "to_node": "w"},
        {"id": "wt", "from_node": "w", "to_node": "t"},
    ]
    tiny = on_roads(
        nodes, edges, settlements=[village(persons=4), village("W", 2, "w")],
        shelters=[shelter(node="t")], depots=[depot(node="t")],
        stations=[{"id": "F", "name": "驻地", "node": "t"}],
        teams=[{"id": "T", "name": "队伍", "station": "F"}],
    )  # fmt: skip
    deep, after = [(60, 2000)], [(later, 2000)]
    water = Water(places={"V": after, "W": deep}, edges={"vm": deep, "vm-": deep})
    return go(tiny, folder, {"when": NEVER_ORDERED, "rescue": {"rule": rule}}, water)


@pytest.mark.parametrize(("rule", "order"), [("nearest", ["W", "V"]), ("largest", ["V", "W"])])
def test_the_rule_says_where_a_free_boat_goes_first(
    rule: str, order: list[str], tmp_path: Path
) -> None:
    """W is nearer to the station (2 persons), V farther away (4 persons)."""
    run = two_sites(tmp_path, rule)
    sites = [run.world.places.ids[p] for p in run.log.of(Kind.TEAM_DISPATCH)["place"]]
    assert sites == order
    assert run.log.of(Kind.TEAM_DISPATCH)["value"].tolist() == [1, 1]


def test_a_boat_that_is_through_goes_to_the_next_incident(tmp_path: Path) -> None:
    """V is caught two hours after W: the team stands by and hears of it within five minutes."""
    run = two_sites(tmp_path, "nearest", later=180)
    first, second = at_min(run, Kind.TEAM_DISPATCH)
    assert first == 60 and 180 <= second <= 185
    assert run.registered() == 6


def test_boats_launch_at_the_nearest_junction_still_to_be_reached(tmp_path: Path) -> None:
    """The road from m to s is under water, too: the landing is s, four kilometres from the houses:
    6 minutes of road, 4 out, 5, 4 back, 3; people are at the shelter's door when they land."""
    deep = [(60, 2000)]
    edges = dict.fromkeys(("vm", "vm-", "ms", "ms-"), deep)
    tiny = on_roads(
        NODES, EDGES, {"fetch.load_fixed_min": 5, "fetch.unload_min": 3},
        settlements=[village(persons=2)], depots=[depot(node="s")],
        stations=[{"id": "F", "name": "驻地", "node": "t"}],
        teams=[{"id": "T", "name": "队伍", "station": "F"}],
    )  # fmt: skip
    water = Water(places={"V": deep}, edges=edges)
    run = go(tiny, tmp_path, {"when": NEVER_ORDERED, "rescue": {}}, water)
    assert at_min(run, Kind.BOAT_TRIP) == at_min(run, Kind.OUT)[:1] == [60 + 6 + 4 + 5 + 4 + 3]


def test_nobody_is_fetched_from_beyond_the_reach_of_boats(tmp_path: Path) -> None:
    """The nearest dry junction is 6 km away, and boats go 5 km: the team finds no way."""
    nodes = {"v": 0, "s": 6_000, "t": 10_000}
    edges: list[Row] = [
        {"id": "vs", "from_node": "v", "to_node": "s"},
        {"id": "st", "from_node": "s", "to_node": "t"},
    ]
    tiny = on_roads(
        nodes, edges, settlements=[village()], depots=[depot(node="s")],
        stations=[{"id": "F", "name": "驻地", "node": "t"}],
        teams=[{"id": "T", "name": "队伍", "station": "F"}],
    )  # fmt: skip
    deep = [(60, 2000)]
    water = Water(places={"V": deep}, edges={"vs": deep, "vs-": deep})
    run = go(tiny, tmp_path, {"when": NEVER_ORDERED, "rescue": {}}, water)
    assert not len(run.log.of(Kind.TEAM_DISPATCH)) and run.registered() == 0


def test_crews_rest_after_their_shift(tmp_path: Path) -> None:
    """Shift one hour, rest two: a boat for one person with trips of 20 minutes (run 1, load 15, run
    1, unload 3) finishes what it began at V and rests before it goes to W, and again at 320."""
    behaviour: dict[str, Any] = {
        "fetch.shift_h": 1, "fetch.rest_h": 2, "fetch.load_fixed_min": 15, "fetch.unload_min": 3,
    }  # fmt: skip
    deep, later = [(60, 2000)], [(140, 2000)]
    tiny = on_roads(
        NODES, EDGES, behaviour,
        settlements=[village(), village("W", 1, "s")], depots=[depot(node="t")],
        shelters=[shelter(node="t")],
        stations=[{"id": "F", "name": "驻地", "node": "m"}],
        teams=[{"id": "T", "name": "队伍", "station": "F", "persons_per_trip": 1}],
    )  # fmt: skip
    water = Water(places={"V": deep, "W": later}, edges={"vm": deep, "vm-": deep})
    run = go(tiny, tmp_path, {"when": NEVER_ORDERED, "rescue": {}}, water)
    assert at_min(run, Kind.BOAT_TRIP)[:4] == [80, 100, 120, 140]
    assert teams(run, TeamStatus.RESTING) == [140, 320]
    assert at_min(run, Kind.TEAM_DISPATCH) == [60, 260]


@pytest.mark.parametrize(("room", "place"), [(9, "S"), (1, "V")])
def test_where_people_are_safe_after_landing(room: int, place: str, tmp_path: Path) -> None:
    """With room they are driven to the shelter; without it they are safe on dry ground there."""
    run = caught(tmp_path, shelters=[shelter(capacity=room)])
    assert run.persons_at(place) == 4
    assert run.log.of(Kind.OUT)["value"].tolist() == [Mode.BOAT] * 4


def test_families_larger_than_a_boat_are_fetched_all_the_same(tmp_path: Path) -> None:
    """A group of five and a boat for two: they go together, counted as one trip of five."""
    camp = {
        "id": "F1", "name": "工棚", "kind": "camp", "node": "v", "zone": "Z", "occupants_day": 5,
        "occupants_night": 5, "party_size": 5,
    }  # fmt: skip
    run = caught(tmp_path, settlements=[village(persons=1)], facilities=[camp])
    trips = run.log.of(Kind.BOAT_TRIP)
    assert sorted(trips["value"].tolist()) == [1, 5]
    assert run.registered() == 6
