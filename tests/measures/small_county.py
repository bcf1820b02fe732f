"""A county small enough to measure by hand: two villages, six parties, twenty persons.

It has only what measures read from a World; logs are lists of records in minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.clock import MS_PER_MIN, NEVER
from sim.hazards import Layer
from sim.log import RECORD, Kind, RunLog
from sim.member_view import first_times, party_times
from sim.roads.levels import WATER, LevelScale
from sim.roads.minutes import MinutesMatrix
from sim.roads.network import Network
from sim.states import Way

Z1, Z2 = 0, 1
V1, V2, A1, A2, S1, H1, E1 = range(7)
"""Places: villages, assembly points, shelter, hospital, exit."""
PLACES = ("V1", "V2", "A1", "A2", "S1", "H1", "E1")
COACH, MINIBUS, AMBULANCE = 0, 1, 2
HORIZON_MIN, STEP_MIN, HARM_MM = 600, 10, 500
HIGH_MM = 5_000
"""A home so far above its village that no water here reaches it."""


@dataclass
class County:
    """What may differ between tests; depths are (place, from minute, to minute, mm)."""

    size: Sequence[int] = (4, 3, 2, 5, 2, 4)
    home: Sequence[int] = (V1, V1, V1, V1, V2, V2)
    way: Sequence[int] = (Way.COACH, Way.COACH, Way.IN_PLACE, Way.COACH, Way.RELATIVES, Way.COACH)
    offset_mm: Sequence[int] = (HIGH_MM, 0, 0, 0, 0, 0)
    depths: Sequence[tuple[int, int, int, int]] = ((V1, 200, 400, 1000),)
    cutoff_min: tuple[float | None, float | None] = (180, None)
    capacity: tuple[int, int] = (1000, 50)
    seats: tuple[int, int, int] = (10, 6, 4)
    on_roads: bool = True
    special: Sequence[bool] = field(default_factory=list)
    scale: LevelScale = WATER

    def world(self) -> Any:
        """The stand-in for a World, with the one member's view behind ``statics``."""
        n = len(self.size)
        parties = _Parties(
            size=np.array(self.size, np.int32),
            home=np.array(self.home, np.int32),
            way=np.array(self.way, np.int8),
            offset_mm=np.array(self.offset_mm[:n], np.int64),
            special=np.array(self.special or [False] * n, np.bool_),
            start=np.searchsorted(self.home, np.arange(3)),
        )
        world = SimpleNamespace(
            parties=parties,
            zones=SimpleNamespace(rows=tuple(_row(i, township="乡" + i) for i in ("Z1", "Z2"))),
            homes=SimpleNamespace(rows=(_row("V1"), _row("V2")), zone=np.array([Z1, Z2])),
            places=SimpleNamespace(ids=PLACES),
            emergencies=(),
            spec=SimpleNamespace(outages=()),
            vehicles=tuple(
                SimpleNamespace(id=name, vehicle_class=name, seats=seats)
                for name, seats in zip(("coach", "minibus", "ambulance"), self.seats, strict=True)
            ),
            shelters=tuple(
                _row(name, capacity=places)
                for name, places in zip(("S1", "H1"), self.capacity, strict=True)
            ),
            shelter_place=S1,
            horizon_ms=HORIZON_MIN * MS_PER_MIN,
            clock_start=datetime(2025, 6, 18, 14),
            hazard=SimpleNamespace(
                step_ms=STEP_MIN * MS_PER_MIN, n_steps=HORIZON_MIN // STEP_MIN + 1
            ),
            behaviour=SimpleNamespace(
                spec=SimpleNamespace(harm=SimpleNamespace(exposed_mm=HARM_MM))
            ),
            roads=object.__new__(Network if self.on_roads else MinutesMatrix),
            zone_of_party=lambda: np.array(self.home, np.int64),  # zone r holds home r
        )
        view = self._view(world)
        world.statics = SimpleNamespace(views=SimpleNamespace(view=lambda member: view))
        return world

    def _view(self, world: Any) -> Any:
        n_steps = HORIZON_MIN // STEP_MIN + 1
        wet = sorted({place for place, *_ in self.depths})
        levels = np.full((len(wet), n_steps), -10_000, np.int32)
        place_row = np.full(len(PLACES), -1, np.int32)
        for place, begin, end, depth in self.depths:
            place_row[place] = wet.index(place)
            levels[wet.index(place), begin // STEP_MIN : end // STEP_MIN] = depth
        scale = self.scale.with_limits(HARM_MM, HARM_MM)
        none = np.zeros(0, np.int32)
        dry = np.zeros((0, n_steps), np.int32)
        water = Layer(scale, none, dry, place_row, levels)
        member = SimpleNamespace(index=0, blows=None, measures={})
        step = world.hazard.step_ms
        place_wet = np.full(len(PLACES), NEVER, np.int64)
        for place in wet:
            mine = levels[place_row[place] : place_row[place] + 1]
            place_wet[place] = first_times(mine, np.array([HARM_MM]), step)[0]
        exposed = party_times(world, water, water.harm_at(np.arange(2)))
        arrival = np.full(2, NEVER, np.int64)
        np.minimum.at(arrival, world.zone_of_party(), exposed)
        cutoff = np.array(
            [NEVER if m is None else m * MS_PER_MIN for m in self.cutoff_min], np.int64
        )
        return SimpleNamespace(
            member=member, layers=(water,), exposed_ms=exposed, place_wet_ms=place_wet,
            zone_cutoff_ms=cutoff, arrival_ms=arrival,
        )  # fmt: skip


class _Parties(SimpleNamespace):
    def __len__(self) -> int:
        return len(self.size)


def _row(row_id: str, **more: Any) -> Any:
    return SimpleNamespace(id=row_id, name=row_id, **more)


Record = tuple[float, Kind, int, int, float]
"""Minute, kind, who, place, value."""

WAITS = (Kind.WAIT_TOLD, Kind.WAIT_BUS, Kind.WAIT_GATE, Kind.WAIT_BOAT, Kind.WAIT_CONSULT)


def log_of(records: Sequence[Record]) -> RunLog:
    """A log of records given in minutes (waits too), sorted by time, then in the order given."""
    rows = [
        (round(t * MS_PER_MIN), int(kind), who, place,
         round(value * MS_PER_MIN) if kind in WAITS else int(value))
        for t, kind, who, place, value in records
    ]  # fmt: skip
    table = np.array(rows, dtype=RECORD)
    return RunLog(table[np.argsort(table["t"], kind="stable")], 0, 0)
