"""A simulation of nothing with logs, measures and hazard members; run as a script to be killed."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.draws import Draws
from sim.experiment.identity import Identity
from sim.experiment.replicate import Request, run_experiment
from sim.log import Kind, LogBuilder, RunLog
from sim.states import Mode

PLANS = ("late", "early")
MEMBERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class FakePlayer:
    """Twenty parties leave at drawn minutes; plan ``early`` is an hour earlier."""

    seed: int
    pause_s: float = 0.0
    fails_at: int = -1

    def member(self, replication: int) -> int:
        """Member 0 … 3 by weight."""
        return Draws(self.seed, replication).weighted("hazard/member", MEMBERS)

    def play(self, plan_id: str, replication: int) -> RunLog:
        """The log of one replication."""
        if replication == self.fails_at:
            raise ZeroDivisionError("made up")
        time.sleep(self.pause_s)
        draws = Draws(self.seed, replication)
        keys = np.arange(20, dtype=np.uint64)
        minutes = (draws.u32("leave", keys) >> 24).astype(np.int64)
        minutes += 0 if plan_id == "early" else 60
        log = LogBuilder()
        log.add_many(minutes * 60_000, Kind.OUT, keys.astype(np.int64), 0, int(Mode.COACH))
        return log.build(600 * 60_000, self.member(replication), replication)

    def measure(self, plan_id: str, log: RunLog) -> tuple[dict[str, float], dict[str, np.ndarray]]:
        """Times in minutes; one of three replications of ``late`` never gets the last one out."""
        out = np.sort(log.of(Kind.OUT)["t"]) / 60_000
        never = plan_id == "late" and log.replication % 3 == 0
        values = {
            "people_at_risk": 20.0,
            "t90_clock_min": float(out[17]),
            "t100_clock_min": float("inf") if never else float(out[19]),
            "out_before_cutoff_share": float((out < 180).mean()),
            "rescued_share": float((out >= 280).mean()),
            "t90_margin_min": float("nan") if log.member == 0 else 200.0 - float(out[17]),
        }
        curve = np.searchsorted(out, np.arange(0, 601, 30), side="right")
        return values, {"out": curve}


def fake_identity(seed: int, plans: tuple[str, ...] = PLANS) -> Identity:
    """A scenario of one file."""
    about = {
        "name": {"zh": "测试县", "en": "Test county"},
        "clock_start": "2025-06-18T14:00",
        "horizon_min": 600,
    }
    content = {plan: {"name": {"zh": plan, "en": plan}, "targets": []} for plan in plans}
    files = {"scenario.yaml": "a" * 64}
    versions = {"yuyan": "0", "code": "e" * 64}
    return Identity("fake", Path("fake"), "b" * 64, seed, files, content, versions, about)


if __name__ == "__main__":
    folder, runs, crew = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    run_experiment(FakePlayer(7, pause_s=0.005), fake_identity(7), Request(runs, folder, crew))
