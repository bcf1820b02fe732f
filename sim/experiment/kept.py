"""Which logs of a run are kept whole: the median and the worst replication of every plan."""

from __future__ import annotations

import numpy as np

from sim.experiment.executors import Crew
from sim.experiment.results import Results
from sim.experiment.store import RunFolder
from sim.log import RunLog

RANKED_BY = "t90_clock_min"
"""Measure by which replications are ranked; ties go to the lowest number."""


class ReproductionError(RuntimeError):
    """A replication played again gave another log: a fault of the program or the machine."""


def median_and_worst(results: Results, plan: str, n: int) -> dict[str, int]:
    """Numbers of the median and worst replication; empty when nothing can be ranked.

    The median is the lower one of two in the middle, so that it is a replication that exists.
    """
    values = results.column(plan, RANKED_BY, n)
    known = np.flatnonzero(~np.isnan(values))
    if known.size == 0:
        return {}
    order = known[np.argsort(values[known], kind="stable")]
    worst = known[np.flatnonzero(values[known] == values[known].max())[0]]
    return {"median": int(order[(order.size - 1) // 2]), "worst": int(worst)}


def checked(log: RunLog, expected: str, plan: str) -> RunLog:
    """The log, if it is the one whose hash was stored.

    Raises:
        ReproductionError: it is another one.
    """
    if log.sha256() != expected:
        raise ReproductionError(f"plan {plan}, replication {log.replication}")
    return log


def keep_logs(run: RunFolder, results: Results, crew: Crew) -> dict[str, dict[str, int]]:
    """Play the median and worst replication of every plan again and keep their logs."""
    n = int(run.document["replications"])
    kept = {plan: median_and_worst(results, plan, n) for plan in run.plans}
    wanted = sorted({(plan, number) for plan, which in kept.items() for number in which.values()})
    asked = {
        (plan, number): crew.log(plan, number)
        for plan, number in wanted
        if run.log(plan, number) is None
    }
    for (plan, number), future in asked.items():
        expected = results.hashes(plan, [number])[0]
        run.keep_log(plan, checked(future.result(), expected, plan))
    return kept
