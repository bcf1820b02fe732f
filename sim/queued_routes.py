"""Routes of those on the roads, as rows the traffic kernel reads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.cars import CarGroup
from sim.clock import MS_PER_MIN, NEVER
from sim.draws import share_q32
from sim.roads.defaults import read_defaults
from sim.roads.given_routes import given_route_row
from sim.roads.network import Network
from sim.roads.passability import vehicle_classes
from sim.roads.queue_report import head_wait_ms
from sim.roads.queue_rows import NO_WAY, ROOT
from sim.roads.queues import Queues, route_row
from sim.roads.repair import repaired
from sim.roads.router import RoadRouter
from sim.state import Run

Int64 = NDArray[np.int64]
Int32 = NDArray[np.int32]

MOST_NEWS = 1 << 20


class FleetRoutes:
    """A row for every vehicle of the fleet under way: its own way and nothing else."""

    def __init__(self, network: Network, queues: Queues) -> None:
        self._network, self._queues = network, queues
        self._free: list[int] = []
        self._nodes: dict[int, Int32] = {}

    def lay(self, edges: Int32, target: int) -> int:
        """A row that leads along some edges to a target."""
        if not self._free:
            first = self._queues.add_routes(32, NO_WAY)
            self._free = list(range(first + 31, first - 1, -1))
        row = self._free.pop()
        nodes = np.empty(len(edges) + 1, dtype=np.int32)
        nodes[:-1], nodes[-1] = self._network.edge_from[edges], target
        ways = self._queues.trees[row]
        ways[nodes[:-1]] = edges
        ways[target] = ROOT
        self._nodes[row] = nodes
        return row

    def clear(self, row: int) -> None:
        """The drive along this row has ended."""
        self._queues.trees[row, self._nodes.pop(row)] = NO_WAY
        self._free.append(row)


class CarRoutes:
    """Trees of own cars: as known when they left, or kept up to date for informed drivers."""

    def __init__(self, run: Run, router: RoadRouter, queues: Queues) -> None:
        self._run, self._router, self._queues = run, router, queues
        self._car = vehicle_classes()["car"]
        parties = run.world.parties
        values, given = read_defaults("traffic.csv"), run.world.spec.traffic.reroute_share
        self._groups = int(values["informed_groups"])
        self._jam_ms = round(values["jam_min"] * MS_PER_MIN)
        share = share_q32(values["reroute_share"] if given is None else given)
        informed = run.draws.chance("drive/reroute", parties.key, share)
        groups = run.draws.u32("drive/reroute-group", parties.key) % self._groups
        plan = np.where(informed, groups.astype(np.int64), -1)
        for number, route in enumerate(run.plan.routes):
            led = np.isin(run.zone_of_party, route.zones)
            plan[led & (plan < self._groups)] = self._groups + number
        uninformed = np.full(run.world.statics.shadow_households, -1, dtype=np.int64)
        self._plan, self._kinds = (
            np.append(plan, uninformed),
            1 + self._groups + len(run.plan.routes),
        )
        self._home_node = run.world.places.node[parties.home]
        self._rows: dict[tuple[int, int, int], int] = {}
        self._stale: set[int] = set()
        self._written: dict[int, int] = {}
        self.closed = np.zeros(0, dtype=np.int32)
        self._closings, self._round = 0, 0
        self._delay = np.zeros(queues.n_links, dtype=np.int64)
        self._known = [(0, 0, b"")] * self._groups
        self.nowhere = queues.add_routes(1, ROOT)

    def close(self, edges: Int64) -> None:
        """Edges are closed to the public: who leaves from now on goes round."""
        self.closed = np.union1d(self.closed, edges).astype(np.int32)
        self._closings += 1

    def reopen(self, edges: Int64) -> None:
        """Edges are open to the public again."""
        self.closed = np.setdiff1d(self.closed, edges).astype(np.int32)
        self._closings += 1

    def rows(self, group: CarGroup) -> Int64:
        """Route row of every car of a group, by what is known when it leaves."""
        found = np.empty(len(group.parties), dtype=np.int64)
        news = group.depart_ms // self._router.news_every_ms
        plans = group.target * self._kinds + self._plan_of(group) + 1
        keys = plans * MOST_NEWS + np.minimum(news, MOST_NEWS - 1)
        for key in np.unique(keys).tolist():
            plan, when = divmod(key, MOST_NEWS)
            target, kind = divmod(plan, self._kinds)
            found[keys == key] = self._row(target, kind - 1, when * self._router.news_every_ms)
        return found

    def _plan_of(self, group: CarGroup) -> Int64:
        """Group of informed drivers, or given route, of every car; -1 for neither.

        Given routes begin at home: who has turned back from one goes as he likes.
        """
        plan, mine = self._plan[group.parties], group.parties < len(self._home_node)
        led = np.flatnonzero(mine & (plan >= self._groups))
        away = led[self._home_node[group.parties[led]] != group.origin[led]]
        plan[away] = -1
        return plan

    def _row(self, target: int, group: int, at: int) -> int:
        """The row of a target: of a group of informed drivers, or of the others who leave then."""
        if group >= self._groups:
            return self._led(target, group - self._groups, at)
        state = self._router.state(self._car, at)
        key = (target, group, 0) if group >= 0 else (target, -1 - state, self._closings)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = self._queues.add_routes(1, NO_WAY)
            self._write(row, target, at, self._jams() if group >= 0 else self.closed)
        elif row in self._stale or (group >= 0 and self._written[row] != state):
            # the news reaches who leaves, and with him who is on the road, before the group's turn
            self._write(row, target, at, self._jams())
        self._stale.discard(row)
        return row

    def _led(self, target: int, route: int, at: int) -> int:
        """The row of those who are led along a route; as they like while it is closed."""
        state = self._router.state(self._car, at)
        key = (target, self._groups + route, state * MOST_NEWS + self._closings)
        row = self._rows.get(key)
        if row is None:
            cost = self._router.cost(self._car, at).copy()
            cost[self.closed] = NEVER
            edges = self._run.plan.routes[route].edges
            ways = given_route_row(self._router.network, edges, target, cost)
            if ways is None:
                return self._row(target, -1, at)
            row = self._rows[key] = self._queues.add_routes(1, NO_WAY)
            self._queues.trees[row] = ways
        return row

    def plan_anew(self) -> None:
        """One group of informed drivers looks at the roads and the jams as known now."""
        group, self._round = self._round % self._groups, self._round + 1
        seen, (left, mean) = self._delay >> 1, self._queues.take_delays()
        seen[left] = mean
        # nobody leaves a road that stands: there the first in the line tells
        np.maximum(seen, head_wait_ms(self._queues), out=seen)
        # in whole minutes: nobody goes another way for less, and the news stays for a while
        jammed = np.flatnonzero(seen >= self._jam_ms)
        self._delay = np.zeros_like(seen)
        self._delay[jammed] = seen[jammed] // self._jam_ms * self._jam_ms
        jams = self._jams()
        state = self._router.state(self._car, self._run.now)
        known = (state, self._closings, self._delay[jams].tobytes())
        if known == self._known[group]:
            return
        self._known[group] = known
        used = self._used()
        for (target, kind, _), row in self._rows.items():
            if kind == group and row in used:
                self._write(row, target, self._run.now, jams)
            elif kind == group:
                self._stale.add(row)
        self._queues.rerouted()

    def _used(self) -> set[int]:
        """Rows that somebody who has not ended yet follows."""
        cars = self._queues.vehicles
        return set(np.unique(cars["route"][cars["status"] < 0]).tolist())

    def _jams(self) -> Int32:
        """Links that are closed by order or jammed."""
        jammed = np.flatnonzero(self._delay >= self._jam_ms)
        return np.union1d(jammed, self.closed).astype(np.int32)

    def _write(self, row: int, target: int, at: int, changed: Int32) -> None:
        """Best ways to a target, with closures and jams, into a row."""
        router = self._router
        self._written[row] = router.state(self._car, at)
        tree = router.tree_to(target, self._car, at)
        if len(changed):
            cost = router.cost(self._car, at).copy()
            cost[changed] = np.minimum(cost[changed] + self._delay[changed], NEVER)
            cost[self.closed] = NEVER
            tree = repaired(router.network, tree, cost, changed, True)
        self._queues.trees[row] = route_row(tree)
