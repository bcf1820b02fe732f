"""Looking at the queues from outside: rings that stand for ever, and whether the books agree."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from sim.clock import NEVER
from sim.roads.network import Int32Array, IntArray
from sim.roads.queue_rows import (
    AT_HOME,
    BITS_AT,
    DRIVING,
    DRY,
    ENDED,
    FINE,
    HARM_MM,
    LEAVING,
    LINE,
    NOW,
    PENDING,
    STALLING,
    STEP_MS,
    RowArray,
)
from sim.roads.queues import Queues


class Counts(NamedTuple):
    """Where the vehicles are: not yet departed, in line at their origin, on a link, ended."""

    leaving: int
    at_home: int
    on_links: int
    ended: int


def gridlock(queues: Queues) -> list[list[int]]:
    """Rings of links in which each waits for somebody to leave the next: they stand for ever.

    Each ring in driving order, from its lowest edge row; rings by that row. A link need not be
    full to the last place: a coach whose turn it is waits until there is room for a coach, and
    those behind it wait for their turn (else cars would take each place that comes free, and a
    coach would never get in).
    """
    gates = queues.state.gates
    next_of: dict[int, int] = {}
    for e in np.flatnonzero(gates["waits_for"] >= 0).tolist():
        f = int(gates["waits_for"][e])
        if gates["event_ms"][f] < 0:
            next_of[e] = f
    rings, seen = [], set()
    for e in sorted(next_of):
        path: list[int] = []
        at = e
        while at in next_of and at not in seen:
            seen.add(at)
            path.append(at)
            at = next_of[at]
        if at in path:
            ring = path[path.index(at) :]
            k = ring.index(min(ring))
            rings.append(ring[k:] + ring[:k])
    return sorted(rings)


def standing(queues: Queues) -> Int32Array:
    """Vehicles on every link that could have left it by now, or stand at its gate to set out."""
    cars = queues.vehicles
    late = (cars["status"] == DRIVING) & (cars["due"] < queues.now) | (cars["status"] == AT_HOME)
    counts: Int32Array = np.bincount(cars["edge"][late], minlength=queues.n_links).astype(np.int32)
    return counts


def head_wait_ms(queues: Queues) -> IntArray:
    """How long the first vehicle of every link has stood at its exit so far; 0 where none does.

    A road that does not move at all has no delay of those who left it, but it has this.
    """
    head = queues.state.links["head"]
    waits = np.zeros(len(head), dtype=np.int64)
    held = np.flatnonzero(head >= 0)
    due = queues.state.vehicles["due"][head[held]].astype(np.int64)
    waits[held] = np.maximum(queues.now - due, 0)
    return waits


def caught_in_line(queues: Queues) -> tuple[IntArray, IntArray]:
    """Vehicles that stand on a link by now and have been caught there by the water: rows, moments.

    Whoever leaves a link has this in its ``caught_ms``; whoever never leaves it is found here.
    """
    state, cars = queues.state, queues.vehicles
    late = (cars["status"] == DRIVING) & (cars["due"] < queues.now) & (cars["caught"] == DRY)
    rows = np.flatnonzero(late)
    wet_row = state.links["wet_row"][cars["edge"][rows]]
    rows, wet_row = rows[wet_row >= 0], wet_row[wet_row >= 0]
    step, harm = int(state.calendar[STEP_MS]), int(state.calendar[HARM_MM])
    last = state.levels.shape[1] - 1
    caught = np.full(len(rows), NEVER, dtype=np.int64)
    for i, (row, wet) in enumerate(zip(rows.tolist(), wet_row.tolist(), strict=True)):
        due = int(cars["due"][row])
        begin, end = min(due // step, last), min((queues.now - 1) // step, last)
        deep = np.flatnonzero(state.levels[wet, begin : end + 1] >= harm)
        if len(deep):
            caught[i] = max(due, (begin + int(deep[0])) * step)
    return rows[caught < NEVER], caught[caught < NEVER]


def check(queues: Queues) -> Counts:
    """Whether every vehicle is in exactly one place and whoever can move will; for tests.

    Raises:
        RuntimeError: it is not so; the text says what is wrong.
    """
    places = _places(queues)
    status = queues.vehicles["status"]
    for name, found, expected in (
        ("on a link", places["link"], np.flatnonzero(status == DRIVING)),
        ("in line at its origin", places["home"], np.flatnonzero(status == AT_HOME)),
        ("ended", places["ended"], np.flatnonzero(status >= 0)),
    ):
        _same(name, Counter(found), Counter(expected.tolist()))
    _check_events(queues, places)
    away = np.flatnonzero((status == LEAVING) | (status == STALLING)).tolist()
    n = queues.n_links
    _same("event of its own", Counter(k - 2 * n for k in places["events"] if k >= 2 * n),
          Counter(away))  # fmt: skip
    stalling = int((status == STALLING).sum())
    return Counts(
        int((status == LEAVING).sum()),
        len(places["home"]),
        len(places["link"]) + stalling,
        len(places["ended"]),
    )


def _places(queues: Queues) -> dict[str, list[int]]:
    state, n = queues.state, queues.n_links
    on_links, home, events = [], [], []
    for e in range(n):
        line = _chain(state.vehicles, int(state.links["head"][e]))
        on_links += line
        pcu = int(state.vehicles["pcu"][line].sum()) if line else 0
        _same(f"pcu on link {e}", int(state.links["count"][e]), pcu)
        home += _chain(state.vehicles, int(state.gates["home_head"][e]))
    calendar = state.calendar
    words = calendar[BITS_AT:NOW].view(np.uint8)
    held = np.flatnonzero(calendar[:BITS_AT] >= 0).tolist()
    marked = np.flatnonzero(np.unpackbits(words, bitorder="little")).tolist()
    _same("marked buckets", marked, [k for k in held if k < FINE])
    for event in calendar[held].tolist():
        while event >= 0:
            events.append(event)
            kind = min(event // n, 2)
            rows = (state.links, state.gates, state.vehicles)[kind]
            event = int(rows["chain"][event - kind * n])
    _same("pending events", int(state.calendar[PENDING]), len(events))
    ended = state.ended[: state.calendar[ENDED]].tolist()
    return {"link": on_links, "home": home, "ended": ended, "events": events}


def _check_events(queues: Queues, places: dict[str, list[int]]) -> None:
    """Whoever can move has an event, and only one."""
    links, gates, n = queues.state.links, queues.state.gates, queues.n_links
    events = Counter(places["events"])
    cars = queues.state.vehicles
    for e in range(n):
        moves = links["head"][e] >= 0 and gates["waits_for"][e] < 0
        _same(f"events of link {e}", events[e], int(moves))
        _same(f"events of gate {e}", events[n + e], int(gates["event_ms"][e] >= 0))
        line = _waiting(gates, e)
        for other in line:
            _same(f"what link {other} waits for", int(gates["waits_for"][other]), e)
        waits = bool(line) or gates["home_head"][e] >= 0
        if waits and not links["bits"][e] & LINE:
            raise RuntimeError(f"link {e} does not know of those who wait for it")
        if waits and gates["event_ms"][e] < 0:
            v = _next_in(links, gates, line, e)
            if not _full(links, e, int(cars["pcu"][v])):
                raise RuntimeError(f"link {e} has room, but nobody will be let in")


def _next_in(links: RowArray, gates: RowArray, line: list[int], e: int) -> int:
    """The vehicle whose turn it is before link e; line: those that wait, latest first."""
    turns = [(int(gates["tag"][other]), -k) for k, other in enumerate(line)]
    home = int(gates["home_head"][e])
    if turns:
        tag, k = min(turns)
        if home < 0 or int(gates["home_tag"][e]) >= tag:
            return int(links["head"][line[-k]])
    return home


def _full(links: RowArray, e: int, pcu: int) -> bool:
    count = int(links["count"][e])
    return count > 0 and count + pcu > int(links["storage"][e])


def _chain(vehicles: RowArray, v: int) -> list[int]:
    line = []
    while v >= 0:
        line.append(v)
        v = int(vehicles["chain"][v])
    return line


def _waiting(gates: RowArray, e: int) -> list[int]:
    line, other = [], int(gates["waiting"][e])
    while other >= 0:
        line.append(other)
        other = int(gates["next_waiting"][other])
    return line


def _same(name: str, found: object, expected: object) -> None:
    if found != expected:
        raise RuntimeError(f"{name}: {found}, expected {expected}")
