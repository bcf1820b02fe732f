"""Own cars on shared roads: the lines of a World that its cars take longest to pass.

The lines depend on homes, destinations and roads only, so they are looked for once for a World
(some milliseconds each) and held against every replication (well under a millisecond each).
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from sim.bounds.problem import Int64
from sim.bounds.road_cuts import BoolArray, Cut, busiest_cut, spans_ms
from sim.bounds.road_thinning import RoadTimes
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_MIN, NEVER
from sim.roads.network import Network
from sim.roads.routing import ONE_Q16
from sim.states import Way
from sim.world import World

LONG_MS = 5 * MS_PER_MIN
"""A line that everybody passes in less adds next to nothing to the drive itself."""


class OwnRoads:
    """The longest lines of a World, for each destination and for several together.

    car: least times of a car. Capacities are those of a dry day: rain, night and accidents only
    lower them.
    """

    def __init__(self, world: World, car: DryTimes) -> None:
        self.world, self._car = world, car

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        """The lines that take longer than ``LONG_MS``; none where roads have no capacity."""
        world, roads = self.world, self.world.roads
        if not isinstance(roads, Network) or not world.spec.traffic.queues:
            return ()
        least = np.maximum(at_speed(self._car.link_us, ONE_Q16), 1)
        times = RoadTimes(least, world.statics.road_supply.headway_q10.astype(np.int64))
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
            and spans_ms(cut.headway_q10, int(cut.crossed_by(*cars).sum()))[-1] >= LONG_MS
        )

    def done_ms(self, drives: tuple[Int64, Int64, Int64], speed_q16: int) -> int:
        """Moment at which the last of some cars can be there, 0 when no line holds them up.

        drives: node rows of origin and target, and when each is ready to leave; speed_q16: of
        the day.
        """
        found = 0
        for cut in self.cuts:
            mine, there_ms = self._over(cut, drives, speed_q16)
            found = max(found, cut.done_ms(there_ms[mine]))
        return found

    def share_ms(self, drives: tuple[Int64, Int64, Int64], persons: Int64, needed: int,
                 speed_q16: int) -> int:  # fmt: skip
        """Moment before which so many of the persons in some cars cannot be there.

        drives, speed_q16: as in ``done_ms``; persons: in each car. Those who need not pass a line
        are there at once, and of the others the fullest cars pass first.
        """
        found = 0
        for cut in self.cuts:
            mine, there_ms = self._over(cut, drives, speed_q16)
            over_it = needed - int(persons[~mine].sum())
            fullest = np.cumsum(np.sort(persons[mine])[::-1])
            if over_it <= 0 or not len(fullest) or over_it > fullest[-1]:
                continue
            cars = int(np.searchsorted(fullest, over_it)) + 1
            found = max(found, cut.done_ms(np.full(cars, there_ms[mine].min())))
        return found

    def _over(
        self, cut: Cut, drives: tuple[Int64, Int64, Int64], speed_q16: int
    ) -> tuple[BoolArray, Int64]:
        """Which cars must pass a line, and when each could be beyond it on empty dry roads."""
        origin, target, ready_ms = drives
        ahead = self._car.to_nearest(cut.targets)[origin]
        mine = cut.crossed_by(origin, target) & (ahead < NEVER)
        return mine, ready_ms + at_speed(ahead, speed_q16)

    def _targets(self, used: Int64) -> list[Int64]:
        """Every destination by itself, all exits of the county, and all destinations."""
        world, node = self.world, self.world.places.node
        alone = np.unique(used)
        rows = [k for k, e in enumerate(world.exits) if e.kind == "exit"]
        exits = np.unique(node[world.exit_place + np.array(rows, dtype=np.int64)])
        together = [nodes for nodes in (exits, alone) if len(nodes) > 1]
        return [*(alone[k : k + 1] for k in range(len(alone))), *together]
