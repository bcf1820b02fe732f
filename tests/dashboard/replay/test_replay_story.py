"""Stories and boats say what the log says, with its times."""

from __future__ import annotations

import numpy as np
from replay_kit import Replayed

from sim.log import Kind, TeamStatus
from sim.report.replay.pack import unpack
from sim.report.replay.story import ALL_NIGHT
from sim.states import State
from sim.texts.replay import REPLAY


def _times(night: Replayed, kind: Kind, home: int) -> list[int]:
    """Moments of a kind of record of the parties of one home."""
    start = night.player.world.parties.start
    rows = night.log.of(kind)
    mine = (rows["who"] >= start[home]) & (rows["who"] < start[home + 1])
    return [int(t) for t in rows["t"][mine]]


def _line(night: Replayed, home: int, key: str) -> list[int]:
    """Moments of the story's lines that begin like a sentence of the catalogue."""
    begin = REPLAY[f"story.{key}"][0].split("（")[0].split("{")[0]
    return [line.ms for line in night.night["stories"][home] if line.text.startswith(begin)]


def test_stories_have_the_times_of_the_log(yunling_night: Replayed) -> None:
    """First told, first and last safe, last head-count: the log's first and last records."""
    homes = np.unique(yunling_night.player.world.parties.home).tolist()
    assert set(yunling_night.night["stories"]) == set(homes)
    told = 0
    for home in homes:
        for kind, first, last in (
            (Kind.TOLD, "told_first", "told_last"), (Kind.OUT, "out_first", "out_last"),
        ):  # fmt: skip
            times = _times(yunling_night, kind, home)
            if not times:
                continue
            assert _line(yunling_night, home, first) == [min(times)]
            told += 1
            if kind is Kind.TOLD:
                assert _line(yunling_night, home, last) == [max(times)]
    assert told > len(homes)


def test_stories_are_in_order(yunling_night: Replayed) -> None:
    """The whole night first, then moment by moment."""
    for lines in yunling_night.night["stories"].values():
        moments = [line.ms for line in lines]
        assert moments == sorted(moments)
        assert all(line.text for line in lines)
        assert min(moments) >= ALL_NIGHT


def test_every_boat_trip_is_a_landing(yunling_night: Replayed) -> None:
    """For each trip of the log some boat of that team comes ashore on the map at that moment."""
    layer = yunling_night.layer("boats")
    start, t1, status = (unpack(layer["tracks"][name]) for name in ("start", "t1", "status"))
    teams = yunling_night.player.world.teams
    boats = [k for k, team in enumerate(teams) for _ in range(team.row.boats)]
    landed = {
        (boats[boat], int(t1[row]))
        for boat in range(len(boats))
        for row in range(int(start[boat]), int(start[boat + 1]))
        if status[row] == TeamStatus.TO_LANDING
    }
    trips = {(int(r["who"]), int(r["t"])) for r in yunling_night.log.of(Kind.BOAT_TRIP)}
    assert trips
    assert trips <= landed
    rounds = {name: unpack(column) for name, column in layer["rounds"].items()}
    assert rounds["persons"].sum() == yunling_night.log.of(Kind.BOAT_TRIP)["value"].sum()


def test_marks_are_first_moments(yunling_night: Replayed) -> None:
    """The strip's marks are the first order, water, cut-off and call for help of the log."""
    marks = {mark["label"]: mark["t"] for mark in yunling_night.night["marks"]}
    incidents = yunling_night.log.of(Kind.INCIDENT)["t"]
    assert marks[REPLAY["mark.incident"][0]] == int(incidents.min())
    orders = yunling_night.log.of(Kind.ORDER_MOVE)["t"]
    assert marks[REPLAY["mark.move"][0]] == int(orders.min())
    assert State.AT_HOME == 0  # the page begins with everybody in state 0
