"""Bounds beside results: the numbers a run is shown with, and the alarm when it beats them."""

from __future__ import annotations

import numpy as np

from sim.bounds.of_run import Limits
from sim.bounds.run_facts import GroupBounds, RunFacts, run_facts
from sim.clock import NEVER
from sim.log import Kind, RunLog
from sim.plan import Plan


class BoundViolatedError(AssertionError):
    """A run was faster than physics allows: a fault of the program, or of the bound."""


def bounds_for_run(limits: Limits, plan: Plan, log: RunLog, seed: int) -> dict[str, float]:
    """All bounds of a run in ms from clock_start, named ``<group>_<limit>``.

    They hold for the people who were carried; with people left behind they say nothing about how
    long carrying everybody would take.

    Raises:
        BoundViolatedError: the run was faster than one of them.
    """
    return bounds_of(limits, run_facts(limits.world, plan, log, seed))


def bounds_of(limits: Limits, run: RunFacts) -> dict[str, float]:
    """The same from facts already read."""
    groups = limits.of(run)
    check_bounds(groups, run.plan.id, run.log.replication)
    return {
        f"{group}_{name}": float(moment)
        for group, found in groups.items()
        for name, moment in found.bounds.items()
    }


def check_bounds(groups: dict[str, GroupBounds], plan: str, replication: int) -> None:
    """Raise when a group was head-counted before one of its bounds.

    Raises:
        BoundViolatedError: names plan, replication, group, limit and both moments.
    """
    for group, found in groups.items():
        for name, moment in found.bounds.items():
            if found.achieved < moment:
                raise BoundViolatedError(
                    f"plan {plan}, replication {replication}: {group} done at "
                    f"{found.achieved} ms, bound {name} is {moment} ms"
                )


def efficiency_of(limits: Limits, run: RunFacts) -> dict[str, float]:
    """``efficiency``: largest bound ÷ T100, both counted from the first order, at most 1.

    Absent when not everybody at risk was head-counted, or when no order was given.

    Raises:
        BoundViolatedError: the run was faster than a bound.
    """
    bounds, log = bounds_of(limits, run), run.log
    last = int(run.carried.registered.max(initial=0))
    orders = np.concatenate([log.of(Kind.ORDER_PREPARE)["t"], log.of(Kind.ORDER_MOVE)["t"]])
    if not bounds or last >= NEVER or not len(orders) or last <= orders.min():
        return {}
    since = int(orders.min())
    return {"efficiency": max(0.0, (max(bounds.values()) - since) / (last - since))}
