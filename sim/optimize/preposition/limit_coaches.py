"""What no placement can beat: a limit for coaches and minibuses, night by night.

For the same people who stand at the same stops at the same moments, a family can be out before its
zone is cut off only if a bus, called when the first was called and ready at once, comes from the
nearest candidate post on dry and empty roads, takes it aboard, and is at the nearest shelter in
time. Buses without number and full of seats are taken for granted, so the limit is generous. Who
does not come to a stop, or comes too late, is left behind whatever the placement.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bounds.night import Night
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import NEVER
from sim.draws import Draws
from sim.log import Kind, VehicleStatus
from sim.measures.facts import Facts
from sim.optimize.preposition.setting import Setting
from sim.roads.passability import vehicle_classes
from sim.states import State

Int64 = NDArray[np.int64]


class CoachLimit:
    """Fewest persons left behind under any placement of the buses."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        world = setting.world
        names = sorted({v.vehicle_class for v in world.vehicles if v.vehicle_class != "ambulance"})
        dry = DryTimes(world.roads, [vehicle_classes()[name] for name in names])
        posts = world.places.node[list(setting.posts.places)].tolist()
        first = world.shelter_place
        shelters = world.places.node[first : first + len(world.shelters)].tolist()
        self._from = np.min([dry.from_node(node) for node in posts], axis=0)
        self._to = np.min([dry.to_node(node) for node in shelters], axis=0)

    def of(self, facts: Facts, seed: int) -> float:
        """For the people of a run."""
        cut = facts.within(facts.view.zone_cutoff_ms)[facts.zone]
        left = (cut < NEVER) & (facts.zone >= 0) & ~facts.out_at_cutoff
        could = left & (self._out_ms(facts, seed) <= cut)
        return float(facts.persons(left & ~could))

    def _out_ms(self, facts: Facts, seed: int) -> Int64:
        """Moment before which no bus brings each party out; NEVER who never came to a stop."""
        night = Night(facts.world, self.setting.plan, Draws(seed, facts.log.replication))
        found = np.full(facts.n, NEVER, dtype=np.int64)
        calls = facts.of(Kind.VEHICLE)
        calls = calls[calls["value"] == VehicleStatus.CALLED]
        rows = facts.of(Kind.STATE)
        rows = rows[rows["value"] == State.AT_ASSEMBLY][::-1]  # the first of a party is kept
        if not len(calls) or not len(rows):
            return found
        who, node = rows["who"].astype(np.int64), facts.world.places.node[rows["place"]]
        come = int(calls["t"].min()) + at_speed(self._from[node], night.speed_q16)
        aboard = np.maximum(rows["t"].astype(np.int64), come) + night.boarding(who)
        found[who] = aboard + at_speed(self._to[node], night.speed_q16)
        return found
