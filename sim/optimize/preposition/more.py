"""What one more is worth: the same fresh nights with a unit or a boat that does not exist today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.measures.catalogue import info_of
from sim.measures.paired import Paired, compare
from sim.optimize.location.busy import expected_minutes
from sim.optimize.preposition.bench import Bench, Floats, open_bench
from sim.optimize.preposition.demand import Demand
from sim.optimize.preposition.player import PlacementPlayer, Setting
from sim.optimize.preposition.units import Placement
from sim.world import World

What = Literal["unit", "larger"]


@dataclass(frozen=True)
class OneMore:
    """what: a further unit like an existing one, or that unit with one boat more; unit: the
    existing one; post: where it waits; paired: with it minus without it, None where the measure
    does not exist."""

    what: What
    unit: str
    post: int
    paired: Paired | None


def one_more(
    setting: Setting, placement: Placement, demand: Demand, bench: Bench, how: tuple[str, int, int]
) -> tuple[OneMore, ...]:
    """The largest unit once more at the post where most waiting was left, and that unit larger.

    Args:
        demand: with the waiting left under the placement; bench: with the nights certified.
        how: measure, nights and workers.
    """
    measure, n, workers = how
    unit = setting.largest()
    name = setting.units[unit].id
    kind, world = setting.kind, setting.world
    post = best_post(demand, placement)
    found = []
    changed: list[tuple[What, World | None, Placement, int]] = [
        ("unit", kind.further(world, name, 1), (*placement, post), post),
        ("larger", kind.larger(world, name), placement, placement[unit]),
    ]
    for what, other, at, where in changed:
        if other is not None:
            player = PlacementPlayer(setting.in_world(other), bench.seed)
            values = values_of(player, at, measure, (range(n), workers))
            before = bench.values(setting.label(placement), range(n), measure)
            better = info_of(measure).better or "lower"
            found.append(OneMore(what, name, where, compare(values, before, better)))
    return tuple(found)


def best_post(demand: Demand, placement: Placement) -> int:
    """Where a further unit would shorten the waiting that was left most, nobody being busy."""
    if not demand.waited.any():
        return placement[0]
    posts = range(demand.minutes.shape[1])
    worth = [
        expected_minutes(demand.minutes, demand.waited, (*placement, post), 0.0) for post in posts
    ]
    return int(np.argmin(worth))


def values_of(
    player: PlacementPlayer, placement: Placement, measure: str, how: tuple[Sequence[int], int]
) -> Floats:
    """A measure of a placement that nobody has played, night by night; how: nights, workers."""
    nights, workers = how
    with open_bench(player, workers, None, len(nights)) as bench:
        return bench.values(player.setting.label(placement), nights, measure)
