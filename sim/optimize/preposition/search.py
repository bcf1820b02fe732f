"""The search on the simulator: the same few nights for every placement, one move at a time.

What was played says who still waited where and which units brought few away; a location model
proposes where such a unit would shorten that waiting most, the simulator disposes: a move is kept
when the mean over the search nights gets better. The best few and the plan's own are played on
further nights, so that luck in the first nights does not decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.measures.catalogue import info_of
from sim.measures.paired import compare
from sim.optimize.location.busy import moves
from sim.optimize.preposition.bench import Bench, Floats
from sim.optimize.preposition.demand import read_demand
from sim.optimize.preposition.player import Setting
from sim.optimize.preposition.units import Placement

TRIED_AT_ONCE = 4
"""Moves played before the best of them is looked at."""
FRUITLESS = 3
"""Rounds without a better placement after which the search ends."""
FINALISTS = 3


@dataclass(frozen=True)
class Trial:
    """A placement that was played: its name, where it came from, its mean on the search nights
    (smaller is better, whatever the measure)."""

    name: str
    placement: Placement
    loss: float


class Search:
    """Looks for a placement. ``trials`` holds everything played, the best first."""

    def __init__(self, setting: Setting, bench: Bench, nights: Sequence[int], measure: str) -> None:
        self.setting, self.bench, self.nights, self.measure = setting, bench, nights, measure
        self.sign = -1.0 if info_of(measure).better == "higher" else 1.0
        self._tried: dict[Placement, Trial] = {}

    @property
    def trials(self) -> list[Trial]:
        """Everything played on the search nights, the best first."""
        return sorted(self._tried.values(), key=lambda trial: (trial.loss, trial.placement))

    def losses(self, placement: Placement, nights: Sequence[int]) -> Floats:
        """Night by night, float64[nights]; not reached (+∞) counts as the horizon in minutes, a
        night without the measure (nobody called) as 0."""
        values = self.sign * self.bench.values(self.setting.label(placement), nights, self.measure)
        worst = self.setting.world.horizon_ms / 60_000
        return np.nan_to_num(values, nan=0.0, posinf=worst, neginf=-worst)

    def try_all(self, named: dict[str, Placement]) -> None:
        """Play placements on the search nights."""
        new = {name: at for name, at in named.items() if at not in self._tried}
        self.bench.play([self.setting.label(at) for at in new.values()], self.nights)
        for name, at in new.items():
            self._tried[at] = Trial(name, at, float(self.losses(at, self.nights).mean()))

    def improve(self, base: Trial, busy: float, budget: int) -> None:
        """Moves one after another from a placement, until so many runs are spent in all or
        nothing helps any more."""
        best, fruitless = base, 0
        while fruitless < FRUITLESS:
            proposed = self._proposed(best.placement, busy)
            if not proposed or self.bench.runs + len(proposed) * len(self.nights) > budget:
                return
            self.try_all(proposed)
            tried = [self.trial(placement) for placement in proposed.values()]
            first = min(tried, key=lambda trial: (trial.loss, trial.placement))
            fruitless = 0 if first.loss < best.loss else fruitless + 1
            best = min(best, first, key=lambda trial: trial.loss)

    def trial(self, placement: Placement) -> Trial:
        """What is known of a placement that was tried."""
        return self._tried[placement]

    def _proposed(self, at: Placement, busy: float) -> dict[str, Placement]:
        """The most promising moves not tried yet, each to another post: of units that brought no
        more away than half of the units did, to shorten the waiting that was left."""
        played = self.bench.of(self.setting.label(at), self.nights)
        demand = read_demand(self.setting, played)
        if not demand.waited.any():
            return {}
        carried = np.sum([one.curves["carried"] for one in played], axis=0)
        idle = carried <= np.median(carried)
        found: dict[str, Placement] = {}
        to: set[int] = set()
        for _, unit, post in moves(demand.minutes, demand.waited, at, busy, idle):
            placement = (*at[:unit], post, *at[unit + 1 :])
            if placement not in self._tried and post not in to:
                to.add(post)
                place = self.setting.world.places.ids[self.setting.posts.places[post]]
                found[f"move:{self.setting.units[unit].id}>{place}"] = placement
            if len(found) == TRIED_AT_ONCE:
                break
        return found

    def winner(self, further: Sequence[int]) -> Trial:
        """The best of the finalists over the search nights and further ones, if it is surely
        better than the plan's own places night by night; else these: nobody moves for luck."""
        own = self.trial(self.setting.own())
        finalists = [*self.trials[:FINALISTS], own]
        nights = [*self.nights, *further]
        self.bench.play([self.setting.label(trial.placement) for trial in finalists], nights)
        best = min(
            finalists, key=lambda trial: (self.losses(trial.placement, nights).mean(), trial.name)
        )
        paired = compare(
            self.losses(best.placement, nights), self.losses(own.placement, nights), "lower"
        )
        return best if paired is not None and paired.verdict == "better" else own
