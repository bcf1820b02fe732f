"""Timing targets of a plan, judged in one replication.

The people of a target are all persons of its zones (``of: coach``: those whose planned way out is
the coach), refusers included. Zones with neither order nor hazard in this replication are left
out; if none is left the target is not judged. A zone with a hazard and without an order counts
with all its people as not reached, unless the deadline is a clock time and they got there anyway.

Every zone has its own reference: its order 立即转移, its hazard, or the clock. Time to the
milestone is measured from it, and the target is met when the stated share of all its people
together is within the deadline. Whoever reached the milestone before the order (at 准备转移)
has 0 minutes.

``before_hazard_h`` counts back from the zone's cut-off; where the roads stay open but water
reaches homes, from that moment. Zones that no hazard reaches in this member have no such deadline
and are left out: a false alarm neither fulfils nor misses it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER, next_clock_time
from sim.measures.crowd import minutes, time_of_share
from sim.measures.facts import Facts
from sim.measures.timing import since_reference
from sim.plan import Plan
from sim.schema.plan_targets import Target
from sim.states import Way

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Judged:
    """A target in one replication.

    Attributes:
        met: whether the share was within the deadline.
        taken_ms: time from the reference until the share was reached, NEVER if not; negative:
            before the hazard.
        deadline_ms: the deadline from the same reference.
        worst_zone: row of the zone with most people late; of the latest person if none was.
    """

    met: bool
    taken_ms: int
    deadline_ms: int
    worst_zone: int


def target_measures(facts: Facts, plan: Plan) -> dict[str, float]:
    """``target:<id>`` 1 met, 0 missed, absent not judged; with ``:min``, ``:deadline_min``
    (minutes from the order, from clock_start, or, negative, before the hazard) and ``:worst``."""
    found: dict[str, float] = {}
    for target, zones in zip(plan.targets, plan.target_zones, strict=True):
        judged = judge(facts, target, zones)
        if judged is not None:
            key = f"target:{target.id}"
            found[key] = float(judged.met)
            found[f"{key}:min"] = minutes(judged.taken_ms)
            found[f"{key}:deadline_min"] = minutes(judged.deadline_ms)
            found[f"{key}:worst"] = float(judged.worst_zone)
    return found


def judge(
    facts: Facts, target: Target, zones: Int64, times_ms: Int64 | None = None
) -> Judged | None:
    """Judge a target over its zones (rows); None when this replication cannot judge it.

    times_ms: time of the milestone of every party, if not the one of the run itself.
    """
    reference, deadline_ms = reference_of(facts, target)
    parties = people_of(facts, target, zones, reference)
    if not len(parties):
        return None
    zone, size = facts.zone[parties], facts.size[parties]
    reached = (_milestone(facts, target) if times_ms is None else times_ms)[parties]
    if target.deadline.after_order_min is not None:
        taken = since_reference(reached, reference[zone])
    else:
        taken = np.where(reached < NEVER, reached - reference[zone], NEVER)
    share_ms = time_of_share(taken, size, target.share)
    return Judged(
        met=share_ms <= deadline_ms,
        taken_ms=share_ms,
        deadline_ms=deadline_ms,
        worst_zone=_worst(facts, zone, taken, taken > deadline_ms, size),
    )


def reference_of(facts: Facts, target: Target) -> tuple[Int64, int]:
    """Reference time of every zone (NEVER without one) and the deadline from it, ms."""
    deadline = target.deadline
    if deadline.after_order_min is not None:
        return facts.ordered_ms, round(deadline.after_order_min * MS_PER_MIN)
    if deadline.before_hazard_h is not None:
        cutoff = facts.cutoff_ms
        reference = np.where(cutoff < NEVER, cutoff, facts.hazard_ms)
        return reference, -round(deadline.before_hazard_h * MS_PER_HOUR)
    clock = next_clock_time(facts.world.clock_start, deadline.clock or "")
    return np.zeros(facts.n_zones, dtype=np.int64), clock


def people_of(facts: Facts, target: Target, zones: Int64, reference: Int64) -> Int64:
    """Rows of the parties a target speaks of in this replication."""
    concerned = np.minimum(facts.ordered_ms, facts.hazard_ms) < NEVER
    if target.deadline.before_hazard_h is not None:
        concerned &= reference < NEVER
    chosen = np.zeros(facts.n_zones, dtype=np.bool_)
    chosen[zones] = concerned[zones]
    mine = chosen[facts.zone]
    if target.of == "coach":
        mine &= facts.world.parties.way == Way.COACH
    return np.flatnonzero(mine)


def _milestone(facts: Facts, target: Target) -> Int64:
    """Time of the milestone of every party."""
    times: Int64 = {
        "told": lambda: facts.told,
        "ready": lambda: facts.ready,
        "out": lambda: facts.out,
        "registered": lambda: facts.registered,
    }[target.milestone]()
    return times


def _worst(facts: Facts, zone: Int64, taken: Int64, late: NDArray[np.bool_], size: Int64) -> int:
    """The zone that decided it: most people late, else the one finished last; ties by row."""
    if late.any():
        return int(np.bincount(zone[late], size[late], minlength=facts.n_zones).argmax())
    return int(zone[taken == taken.max()].min())
