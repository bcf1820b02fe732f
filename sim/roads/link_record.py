"""Flow, queue and speed of the links over time, for the map: only rows where something was."""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_HOUR
from sim.roads.network import IntArray, Network
from sim.roads.queue_report import standing
from sim.roads.queue_rows import RowArray
from sim.roads.queues import Queues, use_between

LINK_STATE = np.dtype(
    [
        ("interval", "<u2"),  # number of the interval, from 0
        ("edge", "<i4"),
        ("pcu_h", "<u2"),  # flow out of the link
        ("standing", "<u2"),  # vehicles that stood on it, or before it to set out, at the end
        ("kmh_x10", "<u2"),  # mean speed of those who left it; 0 when all stood
    ]
)
"""A link in an interval, 12 bytes."""


class LinkRecord:
    """What the links carried, interval by interval. ``note`` is called at the end of each.

    The queues must have been made with ``with_use``. An interval in which a link carried nobody
    and nobody stood there leaves no row.
    """

    def __init__(self, queues: Queues, network: Network, every_ms: int) -> None:
        self.every_ms = every_ms
        self._queues, self._network = queues, network
        self._before = queues.use()
        self._rows: list[RowArray] = []
        self._noted = 0

    def note(self) -> None:
        """The interval ends now."""
        after = self._queues.use()
        use, self._before = use_between(self._before, after), after
        queue = standing(self._queues)
        busy = np.flatnonzero((use["vehicles"] > 0) | (queue > 0))
        rows = np.zeros(len(busy), dtype=LINK_STATE)
        flow = use["pcu"][busy].astype(np.int64) * MS_PER_HOUR // self.every_ms
        rows["interval"], rows["edge"] = self._noted, busy
        rows["pcu_h"], rows["standing"] = _capped(flow), _capped(queue[busy].astype(np.int64))
        rows["kmh_x10"] = self._speed(use, busy)
        self._rows.append(rows)
        self._noted += 1

    def rows(self) -> RowArray:
        """All intervals so far, by interval and edge."""
        return np.concatenate([np.zeros(0, dtype=LINK_STATE), *self._rows])

    def _speed(self, use: RowArray, busy: IntArray) -> IntArray:
        """Free-flow time of a dry link plus what those who left it stood there in the mean."""
        length = self._network.length_mm[busy] * 36
        free_ms = length // self._network.speed_kmh_x10[busy]
        left = use["vehicles"][busy].astype(np.int64)
        takes = free_ms + use["delay_ms"][busy] // np.maximum(left, 1)
        kmh_x10 = _capped(length // np.maximum(takes, 1))
        kmh_x10[left == 0] = 0
        return kmh_x10


def _capped(values: IntArray) -> IntArray:
    capped: IntArray = np.minimum(values, 65_535)
    return capped
