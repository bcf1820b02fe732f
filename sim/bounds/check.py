"""Bounds beside results: the numbers a run is shown with, and the alarm when it beats them."""

from __future__ import annotations

import math

import numpy as np

from sim.bounds.of_run import Limits
from sim.bounds.run_facts import GroupBounds
from sim.clock import MS_PER_MIN, NEVER
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
    groups = limits.groups(plan, log, seed)
    check_bounds(groups, plan.id, log.replication)
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


def bound_measures(limits: Limits, plan: Plan, log: RunLog, seed: int) -> dict[str, float]:
    """``efficiency``: largest bound ÷ T100, both counted from the first order, at most 1.

    Absent when not everybody at risk was head-counted, or when no order was given.

    Raises:
        BoundViolatedError: the run was faster than a bound.
    """
    bounds = bounds_for_run(limits, plan, log, seed)
    n = len(limits.world.parties)
    last = log.first(Kind.REGISTERED, n, NEVER).max(initial=0)
    orders = np.concatenate([log.of(Kind.ORDER_PREPARE)["t"], log.of(Kind.ORDER_MOVE)["t"]])
    if not bounds or last >= NEVER or not len(orders) or last <= orders.min():
        return {}
    since = int(orders.min())
    efficiency = (max(bounds.values()) - since) / (int(last) - since)
    return {"efficiency": max(0.0, efficiency)} if math.isfinite(efficiency) else {}


def limit_min(bounds: dict[str, float]) -> float:
    """Largest bound in minutes from clock_start; 0 without any."""
    return max(bounds.values(), default=0.0) / MS_PER_MIN
