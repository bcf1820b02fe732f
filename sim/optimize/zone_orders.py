"""The answer for one zone: how long before its road is cut the order must be signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.measures.intervals import (
    P95_MINIMUM,
    UNBOUNDED,
    Interval,
    lower_bound,
    quantile,
    quantile_interval,
    upper_bound,
)
from sim.optimize.ensemble import Ensemble
from sim.optimize.needed_lead import Needed
from sim.optimize.nights import Nights
from sim.optimize.stuck import STUCK_LINKS
from sim.optimize.thresholds import Threshold, level_threshold, rain_threshold
from sim.world import World

Floats = NDArray[np.float64]
Status = Literal["found", "not_enough", "never", "unseen"]


@dataclass(frozen=True)
class Lead:
    """A lead time in minutes that enough nights needed no more than.

    Attributes:
        min: estimate; +∞ when too many nights failed even under the earliest order.
        typical_min: half of the nights needed no more.
        interval: two-sided 95 % by order statistics; an infinite end is not bounded by the runs.
        played_min: the same from orders that were really played and made it; never less.
        n: nights it rests on.
    """

    min: float
    typical_min: float
    interval: Interval
    played_min: float
    n: int

    @property
    def enough_nights(self) -> bool:
        """Whether there are enough nights to quote a 95 % value (59)."""
        return self.n >= P95_MINIMUM


@dataclass(frozen=True)
class AtShift:
    """How a zone fared under one shift of the orders.

    met: nights in time, of ``n``; low, high: one-sided exact 95 % bounds of the probability.
    order_min, lead_min: medians, from clock_start and before the deadline; NaN without an order.
    """

    shift_min: int
    met: int
    n: int
    low: float
    high: float
    order_min: float
    lead_min: float


@dataclass(frozen=True)
class ZoneOrder:
    """何时转 for a zone. Times in minutes; NaN where unknown.

    Attributes:
        zone: its row.
        status: found; not_enough: even the earliest order tried fails too often; never: neither
            cut off nor under water in any member; unseen: no night played can tell.
        n_judged: nights in which it was cut off or wet; n_not_ordered: of them without any order.
        cut_share: share of those in which the road was cut (else water came to homes first).
        deadline_min: median deadline from clock_start.
        lead: for the stated share of those who agree to leave; lead_most: for four in five;
            lead_all: for all of them.
        limit_min: least time for walk and drive alone, longest of the nights.
        latest_clock_min: clock time early enough in the required share of nights.
        may_wait_min: how much later (negative: earlier) the plan's own orders must come.
        plan_lead_min: median lead of the plan's own order; longest_lead_min: of the earliest tried.
        level, rain: what to look at, see ``Threshold``; None without a gauge.
        lacking: link to mean persons per failed night stuck in it under the earliest order.
        irregular: nights in which a later order did better than an earlier one.
        shifts: one entry per shift.
    """

    zone: int
    status: Status
    n_judged: int
    n_not_ordered: int
    cut_share: float
    deadline_min: float
    lead: Lead
    lead_most: Lead
    lead_all: Lead
    limit_min: float
    latest_clock_min: float
    may_wait_min: float
    plan_lead_min: float
    longest_lead_min: float
    level: Threshold | None
    rain: Threshold | None
    lacking: dict[str, float]
    irregular: int
    shifts: tuple[AtShift, ...]


class ZoneReader:
    """Reads the answer of every zone out of the nights.

    Args:
        needed: of the stated share, of most and of everybody.
        required: probability with which the orders must be early enough.
    """

    def __init__(
        self, world: World, ensemble: Ensemble, nights: Nights,
        needed: Sequence[Needed], required: float,
    ) -> None:  # fmt: skip
        self.world, self.ensemble, self.nights = world, ensemble, nights
        self.needed, self.required = needed, required

    def read(self, zone: int, shifts_min: tuple[int, ...]) -> ZoneOrder:
        """The answer for one zone; ``shifts_min`` contains 0."""
        nights, needed = self.nights, self.needed[0]
        judged = np.flatnonzero(
            (nights.deadline_ms[:, zone] < NEVER) & (nights.agreed[:, zone] > 0)
        )
        deadline = nights.deadline_ms[judged, zone]
        lead_ms = needed.lead_ms[judged, zone]
        ordered = ~np.isnan(lead_ms)
        latest_ms = (deadline - lead_ms)[ordered]
        own = nights.order_ms[judged, shifts_min.index(0), zone]
        own_lead = np.where(own < NEVER, deadline - own, np.nan)
        members = nights.members[judged][ordered]
        cut = self.ensemble.cut[nights.members[judged], zone]
        return ZoneOrder(
            zone=zone,
            status=self._status(zone, lead_ms[ordered]),
            n_judged=len(judged),
            n_not_ordered=int((~ordered).sum()),
            cut_share=float(cut.mean()) if len(cut) else np.nan,
            deadline_min=_median(deadline) / MS_PER_MIN,
            lead=self._lead(needed, judged, zone),
            lead_most=self._lead(self.needed[1], judged, zone),
            lead_all=self._lead(self.needed[2], judged, zone),
            limit_min=_largest(nights.least_ms[0, judged, 0, zone]) / MS_PER_MIN,
            latest_clock_min=self._low(latest_ms) / MS_PER_MIN,
            may_wait_min=self._low((own_lead - lead_ms)[ordered]) / MS_PER_MIN,
            plan_lead_min=_median(own_lead) / MS_PER_MIN,
            longest_lead_min=_median(needed.longest_ms[judged, zone]) / MS_PER_MIN,
            level=level_threshold(self.world, self.ensemble, zone, (members, latest_ms), self._low),
            rain=rain_threshold(self.world, self.ensemble, zone, (members, latest_ms), self._low),
            lacking=self._lacking(judged, zone),
            irregular=int(needed.irregular[judged, zone].sum()),
            shifts=tuple(self._at(judged, zone, k, s) for k, s in enumerate(shifts_min)),
        )

    def _status(self, zone: int, lead_ms: Floats) -> Status:
        if (self.ensemble.deadline_ms[:, zone] >= NEVER).all():
            return "never"
        if not len(lead_ms):
            return "unseen"
        return "found" if quantile(lead_ms, self.required) < np.inf else "not_enough"

    def _lead(self, needed: Needed, judged: NDArray[np.int64], zone: int) -> Lead:
        values = needed.lead_ms[judged, zone]
        known = ~np.isnan(values)
        values, played = values[known], needed.played_ms[judged, zone][known]
        if not len(values):
            return Lead(np.nan, np.nan, UNBOUNDED, np.nan, 0)
        interval = quantile_interval(values, self.required)
        return Lead(
            quantile(values, self.required) / MS_PER_MIN,
            quantile(values, 0.5) / MS_PER_MIN,
            Interval(interval.low / MS_PER_MIN, interval.high / MS_PER_MIN),
            quantile(played, self.required) / MS_PER_MIN,
            len(values),
        )

    def _low(self, values: Floats) -> float:
        """The value that the required share of the nights do not fall below; −∞ possible."""
        known = values[~np.isnan(values)]
        return -quantile(-known, self.required) if len(known) else np.nan

    def _lacking(self, judged: NDArray[np.int64], zone: int) -> dict[str, float]:
        """Under the earliest order, in the nights in which it failed."""
        failed = judged[~self.nights.met[0, judged, 0, zone]]
        if not len(failed):
            return {}
        persons = self.nights.stuck[failed, zone].mean(axis=0)
        return {
            link: float(n) for link, n in zip(STUCK_LINKS, persons, strict=True) if n > 0
        }  # fmt: skip

    def _at(self, judged: NDArray[np.int64], zone: int, k: int, shift_min: int) -> AtShift:
        nights = self.nights
        met, n = int(nights.met[0, judged, k, zone].sum()), len(judged)
        order = nights.order_ms[judged, k, zone].astype(np.float64)
        order[order >= NEVER] = np.nan
        return AtShift(
            shift_min, met, n,
            lower_bound(met, n) if n else 0.0, upper_bound(met, n) if n else 1.0,
            _median(order) / MS_PER_MIN,
            _median(nights.deadline_ms[judged, zone] - order) / MS_PER_MIN,
        )  # fmt: skip


def _median(values: NDArray[np.generic]) -> float:
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    return float(np.median(known)) if len(known) else np.nan


def _largest(values: NDArray[np.int64]) -> float:
    if not len(values):
        return np.nan
    most = int(values.max())
    return float(most) if most < NEVER else np.inf
