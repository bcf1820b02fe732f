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
    """One direction after the other sets out, in windows, until the end."""
    run, outward = engine.run, True
    while run.now < ends:
        window = closure.windows_ms[0 if outward else 1]
        until = min(run.now + window, ends)
        engine.traffic.roads.tide(closure.edges, outward, until)
        run.log.add(run.now, Kind.TIDE, int(closure.edges[0]), row, int(outward))
        yield run.timeout(until - run.now)
        outward = not outward


def _set(engine: Engine, row: int, closure: Closure, *, on: bool) -> None:
    roads, run = engine.traffic.roads, engine.run
    if closure.kind == "close":
        (roads.close if on else roads.reopen)(closure.edges)
    elif closure.kind == "police":
        roads.control(closure.edges, closure.factors, on)
    else:
        roads.contraflow(closure.edges, on, tidal=closure.kind == "tidal")
    for edge in closure.edges.tolist():
        run.log.add(run.now, Kind.CLOSURE, edge, row, int(on))
