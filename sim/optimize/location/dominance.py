"""A cover made smaller before it is solved: what is implied by the rest is left out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.optimize.location.placement import Bools


def undominated(covers: Bools) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows (demands) and columns (sites) of a cover that still decide something.

    A site goes when another covers all it covers; a demand goes when covering another covers it.
    Of equals the first stays. Repeated until nothing goes any more.
    """
    rows, columns = np.arange(covers.shape[0]), np.arange(covers.shape[1])
    while True:
        left = covers[np.ix_(rows, columns)]
        keep_columns = ~_inside_another(left.T)
        left = left[:, keep_columns]
        # a demand is implied when some other demand's sites are a part of its own
        keep_rows = ~_inside_another(~left)
        if keep_rows.all() and keep_columns.all():
            return rows, columns
        rows, columns = rows[keep_rows], columns[keep_columns]


def _inside_another(sets: Bools) -> Bools:
    """Which rows, as sets, are a part of another row; of equal rows all but the first."""
    as_number = sets.astype(np.float32)
    common = as_number @ as_number.T
    size = as_number.sum(axis=1)
    inside = common >= size[:, None]
    equal = inside & inside.T
    earlier = np.tril(np.ones_like(equal), -1)
    found: Bools = ((inside & ~equal) | (equal & earlier)).any(axis=1)
    return found
