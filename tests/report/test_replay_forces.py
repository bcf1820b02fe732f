"""Trucks, teams and incidents on the map say what the log says."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.experiment.store import RunFolder
from sim.forces.incidents import Stage
from sim.log import Kind, RunLog, TeamStatus, TruckStatus
from sim.measures.facts import Facts
from sim.report.book import Book
from sim.report.lists.collect import night_of
from sim.report.replay.courses import Courses
from sim.report.replay.data import Night, night_data
from sim.report.replay.force_layers import CREWS, TRUCKS
from sim.report.replay.ground import Ground
from sim.report.replay.incidents import AT_WORK, CLOSED, OPEN, markers
from sim.report.replay.trucks import truck_tracks
from sim.states import Flag


@pytest.fixture(scope="module")
def night(supplied_run: RunFolder) -> Any:
    """One night of the county with supplies."""
    book = Book.open(supplied_run.path)
    found = night_of(book, book.plans[0], 0)
    assert found is not None
    return SimpleNamespace(plan=found.plan, facts=found.facts, world=found.world)


@pytest.mark.parametrize(("groups", "statuses"), [(CREWS, TeamStatus), (TRUCKS, TruckStatus)])
def test_every_status_has_a_colour(groups: Any, statuses: Any) -> None:
    """Whatever the log says of a team or a truck has a word and a colour on the map, once."""
    codes = [code for _, _, some in groups for code in some]
    assert sorted(codes) == sorted(statuses)


def test_trucks_do_what_the_log_says(night: Any) -> None:
    """At the moment of every record the truck's stretch has the status of that record, and where
    it unloads it stands at the place that was supplied."""
    ground = Ground(night.world)
    courses = Courses(ground, night.plan, night.facts.log, 1)
    tracks = truck_tracks(night.world, night.plan, night.facts.log, courses)
    rows = night.facts.of(Kind.SUPPLY_TRUCK).tolist()
    assert rows
    last = {(truck, t): (status, place) for t, _, truck, place, status in rows}
    for (truck, t), (status, place) in last.items():
        at = [one for one in tracks[truck].segments if one.start_ms == t]
        assert at and at[-1].status == status, (truck, t)
        if status == TruckStatus.UNLOADING:
            assert at[-1].begin == courses.at(int(night.world.places.node[place]))


def test_layers_of_a_night(night: Any) -> None:
    """The map has a layer of trucks, and of incidents exactly when somebody called for help."""
    facts = night.facts
    data = night_data(Ground(night.world), Night(night.plan, facts.log, 1, "zh"))
    names = {layer["id"]: layer for layer in data["layers"]}
    assert names["trucks"]["names"] == ["县库 1", "镇库 1"]
    called = facts.of(Kind.FLAG)["value"] == Flag.STRANDED
    assert ("incidents" in names) == bool(called.any())


def test_an_incident_opens_and_closes(night: Any) -> None:
    """Reported, first team there, work, done: the marker's classes and its story in order."""
    stages = [
        (10, Kind.EMERGENCY, 0, 1, 0),
        (10, Kind.EMERGENCY_STAGE, 0, 1, Stage.REPORTED),
        (12, Kind.TEAM_SENT, 0, 1, 0),
        (30, Kind.EMERGENCY_STAGE, 0, 1, Stage.FIRST_ON_SITE),
        (31, Kind.EMERGENCY_STAGE, 0, 1, Stage.STARTED),
        (90, Kind.EMERGENCY_STAGE, 0, 1, Stage.ENDED),
    ]
    records = np.array(stages, dtype=night.facts.log.records.dtype)
    log = RunLog(records, night.facts.log.member, 0)
    (marker,) = markers(Facts(night.world, log), "zh")
    assert [now for _, now in marker.changes] == [OPEN, 2, AT_WORK, CLOSED]
    assert [line.ms for line in marker.story] == [10, 12, 30, 31, 90]
    assert night.world.teams[0].row.name in marker.story[1].text
