"""Who was carried in a run, by what and since when: the demand side of its bounds.

Only what no dispatcher decides is read from the log: when people were ready, stood at the pick-up
or were cut off, which vehicles and boats came and when. Driving and waiting times are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind, RunLog, TeamStatus, VehicleStatus
from sim.states import Flag, Mode, State
from sim.world import World

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Carried:
    """Columns over parties, int64[n_parties]; times in ms, NEVER where not happened.

    mode: of the first leg out (NONE when not out); registered: first head-count; registered_at:
    its place row; ready: able to leave; assembled: first at the pick-up; pickup_place: where the
    party boarded first, -1; gate: first at a gate; stranded: asked for a boat.
    """

    mode: Int64
    registered: Int64
    registered_at: Int64
    ready: Int64
    assembled: Int64
    pickup_place: Int64
    gate: Int64
    stranded: Int64

    def counted(self, *modes: Mode) -> Int64:
        """Parties that came out by one of the modes and were head-counted."""
        wanted = np.zeros(len(Mode), dtype=np.bool_)
        wanted[list(modes)] = True
        return np.flatnonzero(wanted[self.mode] & (self.registered < NEVER))


def read_carried(world: World, log: RunLog) -> Carried:
    """The columns of one run."""
    n = len(world.parties)
    out, counted, state = log.of(Kind.OUT), log.of(Kind.REGISTERED), log.of(Kind.STATE)
    flags, boarded = log.of(Kind.FLAG), log.of(Kind.BOARDED)
    value = state["value"]
    return Carried(
        mode=_first(n, out, "value", int(Mode.NONE)),
        registered=_first(n, counted, "t", NEVER),
        registered_at=_first(n, counted, "place", -1),
        ready=_first(n, log.of(Kind.READY), "t", NEVER),
        assembled=_first(n, state[value == State.AT_ASSEMBLY], "t", NEVER),
        pickup_place=_first(n, boarded, "place", -1),
        gate=_first(n, state[value == State.AT_GATE], "t", NEVER),
        stranded=_first(n, flags[flags["value"] == Flag.STRANDED], "t", NEVER),
    )


def _first(n: int, rows: NDArray[np.void], column: str, missing: int) -> Int64:
    """A column of every party's first record, int64[n]."""
    found = np.full(n, missing, dtype=np.int64)
    found[rows["who"][::-1]] = rows[column][::-1]
    return found


def vehicles_that_came(log: RunLog) -> tuple[Int64, Int64, Int64]:
    """Vehicle rows, the moments they were available, and the places where they stood."""
    rows = log.of(Kind.VEHICLE)
    rows = rows[rows["value"] == VehicleStatus.AVAILABLE]
    return rows["who"].astype(np.int64), rows["t"].astype(np.int64), rows["place"].astype(np.int64)


def boats_that_came(world: World, log: RunLog) -> tuple[Int64, Int64, int]:
    """Moment and places of every boat of the teams that mustered, and visits to sites."""
    rows = log.of(Kind.TEAM)
    ready = rows[rows["value"] == TeamStatus.READY]
    team = ready["who"].astype(np.int64)
    count = np.array([world.teams[k].row.boats for k in team.tolist()], dtype=np.int64)
    places = np.array([world.teams[k].row.persons_per_trip for k in team.tolist()], dtype=np.int64)
    visits = int((rows["value"] == TeamStatus.LAUNCHED).sum())
    return np.repeat(ready["t"].astype(np.int64), count), np.repeat(places, count), visits
