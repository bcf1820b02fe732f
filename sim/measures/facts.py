"""What a log says about every party: the common ground of all measures of one run.

Everything here is a column over parties, read from the log once and shared by the measures.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.log import Kind, RunLog
from sim.measures.history import History, make_history
from sim.processes.cleared_roads import as_cleared
from sim.roads.network import Network
from sim.states import Flag
from sim.world import World

Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]


class Facts:
    """One run, ready to be measured. Times are ms from clock_start, NEVER where not happened.

    Attributes:
        size: persons of every party, int64[n]; zone: its zone row, int64[n].
        ordered_ms: 立即转移 per zone; prepared_ms: 准备转移 per zone; int64[n_zones].
        view: the night's member, its roads as teams cleared them.
        hazard_ms: first time per zone at which water is at a home or the zone is cut off.
    """

    def __init__(self, world: World, log: RunLog) -> None:
        self.world, self.log = world, log
        self.view = as_cleared(world, world.statics.views.view(log.member), log)
        self.horizon_ms = world.horizon_ms
        self.size: Int64 = world.parties.size.astype(np.int64)
        self.zone: Int64 = world.zone_of_party()
        self.n, self.n_zones = len(self.size), len(world.zones.rows)
        self.ordered_ms = self.first(Kind.ORDER_MOVE, self.n_zones)
        self.prepared_ms = self.first(Kind.ORDER_PREPARE, self.n_zones)
        self.hazard_ms = self.within(np.minimum(self.view.arrival_ms, self.view.zone_cutoff_ms))

    def of(self, kind: Kind) -> NDArray[np.void]:
        """All records of a kind in order of time."""
        return self.log.of(kind)

    def first(self, kind: Kind, size: int) -> Int64:
        """First time of a kind for every ``who``, int64[size]."""
        return self.log.first(kind, size, NEVER)

    def within(self, times: Int64) -> Int64:
        """Times of the hazard, NEVER where they lie beyond the horizon."""
        return np.where(times <= self.horizon_ms, times, NEVER)

    def persons(self, chosen: Bool) -> int:
        """Persons of the chosen parties."""
        return int(self.size[chosen].sum())

    def by_zone(self, chosen: Bool) -> Int64:
        """Persons of the chosen parties per zone, int64[n_zones]."""
        counts = np.bincount(self.zone[chosen], self.size[chosen], minlength=self.n_zones)
        return counts.astype(np.int64)

    def flagged(self, flag: Flag) -> Bool:
        """Parties that carry a flag by the horizon, bool[n]."""
        rows = self.of(Kind.FLAG)
        found = np.zeros(self.n, dtype=np.bool_)
        found[rows["who"][rows["value"] == flag]] = True
        return found

    @property
    def people_at_risk(self) -> int:
        """Persons on the to-move lists 应转人数."""
        return int(self.size.sum())

    @cached_property
    def people_by_zone(self) -> Int64:
        """Persons per zone, int64[n_zones]."""
        return self.by_zone(np.ones(self.n, dtype=np.bool_))

    @cached_property
    def history(self) -> History:
        """Where every party was when."""
        return make_history(self.of(Kind.STATE), self.world.parties.home, self.horizon_ms)

    @cached_property
    def told(self) -> Int64:
        """Told of the order, by broadcast or at the door."""
        return self.first(Kind.TOLD, self.n)

    @cached_property
    def ready(self) -> Int64:
        """Ready to leave."""
        return self.first(Kind.READY, self.n)

    @cached_property
    def out(self) -> Int64:
        """First arrival at a safe destination."""
        return self.first(Kind.OUT, self.n)

    @cached_property
    def registered(self) -> Int64:
        """First head-count."""
        return self.first(Kind.REGISTERED, self.n)

    @cached_property
    def went_back(self) -> Int64:
        """When a party set out for home again 回流."""
        rows = self.of(Kind.FLAG)
        rows = rows[rows["value"] == Flag.RETURNED]
        times = np.full(self.n, NEVER, dtype=np.int64)
        times[rows["who"]] = rows["t"]
        return times

    @cached_property
    def cutoff_known(self) -> bool:
        """Whether this run can say when roads are cut: with a travel-time matrix it cannot."""
        reached = any(len(layer.place_levels) for layer in self.view.layers)
        return isinstance(self.world.roads, Network) or not reached

    @cached_property
    def cutoff_ms(self) -> Int64:
        """Cut-off of every zone within the horizon, int64[n_zones]."""
        return self.within(self.view.zone_cutoff_ms)

    @cached_property
    def out_at_cutoff(self) -> Bool:
        """Parties that are out when their zone is cut off.

        A zone never cut off in this member has until the horizon: it counts who is out then.
        Whoever went back and is not out again at that moment does not count.
        """
        deadline = np.minimum(self.cutoff_ms, self.horizon_ms)[self.zone]
        return self.mode_at(deadline) > 0

    def mode_at(self, moment: Int64) -> NDArray[np.int8]:
        """Mode of the leg that had brought each party out by its moment; 0 for not out then."""
        rows = self.of(Kind.OUT)
        rows = rows[rows["t"] <= moment[rows["who"]]]
        mode = np.zeros(self.n, dtype=np.int8)
        since = np.full(self.n, -1, dtype=np.int64)
        mode[rows["who"]], since[rows["who"]] = rows["value"], rows["t"]
        undone = (self.went_back <= moment) & (self.went_back > since)
        mode[undone] = 0
        return mode
