"""p-center: n sites such that the farthest demand is as near as possible.

Binary search over the distances that occur; for each, the question whether n sites cover all
within it (Minieka 1970). The bound is the next smaller distance proven impossible.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.optimize.location.covering import fewest_sites
from sim.optimize.location.placement import Floats, NoPlacementError, Placement


def least_radius(distance: Floats, n_sites: int, fixed: Sequence[int] = ()) -> Placement:
    """Sites and the greatest distance from a demand to its nearest site.

    Args:
        distance: float64[demands, sites]; +∞ where a site cannot be reached.

    Raises:
        NoPlacementError: some demand can be reached by none of any n sites.
    """
    steps = np.unique(distance[np.isfinite(distance)])
    # no demand is nearer to a site than to its nearest one
    low = int(np.searchsorted(steps, distance.min(axis=1).max()))
    sites = _spread(distance, n_sites, fixed)
    reached = distance[:, list(sites)].min(axis=1).max()
    if not np.isfinite(reached):
        sites = fewest_sites(distance <= steps[-1], fixed, n_sites).sites
        reached = distance[:, list(sites)].min(axis=1).max()
    high = int(np.searchsorted(steps, reached))
    while low < high:
        middle = (low + high) // 2
        try:
            sites = fewest_sites(distance <= steps[middle], fixed, n_sites).sites
        except NoPlacementError:
            low = middle + 1
        else:
            high = int(np.searchsorted(steps, distance[:, list(sites)].min(axis=1).max()))
    value = float(steps[high])
    return Placement(filled(sites, n_sites, distance.shape[1]), value, value)


def filled(sites: Sequence[int], n_sites: int, n_all: int) -> tuple[int, ...]:
    """The sites, and the first others until there are n: more sites never do harm."""
    others = (j for j in range(n_all) if j not in set(sites))
    return tuple(sorted([*sites, *(next(others) for _ in range(n_sites - len(sites)))]))


def _spread(distance: Floats, n_sites: int, fixed: Sequence[int]) -> tuple[int, ...]:
    """A start: again and again the site nearest to the demand that is worst off."""
    sites = list(fixed)
    nearest = distance[:, sites].min(axis=1) if sites else np.full(len(distance), np.inf)
    while len(sites) < n_sites:
        worst = int(np.argmax(nearest))
        sites.append(int(np.argmin(distance[worst])))
        nearest = np.minimum(nearest, distance[:, sites[-1]])
    return tuple(sorted(set(sites)))
