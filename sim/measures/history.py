"""Where every party was when: the state records of a log as stays, party by party."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.states import State

Int64 = NDArray[np.int64]
_RADIX = 1 << 16


@dataclass(frozen=True)
class History:
    """Stays of all parties, sorted by party, then in the order of the log.

    Attributes:
        party, state, place: one row per stay; everybody begins at home.
        start_ms, end_ms: a stay ends when the next begins, the last one at the horizon.
        first: int64[n_parties + 1]; ``first[p]:first[p + 1]`` are the stays of party p.
    """

    party: Int64
    state: NDArray[np.int8]
    place: Int64
    start_ms: Int64
    end_ms: Int64
    first: Int64

    @property
    def last(self) -> Int64:
        """Row of the last stay of every party."""
        return self.first[1:] - 1

    def in_states(self, *states: State) -> NDArray[np.bool_]:
        """Stays in any of some states, bool[n_stays]."""
        wanted = np.zeros(len(State), dtype=np.bool_)
        wanted[list(states)] = True
        chosen: NDArray[np.bool_] = wanted[self.state]
        return chosen


def make_history(states: NDArray[np.void], home: ArrayLike, horizon_ms: int) -> History:
    """Stays from the STATE records of a log.

    Args:
        states: records of one kind, in order of time, then of writing.
        home: place row of every party's home; there it begins, in state ``at_home``.
    """
    home = np.asarray(home)
    n, m = len(home), len(states)
    order = order_by(states["who"], n)
    who = states["who"][order].astype(np.int64)
    first = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(who, minlength=n) + 1, out=first[1:])
    rows = np.arange(m) + who + 1  # behind the first stay of every party up to this one
    party = np.repeat(np.arange(n), np.diff(first))
    state = np.full(n + m, State.AT_HOME, dtype=np.int8)
    place = home[party].astype(np.int64)
    start = np.zeros(n + m, dtype=np.int64)
    state[rows] = states["value"][order]
    place[rows] = states["place"][order]
    start[rows] = states["t"][order]
    end = np.empty(n + m, dtype=np.int64)
    end[:-1] = start[1:]
    end[first[1:] - 1] = horizon_ms
    return History(party, state, place, start, end, first)


def order_by(rows: NDArray[np.int32], n: int) -> Int64:
    """Stable order of row numbers 0 … n−1 (radix sort, several times faster than comparing)."""
    order: Int64 = np.argsort((rows % _RADIX).astype(np.uint16), kind="stable")
    if n > _RADIX:
        high = (rows[order] // _RADIX).astype(np.uint16)
        order = order[np.argsort(high, kind="stable")]
    return order
