"""The main flow: play one plan through one disaster and return everything that happened."""

from __future__ import annotations

from collections.abc import Callable

from sim.draws import Draws
from sim.engine import Engine
from sim.log import RunLog
from sim.plan import Plan
from sim.processes import (
    callout,
    command,
    controls,
    crashes,
    cut_stops,
    forces,
    injuries,
    moving_on,
    outages,
    rescue,
    residents,
    returns,
    second_ways,
    shadow,
    shelters,
    supplies,
    transfer,
    water,
)
from sim.processes.road_blocks import with_roads_to_clear
from sim.state import Run
from sim.strikes import with_strikes
from sim.world import World

PARTS = (
    *(outages, transfer, shelters, rescue, forces, supplies, returns, second_ways, cut_stops),
    moving_on,
    *(residents, shadow, callout, water, controls, crashes, injuries, command),
)
"""Parts of a run in the order in which they are put in place; orders come last."""


Watch = Callable[[Engine], None]
"""Looks on while a run is played; it is given the engine once, before the clock starts."""


def run_once(
    world: World, plan: Plan, seed: int, replication: int, watch: Watch | None = None
) -> RunLog:
    """Play one plan through one disaster and return everything that happened.

    Scenario, plan, seed and replication determine the log completely; two plans with the same
    seed and replication meet the same night. Whoever watches changes nothing.
    """
    draws = Draws(seed, replication)
    member = draws.weighted("hazard/member", world.hazard.weights)
    view = with_strikes(world.statics.views.view(member), world.parties, draws)
    view = with_roads_to_clear(view, world, plan)
    engine = Engine(Run(world, plan, draws, view))
    for part in PARTS:
        part.begin(engine)
    if watch is not None:
        watch(engine)
    engine.run.until(world.horizon_ms)
    engine.traffic.roads.finish()
    return engine.run.finish()
