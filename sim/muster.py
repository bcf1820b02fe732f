"""Muster 集合点名: the people of a site gather upwind, are counted, and only then leave.

Downwind is what has been announced: the nearest point outside every area that holds now is taken,
and the nearest of all where every point lies in one. The roll call begins when the last who comes
by foot to the point is there, or at the latest so long after the order; who comes later than its
end is counted as he comes. Parties that are missing never set out by themselves: they are known
to be missing when the call ends, and whoever looks for them (``told_missing``) sends them after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN
from sim.draws import share_q32
from sim.draws_tables import Compiled, compile_minutes
from sim.schema.plan_muster import Muster
from sim.state import Run
from sim.states import Way
from sim.world_homes import WALK_DETOUR

Int64 = NDArray[np.int64]


ToldMissing = Callable[[int, int, int], None]
"""Told of a home, a party that is missing there, and when that is known (ms)."""


def nobody_looks(home: int, party: int, known_ms: int) -> None:
    """Missing people stay where they are."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One facility's rule: rows of its points, nearest first, with the walks there."""

    points: tuple[tuple[int, int], ...]
    roll_call: Compiled
    latest_ms: int
    missing_q32: int


class Musters:
    """Where the sites of a plan gather, and until when they are counted."""

    def __init__(self, run: Run) -> None:
        self._run = run
        spec = run.plan.spec.manage
        musters = spec.muster if spec else ()
        sites = run.plan.sites_counted.tolist()
        self._rules = {h: self._rule(one, h) for h, one in zip(sites, musters, strict=True)}
        self._missing: dict[int, list[int]] = {}
        self._gathered: set[int] = set()
        self._counted: set[int] = set()
        self.told_missing: ToldMissing = nobody_looks

    def _rule(self, muster: Muster, home: int) -> _Rule:
        world = self._run.world
        stops = [row.id for row in world.assembly_points]
        rows = [stops.index(point) for point in muster.points]
        walks = [
            (round(world.places.straight_mm(home, world.assembly_place + row) * WALK_DETOUR), row)
            for row in rows
        ]
        return _Rule(
            tuple((row, walk) for walk, row in sorted(walks)),
            compile_minutes(muster.roll_call_min),
            round(muster.latest_min * MS_PER_MIN),
            share_q32(muster.missing_share),
        )

    def present(self, home: int, parties: Int64) -> Int64:
        """The parties of a home that come when it gathers; the others are missing."""
        rule = self._rules.get(home)
        if rule is None or home in self._missing or not len(parties):
            return parties
        rows, draws = self._run.world.parties, self._run.draws
        drawn = draws.u32("muster/missing", rows.key[parties]).astype(np.int64)
        by_coach = rows.way[parties] == Way.COACH
        gone = (drawn < rule.missing_q32) & by_coach
        self._missing[home] = parties[gone].tolist()
        if not (by_coach & ~gone).any():
            self._is_known(home, self._run.now + rule.latest_ms)
        return np.asarray(parties[~gone])

    def gather(self, home: int) -> None:
        """A home that musters chooses its point now, for good."""
        rule, run = self._rules.get(home), self._run
        if rule is not None and home not in self._gathered:
            self._gathered.add(home)
            free = (one for one in rule.points if not self._in_area(one[0]))
            run.assembly[home], run.assembly_mm[home] = next(free, rule.points[0])

    def counted(self, home: int, arrivals: list[int]) -> list[int]:
        """When parties that come to the point at these moments have been counted."""
        rule, run = self._rules.get(home), self._run
        if rule is None or home in self._counted:
            return arrivals
        self._counted.add(home)
        begins = min(max(arrivals), run.now + rule.latest_ms)
        key = int(run.world.homes.keys[home])
        ends = begins + run.draw("muster/roll-call", rule.roll_call, key)
        self._is_known(home, ends)
        return [max(at, ends) for at in arrivals]

    def _is_known(self, home: int, at_ms: int) -> None:
        for party in self._missing[home]:
            self.told_missing(home, party, at_ms)

    def _in_area(self, stop: int) -> bool:
        run = self._run
        place, now = run.world.assembly_place + stop, run.now
        return any(
            area.from_ms <= now < area.until_ms and place in area.places
            for area in run.view.member.signals.areas
        )
