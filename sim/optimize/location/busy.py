"""Expected minutes to the first free unit when every unit may be busy: what a placement is worth.

The k-th nearest unit that can answer a demand comes with probability ``(1 - busy) * busy**(k -
1)``; the last takes what is left over. With ``busy`` 0 this is the p-median. Placements are
improved unit by unit. Ranks are counted post by post, so that no move has to be sorted anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.optimize.location.placement import Bools, Floats

Int64 = NDArray[np.int64]


class Skill(NamedTuple):
    """Demands (rows) that the same units (positions in a placement) can answer."""

    demands: Int64
    units: tuple[int, ...]


def expected_minutes(
    minutes: Floats,
    weights: Floats,
    posts: Sequence[int],
    busy: float,
    skills: Sequence[Skill] = (),
) -> float:
    """Weighted mean over the demands that anybody can answer.

    Args:
        minutes: float64[demands, posts]; posts: of every unit.
        skills: who answers what; none: everybody answers everything.
    """
    groups = _groups((minutes, weights), posts, busy, skills)
    return sum(group.total(posts) for group in groups) / sum(group.weight for group in groups)


def moves(
    demand: tuple[Floats, Floats],
    posts: Sequence[int],
    busy: float,
    free: Bools | None = None,
    skills: Sequence[Skill] = (),
) -> list[tuple[float, int, int]]:
    """Every move of one unit to another post: (expected minutes after it, unit, post), best first.

    Units at one post that answer the same are alike: only the first of them is moved, of those
    ``free`` to go.

    Args:
        demand: minutes and weights as in ``expected_minutes``.
    """
    groups = _groups(demand, posts, busy, skills)
    totals = [group.total(posts) for group in groups]
    weight, found = sum(group.weight for group in groups), []
    seen: set[tuple[int, tuple[bool, ...]]] = set()
    for unit, now in enumerate(posts):
        mine = tuple(unit in group.units for group in groups)
        if (free is not None and not free[unit]) or (now, mine) in seen:
            continue
        seen.add((now, mine))
        after = np.zeros(demand[0].shape[1])
        for group, total, own in zip(groups, totals, mine, strict=True):
            after += group.moved(posts, unit) if own else total
        found += [(after[k] / weight, unit, k) for k in range(len(after)) if k != now]
    return sorted(found)


def descend(
    demand: tuple[Floats, Floats],
    posts: Sequence[int],
    busy: float,
    skills: Sequence[Skill] = (),
    steps: int | None = None,
) -> tuple[int, ...]:
    """Placement after the best move, again and again until none helps or ``steps`` are made."""
    now, made = tuple(posts), 0
    best = expected_minutes(*demand, now, busy, skills)
    while steps is None or made < steps:
        ranked = moves(demand, now, busy, skills=skills)
        if not ranked or ranked[0][0] >= best * (1 - 1e-9):
            return now
        best, unit, post = ranked[0]
        now, made = (*now[:unit], post, *now[unit + 1 :]), made + 1
    return now


def _groups(
    demand: tuple[Floats, Floats], posts: Sequence[int], busy: float, skills: Sequence[Skill]
) -> list[_Group]:
    everything = Skill(np.arange(len(demand[1])), tuple(range(len(posts))))
    return [
        _Group(demand[0][one.demands], demand[1][one.demands], one.units, busy)
        for one in skills or (everything,)
        if one.units
    ]


class _Group:
    """Demands answered by the same units, with the posts of every demand from near to far."""

    def __init__(
        self, minutes: Floats, weights: Floats, units: tuple[int, ...], busy: float
    ) -> None:
        self.units, self._weights = frozenset(units), weights
        self.weight = float(weights.sum())
        self._order = np.argsort(minutes, axis=1, kind="stable")
        self._times = np.take_along_axis(minutes, self._order, axis=1)
        self._place = np.argsort(self._order, axis=1)
        # chance that one of the k nearest is free, and 1 for all: the last is waited for
        self._first = 1 - busy ** np.arange(len(units) + 1, dtype=np.float64)
        self._first[-1] = 1.0

    def _counts(self, posts: Sequence[int], without: int = -1) -> Int64:
        """Units at every post, in the order of each demand."""
        here = [posts[unit] for unit in self.units if unit != without]
        counts = np.bincount(here, minlength=self._times.shape[1])
        return counts[self._order]

    def total(self, posts: Sequence[int]) -> float:
        """Expected minutes times weight, over all demands."""
        counts = self._counts(posts)
        upto = np.cumsum(counts, axis=1)
        chance = self._first[upto] - self._first[upto - counts]
        return float(self._weights @ (self._times * chance).sum(axis=1))

    def moved(self, posts: Sequence[int], unit: int) -> Floats:
        """The same with one of the units at each post in turn, float64[posts]."""
        counts = self._counts(posts, unit)
        upto = np.cumsum(counts, axis=1)
        before = upto - counts
        nearer = self._times * (self._first[upto] - self._first[before])
        # whoever is farther than the unit moved ranks one lower
        farther = self._times * (self._first[upto + 1] - self._first[before + 1])
        left = np.cumsum(nearer, axis=1)
        right = farther.sum(axis=1)[:, None] - np.cumsum(farther, axis=1)
        own = self._times * (self._first[upto + 1] - self._first[upto])
        each = np.take_along_axis(left + own + right, self._place, axis=1)
        totals: Floats = self._weights @ each
        return totals
