"""Regret over the ensemble: what a plan gives away against the best plan of the same night."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiment.scored import ScoredRun
from sim.measures.catalogue import info_of
from sim.measures.intervals import quantile

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Regret:
    """One plan over all nights in which every plan has the measure.

    Attributes:
        mean, p90, most: of the regret, in the unit of the measure, never negative.
        best_share: share of the nights in which no plan did better.
    """

    plan: str
    n: int
    mean: float
    p90: float
    most: float
    best_share: float


def regrets(scored: ScoredRun, measure: str) -> list[Regret]:
    """Regret of every plan on one measure; empty where it is neither good nor bad, or censored.

    Nights in which a plan does not know the measure, or never reached it, are left out for all
    plans: a difference with infinity is no regret that could be averaged.
    """
    better = info_of(measure).better
    if better is None or len(scored.tables) < 2:
        return []
    values = np.stack([table.of(measure) for table in scored.tables.values()])
    values = values[:, np.isfinite(values).all(axis=0)]
    if values.shape[1] == 0:
        return []
    best = values.max(axis=0) if better == "higher" else values.min(axis=0)
    return [_of_plan(plan, np.abs(values[row] - best)) for row, plan in enumerate(scored.tables)]


def _of_plan(plan: str, regret: Floats) -> Regret:
    return Regret(
        plan=plan,
        n=int(regret.size),
        mean=float(regret.mean()),
        p90=quantile(regret, 0.9),
        most=float(regret.max()),
        best_share=float((regret == 0.0).mean()),
    )
