"""Plays placements: a "plan" of this player is a ``Scene`` written as text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.draws import Draws
from sim.experiment.player import Curves
from sim.log import RunLog
from sim.measures.facts import Facts
from sim.measures.measure import measure_facts, read_log
from sim.optimize.preposition.scene import Scene
from sim.optimize.preposition.setting import Setting
from sim.optimize.preposition.standby import standby_h
from sim.optimize.preposition.units import Limit
from sim.optimize.preposition.waits import WAITS
from sim.run import run_once

FRESH_SEED = 1_000_003
"""Added to the seed for the nights that certify: no night of the search is among them."""
LIMIT = "limit"
"""Name under which the limit of a night is kept beside its measures."""


class PlacementPlayer:
    """Plays scenes with one seed and, for those that certify, another.

    limits: whether every night of a scene is told what no placement could beat.
    """

    def __init__(self, setting: Setting, seed: int, limits: bool = False) -> None:
        self.setting, self.seed, self.limits = setting, seed, limits
        self._changed: dict[Scene, Setting] = {}
        self._limit: Limit | None = None

    def play(self, plan_id: str, replication: int) -> RunLog:
        """The log of one night of a scene."""
        scene = Scene.read(plan_id)
        setting = self._setting(scene)
        seed = self.seed + FRESH_SEED if scene.fresh else self.seed
        return run_once(setting.world, setting.planned(scene.at), seed, replication)

    def _setting(self, scene: Scene) -> Setting:
        """Worlds with other units are made once."""
        key = replace(scene, at=None, fresh=False)
        if key not in self._changed:
            self._changed[key] = self.setting.changed(key)
        return self._changed[key]

    def measure(self, plan_id: str, log: RunLog) -> tuple[dict[str, float], Curves]:
        """All measures of the plan as a whole, those of waiting, and the limit.

        Curves: the columns of the calls, and ``carried``, persons by unit.
        """
        scene = Scene.read(plan_id)
        setting = self._setting(scene)
        facts = read_log(setting.world, log)
        values = measure_facts(facts, setting.plan)
        whole = {name: value for name, value in values.items() if ":" not in name}
        calls, carried = setting.kind.calls(facts), setting.kind.carried(facts)
        curves = {
            "place": calls.place,
            "t": calls.t_ms,
            "persons": calls.persons,
            "waited": calls.waited_min,
            "asks": calls.asks,
            "carried": np.array([carried.get(u.id, 0) for u in setting.units], np.int64),
        }
        whole |= {name: of(facts) for name, of in WAITS.items()}
        whole["standby_h"] = standby_h(facts, setting.planned(scene.at))
        if self.limits and setting is self.setting:
            whole[LIMIT] = self._limit_of(facts, self.seed + FRESH_SEED * scene.fresh)
        return whole, curves

    def _limit_of(self, facts: Facts, seed: int) -> float:
        if self._limit is None:
            self._limit = self.setting.kind.limit(self.setting)
        return self._limit.of(facts, seed)

    def member(self, replication: int) -> int:
        """Hazard member of a replication of the search: the engine's own draw, made again."""
        weights = np.asarray(self.setting.world.hazard.weights)
        return Draws(self.seed, replication).weighted("hazard/member", weights)
