"""The measurements behind docs/benchmarks/traffic.md, each by a name."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
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
import peer_uxsim
import places
import repair
from cases import NEVER, Case
from measure import as_json, nights, played

from sim.roads.repair import changed_edges, repair_all
from sim.roads.routing import stack, tree_to

SHARED = Path(os.environ.get("YUYAN_SHARED") or Path(__file__).resolve().parents[4] / "shared")

Plan = tuple[Callable[[], Case], dict[str, int]]
"""How to make a case, and how often each player plays it."""

PLANS: dict[str, Plan] = {
    "corridor": (
        cases.corridor,
        {"Yuyan": 5, "uxsim": 3, "SUMO meso, even": 3, "SUMO meso": 3, "SimPy agents": 3},
    ),
    "g2k, light": (
        lambda: cases.g2k(8_000),
        {
            "Yuyan": 5, "Yuyan, cold": 3, "uxsim": 3, "SUMO meso": 3, "SUMO meso, even": 3,
            "SimPy agents": 3,
        },
    ),
    "g2k": (
        cases.g2k,
        {
            "Yuyan": 9, "Yuyan, cold": 3, "uxsim": 3, "uxsim with its search": 2,
            "uxsim, platoons of 5": 2, "SUMO meso": 3, "SUMO meso, even": 3, "SimPy agents": 3,
        },
    ),
    "Kampen, light": (
        lambda: places.kampen(SHARED, 4_000),
        {"Yuyan": 5, "uxsim": 1, "SUMO meso, even": 2, "SUMO meso": 2, "SimPy agents": 1},
    ),
    "Kampen": (
        lambda: places.kampen(SHARED, 10_000),
        {"Yuyan": 5, "uxsim": 1, "SUMO meso, even": 2, "SUMO meso": 2, "SimPy agents": 1},
    ),
    "uxsim's own grid": (
        example.uxsim_example,
        {"Yuyan": 5, "uxsim": 1, "uxsim, platoons of 5": 3},
    ),
    "g2k, jammed": (
        lambda: cases.g2k(100_000),
        {
            "Yuyan": 9, "Yuyan, cold": 3, "uxsim": 1, "SUMO meso": 1, "SUMO meso, even": 1,
            "SimPy agents": 1,
        },
    ),
    "g20k, light": (
        lambda: cases.g20k(20_000),
        {
            "Yuyan": 9, "uxsim": 1, "uxsim with its search": 1, "SUMO meso, even": 1,
            "SimPy agents": 1,
        },
    ),
    "g20k": (
        cases.g20k,
        {
            "Yuyan": 9, "Yuyan, cold": 3, "uxsim, platoons of 5": 1,
            "uxsim, platoons of 5, with its search": 1, "SUMO meso": 1,
            "SUMO meso, even": 1, "SimPy agents": 1,
        },
    ),
    "county": (
        county.county,
        {
            "Yuyan": 9, "Yuyan, cold": 3, "SUMO meso": 1, "SUMO meso, even": 1, "SimPy agents": 1,
        },
    ),
}  # fmt: skip

LONG = ("g2k, jammed", "g20k", "county", "auckland", "g20k, light")
SEARCH_NEEDS_GIB = 9


def free_gib() -> float:
    """Memory that could be had now."""
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable"):
            return int(line.split()[1]) / 2**20
    return 0.0


def measure_case(name: str) -> list[dict[str, Any]]:
    """All players of a case, ours first and last; uxsim's search where its memory is there."""
    make, players = PLANS[name]
    case = replace(make(), name=name)
    big = case.roads.n_nodes > 2_000 and free_gib() < SEARCH_NEEDS_GIB
    rows = {}
    for player, times in [*players.items(), ("Yuyan", players["Yuyan"])]:
        if big and "search" in player:
            continue
        row = played(case, player, times)
        if player not in rows or row.run_s < rows[player].run_s:
            rows[player] = row
    return as_json(list(rows.values()))


def measure_own_choice(seeds: int) -> dict[str, Any]:
    """uxsim's example with drivers who choose: hours by seed, least CPU seconds, links driven."""
    case = example.uxsim_example()
    network = ours.network_of(case.roads)
    theirs, mine = [], []
    for seed in range(seeds):  # in turn, so that both meet the same moods of the machine
        theirs.append(adaptive.play_uxsim(seed))
        mine.append(adaptive.play(case, network, seed))
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


def versions() -> dict[str, str]:
    """Who was measured."""
    return {name: version(name) for name in ("uxsim", "eclipse-sumo", "simpy", "numba", "numpy")}


def playing(name: str) -> Callable[[], Any]:
    """The measurement of a case."""
    return lambda: measure_case(name)


STEPS: dict[str, Callable[[], Any]] = {
    "versions": versions,
    "ticks_off": corridor_ticks_off,
    "repair": tree_repair,
    "own_choice": lambda: measure_own_choice(5),
    "county, all": lambda: nights("county", 3),
    "town": lambda: nights("town", 30),
    **{name: playing(name) for name in PLANS if name not in LONG},
    "auckland": lambda: [auckland.measured(people, 2) for people in auckland.PEOPLE],
    **{name: playing(name) for name in PLANS if name in LONG},
}
"""All measurements, the longest last; a case's name stands for all its players."""
