"""Physical limits beside the measures of a run: efficiency, and how soon targets can be met.

A target's limit is a time before which no dispatch of these vehicles on these roads could have met
it in this replication; a limit beyond the deadline makes the target impossible, and
``vehicles_short`` says how many vehicles are lacking at least.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.bounds.check import efficiency_of
from sim.bounds.earliest import earliest_out
from sim.bounds.fleet_work import SeatWork, seat_work
from sim.bounds.of_run import Limits
from sim.bounds.own_roads import Drives
from sim.bounds.problem import BusProblem
from sim.bounds.run_facts import RunFacts, run_facts
from sim.clock import MS_PER_MIN, NEVER
from sim.measures.crowd import people_needed
from sim.measures.facts import Facts
from sim.measures.targets import judge, people_of, reference_of
from sim.plan import Plan
from sim.schema.plan_targets import Target
from sim.states import Mode, Way

Int64 = NDArray[np.int64]
BY_TRANSPORT = ("out", "registered")
"""Milestones that vehicles and roads limit."""


@dataclass(frozen=True)
class Limit:
    """taken_ms: least time to the target from its reference; vehicles_short: lacking at least."""

    taken_ms: int
    vehicles_short: int


def limit_measures(limits: Limits, facts: Facts, plan: Plan, seed: int) -> dict[str, float]:
    """``efficiency``, ``target:<id>:limit_min`` and ``target:<id>:vehicles_short``.

    Raises:
        BoundViolatedError: the run was faster than physics allows.
    """
    run = run_facts(facts.world, plan, facts.log, seed)
    found = efficiency_of(limits, run)
    targets = _TargetLimits(limits, facts, run)
    for target, zones in zip(plan.targets, plan.target_zones, strict=True):
        limit = targets.limit(target, zones) if target.milestone in BY_TRANSPORT else None
        if limit is not None:
            found[f"target:{target.id}:limit_min"] = limit.taken_ms / MS_PER_MIN
            found[f"target:{target.id}:vehicles_short"] = float(limit.vehicles_short)
    return found


class _TargetLimits:
    """Limits of the targets of one run; targets of the same people share a bus problem."""

    def __init__(self, limits: Limits, facts: Facts, run: RunFacts) -> None:
        self.limits, self.facts, self.run = limits, facts, run
        self.ordered = np.minimum(facts.ordered_ms, facts.prepared_ms)[facts.zone]
        self.earliest = earliest_out(limits, run, self.ordered)
        self._problems: dict[bytes, BusProblem | None] = {}

    def limit(self, target: Target, zones: Int64) -> Limit | None:
        """The largest of three limits: every party alone, its cars together on the roads they
        share, and the work of the buses."""
        facts = self.facts
        reference, deadline_ms = reference_of(facts, target)
        judged = judge(facts, target, zones, self.earliest)
        if judged is None or judged.taken_ms >= NEVER:
            return None
        parties = people_of(facts, target, zones, reference)
        latest = int(reference[facts.zone[parties]].max())
        if latest >= NEVER:
            return Limit(judged.taken_ms, 0)
        taken = max(judged.taken_ms, self._by_roads(parties, target.share) - latest)
        work = self._bus_work(parties, target.share)
        if work is None:
            return Limit(taken, 0)
        # people are out before they have stepped off
        tail = self.run.night.handling.alight
        by_work = work.ends() - tail - latest
        short = work.vehicles_short(latest + deadline_ms + tail)
        return Limit(max(taken, by_work), short)

    def _by_roads(self, parties: Int64, share: float) -> int:
        """Moment before which the needed share is not out, if all others are at once but those
        with nothing but their car."""
        world, carried, node = self.facts.world, self.run.carried, self.facts.world.places.node
        mode, came = carried.mode[parties], carried.registered_at[parties]
        home = world.parties.home[parties]
        place = np.where(came < 0, world.exit_place + world.homes.exit[home], came)
        drives = (world.parties.way[parties] == Way.RELATIVES) & (place >= world.exit_place)
        drives &= (mode == Mode.OWN_CAR) | (mode == Mode.NONE)
        size = self.facts.size[parties]
        needed = people_needed(share, int(size.sum())) - int(size[~drives].sum())
        ready = self.ordered[parties[drives]]
        ready = np.where(ready < NEVER, ready, 0)
        cars = Drives(node[home[drives]], node[place[drives]], ready)
        return self.limits.own_roads.share_ms(self.run, cars, size[drives], needed)

    def _bus_work(self, parties: Int64, share: float) -> SeatWork | None:
        """Work for those of the needed share whom nothing but a bus can bring out."""
        world, mode = self.facts.world, self.run.carried.mode[parties]
        riders = world.parties.way[parties] == Way.COACH
        home = world.parties.home[parties]
        riders &= (world.homes.assembly[home] >= 0) & ~np.isin(home, self.run.plan.sites_counted)
        riders &= (mode == Mode.COACH) | (mode == Mode.MINIBUS) | (mode == Mode.NONE)
        size = self.facts.size[parties]
        needed = people_needed(share, int(size.sum())) - int(size[~riders].sum())
        if needed <= 0:
            return None
        problem = self._problem(parties[riders])
        return None if problem is None else seat_work(problem, needed)

    def _problem(self, riders: Int64) -> BusProblem | None:
        """These people at their pick-ups from the start."""
        key = riders.tobytes()
        if key not in self._problems:
            world = self.facts.world
            place = world.assembly_place + world.homes.assembly[world.parties.home[riders]]
            people = (riders, place, np.zeros(len(riders), dtype=np.int64))
            self._problems[key] = self.limits.vehicles.problem_for("bus", self.run, people)
        return self._problems[key]
