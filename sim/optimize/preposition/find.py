"""前置: from a plan to a placement that holds on nights it has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.optimize.location.busy import expected_minutes
from sim.optimize.location.median import least_total
from sim.optimize.preposition.bench import Progress, open_bench
from sim.optimize.preposition.bound import BoatLimit
from sim.optimize.preposition.certify import Verdict, certify
from sim.optimize.preposition.demand import Demand, read_demand
from sim.optimize.preposition.kinds import KINDS
from sim.optimize.preposition.levels import Level, levels
from sim.optimize.preposition.lost_roads import LostRoad, lost_roads
from sim.optimize.preposition.more import OneMore, one_more
from sim.optimize.preposition.player import OWN, PlacementPlayer, Setting
from sim.optimize.preposition.relaxed import relaxed
from sim.optimize.preposition.search import Search, Trial
from sim.optimize.preposition.starts import MOST_BUSY, Queue, queue, seat, starts
from sim.optimize.preposition.survey import Survey, survey
from sim.optimize.preposition.units import Placement, find_posts
from sim.plan import Plan
from sim.schema.problems import InputError, Problem
from sim.world import World

FRESH_SEED = 1_000_003
"""Added to the seed for the nights that certify: no night of the search is among them."""
MOST_LOOKED_AT = 1000
"""Replications looked through for nights in which something comes."""
ALIKE = ("boats", "supplies")
"""Kinds in which the largest unit can do what every other can: only there do copies of it at every
post say what places alone could save. A team without the skill or a coach on a village road cannot.
"""
POOL = 20
"""So many nights in which something comes are looked at for each night of the search."""


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        kind: key of ``KINDS``; measure: empty for the kind's own.
        posts: ids of candidate posts, empty: found.
        search_nights: nights of the search, as many again for the finalists; budget: runs it may
            cost besides those; certify_nights: fresh ones.
        one_more: whether to play the fresh nights also with one unit more.
        levels: whether to play them also called at every level of warning.
    """

    kind: str = "boats"
    measure: str = ""
    posts: tuple[str, ...] = ()
    search_nights: int = 8
    budget: int = 200
    certify_nights: int = 30
    seed: int = 1
    one_more: bool = False
    levels: bool = False


@dataclass(frozen=True)
class ByLocation:
    """A placement as the location model sees it: mean minutes from the nearest post, the same
    with busy units, and the hypercube check."""

    nearest_min: float
    busy_min: float
    queue: Queue


@dataclass(frozen=True)
class Preposition:
    """The answer.

    Attributes:
        winner, own, seat: placements; trials: everything played in the search, best first.
        limit: mean over the fresh nights that no placement beats, for boats; NaN otherwise.
        staffed: mean over the fresh nights with every candidate post staffed; NaN for kinds whose
            units cannot stand in for each other.
        location: of winner, own and seat; median_min: mean minutes from the nearest post that no
            placement beats (p-median bound); NaN without calls.
        lost, lost_own: roads whose loss hurts winner and own most.
        more, levels: what one more is worth, and when they should be called, when asked for.
        runs: simulated in the search.
    """

    setting: Setting
    question: Question
    measure: str
    winner: Trial
    own: Placement
    seat: Placement
    trials: tuple[Trial, ...]
    verdict: Verdict
    limit: float
    staffed: float
    location: dict[str, ByLocation]
    median_min: float
    lost: tuple[LostRoad, ...]
    lost_own: tuple[LostRoad, ...]
    more: tuple[OneMore, ...]
    levels: tuple[Level, ...]
    runs: int


def find_preposition(
    world: World, plan: Plan, question: Question, workers: int = 1,
    progress: Progress | None = None,
) -> Preposition:  # fmt: skip
    """Find, choose and certify a placement.

    Raises:
        InputError: the plan has no such units, or an id is unknown.
        ReplicationError: a replication broke off.
    """
    seen = survey(world)
    setting = _setting(world, plan, question, seen)
    measure = question.measure or setting.kind.measure
    player = PlacementPlayer(setting, question.seed)
    first, further = _nights(player, seen, question.search_nights)
    with open_bench(player, workers, progress, question.budget) as bench:
        demand = read_demand(setting, bench.of(OWN, first))
        search = Search(setting, bench, first, measure)
        search.try_all(starts(setting, demand))
        busy, left_over = _busy(setting, demand), question.budget - bench.runs
        search.improve(search.trial(setting.own()), busy, bench.runs + left_over // 2)
        search.improve(search.trials[0], busy, question.budget)
        winner = search.winner(further)
        left = read_demand(setting, bench.of(setting.label(winner.placement), first))
    certified = PlacementPlayer(setting, question.seed + FRESH_SEED)
    labels = _labels(search, winner, setting)
    cost, fresh = len(set(labels.values())) * question.certify_nights, question.certify_nights
    with open_bench(certified, workers, progress, cost) as judge:
        verdict = certify(judge, labels, range(fresh), measure)
    how = (measure, fresh, workers)
    more = one_more(setting, winner.placement, left, judge, how) if question.one_more else ()
    again, at = (measure, range(fresh), workers), winner.placement
    by_level = levels(setting, at, certified.seed, again) if question.levels else ()
    alike = setting.kind.name in ALIKE
    nights = (range(fresh), workers)
    every_post = relaxed(setting, certified.seed, measure, nights) if alike else np.full(1, np.nan)
    named = {"winner": winner.placement, "own": setting.own(), "seat": seat(setting)}
    return Preposition(
        setting=setting,
        question=question,
        measure=measure,
        winner=winner,
        own=named["own"],
        seat=named["seat"],
        trials=tuple(search.trials),
        verdict=verdict,
        limit=_limit(certified, labels["winner"], fresh, measure),
        staffed=float(np.nan_to_num(every_post).mean()) if alike else float("nan"),
        location={name: _by_location(setting, demand, at, busy) for name, at in named.items()},
        median_min=_median_min(setting, demand),
        lost=lost_roads(setting, demand, winner.placement),
        lost_own=lost_roads(setting, demand, setting.own()),
        more=more,
        levels=by_level,
        runs=bench.runs,
    )


def _setting(world: World, plan: Plan, question: Question, seen: Survey) -> Setting:
    kind = KINDS[question.kind]
    units = kind.units(world, plan)
    if not units:
        raise InputError([Problem("optimize.no_units", f"plans/{plan.id}.yaml")])
    return Setting(
        world, plan, kind, units, find_posts(world, (units, kind.tables), seen.dry, question.posts)
    )


def _nights(player: PlacementPlayer, seen: Survey, n: int) -> tuple[list[int], list[int]]:
    """Nights of the search and as many for its finalists: of many replications in which something
    comes, mild and bad ones in the share they have; any when nothing ever does."""
    hit = [r for r in range(MOST_LOOKED_AT) if seen.hit[player.member(r)]][: POOL * n]
    if len(hit) < 2 * n:
        return list(range(n)), list(range(n, 2 * n))
    rows = seen.spread([player.member(r) for r in hit], 2 * n)
    by_size = sorted(rows, key=lambda k: (seen.persons[player.member(hit[k])], k))
    first, further = ([hit[k] for k in sorted(half)] for half in (by_size[::2], by_size[1::2]))
    return first, further


def _busy(setting: Setting, demand: Demand) -> float:
    if not len(demand.persons):
        return 0.0
    return min(queue(setting, demand, setting.own()).mean_busy, MOST_BUSY)


def _labels(search: Search, winner: Trial, setting: Setting) -> dict[str, str]:
    """What is compared on fresh nights: the winner, the plan's own, all at the seat, and the best
    start besides; a placement that is one of these already is not played twice."""
    found = {"winner": winner.placement, "own": setting.own(), "seat": seat(setting)}
    others = [trial for trial in search.trials if trial.placement not in found.values()]
    if others:
        found["second"] = others[0].placement
    return {name: setting.label(placement) for name, placement in found.items()}


def _limit(player: PlacementPlayer, label: str, n: int, measure: str) -> float:
    """Mean limit over nights; the logs are played again, the bench keeps numbers only."""
    if player.setting.kind.name != "boats" or measure != "stranded_person_h":
        return float("nan")
    bound = BoatLimit(player.setting, player.seed)
    return float(np.mean([bound.person_h(player.play(label, night)) for night in range(n)]))


def _by_location(setting: Setting, demand: Demand, placement: Placement, busy: float) -> ByLocation:
    if not len(demand.persons):
        nothing = float("nan")
        return ByLocation(nothing, nothing, Queue(0.0, 0.0, 0.0, True))
    return ByLocation(
        expected_minutes(demand.minutes, demand.persons, placement, 0.0),
        expected_minutes(demand.minutes, demand.persons, placement, busy),
        queue(setting, demand, placement),
    )


def _median_min(setting: Setting, demand: Demand) -> float:
    """Bound of the mean minutes from the nearest post, for as many posts as units."""
    if not len(demand.persons):
        return float("nan")
    n = min(len(setting.units), len(setting.posts.places))
    cost = demand.minutes * demand.persons[:, None]
    return least_total(cost, n).bound / float(demand.persons.sum())
