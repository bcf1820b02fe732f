"""What the roads carry from hour to hour: rain, night, ordinary traffic, changes by controls."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR
from sim.queued_orders import RoadOrders
from sim.roads.capacity import rain_share
from sim.roads.defaults import read_defaults
from sim.roads.queues import Queues, Supply
from sim.state import Run

Int64 = NDArray[np.int64]


class RoadCapacity:
    """Keeps the headways of the links at the share of their capacity that is left."""

    def __init__(self, run: Run, queues: Queues, supply: Supply, orders: RoadOrders) -> None:
        self._run, self._queues, self._orders = run, queues, orders
        self._dry, self._places = supply.headway_q10, supply.storage_pcu
        self._room = self._places.copy()
        self._share = np.ones(queues.n_links, dtype=np.float64)
        values = read_defaults("traffic.csv")
        self._least, self._night = values["least_share"], values["night_capacity_share"]
        if run.world.spec.traffic.night_capacity_share is not None:
            self._night = run.world.spec.traffic.night_capacity_share
        gauges = run.world.statics.rain_gauge_of_edge
        rain = run.view.member.signals.rain_01mm
        self._gauge = gauges if len(rain) else None

    def update(self) -> None:
        """Bring the links to what they carry now."""
        ordered = self._orders.share()
        # more than the road's own lanes carry needs more than their room
        room = np.minimum(np.rint(self._places * np.maximum(ordered, 1)), 32_767)
        other = np.flatnonzero(room != self._room)
        if len(other):
            self._room = room.astype(np.int32)
            now = self._queues.state.links["headway"][other]
            self._queues.set_supply(other, now, self._room[other])
        share = np.maximum(self._weather() * ordered, self._least)
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
            share *= self._night
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
