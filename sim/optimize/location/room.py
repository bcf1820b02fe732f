"""Who finds a place when shelters have room for so many: the largest transport, site by site.

Opening a site lets people in, also by moving others on to it who had a place elsewhere; so the
number placed is always the largest possible, whatever the order of opening. That number has
diminishing returns (it is submodular in the set of sites), which bounds what any n sites can do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.optimize.location.placement import Bools, Floats

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Need:
    """Who needs a place in one situation (a hazard member).

    Attributes:
        weight: of the situation.
        persons: int64[demands]; first come those who must leave first.
        reach: bool[demands, sites], sites they can get to in time.
    """

    weight: int
    persons: Int64
    reach: Bools


class Filling:
    """People placed in one situation while sites are opened one after another."""

    def __init__(self, need: Need, capacity: Int64) -> None:
        self.need, self.capacity = need, capacity
        self.left = need.persons.copy()
        self.flow = np.zeros(need.reach.shape, dtype=np.int64)
        self.open = np.zeros(0, dtype=np.int64)

    def gain(self, site: int) -> int:
        """Persons more who would have a place if the site were opened as well."""
        if not self.need.reach[:, site].any() or not self.left.any():
            return 0
        state = (self.left.copy(), self.flow.copy())
        return int(_open_site(self.need.reach, site, int(self.capacity[site]), self.open, *state))

    def add(self, site: int) -> int:
        """Open a site for good; persons more who have a place."""
        room = int(self.capacity[site])
        more = int(_open_site(self.need.reach, site, room, self.open, self.left, self.flow))
        self.open = np.append(self.open, np.int64(site))
        return more


@njit(cache=True, nogil=True)
def _open_site(  # type: ignore[no-untyped-def]  # pragma: no cover - compiled
    reach, site, room, opened, left, flow
):
    """Fill a new site; looks backwards from it for somebody without a place.

    Sites are visited breadth first: a site is reached from one already visited when somebody who
    has a place at it could move there. Changes ``left`` and ``flow``; returns persons placed.
    """
    n_demands, n_sites = reach.shape
    placed = 0
    queue = np.empty(len(opened) + 1, dtype=np.int64)
    by_demand = np.empty(n_sites, dtype=np.int64)
    towards = np.empty(n_sites, dtype=np.int64)
    while room > 0:
        towards[:] = -1
        queue[0], length, head, found, end = site, 1, 0, -1, -1
        towards[site] = site
        while head < length and found < 0:
            at = queue[head]
            head += 1
            for d in range(n_demands):
                if reach[d, at] and left[d] > 0:
                    found, end = d, at
                    break
            if found >= 0:
                break
            for d in range(n_demands):
                if not reach[d, at]:
                    continue
                for other in opened:
                    if towards[other] < 0 and flow[d, other] > 0:
                        towards[other], by_demand[other] = at, d
                        queue[length] = other
                        length += 1
        if found < 0:
            return placed
        amount, at = min(room, left[found]), end
        while at != site:
            amount = min(amount, flow[by_demand[at], at])
            at = towards[at]
        left[found] -= amount
        flow[found, end] += amount
        at = end
        while at != site:
            flow[by_demand[at], at] -= amount
            flow[by_demand[at], towards[at]] += amount
            at = towards[at]
        room -= amount
        placed += amount
    return placed


@dataclass(frozen=True)
class Step:
    """One more site: which, weighted persons placed with it, and a bound for that many sites."""

    site: int
    placed: float
    bound: float


class Growth:
    """Sites opened one after another, always the one that places most people more.

    Attributes:
        steps: so far; ``start``: weighted persons placed by the sites that stand already.
    """

    def __init__(self, needs: Sequence[Need], capacity: Int64, fixed: Sequence[int] = ()) -> None:
        self.fillings = [Filling(need, capacity) for need in needs]
        self.demand = float(sum(need.weight * need.persons.sum() for need in needs))
        self.placed = float(sum(self._add(site) for site in fixed))
        self.start, self.fixed = self.placed, tuple(fixed)
        n_sites = len(capacity)
        self.left = [site for site in range(n_sites) if site not in set(fixed)]
        self.gains = np.zeros(n_sites)
        self.refresh()
        self._bounds = np.full(n_sites + 1, self.demand)
        self._tighten()
        self.steps: list[Step] = []

    def _add(self, site: int) -> float:
        return sum(float(one.need.weight * one.add(site)) for one in self.fillings)

    def gain(self, site: int) -> float:
        """Weighted persons more with one more site."""
        return sum(float(one.need.weight * one.gain(site)) for one in self.fillings)

    def refresh(self) -> None:
        """Work out anew what every site left would add."""
        for site in self.left:
            self.gains[site] = self.gain(site)

    def grow(self, most: int) -> None:
        """Open up to ``most`` sites more; stops when no site adds anything.

        Gains only shrink as sites are opened, so an old gain is a bound: a site whose fresh gain
        still tops all old ones is the best.
        """
        while self.left and len(self.steps) < most:
            best = self._best()
            if self.gains[best] <= 0:
                return
            self.placed += self._add(best)
            self.left.remove(best)
            self.gains[best] = 0.0
            self._tighten()
            bound = float(self._bounds[len(self.steps) + 1])
            self.steps.append(Step(best, self.placed, max(self.placed, bound)))

    def _best(self) -> int:
        while True:
            first = min(self.left, key=lambda site: (-self.gains[site], site))
            fresh = self.gain(first)
            if fresh >= self.gains[first]:
                return first
            self.gains[first] = fresh

    def _tighten(self) -> None:
        """No n sites more than the fixed place more than all now open plus the n largest gains."""
        most = np.cumsum(np.sort(self.gains[self.left])[::-1])
        n = np.arange(1, len(most) + 1)
        self._bounds[n] = np.minimum(self._bounds[n], self.placed + most)
        self._bounds[len(most) + 1 :] = np.minimum(
            self._bounds[len(most) + 1 :], self.placed + (most[-1] if len(most) else 0.0)
        )

    def bound(self, n: int) -> float:
        """No choice of n sites besides the fixed places more, weighted persons."""
        return float(self._bounds[min(n, len(self._bounds) - 1)])


def site_weights(needs: Sequence[Need]) -> tuple[Bools, Floats]:
    """All situations as one cover: rows with the same sites put together, weighted persons."""
    reach = np.concatenate([need.reach for need in needs])
    weights = np.concatenate([need.weight * need.persons for need in needs]).astype(np.float64)
    rows, which = np.unique(reach, axis=0, return_inverse=True)
    total: Floats = np.bincount(which.ravel(), weights, minlength=len(rows)).astype(np.float64)
    return rows.astype(np.bool_), total
