"""How time and memory of a replication grow: 5,000 to 500,000 people on the Auckland network.

    python tests/benchmarks/traffic/auckland.py [--people 5000 50000 ...] [--repeat 3]

People leave within six hours as private cars (2.5 in a car) for one of the three nearest of 100
destinations. Each size is a fresh process; seconds are CPU seconds of adding the cars and moving
them until the roads are empty or 24 h have passed. Needs the folder shared (YUYAN_SHARED).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from cases import Roads

PEOPLE = (5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000)
PEOPLE_PER_CAR = 2.5
SHARED = Path(os.environ.get("YUYAN_SHARED") or Path(__file__).resolve().parents[4] / "shared")


def make(people: int, file: Path) -> None:
    """Write what a replication of a size reads; of the routes only the trees."""
    from county import auckland

    case = auckland(SHARED, round(people / PEOPLE_PER_CAR))
    trips = case.trips
    free_ms = np.add.reduceat(case.roads.free_ms[trips.route], trips.route_start[:-1])
    roads = {f"roads_{f.name}": getattr(case.roads, f.name) for f in fields(Roads)}
    np.savez(
        file,
        **roads,
        depart_ms=trips.depart_ms,
        origin=case.origin,
        tree=trips.tree,
        trees=trips.trees,
        free_ms=free_ms,
        driven=trips.traversals,
    )


def replication(file: Path) -> dict[str, Any]:
    """Play a case once: CPU seconds, memory of the arrays and of the process, and the result."""
    from night import most_resident_mib
    from ours import TOP_SPEED, network_of, supply_of

    from sim.roads.queues import Departures, Queues

    with np.load(file) as data:
        roads = Roads(**{f.name: data[f"roads_{f.name}"] for f in fields(Roads)})
        names = ("depart_ms", "origin", "tree", "trees", "free_ms", "driven")
        depart_ms, origin, tree, trees, free_ms, driven = (data[name] for name in names)
    network = network_of(roads)
    t0 = time.process_time()
    queues = Queues(network, supply_of(roads), trees, [TOP_SPEED])
    queues.add(Departures(depart_ms, origin, route=tree))
    ended = queues.advance(24 * 3_600_000)
    spent = time.process_time() - t0
    came = ended.status == 0
    took = (ended.time_ms - depart_ms[ended.row])[came]
    return {
        "people": round(len(depart_ms) * PEOPLE_PER_CAR),
        "cars": len(depart_ms),
        "driven": int(driven),
        "s": spent,
        "own_mib": sum(array.nbytes for array in queues.state) / 2**20,
        "resident_mib": most_resident_mib(),
        "arrived": int(came.sum()),
        "late": float(took.sum() / free_ms[ended.row][came].sum()),
        "clear_h": float(ended.time_ms.max()) / 3.6e6,
    }


def measured(people: int, repeat: int) -> dict[str, Any]:
    """The quickest of some replications, each in a process of its own."""

    def one(what: str, file: str) -> str:
        script = [sys.executable, __file__, "--one", what, str(people), file]
        return subprocess.run(script, check=True, capture_output=True, text=True).stdout

    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "case.npz")
        one("make", file)
        rows = [json.loads(one("play", file)) for _ in range(repeat)]
    return min(rows, key=lambda row: float(row["s"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=list(PEOPLE))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        what, people, file = asked.one
        if what == "make":
            make(int(people), Path(file))
        else:
            print(json.dumps(replication(Path(file))))
        return
    from page import scale

    print("\n".join(scale([measured(n, asked.repeat) for n in asked.people])))


if __name__ == "__main__":
    main()
