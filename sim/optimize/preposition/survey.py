"""One look at every hazard member: which places stay dry, and in which members something comes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.optimize.ensemble import deadlines
from sim.world import World

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Survey:
    """dry: bool[places], never at the harm level in any member; hit: bool[members], some zone is
    cut off or reached."""

    dry: Bools
    hit: Bools


def survey(world: World) -> Survey:
    """Look at all members once."""
    dry = np.ones(len(world.places), dtype=np.bool_)
    hit = np.zeros(len(world.hazard.weights), dtype=np.bool_)
    for k in range(len(hit)):
        view = world.statics.views.view(k)
        dry &= view.place_wet_ms > world.horizon_ms
        hit[k] = bool((deadlines(view, world.horizon_ms) < NEVER).any())
    return Survey(dry, hit)
