"""MEXCLP (Daskin 1983): units that are sometimes busy, several at one post, of several types.

A demand covered by k units is served with probability ``1 - busy**k``; the k-th unit adds
``(1 - busy) * busy**(k - 1)`` of its weight. Types differ in reach (a boat team and a medical team
do not use the same roads) and each has its own number of units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from sim.optimize.location.placement import Bools, Floats, Model, chosen, solve, stack


@dataclass(frozen=True)
class UnitType:
    """Units of one kind.

    covers: bool[demands, sites]; n_units: to be placed, all of them; at_most: per site; fixed:
    sites where one of them stands already, repeated for several; they count among the units.
    """

    covers: Bools
    n_units: int
    at_most: int = 1
    fixed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Expected:
    """sites: per type, repeated where several stand; value, bound: expected weight served."""

    sites: tuple[tuple[int, ...], ...]
    value: float
    bound: float


def most_expected(
    types: Sequence[UnitType], weights: Floats, busy: float, node_limit: int | None = None
) -> Expected:
    """Posts of all units such that the expected weight served is greatest.

    Args:
        busy: probability that a unit is busy when it is called, 0 to below 1.
        node_limit: see ``solve``; the bound tells what was left open.

    Raises:
        NoPlacementError: more units than the sites may hold.
    """
    n_units = sum(kind.n_units for kind in types)
    n_demands = len(weights)
    gain = (1 - busy) * busy ** np.arange(n_units)
    at = np.cumsum([0, *(kind.covers.shape[1] for kind in types)])
    n = int(at[-1])
    covers = sparse.hstack([sparse.csr_array(kind.covers.astype(np.float64)) for kind in types])
    count = np.zeros((len(types), n))
    least, most = np.zeros(n), np.ones(n)
    for row, kind in enumerate(types):
        mine = slice(at[row], at[row + 1])
        count[row, mine], most[mine] = 1.0, kind.at_most
        np.add.at(least[mine], np.array(kind.fixed, dtype=np.int64), 1.0)
    units = np.array([kind.n_units for kind in types], dtype=np.float64)
    levels = sparse.kron(sparse.eye_array(n_demands), np.ones((1, n_units)))
    model = Model(
        np.concatenate([np.zeros(n), -np.outer(weights, gain).ravel()]),
        stack(
            [
                [covers, -levels],
                [sparse.csr_array(count), sparse.csr_array((len(types), n_demands * n_units))],
            ]
        ),
        np.concatenate([np.zeros(n_demands), units]),
        np.concatenate([np.full(n_demands, np.inf), units]),
        np.concatenate([most, np.ones(n_demands * n_units)]),
        np.arange(n + n_demands * n_units) < n,
        np.concatenate([least, np.zeros(n_demands * n_units)]),
    )
    found = solve(model, node_limit)
    sites = tuple(chosen(found.x[at[k] : at[k + 1]]) for k in range(len(types)))
    value = expected(types, weights, busy, sites)
    return Expected(sites, value, max(value, -found.bound))


def expected(
    types: Sequence[UnitType], weights: Floats, busy: float, sites: Sequence[Sequence[int]]
) -> float:
    """Expected weight served by given posts."""
    reach = sum(
        (kind.covers[:, list(mine)].sum(axis=1) for kind, mine in zip(types, sites, strict=True)),
        np.zeros(len(weights), dtype=np.int64),
    )
    return float((weights * (1 - busy ** np.asarray(reach, dtype=np.float64))).sum())
