"""A link of the traffic kernel: how a vehicle gets on it, and off.

A vehicle enters a link when its entry serves again (capacity) and when there is room for it: room
made at the exit arrives at the entry with the backward wave (Newell 1993). It can be at the exit
after the free-flow time of routing.drive and leaves in the order of entry, when the exit serves.
"""

from __future__ import annotations

from numba import int64, njit, uint32

from sim.roads.queue_calendar import push
from sim.roads.queue_rows import (
    CLASS_ROWS,
    DRIVING,
    DRY,
    FULL,
    HARM_MM,
    INLINE,
    LATEST,
    LINE,
    NARROW,
    ONE_MS,
    STALLING,
    STEP_MS,
)


@njit(**INLINE)
def _depth(s, link, car, time):  # type: ignore[no-untyped-def]
    k = min(time // s.calendar[STEP_MS], s.levels.shape[1] - 1)
    row = link.wet_row + (car.klass + 1) * s.calendar[CLASS_ROWS]
    return s.levels[uint32(row), k]


@njit(**INLINE)
def stopped(s, link, car, time):  # type: ignore[no-untyped-def]
    """Whether the link is shut for this vehicle, by order or by water its driver will not enter."""
    if link.bits & (1 << car.klass):
        return True
    if link.wet_row < 0:
        return False
    depth = _depth(s, link, car, time)
    return depth >= s.tables[car.klass, 0] and depth > car.willing_mm


@njit(**INLINE)
def opening(s, link, pcu, time):  # type: ignore[no-untyped-def]
    """When a vehicle can enter a link, not before time; FULL when somebody must leave first."""
    when = max(time, (link.next_in + 1023) >> 10)
    if link.count + pcu <= link.roomy:
        return when
    if link.count > 0 and link.count + pcu > link.storage:
        return int64(FULL)
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
    depth = _depth(s, link, car, time)
    if depth <= 0:
        return v_q16, False
    limit = s.tables[car.klass, 0]
    by_depth = s.tables[car.klass, 1 + min(depth, limit - 1)]
    return min(v_q16, (int64(by_depth) << 16) // 100), depth >= limit


@njit(**INLINE)
def _meet(s, f, takes):  # type: ignore[no-untyped-def]
    """Meetings on a narrow road, and one service for both directions; the time it takes then."""
    link, road = s.links[f], s.narrow[f]
    oncoming = s.links[road.reverse]
    each = takes * road.passing_mm // (2 * int64(link.length_mm))
    oncoming.next_in = max(oncoming.next_in, link.next_in)
    if oncoming.bits & LINE:  # the other direction is next
        link.next_in += ONE_MS
    return takes + min(each * oncoming.count, takes)


@njit(**INLINE)
def enter(s, f, v, time):  # type: ignore[no-untyped-def]
    """A vehicle that may enter a link does so."""
    link, car = s.links[uint32(f)], s.vehicles[uint32(v)]
    speed = min(int64(link.speed) * 100, int64(s.tables[car.klass, 1])) * car.speed_q16 // 100
    stalls = False
    if link.wet_row >= 0:
        speed, stalls = _wet_speed(s, link, car, time, speed)
    speed = max(speed, 1)
    takes = ((int64(link.length_mm) * 36 << 16) + speed - 1) // speed
    link.next_in = _next_service(link.next_in, time, int64(car.pcu) * link.headway)
    if link.bits & NARROW:
        takes = _meet(s, f, takes)
    takes = min(takes, LATEST - 1)
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
def leave(s, e, time):  # type: ignore[no-untyped-def]
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
