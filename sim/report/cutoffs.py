"""When roads are cut, over all replications: how many people live in a zone that is cut off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN
from sim.measures.observed import grid_min
from sim.report.book import Book
from sim.roads.network import Network


def people_cut_off(book: Book) -> NDArray[np.int64] | None:
    """Persons on the lists whose zone is cut off by each grid time, int64[n, points].

    The same for every plan: the hazard alone cuts roads. None without the scenario, on a matrix
    of travel times (which knows no cut-off), or where no zone is ever cut off.
    """
    world = book.world
    if world is None or not isinstance(world.roads, Network):
        return None
    persons = np.bincount(
        world.zone_of_party(), world.parties.size, minlength=len(world.zones.rows)
    ).astype(np.int64)
    grid_ms = grid_min(world.horizon_ms // MS_PER_MIN) * MS_PER_MIN
    members = book.scored.tables[book.scored.baseline].members
    lines = {}
    for member in np.unique(members[members >= 0]).tolist():
        cut = world.statics.views.view(member).zone_cutoff_ms
        lines[member] = (persons[:, None] * (cut[:, None] <= grid_ms)).sum(axis=0)
    known = [lines[m] for m in members.tolist() if m in lines]
    if not known:
        return None
    found = np.stack(known).astype(np.int64)
    return found if found.any() else None
