"""Plays a plan with all its orders earlier or later, and tells zone by zone who was out in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.bounds.night import Night
from sim.clock import MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.experiment.player import Curves
from sim.log import Kind, RunLog
from sim.measures.crowd import time_of_share_by_zone
from sim.measures.facts import Facts
from sim.optimize.agreed import would_agree
from sim.optimize.least_times import LeastTimes
from sim.optimize.stuck import STUCK_LINKS, stuck_by_link
from sim.plan import Plan
from sim.run import run_once
from sim.world import World

Int64 = NDArray[np.int64]


class OrderPlayer:
    """A player whose "plans" are the shifts of one plan; see ``label_of``.

    Attributes:
        shifts_min: shifts in minutes, earliest order first.
        shares: shares of those who agree that must be out, e.g. (0.95, 1.0).
        deadlines: int64[members, zones], moment by which they must be out, NEVER where none.
    """

    def __init__(
        self, of: tuple[World, Plan, int], shifts_min: Sequence[int],
        shares: tuple[float, ...], deadlines: Int64,
    ) -> None:  # fmt: skip
        self.world, plan, self.seed = of
        self.shares, self.deadlines = shares, deadlines
        self.plans = {
            label_of(shift): replace(plan, shift_ms=plan.shift_ms + shift * MS_PER_MIN)
            for shift in shifts_min
        }
        self.plan = plan
        self.least = LeastTimes(self.world, plan)

    def play(self, plan_id: str, replication: int) -> RunLog:
        """The log of one night with the orders shifted."""
        return run_once(self.world, self.plans[plan_id], self.seed, replication)

    def member(self, replication: int) -> int:
        """Hazard member of a replication: the engine's own draw, made again."""
        draws = Draws(self.seed, replication)
        return draws.weighted("hazard/member", self.world.hazard.weights)

    def measure(self, plan_id: str, log: RunLog) -> tuple[dict[str, float], Curves]:
        """Columns over zones, int64[n_zones]; times in ms, NEVER where not happened.

        order, prepare: 立即转移, 准备转移; decide: from the trigger to the order; agreed: persons
        who would leave; out: those of them who are out at the deadline; done<i>, least<i>: when
        ``shares[i]`` of them were out, and the least time from the order to that; stuck:
        int64[n_zones, links] as one row, persons by the link they were in at the deadline, under
        the earliest orders only (0 elsewhere).
        """
        facts, deadline = Facts(self.world, log), self.deadlines[log.member]
        draws = Draws(self.seed, log.replication)
        agrees = would_agree(self.world, self.plan, draws)
        until = np.where(deadline < NEVER, deadline, -1)[facts.zone]
        out = agrees & (facts.mode_at(until) > 0)
        mine = np.flatnonzero(agrees)
        people = facts.by_zone(agrees)
        columns: dict[str, Int64] = {
            "order": facts.ordered_ms,
            "prepare": facts.prepared_ms,
            "decide": _decide_ms(facts),
            "agreed": people,
            "out": facts.by_zone(out),
            "stuck": self._stuck(plan_id, facts, agrees & ~out, deadline),
        }
        least = self._least_ms(draws)
        of_zone = (facts.size[mine], facts.zone[mine], people)
        for i, share in enumerate(self.shares):
            columns[f"done{i}"] = time_of_share_by_zone(facts.out[mine], *of_zone, share)
            columns[f"least{i}"] = time_of_share_by_zone(least[mine], *of_zone, share)
        return {}, columns

    def _stuck(self, plan_id: str, facts: Facts, late: NDArray[np.bool_], deadline: Int64) -> Int64:
        if plan_id == next(iter(self.plans)):
            return stuck_by_link(facts, late, deadline).ravel()
        return np.zeros(facts.n_zones * len(STUCK_LINKS), dtype=np.int64)

    def _least_ms(self, draws: Draws) -> Int64:
        """Least time of every party from the move order; 0 for those who may leave before it."""
        least = self.least.of_night(Night(self.world, self.plan, draws).speed_q16)
        rules = self.plan.spec.when.rules
        if any(rule.action == "prepare" for rule in rules):
            parties, groups = self.world.parties, self.plan.whom.prepare_moves
            if "special" in groups:
                least[parties.special] = 0
            if "facilities" in groups:
                least[parties.facility] = 0
        return least


def label_of(shift_min: int) -> str:
    """The name of a shift among a player's plans."""
    return f"{shift_min:+d}"


def _decide_ms(facts: Facts) -> Int64:
    """From the trigger to the order a post gave, int64[n_zones]; NEVER where a village gave it."""
    rows = facts.of(Kind.WAIT_CONSULT)
    rows = rows[rows["t"] == facts.ordered_ms[rows["who"]]]
    took = np.full(facts.n_zones, NEVER, dtype=np.int64)
    took[rows["who"]] = rows["value"]
    return took
