"""The compiled traffic kernel: links as lines of vehicles, moved from event to event.

A vehicle enters a link when its entry serves again (capacity), when there is room for it (room
made at the exit arrives at the entry with the backward wave, Newell 1993) and when it is its turn.
It can be at the exit after the free-flow time and leaves it in the order of entry, when the exit
serves again and the next link takes it. See queues.py for the rules as a planner meets them.
"""

from __future__ import annotations

from typing import Any

from numba import int32, int64, njit

from sim.roads.queue_calendar import next_tick, put, take
from sim.roads.queue_rows import (
    ARRIVED,
    AT_HOME,
    BLOCKED,
    DRIVING,
    DRY,
    ENDED,
    HARM_MM,
    LATEST,
    LEAVING,
    LINE,
    NARROW,
    NO_ROUTE,
    NOW,
    ROOT,
    STALLED,
    STALLING,
    STATE_TYPES,
    STEP_MS,
    STOP,
    State,
)

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
_FULL = LATEST + 1


@njit(**_OPTIONS)
def _depth(s, link, time):  # type: ignore[no-untyped-def]
    if link.wet_row < 0:
        return 0
    k = min(time // s.calendar[STEP_MS], s.levels.shape[1] - 1)
    return s.levels[link.wet_row, k]


@njit(**_OPTIONS)
def _stopped(s, link, car, time):  # type: ignore[no-untyped-def]
    """Whether the link is shut for this vehicle, by order or by water its driver will not enter."""
    if link.bits & (1 << car.klass):
        return True
    if link.wet_row < 0:
        return False
    depth = _depth(s, link, time)
    return depth >= s.tables[car.klass, 0] and depth > car.willing_mm


@njit(**_OPTIONS)
def _opening(s, e, pcu, time):  # type: ignore[no-untyped-def]
    """When a vehicle can enter a link, not before time; _FULL when somebody must leave first."""
    link = s.links[e]
    when = max(time, (link.next_in + 1023) >> 10)
    if link.count + pcu <= link.roomy:
        return when
    if link.count > 0 and link.count + pcu > link.storage:
        return _FULL
    slot = link.slot + min(pcu, link.storage) - 1
    if slot >= link.storage:
        slot -= link.storage
    return max(when, s.slots[link.slot_base + slot])


@njit(**_OPTIONS)
def _served(clock, time, takes):  # type: ignore[no-untyped-def]
    """The next service time after a service at a time, without losing fractions of a tick."""
    if clock <= (time - 1) << 10:
        clock = time << 10
    return clock + takes


@njit(**_OPTIONS)
def _end(s, v, status, node, time):  # type: ignore[no-untyped-def]
    car = s.vehicles[v]
    car.status = status
    car.node = node
    car.due = time
    s.ended[s.calendar[ENDED]] = v
    s.calendar[ENDED] += 1
    if car.watched:
        s.calendar[STOP] = 1


@njit(**_OPTIONS)
def _harm(s, row, begin, end):  # type: ignore[no-untyped-def]
    """First moment in [begin, end) with harmful water on a wet link, DRY for none."""
    step, last = s.calendar[STEP_MS], s.levels.shape[1] - 1
    k = min(begin // step, last)
    until = min((end - 1) // step, last)
    while k <= until:
        if s.levels[row, k] >= s.calendar[HARM_MM]:
            return max(begin, k * step)
        k += 1
    return DRY


@njit(**_OPTIONS)
def _enter(s, e, v, time):  # type: ignore[no-untyped-def]
    """A vehicle that may enter a link does so."""
    link, car = s.links[e], s.vehicles[v]
    v_q16 = min(int64(link.speed) * 100, int64(s.tables[car.klass, 1])) * car.speed_q16 // 100
    stalls = False
    if link.wet_row >= 0:
        depth = _depth(s, link, time)
        if depth > 0:
            limit = s.tables[car.klass, 0]
            stalls = depth >= limit
            at = min(depth, limit - 1)
            v_q16 = min(v_q16, (int64(s.tables[car.klass, 1 + at]) << 16) // 100)
    v_q16 = max(v_q16, 1)
    takes = min(((int64(link.length_mm) * 36 << 16) + v_q16 - 1) // v_q16, LATEST)
    link.next_in = _served(link.next_in, time, int64(car.pcu) * link.headway)
    if link.bits & NARROW:
        takes = _meet(s, e, takes)
    if link.wet_row >= 0 and car.caught == DRY:
        car.caught = _harm(s, link.wet_row, time, LATEST if stalls else time + takes)
    car.edge = e
    if stalls:
        car.status = STALLING
        car.due = time + (takes + 1) // 2
        put(s, 2 * len(s.links) + v, car.due)
        return
    car.status = DRIVING
    car.due = time + takes
    car.chain = -1
    link.count += car.pcu
    slot = link.slot + car.pcu
    while slot >= link.storage:
        slot -= link.storage
    link.slot = slot
    if link.head < 0:
        link.head = v
        put(s, e, max(car.due, (link.next_out + 1023) >> 10))
    else:
        s.vehicles[link.tail].chain = v
    link.tail = v


@njit(**_OPTIONS)
def _meet(s, e, takes):  # type: ignore[no-untyped-def]
    """Meetings on a narrow road, and one service for both directions; the time it takes then."""
    link, back = s.links[e], s.gates[e].reverse
    oncoming = s.links[back]
    each = takes * s.gates[e].passing_mm // (2 * int64(link.length_mm))
    oncoming.next_in = max(oncoming.next_in, link.next_in)
    if oncoming.bits & LINE:
        link.next_in += 1024
    return takes + min(each * oncoming.count, takes)


@njit(**_OPTIONS)
def _leave(s, e, time, after):  # type: ignore[no-untyped-def]
    """The first vehicle of a link has left it; after is the next one in the line."""
    link = s.links[e]
    car = s.vehicles[link.head]
    pcu, storage = car.pcu, link.storage
    slot = link.slot - link.count
    while slot < 0:
        slot += storage
    for _ in range(min(pcu, storage)):
        s.slots[link.slot_base + slot] = time + link.wave_ms
        slot = slot + 1 if slot + 1 < storage else 0
    link.count -= pcu
    link.next_out = _served(link.next_out, time, int64(pcu) * link.headway)
    link.head = after
    if after >= 0:
        put(s, e, max(s.vehicles[after].due, (link.next_out + 1023) >> 10))
    else:
        link.tail = -1
    if link.bits & LINE:
        _arrange(s, e, time)


@njit(**_OPTIONS)
def _first(s, e):  # type: ignore[no-untyped-def]
    """Whose turn it is at a gate: a waiting link, -1 for those who set out here, -2 nobody."""
    gate = s.gates[e]
    best, tag = -2, int64(0)
    other = gate.waiting
    while other >= 0:
        mine = s.gates[other].tag
        if best < 0 or mine < tag or (mine == tag and other < best):
            best, tag = other, mine
        other = s.gates[other].next_waiting
    if gate.home_head >= 0 and (best < 0 or gate.home_tag < tag):
        best = -1
    return best


@njit(**_OPTIONS)
def _arrange(s, e, time):  # type: ignore[no-untyped-def]
    """Plan the next admission through a gate, unless one is planned or the link is full."""
    gate = s.gates[e]
    if gate.event_ms >= 0:
        return
    who = _first(s, e)
    if who == -2:
        s.links[e].bits &= LINE - 1
        return
    v = gate.home_head if who == -1 else s.links[who].head
    when = _opening(s, e, s.vehicles[v].pcu, time)
    if when > time and _stopped(s, s.links[e], s.vehicles[v], time):
        when = time  # it steps aside, there is nothing to wait for
    if when < _FULL:
        gate.event_ms = when
        put(s, len(s.links) + e, when)


@njit(**_OPTIONS)
def _wait(s, e, f, time):  # type: ignore[no-untyped-def]
    """The first vehicle of link e waits for its turn to enter f."""
    mine, gate = s.gates[e], s.gates[f]
    mine.tag = max(gate.turn, mine.served if mine.served_by == f else int64(0))
    mine.waits_for = f
    mine.next_waiting = gate.waiting
    gate.waiting = e
    s.links[f].bits |= LINE
    _arrange(s, f, time)


@njit(**_OPTIONS)
def _wait_at_home(s, v, f, time):  # type: ignore[no-untyped-def]
    """A vehicle that sets out waits for its turn to enter its first link."""
    gate, car = s.gates[f], s.vehicles[v]
    car.status = AT_HOME
    car.edge = f
    car.chain = -1
    if gate.home_head < 0:
        gate.home_head = v
        gate.home_tag = max(gate.home_tag, gate.turn)
    else:
        s.vehicles[gate.home_tail].chain = v
    gate.home_tail = v
    s.links[f].bits |= LINE
    _arrange(s, f, time)


@njit(**_OPTIONS)
def _note(s, e, car, time):  # type: ignore[no-untyped-def]
    """What is known of a vehicle's stay on a link when it leaves it."""
    row = s.links[e].wet_row
    if row >= 0 and car.caught == DRY and time > car.due:
        car.caught = _harm(s, row, car.due, time)
    if len(s.use) > 0:
        s.use[e].delay_ms += time - car.due
        s.use[e].pcu += car.pcu
        s.use[e].vehicles += 1


@njit(**_OPTIONS)
def _must_wait(s, f, pcu, time):  # type: ignore[no-untyped-def]
    """Whether a vehicle cannot enter a link right now; others may wait for it already."""
    return s.links[f].bits & LINE or _opening(s, f, pcu, time) > time


@njit(**_OPTIONS)
def _go_on(s, v, f, node, time):  # type: ignore[no-untyped-def]
    """A vehicle at a node takes the next link of its route, or its drive ends here."""
    if f < 0:
        s.vehicles[v].edge = -1
        _end(s, v, ARRIVED if f == ROOT else NO_ROUTE, node, time)
    elif _stopped(s, s.links[f], s.vehicles[v], time):
        s.vehicles[v].edge = f
        _end(s, v, BLOCKED, node, time)
    else:
        _enter(s, f, v, time)


@njit(**_OPTIONS)
def _try_exit(s, e, time):  # type: ignore[no-untyped-def]
    """The first vehicle of a link is at its exit: it goes on, waits there, or its drive ends."""
    link = s.links[e]
    v, node = link.head, link.to_node
    car = s.vehicles[v]
    after = car.chain
    f = s.trees[car.route, node]
    if f >= 0 and _must_wait(s, f, car.pcu, time) and not _stopped(s, s.links[f], car, time):
        _wait(s, e, f, time)
        return
    _note(s, e, car, time)
    _leave(s, e, time, after)
    _go_on(s, v, f, node, time)


@njit(**_OPTIONS)
def set_out(s, v, time):  # type: ignore[no-untyped-def]
    """A vehicle leaves its origin, or stalls in the water on its link."""
    car = s.vehicles[v]
    if car.status == STALLING:
        _stall(s, v, time)
        return
    f = s.trees[car.route, car.node]
    if f >= 0 and _must_wait(s, f, car.pcu, time) and not _stopped(s, s.links[f], car, time):
        _wait_at_home(s, v, f, time)
    else:
        _go_on(s, v, f, car.node, time)


@njit(**_OPTIONS)
def _stall(s, v, time):  # type: ignore[no-untyped-def]
    """A vehicle stops in the water on its link; on a narrow road nobody gets past it."""
    e = s.vehicles[v].edge
    _end(s, v, STALLED, s.vehicles[v].node, time)
    if s.links[e].bits & NARROW:
        for side in (e, s.gates[e].reverse):
            s.links[side].bits |= NARROW - 1
            if s.gates[side].event_ms < 0:
                s.gates[side].event_ms = time
                put(s, len(s.links) + side, time)


@njit(**_OPTIONS)
def _stop_waiting(s, e):  # type: ignore[no-untyped-def]
    """Take a link out of the list of those that wait for another."""
    gate = s.gates[s.gates[e].waits_for]
    s.gates[e].waits_for = -1
    if gate.waiting == e:
        gate.waiting = s.gates[e].next_waiting
        return
    other = gate.waiting
    while s.gates[other].next_waiting != e:
        other = s.gates[other].next_waiting
    s.gates[other].next_waiting = s.gates[e].next_waiting


@njit(**_OPTIONS)
def _admit(s, e, time):  # type: ignore[no-untyped-def]
    """A gate lets in the one whose turn it is, if there is room now."""
    gate = s.gates[e]
    gate.event_ms = -1
    who = _first(s, e)
    if who == -2:
        s.links[e].bits &= LINE - 1
        return
    v = gate.home_head if who == -1 else s.links[who].head
    car = s.vehicles[v]
    if _opening(s, e, car.pcu, time) > time and not _stopped(s, s.links[e], car, time):
        _arrange(s, e, time)
        return
    after, node = car.chain, car.node
    if who == -1:
        gate.home_head = after
        gate.turn = gate.home_tag
        gate.home_tag += int64(car.pcu) * s.links[e].headway
    else:
        node = s.links[who].to_node
        _stop_waiting(s, who)
        mine = s.gates[who]
        gate.turn = mine.tag
        mine.served = mine.tag + int64(car.pcu) * s.links[who].headway
        mine.served_by = e
        _note(s, who, car, time)
        _leave(s, who, time, after)
    _go_on(s, v, e, node, time)
    _arrange(s, e, time)


@njit(**_OPTIONS)
def release(s, f, time):  # type: ignore[no-untyped-def]
    """Whoever waits for a link and would not take it any more decides anew at a time."""
    other = s.gates[f].waiting
    while other >= 0:
        after = s.gates[other].next_waiting
        link = s.links[other]
        car = s.vehicles[link.head]
        if s.trees[car.route, link.to_node] != f or _stopped(s, s.links[f], car, time):
            _stop_waiting(s, other)
            put(s, other, time)
        other = after
    v = s.gates[f].home_head
    s.gates[f].home_head = -1
    while v >= 0:
        after = s.vehicles[v].chain
        s.vehicles[v].status = LEAVING
        set_out(s, v, time)
        v = after


@njit(int64(*STATE_TYPES, int64), cache=True, **_OPTIONS)
def advance(  # type: ignore[no-untyped-def]
    calendar, links, gates, vehicles, slots, trees, levels, tables, ended, batch, use, until
):
    """Play all events up to until, or up to the tick in which a watched vehicle ended."""
    s = State(calendar, links, gates, vehicles, slots, trees, levels, tables, ended, batch, use)
    n = len(links)
    calendar[STOP] = 0
    while calendar[STOP] == 0:
        tick = next_tick(s, int32(until))
        if tick < 0:
            break
        time = int64(tick)
        for k in range(take(s, time)):
            event = batch[k]
            if event < n:
                _try_exit(s, event, time)
            elif event < 2 * n:
                _admit(s, event - n, time)
            else:
                set_out(s, event - 2 * n, time)
    return calendar[NOW]
