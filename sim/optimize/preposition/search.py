"""The search on the simulator: the same few nights for every placement, screened night by night.

What was played says who still waited where and which units brought few away; a location model
proposes where such units would shorten that waiting most, the simulator disposes. Proposals race
against the placement they come from: all on the nights with most waiting, the better half on more,
the rest on all. The best few and the plan's own are played on further nights, so that luck in the
first nights does not decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.measures.catalogue import info_of
from sim.measures.paired import compare
from sim.optimize.location.busy import descend, expected_minutes, moves
from sim.optimize.preposition.bench import Bench, Floats
from sim.optimize.preposition.demand import Demand, read_demand
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.units import Placement

TRIED_AT_ONCE = 6
"""Moves of one unit that race at a time."""
SEVERAL = (3, 8)
"""Besides them so many of the model's moves at once."""
FRUITLESS = 3
"""Rounds without a better placement after which the search ends."""
FINALISTS = 3


@dataclass(frozen=True)
class Trial:
    """A placement that was played: its name, where it came from, its mean on the nights of the
    search that it was played on (smaller is better, whatever the measure), and how many."""

    name: str
    placement: Placement
    loss: float
    nights: int


class Search:
    """Looks for a placement. ``trials`` holds everything played on all nights, the best first;
    ``dropped`` what was left after some nights."""

    def __init__(self, setting: Setting, bench: Bench, nights: Sequence[int], measure: str) -> None:
        self.setting, self.bench, self.nights, self.measure = setting, bench, nights, measure
        self.sign = -1.0 if info_of(measure).better == "higher" else 1.0
        self._tried: dict[Placement, Trial] = {}
        self._own = self._whole("own", setting.own())
        worst = np.argsort(-np.abs(self.losses(setting.own(), nights)), kind="stable")
        self._telling = [nights[k] for k in worst]
        n = len(nights)
        self._rounds = sorted({-(-n // 4), -(-n // 2), n})

    @property
    def trials(self) -> list[Trial]:
        """Everything played on all search nights, the best first."""
        whole = [trial for trial in self._tried.values() if trial.nights == len(self.nights)]
        return sorted(whole, key=lambda trial: (trial.loss, trial.placement))

    @property
    def dropped(self) -> list[Trial]:
        """Everything that was given up after some nights."""
        return [trial for trial in self._tried.values() if trial.nights < len(self.nights)]

    def losses(self, placement: Placement, nights: Sequence[int]) -> Floats:
        """Night by night, float64[nights]; not reached (+∞) counts as the horizon in minutes, a
        night without the measure (nobody called) as 0."""
        scene = self.setting.scene(placement).text()
        values = self.sign * self.bench.values(scene, nights, self.measure)
        worst = self.setting.world.horizon_ms / 60_000
        return np.nan_to_num(values, nan=0.0, posinf=worst, neginf=-worst)

    def _whole(self, name: str, at: Placement) -> Trial:
        loss = float(self.losses(at, self.nights).mean())
        self._tried[at] = Trial(name, at, loss, len(self.nights))
        return self._tried[at]

    def race(self, named: Mapping[str, Placement], against: Placement, at_least: int = 0) -> None:
        """Play placements against one that is known; who does no better than it on the nights so
        far, or is not among the better half, is dropped; ``at_least`` so many come through."""
        alive = {name: at for name, at in named.items() if at not in self._tried}
        for upto in self._rounds:
            nights = self._telling[:upto]
            self.bench.play([self.setting.scene(at).text() for at in alive.values()], nights)
            base = self.losses(against, nights)
            worse = {
                name: float((self.losses(at, nights) - base).mean()) for name, at in alive.items()
            }
            ranked = sorted(alive, key=lambda name: (worse[name], name))
            half = max(at_least, -(-len(ranked) // 2))
            for rank, name in enumerate(ranked):
                stays = rank < at_least or (worse[name] < 0 and rank < half)
                if upto < len(self.nights) and not stays:
                    at = alive.pop(name)
                    mean = float(self.losses(at, nights).mean())
                    self._tried[at] = Trial(name, at, mean, upto)
        for name, at in alive.items():
            self._whole(name, at)

    def improve(self, base: Trial, busy: float, budget: int) -> None:
        """Moves from a placement, until so many runs are spent in all or nothing helps."""
        best, fruitless = base, 0
        while fruitless < FRUITLESS:
            proposed = self._proposed(best.placement, busy)
            if not proposed or self.bench.runs + len(proposed) * self._rounds[0] > budget:
                return
            self.race(proposed, best.placement)
            tried = [self._tried[at] for at in proposed.values() if at in self._tried]
            together = self._together(best, tried)
            if together is not None:
                self.race({"moves:together": together}, best.placement)
                tried.append(self._tried[together])
            whole = [trial for trial in tried if trial.nights == len(self.nights)]
            first = min(whole, key=lambda trial: (trial.loss, trial.placement), default=best)
            fruitless = 0 if first.loss < best.loss else fruitless + 1
            best = min(best, first, key=lambda trial: trial.loss)

    def _together(self, best: Trial, tried: Sequence[Trial]) -> Placement | None:
        """All moves that helped on the nights they were played on, made at once."""
        posts, helped = list(best.placement), 0
        for trial in sorted(tried, key=lambda one: one.loss):
            nights = self._telling[: trial.nights]
            if trial.loss < float(self.losses(best.placement, nights).mean()):
                moved = [k for k, at in enumerate(trial.placement) if at != best.placement[k]]
                if all(posts[k] == best.placement[k] for k in moved):
                    for k in moved:
                        posts[k] = trial.placement[k]
                    helped += 1
        found = tuple(posts)
        return found if helped > 1 and found not in self._tried else None

    def trial(self, placement: Placement) -> Trial:
        """What is known of a placement that was tried."""
        return self._tried[placement]

    def _proposed(self, at: Placement, busy: float) -> dict[str, Placement]:
        """The most promising moves not tried yet, each to another post: of units that brought no
        more away than half of the units did, to shorten the waiting that was left; and several
        moves of the model at once."""
        played = self.bench.of(self.setting.scene(at).text(), self.nights)
        demand = read_demand(self.setting, played)
        if not demand.waited.any() or not demand.skills:
            return {}
        carried = np.sum([one.curves["carried"] for one in played], axis=0)
        found = self._single(demand, at, busy, carried <= np.median(carried))
        for steps in SEVERAL:
            several = descend((demand.minutes, demand.waited), at, busy, demand.skills, steps)
            if several not in self._tried and several not in found.values():
                found[f"moves:{steps}"] = several
        return found

    def _single(
        self, demand: Demand, at: Placement, busy: float, idle: np.ndarray
    ) -> dict[str, Placement]:
        waiting = (demand.minutes, demand.waited)
        now = expected_minutes(*waiting, at, busy, demand.skills)
        found: dict[str, Placement] = {}
        to: set[int] = set()
        for value, unit, post in moves(waiting, at, busy, idle, demand.skills):
            placement = (*at[:unit], post, *at[unit + 1 :])
            if value < now and placement not in self._tried and post not in to:
                to.add(post)
                place = self.setting.world.places.ids[self.setting.posts.places[post]]
                found[f"move:{self.setting.units[unit].id}>{place}"] = placement
            if len(found) == TRIED_AT_ONCE:
                break
        return found

    def winner(self, further: Sequence[int]) -> Trial:
        """The best of the finalists over the search nights and further ones, if it is surely
        better than the plan's own places night by night; else these: nobody moves for luck."""
        finalists = [*self.trials[:FINALISTS], self._own]
        nights = [*self.nights, *further]
        self.bench.play([self.setting.scene(one.placement).text() for one in finalists], nights)
        best = min(
            finalists, key=lambda trial: (self.losses(trial.placement, nights).mean(), trial.name)
        )
        paired = compare(
            self.losses(best.placement, nights), self.losses(self._own.placement, nights), "lower"
        )
        return best if paired is not None and paired.verdict == "better" else self._own
