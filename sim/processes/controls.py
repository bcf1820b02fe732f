"""断、禁、疏: roads closed to the public, made one way, or directed by police, and released."""

from __future__ import annotations

import simpy

from sim.engine import Engine
from sim.log import Kind
from sim.plan import Closure
from sim.state import Process


def begin(engine: Engine) -> None:
    """Start every control of the plan."""
    for row, closure in enumerate(engine.run.plan.closures):
        if len(closure.edges):
            engine.run.start(_control(engine, row, closure))


def _control(engine: Engine, row: int, closure: Closure) -> Process:
    """From the order of the first of the selected zones, or from the time; until it is over."""
    run = engine.run
    if closure.on == "clock":
        yield run.timeout(max(0, closure.at_ms))
    else:
        zones = closure.zones.tolist()
        yield simpy.AnyOf(run.env, [run.ordered(closure.on, zone) for zone in zones])
    ends = world_end = run.world.horizon_ms
    if closure.for_ms is not None:
        ends = min(world_end, run.now + closure.for_ms)
    _set(engine, row, closure, on=True)
    if closure.kind == "tidal":
        yield from _tides(engine, row, closure, ends)
    elif ends < world_end:
        yield run.timeout(ends - run.now)
    if ends < world_end:
        _set(engine, row, closure, on=False)


def _tides(engine: Engine, row: int, closure: Closure, ends: int) -> Process:
    """One direction after the other sets out, in windows, until the end.

    Between two windows nobody sets out until the last one has driven through.
    """
    run, edges, through = engine.run, closure.edges, closure.through_ms
    gates = edges[:1], run.world.statics.opposite_edge[edges[-1:]]
    begins, outward = run.now, True
    while begins < ends:
        closes = min(begins + closure.windows_ms[0 if outward else 1], ends)
        engine.traffic.roads.controls.hold(gates[1 if outward else 0], closes + through)
        yield run.timeout(begins - run.now)
        run.log.add(run.now, Kind.TIDE, int(edges[0]), row, int(outward))
        yield run.timeout(closes - run.now)
        begins, outward = closes + through, not outward
    yield run.timeout(ends - run.now)


def _set(engine: Engine, row: int, closure: Closure, *, on: bool) -> None:
    roads, run = engine.traffic.roads.controls, engine.run
    if closure.kind == "close":
        (roads.close if on else roads.reopen)(closure.edges)
    elif closure.kind == "police":
        roads.control(closure.edges, closure.factors, on)
    else:
        roads.contraflow(closure.edges, on, tidal=closure.kind == "tidal")
    for edge in closure.edges.tolist():
        run.log.add(run.now, Kind.CLOSURE, edge, row, int(on))
