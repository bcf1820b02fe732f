"""The event log of one replication: one integer-coded record per change.

Processes write records, nothing else; every measure, chart and replay is computed from them
afterwards. Columns: ``t`` (ms from clock_start), ``kind``, ``who`` (row of a party, vehicle,
team, zone, settlement or post, by kind), ``place`` (row of ``World.places`` unless the kind says
otherwise) and ``value`` (by kind).
"""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.plain_enum import plain_members


@plain_members
class Kind(IntEnum):
    """What a record says; beside each: who / place / value."""

    TRIGGER = 1  # zone / rule row (-1 the village itself) / value of the signal
    CONSULTED = 2  # post / number of zones / minutes waited for the consultation, ms
    ORDER_PREPARE = 3  # zone / post row / authority level (0 county, 1 township, 2 village)
    ORDER_MOVE = 4  # zone / post row / authority level
    CALL = 5  # settlement / attempt number / 0 no answer, 1 organiser, 2 deputy
    CALLED_OUT = 6  # settlement / channel row / 1 reached, 0 nobody reached
    SWEEP = 7  # settlement / number of sweep / households visited
    CLOSURE = 8  # edge row / closure row / 1 control begins, 0 ends

    STATE = 10  # party / place / new state (State)
    FLAG = 11  # party / place / flag set (Flag)
    TOLD = 12  # party / settlement / channel (0 broadcast, 1 visit)
    DECIDED = 13  # party / settlement / contact that persuaded (0, 1, 2) or -1 refuses
    READY = 14  # party / settlement / minutes of preparation, ms
    BOARDED = 15  # party / pick-up place / vehicle row (team row for boats)
    OUT = 16  # party / destination place / mode (Mode)
    REGISTERED = 17  # party / shelter or destination place / 0
    EXPOSED = 18  # party / place (edge row when value = 1) / 0 at a place, 1 on the road
    EXPOSED_END = 19  # party / place / 0

    WAIT_TOLD = 20  # party / settlement / ms waited for somebody to come to the door
    WAIT_BUS = 21  # party / pick-up place / ms
    WAIT_GATE = 22  # party / shelter place / ms waited for a desk
    WAIT_BOAT = 23  # party / place / ms
    WAIT_BAY = 24  # vehicle / place / ms waited for a bay
    WAIT_TASK = 25  # vehicle / place / ms waited for the next pick-up
    WAIT_FULL = 26  # vehicle / pick-up place / ms held at the stop after the bay was free
    WAIT_ROAD = 27  # vehicle / node row / ms waited for a road to open
    WAIT_CONSULT = 28  # zone / post row / ms from trigger to order
    NO_PLACE = 29  # party / shelter place / 0: no place free anywhere, stays at the gate

    VEHICLE = 30  # vehicle / place / status (VehicleStatus)
    DISPATCH = 31  # vehicle / pick-up place / number of candidates
    LOADED = 32  # vehicle / pick-up place / persons aboard
    DIVERTED = 33  # vehicle (-1 - party on foot) / new shelter place / reason (Reason)
    KM = 34  # vehicle / destination place / metres driven on this leg

    INCIDENT = 40  # settlement / place / persons who need rescue
    TEAM = 41  # team / place / status (TeamStatus)
    BOAT_TRIP = 42  # team / place / persons aboard
    TEAM_DISPATCH = 43  # team / place / number of candidates

    EMERGENCY = 44  # incident / place / row of its kind; reported
    EMERGENCY_STAGE = 45  # incident / place / what has become of it (Stage)
    TEAM_SENT = 46  # team / place / incident it was sent to
    TEAM_REASON = 47  # team / place / why this one (Reason of the rules)
    STRANDED_STAGE = 55  # k-th record of INCIDENT, from 0 / place / what has become of it (Stage)
    FREED = 49  # party / place / ms it was cut off until the water fell; nobody had come
    TEAM_CANDIDATE = 48  # team that could have gone / place / ms it would have taken

    ROAD_BLOCKED = 36  # edge / incident / cause (BlockCause); a team was asked to clear it
    ROAD_CLEARED = 37  # edge / incident / ms of work with the minimum on site
    PATIENT_LOST = 38  # incident / place / 0: waited too long for help
    HURT_BADLY = 35  # party / place / persons
    HURT_LIGHTLY = 63  # party / place / persons
    REPORT_WRONG = 39  # incident / right place / 0: the first team found out

    SUPPLY_SENT = 56  # row of the item's name / store it leaves / amount, thousandths of its unit
    SUPPLY_ARRIVED = 57  # item / shelter or store place / amount handed over, thousandths
    SUPPLY_USED = 58  # item / shelter place / amount used by the people there, thousandths
    SUPPLY_SHORT = 59  # shelter row / place / person-ms with something lacking
    SUPPLY_ASKED = 60  # number of the request / place that asks / persons it is for
    SUPPLY_LACKED = 62  # item / shelter place / person-ms without enough of it
    SUPPLY_TRUCK = 61  # truck, numbered store by store / where to or where it is / TruckStatus

    OUTAGE = 64  # shelter row / place / what is cut (Cause); it runs on its own reserve from now on
    SHELTER_FAILED = 65  # shelter row / place / why (Cause): its people cannot stay
    SHELTER_RESTORED = 66  # shelter row / place / which supply has come back (Cause)
    MOVED_ON = 67  # party / shelter place it leaves, because that failed / mode (Mode)

    SHADOW = 50  # settlement off the lists / exit place / cars that will leave
    GRIDLOCK = 52  # edge / number of the ring / links in it: at the end it stands for ever
    CRASH = 53  # edge / lanes lost / ms until they are free
    TIDE = 54  # first edge / closure row / 1 outward, 0 back
    SHADOW_ENDED = 51  # -1 / -1 / cars whose drive has ended since the last round


@plain_members
class VehicleStatus(IntEnum):
    """Status of a vehicle in a VEHICLE record."""

    CALLED = 0
    NO_SHOW = 1
    AVAILABLE = 2
    TO_PICKUP = 3
    AT_PICKUP = 4
    TO_SHELTER = 5
    AT_SHELTER = 6
    BROKEN = 7
    BLOCKED = 8
    RELEASED = 9
    CAUGHT = 10
    UNLOADED = 11
    MOVES_UP = 12


@plain_members
class TeamStatus(IntEnum):
    """Status of a rescue team in a TEAM record."""

    CALLED = 0
    READY = 1
    TO_SITE = 2
    LAUNCHED = 3
    TO_LANDING = 4
    LANDED = 5
    RESTING = 6
    NO_WAY = 7
    DONE = 8
    ON_SITE = 9
    AT_POST = 10
    TO_HOSPITAL = 11
    REFUELLING = 12
    COMING = 13  # from elsewhere: asked for, not here yet


@plain_members
class BlockCause(IntEnum):
    """What lies on a road."""

    EARTH = 0
    RUBBLE = 1
    TREES = 2
    BRIDGE = 3


@plain_members
class TruckStatus(IntEnum):
    """Status of a truck with supplies in a SUPPLY_TRUCK record."""

    LOADING = 0
    SENT = 1
    ROAD_SHUT = 2
    UNLOADING = 3
    BACK = 4
    STANDS = 5


@plain_members
class Reason(IntEnum):
    """Why something did not go as planned."""

    FULL = 1
    NO_ROUTE = 2
    NOT_OPEN = 3


@plain_members
class Cause(IntEnum):
    """Why a shelter fails, or what it is cut off from."""

    HAZARD = 0
    POWER = 1
    WATER = 2


Columns = NDArray[np.int64]
"""Records as int64[5, n]: t, kind, who, place and value."""

RECORD = np.dtype(
    [("t", "<i8"), ("kind", "<i2"), ("who", "<i4"), ("place", "<i4"), ("value", "<i8")]
)


@dataclass(frozen=True)
class RunLog:
    """The records of one replication in order of time.

    Attributes:
        records: structured array of ``RECORD``; at equal times in the order of writing.
        member: hazard member that was played.
        replication: number of the replication.
    """

    records: NDArray[np.void]
    member: int
    replication: int

    def of(self, kind: Kind) -> NDArray[np.void]:
        """All records of one kind, in order of time."""
        records, start = self._by_kind
        return records[start[kind] : start[kind + 1]]

    @cached_property
    def _by_kind(self) -> tuple[NDArray[np.void], NDArray[np.int64]]:
        """Records sorted by kind, in each by time, and where every kind begins."""
        order = np.argsort(self.records["kind"], kind="stable")
        records = self.records.take(order)  # many times faster on records than indexing
        records.flags.writeable = False
        return records, np.searchsorted(records["kind"], np.arange(max(Kind) + 2))

    def first(self, kind: Kind, size: int, missing: int) -> NDArray[np.int64]:
        """First time of a kind for every ``who``, int64[size]; ``missing`` where there is none."""
        rows = self.of(kind)
        times = np.full(size, missing, dtype=np.int64)
        times[rows["who"][::-1]] = rows["t"][::-1]
        return times

    def last_value(self, kind: Kind, size: int, missing: int) -> NDArray[np.int64]:
        """Last value of a kind for every ``who``, int64[size]."""
        rows = self.of(kind)
        values = np.full(size, missing, dtype=np.int64)
        values[rows["who"]] = rows["value"]
        return values

    def sha256(self) -> str:
        """Hash over every record: one millisecond anywhere changes it."""
        return hashlib.sha256(np.ascontiguousarray(self.records).tobytes()).hexdigest()


class LogBuilder:
    """Collects records during a run, single ones and whole columns."""

    def __init__(self) -> None:
        self._single: list[int] = []
        self._ahead: list[Columns] = []

    def add(self, t: int, kind: Kind, who: int, place: int = -1, value: int = 0) -> None:
        """One record."""
        self._single += (t, kind, who, place, value)

    def add_many(
        self, t: ArrayLike, kind: Kind, who: NDArray[np.int64], place: ArrayLike, value: ArrayLike
    ) -> None:
        """Many records of one kind, worked out ahead; scalars are repeated for every ``who``."""
        block = np.empty((5, len(who)), dtype=np.int64)
        block[0], block[1], block[2], block[3], block[4] = t, kind, who, place, value
        self._ahead.append(block)

    def build(self, horizon_ms: int, member: int, replication: int) -> RunLog:
        """The finished log: everything up to the horizon, in order of time, then of writing.

        Single records are written when they happen, so their order is that of cause and effect;
        of columns worked out ahead, at one moment a party is told before it leaves, and both
        before what happens to it on the way.
        """
        live = np.array(array("q", self._single), dtype=np.int64).reshape(-1, 5).T
        columns = np.concatenate([live, *self._ahead], axis=1)
        live_rank = np.where(live[1] < int(Kind.STATE), 0, _LIVE)
        rank = np.concatenate([live_rank, _rank(columns[:, live.shape[1] :])])
        order = _in_order(columns[0], rank, horizon_ms)
        records = np.empty(len(order), dtype=RECORD)
        for name, column in zip(RECORD.names or (), columns, strict=True):
            records[name] = column.take(order)
        return RunLog(records, member, replication)


_LIVE = 30
_RANK = np.full(max(Kind) + 1, 20, dtype=np.int64)
_RANK[[Kind.TOLD, Kind.DECIDED, Kind.READY, Kind.OUT, Kind.REGISTERED]] = (1, 2, 4, 22, 24)
# by State: at home, preparing, walking, at assembly, aboard, driving, at gate, safe ..., boat
_STATE_RANK = np.array([0, 3, 5, 21, 21, 5, 21, 23, 23, 23, 23, 23, 21], dtype=np.int64)


def _rank(ahead: Columns) -> NDArray[np.int64]:
    """Order of records worked out ahead among those of the same millisecond."""
    _, kind, _, _, value = ahead
    rank: NDArray[np.int64] = _RANK.take(kind)
    state = np.flatnonzero(kind == int(Kind.STATE))
    rank[state] = _STATE_RANK.take(value[state])
    return rank


def _in_order(t: NDArray[np.int64], rank: NDArray[np.int64], until: int) -> NDArray[np.int64]:
    """Rows up to a moment by time, rank and row: one number says all three, so any sort does."""
    kept = np.flatnonzero(t <= until)
    bits = len(t).bit_length()
    keys = ((t[kept] * 64 + rank[kept]) << bits) + kept
    keys.sort()
    return keys & ((1 << bits) - 1)
