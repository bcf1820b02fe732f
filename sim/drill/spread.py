"""The times of an action over all replications of a plan: P10, P50 and P90 for the inject list."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.measures.actions import unpack_times
from sim.measures.intervals import quantile

Floats = NDArray[np.float64]
Int64 = NDArray[np.int64]
ENOUGH = 5
"""Least number of replications with an occasion for the action in one zone; with fewer the
action's times of all zones are taken (judgement: an extreme of fewer says nothing)."""


@dataclass(frozen=True)
class Quantiles:
    """P10, P50 and P90 in minutes (+∞: not done by the end) of ``n`` replications.

    ``here``: of the zone itself; else of the same action anywhere in the county, one value (the
    median over zones) per replication.
    """

    p10: float
    p50: float
    p90: float
    n: int
    here: bool


@dataclass(frozen=True)
class Spread:
    """Minutes of every action: float64[n, zones] or float64[n, 1] for those of the county."""

    minutes: dict[str, Floats]

    @property
    def n(self) -> int:
        """Replications read."""
        return max((len(table) for table in self.minutes.values()), default=0)

    def of(self, action: str, zone: int) -> Quantiles | None:
        """Quantiles of an action at a zone; None where no replication had an occasion for it."""
        table = self.minutes.get(action)
        if table is None or not table.size:
            return None
        county = table.shape[1] == 1
        column = table[:, 0] if county else table[:, zone] if zone >= 0 else table[:, :0].ravel()
        known = column[~np.isnan(column)]
        here = county or known.size >= ENOUGH
        if not here:
            known = _per_night(table)
        if not known.size:
            return None
        p10, p50, p90 = (quantile(known, share) for share in (0.1, 0.5, 0.9))
        return Quantiles(p10, p50, p90, int(known.size), here)


def _per_night(table: Floats) -> Floats:
    """Middle value over zones of every replication with any."""
    found = []
    for night in table:
        known = np.sort(night[~np.isnan(night)])
        if known.size:
            found.append(float(known[(known.size - 1) // 2]))
    return np.array(found)


def spread_of(lines: Int64 | None) -> Spread | None:
    """Times of all actions over the replications of one plan; None where a run kept none.

    Args:
        lines: int64[n, columns] as kept with the curves of a run.
    """
    return None if lines is None or not len(lines) else Spread(unpack_times(lines))
