"""Plays the two cases from history and judges them by rules written before the first run.

``python tests/history/history_cases.py [xiaosi] [zhuozhou] [-n 100] [--workers 2]`` prints the
numbers of docs/history.md. The rules are those of the README of each scenario folder.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.clock import MS_PER_HOUR, NEVER
from sim.io.scenario_folder import ScenarioFolder, load_scenario
from sim.log import Kind, RunLog, VehicleStatus
from sim.measures.facts import Facts
from sim.measures.intervals import quantile
from sim.measures.measure import measure_run
from sim.measures.paired import ratio_of_totals
from sim.plan import compile_plan
from sim.run import run_once
from sim.states import Flag, Mode
from sim.world import World
from sim.world_build import build_world

HISTORY = Path(__file__).resolve().parents[2] / "scenarios" / "history"
XIAOSI, ZHUOZHOU = "xiaosi_hannan_2010", "zhuozhou_2023"
SEED = {XIAOSI: 2010, ZHUOZHOU: 2023}
PLANS = {
    XIAOSI: ("night_shuttle",),
    ZHUOZHOU: ("early", "late", "early_broadcast", "late_broadcast"),
}
MEDIAN_H = (3.0, 5.0)
WIDEST_BAND = 4.0
"""validation_cases.json, xiaosi_hannan_2010: 4.0 h ± 25 %; README of reference/: band ≤ 4×."""
TIMES_AS_MANY = 10.0
"""validation_cases.json, zhuozhou_2023: late order → boat demand > 10 × early order."""

Row = dict[str, float]
Rows = dict[str, list[Row]]


NO_LIMIT_MIN = 2880.0
"""``prepare.longest_min`` came into the library after the first run; this puts it out of action."""


def with_first_priors(folder: ScenarioFolder) -> ScenarioFolder:
    """The folder under the library as it was at the first run: later rows do nothing.

    ``drive.driver_rest_h`` also came later; no driver's shift ends within either case.
    """
    prepare = folder.spec.behaviour.prepare.model_copy(update={"longest_min": NO_LIMIT_MIN})
    behaviour = folder.spec.behaviour.model_copy(update={"prepare": prepare})
    return replace(folder, spec=folder.spec.model_copy(update={"behaviour": behaviour}))


@cache
def world_of(case: str) -> World:
    """The world of a case under its first priors, built once per process."""
    return build_world(with_first_priors(load_scenario(HISTORY / case)))


def shuttle_hours(world: World, log: RunLog) -> Row:
    """Hours from the first coach available to the last arrival at a school (and head-count)."""
    facts = Facts(world, log)
    status = facts.of(Kind.VEHICLE)
    first = int(status["t"][status["value"] == VehicleStatus.AVAILABLE].min())
    arrivals = facts.of(Kind.OUT)
    coach = arrivals[arrivals["value"] == Mode.COACH]
    counted = facts.registered[facts.registered < NEVER]
    each = np.sort(np.repeat(coach["t"], facts.size[coach["who"]]) - first) / MS_PER_HOUR
    return {
        "hours": (int(coach["t"].max()) - first) / MS_PER_HOUR,
        "hours_to_headcount": (int(counted.max()) - first) / MS_PER_HOUR,
        "hours_to_95": quantile(each, 0.95),
        "hours_to_99": quantile(each, 0.99),
        "share_in_4_h": float((each <= 4).mean()),
        "persons": float(len(each)),
    }


def boat_demand(world: World, log: RunLog) -> Row:
    """Persons who ever had to ask for a boat (flag STRANDED), whether one came or not."""
    facts = Facts(world, log)
    asked = facts.flagged(Flag.STRANDED)
    return {
        "demand": float(facts.persons(asked)),
        "fetched": float(facts.persons(facts.flagged(Flag.RESCUED))),
        "refused": float(facts.persons(asked & facts.flagged(Flag.REFUSED))),
        "never_told": float(facts.persons(asked & (facts.told >= NEVER))),
    }


def play(case: str, plan_id: str, replication: int) -> Row:
    """One replication of one plan: the case's own numbers and some measures beside them."""
    world = world_of(case)
    plan = compile_plan(world, plan_id)
    log = run_once(world, plan, SEED[case], replication)
    row = shuttle_hours(world, log) if case == XIAOSI else boat_demand(world, log)
    measures = measure_run(world, plan, log)
    kept = ("people_at_risk", "moved_by_bus", "moved_by_car", "boat_trips", "bus_waves",
            "bus_seat_use", "out_before_cutoff_share", "told_t90_min")  # fmt: skip
    return row | {name: measures[name] for name in kept if name in measures}


def play_all(case: str, replications: int, workers: int = 1) -> Rows:
    """All plans of a case, rows in order of replication; the same for any number of workers."""
    tasks = [(case, plan, k) for k in range(replications) for plan in PLANS[case]]
    if workers == 1:
        rows = [play(*task) for task in tasks]
    else:
        with ProcessPoolExecutor(workers) as pool:
            rows = list(pool.map(play, *zip(*tasks, strict=True), chunksize=4))
    found: Rows = {plan: [] for plan in PLANS[case]}
    for (_, plan, _), row in zip(tasks, rows, strict=True):
        found[plan].append(row)
    return found


def column(rows: list[Row], name: str) -> NDArray[np.float64]:
    """One number of every replication."""
    return np.array([row[name] for row in rows], dtype=np.float64)


@dataclass(frozen=True)
class Shuttle:
    """Verdict on xiaosi_hannan_2010."""

    median_h: float
    p05_h: float
    p95_h: float
    persons: float
    matched: bool


def judge_shuttle(rows: Rows) -> Shuttle:
    """History-matched: median within 3.0–5.0 h and the 5–95 % band at most four times wide."""
    hours = column(rows["night_shuttle"], "hours")
    low, median, high = (quantile(hours, p) for p in (0.05, 0.5, 0.95))
    matched = MEDIAN_H[0] <= median <= MEDIAN_H[1] and high <= WIDEST_BAND * low
    persons = float(column(rows["night_shuttle"], "persons").mean())
    return Shuttle(median, low, high, persons, matched)


@dataclass(frozen=True)
class Ratio:
    """Boat demand of a late plan over an early one: totals, and the paired bootstrap interval."""

    late: float
    early: float
    ratio: float
    low: float
    high: float

    @property
    def matched(self) -> bool:
        """Early demand above 0, and more than ten times as much with the whole interval."""
        return self.early > 0 and self.low > TIMES_AS_MANY

    @property
    def undecided(self) -> bool:
        """The point estimate is above ten, its interval is not."""
        return self.early > 0 and self.low <= TIMES_AS_MANY < self.ratio


READINGS = {
    "B (verdict)": ("late", "early"),
    "A both by broadcast": ("late_broadcast", "early_broadcast"),
    "C late by broadcast": ("late_broadcast", "early"),
}


def judge_boats(rows: Rows, late: str = "late", early: str = "early") -> Ratio:
    """Ratio of total boat demand of two plans over the same nights."""
    a, b = column(rows[late], "demand"), column(rows[early], "demand")
    ratio, interval = ratio_of_totals(a, b)
    return Ratio(float(a.sum()), float(b.sum()), ratio, interval.low, interval.high)


def main() -> None:
    """Play, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", nargs="*", default=[XIAOSI, ZHUOZHOU])
    parser.add_argument("-n", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path, help="also write every replication here")
    given = parser.parse_args()
    for case in (XIAOSI, ZHUOZHOU):
        if not any(case.startswith(name) for name in given.case):
            continue
        rows = play_all(case, given.n, given.workers)
        if given.json:
            given.json.mkdir(parents=True, exist_ok=True)
            (given.json / f"{case}.json").write_text(json.dumps(rows), encoding="utf-8")
        print(f"== {case}, {given.n} replications, seed {SEED[case]}")
        for plan, some in rows.items():
            means = {name: round(float(column(some, name).mean()), 3) for name in some[0]}
            print(f"   {plan}: mean of {means}")
        if case == XIAOSI:
            print(f"   {judge_shuttle(rows)}")
            continue
        for name, pair in READINGS.items():
            found = judge_boats(rows, *pair)
            print(f"   {name}: {asdict(found)} matched={found.matched}")


if __name__ == "__main__":
    main()
