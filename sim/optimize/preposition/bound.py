"""What no placement can beat: a limit for the boats, night by night.

For the same people cut off at the same moments, nobody is fetched sooner than the first team is
ready and has come from the post nearest to him on dry and empty roads, and nobody sooner than a
seat is free: every seat of every boat serves the whole county at once, one trip after another.
Night, current and launching are left out, so the limit is generous; it takes for granted who is
cut off and who gets out without a boat, which the places of boats hardly change.
"""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

from sim.bounds.night import Night
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.log import Kind, RunLog, TeamStatus
from sim.measures.facts import Facts
from sim.measures.waits import stranded_waits
from sim.optimize.preposition.demand import REACH_M, run_min
from sim.optimize.preposition.player import Setting
from sim.roads.network import Network
from sim.states import Flag
from sim.world import Team

Int64 = NDArray[np.int64]


class BoatLimit:
    """Least person-hours of waiting under any placement of the same teams at the same posts."""

    def __init__(self, setting: Setting, seed: int) -> None:
        self.setting, self.seed = setting, seed
        world = setting.world
        dry = DryTimes(world.roads, [setting.kind.vehicle(world)])
        nodes = world.places.node[list(setting.posts.places)].tolist()
        self._us = np.min([dry.from_node(node) for node in nodes], axis=0)
        self._least: dict[tuple[int, int], int] = {}
        fetch, behaviour = world.behaviour.spec.fetch, world.behaviour
        run_ms = int(fetch.boat_run_min * MS_PER_MIN)
        self._trip_ms = 2 * run_ms + behaviour.load_fixed.smallest + behaviour.unload.smallest
        seats = [t.row.persons_per_trip for t in world.teams if _has_boats(t)]
        self._fewest_seats = min(seats)

    def person_h(self, log: RunLog) -> float:
        """For the people cut off in a run."""
        facts = Facts(self.setting.world, log)
        waits = stranded_waits(facts)
        if not len(waits.party):
            return 0.0
        free = self._slots(log)
        earliest = np.maximum(waits.start_ms, min(free, default=NEVER))
        night = Night(self.setting.world, self.setting.plan, Draws(self.seed, log.replication))
        earliest += [self._way_ms(int(place), night.speed_q16) for place in waits.place]
        size, rescued = facts.size[waits.party], facts.flagged(Flag.RESCUED)[waits.party]
        boat = rescued | ~waits.reached
        # whoever got out without a boat was not kept waiting longer by any placement
        alone = np.minimum(earliest, waits.end_ms)
        total = int((size * (alone - waits.start_ms))[~boat].sum())
        ends = self._taken(earliest[boat], size[boat], free, facts.horizon_ms)
        total += ends - int((size * waits.start_ms)[boat].sum())
        return total / MS_PER_HOUR

    def _slots(self, log: RunLog) -> list[int]:
        """Moment from which each seat of each boat can be used."""
        rows = log.of(Kind.TEAM)
        rows = rows[rows["value"] == TeamStatus.READY]
        teams = self.setting.world.teams
        return sorted(
            int(t)
            for t, who in zip(rows["t"].tolist(), rows["who"].tolist(), strict=True)
            for _ in range(_seats(teams[who]))
        )

    def _taken(self, earliest: Int64, size: Int64, free: list[int], horizon_ms: int) -> int:
        """Least sum over persons of the moment they are taken aboard, or of the horizon.

        Every seat is anywhere at once and takes the next person a whole trip later. A family
        larger than the smallest boat counts as filling that boat, and those who count for most
        persons are taken to be the first.
        """
        seats = np.minimum(size, self._fewest_seats)
        arrivals = np.sort(np.repeat(earliest, seats))
        weights = np.sort(np.repeat(size / seats, seats))[::-1]
        heap, total = list(free), 0.0
        heapq.heapify(heap)
        for moment, weight in zip(arrivals.tolist(), weights.tolist(), strict=True):
            taken = max(moment, heap[0]) if heap else horizon_ms
            if heap:
                heapq.heapreplace(heap, taken + self._trip_ms)
            total += weight * min(taken, horizon_ms)
        return int(total)

    def _way_ms(self, place: int, speed_q16: int) -> int:
        """Drive and run from the post that is nearest, whatever the water."""
        key = (place, speed_q16)
        if key not in self._least:
            self._least[key] = self._work_out(place, speed_q16)
        return self._least[key]

    def _work_out(self, place: int, speed_q16: int) -> int:
        world, roads = self.setting.world, self.setting.world.roads
        drive = at_speed(self._us, speed_q16)
        node = int(world.places.node[place])
        if not isinstance(roads, Network):
            return int(drive[node])
        metres = np.hypot(roads.node_x - roads.node_x[node], roads.node_y - roads.node_y[node])
        some = np.flatnonzero((metres <= REACH_M) & (drive < NEVER))
        if not len(some):
            return NEVER
        runs = [run_min(self.setting, float(metres[k]), place) for k in some]
        return int((drive[some] + np.floor(np.array(runs) * MS_PER_MIN).astype(np.int64)).min())


def _has_boats(team: Team) -> bool:
    """Teams with skills answer emergencies instead."""
    return team.row.boats > 0 and not team.row.skills


def _seats(team: Team) -> int:
    """Of all its boats."""
    return team.row.boats * team.row.persons_per_trip if _has_boats(team) else 0
