"""The draws of one replication that bounds use: the engine's own values, drawn again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bounds.problem import Handling
from sim.draws import Draws, sample, sample_one
from sim.draws_tables import Compiled
from sim.plan import Plan
from sim.world import World

Int64 = NDArray[np.int64]


class Night:
    """Speed of the day and every party's own handling times in one replication, ms."""

    def __init__(self, world: World, plan: Plan, draws: Draws) -> None:
        self.world, self.plan, self.draws = world, plan, draws
        behaviour = world.behaviour
        speed = sample_one(draws, "road/speed", behaviour.road_speed, (0, 0))
        road = max(1, (speed << 16) // 1_000_000)
        night = max(1, round(road * behaviour.spec.drive.night_speed_factor))
        self.speed_q16 = max(road, night)
        self.handling = Handling(behaviour.board_fixed.smallest, behaviour.alight_fixed.smallest)

    def _of(self, parties: Int64, purpose: str, what: Compiled) -> Int64:
        world = self.world
        zone = world.homes.zone[world.parties.home[parties]]
        keys = world.parties.key[parties]
        zone_keys = world.zones.keys[np.maximum(zone, 0)] if len(world.zones.keys) else keys
        return sample(self.draws, purpose, what, keys, zone_keys)

    def boarding(self, parties: Int64) -> Int64:
        """Time each party's own boarding takes, carrying included."""
        behaviour, rows = self.world.behaviour, self.world.parties
        each = self._of(parties, "board/person", behaviour.board_person)
        carry = self._of(parties, "board/carry", behaviour.carry)
        took: Int64 = rows.size[parties] * each + np.where(rows.needs[parties] > 0, carry, 0)
        return took

    def registering(self, parties: Int64) -> Int64:
        """Time at the desk."""
        return self._of(parties, "settle/register", self.world.behaviour.register)

    def headcount(self, parties: Int64) -> Int64:
        """Time from the desk to the head-count."""
        return self._of(parties, "settle/headcount", self.world.behaviour.headcount)

    def fetching(self, parties: Int64) -> Int64:
        """Time to take a party aboard a boat."""
        return self._of(parties, "rescue/pickup", self.world.behaviour.pickup)
