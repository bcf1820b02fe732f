"""What queues on the roads change: a scenario's plans with and without congestion, side by side.

Usage: python tests/benchmarks/traffic/congestion.py SCENARIO [-n N] [--shadow SHARE]
           [--plans P ...] [--own-car SHARE ...]
Prints a row per plan (out before the cut-off, those moved by bus and the clock time at which nine
tenths of them were out, the same for own cars, people fetched by boat) with queues, with queues
and cars from off the lists, and in free flow; and the ranking of the plans by people out before
the cut-off. With --own-car so many of those who go by bus or car take the car instead of what the
tables say. Seeds are the same in all rows.
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
from sim.schema.tables import SettlementRow
from sim.states import Mode
from sim.world import World
from sim.world_build import build_world

COLUMNS = (
    "out_before_cutoff_share", "moved_by_bus", "bus_t90", "moved_by_car", "car_t90",
    "moved_by_boat",
)  # fmt: skip
BY_BUS, BY_CAR = (Mode.COACH, Mode.MINIBUS), (Mode.OWN_CAR,)


def main() -> None:
    """Read the arguments, play, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario")
    parser.add_argument("-n", type=int, default=20)
    parser.add_argument("--shadow", type=float, default=0.2)
    parser.add_argument("--plans", nargs="+")
    parser.add_argument("--own-car", type=float, nargs="+")
    given = parser.parse_args()
    folder = load_scenario(given.scenario)
    plans = given.plans or sorted(folder.plans)
    ranks = {}
    print("| own car | roads | plan | " + " | ".join(COLUMNS) + " |")
    print("|---" * (3 + len(COLUMNS)) + "|")
    for share in given.own_car or [None]:
        shared = folder if share is None else _with_cars(folder, share)
        said = "as it is" if share is None else f"{share:.0%}"
        for name, spec in _kinds(shared, given.shadow):
            world = build_world(
                replace(shared, spec=shared.spec.model_copy(update={"traffic": spec}))
            )
            table = {plan: _medians(world, plan, given.n) for plan in plans}
            for plan, row in table.items():
                cells = " | ".join(_cell(c, row[c]) for c in COLUMNS)
                print(f"| {said} | {name} | {plan} | {cells} |", flush=True)
            ranks[said, name] = sorted(plans, key=lambda p: -table[p]["out_before_cutoff_share"])
    for (said, name), order in ranks.items():
        print(f"\nranking, {said} by own car, {name}: {' > '.join(order)}")


def _cell(column: str, value: float) -> str:
    if np.isnan(value):
        return "–"
    if column.endswith("share"):
        return f"{100 * value:.1f} %"
    return f"{int(value)}:{round(value % 1 * 60):02d}" if "t90" in column else f"{value:,.0f}"


def _with_cars(folder: ScenarioFolder, share: float) -> ScenarioFolder:
    """Of those of every settlement who go by bus or by car, so many take the car."""
    rows = []
    for row in folder.tables["settlements"]:
        assert isinstance(row, SettlementRow)
        default = folder.spec.behaviour
        car = default.share_relatives if row.share_relatives is None else row.share_relatives
        bus = default.share_coach if row.share_coach is None else row.share_coach
        changed = {"share_relatives": share * (car + bus), "share_coach": (1 - share) * (car + bus)}
        rows.append(row.model_copy(update=changed))
    return replace(folder, tables={**folder.tables, "settlements": tuple(rows)})


def _kinds(folder: ScenarioFolder, shadow: float) -> Iterator[tuple[str, object]]:
    traffic = folder.spec.traffic
    yield "free flow", traffic.model_copy(update={"queues": False, "shadow_share": 0.0})
    yield "queues", traffic.model_copy(update={"queues": True, "shadow_share": 0.0})
    yield f"queues, {shadow:.0%} shadow", traffic.model_copy(update={"shadow_share": shadow})


def _medians(world: World, plan_id: str, n: int) -> dict[str, float]:
    """Means of the counts, medians of the times."""
    plan, rows = compile_plan(world, plan_id), []
    for replication in range(n):
        log = run_once(world, plan, 1, replication)
        found = dict(measure_run(world, plan, log))
        found["bus_t90"], found["car_t90"] = _t90_h(world, log, BY_BUS), _t90_h(world, log, BY_CAR)
        rows.append([float(found[column]) for column in COLUMNS])
    table = np.array(rows)
    return {
        c: float(np.median(table[:, k]) if "t90" in c else table[:, k].mean())
        for k, c in enumerate(COLUMNS)
    }


def _t90_h(world: World, log: RunLog, modes: tuple[Mode, ...]) -> float:
    """Clock hour by which nine tenths of those who left by some modes were out."""
    out = log.of(Kind.OUT)
    out = out[np.isin(out["value"], [int(mode) for mode in modes])]
    if not len(out):
        return float("nan")
    size = world.parties.size[out["who"]]
    late = float(out["t"][np.searchsorted(size.cumsum(), 0.9 * size.sum())])
    return late / 3_600_000 + world.clock_start.hour + world.clock_start.minute / 60


if __name__ == "__main__":
    main()
