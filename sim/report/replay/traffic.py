"""Queues on the roads over time: how slow every road was, from the links of the night."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine import Engine
from sim.queued_roads import QueuedRoads
from sim.report.replay.ground import Ground
from sim.report.replay.water import packed_series
from sim.roads.link_record import LinkRecord

EVERY_MS = 10 * 60_000
SLOW, VERY_SLOW, STANDS = 1, 2, 3
SLOW_SHARES = (0.6, 0.3)
"""Mean speed below these shares of the free speed is slow, and very slow (judgement)."""

FEW = 2
"""Fewer vehicles than this standing at the end of an interval are no queue (judgement)."""


class RoadUse(NamedTuple):
    """Rows of LINK_STATE, and the length of their intervals."""

    rows: NDArray[np.void]
    every_ms: int


class RoadWatch:
    """Looks at the roads while a night is played (``run_once(..., watch=...)``)."""

    def __init__(self) -> None:
        self._record: LinkRecord | None = None

    def __call__(self, engine: Engine) -> None:
        """Begin to take notes, where roads have queues."""
        if isinstance(engine.traffic.roads, QueuedRoads):
            self._record = engine.traffic.roads.watch(EVERY_MS)

    @property
    def use(self) -> RoadUse | None:
        """What was seen; None on roads without queues."""
        return None if self._record is None else RoadUse(self._record.rows(), EVERY_MS)


def road_queues(ground: Ground, use: RoadUse, horizon_ms: int) -> dict[str, Any]:
    """Class of every line over time: 0 as free, SLOW, VERY_SLOW, STANDS; the worse direction.

    A link is judged where vehicles stood at the end of the interval; a bus that crawls up a hill
    alone is no queue.
    """
    assert ground.roads is not None
    rows, lines = use.rows, ground.lines
    n_steps = max(1, -(-horizon_ms // use.every_ms))
    rows = rows[(rows["standing"] >= FEW) & (rows["interval"] < n_steps)]
    free = ground.roads.speed_kmh_x10[rows["edge"]]
    share = rows["kmh_x10"] / np.maximum(free, 1)
    classes = (share < SLOW_SHARES[0]).astype(np.int64) + (share < SLOW_SHARES[1])
    classes[rows["kmh_x10"] == 0] = STANDS
    line = lines.of_edge[rows["edge"]]
    touched, row = np.unique(line, return_inverse=True)
    values = np.zeros((len(touched), n_steps), dtype=np.int64)
    np.maximum.at(values, (row, rows["interval"].astype(np.int64)), classes)
    number = np.full(len(lines.edge), -1, dtype=np.int64)
    number[touched] = np.arange(len(touched))
    return packed_series(values, number, np.arange(n_steps) * use.every_ms)
