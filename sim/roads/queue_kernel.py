"""The events of the traffic kernel: a vehicle at a node goes on, waits there, or its drive ends.

See queues.py for the rules as a planner meets them, queue_link.py and queue_gate.py for how a
link takes a vehicle and in which turn.
"""

from __future__ import annotations

from numba import int64, njit, uint32

from sim.roads.queue_calendar import push
from sim.roads.queue_gate import arrange, first_in_line, line_up, step_up
from sim.roads.queue_link import enter, leave, opening, stopped
from sim.roads.queue_rows import (
    ARRIVED,
    BLOCKED,
    ENDED,
    HOME,
    INLINE,
    LINE,
    NARROW,
    NO_ROUTE,
    NOBODY,
    ROOT,
    STALLED,
    STALLING,
    STOP,
)

_GOES_ON, _WAITS = 4, 5  # beside the ends of routing.Trip


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
        for side in (e, s.narrow[e].reverse):
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
        e = first_in_line(s, f)
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
        elif (link.bits & LINE and not at_gate) or opening(s, link, car.pcu, time) > time:
            end = _WAITS
    if end == _WAITS:
        if not at_gate:
            line_up(s, e, f, v)
        arrange_f = f
    else:
        if at_gate:
            step_up(s, e, f, v)
            arrange_f = f
        if e >= 0:
            leave(s, e, time)
            if s.links[uint32(e)].bits & LINE:
                arrange_e = e
        if end == _GOES_ON:
            enter(s, f, v, time)
            if car.status == STALLING:
                car.node = node
        else:
            _end(s, v, end, (node, f if end == BLOCKED else -1), time)
    for which in (arrange_e, arrange_f):
        if which >= 0:
            arrange(s, which, time)
