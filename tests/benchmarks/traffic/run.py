"""Measure the traffic kernel beside its peers and write docs/benchmarks/traffic.md.

    python tests/benchmarks/traffic/run.py [--quick] [--raw FILE] [--page-from FILE]

Needs ``pip install -e '.[peers]'`` and the folder shared beside the repository (YUYAN_SHARED).
About 20 minutes; --quick leaves the largest peers' runs out. --raw keeps the numbers as JSON,
--page-from writes the page from such a file without measuring.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import adaptive
import auckland
import cases
import county
import example
import numpy as np
import ours
import page
import peer_uxsim
import places
import repair
from cases import NEVER, Case
from measure import Played, as_json, from_json, nights, played

from sim.roads.repair import changed_edges, repair_all
from sim.roads.routing import stack, tree_to

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("YUYAN_SHARED") or ROOT.parent / "shared")

Plan = tuple[Callable[[], Case], dict[str, int]]

QUICK: tuple[Plan, ...] = (
    (
        cases.corridor,
        {"Yuyan": 5, "uxsim": 3, "SUMO meso, even": 3, "SUMO meso": 3, "SimPy agents": 3},
    ),
    (
        lambda: named(cases.g2k(8_000), "g2k, light"),
        {
            "Yuyan": 5, "Yuyan, cold": 3, "uxsim": 3, "SUMO meso": 3, "SUMO meso, even": 3,
            "SimPy agents": 3,
        },
    ),
    (
        cases.g2k,
        {
            "Yuyan": 9, "Yuyan, cold": 3, "uxsim": 3, "uxsim with its search": 2,
            "uxsim, platoons of 5": 2, "SUMO meso": 3, "SUMO meso, even": 3, "SimPy agents": 3,
        },
    ),
    (
        lambda: named(places.kampen(SHARED, 4_000), "Kampen, light"),
        {"Yuyan": 5, "uxsim": 1, "SUMO meso, even": 2, "SUMO meso": 2, "SimPy agents": 1},
    ),
    (
        lambda: places.kampen(SHARED, 10_000),
        {"Yuyan": 5, "uxsim": 2, "SUMO meso, even": 2, "SUMO meso": 2, "SimPy agents": 2},
    ),
    (
        example.uxsim_example,
        {"Yuyan": 5, "uxsim": 1, "uxsim, platoons of 5": 3},
    ),
)  # fmt: skip

LONG: tuple[Plan, ...] = (
    (
        lambda: named(cases.g2k(100_000), "g2k, jammed"),
        {
            "Yuyan": 9, "Yuyan, cold": 3, "uxsim": 2, "SUMO meso": 1, "SUMO meso, even": 1,
            "SimPy agents": 2,
        },
    ),
    (
        cases.g20k,
        {
            "Yuyan": 9, "Yuyan, cold": 3, "uxsim": 1, "uxsim with its search": 1, "SUMO meso": 2,
            "SUMO meso, even": 2, "SimPy agents": 2,
        },
    ),
    (
        county.county,
        {
            "Yuyan": 7, "Yuyan, cold": 3, "SUMO meso": 2, "SUMO meso, even": 1, "SimPy agents": 2,
        },
    ),
)  # fmt: skip

SEARCH_NEEDS_GIB = 9


def named(case: Case, name: str) -> Case:
    from dataclasses import replace

    return replace(case, name=name)


def free_gib() -> float:
    """Memory that could be had now."""
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable"):
            return int(line.split()[1]) / 2**20
    return 0.0


def measure_cases(plans: tuple[Plan, ...]) -> list[Played]:
    """All players of all plans; uxsim's search on g20k only where the memory is there."""
    rows = []
    for make, players in plans:
        case = make()
        for player, times in players.items():
            big = player == "uxsim with its search" and case.roads.n_nodes > 2_000
            if not (big and free_gib() < SEARCH_NEEDS_GIB):
                rows.append(played(case, player, times))
    return rows


def measure_own_choice(seeds: int) -> dict[str, Any]:
    """uxsim's example with drivers who choose: hours by seed, least CPU seconds, links driven."""
    theirs = [adaptive.play_uxsim(seed) for seed in range(seeds)]
    case = example.uxsim_example()
    network = ours.network_of(case.roads)
    mine = [adaptive.play(case, network, seed) for seed in range(seeds)]
    fixed = [peer_uxsim.play(case, deltan=5, seed=seed) for seed in range(seeds)]
    return {
        "fixed_h": [outcome.figures(case).total_h for outcome in fixed],
        "uxsim_h": [hours for _, hours in theirs],
        "uxsim_s": min(outcome.run_s for outcome, _ in theirs),
        "uxsim_links": case.trips.traversals,
        "yuyan_h": [outcome.figures(case).total_h for outcome, _ in mine],
        "yuyan_s": min(outcome.run_s for outcome, _ in mine),
        "yuyan_links": int(np.mean([driven for _, driven in mine])),
    }


def tree_repair(events: int = 20, n_trees: int = 100, closed: int = 5) -> dict[str, float]:
    """Repair of 100 trees after 5 closed links against a rebuild, medians in CPU seconds."""
    network, dry = repair.streets(198, 107_000)
    rng = np.random.default_rng(2)
    roots = rng.choice(network.n_nodes, n_trees, replace=False).tolist()
    took: dict[str, list[float]] = {"repair_s": [], "rebuild_s": []}
    trees = stack([tree_to(network, root, dry) for root in roots])
    for _ in range(events):
        after = dry.copy()
        after[rng.choice(network.n_edges, closed, replace=False)] = NEVER
        changed = changed_edges(dry, after)
        t0 = time.process_time()
        repair_all(network, trees, after, changed, True)
        took["repair_s"].append(time.process_time() - t0)
        t0 = time.process_time()
        rebuilt = stack([tree_to(network, root, after) for root in roots])
        took["rebuild_s"].append(time.process_time() - t0)
        if not (trees.edge == rebuilt.edge).all():
            raise AssertionError("a repaired tree is not the rebuilt one")
        repair_all(network, trees, dry, changed, True)
    return {name: float(np.median(values)) for name, values in took.items()}


def corridor_ticks_off() -> int:
    """How far the corridor is from its formula, in ms."""
    case = cases.corridor()
    arrive = ours.play(case).arrive_ms
    return int(np.abs(arrive - (2_000 * np.arange(case.trips.n) + 360_000)).max())


def measure(quick: bool) -> dict[str, Any]:
    """Everything the page needs."""
    return {
        "versions": {n: version(n) for n in ("uxsim", "eclipse-sumo", "simpy", "numba", "numpy")},
        "quick": quick,
        "repair": tree_repair(),
        "ticks_off": corridor_ticks_off(),
        "own_choice": measure_own_choice(5),
        "county": nights("county", 1 if quick else 3),
        "town": nights("town", 30),
        "auckland": [] if quick else [auckland.measured(n, 3) for n in auckland.PEOPLE],
        "played": as_json(measure_cases(QUICK if quick else QUICK + LONG)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--raw", type=Path)
    parser.add_argument("--page-from", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks" / "traffic.md")
    asked = parser.parse_args()
    if asked.page_from:
        found = json.loads(asked.page_from.read_text(encoding="utf-8"))
    else:
        found = measure(asked.quick)
        if asked.raw:
            asked.raw.write_text(json.dumps(found, indent=1), encoding="utf-8")
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    found["played"] = from_json(found["played"])
    asked.out.write_text(page.written(found), encoding="utf-8")


if __name__ == "__main__":
    main()
