"""断、禁、疏: roads closed to the public, made one way, or directed by police, and released."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely
import simpy
from numpy.typing import NDArray

from sim.engine import Engine
from sim.hazards.signals import Area
from sim.log import Kind
from sim.plan import Closure
from sim.roads.network import Network
from sim.state import Process

AREAS = ("isolation", "protective")


def begin(engine: Engine) -> None:
    """Start every control of the plan."""
    for row, closure in enumerate(engine.run.plan.closures):
        if len(closure.edges):
            control = _while_covered if closure.on in AREAS else _control
            engine.run.start(control(engine, row, closure))


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


def _while_covered(engine: Engine, row: int, closure: Closure) -> Process:
    """Gates downwind are shut while an announced area lies over them, and open when it has gone."""
    run = engine.run
    areas = [area for area in run.view.member.signals.areas if area.code == closure.on]
    for area in sorted(areas, key=lambda one: one.from_ms):
        inside = replace(closure, edges=closure.edges[_covered(engine, closure.edges, area)])
        if not len(inside.edges):
            continue
        yield run.timeout(max(0, area.from_ms - run.now))
        _set(engine, row, inside, on=True)
        yield run.timeout(max(0, min(area.until_ms, run.world.horizon_ms) - run.now))
        _set(engine, row, inside, on=False)


def _covered(engine: Engine, edges: NDArray[np.int64], area: Area) -> NDArray[np.bool_]:
    """Roads whose middle lies in an area."""
    roads = engine.run.world.roads
    if not isinstance(roads, Network):
        return np.zeros(len(edges), np.bool_)
    a, b = roads.edge_from[edges], roads.edge_to[edges]
    x, y = (roads.node_x[a] + roads.node_x[b]) / 2, (roads.node_y[a] + roads.node_y[b]) / 2
    shape = shapely.Polygon(np.column_stack([area.x, area.y]))
    return np.asarray(shapely.contains_xy(shape, x, y))


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
