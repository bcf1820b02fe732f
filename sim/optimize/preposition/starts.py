"""Where a search begins: the plan's own places, the county seat, and what location models propose.

Units that can answer the same calls are placed together, skill by skill: an ambulance is not sent
where only diggers are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.optimize.hypercube import OverloadedError, Service, Workloads, workloads
from sim.optimize.location.busy import descend
from sim.optimize.location.expected import UnitType, most_expected
from sim.optimize.location.median import least_total
from sim.optimize.preposition.demand import Demand
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.units import Placement

Floats = NDArray[np.float64]
Units = tuple[int, ...]

WITHIN_MIN = 30.0
"""Minutes within which a call counts as covered in the covering models (judgement)."""
MOST_AT_A_POST = 3
MOST_BUSY = 0.8
"""Share of busy time above which the location models no longer tell posts apart."""
HANDLING_MIN = 60.0
"""Minutes a unit works at a call besides the way there and back (judgement: some boat trips)."""
MOST_PARTS = 300
"""Parts of a p-median that are looked at: a start need not be proven best."""


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
    if len(demand.persons) and demand.skills:
        busy = min(queue(demand, found["own"]).mean_busy, MOST_BUSY)
        found["median"] = _together(setting, demand, _by_median)
        found["cover"] = _together(setting, demand, lambda group: _by_cover(group, busy))
        found["busy"] = descend(demand.timed, found["own"], busy, demand.skills)
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


class Alike(NamedTuple):
    """Units that can answer the same calls, with those calls and how much of each is theirs."""

    units: Units
    demand: Demand
    share: Floats


def alike(demand: Demand) -> Iterator[Alike]:
    """All groups of alike units; who can answer nothing is in none.

    A call that several groups can answer counts in each, with the share that the group has of the
    units that can answer it; so do its persons.
    """
    n = 1 + max((unit for skill in demand.skills for unit in skill.units), default=-1)
    can = np.zeros((n, len(demand.persons)))
    for skill in demand.skills:
        can[np.ix_(np.array(skill.units), skill.demands)] = 1.0 / len(skill.units)
    kinds, which = np.unique(can > 0, axis=0, return_inverse=True)
    for k, calls in enumerate(kinds):
        units = tuple(np.flatnonzero(which.ravel() == k).tolist())
        if calls.any():
            share = can[list(units)].sum(axis=0)[calls]
            some = replace(
                demand, persons=demand.persons[calls] * share, waited=demand.waited[calls] * share,
                minutes=demand.minutes[calls], place=demand.place[calls],
                asks=demand.asks[calls], skills=(),
            )  # fmt: skip
            yield Alike(units, some, share)


def _together(
    setting: Setting, demand: Demand, sites: Callable[[Alike], tuple[int, ...]]
) -> Placement:
    """Every group of alike units at the sites that a model finds for it; the rest stays."""
    posts = list(setting.own())
    for group in alike(demand):
        found = handed_out(setting, group, sites(group))
        for unit, post in zip(group.units, found, strict=True):
            posts[unit] = post
    return tuple(posts)


def _by_median(group: Alike) -> tuple[int, ...]:
    """p-median: as many posts as there are units (or posts)."""
    demand = group.demand
    n = min(len(group.units), demand.minutes.shape[1])
    cost = demand.minutes * demand.persons[:, None]
    return least_total(cost, n, most_parts=MOST_PARTS).sites


def _by_cover(group: Alike, busy: float) -> tuple[int, ...]:
    """MEXCLP: expected persons within WITHIN_MIN of a free unit, calls of one place together."""
    demand, n = group.demand, len(group.units)
    place, which = np.unique(demand.place, return_inverse=True)
    persons = np.bincount(which, demand.persons, minlength=len(place)).astype(np.float64)
    near = np.zeros((len(place), demand.minutes.shape[1]))
    np.add.at(near, which, (demand.minutes <= WITHIN_MIN) * demand.persons[:, None])
    covers = near >= 0.5 * persons[:, None]
    room = max(MOST_AT_A_POST, -(-n // demand.minutes.shape[1]))
    kind = UnitType(covers, n, at_most=room)
    return most_expected([kind], persons, busy, node_limit=2_000).sites[0]


def handed_out(setting: Setting, group: Alike, sites: tuple[int, ...]) -> tuple[int, ...]:
    """Post of each unit: the sites with most persons nearest to them get the largest units; over
    again from the first when there are more units than sites."""
    units, demand = group.units, group.demand
    nearest = np.argmin(demand.minutes[:, list(sites)], axis=1)
    load = np.bincount(nearest, demand.persons, minlength=len(sites))
    busiest = np.argsort(-load, kind="stable")
    largest = sorted(range(len(units)), key=lambda k: (-setting.units[units[k]].capacity, k))
    posts = [0] * len(units)
    for rank, unit in enumerate(largest):
        posts[unit] = int(sites[busiest[rank % len(sites)]])
    return tuple(posts)


def queue(demand: Demand, placement: Placement) -> Queue:
    """How busy the units of a placement are, if calls came at random over the hours in which they
    came; every group of alike units by itself, put together by its units and calls."""
    groups = list(alike(demand))
    if not groups:
        return Queue(0.0, 0.0, 0.0, True)
    found = [_queue(group, [placement[unit] for unit in group.units]) for group in groups]
    sizes = [len(group.units) for group in groups]
    calls = [group.share.sum() for group in groups]
    return Queue(
        float(np.average([one.mean_busy for one in found], weights=sizes)),
        max(one.most_busy for one in found),
        float(np.average([one.all_busy for one in found], weights=calls)),
        all(one.exact for one in found),
    )


def _queue(group: Alike, posts: list[int]) -> Queue:
    """Calls per place and hour, each for as long as the way there and back and the handling."""
    demand = group.demand
    place, which = np.unique(demand.place, return_inverse=True)
    hours = max(demand.span_h, 1.0) * demand.nights
    rates = np.bincount(which, group.share, minlength=len(place)) / hours
    minutes = np.zeros((len(place), demand.minutes.shape[1]))
    np.add.at(minutes, which, demand.minutes)
    minutes /= np.bincount(which)[:, None]
    mine = minutes[:, posts]
    order = np.argsort(mine, axis=1, kind="stable")
    there = np.minimum(mine.min(axis=1), demand.horizon_min)
    service = 60.0 / (2 * float(there @ rates / rates.sum()) + HANDLING_MIN)
    try:
        found: Workloads = workloads(Service(rates, order, np.full(len(posts), service), "waits"))
    except OverloadedError:
        return Queue(1.0, 1.0, 1.0, True)
    exact = found.states is not None
    return Queue(float(found.busy.mean()), float(found.busy.max()), found.all_busy, exact)
