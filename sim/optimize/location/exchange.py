"""Good sites quickly: one after another, then exchanged as long as that helps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.optimize.location.placement import Floats


def total(cost: Floats, sites: Sequence[int]) -> float:
    """Cost when every demand is served by the nearest of the sites."""
    return float(cost[:, list(sites)].min(axis=1).sum())


def greedy(cost: Floats, n_sites: int, fixed: Sequence[int] = ()) -> tuple[int, ...]:
    """``fixed``, and one after another the site that lowers the total cost most."""
    sites = list(fixed)
    nearest = cost[:, sites].min(axis=1) if sites else np.full(len(cost), cost.max())
    while len(sites) < n_sites:
        totals = np.minimum(nearest[:, None], cost).sum(axis=0)
        totals[sites] = np.inf
        sites.append(int(np.argmin(totals)))
        nearest = np.minimum(nearest, cost[:, sites[-1]])
    return tuple(sorted(sites))


def exchanged(cost: Floats, sites: Sequence[int], fixed: Sequence[int] = ()) -> tuple[int, ...]:
    """Sites after the best exchange of one for another, again and again until none helps."""
    now = list(sites)
    best = total(cost, now)
    while True:
        step = _best_exchange(cost, now, set(fixed))
        if step is None or step[0] >= best * (1 - 1e-12):
            return tuple(sorted(now))
        best, out, into = step
        now[now.index(out)] = into


def _best_exchange(
    cost: Floats, sites: list[int], fixed: set[int]
) -> tuple[float, int, int] | None:
    """Total cost, site that goes and site that comes; None where no site may go."""
    found = None
    for out in sites:
        if out in fixed:
            continue
        rest = [site for site in sites if site != out]
        nearest = cost[:, rest].min(axis=1) if rest else np.full(len(cost), cost.max())
        totals = np.minimum(nearest[:, None], cost).sum(axis=0)
        totals[sites] = np.inf
        into = int(np.argmin(totals))
        if found is None or totals[into] < found[0]:
            found = (float(totals[into]), out, into)
    return found
