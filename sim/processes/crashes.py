"""Crashes: lanes are lost for a while, as the scenario tells or by chance with the traffic.

By chance: on every edge the next crash comes when all vehicles together have driven a drawn
distance there (a Poisson process in vehicle-kilometres). The draws belong to the edge and the
number of the crash, so two plans meet the same ones, sooner where more people drive.
"""

from __future__ import annotations

import numpy as np

from sim.clock import MS_PER_MIN, next_clock_time
from sim.draws import sample, sample_one
from sim.draws_tables import compile_minutes, compile_number
from sim.engine import Engine
from sim.log import Kind
from sim.roads.defaults import read_defaults
from sim.roads.network import Network
from sim.schema.distribution_kinds import Exponential, Lognormal

LOOK_MS = 10 * MS_PER_MIN
"""How often what was driven is held against the drawn distances."""

LEAST_RATE = 0.01
"""Crashes per million vehicle-km below which the drawn distances have no end."""


def begin(engine: Engine) -> None:
    """Put the given crashes on the agenda, and look out for those by chance."""
    world, traffic = engine.run.world, engine.run.world.spec.traffic
    if not isinstance(world.roads, Network):
        return
    for crash in traffic.accidents:
        edge = world.roads.edge_ids.index(crash.edge)
        at = max(0, next_clock_time(world.clock_start, crash.at))
        lasts = round(crash.for_min * MS_PER_MIN)
        engine.run.at(at, _crash, engine, edge, crash.lanes, lasts)
    if traffic.accidents_per_million_km:
        _Chance(engine, traffic.accidents_per_million_km).wait()


def _crash(engine: Engine, edge: int, lanes: int, lasts_ms: int) -> None:
    run = engine.run
    engine.traffic.roads.controls.crash(edge, lanes, run.now + lasts_ms)
    run.log.add(run.now, Kind.CRASH, edge, lanes, lasts_ms)


class _Chance:
    """When the next crash comes on every edge, in metres driven there."""

    def __init__(self, engine: Engine, per_million_km: float) -> None:
        self.engine, values = engine, read_defaults("traffic.csv")
        mean_m = 1e9 / max(per_million_km, LEAST_RATE)
        self._distance = compile_number(Exponential(dist="exponential", mean=mean_m), 1)
        median, p90 = values["crash_median_min"], values["crash_p90_min"]
        self._lasts = compile_minutes(Lognormal(dist="lognormal", median=median, p90=p90))
        self._keys = engine.run.world.statics.edge_keys
        draws = engine.run.draws
        self._next_m = sample(draws, "crash/distance", self._distance, self._keys, self._keys)
        self._number = np.zeros(len(self._keys), dtype=np.int64)

    def wait(self) -> None:
        """Look again in a while."""
        run = self.engine.run
        if run.now + LOOK_MS <= run.world.horizon_ms:
            run.at(run.now + LOOK_MS, self._look)

    def _look(self) -> None:
        driven, draws = self.engine.traffic.roads.controls.driven_m(), self.engine.run.draws
        for edge in np.flatnonzero(driven >= self._next_m).tolist():
            number, key = int(self._number[edge]), (int(self._keys[edge]), 0)
            lasts = sample_one(draws, "crash/lasts", self._lasts, key, number)
            _crash(self.engine, edge, 1, lasts)
            further = sample_one(draws, "crash/distance", self._distance, key, number + 1)
            self._next_m[edge] += further
            self._number[edge] += 1
        self.wait()
