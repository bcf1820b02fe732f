"""The gate before a link of the traffic kernel: who waits, and whose turn it is.

Links whose first vehicle wants in, and those who set out here, are served in turn. Each carries a
tag, and the smallest one is next; an admission moves it on by the vehicle's headway on the link it
comes from, so a link of twice the capacity is served twice as often (start-time fair queueing,
Goyal, Vin and Cheng 1997). Of equal tags who came first goes first.
"""

from __future__ import annotations

from numba import int64, njit

from sim.roads.queue_calendar import push
from sim.roads.queue_link import opening, stopped
from sim.roads.queue_rows import AT_HOME, FULL, HOME, INLINE, LINE, NOBODY


@njit(**INLINE)
def first_in_line(s, f):  # type: ignore[no-untyped-def]
    """Whose turn it is at a gate: a waiting link, HOME for those who set out here, or NOBODY."""
    gate = s.gates[f]
    best, tag = NOBODY, int64(0)
    other = gate.waiting
    while other >= 0:
        mine = s.gates[other]
        if best < 0 or mine.tag <= tag:  # the list is latest first: of equals who came first
            best, tag = int64(other), mine.tag
        other = mine.next_waiting
    if gate.home_head >= 0 and (best < 0 or gate.home_tag < tag):
        best = HOME
    return best


@njit(**INLINE)
def arrange(s, f, time):  # type: ignore[no-untyped-def]
    """Plan the next admission through a gate, unless one is planned or the link is full."""
    link, gate = s.links[f], s.gates[f]
    if gate.event_ms >= 0:
        return
    who = first_in_line(s, f)
    if who == NOBODY:
        when = (link.next_in + 1023) >> 10
        if when <= time:
            link.bits &= LINE - 1
        else:  # whoever comes until then takes turns too
            gate.event_ms = when
            gate.chain = push(s.calendar, len(s.links) + f, when)
        return
    car = s.vehicles[gate.home_head if who == HOME else s.links[who].head]
    when = opening(s, link, car.pcu, time)
    if when > time and stopped(s, link, car, time):
        when = time  # it steps aside, there is nothing to wait for
    if when < FULL:
        gate.event_ms = when
        gate.chain = push(s.calendar, len(s.links) + f, when)


@njit(**INLINE)
def line_up(s, e, f, v):  # type: ignore[no-untyped-def]
    """A vehicle waits for its turn to enter f: the first one of link e, or one that sets out."""
    gate = s.gates[f]
    s.links[f].bits |= LINE
    if e >= 0:
        mine = s.gates[e]
        mine.tag = max(gate.turn, mine.served if mine.served_by == f else int64(0))
        mine.waits_for = f
        mine.next_waiting = gate.waiting
        gate.waiting = e
        return
    car = s.vehicles[v]
    car.status = AT_HOME
    car.edge = f
    car.chain = -1
    if gate.home_head < 0:
        gate.home_head = v
        gate.home_tag = max(gate.home_tag, gate.turn)
    else:
        s.vehicles[gate.home_tail].chain = v
    gate.home_tail = v


@njit(**INLINE)
def stop_waiting(s, e):  # type: ignore[no-untyped-def]
    """Take a link out of the list of those that wait for another."""
    mine = s.gates[e]
    gate = s.gates[mine.waits_for]
    mine.waits_for = -1
    if gate.waiting == e:
        gate.waiting = mine.next_waiting
        return
    other = gate.waiting
    while s.gates[other].next_waiting != e:
        other = s.gates[other].next_waiting
    s.gates[other].next_waiting = mine.next_waiting


@njit(**INLINE)
def step_up(s, e, f, v):  # type: ignore[no-untyped-def]
    """The one whose turn it is leaves the line before f; turns go by capacity."""
    gate, pcu = s.gates[f], int64(s.vehicles[v].pcu)
    if e < 0:
        gate.home_head = s.vehicles[v].chain
        gate.turn = gate.home_tag
        gate.home_tag += pcu * s.links[f].headway
        return
    stop_waiting(s, e)
    mine = s.gates[e]
    gate.turn = mine.tag
    mine.served = mine.tag + pcu * s.links[e].headway
    mine.served_by = f
