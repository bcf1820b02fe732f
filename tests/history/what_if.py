"""What the verdict on Xiaosi hangs on: the folder copied, one assumption changed, played again.

``python tests/history/what_if.py [-n 100]`` prints the table "beside the verdict" of
docs/history.md. None of it decides anything: the verdict comes from the folder as committed.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import numpy as np
from history_cases import HISTORY, SEED, XIAOSI, column, shuttle_hours, with_first_priors

from sim.io.scenario_folder import load_scenario
from sim.measures.intervals import quantile
from sim.plan import compile_plan
from sim.run import run_once
from sim.world_build import build_world

FAST_ONLY = "behaviour:\n  prepare:\n    prepare_min: {dist: lognormal, median: 20, p90: 60}\n"
AT_MOST_4_H = (
    "behaviour:\n  prepare:\n    prepare_min: {dist: mixture, shared_p90_factor: 1.3, parts: "
    "[{share: 0.85, of: {dist: lognormal, median: 20, p90: 60}}, "
    "{share: 0.15, of: {dist: triangular, low: 30, mode: 60, high: 240}}]}\n"
)
Change = tuple[str, str, str]
"""File, text in it, what stands there instead."""

TODAY = "with today's library (nobody prepares longer than 300 min)"
VARIANTS: dict[str, tuple[Change, ...]] = {
    "as committed": (),
    TODAY: (),
    "nobody is slow (quick part of the preparation only)": (
        ("scenario.yaml", "behaviour:\n", FAST_ONLY),
    ),
    "slow part ends at 4 h": (("scenario.yaml", "behaviour:\n", AT_MOST_4_H),),
    "one coach loads at a time in each village": (("assembly_points.csv", ",2\n", ",1\n"),),
    "told two hours earlier (order at 20:00)": (
        ("scenario.yaml", "27T22:00", "27T20:00"),
        ("plans/night_shuttle.yaml", '"22:00"', '"20:00"'),
    ),
}


def play_variant(name: str, replications: int) -> list[dict[str, float]]:
    """Hours of every replication with some texts of the folder replaced."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / XIAOSI
        shutil.copytree(HISTORY / XIAOSI, folder)
        for file, old, new in VARIANTS[name]:
            text = (folder / file).read_text("utf-8")
            if old not in text:
                raise ValueError(f"{file} has no {old!r}")
            (folder / file).write_text(text.replace(old, new), "utf-8")
        loaded = load_scenario(folder)
        world = build_world(loaded if name == TODAY else with_first_priors(loaded))
        plan = compile_plan(world, "night_shuttle")
        logs = (run_once(world, plan, SEED[XIAOSI], k) for k in range(replications))
        return [shuttle_hours(world, log) for log in logs]


def main() -> None:
    """Play every variant and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=100)
    replications = parser.parse_args().n
    print("variant | last person P5 / P50 / P95 h | 95 % of persons P50 h | 99 % P50 h | in 4 h")
    for name in VARIANTS:
        rows = play_variant(name, replications)
        band = " / ".join(f"{quantile(column(rows, 'hours'), p):.1f}" for p in (0.05, 0.5, 0.95))
        middle = [quantile(column(rows, f"hours_to_{k}"), 0.5) for k in (95, 99)]
        share = float(np.mean(column(rows, "share_in_4_h")))
        print(f"{name} | {band} | {middle[0]:.1f} | {middle[1]:.1f} | {share:.2f}")


if __name__ == "__main__":
    main()
