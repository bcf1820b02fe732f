"""A log in words: every kind of record has a name, a place and a detail in both languages."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

import numpy as np
import pytest

from sim.forces.incidents import Stage
from sim.forces.rules import Reason as Choice
from sim.io.scenario_folder import load_scenario
from sim.log import RECORD, Kind, Reason, RunLog, TeamStatus, VehicleStatus
from sim.report.event_table import EventTable, not_a_formula
from sim.states import Flag
from sim.texts.report import Lang, code_label, event_label
from sim.world_build import build_world


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_has_words(tiny_folder: Path, lang: Lang) -> None:
    """One record of every kind turns into a line with a name for the event and for who it was."""
    world = build_world(load_scenario(tiny_folder))
    records = np.array([(30_000 * kind, kind, 0, 0, 0) for kind in Kind], dtype=RECORD)
    table = EventTable(world, lang, ["clock"])
    events = list(table.events(RunLog(records, 0, 0)))
    assert [event.kind for event in events] == [kind.name for kind in Kind]
    for event in events:
        assert event.event != event.kind and event.clock.startswith("16:")
        if event.kind not in ("CONSULTED", "CLOSURE", "GRIDLOCK"):
            assert event.who


@pytest.mark.parametrize("family", [VehicleStatus, TeamStatus, Reason, Flag, Stage])
def test_every_code_has_words(family: type[IntEnum]) -> None:
    """Every status, reason and flag has a Chinese and an English word."""
    for member in family:
        assert code_label(family.__name__, member.name, "zh") != member.name
        assert code_label(family.__name__, member.name, "en") != member.name


def test_every_reason_of_a_rule_has_words() -> None:
    """Why a team was sent is said in both languages."""
    for member in Choice:
        assert code_label("Choice", member.name, "zh") != member.name
        assert code_label("Choice", member.name, "en") != member.name


def test_every_kind_has_a_label() -> None:
    """No event is shown under the name it has in the code."""
    for kind in Kind:
        assert event_label(kind.name, "zh") != kind.name


def test_boats_and_buses_are_told_apart(tiny_folder: Path) -> None:
    """A boarding names the team when the party is aboard a boat at that moment, else the bus."""
    from sim.states import State

    world = build_world(load_scenario(tiny_folder))
    records = np.array(
        [
            (1000, Kind.BOARDED, 0, 0, 0),
            (1000, Kind.STATE, 0, 0, State.ABOARD_BOAT),
            (1000, Kind.BOARDED, 1, 0, 0),
            (1000, Kind.STATE, 1, 0, State.ABOARD),
        ],
        dtype=RECORD,
    )
    boat, _, bus, _ = EventTable(world, "zh").events(RunLog(records, 0, 0))
    assert boat.detail == world.teams[0].row.name and bus.detail == world.vehicles[0].id


def test_a_party_that_walks_on_to_another_shelter_is_named(tiny_folder: Path) -> None:
    """DIVERTED is of a vehicle, or below 0 of a party on foot: row 0 is -1."""
    world = build_world(load_scenario(tiny_folder))
    records = np.zeros(2, dtype=RECORD)
    records["kind"], records["who"] = Kind.DIVERTED, (-1, 0)
    table = EventTable(world, "zh")
    on_foot, vehicle = table.events(RunLog(records, 0, 0))
    assert world.places.names[0] in on_foot.who
    assert vehicle.who == world.vehicles[0].id


def test_names_are_no_formulas() -> None:
    """A name that a spreadsheet would run as a formula is made harmless."""
    assert not_a_formula("=1+1") == "'=1+1" and not_a_formula("河边") == "河边"
