"""Which logs of a run are kept whole: the median and the worst replication of every plan."""

from __future__ import annotations

import numpy as np

from sim.experiment.executors import Crew
from sim.experiment.results import Results
from sim.experiment.store import RunFolder
from sim.log import RunLog

Logs = dict[tuple[str, int], RunLog]
"""Logs by plan and replication."""

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


def keep_logs(
    run: RunFolder, results: Results, crew: Crew, held: Logs
) -> dict[str, dict[str, int]]:
    """Keep the logs of the median and worst replication of every plan; one that is not held is
    played again."""
    n = int(run.document["replications"])
    kept = {plan: median_and_worst(results, plan, n) for plan in run.plans}
    wanted = sorted({(plan, number) for plan, which in kept.items() for number in which.values()})
    missing = [one for one in wanted if run.log(*one) is None]
    asked = {one: crew.log(*one) for one in missing if one not in held}
    for one in missing:
        plan, number = one
        log = held[one] if one in held else asked[one].result()
        run.keep_log(plan, checked(log, results.hashes(plan, [number])[0], plan))
    return kept
