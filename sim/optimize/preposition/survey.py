"""One look at every hazard member: which places stay dry, and in which members something comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.clock import NEVER
from sim.optimize.ensemble import deadlines
from sim.world import World

Bools = NDArray[np.bool_]
Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Survey:
    """dry: bool[places], never at the harm level in any member; hit: bool[members], some zone is
    cut off or reached; persons: int64[members], who have the danger at their homes."""

    dry: Bools
    hit: Bools
    persons: Int64

    def spread(self, members: Sequence[int], n: int) -> list[int]:
        """Which n of some members stand for all of them: from the mildest to the worst at equal
        steps, so that the few bad nights have their share. Rows of the argument, ascending."""
        order = np.argsort(self.persons[list(members)], kind="stable")
        steps = (2 * np.arange(n) + 1) * len(order) // (2 * n)
        found: list[int] = np.sort(order[steps]).tolist()
        return found


def survey(world: World) -> Survey:
    """Look at all members once."""
    dry = np.ones(len(world.places), dtype=np.bool_)
    hit = np.zeros(len(world.hazard.weights), dtype=np.bool_)
    persons = np.zeros(len(hit), dtype=np.int64)
    at_home = np.bincount(
        world.parties.home, world.parties.size, minlength=len(world.homes.rows)
    ).astype(np.int64)
    for k in range(len(hit)):
        view = world.statics.views.view(k)
        dry &= view.place_wet_ms > world.horizon_ms
        persons[k] = at_home[view.place_wet_ms[: len(at_home)] <= world.horizon_ms].sum()
        hit[k] = bool((deadlines(view, world.horizon_ms) < NEVER).any())
    return Survey(dry, hit, persons)
