"""What no placement can beat: a limit for stocks, night by night.

For the same people in the same shelters that first ask at the same moments two things hold wherever
the stock lies. What a shelter lacks before a truck could first be there stays lacking: approved,
picked, loaded and handed over as quickly as may be, driven on dry and empty roads from the nearest
candidate post. And no more people have a bed than there are beds in all stores and shelters
together, and so on for everything that is lent; what is used up (water, food) is left out. Hour by
hour the larger of the two counts. Plans that send unasked have the second only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.bounds.night import Night
from sim.bounds.travel import DryTimes, at_speed
from sim.clock import MS_PER_HOUR, NEVER
from sim.draws import Draws
from sim.draws_tables import compile_minutes
from sim.log import Kind
from sim.measures.facts import Facts
from sim.optimize.preposition.setting import Setting
from sim.processes.supplies import STEP_MS
from sim.processes.supply_setting import stock_of
from sim.processes.supply_trucks import CLASS_OF
from sim.roads.passability import vehicle_classes
from sim.states import State

Int64 = NDArray[np.int64]


class SupplyLimit:
    """Least person-hours without enough under any placement of the same stock."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        world, spec = setting.world, setting.plan.spec.supplies
        assert spec is not None
        dry = DryTimes(world.roads, [vehicle_classes()[CLASS_OF[spec.truck_size]]])
        posts = world.places.node[list(setting.posts.places)].tolist()
        self._from = np.min([dry.from_node(node) for node in posts], axis=0)
        names = ("approve_min", "pick_min", "load_min", "hand_over_min")
        self._handling = sum(compile_minutes(getattr(spec, name)).smallest for name in names)
        self._unasked = spec.rule == "push" or spec.ahead != "no"
        stock = stock_of(world)
        lent = ~stock.needs.per_day
        self._served = (stock.total()[lent] // stock.needs.milli[lent]).tolist()

    def of(self, facts: Facts, seed: int) -> float:
        """For the people sheltered in a run."""
        hours = -(-facts.horizon_ms // MS_PER_HOUR)
        early, bare = self._early(facts, seed, hours), self._bare(facts, hours)
        return int(np.maximum(early, bare).sum()) / MS_PER_HOUR

    def _early(self, facts: Facts, seed: int, hours: int) -> Int64:
        """Person-ms short by the hour at which they were written down, of shelters that nobody
        could have come to by then."""
        world, first, n = facts.world, facts.world.shelter_place, len(facts.world.shelters)
        short = facts.of(Kind.SUPPLY_SHORT)
        if self._unasked:
            return np.zeros(hours, dtype=np.int64)
        asked = facts.of(Kind.SUPPLY_ASKED)[::-1]  # the first of a shelter is kept
        asked = asked[(asked["place"] >= first) & (asked["place"] < first + n)]
        when = np.full(n, NEVER, dtype=np.int64)
        when[asked["place"] - first] = asked["t"]
        speed = Night(world, self.setting.plan, Draws(seed, facts.log.replication)).speed_q16
        drive = at_speed(self._from[world.places.node[first : first + n]], speed)
        there = when + self._handling + drive
        asks = when[short["place"] - first] < NEVER
        none = short[asks & (short["t"] <= there[short["place"] - first])]
        hour = np.minimum((none["t"] - 1) // MS_PER_HOUR, hours - 1)
        return np.bincount(hour, none["value"], minlength=hours).astype(np.int64)

    def _bare(self, facts: Facts, hours: int) -> Int64:
        """Person-ms by the hour of those for whom there is not enough in the whole county."""
        steps = facts.horizon_ms // STEP_MS
        persons, found = self._persons(facts), np.zeros(hours, dtype=np.int64)
        if not self._served:
            return found
        lacking = np.maximum(persons - min(self._served), 0) * STEP_MS
        hour = np.minimum((np.arange(1, steps + 1) * STEP_MS - 1) // MS_PER_HOUR, hours - 1)
        np.add.at(found, hour, lacking)
        return found

    def _persons(self, facts: Facts) -> Int64:
        """Persons in shelters and at their gates after every step, int64[steps]."""
        steps, first = facts.horizon_ms // STEP_MS, facts.world.shelter_place
        stays = facts.history
        row = stays.place - first
        there = stays.in_states(State.SHELTERED, State.AT_GATE)
        there &= (row >= 0) & (row < len(facts.world.shelters))
        # counted at k·STEP when the stay began before and ends after
        begin = stays.start_ms[there] // STEP_MS + 1
        end = -(-stays.end_ms[there] // STEP_MS)
        size = facts.size[stays.party[there]]
        change = np.bincount(begin, size, minlength=steps + 2)[: steps + 2]
        change -= np.bincount(end, size, minlength=steps + 2)[: steps + 2]
        return np.cumsum(change).astype(np.int64)[1 : steps + 1]
