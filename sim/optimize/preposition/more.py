"""What one more is worth: the same fresh nights with a unit or a boat that does not exist today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sim.measures.catalogue import info_of
from sim.measures.paired import Paired, compare
from sim.optimize.location.busy import expected_minutes
from sim.optimize.preposition.bench import Bench
from sim.optimize.preposition.demand import Demand
from sim.optimize.preposition.scene import Scene
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.units import Placement

What = Literal["unit", "larger"]
MOST_OFFERS = 2
"""Abilities of which one more unit is played."""


@dataclass(frozen=True)
class Offer:
    """what: a further unit like an existing one, or that unit with one boat more; unit: the
    existing one; post: where it waits; scene: how it is played."""

    what: What
    unit: str
    post: int
    scene: Scene


@dataclass(frozen=True)
class OneMore:
    """An offer, and the fresh nights with it minus those without it; None where the measure does
    not exist."""

    what: What
    unit: str
    post: int
    paired: Paired | None


def offers(setting: Setting, placement: Placement, demand: Demand) -> tuple[Offer, ...]:
    """The largest unit of an ability once more, where most waiting was left that it can answer, of
    the abilities that promise most; and the largest of all one boat (half a stock) larger.

    demand: with the waiting left under the placement.
    """
    ranked: list[tuple[float, int, Offer]] = []
    for unit in setting.ablest():
        name = setting.units[unit].id
        scene = Scene(None, True, more=(name,), copies=1)
        worth, post = best_post(setting.changed(scene), demand, (placement, unit))
        offer = Offer("unit", name, post, replace(scene, at=(*placement, post)))
        ranked.append((worth, -setting.units[unit].capacity, offer))
    ranked.sort(key=lambda one: one[:2])
    found = [offer for _, _, offer in ranked[:MOST_OFFERS]]
    unit = setting.largest()
    name = setting.units[unit].id
    if setting.kind.larger(setting.world, name) is not None:
        scene = replace(setting.scene(placement, fresh=True), larger=name)
        found.append(Offer("larger", name, placement[unit], scene))
    return tuple(found)


def one_more(
    bench: Bench, some: Sequence[Offer], without: str, how: tuple[str, Sequence[int]]
) -> tuple[OneMore, ...]:
    """What offers are worth; without: the scene without them; how: measure and nights."""
    measure, nights = how
    before, better = bench.values(without, nights, measure), info_of(measure).better or "lower"
    return tuple(
        OneMore(
            one.what, one.unit, one.post,
            compare(bench.values(one.scene.text(), nights, measure), before, better),
        )
        for one in some
    )  # fmt: skip


def best_post(more: Setting, demand: Demand, of: tuple[Placement, int]) -> tuple[float, int]:
    """Where a further unit would shorten the waiting that was left most, nobody being busy, and the
    minutes expected then.

    more: with the further unit; of: the placement without it, and whose copy it is.
    """
    placement, unit = of
    skills = demand.with_units(more).skills
    if not demand.waited.any() or not skills:
        return 0.0, placement[unit]
    worth = [
        expected_minutes(demand.minutes, demand.waited, (*placement, post), 0.0, skills)
        for post in range(demand.minutes.shape[1])
    ]
    best = int(np.argmin(worth))
    return worth[best], best
