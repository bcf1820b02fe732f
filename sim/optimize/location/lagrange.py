"""Lower bound of the p-median by Lagrangian relaxation, and what it rules out.

"Every demand is served once" is priced instead of demanded: demand i pays ``price[i]`` to be
served. Then site j is worth ``sum_i min(0, cost[i, j] - price[i])`` by itself, and the n sites of
least worth and the prices give a lower bound of the total cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.optimize.location.exchange import exchanged, total
from sim.optimize.location.placement import Bools, Floats

PATIENCE = 30
"""Iterations without a better bound after which the steps are halved."""
SMALLEST_STEP = 1e-3
RELATIVE_STEP = 1e-9
"""Of the best total: what counts as better where costs are not whole numbers."""
NEAR = 1.02
"""Sites of a relaxation this near to the best known are exchanged on; worse ones are left."""


@dataclass
class Best:
    """The best sites known so far, in numbers of the whole problem; improved while searching.

    step: least improvement worth looking for: 1 where all costs are whole numbers.
    """

    sites: tuple[int, ...]
    value: float
    step: float

    @staticmethod
    def of(cost: Floats, sites: tuple[int, ...]) -> Best:
        """Known at the start."""
        value = total(cost, sites)
        whole = bool((cost == np.round(cost)).all())
        return Best(sites, value, 1.0 if whole else max(value * RELATIVE_STEP, 1e-12))

    def offer(self, cost: Floats, sites: Sequence[int]) -> None:
        """Keep these sites if they are better."""
        value = total(cost, sites)
        if value < self.value:
            self.value, self.sites = value, tuple(sorted(sites))


@dataclass(frozen=True)
class Part:
    """A part of the answers: n sites out of ``columns``, all of ``fixed`` among them.

    columns: rows of sites in the whole problem; fixed: positions in ``columns``; price: to start
    from.
    """

    columns: tuple[int, ...]
    fixed: tuple[int, ...]
    price: Floats


@dataclass(frozen=True)
class Relaxed:
    """What the relaxation of a part says.

    Attributes:
        bound: no total in the part is lower.
        worth: float64[columns], under the best prices; price: these.
        may_open, must_open: bool[columns], of any answer in the part better than the best known.
    """

    bound: float
    worth: Floats
    price: Floats
    may_open: Bools
    must_open: Bools


def first_price(cost: Floats, sites: tuple[int, ...]) -> Floats:
    """Between the nearest and the second nearest of good sites."""
    near = np.sort(cost[:, list(sites)], axis=1)
    price: Floats = near[:, : min(2, len(sites))].mean(axis=1)
    return price


def relax(cost: Floats, part: Part, n_sites: int, best: Best, rounds: int) -> Relaxed:
    """Raise the bound of a part by subgradient steps; better sites met on the way go to ``best``.

    Args:
        cost: float64[demands, sites] of the whole problem.
        rounds: most steps.
    """
    search = _Search(cost, part, n_sites, best)
    search.climb(rounds)
    return search.result()


class _Search:
    def __init__(self, cost: Floats, part: Part, n_sites: int, best: Best) -> None:
        self.whole, self.cost = cost, cost[:, list(part.columns)]
        self.part, self.n_sites, self.best = part, n_sites, best
        self.bound, self.price, self.best_price = -np.inf, part.price, part.price
        self._tried: set[tuple[int, ...]] = set()

    def _worth(self, price: Floats) -> Floats:
        worth: Floats = np.minimum(0.0, self.cost - price[:, None]).sum(axis=0)
        return worth

    def _open(self, worth: Floats) -> list[int]:
        rank = worth.copy()
        rank[list(self.part.fixed)] = -np.inf
        found: list[int] = np.argsort(rank, kind="stable")[: self.n_sites].tolist()
        return found

    def climb(self, rounds: int) -> None:
        """Steps until the part is closed, or the steps are too small."""
        scale, waited = 2.0, 0
        for _ in range(rounds):
            worth = self._worth(self.price)
            sites = self._open(worth)
            bound = float(worth[sites].sum() + self.price.sum())
            waited += 1
            if bound > self.bound:
                self.bound, self.best_price, waited = bound, self.price, 0
                self._offer(tuple(sorted(sites)))
            if self.best.value - self.bound < self.best.step or scale < SMALLEST_STEP:
                return
            if waited >= PATIENCE:
                scale, waited, self.price = scale / 2, 0, self.best_price
                continue
            missing = 1.0 - (self.cost[:, sites] < self.price[:, None]).sum(axis=1)
            norm = float((missing**2).sum())
            if norm == 0.0:
                return
            self.price = self.price + scale * (self.best.value - bound) / norm * missing

    def _offer(self, sites: tuple[int, ...]) -> None:
        if sites in self._tried:
            return
        self._tried.add(sites)
        if total(self.cost, sites) < self.best.value * NEAR:
            sites = exchanged(self.cost, sites, self.part.fixed)
        self.best.offer(self.whole, [self.part.columns[site] for site in sites])

    def result(self) -> Relaxed:
        """What the best prices rule out.

        A site outside that, forced in, lifts the bound to what no better answer can reach, cannot
        be part of one; a site inside that, forced out, does the same, must be.
        """
        worth = self._worth(self.best_price)
        inside = np.zeros(len(worth), dtype=np.bool_)
        inside[self._open(worth)] = True
        free = inside.copy()
        free[list(self.part.fixed)] = False
        slack = self.best.value - self.best.step - self.bound + 1e-9 * abs(self.best.value)
        last_in = worth[free].max() if free.any() else -np.inf
        next_out = worth[~inside].min() if not inside.all() else np.inf
        may_open = inside | (worth - last_in <= slack)
        must_open = inside & (~free | (next_out - worth > slack))
        return Relaxed(self.bound, worth, self.best_price, may_open, must_open)
