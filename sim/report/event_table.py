"""The event log of one replication as a table people can read: clock times, names, words."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TextIO

import numpy as np

from sim.clock import MS_PER_HOUR, MS_PER_MIN, MS_PER_SECOND, clock_text
from sim.forces.incidents import Stage
from sim.forces.rules import Reason as Choice
from sim.io.supply_standards import MILLI, supplied
from sim.log import BlockCause, Cause, Kind, Reason, RunLog, TeamStatus, TruckStatus, VehicleStatus
from sim.roads.network import Network
from sim.states import Flag, Mode, State
from sim.texts.labels import MODES, STATES, word
from sim.texts.report import Lang, code_label, event_label, event_word
from sim.world import World

OF_ZONE = (Kind.TRIGGER, Kind.ORDER_PREPARE, Kind.ORDER_MOVE, Kind.WAIT_CONSULT)
OF_HOME = (Kind.CALL, Kind.CALLED_OUT, Kind.SWEEP, Kind.INCIDENT, Kind.SHADOW)
OF_VEHICLE = (
    *(Kind.WAIT_BAY, Kind.WAIT_TASK, Kind.WAIT_FULL, Kind.VEHICLE),
    *(Kind.DISPATCH, Kind.LOADED, Kind.DIVERTED, Kind.KM),
)
OF_TEAM = (
    *(Kind.TEAM, Kind.BOAT_TRIP, Kind.TEAM_DISPATCH),
    *(Kind.TEAM_SENT, Kind.TEAM_REASON, Kind.TEAM_CANDIDATE),
)
OF_EMERGENCY = (
    *(Kind.EMERGENCY, Kind.EMERGENCY_STAGE, Kind.PATIENT_LOST, Kind.REPORT_WRONG),
    Kind.STRANDED_STAGE,
)
OF_SHELTER = (Kind.SUPPLY_SHORT, Kind.OUTAGE, Kind.SHELTER_FAILED, Kind.SHELTER_RESTORED)
OF_ITEM = (Kind.SUPPLY_SENT, Kind.SUPPLY_ARRIVED, Kind.SUPPLY_USED, Kind.SUPPLY_LACKED)
WAITS = tuple(kind for kind in Kind if kind.name.startswith("WAIT_"))
LASTING = (Kind.READY, Kind.CRASH, Kind.TEAM_CANDIDATE, Kind.ROAD_CLEARED)
OF_EDGE = (
    *(Kind.CLOSURE, Kind.GRIDLOCK, Kind.CRASH, Kind.TIDE),
    *(Kind.ROAD_BLOCKED, Kind.ROAD_CLEARED),
)
POST_AS_PLACE = (Kind.ORDER_PREPARE, Kind.ORDER_MOVE, Kind.WAIT_CONSULT)
IN_MINUTES = (Kind.READY, Kind.CRASH, Kind.TEAM_CANDIDATE, Kind.ROAD_CLEARED, Kind.FREED)
PEOPLE_COUNTED = (
    *(Kind.LOADED, Kind.BOAT_TRIP, Kind.INCIDENT, Kind.SUPPLY_ASKED),
    *(Kind.HURT_BADLY, Kind.HURT_LIGHTLY),
)


@dataclass(frozen=True)
class Event:
    """One line of a replay; ``second`` counts from clock_start."""

    second: float
    clock: str
    kind: str
    event: str
    who: str
    place: str
    detail: str


class EventTable:
    """Names and words for the records of one world's logs.

    ``signals`` are the signals of the plan's trigger rules, in order (``observed_level`` …).
    """

    def __init__(self, world: World, lang: Lang, signals: Sequence[str] = ()) -> None:
        self.world = world
        self.lang = lang
        self._signals = signals
        self._start = world.parties.start

    def events(self, log: RunLog) -> Iterator[Event]:
        """Every record of a log in order, in words."""
        by_boat = log.of(Kind.STATE)
        by_boat = by_boat[by_boat["value"] == State.ABOARD_BOAT]
        boats = set(zip(by_boat["who"].tolist(), by_boat["t"].tolist(), strict=True))
        for t, code, who, place, value in log.records.tolist():
            kind = Kind(code)
            detail = (
                self._boarded(value, (who, t) in boats)
                if kind is Kind.BOARDED
                else self._detail(kind, place, value)
            )
            yield Event(
                t / MS_PER_SECOND,
                self._clock(t),
                kind.name,
                event_label(kind.name, self.lang),
                self._who(kind, who),
                self._place(kind, place, value),
                detail,
            )

    def _clock(self, t: int) -> str:
        """Clock time with seconds: ``14:05:30 (+1)``."""
        text = clock_text(self.world.clock_start, t)
        return f"{text[:5]}:{t // MS_PER_SECOND % 60:02d}{text[5:]}"

    def _who(self, kind: Kind, who: int) -> str:
        world = self.world
        if kind in OF_ZONE:
            return world.zones.rows[who].name
        if kind in OF_HOME:
            return world.places.names[who]
        if kind is Kind.DIVERTED and who < 0:  # a party on foot
            return self._party(-1 - who)
        if kind in OF_VEHICLE:
            return world.vehicles[who].id
        if kind in OF_TEAM:
            return world.teams[who].row.name
        if kind in OF_ITEM:
            return self._item(who)
        if kind in (Kind.SUPPLY_ASKED, Kind.SUPPLY_TRUCK):
            asks = kind is Kind.SUPPLY_ASKED
            return self._say("request" if asks else "truck", n=who if asks else who + 1)
        if kind in OF_SHELTER:
            return world.shelters[who].name if who < len(world.shelters) else ""
        if kind in OF_EMERGENCY:
            return event_word("emergency", self.lang, n=who + 1)
        if kind is Kind.CONSULTED:
            return world.posts[who].name if who < len(world.posts) else ""
        if kind in OF_EDGE:
            return self._road(who)
        if kind is Kind.SHADOW_ENDED:
            return event_word("off_lists", self.lang)
        if kind is Kind.WAIT_ROAD:  # a vehicle or a party's own car
            return world.vehicles[who].id if who < len(world.vehicles) else self._party(who)
        return self._party(who)

    def _party(self, party: int) -> str:
        home = int(np.searchsorted(self._start, party, side="right")) - 1
        number = party - int(self._start[home]) + 1
        return event_word(
            "party",
            self.lang,
            home=self.world.places.names[home],
            number=number,
            persons=int(self.world.parties.size[party]),
        )

    def _item(self, row: int) -> str:
        """Name and unit of an item that is supplied."""
        items = supplied(self.world.items)
        name, unit = items[row] if 0 <= row < len(items) else (str(row), "?")
        return event_word("item", self.lang, name=name, unit=unit)

    def _road(self, edge: int) -> str:
        roads = self.world.roads
        if not isinstance(roads, Network) or not 0 <= edge < roads.n_edges:
            return ""
        name = roads.names[edge]
        text = event_word("road", self.lang, id=roads.edge_ids[edge])
        return f"{text} {name}" if name else text

    def _place(self, kind: Kind, place: int, value: int) -> str:
        world = self.world
        if kind in (Kind.TRIGGER, Kind.CALL, Kind.CALLED_OUT, Kind.SWEEP, Kind.CONSULTED):
            return ""
        if kind in POST_AS_PLACE:
            return world.posts[place].name if 0 <= place < len(world.posts) else ""
        if kind is Kind.EXPOSED and value == 1:
            return self._road(place)
        if kind is Kind.WAIT_ROAD:
            known = 0 <= place < len(world.roads.node_ids)
            return event_word("node", self.lang, id=world.roads.node_ids[place]) if known else ""
        if kind in OF_EDGE:
            return ""
        return world.places.names[place] if 0 <= place < len(world.places) else ""

    def _boarded(self, value: int, by_boat: bool) -> str:
        world = self.world
        if by_boat:
            return world.teams[value].row.name if 0 <= value < len(world.teams) else ""
        return world.vehicles[value].id if 0 <= value < len(world.vehicles) else ""

    def _detail(self, kind: Kind, place: int, value: int) -> str:
        if kind in WAITS or kind in IN_MINUTES:
            return self._say("minutes", n=f"{value / MS_PER_MIN:.1f}")
        if kind in PEOPLE_COUNTED:
            return self._say("persons", n=value)
        if kind in (Kind.DISPATCH, Kind.TEAM_DISPATCH):
            return self._say("candidates", n=value)
        if kind in (Kind.SUPPLY_SHORT, Kind.SUPPLY_LACKED):
            return self._say("person_hours", n=f"{value / MS_PER_HOUR:.1f}")
        if kind in OF_ITEM:
            return f"{value / MILLI:g}"
        if kind is Kind.TEAM_SENT:
            return event_word("emergency", self.lang, n=value + 1)
        if kind is Kind.EMERGENCY:
            known = 0 <= value < len(self.world.emergencies)
            return self.world.emergencies[value].name if known else ""
        if kind is Kind.KM:
            return self._say("km", n=f"{value / 1000:.1f}")
        if kind is Kind.CALL:
            return self._say("attempt", n=place, result=self._code("called", value))
        if kind is Kind.SWEEP:
            return self._say("sweep", n=place, households=value)
        if kind is Kind.TRIGGER:
            key = "village_rule" if place < 0 else "rule"
            return self._say(key, n=place + 1, value=self._signal(place, value))
        if kind is Kind.CONSULTED:
            return self._say("zones", n=value)
        if kind in (Kind.ORDER_PREPARE, Kind.ORDER_MOVE):
            return self._say("post", level=self._code("level", value))
        return self._coded(kind, value)

    def _signal(self, rule: int, value: int) -> str:
        """What the rule saw: a level in m, rain in mm, gusts in m/s, hours until the danger."""
        known = 0 <= rule < len(self._signals)
        signal = self._signals[rule] if known else "observed_level"
        if signal in ("clock", "alarm", "announced_area"):
            return ""
        if signal == "onset_forecast":
            return f"{value / MS_PER_HOUR:.1f} h"
        if signal.endswith("wind"):
            return f"{value / 10:.1f} m/s"
        return f"{value / 10:.1f} mm" if signal.startswith("rain") else f"{value / 1000:.2f} m"

    def _coded(self, kind: Kind, value: int) -> str:
        """Details whose value is a member of an enumeration or a small code."""
        if kind is Kind.STATE:
            return word(STATES, State(value).name.lower(), self.lang)
        if kind in (Kind.OUT, Kind.MOVED_ON):
            return word(MODES, Mode(value).name.lower(), self.lang)
        enums: dict[Kind, type[IntEnum]] = {
            Kind.EMERGENCY_STAGE: Stage,
            Kind.STRANDED_STAGE: Stage,
            Kind.TEAM_REASON: Choice,
            Kind.FLAG: Flag,
            Kind.ROAD_BLOCKED: BlockCause,
            Kind.VEHICLE: VehicleStatus,
            Kind.TEAM: TeamStatus,
            Kind.DIVERTED: Reason,
            Kind.SUPPLY_TRUCK: TruckStatus,
            Kind.OUTAGE: Cause,
            Kind.SHELTER_FAILED: Cause,
            Kind.SHELTER_RESTORED: Cause,
        }
        if kind in enums:
            names = {int(member): member.name for member in enums[kind]}
            family = "Choice" if enums[kind] is Choice else enums[kind].__name__
            return code_label(family, names[value], self.lang) if value in names else str(value)
        codes = {
            Kind.TIDE: "tide",
            Kind.TOLD: "channel",
            Kind.DECIDED: "contact",
            Kind.CALLED_OUT: "reached",
        }
        if kind in codes:
            return self._code(codes[kind], value)
        return event_word("on_road", self.lang) if kind is Kind.EXPOSED and value == 1 else ""

    def _code(self, family: str, value: int) -> str:
        return code_label(family, str(value), self.lang)

    def _say(self, key: str, **values: object) -> str:
        return event_word(key, self.lang, **values)

    def heads(self) -> tuple[str, ...]:
        """Column heads of the table."""
        keys = ("time", "event", "who", "place", "detail")
        return tuple(event_word(key, self.lang) for key in keys)


def not_a_formula(text: str) -> str:
    """A name that a spreadsheet would take for a formula, made harmless."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def write_csv(events: Iterator[Event], table: EventTable, file: TextIO) -> int:
    """All events as CSV; the number of lines. Open the file with newline='' and utf-8-sig."""
    writer = csv.writer(file)
    writer.writerow([event_word("second", table.lang), "kind", *table.heads()])
    count = 0
    for event in events:
        texts = (event.clock, event.event, event.who, event.place, event.detail)
        safe = [not_a_formula(text) for text in texts]
        writer.writerow([f"{event.second:.3f}", event.kind, *safe])
        count += 1
    return count
