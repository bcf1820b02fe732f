"""Plays placements: a "plan" of this player is a placement written as text."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.draws import Draws
from sim.experiment.player import Curves
from sim.log import RunLog
from sim.measures.measure import measure_facts, read_log
from sim.optimize.preposition.standby import standby_h
from sim.optimize.preposition.units import Placement, Posts, Unit, UnitKind
from sim.optimize.preposition.waits import WAITS
from sim.plan import Plan
from sim.run import run_once
from sim.world import World

OWN = "own"
"""Label of the plan as the planner wrote it."""


def label_of(placement: Placement) -> str:
    """A placement as the name of a plan."""
    return "at:" + ",".join(str(post) for post in placement)


@dataclass(frozen=True)
class Setting:
    """What is placed where, under which plan.

    Attributes:
        kind: of the units; posts: places they may wait at.
    """

    world: World
    plan: Plan
    kind: UnitKind
    units: tuple[Unit, ...]
    posts: Posts

    def own(self) -> Placement:
        """Where the plan has the units wait."""
        return tuple(self.posts.row(self.world, unit.own) for unit in self.units)

    def together(self, post: int) -> Placement:
        """All units at one post."""
        return (post,) * len(self.units)

    def label(self, placement: Placement) -> str:
        """The plan's own places are played as the plan itself."""
        return OWN if placement == self.own() else label_of(placement)

    def largest(self) -> int:
        """Row of the largest unit, the first of equals."""
        return max(range(len(self.units)), key=lambda k: (self.units[k].capacity, -k))

    def in_world(self, world: World) -> Setting:
        """The same with other units."""
        return replace(self, world=world, units=self.kind.units(world, self.plan))

    def planned(self, label: str) -> Plan:
        """The plan that a label means."""
        if label == OWN:
            return self.plan
        rows = [int(post) for post in label.removeprefix("at:").split(",")]
        places = self.places(tuple(rows))
        return self.kind.staged(self.plan, places)

    def places(self, placement: Placement) -> dict[str, int]:
        """Place row of every unit; a unit at its own post keeps its own place."""
        found = {}
        for unit, post in zip(self.units, placement, strict=True):
            stays = post == self.posts.row(self.world, unit.own)
            found[unit.id] = unit.own if stays else self.posts.places[post]
        return found


class PlacementPlayer:
    """Plays placements with one seed; see ``label_of``."""

    def __init__(self, setting: Setting, seed: int) -> None:
        self.setting, self.seed = setting, seed

    def play(self, plan_id: str, replication: int) -> RunLog:
        """The log of one night under a placement."""
        setting = self.setting
        return run_once(setting.world, setting.planned(plan_id), self.seed, replication)

    def measure(self, plan_id: str, log: RunLog) -> tuple[dict[str, float], Curves]:
        """All measures of the plan as a whole and those of waiting.

        Curves: the columns of the calls, and ``carried``, persons by unit.
        """
        facts = read_log(self.setting.world, log)
        values = measure_facts(facts, self.setting.plan)
        whole = {name: value for name, value in values.items() if ":" not in name}
        calls, carried = self.setting.kind.calls(facts), self.setting.kind.carried(facts)
        curves = {
            "place": calls.place,
            "t": calls.t_ms,
            "persons": calls.persons,
            "waited": calls.waited_min,
            "carried": np.array([carried.get(u.id, 0) for u in self.setting.units], np.int64),
        }
        waits = {name: of(facts) for name, of in WAITS.items()}
        stood_by = standby_h(facts, self.setting.planned(plan_id))
        return {**whole, **waits, "standby_h": stood_by}, curves

    def member(self, replication: int) -> int:
        """Hazard member of a replication: the engine's own draw, made again."""
        weights = np.asarray(self.setting.world.hazard.weights)
        return Draws(self.seed, replication).weighted("hazard/member", weights)
