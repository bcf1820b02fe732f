"""What the bounds of a run start from, read and drawn once."""

from __future__ import annotations

from dataclasses import dataclass

from sim.bounds.carried import Carried, read_carried
from sim.bounds.night import Night
from sim.draws import Draws
from sim.log import RunLog
from sim.plan import Plan
from sim.world import World


@dataclass(frozen=True)
class RunFacts:
    """A run: its plan and log, who was carried, and the draws of its night."""

    world: World
    plan: Plan
    log: RunLog
    night: Night
    carried: Carried


@dataclass(frozen=True)
class GroupBounds:
    """Bounds of one group of people and what the run achieved for them, ms.

    bounds: limit to moment; achieved: the last of them was head-counted.
    """

    bounds: dict[str, int]
    achieved: int


def run_facts(world: World, plan: Plan, log: RunLog, seed: int) -> RunFacts:
    """The facts of a run that was played with this seed."""
    night = Night(world, plan, Draws(seed, log.replication))
    return RunFacts(world, plan, log, night, read_carried(world, log))
