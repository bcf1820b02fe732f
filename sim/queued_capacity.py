"""What the roads carry from hour to hour: rain, night, ordinary traffic, changes by controls."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR
from sim.roads.capacity import rain_share
from sim.roads.queues import Queues, Supply
from sim.state import Run

Int64 = NDArray[np.int64]
LEAST_SHARE = 0.01
"""A road that is open lets somebody through, however busy it is."""


class RoadCapacity:
    """Keeps the headways of the links at the share of their capacity that is left."""

    def __init__(self, run: Run, queues: Queues, supply: Supply) -> None:
        self._run, self._queues = run, queues
        self._dry, self._places = supply.headway_q10, supply.storage_pcu
        self._control = np.ones(queues.n_links, dtype=np.float64)
        self._share = np.ones(queues.n_links, dtype=np.float64)
        self._resized: list[tuple[Int64, NDArray[np.int32]]] = []
        gauges = run.world.statics.rain_gauge_of_edge
        rain = run.view.member.signals.rain_01mm
        self._gauge = gauges if len(rain) else None

    def control(self, edges: Int64, factor: float | NDArray[np.float64]) -> None:
        """A control changes the capacity of some edges by a factor (one, or one for each)."""
        self._control[edges] *= factor
        # more than the road's own lanes carry needs more than their room
        room = np.rint(self._places[edges] * np.maximum(self._control[edges], 1))
        self._resized.append((edges, np.minimum(room, 32_767).astype(np.int32)))

    def update(self) -> None:
        """Bring the links to what they carry now."""
        for edges, places in self._resized:
            self._queues.set_supply(edges, self._queues.state.links["headway"][edges], places)
        self._resized = []
        share = np.maximum(self._weather() * self._control, LEAST_SHARE)
        changed = np.flatnonzero(share != self._share)
        if len(changed):
            headway = np.rint(self._dry[changed] / share[changed]).astype(np.int32)
            self._queues.set_supply(changed, headway)
            self._share = share

    def _weather(self) -> NDArray[np.float64]:
        """Share left by rain, darkness and ordinary traffic at this hour."""
        run, spec = self._run, self._run.world.spec.traffic
        share = 1.0 - (spec.background_by_hour[run.hour(run.now)] if spec.background_by_hour else 0)
        if run.is_night(run.now):
            share *= spec.night_capacity_share
        if self._gauge is None or not spec.rain:
            return np.full(len(self._share), share)
        return share * rain_share(self._rain_mm_h())[self._gauge]

    def _rain_mm_h(self) -> NDArray[np.float64]:
        """Rain at every gauge during the last hour (mm)."""
        run, signals = self._run, self._run.view.member.signals
        step = run.world.hazard.step_ms
        now = min(run.now // step, signals.rain_01mm.shape[1] - 1)
        first = max(0, now - max(1, MS_PER_HOUR // step) + 1)
        fallen: NDArray[np.float64] = signals.rain_01mm[:, first : now + 1].sum(axis=1) / 10
        return fallen
