"""p-median with room: n sites, each serving so much at most, with the least total cost.

A demand may be served from several sites (lots from several stores), so that once the sites are
chosen what remains is a transport problem. Given to HiGHS as it is (Daskin 2013, section 6.5).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from sim.optimize.location.placement import (
    Floats,
    Model,
    Placement,
    chosen,
    fixed_limits,
    solve,
    stack,
)


def least_served(
    cost: Floats, weights: Floats, room: Floats, n_sites: int, fixed: Sequence[int] = ()
) -> Placement:
    """The sites from which all demands are served for least.

    Args:
        cost: float64[demands, sites], per unit of weight, finite.
        weights: float64[demands]; room: float64[sites], the most weight that a site serves.
        fixed: sites that stand already; they count among the n.

    Raises:
        NoPlacementError: no n sites have room for everybody.
    """
    n_demands, n_all = cost.shape
    pairs = n_demands * n_all
    # x: a variable per site, then the share of every demand that every site serves
    all_served = sparse.kron(sparse.eye_array(n_demands), np.ones((1, n_all)))
    within_room = sparse.kron(weights[None, :], sparse.eye_array(n_all))
    only_if_open = sparse.kron(np.ones((n_demands, 1)), -sparse.eye_array(n_all))
    model = Model(
        np.concatenate([np.zeros(n_all), (cost * weights[:, None]).ravel()]),
        stack(
            [
                [sparse.csr_array((n_demands, n_all)), all_served],
                [sparse.diags_array(-room), within_room],
                [only_if_open, sparse.eye_array(pairs)],
                [sparse.csr_array(np.ones((1, n_all))), sparse.csr_array((1, pairs))],
            ]
        ),
        np.concatenate([np.ones(n_demands), np.full(n_all + pairs, -np.inf), [float(n_sites)]]),
        np.concatenate([np.ones(n_demands), np.zeros(n_all + pairs), [float(n_sites)]]),
        np.ones(n_all + pairs),
        np.arange(n_all + pairs) < n_all,
        np.concatenate([fixed_limits(n_all, fixed), np.zeros(pairs)]),
    )
    found = solve(model)
    value = float(model.cost @ found.x)
    return Placement(chosen(found.x[:n_all]), value, min(value, found.bound))
