"""Relocation 移防: where free units wait, so that the next call finds one near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from scipy.optimize import linear_sum_assignment

from sim.forces.coverage import Coverage
from sim.forces.travel import Travel
from sim.forces.units import Status, Unit

_NO_WAY = 2**43
"""Costs more than any sum of times of a few hundred thousand units within a month."""


class Relocation(Protocol):
    """Chooses posts for units that are not needed."""

    def post(self, unit: Unit, units: Sequence[Unit], now: int) -> int:
        """Node where a unit that has just been let go is to wait."""
        ...

    def moves(self, units: Sequence[Unit], now: int) -> list[tuple[int, int]]:
        """Free units that are to wait elsewhere from now on: (row of the unit, node)."""
        ...


def free_units(units: Sequence[Unit]) -> list[Unit]:
    """Units at a post or on their way to one."""
    return [unit for unit in units if unit.status in (Status.FREE, Status.TO_POST)]


class Stays:
    """Whoever has nothing to do waits where it is: a boat at its landing."""

    def post(self, unit: Unit, units: Sequence[Unit], now: int) -> int:
        """See Relocation."""
        return unit.target

    def moves(self, units: Sequence[Unit], now: int) -> list[tuple[int, int]]:
        """See Relocation."""
        return []


class ComplianceTable:
    """With so many units free, these posts are to be held 值守表.

    Args:
        posts_of: number of free units → so many nodes; a number that is left out moves nobody.
        travel: times on today's roads; the free units move with least total time.
    """

    def __init__(self, posts_of: Mapping[int, Sequence[int]], travel: Travel) -> None:
        for number, posts in posts_of.items():
            if len(posts) != number:
                raise ValueError(f"posts for {number} units: {len(posts)} given")
        self.posts_of = {number: tuple(posts) for number, posts in posts_of.items()}
        self.travel = travel

    def post(self, unit: Unit, units: Sequence[Unit], now: int) -> int:
        """See Relocation."""
        others = [other for other in free_units(units) if other is not unit]
        posts = self.posts_of.get(len(others) + 1)
        if posts is None:
            return unit.spec.post
        placed = self._placed([*others, unit], posts, now)
        return placed[len(others)]

    def moves(self, units: Sequence[Unit], now: int) -> list[tuple[int, int]]:
        """See Relocation."""
        free = free_units(units)
        posts = self.posts_of.get(len(free))
        if posts is None or Counter(unit.target for unit in free) == Counter(posts):
            return []
        placed = self._placed(free, posts, now)
        return [(u.row, p) for u, p in zip(free, placed, strict=True) if u.target != p]

    def _placed(self, free: Sequence[Unit], posts: Sequence[int], now: int) -> list[int]:
        """A post for every free unit, so that they drive least in all."""
        times = np.empty((len(free), len(posts)), dtype=np.int64)
        for column, post in enumerate(posts):
            to = self.travel.to(post, now)
            times[:, column] = [min(to[unit.kind][unit.target], _NO_WAY) for unit in free]
        _, chosen = linear_sum_assignment(times)
        return [posts[k] for k in chosen]


class PriorityList:
    """A unit let go holds the first post of a list that nobody holds 岗位次序; else its own."""

    def __init__(self, posts: Sequence[int]) -> None:
        self.posts = tuple(posts)

    def post(self, unit: Unit, units: Sequence[Unit], now: int) -> int:
        """See Relocation."""
        held = Counter(other.target for other in free_units(units) if other is not unit)
        for node in self.posts:
            if not held[node]:
                return node
            held[node] -= 1
        return unit.spec.post

    def moves(self, units: Sequence[Unit], now: int) -> list[tuple[int, int]]:
        """Nobody who waits is moved."""
        return []


class Dmexclp:
    """A unit let go waits where it adds most expected coverage (DMEXCLP).

    Jagtenberg, Bhulai, van der Mei (2015), An efficient heuristic for real-time ambulance
    redeployment, Operations Research for Health Care 4. Equal posts: the first of the list.
    """

    def __init__(self, coverage: Coverage, posts: Sequence[int]) -> None:
        self.coverage, self.posts = coverage, tuple(posts)

    def post(self, unit: Unit, units: Sequence[Unit], now: int) -> int:
        """See Relocation."""
        held = [other.target for other in free_units(units) if other is not unit]
        gains = self.coverage.gains(held, self.posts)
        return self.posts[gains.index(max(gains))]

    def moves(self, units: Sequence[Unit], now: int) -> list[tuple[int, int]]:
        """Nobody who waits is moved."""
        return []


class Among:
    """Relocation of those units only that bring some capability: ambulances, and not diggers."""

    def __init__(self, inner: Relocation, bits: int) -> None:
        self.inner, self.bits = inner, bits

    def post(self, unit: Unit, units: Sequence[Unit], now: int) -> int:
        """See Relocation."""
        if not unit.bits & self.bits:
            return unit.post
        return self.inner.post(unit, self._some(units), now)

    def moves(self, units: Sequence[Unit], now: int) -> list[tuple[int, int]]:
        """See Relocation."""
        return self.inner.moves(self._some(units), now)

    def _some(self, units: Sequence[Unit]) -> list[Unit]:
        return [unit for unit in units if unit.bits & self.bits]
