"""特殊群体一对一表: every special-group person with helper and vehicle; ids only."""

from __future__ import annotations

import numpy as np

from sim.clock import NEVER
from sim.io.scenario_folder import ScenarioFolder
from sim.log import Kind
from sim.people.parties import PartyTables, people_present
from sim.report.lists.night import Night, make_table, word
from sim.report.lists.tasks import by_road
from sim.report.table import Both, Table, both
from sim.schema.tables import GroupRow, SettlementRow
from sim.states import Flag, State, Way
from sim.texts.labels import CHOICES, STATES
from sim.world import World, is_day

COLUMNS = (
    "person", "township", "village", "group", "needs", "size", "escorts", "helper", "deputy",
    "way", "vehicle", "board_clock", "where", "arrive_clock", "counted_clock", "status",
)  # fmt: skip
NEEDS = ("none", "wheelchair", "ambulance")


def special(night: Night) -> Table:
    """A row per special-group party, by township, village and number.

    Returns:
        Its total: persons, escorts included.
    """
    world, facts = night.world, night.facts
    groups = group_of(world)
    boarded = _last_boarding(night)
    last = facts.history.place[facts.history.last]
    refused = facts.flagged(Flag.REFUSED)
    rows = []
    for party in np.flatnonzero(world.parties.special).tolist():
        home = int(world.parties.home[party])
        group = groups.get(party)
        size = int(world.parties.size[party])
        needs = NEEDS[int(world.parties.needs[party])]
        vehicle, at = boarded.get(party, ("", NEVER))
        rows.append(
            (
                party_id(world, party),
                night.townships[home],
                world.homes.rows[home].name,
                group.name if group else word("special_other"),
                "" if needs == "none" else both(CHOICES[needs]),
                size,
                size - 1,
                *night.responsible(home),
                word(f"way_{Way(int(world.parties.way[party])).name.lower()}"),
                vehicle,
                night.moment(at),
                night.place(int(last[party])),
                night.moment(int(facts.out[party])),
                night.moment(int(facts.registered[party])),
                _status(night, party, bool(refused[party])),
            )
        )
    rows.sort(key=lambda row: (str(row[1]), str(row[0])))
    return make_table("special", COLUMNS, rows, {"number": night.number}, ("size", "escorts"))


def party_id(world: World, party: int) -> str:
    """Id of a party: that of its home and its number there, ``S01011-003``; never a name."""
    home = int(world.parties.home[party])
    number = party - int(world.parties.start[home]) + 1
    return f"{world.homes.rows[home].id}-{number:03d}"


def group_of(world: World) -> dict[int, GroupRow]:
    """Special-group parties of settlements to the row of their group.

    Parties are dealt in the order of the table, so the same count gives the same people.
    """
    folder: ScenarioFolder = world.folder
    spec = folder.spec
    by_day = spec.present.hour == "day" or (
        spec.present.hour == "auto" and is_day(world.clock_start)
    )
    tables = PartyTables(spec.present, by_day, spec.behaviour, 1)
    rows = [row for row in folder.tables.get("groups", ()) if isinstance(row, GroupRow)]
    found: dict[int, GroupRow] = {}
    for home, row in enumerate(world.homes.rows):
        if not isinstance(row, SettlementRow) or not row.zone:
            continue
        mine = [group for group in rows if group.settlement in ("", row.id)]
        _, kinds = tables.special(people_present(row, spec.present, by_day), mine)
        first = int(world.parties.start[home])
        found.update({first + i: mine[kind] for i, kind in enumerate(kinds)})
    return found


def _last_boarding(night: Night) -> dict[int, tuple[str, int]]:
    """Party to the vehicle that took it last, and when."""
    boarded = night.facts.of(Kind.BOARDED)
    moments = dict(zip(boarded["who"].tolist(), boarded["t"].tolist(), strict=True))
    vehicles = night.world.vehicles
    return {party: (vehicles[vehicle].id, moments[party]) for party, vehicle in by_road(night)}


def _status(night: Night, party: int, refused: bool) -> Both:
    """State at the end in words; who never left is said to have refused or not moved."""
    history = night.facts.history
    state = State(int(history.state[history.last[party]]))
    if state in (State.AT_HOME, State.PREPARING):
        return word("refused" if refused else "not_moved")
    return both(STATES[state.name.lower()])
