"""Rows of the traffic kernel: what a link, the gate before it and a vehicle consist of.

A link is one cache line of 64 bytes, a vehicle half a one, because fetching them from memory is
what the kernel spends its time on. Times are whole milliseconds in 32 bits (a run ends within 12
days); service times carry the rest in 1024ths of a millisecond, so that 1,546 vehicles an hour
are 1,546 in the long run.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import from_dtype, int32, types
from numpy.typing import NDArray

from sim.compiled import I32_2D, tuple_type

LINK = np.dtype(
    [
        ("next_in", "<i8"),  # from when the entry serves again (1024ths of a ms)
        ("next_out", "<i8"),  # from when the exit serves again (1024ths of a ms)
        ("head", "<i4"),  # first vehicle in the line, -1 none
        ("tail", "<i4"),
        ("chain", "<i4"),  # next event of the same bucket
        ("to_node", "<i4"),
        ("headway", "<i4"),  # per pcu (1024ths of a ms)
        ("length_mm", "<i4"),
        ("wet_row", "<i4"),  # row of levels, -1 dry for ever
        ("slot_base", "<i4"),  # where its places begin in slots
        ("wave_ms", "<i4"),  # how long room made at the exit needs to the entry
        ("speed", "<i2"),  # free speed (km/h times 10)
        ("storage", "<i2"),  # places (pcu)
        ("count", "<i2"),  # pcu on the link
        ("roomy", "<i2"),  # up to this count there is room whatever the waves do
        ("slot", "<i2"),  # place of the next pcu to enter
        ("bits", "<u2"),  # classes shut out; LINE; NARROW
    ],
    align=True,
)
"""A link, 64 bytes."""

GATE = np.dtype(
    [
        ("turn", "<i8"),  # tag of the last one admitted through this gate
        ("tag", "<i8"),  # as one of those who wait elsewhere: its turn
        ("served", "<i8"),  # tag after its last admission through ``served_by``
        ("home_tag", "<i8"),  # turn of those who set out here
        ("served_by", "<i4"),
        ("event_ms", "<i4"),  # pending admission, -1 none
        ("chain", "<i4"),
        ("waits_for", "<i4"),  # as one of those who wait: the link it waits for, -1
        ("waiting", "<i4"),  # first link waiting for this one, -1 none
        ("next_waiting", "<i4"),
        ("home_head", "<i4"),  # vehicles that want to set out on this link, in line
        ("home_tail", "<i4"),
    ],
    align=True,
)
"""The gate before a link and its own place in the line before another, 64 bytes, seldom read."""

NARROW_ROAD = np.dtype([("reverse", "<i4"), ("passing_mm", "<i4")], align=True)
"""The other direction of a narrow road, and the distance between its passing places."""

VEHICLE = np.dtype(
    [
        ("chain", "<i4"),  # next vehicle in the line, or next event of the same bucket
        ("due", "<i4"),  # departs, can be at the exit, stalls, or has ended (ms)
        ("edge", "<i4"),  # link it is on or was stopped at, -1 none
        ("node", "<i4"),  # origin, or where it ended
        ("caught", "<i4"),  # first moment in harmful water, DRY none
        ("speed_q16", "<i4"),
        ("route", "<i2"),
        ("willing_mm", "<i2"),
        ("status", "i1"),
        ("watched", "i1"),  # its end stops ``advance``
        ("klass", "u1"),
        ("pcu", "u1"),
    ],
    align=True,
)
"""A vehicle, 32 bytes."""

ARRIVED, BLOCKED, STALLED, NO_ROUTE = 0, 1, 2, 3  # as in routing.Trip
LEAVING, AT_HOME, DRIVING, STALLING = -1, -2, -3, -4
ROOT, NO_WAY = -1, -2  # in a tree of routes: here it ends; no way from here
HOME, NOBODY = -1, -2  # in place of a waiting link: those who set out here; nobody waits

LINE = 1 << 15
NARROW = 1 << 14
MAX_CLASSES = 14
DRY = 2**31 - 1
LATEST = 2**30
FULL = LATEST + 1  # as the time at which a link takes somebody: when somebody has left
ONE_MS = 1024

FINE, COARSE = 1 << 15, 1 << 12  # buckets of 4 ms, and of 65,536 ms
COARSE_AT = FINE
BITS_AT = COARSE_AT + COARSE
NOW = BITS_AT + FINE // 32
WINDOW, PENDING, ENDED, STEP_MS, HARM_MM, STOP = (NOW + k for k in range(1, 7))
STAMP, GLANCE, CLASS_ROWS = NOW + 7, NOW + 8, NOW + 9
DIGITS_AT = NOW + 10
CALENDAR_SIZE = DIGITS_AT + 257

INLINE: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "forceinline": True,  # a call would hand over a dozen arrays on the stack
    "_nrt": False,  # the caller keeps the arrays alive: counting references halves the speed
}
"""How the parts of the kernel are compiled into its calls."""

RowArray = NDArray[Any]


class State(NamedTuple):
    """All that the kernel reads and writes, one array each.

    calendar: int32, buckets of events and a few numbers; slots: int32, for every place of a link
    the moment from which it can be entered; trees: int32[n_routes, n_nodes]; levels: int32
    [n_rows, n_steps], what harms and stops alike, or what harms and then what stops every class,
    CLASS_ROWS each; tables: int32[n_classes, 1 + deepest limit], a class's depth limit, then its
    speed by depth (m/h); ended: int32, vehicles in the order in which they ended; use: what left
    the links, USE rows, or no row when nobody asks; batch: int32, events of one tick, and room to
    sort them; narrow: NARROW_ROAD rows, or no row where there is none.
    """

    calendar: Any
    links: Any
    gates: Any
    vehicles: Any
    slots: Any
    trees: Any
    levels: Any
    tables: Any
    ended: Any
    batch: Any
    use: Any
    narrow: Any


USE = np.dtype([("delay_ms", "<i8"), ("pcu", "<i4"), ("vehicles", "<i4")], align=True)
"""What has left a link so far, and how long that had stood there in sum."""


def _rows(dtype: Any) -> Any:
    return types.Array(from_dtype(dtype), 1, "C")


STATE = tuple_type(
    State,
    int32[::1],
    _rows(LINK),
    _rows(GATE),
    _rows(VEHICLE),
    int32[::1],
    int32[:, ::1],
    I32_2D,
    int32[:, ::1],
    int32[::1],
    int32[::1],
    _rows(USE),
    _rows(NARROW_ROAD),
)
