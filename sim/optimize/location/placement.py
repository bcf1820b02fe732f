"""What a location model answers, and the one door to the solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

WHOLE = 1e-6
"""A value this near to a whole number is that number: the solver's own tolerance."""


@dataclass(frozen=True)
class Placement:
    """Sites chosen and what they are worth.

    Attributes:
        sites: rows of the chosen sites, ascending; a site that takes several units is repeated.
        value: what the sites achieve, worked out from the sites, not read from the solver.
        bound: no choice of sites does better than this.
    """

    sites: tuple[int, ...]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """How far from the bound, as a share of it; 0 for a proven optimum."""
        if self.bound == self.value:
            return 0.0
        return abs(self.value - self.bound) / max(abs(self.bound), abs(self.value))


class NoPlacementError(ValueError):
    """No choice of sites meets the conditions, e.g. a place that no site covers."""


@dataclass(frozen=True)
class Solved:
    """x with whole numbers made exact, and a lower bound of the cost."""

    x: Floats
    bound: float


@dataclass(frozen=True)
class Model:
    """Least ``cost @ x`` with ``low <= rows @ x <= high`` and ``0 <= x <= most``.

    whole: which variables are whole numbers; least: lower limits of x, 0 when left out.
    """

    cost: Floats
    rows: sparse.csr_array
    low: Floats
    high: Floats
    most: Floats
    whole: Bools
    least: Floats | None = None


def solve(model: Model, node_limit: int | None = None) -> Solved:
    """The best x, proven unless the limit of branch-and-bound nodes stopped the search.

    A limit of nodes and not of seconds, so that every machine gives the same answer.

    Raises:
        NoPlacementError: nothing meets the conditions, or the limit came before a first answer.
    """
    least = np.zeros(len(model.cost)) if model.least is None else model.least
    options: dict[str, float | int] = {"mip_rel_gap": 0.0}
    if node_limit is not None:
        options["node_limit"] = node_limit
    found = milp(
        model.cost,
        integrality=model.whole.astype(np.int64),
        bounds=Bounds(least, model.most),
        constraints=LinearConstraint(model.rows, model.low, model.high),
        options=options,
    )
    if found.x is None:
        raise NoPlacementError(str(found.message))
    x = np.where(model.whole, np.round(found.x), found.x)
    return Solved(x, float(found.fun if found.mip_dual_bound is None else found.mip_dual_bound))


def fixed_limits(n_sites: int, fixed: Sequence[int]) -> Floats:
    """Lower limits of the site variables: 1 where a site exists already, float64[n_sites]."""
    least = np.zeros(n_sites)
    least[list(fixed)] = 1.0
    return least


def stack(blocks: list[list[sparse.sparray | None]]) -> sparse.csr_array:
    """Blocks of coefficients side by side and one above the other."""
    return sparse.csr_array(sparse.block_array(blocks))


def chosen(x: Floats) -> tuple[int, ...]:
    """Rows of the sites, each as often as units stand there."""
    units = np.round(x).astype(np.int64)
    return tuple(np.repeat(np.arange(len(units)), units).tolist())
