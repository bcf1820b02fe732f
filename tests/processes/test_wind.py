"""Wind beside water: who has to stay ashore or stand still while others go on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hamlet import Water, at_min, flooded, hamlet, on_roads
from kit import Tiny, play

from sim.hazards import Layer
from sim.log import Kind, VehicleStatus
from sim.measures.conservation import check_log
from sim.roads.levels import NEVER_LEVEL, ClassRule, LevelScale
from sim.world import World

WIND = LevelScale(
    "gust", per_unit=10, shown=(172,), harm=NEVER_LEVEL, door=NEVER_LEVEL,
    rules={"boat": ClassRule(139), "coach": ClassRule(208)},
)  # fmt: skip
TEAM = {"id": "T", "name": "T", "station": "B", "boats": 1, "persons_per_trip": 4, "night_ok": True}


def blown(world: World, water: Water, gust: list[tuple[float, int]]) -> World:
    """The same world with a wind over all places and roads, in 0.1 m/s from minutes on."""
    found = flooded(world, water)
    member = found.hazard.member(0)
    levels = np.zeros((1, found.hazard.n_steps), np.int32)
    for minute, value in gust:
        levels[0, int(minute // 10) :] = value
    edges, places = len(member.edge_row), len(world.places)
    wind = Layer(WIND, np.zeros(edges, np.int32), levels, np.zeros(places, np.int32), levels)
    found.hazard._member = replace(member, more=(wind,))  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(("calm_at", "fetched"), [(0, 80), (300, 300)])
def test_boats_wait_for_the_wind_to_drop(tmp_path: Path, calm_at: int, fetched: int) -> None:
    """Four are trapped at minute 60, 20 min away; in a gale of 15 m/s nobody puts out."""
    tiny = hamlet(stations=[{"id": "B", "name": "B", "node": "s"}], teams=[TEAM])
    never = {"rules": [{"signal": "clock", "at": "+1 07:00", "action": "move"}]}
    world = tiny.build(tmp_path, {"go": {"rescue": {}, "when": never}})
    gust = [(0, 150), (calm_at, 0)]
    run = play(blown(world, Water(places={"V": [(60, 900)]}), gust), "go")
    check_log(run.world, run.log)
    trips = at_min(run, Kind.BOARDED)
    assert len(trips) == 4 and min(trips) >= fetched and max(trips) <= fetched + 30


def county(vehicle: str, queues: bool) -> Tiny:
    """A village 10 km from its shelter with one vehicle beside it."""
    nodes = {"v": 0.0, "s": 10_000.0}
    edges = [{"id": "vs", "from_node": "v", "to_node": "s", "length_m": 10_000},
             {"id": "sv", "from_node": "s", "to_node": "v", "length_m": 10_000}]  # fmt: skip
    tiny = on_roads(
        nodes, edges, {"drive.seat_use": 1},
        depots=[{"id": "D", "name": "D", "node": "v"}],
        vehicles=[{"id": "C", "class": vehicle, "seats": 10, "depot": "D"}],
    )  # fmt: skip
    tiny.traffic = {"queues": queues}
    return tiny


@pytest.mark.parametrize("queues", [False, True])
@pytest.mark.parametrize(("vehicle", "gets_there"), [("coach", False), ("minibus", True)])
def test_wind_stops_coaches_and_no_others(
    tmp_path: Path, vehicle: str, gets_there: bool, queues: bool
) -> None:
    """In 22 m/s the coach stands, on roads with queues and without; a minibus goes."""
    world = county(vehicle, queues).build(tmp_path, {"go": {"fleet": {}}})
    run = play(blown(world, Water(), [(0, 220)]), "go")
    check_log(run.world, run.log)
    assert bool(at_min(run, Kind.VEHICLE, VehicleStatus.AT_SHELTER)) == gets_there
    assert run.registered() == (4 if gets_there else 0)


@pytest.mark.parametrize("queues", [False, True])
def test_a_coach_goes_when_the_wind_has_dropped(tmp_path: Path, queues: bool) -> None:
    """The wind drops at minute 120: then it sets out, and nobody was caught by the gale."""
    world = county("coach", queues).build(tmp_path, {"go": {"fleet": {}}})
    run = play(blown(world, Water(), [(0, 220), (120, 0)]), "go")
    check_log(run.world, run.log)
    there = at_min(run, Kind.VEHICLE, VehicleStatus.AT_SHELTER)
    assert len(there) == 1 and 120 < there[0] < 180
    assert not len(run.log.of(Kind.EXPOSED))
