"""What no placement can beat: a limit for the boats, night by night.

For the same people cut off at the same moments, nobody is fetched sooner than the first team is
ready and has come from the post nearest to him on dry and empty roads; and all boats together,
working without a pause from the moment they are ready, fetch first those who take least time.
Night, current and launching are left out, so the limit is generous; it takes for granted who is
cut off and who gets out without a boat, which the places of boats hardly change. Families take as
long to get aboard as they take in the simulation; a trip is otherwise as short as it can be.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bounds.night import Night
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.log import Kind, TeamStatus
from sim.measures.facts import Facts
from sim.measures.waits import stranded_waits
from sim.optimize.preposition.demand import REACH_M, run_min
from sim.optimize.preposition.setting import Setting
from sim.roads.network import Network
from sim.states import Flag
from sim.world import Team

Int64 = NDArray[np.int64]


class BoatLimit:
    """Least person-hours of waiting under any placement of the same teams at the same posts."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        world = setting.world
        dry = DryTimes(world.roads, [setting.kind.vehicle(world)])
        nodes = world.places.node[list(setting.posts.places)].tolist()
        self._us = np.min([dry.from_node(node) for node in nodes], axis=0)
        self._least: dict[tuple[int, int], int] = {}
        fetch, behaviour = world.behaviour.spec.fetch, world.behaviour
        runs = 2 if fetch.outward_run else 1
        fixed = behaviour.load_fixed.smallest + behaviour.unload.smallest
        self._night = min(1.0, fetch.night_factor)
        run_ms = int(fetch.boat_run_min * MS_PER_MIN)
        self._trip_ms, self._back_ms = runs * run_ms + fixed, run_ms + fixed
        self._seats = max(t.row.persons_per_trip for t in world.teams if _has_boats(t))

    def of(self, facts: Facts, seed: int) -> float:
        """For the people cut off in a run."""
        waits = stranded_waits(facts)
        if not len(waits.party):
            return 0.0
        ready = self._ready(facts)
        draws = Draws(seed, facts.log.replication)
        night = Night(self.setting.world, self.setting.plan, draws)
        earliest = np.maximum(waits.start_ms, min(ready, default=NEVER))
        earliest += [self._way_ms(int(place), night.speed_q16) for place in waits.place]
        handling = night.fetching(waits.party)
        earliest += np.floor((handling + self._back_ms) * self._night).astype(np.int64)
        size, rescued = facts.size[waits.party], facts.flagged(Flag.RESCUED)[waits.party]
        boat = rescued | ~waits.reached
        # whoever got out without a boat was not kept waiting longer by any placement
        alone = np.minimum(earliest, waits.end_ms)
        total = int((size * (alone - waits.start_ms))[~boat].sum())
        work = self._work(handling[boat], size[boat])
        ends = _least_ends(earliest[boat], size[boat], work, ready)
        total += int(np.minimum(ends, facts.horizon_ms).sum())
        total -= int((size * waits.start_ms)[boat].sum())
        return total / MS_PER_HOUR

    def _ready(self, facts: Facts) -> list[int]:
        """Moment from which each boat can be used."""
        rows = facts.of(Kind.TEAM)
        rows = rows[rows["value"] == TeamStatus.READY]
        first: dict[int, int] = {}
        for t, who in zip(rows["t"].tolist(), rows["who"].tolist(), strict=True):
            first.setdefault(who, t)
        teams = self.setting.world.teams
        boats = (t for who, t in first.items() for _ in range(_boats(teams[who])))
        return sorted(boats)

    def _work(self, handling: Int64, size: Int64) -> Int64:
        """Least time for which a boat is taken up by each party, ms: its own handling, and its
        share of a trip in the largest boat."""
        share = np.minimum(size, self._seats) * self._trip_ms // self._seats
        least: Int64 = np.floor((handling + share) * self._night).astype(np.int64)
        return least

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


def _boats(team: Team) -> int:
    """How many it has."""
    return team.row.boats if _has_boats(team) else 0


def _least_ends(earliest: Int64, size: Int64, work: Int64, ready: list[int]) -> Int64:
    """For the k-th person to be safe the moment before which he cannot be, float64[persons]: k
    persons must have called and been come to, and the boats have worked for the k quickest.

    A party's work counts person by person, so that a part of a family may be safe earlier.
    """
    called = np.sort(np.repeat(earliest, size))
    if not ready:
        return np.full(len(called), float(NEVER))
    each = np.sort(np.repeat(work / size, size))
    done = np.cumsum(each)
    begin = np.array(ready, dtype=np.float64)
    boats = np.arange(1, len(begin) + 1)
    # work done when the k-th boat begins, by those before it
    upto = np.concatenate([[0.0], np.cumsum(np.diff(begin) * boats[:-1])])
    k = np.searchsorted(upto, done, side="right") - 1
    ends: Int64 = np.maximum(called, begin[k] + (done - upto[k]) / boats[k])
    return ends
