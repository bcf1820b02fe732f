"""Who is within reach: the fewest sites that cover all, and the most that n sites cover.

Sources: Toregas et al. 1971 (LSCP); Church and ReVelle 1974 (MCLP); Hogan and ReVelle 1986 (backup
coverage, BACOP1 and BACOP2). ``covers`` is bool[demands, sites] throughout.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from sim.optimize.location.dominance import undominated
from sim.optimize.location.placement import (
    Bools,
    Floats,
    Model,
    NoPlacementError,
    Placement,
    chosen,
    fixed_limits,
    solve,
    stack,
)


def fewest_sites(covers: Bools, fixed: Sequence[int] = (), at_most: int | None = None) -> Placement:
    """LSCP: the fewest sites, ``fixed`` among them, that cover every demand.

    Args:
        at_most: give up as soon as it is proven that more sites than this are needed.

    Raises:
        NoPlacementError: some demand is covered by no site, or ``at_most`` is not enough.
    """
    if not covers.any(axis=1).all():
        raise NoPlacementError("a demand is covered by no site")
    left = np.flatnonzero(~covers[:, list(fixed)].any(axis=1))
    rows, columns = undominated(covers[left])
    n = len(columns)
    if not n:
        return Placement(tuple(sorted(fixed)), float(len(fixed)), float(len(fixed)))
    most = np.inf if at_most is None else float(at_most - len(fixed))
    cover = sparse.csr_array(covers[np.ix_(left[rows], columns)].astype(np.float64))
    model = Model(
        np.ones(n),
        stack([[cover], [sparse.csr_array(np.ones((1, n)))]]),
        np.concatenate([np.ones(len(rows)), [0.0]]),
        np.concatenate([np.full(len(rows), np.inf), [most]]),
        np.ones(n),
        np.ones(n, dtype=np.bool_),
    )
    found = solve(model)
    sites = tuple(sorted({*fixed, *columns[list(chosen(found.x))].tolist()}))
    return Placement(sites, float(len(sites)), float(np.ceil(found.bound - 1e-6)) + len(fixed))


def most_covered(
    covers: Bools, weights: Floats, n_sites: int, fixed: Sequence[int] = ()
) -> Placement:
    """MCLP: ``n_sites`` sites, ``fixed`` among them, that cover the greatest weight."""
    n_demands, n_all = covers.shape
    cover = sparse.csr_array(covers.astype(np.float64))
    demands = sparse.eye_array(n_demands)
    model = Model(
        np.concatenate([np.zeros(n_all), -weights]),
        stack(
            [
                [cover, -demands],
                [sparse.csr_array(np.ones((1, n_all))), sparse.csr_array((1, n_demands))],
            ]
        ),
        np.concatenate([np.zeros(n_demands), [float(n_sites)]]),
        np.concatenate([np.full(n_demands, np.inf), [float(n_sites)]]),
        np.ones(n_all + n_demands),
        np.arange(n_all + n_demands) < n_all,
        np.concatenate([fixed_limits(n_all, fixed), np.zeros(n_demands)]),
    )
    found = solve(model)
    sites = chosen(found.x[:n_all])
    value = float(weights[covers[:, list(sites)].any(axis=1)].sum())
    return Placement(sites, value, max(value, -found.bound))


def most_backed_up(
    covers: Bools, weights: Floats, n_sites: int, first_share: float = 0.0
) -> Placement:
    """BACOP: the greatest weight covered twice (two sites), when one of the sites is busy or lost.

    Args:
        first_share: how much a first cover counts beside a second, 0 to 1. At 0 every demand must
            be covered once (BACOP1); above 0 the weighted sum of both is sought (BACOP2).

    Raises:
        NoPlacementError: BACOP1 with too few sites to cover every demand.
    """
    n_demands, n_all = covers.shape
    cover = sparse.csr_array(covers.astype(np.float64))
    eye, zero = sparse.eye_array(n_demands), sparse.csr_array((1, n_demands))
    must = first_share == 0
    model = Model(
        np.concatenate([np.zeros(n_all), -weights * first_share, -weights * (1 - first_share)]),
        stack(
            [
                [cover, -eye, -eye],
                [sparse.csr_array((n_demands, n_all)), eye, -eye],
                [sparse.csr_array(np.ones((1, n_all))), zero, zero],
            ]
        ),
        np.concatenate([np.zeros(2 * n_demands), [float(n_sites)]]),
        np.concatenate([np.full(2 * n_demands, np.inf), [float(n_sites)]]),
        np.ones(n_all + 2 * n_demands),
        np.arange(n_all + 2 * n_demands) < n_all,
        np.concatenate([np.zeros(n_all), np.full(n_demands, float(must)), np.zeros(n_demands)]),
    )
    found = solve(model)
    sites = chosen(found.x[:n_all])
    times = covers[:, list(sites)].sum(axis=1)
    once, twice = float(weights[times > 0].sum()), float(weights[times > 1].sum())
    value = first_share * once + (1 - first_share) * twice
    return Placement(sites, value, max(value, -found.bound))
