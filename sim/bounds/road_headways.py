"""How soon one vehicle can follow another into a road, whatever a plan does to its capacity."""

from __future__ import annotations

import numpy as np

from sim.bounds.problem import Int64
from sim.plan import Plan
from sim.world import World


def least_headways(world: World, plan: Plan) -> Int64:
    """Least time between two vehicles at the entry of each edge, int64[n_edges], 1024ths of a ms.

    That of a dry day, which rain, night, ordinary traffic and accidents only lengthen, divided by
    all factors with which the controls of the plan ever raise the capacity of the edge. A
    contraflow adds at most what the other direction carries.
    """
    dry = world.statics.road_supply.headway_q10.astype(np.float64)
    factor = np.ones(len(dry))
    for control in plan.closures:
        edges = control.edges
        if control.kind == "police":
            factor[edges] *= np.maximum(1.0, control.factors)
        elif control.kind in ("contraflow", "tidal"):
            back = world.statics.opposite_edge[edges]
            edges, back = edges[back >= 0], back[back >= 0]
            factor[edges] *= 1 + dry[edges] / dry[back]
    return np.maximum(dry / factor, 1).astype(np.int64)
