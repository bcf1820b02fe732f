"""People cut off as incidents of the desk: the plan's rule sends boats, and the log says why."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hamlet import Water, at_min, bus, depot, go, hamlet, on_roads, shelter, village
from kit import Played, Row

from sim.forces.incidents import Stage
from sim.forces.rules import Reason
from sim.log import Kind, VehicleStatus

PREPARE: Row = {"rules": [{"signal": "clock", "at": "08:10", "action": "prepare"}]}
NODES = {"f": 0, "v": 20_000, "m": 21_000, "w": 22_000, "n": 25_000}


def valley(
    folder: Path, rescue: Row, wet: tuple[int, int] = (60, 60), persons: tuple[int, int] = (2, 2),
    boats: int = 1, ready_min: int | None = None,
) -> Played:  # fmt: skip
    """V and W under water from their minutes on, the roads stay dry; T0 stands at F of the township
    甲 of V, 20 km away, T1 at N of the township 乙 of W, 3 km from W and 5 km from V. The teams are
    called with the order to prepare, long before."""
    names = list(NODES)
    edges: list[Row] = [{"id": a + b, "from_node": a, "to_node": b} for a, b in pairwise(names)]
    tiny = on_roads(
        NODES, edges, {"fetch.load_fixed_min": 5, "fetch.unload_min": 3}, 2880,
        settlements=[
            village("V", persons[0], "v", township="甲"),
            village("W", persons[1], "w", township="乙"),
        ],
        shelters=[shelter(node="m")], depots=[depot(node="m")],
        stations=[
            {"id": "F", "name": "远", "node": "f", "township": "甲"},
            {"id": "N", "name": "近", "node": "n", "township": "乙"},
        ],
        teams=[
            {"id": f"T{k}", "name": "队", "station": at, "persons_per_trip": 2, "boats": boats,
             **({} if ready_min is None else {"ready_min": ready_min})}
            for k, at in enumerate("FN")
        ],
    )  # fmt: skip
    deep = {name: [(minute, 2000)] for name, minute in zip("VW", wet, strict=True)}
    plan = {"when": PREPARE, "rescue": {"call_on": "prepare", **rescue}}
    return go(tiny, folder, plan, Water(places=deep))


def sent(run: Played) -> list[tuple[int, str]]:
    """Who was sent where, in order."""
    rows = run.log.of(Kind.TEAM_DISPATCH)
    return [(int(row["who"]), run.world.places.ids[row["place"]]) for row in rows]


@pytest.mark.parametrize(
    ("dispatch", "who", "reason"),
    [("nearest", 1, Reason.NEAREST), ("own_district", 0, Reason.OWN_DISTRICT)],
)
def test_the_dispatch_rule_sends_boats(
    dispatch: str, who: int, reason: Reason, tmp_path: Path
) -> None:
    """V calls: 5 km from the boat of the other township, 20 km from that of its own; the log names
    both as candidates, with their minutes, and says why it was this one."""
    run = valley(tmp_path, {"dispatch": dispatch}, wet=(60, 9_000))
    assert sent(run) == [(who, "V")]
    assert run.log.of(Kind.TEAM_REASON)["value"].tolist() == [reason]
    named = run.log.of(Kind.TEAM_CANDIDATE)
    reach = dict(zip(named["who"].tolist(), named["value"].tolist(), strict=True))
    assert set(reach) == {0, 1} and reach[1] < reach[0]


def stages(run: Played, number: int) -> list[Stage]:
    """What became of an incident, in order."""
    rows = run.log.of(Kind.STRANDED_STAGE)
    return [Stage(value) for value in rows["value"][rows["who"] == number].tolist()]


def test_every_incident_is_told_from_report_to_end(tmp_path: Path) -> None:
    """Reported, somebody sent, there, at work with all that was asked for, and ended when the last
    has been taken aboard; the full response is counted from the call."""
    run = valley(tmp_path, {})
    for number in (0, 1):
        assert stages(run, number) == [
            *(Stage.REPORTED, Stage.FIRST_SENT, Stage.FIRST_ON_SITE, Stage.STARTED),
            *(Stage.FULL, Stage.ENDED),
        ]
    rows = run.log.of(Kind.STRANDED_STAGE)
    ended = rows["t"][rows["value"] == Stage.ENDED]
    boarded = run.log.of(Kind.BOARDED)["t"]
    assert set(ended.tolist()) == set(boarded.tolist())


def test_many_people_call_more_boats(tmp_path: Path) -> None:
    """30 people ask for three boats: both of the near team, and one of the far one."""
    run = valley(tmp_path, {}, wet=(60, 9_000), persons=(30, 2), boats=2)
    assert sent(run) == [(1, "V"), (1, "V"), (0, "V")]
    assert Stage.FULL in stages(run, 0) and run.registered() == 30


def test_teams_ready_at_one_moment_are_all_candidates(tmp_path: Path) -> None:
    """Called by the first who are cut off, both muster in half an hour: V gets the boat 5 km away,
    not the one whose team stands first in the table."""
    run = valley(tmp_path, {"call_on": "incident"}, wet=(60, 9_000), ready_min=30)
    assert sent(run) == [(1, "V")]
    assert set(run.log.of(Kind.TEAM_CANDIDATE)["who"].tolist()) == {0, 1}


def test_a_boat_is_at_one_place(tmp_path: Path) -> None:
    """The trips of one boat follow each other, and everybody is fetched once."""
    run = valley(tmp_path, {"dispatch": "preempt"}, persons=(20, 20), wet=(60, 80))
    for team in (0, 1):
        trips = run.log.of(Kind.BOAT_TRIP)
        moments = trips["t"][trips["who"] == team]
        assert (np.diff(moments) >= 8 * 60_000).all()
    assert run.registered() == 40 == int(run.log.of(Kind.BOAT_TRIP)["value"].sum())


@pytest.mark.parametrize(("share", "busy"), [(0.5, 1), (0, 2)])
def test_half_of_the_ambulances_stay_with_everyday_calls(
    share: float, busy: int, tmp_path: Path
) -> None:
    """Two ambulances for the transfer: one is never called unless the plan says so."""
    tiny = hamlet(
        vehicles=[bus("A", seats=2, count=2) | {"class": "ambulance"}],
        emergencies=[{"id": "ILL", "name": "急症", "per_day": 1, "needs": "medical:1",
                      "work_min": 30}],
    )  # fmt: skip
    run = go(tiny, tmp_path, {"fleet": {}, "rescue": {"daily_duty_share": share}})
    assert len(at_min(run, Kind.VEHICLE, VehicleStatus.CALLED)) == busy
