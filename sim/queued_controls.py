"""What controls, crashes and stalled vehicles do to roads with queues, when they are told of."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.queued_capacity import RoadCapacity
from sim.queued_fleet import OWN_CAR, clearing_ms, queue_classes
from sim.queued_orders import RoadOrders
from sim.queued_routes import CarRoutes
from sim.roads.network import Network
from sim.roads.passability import vehicle_classes
from sim.roads.queues import Queues
from sim.roads.router import RoadRouter
from sim.state import Run

Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]


class Mover(Protocol):
    """Moves those on the roads, and those who have not left."""

    def catch_up(self, moment: int) -> None:
        """Move everything up to a moment."""
        ...

    def plan_waiting(self) -> None:
        """Who has not left yet goes by what is open now."""
        ...


class RoadControls:
    """Changes the roads of one replication; what lies on one edge is counted (RoadOrders)."""

    def __init__(self, run: Run, queues: Queues, cars: CarRoutes, mover: Mover) -> None:
        network, router = run.world.roads, run.view.router
        if not isinstance(network, Network) or not isinstance(router, RoadRouter):
            raise TypeError("queues need a road network, not a matrix of minutes")
        self._run, self._queues, self._cars, self._mover = run, queues, cars, mover
        self._network, self._router = network, router
        self._supply = supply = run.world.statics.road_supply
        self._opposite = run.world.statics.opposite_edge
        self._orders = RoadOrders(network, supply, self._opposite)
        self.capacity = RoadCapacity(run, queues, supply, self._orders)
        self._car = vehicle_classes()["car"]

    def close(self, edges: Int64) -> None:
        """Close edges to the public from now on; who is on them finishes them."""
        edges = self._orders.count(self._orders.closed, edges, True)
        if not len(edges):
            return
        # who leaves at this very moment sees the barrier
        self._mover.catch_up(self._run.now - 1)
        self._cars.close(edges)
        self._queues.close(edges, [OWN_CAR])
        self._mover.plan_waiting()

    def reopen(self, edges: Int64) -> None:
        """One order less closes edges; to the public they are open when it was the last."""
        edges = self._orders.count(self._orders.closed, edges, False)
        if not len(edges):
            return
        self._mover.catch_up(self._run.now - 1)
        self._cars.reopen(edges)
        self._lift(edges)
        self._mover.plan_waiting()

    def _lift(self, edges: Int64) -> None:
        """What no longer shuts edges is taken away; what still does stays."""
        self._queues.reopen(edges)
        self._queues.close(edges[self._orders.stalled[edges] > 0])
        self._queues.close(edges[self._orders.closed[edges] > 0], [OWN_CAR])

    def contraflow(self, edges: Int64, on: bool, *, tidal: bool = False) -> None:
        """Edges take the lanes of the other direction too, or give them back.

        The other direction is closed to the public; what convoy_share leaves of it lets buses back.
        Tidal: no lane is left for them, their turn comes when the stream is held.
        """
        back = self._opposite[edges]
        edges, back = edges[back >= 0], back[back >= 0]
        self._mover.catch_up(self._run.now - 1)
        self._orders.count(self._orders.tidal if tidal else self._orders.turned, edges, on)
        self.capacity.update()
        (self.close if on else self.reopen)(back)

    def hold(self, edges: Int64, until_ms: int) -> None:
        """Everybody waits before some edges until a moment; who is on them drives on."""
        self._mover.catch_up(self._run.now - 1)
        self._queues.hold(edges, until_ms)

    def control(self, edges: Int64, factors: Floats, on: bool) -> None:
        """The capacity of edges changes by factors, or is as before."""
        self._mover.catch_up(self._run.now - 1)
        self._orders.direct(edges, factors, on)
        self.capacity.update()

    def crash(self, edge: int, lanes: int, ends_ms: int) -> None:
        """A crash takes lanes of an edge until a moment; with none left everybody waits for it."""
        back = -1 if self._supply.reverse is None else int(self._supply.reverse[edge])
        if back >= 0 or lanes >= max(2, int(self._network.lanes[edge])):
            self.hold(np.array([edge, back] if back >= 0 else [edge]), ends_ms)
            return
        self._mover.catch_up(self._run.now - 1)
        self._orders.lose_lanes(edge, lanes)
        self.capacity.update()
        self._run.at(ends_ms, self._lanes_free, edge, lanes)

    def _lanes_free(self, edge: int, lanes: int) -> None:
        self._mover.catch_up(self._run.now - 1)
        self._orders.lose_lanes(edge, -lanes)
        self.capacity.update()

    def clear(self, code: str, edges: Int64, steps: slice) -> None:
        """What layers of a scale have put on edges is taken away for some steps to come."""
        self._mover.catch_up(self._run.now)
        self._router.clear(code, edges, steps)
        self._queues.relevel(self._router.water(*queue_classes()))

    def driven_m(self) -> Int64:
        """Metres that all vehicles together have driven on every edge so far, int64[n_edges]."""
        self._mover.catch_up(self._run.now - 1)
        vehicles = self._queues.use()["vehicles"].astype(np.int64)
        return vehicles * self._network.length_mm // 1000

    def clear_later(self, edge: int, since: int) -> None:
        """A vehicle stands in the water: on a narrow road nobody gets past it, until it has been
        pushed aside when the water is gone."""
        back = int(self._supply.reverse[edge]) if self._supply.reverse is not None else -1
        if back >= 0:
            edges = np.array([edge, back])
            self._orders.count(self._orders.stalled, edges, True)
            gone = self._router.free_again_ms(edge, self._car, since)
            if gone < NEVER:
                self._run.at(gone + clearing_ms(), self._clear, edges)

    def _clear(self, edges: Int64) -> None:
        """One vehicle is pushed aside; the road is free when it was the last."""
        free = self._orders.count(self._orders.stalled, edges, False)
        if len(free):
            self._mover.catch_up(self._run.now)
            self._lift(free)
