"""Draws of an ensemble: they belong to the scenario and never see the seed of a run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.draws import Draws, stable_keys
from sim.draws_tables import compile_number
from sim.hazards.base import BoolArray, IntArray
from sim.schema.distributions import AnyDistribution
from sim.schema.hazard import Ensemble

TWO_32 = 1 << 32


class EnsembleDraws:
    """Everything random about the members of one ensemble.

    A member has a *size*: a 32-bit quantile that all its rivers and its rain share up to a stated
    scatter, so that a great storm brings much rain and high rivers together. Sizes and times are
    stratified (Latin hypercube): 40 members cover the whole range evenly instead of by luck.

    Attributes:
        n: number of members.
        false_alarm: bool [n], members in which the danger never comes.
        size: int64 [n], quantile of the member among those of its sort, 0 … 2^32 − 1.
    """

    def __init__(self, spec: Ensemble) -> None:
        self.n = spec.members
        self._draws = Draws(spec.seed, 0)
        self._keys = stable_keys([f"member/{k}" for k in range(spec.members)])
        self._scatter = int(spec.scatter * TWO_32)
        order = self._order("hazard/false-alarm", np.arange(self.n))
        self.false_alarm: BoolArray = np.zeros(self.n, np.bool_)
        self.false_alarm[order[: spec.false_alarm_members]] = True
        self.size: IntArray = np.zeros(self.n, np.int64)
        for sort in (True, False):
            rows = np.flatnonzero(self.false_alarm == sort)
            self.size[rows] = self.stratified("hazard/size", rows)

    def stratified(self, purpose: str, rows: IntArray | None = None) -> IntArray:
        """One quantile per member (or per member of ``rows``), evenly spread over 0 … 2^32 − 1."""
        rows = np.arange(self.n) if rows is None else rows
        if not len(rows):
            return np.zeros(0, np.int64)
        rank = np.empty(len(rows), np.int64)
        rank[self._order(purpose, rows)] = np.arange(len(rows))
        within = self._u32(purpose + "/within", rows).astype(np.int64)
        return (rank * TWO_32 + within) // len(rows)

    def free(self, k: int, purpose: str) -> int:
        """A quantile of member ``k`` that has nothing to do with its size."""
        return self._draws.one(purpose, int(self._keys[k]))

    def near_size(self, k: int, purpose: str) -> int:
        """A quantile close to the member's size; still uniform over all members.

        The size is moved by up to the scatter and reflected at both ends, which keeps a uniform
        quantile uniform.
        """
        move = (2 * self.free(k, purpose) - TWO_32) * self._scatter // TWO_32
        moved = abs(int(self.size[k]) + move)
        return moved if moved < TWO_32 else 2 * TWO_32 - 1 - moved

    def noise(self, k: int, purpose: str, occurrences: IntArray) -> NDArray[np.uint32]:
        """Independent quantiles of member ``k``, one per occurrence."""
        keys = np.full(len(occurrences), self._keys[k], dtype=np.uint64)
        return self._draws.u32(purpose, keys, occurrences)

    def _order(self, purpose: str, rows: IntArray) -> IntArray:
        return np.argsort(self._u32(purpose, rows), kind="stable")

    def _u32(self, purpose: str, rows: IntArray) -> NDArray[np.uint32]:
        return self._draws.u32(purpose, self._keys[rows])


def look_up(spec: AnyDistribution, unit: int, quantile: int) -> int:
    """Value of a distribution at a 32-bit quantile in whole ``1/unit``.

    Levels (``per``) and shared factors have no meaning here: every draw is one per member.
    """
    return compile_number(spec, unit).table.at_one(quantile)


def lowest(spec: AnyDistribution, unit: int) -> int:
    """Smallest value a distribution can give, in whole ``1/unit``."""
    return look_up(spec, unit, 0)


def highest(spec: AnyDistribution, unit: int) -> int:
    """Largest value a distribution can give, in whole ``1/unit``."""
    return look_up(spec, unit, TWO_32 - 1)
