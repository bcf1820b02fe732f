"""What no placement can beat: a limit for the boats, night by night.

For the same people cut off at the same moments, nobody is fetched sooner than the first team is
ready and has come from the post nearest to him, on dry and empty roads, with boats enough for
all. Beds, night, current, launching and loading are left out, so the limit is generous; it does
not hold for who is cut off at all, which boats hardly change.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bounds.night import Night
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_HOUR, MS_PER_MIN, NEVER
from sim.draws import Draws
from sim.log import Kind, RunLog, TeamStatus
from sim.measures.facts import Facts
from sim.optimize.preposition.demand import REACH_M, run_min
from sim.optimize.preposition.player import Setting
from sim.optimize.preposition.waits import stranded_waits
from sim.roads.network import Network

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

    def person_h(self, log: RunLog) -> float:
        """For the people cut off in a run."""
        world = self.setting.world
        facts = Facts(world, log)
        waits = stranded_waits(facts)
        teams = log.of(Kind.TEAM)
        ready = teams["t"][teams["value"] == TeamStatus.READY]
        first = int(ready.min()) if len(ready) else NEVER
        speed = Night(world, self.setting.plan, Draws(self.seed, log.replication)).speed_q16
        come = np.array([self._way_ms(int(place), speed) for place in waits.place], np.int64)
        earliest = np.maximum(waits.start_ms, first) + come
        # whoever was safe before without a boat was not kept waiting by any placement
        end = np.minimum(np.minimum(earliest, waits.end_ms), facts.horizon_ms)
        length = np.maximum(end - waits.start_ms, 0)
        return int((facts.size[waits.party] * length).sum()) / MS_PER_HOUR

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
