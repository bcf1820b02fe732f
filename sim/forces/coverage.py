"""Expected coverage: how much demand finds a free unit within reach, and what one unit adds.

MEXCLP (Daskin 1983): with every unit busy for a share q of its time, the k-th unit within reach of
a place adds (1 − q)·q^(k−1) of its demand. Whole numbers throughout, so that nothing is decided
by the last bit of a float.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Int64 = NDArray[np.int64]
Near = Callable[[int], Int64]
"""For the node of a unit 1 for every place that it reaches in time, else 0; int64[places]."""
_UNIT = 1 << 20
_MOST = 64
"""Beyond so many units within reach a further one adds nothing that could be counted."""


class Coverage:
    """Demand, reach and business of a force.

    Args:
        demand: calls expected at every place, whole numbers ≥ 0 (persons will do), [places].
        near: which places a unit at a node covers; asked anew every time, so that it may look at
            today's roads.
        within_ms: a place is covered by units that are there in time.
        busy: share of its time for which a unit cannot be had, 0 … < 1.
    """

    def __init__(self, demand: ArrayLike, near: Near, within_ms: int, busy: float) -> None:
        if not 0 <= busy < 1:
            raise ValueError(f"busy(={busy}) must be ≥ 0 and < 1")
        self.demand: Int64 = np.asarray(demand, dtype=np.int64)
        self.near, self.within_ms = near, within_ms
        share = round(busy * _UNIT)
        adds = [_UNIT - share]
        for _ in range(_MOST - 1):
            adds.append(adds[-1] * share // _UNIT)
        self._adds: Int64 = np.array([*adds, 0], dtype=np.int64)

    @classmethod
    def on_matrix(
        cls, demand: ArrayLike, times_ms: ArrayLike, within_ms: int, busy: float
    ) -> Coverage:
        """Every node is a place, and times from every node to every node never change, [n, n]."""
        reach = (np.asarray(times_ms) <= within_ms).astype(np.int64)
        return cls(demand, reach.__getitem__, within_ms, busy)

    def counts(self, posts: Sequence[int]) -> Int64:
        """Units within reach of every place, int64[places], for units at these nodes."""
        counts = np.zeros(len(self.demand), dtype=np.int64)
        for post in posts:
            counts += self.near(post)
        return np.minimum(counts, _MOST)

    def gains(self, posts: Sequence[int], nodes: Sequence[int]) -> list[int]:
        """What one more unit at each of some nodes would add, in 2^-20 of a call."""
        worth = self.demand * self._adds[self.counts(posts)]
        return [int(self.near(node) @ worth) for node in nodes]

    def losses(self, posts: Sequence[int], nodes: Sequence[int]) -> list[int]:
        """What the loss of one unit at each of some nodes, all among the posts, would cost."""
        worth = self.demand * self._adds[np.maximum(self.counts(posts) - 1, 0)]
        return [int(self.near(node) @ worth) for node in nodes]

    def covered(self, posts: Sequence[int]) -> int:
        """Expected calls covered by units at these nodes, in 2^-20 of a call."""
        before = np.concatenate([[0], np.cumsum(self._adds)])
        return int(self.demand @ before[self.counts(posts)])
