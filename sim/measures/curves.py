"""People against the clock: how many were told, had left, were out, were counted by each half hour.

The same grid as the observed reports, so that a band of replications can be drawn under them.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_MIN, NEVER
from sim.log import RunLog
from sim.measures.facts import Facts
from sim.measures.observed import grid_min
from sim.schema.tables import SettlementRow
from sim.states import State
from sim.world import World

Int64 = NDArray[np.int64]
NAMES = ("told", "left", "out", "registered")


def run_curves(world: World, log: RunLog, townships: Iterable[str] = ()) -> dict[str, Int64]:
    """Persons by each grid time, int64[points], for the whole plan and for some townships.

    Returns:
        ``told``, ``left`` (home, on whatever way; upstairs is not left), ``out`` (arrived safe, in
        place included), ``registered`` (head-counted), each person once at the first time; and
        ``told:<township>`` … for every township named.
    """
    return facts_curves(Facts(world, log), townships)


def facts_curves(facts: Facts, townships: Iterable[str] = ()) -> dict[str, Int64]:
    """The same from facts that other readers of the log share."""
    world = facts.world
    times = (facts.told, left_home_ms(facts), facts.out, facts.registered)
    grid = grid_min(world.horizon_ms // MS_PER_MIN) * MS_PER_MIN
    grid[-1] = min(int(grid[-1]), world.horizon_ms)
    everyone = np.ones(facts.n, dtype=np.bool_)
    found = {name: _curve(facts, ms, everyone, grid) for name, ms in zip(NAMES, times, strict=True)}
    wanted = sorted(set(townships) - {""})
    town = np.array(township_of_homes(world))[world.parties.home]
    for township in wanted:
        mine: NDArray[np.bool_] = town == township
        for name, ms in zip(NAMES, times, strict=True):
            found[f"{name}:{township}"] = _curve(facts, ms, mine, grid)
    return found


def left_home_ms(facts: Facts) -> Int64:
    """When each party first set out from home, by any means; NEVER for who did not."""
    history = facts.history
    gone = history.in_states(State.WALKING, State.DRIVING, State.ABOARD, State.ABOARD_BOAT)
    rows = np.flatnonzero(gone)[::-1]
    left = np.full(facts.n, NEVER, dtype=np.int64)
    left[history.party[rows]] = history.start_ms[rows]
    return left


def township_of_homes(world: World) -> list[str]:
    """Township of every home; that of its zone where its own row names none."""
    found = []
    for row, zone in zip(world.homes.rows, world.homes.zone.tolist(), strict=True):
        own = row.township if isinstance(row, SettlementRow) else ""
        found.append(own or (world.zones.rows[zone].township if zone >= 0 else ""))
    return found


def _curve(facts: Facts, times_ms: Int64, chosen: NDArray[np.bool_], grid_ms: Int64) -> Int64:
    mine = chosen & (times_ms < NEVER)
    step = np.searchsorted(grid_ms, times_ms[mine])
    counts = np.bincount(step, facts.size[mine], minlength=len(grid_ms))
    return np.cumsum(counts[: len(grid_ms)]).astype(np.int64)
