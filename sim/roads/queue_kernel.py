"""The compiled traffic kernel: links as lines of vehicles, moved from event to event.

A vehicle enters a link when its entry serves again (capacity), when there is room for it (room
made at the exit arrives at the entry with the backward wave, Newell 1993) and when it is its turn.
It can be at the exit after the free-flow time and leaves it in the order of entry, when the exit
serves again and the next link takes it. See queues.py for the rules as a planner meets them.
"""

from __future__ import annotations

from numba import int64, njit, uint32

from sim.roads.queue_calendar import push
from sim.roads.queue_rows import (
    ARRIVED,
    AT_HOME,
    BLOCKED,
    DRIVING,
    DRY,
    ENDED,
    HARM_MM,
    HOME,
    INLINE,
    LATEST,
    LINE,
    NARROW,
    NO_ROUTE,
    NOBODY,
    ONE_MS,
    ROOT,
    STALLED,
    STALLING,
    STEP_MS,
    STOP,
)

_FULL = LATEST + 1
_GOES_ON, _WAITS = 4, 5  # beside the ends of routing.Trip


@njit(**INLINE)
def _depth(s, link, time):  # type: ignore[no-untyped-def]
    k = min(time // s.calendar[STEP_MS], s.levels.shape[1] - 1)
    return s.levels[uint32(link.wet_row), k]


@njit(**INLINE)
def stopped(s, link, car, time):  # type: ignore[no-untyped-def]
    """Whether the link is shut for this vehicle, by order or by water its driver will not enter."""
    if link.bits & (1 << car.klass):
        return True
    if link.wet_row < 0:
        return False
    depth = _depth(s, link, time)
    return depth >= s.tables[car.klass, 0] and depth > car.willing_mm


@njit(**INLINE)
def _opening(s, link, pcu, time):  # type: ignore[no-untyped-def]
    """When a vehicle can enter a link, not before time; _FULL when somebody must leave first."""
    when = max(time, (link.next_in + 1023) >> 10)
    if link.count + pcu <= link.roomy:
        return when
    if link.count > 0 and link.count + pcu > link.storage:
        return int64(_FULL)
    slot = link.slot + min(pcu, link.storage) - 1
    if slot >= link.storage:
        slot -= link.storage
    return max(when, int64(s.slots[uint32(link.slot_base + slot)]))


@njit(**INLINE)
def _next_service(clock, time, takes):  # type: ignore[no-untyped-def]
    """The next service time after a service at a time, without losing fractions of a tick."""
    return (clock if clock > (time - 1) << 10 else time << 10) + takes


@njit(**INLINE)
def _harm(s, row, begin, end):  # type: ignore[no-untyped-def]
    """First moment in [begin, end) with harmful water on a wet link, DRY for none."""
    step, last = s.calendar[STEP_MS], s.levels.shape[1] - 1
    k = min(begin // step, last)
    until = min((end - 1) // step, last)
    while k <= until:
        if s.levels[row, k] >= s.calendar[HARM_MM]:
            return max(begin, k * step)
        k += 1
    return int64(DRY)


@njit(**INLINE)
def _wet_speed(s, link, car, time, v_q16):  # type: ignore[no-untyped-def]
    """Speed on a link that can be wet, in 65536ths of 0.1 km/h, and whether it stalls there."""
    depth = _depth(s, link, time)
    if depth <= 0:
        return v_q16, False
    limit = s.tables[car.klass, 0]
    by_depth = s.tables[car.klass, 1 + min(depth, limit - 1)]
    return min(v_q16, (int64(by_depth) << 16) // 100), depth >= limit


@njit(**INLINE)
def _meet(s, f, takes):  # type: ignore[no-untyped-def]
    """Meetings on a narrow road, and one service for both directions; the time it takes then."""
    link, gate = s.links[f], s.gates[f]
    oncoming = s.links[gate.reverse]
    each = takes * gate.passing_mm // (2 * int64(link.length_mm))
    oncoming.next_in = max(oncoming.next_in, link.next_in)
    if oncoming.bits & LINE:  # the other direction is next
        link.next_in += ONE_MS
    return takes + min(each * oncoming.count, takes)


@njit(**INLINE)
def _enter(s, f, v, time):  # type: ignore[no-untyped-def]
    """A vehicle that may enter a link does so."""
    link, car = s.links[uint32(f)], s.vehicles[uint32(v)]
    speed = min(int64(link.speed) * 100, int64(s.tables[car.klass, 1])) * car.speed_q16 // 100
    stalls = False
    if link.wet_row >= 0:
        speed, stalls = _wet_speed(s, link, car, time, speed)
    speed = max(speed, 1)
    takes = min(((int64(link.length_mm) * 36 << 16) + speed - 1) // speed, LATEST)
    link.next_in = _next_service(link.next_in, time, int64(car.pcu) * link.headway)
    if link.bits & NARROW:
        takes = _meet(s, f, takes)
    if link.wet_row >= 0 and car.caught == DRY:
        car.caught = _harm(s, link.wet_row, time, LATEST if stalls else time + takes)
    car.edge = f
    if stalls:
        car.status = STALLING
        car.due = time + (takes + 1) // 2
        car.chain = push(s.calendar, 2 * len(s.links) + v, int64(car.due))
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
        first_out = max(int64(car.due), (link.next_out + 1023) >> 10)
        link.chain = push(s.calendar, f, first_out)
    else:
        s.vehicles[uint32(link.tail)].chain = v
    link.tail = v


@njit(**INLINE)
def _leave(s, e, time):  # type: ignore[no-untyped-def]
    """The first vehicle of a link leaves it."""
    link = s.links[uint32(e)]
    car = s.vehicles[uint32(link.head)]
    if link.wet_row >= 0 and car.caught == DRY and time > car.due:
        car.caught = _harm(s, link.wet_row, int64(car.due), time)
    if len(s.use) > 0:
        use = s.use[uint32(e)]
        use.delay_ms += time - car.due
        use.pcu += car.pcu
        use.vehicles += 1
    pcu, storage = car.pcu, link.storage
    slot = link.slot - link.count
    while slot < 0:
        slot += storage
    for _ in range(min(pcu, storage)):
        s.slots[uint32(link.slot_base + slot)] = time + link.wave_ms
        slot = slot + 1 if slot + 1 < storage else 0
    link.count -= pcu
    link.next_out = _next_service(link.next_out, time, int64(pcu) * link.headway)
    link.head = car.chain
    if link.head >= 0:
        due = int64(s.vehicles[uint32(link.head)].due)
        link.chain = push(s.calendar, e, max(due, (link.next_out + 1023) >> 10))


@njit(**INLINE)
def _first(s, f):  # type: ignore[no-untyped-def]
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
    who = _first(s, f)
    if who == NOBODY:
        when = (link.next_in + 1023) >> 10
        if when <= time:
            link.bits &= LINE - 1
        else:  # whoever comes until then takes turns too
            gate.event_ms = when
            gate.chain = push(s.calendar, len(s.links) + f, when)
        return
    car = s.vehicles[gate.home_head if who == HOME else s.links[who].head]
    when = _opening(s, link, car.pcu, time)
    if when > time and stopped(s, link, car, time):
        when = time  # it steps aside, there is nothing to wait for
    if when < _FULL:
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
def _step_up(s, e, f, v):  # type: ignore[no-untyped-def]
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


@njit(**INLINE)
def _end(s, v, status, place, time):  # type: ignore[no-untyped-def]
    """The drive of a vehicle ends at a place (node, edge)."""
    car = s.vehicles[v]
    car.status = status
    car.node, car.edge = place
    car.due = time
    s.ended[s.calendar[ENDED]] = v
    s.calendar[ENDED] += 1
    s.calendar[STOP] |= car.watched


@njit(**INLINE)
def _stall(s, v, time):  # type: ignore[no-untyped-def]
    """A vehicle stops in the water on its link; on a narrow road nobody gets past it."""
    e = s.vehicles[v].edge
    _end(s, v, STALLED, (s.vehicles[v].node, e), time)
    if s.links[e].bits & NARROW:
        for side in (e, s.gates[e].reverse):
            s.links[side].bits |= NARROW - 1
            if s.gates[side].event_ms < 0:
                s.gates[side].event_ms = time
                s.gates[side].chain = push(s.calendar, len(s.links) + side, time)


@njit(**INLINE)
def play(s, event, time):  # type: ignore[no-untyped-def]
    """One event: a vehicle goes on from link e (HOME: sets out) to link f, waits, or ends."""
    n = len(s.links)
    e, f = int64(HOME), int64(-1)
    at_gate = n <= event < 2 * n
    if event < n:
        e = int64(event)
        v = int64(s.links[uint32(e)].head)
    elif at_gate:
        f = int64(event - n)
        s.gates[f].event_ms = -1
        e = _first(s, f)
        if e == NOBODY:
            s.links[f].bits &= LINE - 1
            return
        v = int64(s.gates[f].home_head if e == HOME else s.links[e].head)
    else:
        v = int64(event - 2 * n)
        if s.vehicles[v].status == STALLING:
            _stall(s, v, time)
            return
    car = s.vehicles[uint32(v)]
    node = int64(s.links[uint32(e)].to_node if e >= 0 else car.node)
    if not at_gate:
        f = int64(s.trees[uint32(car.route), uint32(node)])
    end = _GOES_ON
    arrange_e, arrange_f = int64(-1), int64(-1)
    if f < 0:
        end = ARRIVED if f == ROOT else NO_ROUTE
    else:
        link = s.links[uint32(f)]
        if stopped(s, link, car, time):
            end = BLOCKED
        elif (link.bits & LINE and not at_gate) or _opening(s, link, car.pcu, time) > time:
            end = _WAITS
    if end == _WAITS:
        if not at_gate:
            line_up(s, e, f, v)
        arrange_f = f
    else:
        if at_gate:
            _step_up(s, e, f, v)
            arrange_f = f
        if e >= 0:
            _leave(s, e, time)
            if s.links[uint32(e)].bits & LINE:
                arrange_e = e
        if end == _GOES_ON:
            _enter(s, f, v, time)
            if car.status == STALLING:
                car.node = node
        else:
            _end(s, v, end, (node, f if end == BLOCKED else -1), time)
    for which in (arrange_e, arrange_f):
        if which >= 0:
            arrange(s, which, time)
