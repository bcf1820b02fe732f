"""Which n of the candidate shelters to build or open, so that most people find a dry place.

Over the whole hazard ensemble, on roads and footpaths under the water of each member, with room
in every shelter: a curve (what each further shelter adds), a bound of what any choice of as many
could do, and the list of settlements that are left without a place, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.optimize.location.covering import fewest_sites, most_covered
from sim.optimize.location.placement import Bools, Floats
from sim.optimize.location.room import Filling, Growth, site_weights
from sim.optimize.shelter_reach import Limits, MemberReach, ReachFinder
from sim.plan import Plan
from sim.schema.problems import InputError, Problem
from sim.world import World

Progress = Callable[[int, int], None]
Lack = Literal["none", "map", "wet", "cut", "closed", "full"]
LACKS: tuple[Lack, ...] = ("none", "map", "wet", "cut", "closed", "full")
"""Why somebody has no place: none: has one; map: nothing in reach even when all is dry; wet:
whatever is in reach gets wet; cut: the ways to the dry ones are not passable; closed: those that
can be reached are not among the chosen; full: they are full."""


@dataclass(frozen=True)
class ShelterQuestion:
    """What is asked.

    Attributes:
        n: shelters to choose besides those kept; candidates: ids, empty: all but hospitals;
        keep: ids of shelters that are open in any case.
    """

    n: int
    limits: Limits = field(default_factory=Limits)
    candidates: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class CurveStep:
    """The shelter opened at a step, the share of people placed with it, a bound for that many."""

    site: int
    share: float
    bound: float


@dataclass(frozen=True)
class VillageCover:
    """A settlement or facility over the members in which it must leave.

    Attributes:
        home: its row; persons: who need a place; hit_share: weight of these members, of all.
        placed_share: of its people, over these members; sure: all placed in every one of them.
        lack: why most of those without a place have none, under the chosen shelters; lack_all:
            under all candidates together ("none" when opening more would do).
    """

    home: int
    persons: int
    hit_share: float
    placed_share: float
    sure: bool
    lack: Lack
    lack_all: Lack


@dataclass(frozen=True)
class ShelterSites:
    """The answer. Shares are of the people who must leave and need a place, over all members.

    Attributes:
        chosen: shelter rows besides those kept, in the order in which they should be opened.
        share, bound: with the chosen; what no choice of as many exceeds.
        kept_share, plan_share, all_share: with the kept alone; with those open under the plan;
            with every candidate.
        fewest: least number of shelters that gives every settlement which any candidate can serve
            a dry one in reach in every member (room left aside); fewest_sites: one such choice.
        on_map_share: of people with a candidate in reach when all is dry, room left aside.
        persons: mean of those who must leave and need a place, over the members hit.
    """

    plan_id: str
    question: ShelterQuestion
    chosen: tuple[int, ...]
    kept: tuple[int, ...]
    candidates: tuple[int, ...]
    curve: tuple[CurveStep, ...]
    share: float
    bound: float
    kept_share: float
    plan_share: float
    all_share: float
    on_map_share: float
    fewest: int
    fewest_sites: tuple[int, ...]
    n_members: int
    n_hit: int
    persons: float
    villages: tuple[VillageCover, ...]


def best_shelters(
    world: World, plan: Plan, question: ShelterQuestion, progress: Progress | None = None
) -> ShelterSites:
    """Choose shelters.

    Args:
        progress: told after every hazard member.

    Raises:
        InputError: an unknown id, or nobody needs a place in any member.
    """
    kept, free = _sites(world, question)
    finder = ReachFinder(world, plan, question.limits)
    members = _members(world, finder, progress)
    if not members:
        raise InputError([Problem("optimize.nobody_leaves", world.folder.id)])
    usable = np.zeros(len(world.shelters), dtype=np.int64)
    usable[[*kept, *free]] = [world.shelters[s].capacity for s in (*kept, *free)]
    needs = [member.need for member in members]
    growth = Growth(needs, usable, kept)
    kept_share = growth.start / growth.demand
    growth.grow(len(free))
    covers, weights = site_weights(needs)
    already = np.asarray(covers[:, kept].any(axis=1), dtype=np.bool_)
    curve = tuple(
        _curve_step(growth, k, covers[:, free], weights, already)
        for k in range(min(question.n, len(growth.steps)))
    )
    chosen = tuple(step.site for step in curve)
    under = _Outcome(world, finder, members, usable)
    open_now = np.flatnonzero(plan.open_shelters & ~finder.hospital).tolist()
    least = _fewest(covers[:, [*kept, *free]])
    return ShelterSites(
        plan_id=plan.id,
        question=question,
        chosen=chosen,
        kept=kept,
        candidates=free,
        curve=curve,
        share=curve[-1].share if curve else kept_share,
        bound=curve[-1].bound if curve else kept_share,
        kept_share=kept_share,
        plan_share=under.share(open_now),
        all_share=growth.placed / growth.demand,
        on_map_share=under.on_map_share([*kept, *free]),
        fewest=len(least),
        fewest_sites=tuple((*kept, *free)[k] for k in least),
        n_members=len(world.hazard.weights),
        n_hit=len(members),
        persons=growth.demand / sum(need.weight for need in needs),
        villages=under.villages([*kept, *chosen], [*kept, *free]),
    )


def _sites(world: World, question: ShelterQuestion) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Rows kept and rows to choose from.

    Raises:
        InputError: ids that no shelter has.
    """
    row = {shelter.id: k for k, shelter in enumerate(world.shelters)}
    named = (*question.candidates, *question.keep)
    unknown = [name for name in named if name not in row]
    if unknown:
        raise InputError([Problem("ref.unknown", "shelters", found=name) for name in unknown])
    kept = tuple(row[name] for name in dict.fromkeys(question.keep))
    free = [row[name] for name in dict.fromkeys(question.candidates)] or [
        k for k, shelter in enumerate(world.shelters) if shelter.kind != "hospital"
    ]
    return kept, tuple(k for k in free if k not in kept)


def _members(world: World, finder: ReachFinder, progress: Progress | None) -> list[MemberReach]:
    found = []
    weights = np.asarray(world.hazard.weights).tolist()
    for k, weight in enumerate(weights):
        member = finder.of_member(world.statics.views.view(k), weight) if weight else None
        if member is not None:
            found.append(member)
        if progress is not None:
            progress(k + 1, len(weights))
    return found


def _curve_step(
    growth: Growth, k: int, covers: Bools, weights: Floats, already: Bools
) -> CurveStep:
    """The bound is the smaller of diminishing returns and of the maximal cover without rooms."""
    step = growth.steps[k]
    cover = most_covered(covers[~already], weights[~already], k + 1)
    bound = min(step.bound, cover.bound + float(weights[already].sum()))
    share = step.placed / growth.demand
    return CurveStep(step.site, share, max(share, bound / growth.demand))


def _fewest(covers: Bools) -> tuple[int, ...]:
    """Columns of the smallest cover of the rows that can be covered at all."""
    some = covers[covers.any(axis=1)]
    return fewest_sites(some).sites if len(some) else ()


class _Outcome:
    """What a choice of shelters means for every settlement."""

    def __init__(
        self, world: World, finder: ReachFinder, members: Sequence[MemberReach],
        capacity: NDArray[np.int64],
    ) -> None:  # fmt: skip
        self.world, self.finder, self.members = world, finder, members
        self.capacity = capacity

    def share(self, sites: Sequence[int]) -> float:
        """Of people who must leave: placed when these shelters are open, whatever is a candidate
        or not."""
        rooms = np.array([row.capacity for row in self.world.shelters], dtype=np.int64)
        placed = total = 0
        for member in self.members:
            filling = Filling(member.need, rooms)
            placed += member.need.weight * sum(filling.add(site) for site in sites)
            total += member.need.weight * int(member.need.persons.sum())
        return placed / total

    def on_map_share(self, sites: Sequence[int]) -> float:
        """Of people who must leave: with one of the shelters in reach when all is dry."""
        near = np.asarray(self.finder.on_map[:, list(sites)].any(axis=1), dtype=np.bool_)
        persons = [(m.need.weight * m.need.persons, near[m.rows]) for m in self.members]
        total = sum(int(count.sum()) for count, _ in persons)
        return sum(int(count[some].sum()) for count, some in persons) / total

    def villages(self, chosen: list[int], every: list[int]) -> tuple[VillageCover, ...]:
        """Settlements that must leave in some member, the worst served first."""
        n = len(self.world.homes.rows)
        hit, sure = np.zeros(n, dtype=np.int64), np.ones(n, dtype=np.bool_)
        persons = np.zeros(n, dtype=np.int64)
        lack, lack_all = np.zeros((n, len(LACKS))), np.zeros((n, len(LACKS)))
        home_of = self.finder.demands.home
        np.add.at(persons, home_of, self.finder.demands.persons)
        for member in self.members:
            home, weight = home_of[member.rows], member.need.weight
            hit[np.unique(home)] += weight
            left = self._add_lacks(lack, member, chosen)
            self._add_lacks(lack_all, member, every)
            sure[home[left > 0]] = False
        rows = [
            self._village(home, int(persons[home]), int(hit[home]), bool(sure[home]),
                          (lack[home], lack_all[home]))
            for home in np.flatnonzero(hit).tolist()
        ]  # fmt: skip
        return tuple(sorted(rows, key=lambda row: (row.placed_share, -row.persons, row.home)))

    def _village(
        self, home: int, persons: int, hit: int, sure: bool,
        lacks: tuple[NDArray[np.float64], NDArray[np.float64]],
    ) -> VillageCover:  # fmt: skip
        lack, lack_all = lacks
        weight = float(np.asarray(self.world.hazard.weights).sum())
        return VillageCover(
            home, persons, hit / weight, float(lack[0] / lack.sum()), sure,
            _worst(lack), _worst(lack_all),
        )  # fmt: skip

    def _add_lacks(
        self, into: NDArray[np.float64], member: MemberReach, sites: list[int]
    ) -> NDArray[np.int64]:
        """Add weighted persons of a member by lack; persons left without a place, per row."""
        filling = Filling(member.need, self.capacity)
        for site in sites:
            filling.add(site)
        left, reach = filling.left, member.need.reach
        on_map = self.finder.on_map[member.rows]
        reasons = np.select(
            [
                ~on_map.any(axis=1),
                ~(on_map & member.dry).any(axis=1),
                ~reach.any(axis=1),
                ~reach[:, sites].any(axis=1),
            ],
            [LACKS.index("map"), LACKS.index("wet"), LACKS.index("cut"), LACKS.index("closed")],
            LACKS.index("full"),
        )
        home = self.finder.demands.home[member.rows]
        weight, placed = member.need.weight, member.need.persons - left
        np.add.at(into, (home, np.zeros_like(home)), weight * placed)
        np.add.at(into, (home, reasons), weight * left)
        return left


def _worst(lack: NDArray[np.float64]) -> Lack:
    return LACKS[1 + int(np.argmax(lack[1:]))] if lack[1:].any() else "none"
