"""Houses that fall: who is hit, how long he lives, and that leaving in time saves him."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from hamlet import Water, at_min, flooded, hamlet
from kit import Played, Row, play

from sim.clock import MS_PER_MIN
from sim.draws_tables import compile_minutes
from sim.hazards import Blows
from sim.log import Kind
from sim.measures.conservation import check_log
from sim.measures.facts import Facts
from sim.measures.people import people_measures
from sim.states import Flag, Mode
from sim.world import World

ONE = 1 << 32
AT_TWELVE = {"rules": [{"signal": "clock", "at": "12:00", "action": "move"}]}
TEAM = {"id": "T", "name": "T", "station": "B", "boats": 1, "persons_per_trip": 4, "night_ok": True}


def fallen(world: World, killed: float, trapped: float, lives_min: float = 600) -> World:
    """The same world; at minute 60 the house of every household falls with these shares."""
    dry = flooded(world, Water())
    blows = Blows(
        np.array([60 * MS_PER_MIN]),
        np.array([0], np.int32),
        np.array([round(killed * ONE)]),
        np.array([round(trapped * ONE)]),
        compile_minutes(lives_min).table,
        compile_minutes(90).table,
    )
    dry.hazard._member = replace(dry.hazard.member(0), blows=blows)  # type: ignore[attr-defined]
    return dry


def night(folder: Path, killed: float, trapped: float, lives: float = 600, **plan: Row) -> Played:
    """Four one-person households; ordered at 12:00 (minute 240) unless the plan says otherwise."""
    tiny = hamlet(
        stations=[{"id": "B", "name": "B", "node": "s"}],
        teams=[TEAM],
    )
    world = tiny.build(folder, {"go": {"fleet": {}, "when": AT_TWELVE, **plan}})
    run = play(fallen(world, killed, trapped, lives), "go")
    check_log(run.world, run.log)
    return run


def test_who_dies_at_once_is_never_moved(tmp_path: Path) -> None:
    """All four are harmed at minute 60 and in no other part of the sum; no order reaches them."""
    run = night(tmp_path, 1, 0)
    assert at_min(run, Kind.FLAG, Flag.HARMED) == [60] * 4
    found = people_measures(Facts(run.world, run.log))
    assert found["harmed"] == 4 and found["safe_out"] == found["stranded"] == 0
    assert not at_min(run, Kind.BOARDED)


def test_the_buried_die_unless_they_are_freed_in_time(tmp_path: Path) -> None:
    """Without a rescue section nobody comes: dead after the ten hours they last."""
    run = night(tmp_path, 0, 1)
    assert at_min(run, Kind.FLAG, Flag.STRANDED) == [60] * 4
    assert at_min(run, Kind.FLAG, Flag.HARMED) == [660] * 4


def test_a_team_digs_them_out(tmp_path: Path) -> None:
    """Four in one trip, 90 min of digging each: freed alive, carried out, none by boat."""
    run = night(tmp_path, 0, 1, rescue={})
    assert not at_min(run, Kind.FLAG, Flag.HARMED)
    out = at_min(run, Kind.OUT, Mode.TEAM)
    assert len(out) == 4 and min(out) >= 60 + 4 * 90
    assert not at_min(run, Kind.OUT, Mode.BOAT)


def test_who_has_left_is_not_hit(tmp_path: Path) -> None:
    """An order at once empties the houses before they fall."""
    run = night(tmp_path, 1, 0, when={"rules": [{**AT_TWELVE["rules"][0], "at": "08:00"}]})
    assert people_measures(Facts(run.world, run.log))["harmed"] == 0
    assert run.registered() == 4


def test_shares_are_of_households(tmp_path: Path) -> None:
    """Of 400 households a fifth dies at once and half is buried, within four standard errors."""
    tiny = hamlet(settlements=[{"id": "V", "name": "V", "node": "v", "zone": "Z",
                                "resident": 400, "share_coach": 1}])  # fmt: skip
    world = tiny.build(tmp_path, {"go": {"fleet": {}, "when": AT_TWELVE}})
    run = play(fallen(world, 0.2, 0.5, 5_000), "go")
    assert abs(len(at_min(run, Kind.FLAG, Flag.HARMED)) - 80) < 4 * 8
    assert abs(len(at_min(run, Kind.FLAG, Flag.STRANDED)) - 200) < 4 * 10
