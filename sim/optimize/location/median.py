"""p-median: n sites such that the sum of distances from demands to their nearest site is least.

First good sites by exchange (Teitz and Bart 1968); then branch and bound with Lagrangian bounds
(Cornuéjols, Fisher and Nemhauser 1977), which rule out most sites before the first branching. On
the OR-Library networks this was ten times quicker than handing the same reduced problem to HiGHS.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.optimize.location.exchange import exchanged, greedy
from sim.optimize.location.lagrange import Best, Part, Relaxed, first_price, relax
from sim.optimize.location.placement import Floats, Placement

FIRST_ROUNDS, ROUNDS = 2000, 120
"""Subgradient steps at the root and in every other part."""
MOST_PARTS = 20_000
"""Parts looked at before the search stops with a gap: a count, so that machines agree."""


def least_total(
    cost: Floats, n_sites: int, fixed: Sequence[int] = (), most_parts: int = MOST_PARTS
) -> Placement:
    """The sites with the least total cost.

    Args:
        cost: float64[demands, sites], weight times distance, finite.
        fixed: sites that stand already; they count among the n.
    """
    start = exchanged(cost, greedy(cost, n_sites, fixed), fixed)
    best = Best.of(cost, start)
    waiting = [(-np.inf, Part(tuple(range(cost.shape[1])), tuple(fixed), first_price(cost, start)))]
    looked_at = 0
    while waiting and looked_at < most_parts:
        known, part = waiting.pop()
        if not _open_still(known, best):
            continue
        rounds = ROUNDS if looked_at else FIRST_ROUNDS
        found = relax(cost, part, n_sites, best, rounds)
        looked_at += 1
        if _open_still(found.bound, best):
            halves = _halves(part, found, n_sites)
            if len(halves) == 1:
                best.offer(cost, halves[0].columns)
            else:
                waiting += [(found.bound, half) for half in halves]
    bounds = [known for known, _ in waiting if _open_still(known, best)]
    return Placement(best.sites, best.value, min([best.value, *bounds]))


def _open_still(bound: float, best: Best) -> bool:
    """Whether something better than the best known may lie above a bound."""
    return best.value - bound >= best.step


def _halves(part: Part, found: Relaxed, n_sites: int) -> list[Part]:
    """The part without and with one undecided site, the one worth most.

    One part with n sites when nothing is left to decide, none when nothing is left.
    """
    keep = np.flatnonzero(found.may_open)
    columns = tuple(part.columns[k] for k in keep)
    fixed = tuple(np.flatnonzero(found.must_open[keep]).tolist())
    if len(columns) < n_sites or len(fixed) > n_sites:
        return []
    if n_sites in (len(fixed), len(columns)):
        last = fixed if len(fixed) == n_sites else range(n_sites)
        return [Part(tuple(columns[k] for k in last), (), found.price)]
    free = np.setdiff1d(np.arange(len(keep)), fixed)
    site = int(free[np.argmin(found.worth[keep][free])])
    left = tuple(k for k in range(len(columns)) if k != site)
    without = Part(
        tuple(columns[k] for k in left), tuple(left.index(k) for k in fixed), found.price
    )
    return [without, Part(columns, (*fixed, site), found.price)]
