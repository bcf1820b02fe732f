"""A cold run of the kernel, to be held against a cold run of SUMO: a fresh process reads a case
from a file, builds the network, plays it, and writes the arrivals.

    python cold.py CASE.npz
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
from cases import Case, Outcome, Roads, Trips


def save(case: Case, file: Path) -> None:
    """Write a case, uncompressed."""
    roads = {f"roads_{f.name}": getattr(case.roads, f.name) for f in fields(Roads)}
    trips = {f"trips_{f.name}": getattr(case.trips, f.name) for f in fields(Trips)}
    np.savez(file, horizon_s=case.horizon_s, **roads, **trips)


def load(file: Path) -> Case:
    """Read it back."""
    with np.load(file) as data:
        roads = Roads(**{f.name: data[f"roads_{f.name}"] for f in fields(Roads)})
        trips = Trips(**{f.name: data[f"trips_{f.name}"] for f in fields(Trips)})
        return Case(file.stem, roads, trips, int(data["horizon_s"]))


def play(case: Case, folder: Path) -> Outcome:
    """The case in a fresh process; run_s is all its CPU time, imports included."""
    from peer_sumo import child_cpu_s

    file = folder / "case.npz"
    save(case, file)
    c0 = child_cpu_s()
    subprocess.run([sys.executable, __file__, str(file)], check=True)
    run_s = child_cpu_s() - c0
    return Outcome(np.load(file.with_suffix(".npy")), 0.0, run_s)


def main(name: str) -> None:
    from ours import play as play_here

    file = Path(name)
    np.save(file.with_suffix(".npy"), play_here(load(file)).arrive_ms)


if __name__ == "__main__":
    main(sys.argv[1])
