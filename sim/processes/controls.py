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
    _set(engine, row, closure, on=True)
    if closure.for_ms is not None:
        yield run.timeout(closure.for_ms)
        _set(engine, row, closure, on=False)


def _set(engine: Engine, row: int, closure: Closure, *, on: bool) -> None:
    roads, run = engine.traffic.roads, engine.run
    if closure.kind == "close":
        (roads.close if on else roads.reopen)(closure.edges)
    elif closure.kind == "contraflow":
        roads.contraflow(closure.edges, on)
    else:
        roads.control(closure.edges, closure.factor if on else 1 / closure.factor)
    for edge in closure.edges.tolist():
        run.log.add(run.now, Kind.CLOSURE, edge, row, int(on))
