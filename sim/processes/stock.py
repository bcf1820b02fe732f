"""Where all supplies are: in stores, on trucks, in shelters, used. Nothing appears or vanishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_DAY
from sim.io.supply_standards import MILLI

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Needs:
    """What people in shelters need, an entry per item, in thousandths of its unit.

    milli: per person; per_day: whether per day and used up, or once and lent.
    """

    names: tuple[str, ...]
    milli: Int64
    per_day: NDArray[np.bool_]

    def for_persons(self, persons: int | Int64, hours: float) -> Int64:
        """What so many persons need for some hours, rounded up, int64[item] (or [n, item])."""
        once = self.milli * np.asarray(persons, dtype=np.int64)[..., None]
        needed: Int64 = np.where(self.per_day, -(-once * round(hours * 60) // 1440), once)
        return needed


class Stock:
    """The ledger of one run, int64 thousandths: [holder, item]; holders are stores, then shelters.

    held: what lies there; coming: what trucks bring there; used: by the people of each shelter.
    """

    def __init__(self, in_stores: Int64, n_shelters: int, needs: Needs) -> None:
        self.needs, self.n_stores = needs, len(in_stores)
        nothing = np.zeros((n_shelters, in_stores.shape[1]), dtype=np.int64)
        self.held: Int64 = np.concatenate([in_stores, nothing])
        self.coming = np.zeros_like(self.held)
        self.used, self._owed = nothing.copy(), nothing.copy()

    @property
    def shelter(self) -> Int64:
        """What lies in the shelters, int64[shelter, item]; a view."""
        return self.held[self.n_stores :]

    def of_shelter(self, shelter: int) -> int:
        """The holder that a shelter is."""
        return self.n_stores + shelter

    def total(self) -> Int64:
        """All there is and was of every item, int64[item]: the same at every moment."""
        total: Int64 = sum(
            (part.sum(axis=0) for part in (self.held, self.coming, self.used)),
            np.zeros(self.held.shape[1], dtype=np.int64),
        )
        return total

    def load(self, store: int, to: int, wanted: Int64) -> Int64:
        """From a store onto a truck for another holder: what there is of what is wanted."""
        taken: Int64 = np.minimum(self.held[store], np.maximum(wanted, 0))
        self.held[store] -= taken
        self.coming[to] += taken
        return taken

    def hand_over(self, to: int, amounts: Int64) -> None:
        """From a truck to the holder it was sent to.

        Raises:
            ValueError: more than is on its way there.
        """
        if (amounts > self.coming[to]).any() or (amounts < 0).any():
            raise ValueError(f"amounts(={amounts}) must be ≥ 0, ≤ {self.coming[to]}")
        self.coming[to] -= amounts
        self.held[to] += amounts

    def lacks(self, holder: int, persons: int, hours: float) -> Int64:
        """What is lacking there and not on its way either, for so many persons and hours; nobody
        breaks up a box."""
        wanted = self.needs.for_persons(persons, hours)
        lacking = np.maximum(wanted - self.held[holder] - self.coming[holder], 0)
        whole: Int64 = -(-lacking // MILLI) * MILLI
        return whole

    def use(self, persons: Sequence[int] | Int64, ms: int) -> Int64:
        """People in every shelter use what they need for a while; persons who go without,
        int64[shelter, item].

        What is used up is owed to the last part of a thousandth, so steps of any length add up.
        """
        here = np.asarray(persons, dtype=np.int64)[:, None]
        needs = self.needs
        self._owed += np.where(needs.per_day, needs.milli * here * ms, 0)
        due = self._owed // MS_PER_DAY
        taken = np.minimum(due, self.shelter)
        self._owed -= due * MS_PER_DAY  # what was lacking is gone without, not owed for ever
        self.held[self.n_stores :] -= taken
        self.used += taken
        unfed = -(-here * (due - taken) // np.maximum(due, 1))
        bare = np.maximum(here - self.shelter // needs.milli, 0)
        without: Int64 = np.where(needs.per_day, unfed, bare)
        return without
