"""A night on the map beside the log it was drawn from, and the map's own reading of the arrays."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.experiment.scenario_player import ScenarioPlayer, scenario_player
from sim.io.scenario_folder import load_scenario
from sim.log import Kind, RunLog, VehicleStatus
from sim.report.replay.data import Night, ground_data, night_data
from sim.report.replay.ground import Ground
from sim.report.replay.pack import unpack
from sim.report.replay.traffic import RoadUse, RoadWatch
from sim.run import run_once

SHARES = (0.15, 0.25, 0.33, 0.42, 0.6)
"""The five moments of the tests, as shares of the horizon."""


@dataclass(frozen=True)
class Replayed:
    """One replication with its map."""

    player: ScenarioPlayer
    log: RunLog
    ground: Ground
    map: dict[str, Any]
    night: dict[str, Any]
    roads: RoadUse | None

    def layer(self, name: str) -> dict[str, Any]:
        """One layer of the night."""
        return next(layer for layer in self.night["layers"] if layer["id"] == name)

    def moments(self) -> list[int]:
        """Five moments, ms."""
        return [round(share * self.player.world.horizon_ms) for share in SHARES]

    def column(self, layer: str, name: str) -> Any:
        """A column of a mover layer's segments."""
        return unpack(self.layer(layer)["tracks"][name])

    # -- the log, counted party by party and vehicle by vehicle ------------------------------------

    def persons_by_state(self, ms: int) -> Counter[int]:
        """Persons in every state, read from the records one after another."""
        sizes = self.player.world.parties.size.tolist()
        state = [0] * len(sizes)
        for t, _, who, _, value in self.log.of(Kind.STATE).tolist():
            if t <= ms:
                state[who] = value
        found: Counter[int] = Counter()
        for one, size in zip(state, sizes, strict=True):
            found[one] += size
        return found

    def vehicles_by_status(self, ms: int) -> Counter[int]:
        """Vehicles by their last status; those that wait for a task stand by; -1 not called."""
        status = [-1] * len(self.player.world.vehicles)
        for t, _, who, _, value in self.log.of(Kind.VEHICLE).tolist():
            if t <= ms:
                status[who] = value
        for t, _, who, _, value in self.log.of(Kind.WAIT_TASK).tolist():
            if t - value <= ms < t:
                status[who] = int(VehicleStatus.AVAILABLE)
        return Counter(status)


def replayed(folder: Path, plan: str, replication: int = 0) -> Replayed:
    """Play a replication of a scenario and make its map in Chinese."""
    player = scenario_player(load_scenario(folder, [plan]), seed=1)
    watch = RoadWatch()
    log = run_once(player.world, player.plans[plan], 1, replication, watch)
    ground = Ground(player.world)
    night = night_data(ground, Night(player.plans[plan], log, 1, "zh", watch.use))
    return Replayed(player, log, ground, ground_data(ground, "zh"), night, watch.use)


def grouped(counts: Counter[int], groups: list[dict[str, Any]]) -> list[int]:
    """Counts by code added up by the groups shown on the map."""
    return [sum(counts[code] for code in group["codes"]) for group in groups]


def segment_at(tracks: dict[str, Any], mover: int, ms: int) -> int:
    """Row of the segment a mover is in, -1 before its first."""
    start, t0 = unpack(tracks["start"]), unpack(tracks["t0"])
    rows = np.flatnonzero(t0[start[mover] : start[mover + 1]] <= ms)
    return int(start[mover] + rows[-1]) if len(rows) else -1
