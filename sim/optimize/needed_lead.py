"""From the nights played with earlier and later orders to the lead time each night needed.

Lead is the time from a zone's order 立即转移 to its deadline. In every night the orders that made
it are told apart from those that did not by one threshold; with shared buses an earlier order may
now and then do worse (house rule: "faster is better" holds for means only), so the threshold is
the one with the fewest exceptions, and of equal ones the earliest order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER

Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Needed:
    """Lead times in ms, float64[nights, zones]; NaN without a deadline or without any order.

    Attributes:
        lead_ms: needed: the time the transfer took under the latest order that made it, if that
            is not contradicted by the next order, else the lead of the order that made it; +∞
            when even the earliest order did not.
        played_ms: lead of the latest order that was played and made it, +∞ likewise.
        longest_ms: lead of the earliest order played.
        irregular: bool[nights, zones], nights in which a later order did better than an earlier.
    """

    lead_ms: Floats
    played_ms: Floats
    longest_ms: Floats
    irregular: Bools


def needed_lead(order_ms: Int64, done_ms: Int64, met: Bools, deadline_ms: Int64) -> Needed:
    """The lead that every zone needed in every night.

    Args:
        order_ms, done_ms: int64[nights, shifts, zones], shifts from the earliest order on; NEVER
            where there was no order, or the share was never out.
        met: bool[nights, shifts, zones], out by the deadline.
        deadline_ms: int64[nights, zones].
    """
    lead = np.where(order_ms < NEVER, deadline_ms[:, None] - order_ms, -np.inf)
    made = _latest_that_made_it(met)
    took = np.maximum(_at(done_ms, made) - _at(order_ms, made), 0).astype(np.float64)
    played = _at(lead, made)
    n_shifts = met.shape[1]
    failed = np.where(made + 1 < n_shifts, _at(lead, np.minimum(made + 1, n_shifts - 1)), -np.inf)
    # took > failed: the next order left less than the transfer takes, and so failed as expected
    needed = np.where(took >= failed, took, played)
    none = made < 0
    judged = (deadline_ms < NEVER) & (order_ms < NEVER).any(axis=1)

    def known(values: Floats, unreached: float) -> Floats:
        found: Floats = np.where(judged, np.where(none, unreached, values), np.nan)
        return found

    return Needed(
        lead_ms=known(needed, np.inf),
        played_ms=known(played, np.inf),
        longest_ms=np.where(judged, lead.max(axis=1), np.nan),
        irregular=judged & (np.diff(met.astype(np.int8), axis=1) > 0).any(axis=1),
    )


def _latest_that_made_it(met: Bools) -> Int64:
    """Shift row of the latest order on the good side of the threshold, -1 where none is."""
    n_shifts = met.shape[1]
    failures = np.cumsum(~met, axis=1)
    successes = np.cumsum(met[:, ::-1], axis=1)[:, ::-1]
    wrong = np.stack(
        [
            (failures[:, k - 1] if k else 0) + (successes[:, k] if k < n_shifts else 0)
            for k in range(n_shifts + 1)
        ],
        axis=1,
    )
    found: Int64 = wrong.argmin(axis=1) - 1
    return found


def _at(values: NDArray[np.generic], shift: Int64) -> NDArray[np.float64]:
    """Values [nights, shifts, zones] at one shift row per night and zone (0 for rows below 0)."""
    chosen = np.take_along_axis(values, np.maximum(shift, 0)[:, None], axis=1)[:, 0]
    return np.asarray(chosen, dtype=np.float64)
