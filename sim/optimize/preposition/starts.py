"""Where the search begins: the plan's own places, all at one post, and what location models say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.optimize.hypercube import OverloadedError, Service, Workloads, workloads
from sim.optimize.location.busy import descend
from sim.optimize.location.expected import UnitType, most_expected
from sim.optimize.location.median import least_total
from sim.optimize.preposition.demand import Demand
from sim.optimize.preposition.player import Setting
from sim.optimize.preposition.units import Placement

Floats = NDArray[np.float64]

WITHIN_MIN = 30.0
"""Minutes within which a call counts as covered in the covering models (judgement)."""
MOST_AT_A_POST = 3
MOST_BUSY = 0.8
"""Share of busy time above which the location models no longer tell posts apart."""
HANDLING_MIN = 60.0
"""Minutes a unit works at a call besides the way there and back (judgement: some boat trips)."""


@dataclass(frozen=True)
class Queue:
    """Hypercube check of a placement: mean share of time a unit is busy, the busiest one, and
    the chance that a call finds nobody free; 1 everywhere when more is asked than they can do."""

    mean_busy: float
    most_busy: float
    all_busy: float
    exact: bool


def starts(setting: Setting, demand: Demand) -> dict[str, Placement]:
    """Named placements; those that say the same are kept once, under the first name."""
    found = {"own": setting.own(), "seat": seat(setting)}
    if len(demand.persons):
        busy = min(queue(setting, demand, found["own"]).mean_busy, MOST_BUSY)
        found["median"] = _by_median(setting, demand)
        found["cover"] = _by_cover(setting, demand, busy)
        found["busy"] = descend(demand.minutes, demand.persons, found["own"], busy)
    different: dict[Placement, str] = {}
    for name, placement in found.items():
        different.setdefault(placement, name)
    return {name: placement for placement, name in different.items()}


def seat(setting: Setting) -> Placement:
    """All at the post where most capacity stands when nobody moves anything: the county seat."""
    at: dict[int, int] = {}
    for unit in setting.units:
        post = setting.posts.row(setting.world, unit.home)
        at[post] = at.get(post, 0) + unit.capacity
    return setting.together(min(at, key=lambda post: (-at[post], post)))


def _by_median(setting: Setting, demand: Demand) -> Placement:
    """p-median: as many posts as there are units (or posts), the largest unit to the busiest."""
    n = min(len(setting.units), len(setting.posts.places))
    cost = demand.minutes * demand.persons[:, None]
    return handed_out(setting, demand, least_total(cost, n).sites)


def _by_cover(setting: Setting, demand: Demand, busy: float) -> Placement:
    """MEXCLP: expected persons within WITHIN_MIN of a free unit, calls of one place together."""
    place, which = np.unique(demand.place, return_inverse=True)
    persons = np.bincount(which, demand.persons, minlength=len(place)).astype(np.float64)
    near = np.zeros((len(place), demand.minutes.shape[1]))
    np.add.at(near, which, (demand.minutes <= WITHIN_MIN) * demand.persons[:, None])
    covers = near >= 0.5 * persons[:, None]
    room = max(MOST_AT_A_POST, -(-len(setting.units) // len(setting.posts.places)))
    kind = UnitType(covers, len(setting.units), at_most=room)
    sites = most_expected([kind], persons, busy, node_limit=2_000).sites[0]
    return handed_out(setting, demand, sites)


def handed_out(setting: Setting, demand: Demand, sites: tuple[int, ...]) -> Placement:
    """Which unit goes to which of the sites: those with most persons nearest to them get the
    largest units; over again from the first when there are more units than sites."""
    nearest = np.argmin(demand.minutes[:, list(sites)], axis=1)
    load = np.bincount(nearest, demand.persons, minlength=len(sites))
    busiest = np.argsort(-load, kind="stable")
    largest = sorted(range(len(setting.units)), key=lambda k: (-setting.units[k].capacity, k))
    posts = [0] * len(setting.units)
    for rank, unit in enumerate(largest):
        posts[unit] = int(sites[busiest[rank % len(sites)]])
    return tuple(posts)


def queue(setting: Setting, demand: Demand, placement: Placement) -> Queue:
    """How busy the units of a placement are, if calls came at random over the hours in which they
    came: calls per place and hour, each for as long as the way there and back and the handling."""
    place, which = np.unique(demand.place, return_inverse=True)
    hours = max(demand.span_h, 1.0) * demand.nights
    rates = np.bincount(which, minlength=len(place)) / hours
    minutes = np.zeros((len(place), demand.minutes.shape[1]))
    np.add.at(minutes, which, demand.minutes)
    minutes /= np.bincount(which)[:, None]
    mine = minutes[:, list(placement)]
    order = np.argsort(mine, axis=1, kind="stable")
    there = np.minimum(mine.min(axis=1), demand.horizon_min)
    service = 60.0 / (2 * float(there @ rates / rates.sum()) + HANDLING_MIN)
    try:
        found: Workloads = workloads(
            Service(rates, order, np.full(len(placement), service), "waits")
        )
    except OverloadedError:
        return Queue(1.0, 1.0, 1.0, True)
    return Queue(
        float(found.busy.mean()), float(found.busy.max()), found.all_busy,
        found.states is not None,
    )  # fmt: skip
