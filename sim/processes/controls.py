"""断、禁: roads closed to the public on an order or at a clock time."""

from __future__ import annotations

import simpy

from sim.engine import Engine
from sim.log import Kind
from sim.plan import Closure
from sim.state import Process


def begin(engine: Engine) -> None:
    """Start every closure of the plan."""
    for row, closure in enumerate(engine.run.plan.closures):
        if len(closure.edges):
            engine.run.start(_close(engine, row, closure))


def _close(engine: Engine, row: int, closure: Closure) -> Process:
    """Close the edges when the first of the selected zones gets the order, or at the time."""
    run = engine.run
    if closure.on == "clock":
        yield run.timeout(max(0, closure.at_ms))
    else:
        zones = closure.zones.tolist()
        yield simpy.AnyOf(run.env, [run.ordered(closure.on, zone) for zone in zones])
    engine.traffic.close(closure.edges)
    for edge in closure.edges.tolist():
        run.log.add(run.now, Kind.CLOSURE, edge, row, 1)
