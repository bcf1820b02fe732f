"""Plays cases by players, several times each, and keeps the shortest CPU time of each step."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import cold
import ours
import peer_simpy
import peer_sumo
import peer_uxsim
from cases import Case, Figures, Outcome

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Played:
    """One player on one case: what came out, and CPU seconds (the least of some repetitions)."""

    case: str
    player: str
    cars: int
    traversals: int
    figures: Figures
    build_s: float
    search_s: float
    run_s: float


def play_cold(case: Case) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        return cold.play(case, Path(folder))


PLAYERS: dict[str, Callable[[Case], Outcome]] = {
    "Yuyan": ours.play,
    "Yuyan, cold": play_cold,
    "uxsim": peer_uxsim.play,
    "uxsim with its search": lambda case: peer_uxsim.play(case, search=True),
    "uxsim, platoons of 5, with its search": lambda case: peer_uxsim.play(case, 5, search=True),
    "uxsim, platoons of 5": lambda case: peer_uxsim.play(case, deltan=5),
    "SUMO meso": peer_sumo.play,
    "SUMO meso, even": lambda case: peer_sumo.play(case, peer_sumo.EVEN_JAM),
    "SimPy agents": peer_simpy.play,
}


def played(case: Case, player: str, times: int) -> Played:
    """Let a player play a case some times."""
    best: Outcome | None = None
    for _ in range(times):
        now = PLAYERS[player](case)
        if best is None:
            best = now
        best = replace(
            now,
            build_s=min(best.build_s, now.build_s),
            search_s=min(best.search_s, now.search_s),
            run_s=min(best.run_s, now.run_s),
        )
    assert best is not None
    done = Played(
        case.name,
        player,
        case.trips.n,
        case.trips.traversals,
        best.figures(case),
        best.build_s,
        best.search_s,
        best.run_s,
    )
    print(f"{case.name:12} {player:22} {done.run_s:10.4f} s  {done.figures}", flush=True)
    return done


def nights(kind: str, seeds: int) -> list[dict[str, Any]]:
    """Replications of night.py in a fresh process, read from their JSON lines."""
    script = [sys.executable, str(HERE / "night.py")]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*script, "make", folder, kind], check=True)
        done = subprocess.run(
            [*script, "play", folder, kind, *map(str, range(seeds))],
            check=True,
            capture_output=True,
            text=True,
        )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    print(kind, rows[0], flush=True)
    return rows


def as_json(rows: list[Played]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]


def from_json(rows: list[dict[str, Any]]) -> list[Played]:
    return [Played(**{**row, "figures": Figures(**row["figures"])}) for row in rows]
