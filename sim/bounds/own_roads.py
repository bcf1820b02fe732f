"""Own cars on shared roads: the lines of a World that its cars take longest to pass.

The lines depend on homes, destinations and roads only, so they are looked for once for a World
(some milliseconds each) and held against every replication (well under a millisecond each).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sim.bounds.problem import Int64
from sim.bounds.road_cuts import BoolArray, Cut, busiest_cut
from sim.bounds.road_headways import least_headways
from sim.bounds.road_thinning import RoadTimes
from sim.bounds.run_facts import RunFacts
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_MIN, NEVER
from sim.plan import Plan
from sim.roads.network import Network
from sim.roads.routing import ONE_Q16
from sim.states import Way
from sim.world import World

SEARCHED_EDGES = 200_000
"""Edges looked at in the search for lines (a line takes about 10 µs for each): in a large network
only the places where most people go have lines of their own."""
LONG_MS = 10 * MS_PER_MIN
"""A line that everybody passes in less adds next to nothing to the drive itself."""


class Drives(NamedTuple):
    """Cars, int64[n] each: node rows of origin and target, and when each is ready to leave."""

    origin: Int64
    target: Int64
    ready_ms: Int64


class OwnRoads:
    """The longest lines of a World, for each destination and for several together.

    car: least times of a car.
    """

    def __init__(self, world: World, car: DryTimes) -> None:
        self.world, self._car = world, car
        self._least: dict[str, Int64] = {}

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        """The lines that take longer than ``LONG_MS``; none where roads have no capacity."""
        world, roads = self.world, self.world.roads
        if not isinstance(roads, Network) or not world.spec.traffic.queues:
            return ()
        least = np.maximum(at_speed(self._car.link_us, ONE_Q16), 1)
        headway = world.statics.road_supply.headway_q10.astype(np.int64)
        times = RoadTimes(least, headway)
        rows = np.flatnonzero(world.parties.way == Way.RELATIVES)
        home = world.parties.home[rows]
        rows_of_exit = world.homes.exit[home]
        home, rows_of_exit = home[rows_of_exit >= 0], rows_of_exit[rows_of_exit >= 0]
        node = world.places.node.astype(np.int64)
        cars = node[home], node[world.exit_place + rows_of_exit]
        found = [busiest_cut(roads, times, cars, targets) for targets in self._targets(cars[1])]
        return tuple(
            cut
            for cut in found
            if cut is not None
            and cut.done_ms(np.zeros(int(cut.crossed_by(*cars).sum()), np.int64), headway)
            >= LONG_MS
        )

    def done_ms(self, run: RunFacts, drives: Drives) -> int:
        """Moment at which the last of some cars can be there, 0 when no line holds them up."""
        found = 0
        for cut, mine, there_ms in self._over(run, drives):
            found = max(found, cut.done_ms(there_ms[mine], self._headways(run.plan)))
        return found

    def share_ms(self, run: RunFacts, drives: Drives, persons: Int64, needed: int) -> int:
        """Moment before which so many of the persons in some cars (int64[n]) cannot be there.

        Those who need not pass a line are there at once, and of the others the fullest cars pass
        first.
        """
        found = 0
        for cut, mine, there_ms in self._over(run, drives):
            over_it = needed - int(persons[~mine].sum())
            fullest = np.cumsum(np.sort(persons[mine])[::-1])
            if over_it <= 0 or not len(fullest) or over_it > fullest[-1]:
                continue
            cars = int(np.searchsorted(fullest, over_it)) + 1
            at_once = np.full(cars, there_ms[mine].min())
            found = max(found, cut.done_ms(at_once, self._headways(run.plan)))
        return found

    def _over(self, run: RunFacts, drives: Drives) -> Iterator[tuple[Cut, BoolArray, Int64]]:
        """Every line, which cars must pass it, and when each could be beyond it on empty roads."""
        for cut in self.cuts:
            ahead = self._car.to_nearest(cut.targets)[drives.origin]
            mine = cut.crossed_by(drives.origin, drives.target) & (ahead < NEVER)
            yield cut, mine, drives.ready_ms + at_speed(ahead, run.night.speed_q16)

    def _headways(self, plan: Plan) -> Int64:
        if plan.id not in self._least:
            self._least[plan.id] = least_headways(self.world, plan)
        return self._least[plan.id]

    def _targets(self, target: Int64) -> list[Int64]:
        """The destinations of most cars by themselves, all exits of the county, and all places."""
        world, node = self.world, self.world.places.node
        places, cars = np.unique(target, return_counts=True)
        most = max(1, SEARCHED_EDGES // max(len(self._car.link_us), 1))
        busy = places[np.argsort(-cars, kind="stable")[:most]]
        rows = [k for k, e in enumerate(world.exits) if e.kind == "exit"]
        exits = np.unique(node[world.exit_place + np.array(rows, dtype=np.int64)])
        together = [nodes for nodes in (exits, places) if len(nodes) > 1]
        return [*(busy[k : k + 1] for k in range(len(busy))), *together]
