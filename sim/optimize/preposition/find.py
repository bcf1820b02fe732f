"""前置: from a plan to a placement that holds on nights it has not seen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.optimize.location.busy import expected_minutes
from sim.optimize.location.median import least_total
from sim.optimize.preposition.bench import Bench, Progress, open_bench
from sim.optimize.preposition.certify import Verdict, certify
from sim.optimize.preposition.cost import Cost, cost
from sim.optimize.preposition.demand import Demand, read_demand
from sim.optimize.preposition.kinds import KINDS
from sim.optimize.preposition.levels import Level, levels, scenes
from sim.optimize.preposition.lost_roads import LostRoad, lost_roads
from sim.optimize.preposition.more import OneMore, offers, one_more
from sim.optimize.preposition.nights_kept import folder_of
from sim.optimize.preposition.player import LIMIT, PlacementPlayer
from sim.optimize.preposition.relaxed import copies, every_post
from sim.optimize.preposition.scene import Scene
from sim.optimize.preposition.search import Search, Trial
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.starts import MOST_BUSY, MOST_PARTS, Queue, queue, seat, starts
from sim.optimize.preposition.survey import Survey, survey
from sim.optimize.preposition.units import Placement, find_posts
from sim.plan import Plan
from sim.schema.problems import InputError, Problem
from sim.world import World

MOST_LOOKED_AT = 1000
"""Replications looked through for nights in which something comes."""
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
        winner, own, seat: placements; trials, dropped: of the search, see ``Search``.
        limit: mean over the fresh nights that no placement beats; NaN when another measure than the
            kind's own was asked for.
        staffed: mean over the fresh nights with every candidate post staffed; at_each: how many of
            each of staffed_with (units) wait at every post then.
        costs: what it takes to be there, of every placement compared.
        location: of winner, own and seat; median_min: mean minutes from the nearest post that no
            placement beats (p-median bound); NaN without calls; both of calls to which some post
            has a way. no_way: share of the calls, by persons, to which none has.
        lost, lost_own: roads whose loss hurts winner and own most.
        more, levels: what one more is worth, and when they should be called, when asked for.
        runs: of the search; played: nights that had to be played in all, those kept left out.
    """

    setting: Setting
    question: Question
    measure: str
    winner: Trial
    own: Placement
    seat: Placement
    trials: tuple[Trial, ...]
    dropped: tuple[Trial, ...]
    verdict: Verdict
    limit: float
    staffed: float
    at_each: int
    staffed_with: tuple[str, ...]
    costs: dict[str, Cost]
    location: dict[str, ByLocation]
    median_min: float
    no_way: float
    lost: tuple[LostRoad, ...]
    lost_own: tuple[LostRoad, ...]
    more: tuple[OneMore, ...]
    levels: tuple[Level, ...]
    runs: int
    played: int


@dataclass(frozen=True)
class Workers:
    """Who plays, and where it is kept: processes (0: all cores), the folder below which nights are
    kept (None: nowhere), whom to tell how far it has come."""

    processes: int = 1
    kept: Path | None = None
    progress: Progress | None = None


def find_preposition(
    world: World, plan: Plan, question: Question, workers: Workers | None = None
) -> Preposition:
    """Find, choose and certify a placement.

    Raises:
        InputError: the plan has no such units, or an id is unknown.
        ReplicationError: a replication broke off.
        FolderBusyError, OSError, sqlite3.Error: see ``open_bench``.
    """
    seen, how = survey(world), workers or Workers()
    setting = _setting(world, plan, question, seen)
    measure = question.measure or setting.kind.measure
    player = PlacementPlayer(setting, question.seed, measure == setting.kind.measure)
    nights = _nights(player, seen, question.search_nights)
    folder = folder_of(setting, question.seed, how.kept) if how.kept is not None else None
    wanted = question.budget + _after(question, setting)
    with open_bench(player, (how.processes, folder, how.progress, wanted)) as bench:
        found = _search(setting, bench, (question, measure), nights)
        runs = bench.runs
        bench.wanted = runs + _after(question, setting)
        return _certified(found, bench, (question, measure), runs)


@dataclass(frozen=True)
class _Found:
    """What the search leaves behind: demand under the plan's own places, and what was left."""

    search: Search
    winner: Trial
    demand: Demand
    left: Demand
    busy: float


def _after(question: Question, setting: Setting) -> int:
    """Nights to be played at most when the search is over."""
    times = 5 + 3 * question.one_more + len(setting.kind.levels) * question.levels
    return times * question.certify_nights


def _search(
    setting: Setting,
    bench: Bench,
    asked: tuple[Question, str],
    nights: tuple[list[int], list[int]],
) -> _Found:
    """On the nights of the search, and further ones for its finalists."""
    (question, measure), (first, further) = asked, nights
    demand = read_demand(setting, bench.of(Scene().text(), first))
    search = Search(setting, bench, first, measure)
    search.race(starts(setting, demand.with_a_way()), setting.own(), at_least=1)
    busy = min(queue(demand.with_a_way(), setting.own()).mean_busy, MOST_BUSY)
    left_over = question.budget - bench.runs
    search.improve(search.trial(setting.own()), busy, bench.runs + left_over // 2)
    search.improve(search.trials[0], busy, question.budget)
    winner = search.winner(further)
    left = read_demand(setting, bench.of(setting.scene(winner.placement).text(), first))
    return _Found(search, winner, demand, left, busy)


def _certified(found: _Found, bench: Bench, asked: tuple[Question, str], runs: int) -> Preposition:
    """On fresh nights, everything at once, so that no worker waits for another."""
    (question, measure), setting = asked, found.search.setting
    at, demand, fresh = found.winner.placement, found.demand, range(question.certify_nights)
    named = _named(found.search, found.winner, setting)
    labels = {name: setting.scene(one, fresh=True).text() for name, one in named.items()}
    staffed = every_post(setting, demand).text()
    some = offers(setting, at, found.left) if question.one_more else ()
    by_level = scenes(setting, at) if question.levels else {}
    others = [one.scene for one in some] + list(by_level.values())
    bench.play([*labels.values(), staffed, *(one.text() for one in others)], fresh)
    how = (measure, fresh)
    names, at_each = copies(setting, demand)
    near = demand.with_a_way()
    return Preposition(
        setting=setting,
        question=question,
        measure=measure,
        winner=found.winner,
        own=named["own"],
        seat=named["seat"],
        trials=tuple(found.search.trials),
        dropped=tuple(found.search.dropped),
        verdict=certify(bench, labels, fresh, measure),
        limit=float(bench.values(labels["winner"], fresh, LIMIT).mean()),
        staffed=float(np.nan_to_num(bench.values(staffed, fresh, measure)).mean()),
        at_each=at_each,
        staffed_with=names,
        costs={name: cost(setting, one) for name, one in named.items()},
        location={
            name: _by_location(near, named[name], found.busy) for name in ("winner", "own", "seat")
        },
        median_min=_median_min(near),
        no_way=_share_left(demand, near),
        lost=lost_roads(setting, demand, at),
        lost_own=lost_roads(setting, demand, setting.own()),
        more=one_more(bench, some, labels["winner"], how),
        levels=levels(bench, setting, by_level, how),
        runs=runs,
        played=bench.played,
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


def _named(search: Search, winner: Trial, setting: Setting) -> dict[str, Placement]:
    """What is compared on fresh nights: the winner, the plan's own, all at the seat, and the best
    other that was tried."""
    found = {"winner": winner.placement, "own": setting.own(), "seat": seat(setting)}
    others = [trial for trial in search.trials if trial.placement not in found.values()]
    if others:
        found["second"] = others[0].placement
    return found


def _by_location(demand: Demand, placement: Placement, busy: float) -> ByLocation:
    if not demand.skills:
        nothing = float("nan")
        return ByLocation(nothing, nothing, Queue(0.0, 0.0, 0.0, True))
    return ByLocation(
        expected_minutes(*demand.timed, placement, 0.0, demand.skills),
        expected_minutes(*demand.timed, placement, busy, demand.skills),
        queue(demand, placement),
    )


def _share_left(demand: Demand, near: Demand) -> float:
    whole = float(demand.persons.sum())
    return 1 - float(near.persons.sum()) / whole if whole else 0.0


def _median_min(demand: Demand) -> float:
    """Bound of the mean minutes from the nearest post, for as many posts as units; those who can
    answer the same calls by themselves."""
    least, persons = 0.0, 0.0
    for skill in demand.skills:
        n = min(len(skill.units), demand.minutes.shape[1])
        weights = demand.persons[skill.demands]
        costs = demand.minutes[skill.demands] * weights[:, None]
        nearest = float(costs.min(axis=1).sum())  # with a unit at every post
        least += max(nearest, least_total(costs, n, most_parts=MOST_PARTS).bound)
        persons += float(weights.sum())
    return least / persons if persons else float("nan")
