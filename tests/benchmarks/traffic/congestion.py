"""What queues on the roads change: a scenario's plans with and without congestion, side by side.

Usage: python tests/benchmarks/traffic/congestion.py SCENARIO [-n N] [--shadow SHARE]
Prints a table per plan (out before the cut-off, T90 of those by coach and by car, people fetched
by boat) with queues, with queues and cars from off the lists, and in free flow; and the ranking of
the plans by people out before the cut-off. Seeds are the same in all three.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from sim.io.scenario_folder import ScenarioFolder, load_scenario
from sim.log import Kind, RunLog
from sim.measures.measure import measure_run
from sim.plan import compile_plan
from sim.run import run_once
from sim.states import Mode
from sim.world import World
from sim.world_build import build_world

COLUMNS = ("out_before_cutoff_share", "coach_t90_h", "car_t90_h", "moved_by_boat")


def main() -> None:
    """Read the arguments, play, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario")
    parser.add_argument("-n", type=int, default=20)
    parser.add_argument("--shadow", type=float, default=0.2)
    given = parser.parse_args()
    folder = load_scenario(given.scenario)
    ranks = {}
    print("| roads | plan | " + " | ".join(COLUMNS) + " |\n|---|---|" + "---|" * len(COLUMNS))
    for name, spec in _kinds(folder, given.shadow):
        world = build_world(replace(folder, spec=folder.spec.model_copy(update={"traffic": spec})))
        table = {plan: _means(world, plan, given.n) for plan in sorted(folder.plans)}
        for plan, row in table.items():
            print(f"| {name} | {plan} | " + " | ".join(f"{row[c]:.3g}" for c in COLUMNS) + " |")
        ranks[name] = sorted(table, key=lambda p: -table[p]["out_before_cutoff_share"])
    for name, order in ranks.items():
        print(f"\nranking, {name}: {' > '.join(order)}")


def _kinds(folder: ScenarioFolder, shadow: float) -> Iterator[tuple[str, object]]:
    traffic = folder.spec.traffic
    yield "free flow", traffic.model_copy(update={"queues": False, "shadow_share": 0.0})
    yield "queues", traffic.model_copy(update={"queues": True, "shadow_share": 0.0})
    yield f"queues, {shadow:.0%} shadow", traffic.model_copy(update={"shadow_share": shadow})


def _means(world: World, plan_id: str, n: int) -> dict[str, float]:
    plan, rows = compile_plan(world, plan_id), []
    for replication in range(n):
        log = run_once(world, plan, 1, replication)
        found = measure_run(world, plan, log)
        rows.append(
            (
                float(found["out_before_cutoff_share"]),
                _t90_h(world, log, Mode.COACH),
                _t90_h(world, log, Mode.OWN_CAR),
                float(found["moved_by_boat"]),
            )
        )
    return dict(zip(COLUMNS, np.nanmean(np.array(rows), axis=0).tolist(), strict=True))


def _t90_h(world: World, log: RunLog, mode: Mode) -> float:
    """Hour by which nine tenths of those who left by one mode were out."""
    out = log.of(Kind.OUT)
    out = out[out["value"] == int(mode)]
    if not len(out):
        return float("nan")
    size = world.parties.size[out["who"]]
    return float(out["t"][np.searchsorted(size.cumsum(), 0.9 * size.sum())]) / 3_600_000


if __name__ == "__main__":
    main()
