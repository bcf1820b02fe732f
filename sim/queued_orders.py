"""What orders and accidents do to each edge at this moment; every one of them is counted.

Two controls may lie on one road, and a crash may happen on a road that is barred: the road is as
before only when the last of them is over.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.roads.defaults import read_defaults
from sim.roads.network import Network
from sim.roads.queues import Supply

Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST_LANES = 4
"""Wider roads lose as much as one of four lanes by a crash."""


class RoadOrders:
    """Closures, contraflows, police, crashes and stalled vehicles by edge."""

    def __init__(self, network: Network, supply: Supply, opposite: Int64) -> None:
        def none() -> Int64:
            return np.zeros(network.n_edges, dtype=np.int64)

        values = read_defaults("traffic.csv")
        self.closed, self.turned, self.tidal, self.stalled = none(), none(), none(), none()
        self._lanes_lost = none()
        self._directed: list[tuple[Int64, Floats]] = []
        self._lanes = np.clip(network.lanes.astype(np.int64), 1, MOST_LANES)
        self._opposite = opposite
        headway = supply.headway_q10.astype(np.float64)
        back = np.maximum(opposite, 0)
        shares = supply.reverse is not None and supply.reverse >= 0
        # a road of one lane has no second lane to give
        self._second = np.where((opposite >= 0) & ~np.asarray(shares), headway / headway[back], 0.0)
        self._convoy = values["convoy_share"]
        lanes = range(MOST_LANES + 1)
        self._left_after_crash = np.array(
            [[values.get(f"crash_{lost}_of_{n}_share", 0.0) for lost in lanes] for n in lanes]
        )

    def count(self, column: Int64, edges: Int64, on: bool) -> Int64:
        """One more of a kind on some edges, or one less; the edges that had none or have none."""
        before = column[edges] > 0
        column[edges] += 1 if on else -1
        changed: Int64 = edges[(column[edges] > 0) != before]
        return changed

    def direct(self, edges: Int64, factors: Floats, on: bool) -> None:
        """Police raise or lower the capacity of edges by factors, or leave them again."""
        if on:
            self._directed.append((edges, factors))
            return
        for k, (others, given) in enumerate(self._directed):
            if np.array_equal(others, edges) and np.array_equal(given, factors):
                del self._directed[k]
                return

    def lose_lanes(self, edge: int, lanes: int) -> None:
        """A crash takes lanes of an edge; negative when they are free again."""
        self._lanes_lost[edge] += lanes

    def share(self) -> Floats:
        """What is left of, or added to, the capacity of every edge, float64[n_edges]."""
        share = np.ones(len(self.closed))
        for edges, factors in self._directed:
            share[edges] *= factors
        second = self._second
        turned = self.turned > 0
        share[turned] *= 1 + (1 - self._convoy) * second[turned]
        tidal = self.tidal > 0
        share[tidal] *= 1 + second[tidal]
        given_up = self._opposite[turned & (second > 0)]
        share[given_up] *= self._convoy
        crashed = np.flatnonzero(self._lanes_lost > 0)
        lost = np.minimum(self._lanes_lost[crashed], MOST_LANES)
        share[crashed] *= self._left_after_crash[self._lanes[crashed], lost]
        return share
